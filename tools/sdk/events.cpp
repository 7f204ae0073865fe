// SPDX-License-Identifier: GPL-2.0-or-later
// events.cpp - a sensor driver alone on the virtual camera's bus: which chip it accepts, and what
// it sends for every event.
#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "common/errors.hpp"
#include "driver/input/sensor_api.h"
#include "sdk/exercise.hpp"
#include "t31_host.h"
#include "uapi/t31/tx_isp.h"

namespace t31::sdk {
namespace {

using tools::Failure;

struct EventName {
  const char* name;
  std::uint32_t number;
};
constexpr EventName kEvents[] = {{"INT_TIME", 0x02000005},
                                 {"INT_TIME_SHORT", 0x02000006},
                                 {"AGAIN", 0x02000007},
                                 {"AGAIN_SHORT", 0x02000008},
                                 {"DGAIN", 0x02000009},
                                 {"FPS", 0x0200000a},
                                 {"WDR", 0x0200000c},
                                 {"RESIZE", 0x0200000d},
                                 {"PREPARE_CHANGE", 0x0200000e},
                                 {"FINISH_CHANGE", 0x0200000f},
                                 {"VFLIP", 0x02000010},
                                 {"WDR_STOP", 0x02000013},
                                 {"LOGIC", 0x02000015},
                                 {"EXPO", 0x02000016}};

// The driver alone, told nothing by the ISP; what it says of itself is counted.
class Alone {
 public:
  Alone() {
    t31_sensor_detach_host();
    const t31_sensor_host host = {this, changed, nullptr};
    t31_sensor_attach_host(&host);
  }
  ~Alone() {
    remove();
    t31_sensor_detach_host();
  }
  Alone(const Alone&) = delete;
  Alone& operator=(const Alone&) = delete;

  t31_sensor_failure add(const std::string& name, std::uint32_t address) {
    struct t31_sensor_register info {};
    std::strncpy(info.name, name.c_str(), sizeof(info.name) - 1);
    std::strncpy(info.i2c.type, name.c_str(), sizeof(info.i2c.type) - 1);
    info.cbus_type = 1;
    info.i2c.addr = address;
    t31_sensor_failure why = T31_SENSOR_OK;
    t31_sensor_probe_report report{};
    t31_sensor_register(&info, &sensor_, &why, &report);
    return why;
  }
  void remove() {
    t31_sensor_unregister(sensor_);
    sensor_ = nullptr;
  }
  t31_sensor* sensor() { return sensor_; }
  unsigned syncs = 0;

 private:
  static void changed(void* context) { ++static_cast<Alone*>(context)->syncs; }
  t31_sensor* sensor_ = nullptr;
};

void fit(const Source& source, const Chip& chip, const t31_sensor_info* info = nullptr) {
  char error[256] = "";
  const std::string json = describe_chip(source, chip, info);
  if (t31_host_attach_sensor(json.c_str(), error, sizeof(error)) < 0) throw Failure(error);
}

// Looks for the identity that a driver accepts. It reads a register and gives up, or reads on: so
// one register is found after the other.
class Search {
 public:
  Search(const Source& source, Alone& alone, Listener& listener, Chip& chip)
      : source_(source),
        alone_(alone),
        listener_(listener),
        chip_(chip),
        guesses_(identity_bytes(source.file)) {
    for (unsigned value = 0; value < 256; ++value) {
      guesses_.push_back(static_cast<std::uint8_t>(value));
    }
  }

  bool run() {
    constexpr unsigned kMostRegisters = 6;
    if (accepted()) return true;
    for (unsigned found = 0; found < kMostRegisters; ++found) {
      const std::vector<std::uint16_t> news = unknown();
      if (news.empty()) return false;
      if (news.size() > 1 && together(news)) return true;
      if (!one(news.back(), news)) return false;
      if (done_) return true;
    }
    return false;
  }

 private:
  bool accepted() {
    fit(source_, chip_);
    listener_.clear();
    if (alone_.add(source_.name, chip_.address) == T31_SENSOR_OK) return done_ = true;
    if (listener_.failures() != 0 && listener_.address_bytes() != chip_.address_bytes &&
        (listener_.address_bytes() == 1 || listener_.address_bytes() == 2)) {
      chip_.address_bytes = listener_.address_bytes();
      return accepted();
    }
    // Nobody at all: the driver may leave its pin at the other level.
    if (listener_.failures() != 0 && listener_.reads().empty() && !chip_.resets_high) {
      chip_.resets_high = true;
      return accepted();
    }
    return false;
  }

  std::vector<std::uint16_t> unknown() const {
    std::vector<std::uint16_t> news;
    for (const std::uint16_t reg : listener_.reads()) {
      const bool known = std::any_of(chip_.identity.begin(), chip_.identity.end(),
                                     [reg](const auto& entry) { return entry.first == reg; });
      if (!known) news.push_back(reg);
    }
    return news;
  }

  // Several registers before the first verdict: the bytes of the source's constants in all ways.
  bool together(const std::vector<std::uint16_t>& registers) {
    constexpr std::size_t kMostGuesses = 12;
    const std::size_t guesses = std::min(guesses_.size() - 256, kMostGuesses);
    std::size_t ways = 1;
    for (std::size_t i = 0; i < registers.size(); ++i) ways *= guesses;
    const std::size_t before = chip_.identity.size();
    for (std::size_t way = 0; way < std::min<std::size_t>(ways, 4096); ++way) {
      chip_.identity.resize(before);
      std::size_t rest = way;
      for (const std::uint16_t reg : registers) {
        chip_.identity.emplace_back(reg, guesses_[rest % guesses]);
        rest /= guesses;
      }
      if (accepted()) return true;
    }
    chip_.identity.resize(before);
    return accepted();
  }

  // The value of one register with which the driver accepts the chip or reads on.
  bool one(std::uint16_t reg, const std::vector<std::uint16_t>& news) {
    chip_.identity.emplace_back(reg, 0);
    for (const std::uint8_t guess : guesses_) {
      chip_.identity.back().second = guess;
      if (accepted() || unknown().size() >= news.size()) return true;
    }
    chip_.identity.pop_back();
    return false;
  }

  const Source& source_;
  Alone& alone_;
  Listener& listener_;
  Chip& chip_;
  std::vector<std::uint8_t> guesses_;
  bool done_ = false;
};

// A run without recorded traffic sends the same events.
std::vector<Reference> ordinary_events(t31_sensor* sensor) {
  constexpr std::uint32_t kFourTimes = 2 << 16;  // log2, Q16
  u32 code = 0;
  t31_sensor_alloc_again(sensor, kFourTimes, &code);
  return {{"s_stream", 1},
          {"s_stream", 0},
          {"INT_TIME", 0x123},
          {"AGAIN", code},
          {"DGAIN", 0},
          {"EXPO", code << 16 | 0x123},
          {"EXPO", code << 16 | 0x456},
          {"FPS", 0xf0001},
          {"FPS", 0x190002},
          {"VFLIP", 0},
          {"VFLIP", 1},
          {"VFLIP", 2},
          {"VFLIP", 3},
          {"PREPARE_CHANGE", 0},
          {"FINISH_CHANGE", 0},
          {"RESIZE", 0},
          {"LOGIC", 1}};
}

int send(t31_sensor* sensor, const Reference& reference) {
  if (reference.event == "s_stream") {
    return t31_sensor_stream(sensor, static_cast<int>(reference.argument));
  }
  const auto* found = std::find_if(std::begin(kEvents), std::end(kEvents), [&](const auto& entry) {
    return reference.event == entry.name;
  });
  if (found == std::end(kEvents)) throw Failure("unknown event " + reference.event);
  s32 value = static_cast<s32>(reference.argument);
  return t31_sensor_event(sensor, found->number, &value);
}

void compare(const Reference& wanted, int result, unsigned syncs, const std::string& traffic,
             Row& row) {
  const std::string what = fmt::format("{} {:#x}", wanted.event, wanted.argument);
  std::string wrong;
  if (traffic != wanted.traffic) {
    wrong = fmt::format("sends \"{}\", recorded \"{}\"", traffic, wanted.traffic);
  } else if ((result < 0) != (wanted.result < 0)) {
    wrong = fmt::format("returns {}, recorded {}", result, wanted.result);
  } else if (syncs != wanted.syncs) {
    wrong = fmt::format("{} notices, recorded {}", syncs, wanted.syncs);
  }
  if (wrong.empty()) {
    ++row.events_right;
  } else {
    row.wrong.push_back(what + " " + wrong);
  }
}

// Debug access to a register: what is written is read.
void access_registers(t31_sensor* sensor, const std::string& name, const Chip& chip,
                      Listener& listener, Row& row) {
  constexpr unsigned kValue = 0x5a;
  const u64 reg = chip.identity.empty() ? 0x10 : chip.identity.back().first;
  u64 got = 0;
  u32 size = 0;
  listener.clear();
  const int written = t31_sensor_write_register(sensor, name.c_str(), reg, kValue);
  // Some write 16 bits and read 8: the other half.
  const bool wide = listener.text().find("=005a") != std::string::npos;
  const int read = t31_sensor_read_register(sensor, name.c_str(), reg, &got, &size);
  if (written < 0 || read < 0 || (!wide && (got & 0xff) != kValue)) {
    row.wrong.push_back(
        fmt::format("register {:#x}: written ({}), read as {:#x} ({})", reg, written, got, read));
  }
}

void send_all(const Exercise& exercise, Alone& alone, Listener& listener, Row& row) {
  const bool recorded = exercise.references != nullptr && !exercise.references->empty();
  const std::vector<Reference> events =
      recorded ? *exercise.references : ordinary_events(alone.sensor());
  for (const Reference& event : events) {
    listener.clear();
    alone.syncs = 0;
    ++row.events;
    const int result = send(alone.sensor(), event);
    if (recorded) {
      ++row.references;
      compare(event, result, alone.syncs, listener.text(), row);
    } else {
      ++row.events_right;
    }
  }
}

std::string identity_text(const Chip& chip) {
  std::string text;
  for (const auto& [reg, value] : chip.identity) {
    text += fmt::format("{}0x{:0{}x}=0x{:02x}", text.empty() ? "" : " ", reg,
                        2 * chip.address_bytes, value);
  }
  return text;
}

}  // namespace

void exercise_events(const Exercise& exercise, const std::filesystem::path& module, Chip& chip,
                     Row& row, t31_sensor_info& info) {
  Listener listener;
  fit(exercise.source, chip);
  const int loaded = t31_host_insmod(module.c_str(), "");
  if (loaded < 0) {
    row.wrong.push_back(fmt::format("insmod: {}", std::strerror(-loaded)));
    return;
  }
  bool found = false;
  {
    Alone alone;
    found = Search(exercise.source, alone, listener, chip).run();
  }
  if (!found) row.wrong.push_back("no identity is accepted; read " + listener.text());
  // Drivers remember: the run begins with a fresh one, and with a chip that was just reset.
  t31_host_rmmod(module.c_str());
  t31_host_insmod(module.c_str(), "");
  if (found) {
    Alone alone;
    fit(exercise.source, chip);
    if (alone.add(exercise.source.name, chip.address) != T31_SENSOR_OK) {
      row.wrong.emplace_back("refuses the chip that it accepted");
    } else {
      row.identity = identity_text(chip);
      row.probes = t31_sensor_read_info(alone.sensor(), &info) == 0;
      listener.clear();
      const int error = t31_sensor_init(alone.sensor(), 1);
      if (error < 0) row.wrong.push_back(fmt::format("init list: {}", error));
      if (listener.writes() == 0) row.wrong.push_back("init list writes nothing");
      t31_sensor_read_info(alone.sensor(), &info);
      send_all(exercise, alone, listener, row);
      access_registers(alone.sensor(), exercise.source.name, chip, listener, row);
      t31_sensor_stream(alone.sensor(), 0);
      t31_sensor_init(alone.sensor(), 0);
    }
  }
  const int removed = t31_host_rmmod(module.c_str());
  if (removed < 0) row.wrong.push_back(fmt::format("rmmod: {}", std::strerror(-removed)));
}

}  // namespace t31::sdk
