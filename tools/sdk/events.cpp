// SPDX-License-Identifier: GPL-2.0-or-later
// events.cpp - a sensor driver alone on the virtual camera's bus: which chip it accepts, and what
// it sends for every event.
#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "common/errors.hpp"
#include "driver/input/sensor_api.h"
#include "sdk/alone.hpp"
#include "sdk/exercise.hpp"
#include "sdk/refusal.hpp"
#include "sdk/search.hpp"
#include "t31_host.h"

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

// Which events set exposure and gain, by what the driver sends.
void note_exposure(const std::string& event, Row& row) {
  const bool one = event == "EXPO" || event == "INT_TIME" || event == "AGAIN";
  if (!one || row.exposure.find(event) != std::string::npos) return;
  row.exposure += (row.exposure.empty() ? "" : " ") + event;
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
    if (listener.writes() != 0) note_exposure(event.event, row);
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

// Everything that the driver, its chip found, can be asked to do.
void exercise_alone(const Exercise& exercise, Alone& alone, Chip& chip, Listener& listener,
                    Row& row, t31_sensor_info& info) {
  if (alone.add(exercise.source.name, chip.address) != T31_SENSOR_OK) {
    row.wrong.emplace_back("refuses the chip that it accepted");
    return;
  }
  row.identity = identity_text(chip);
  const bool described = t31_sensor_read_info(alone.sensor(), &info) == 0;
  if (!described) row.wrong.emplace_back("says nothing of its picture");
  row.probes = described && !chip.overruled;
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

Verdict look_for_chip(const Exercise& exercise, Chip& chip, Listener& listener, Row& row) {
  Alone alone;
  const Verdict verdict = find_identity(exercise.source, alone, listener, chip);
  if (verdict == Verdict::kUnknown) {
    row.wrong.push_back("no identity is accepted; read " + listener.text());
  }
  return verdict;
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
  const Verdict verdict = look_for_chip(exercise, chip, listener, row);
  // Drivers remember: the run begins with a fresh one, and with a chip that was just reset.
  t31_host_rmmod(module.c_str());
  t31_host_insmod(module.c_str(), "");
  if (verdict == Verdict::kRefusesAll) {
    row.refusal = describe_refusal(exercise, module, chip, listener);
    chip.overruled = true;
  }
  if (verdict != Verdict::kUnknown) {
    const Overruled overruled(chip.overruled);
    Alone alone;
    fit(exercise.source, chip);
    exercise_alone(exercise, alone, chip, listener, row, info);
  }
  const int removed = t31_host_rmmod(module.c_str());
  if (removed < 0) row.wrong.push_back(fmt::format("rmmod: {}", std::strerror(-removed)));
}

}  // namespace t31::sdk
