// SPDX-License-Identifier: GPL-2.0-or-later
// Single controls against what the vendor's driver wrote for them in a recorded session (sc2336,
// streaming, settled at 720 lines and a total gain of 257/256). Compared are the registers that the
// vendor writes inside the call, by their last value; what our state differs in on purpose, or by
// measurements of the picture, is named.
#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <set>
#include <sstream>

#include "tests/controls/all_controls.hpp"

namespace t31::test {
namespace {

constexpr std::uint32_t kIsp = 0x13300000;
using Registers = std::map<std::uint32_t, std::uint32_t>;

std::string gunzip(const std::string& path) {
  gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) return {};
  std::string text;
  char buffer[4096];
  for (int count; (count = gzread(file, buffer, sizeof buffer)) > 0;) {
    text.append(buffer, static_cast<std::size_t>(count));
  }
  gzclose(file);
  return text;
}

// Latches (data/golden/README.md): they act, and read back as nothing that matters.
bool latch(std::uint32_t offset) {
  static const std::set<std::uint32_t> kLatches = {0x1070, 0x1800, 0x2898, 0x30ac, 0x499c, 0x5000,
                                                   0x6800, 0x7090, 0x7804, 0x7818, 0x8b4c, 0x9044,
                                                   0xa000, 0xa800, 0xb000, 0xb800, 0x9804};
  return kLatches.count(offset) != 0;
}

struct Recording {
  Registers synchronous;  // last value of each register written inside the call
  Registers later;        // what differs six frames later from a run without the call
  Registers without;      // the same registers in that run
};

Recording read_recording(const std::string& name) {
  Recording recording;
  std::istringstream stream(
      gunzip(shared_path("data/golden/sessions/controls/" + name + ".diff.gz")));
  bool inside = false;
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with("##")) {
      inside = line.find("synchronous") != std::string::npos;
      continue;
    }
    unsigned offset = 0, value = 0, without = 0;
    if (inside && std::sscanf(line.c_str(), "W isp %x %x", &offset, &value) == 2) {
      if (!latch(offset)) recording.synchronous[offset] = value;
    } else if (std::sscanf(line.c_str(), "isp %x %x -> %x", &offset, &without, &value) == 3) {
      recording.later[offset] = value;
      recording.without[offset] = without;
    }
  }
  return recording;
}

bool nothing(std::uint32_t) {
  return false;
}

struct Case {
  const char* name;
  std::function<int(const Session&)> set;
  // Registers that statistics of the running picture decide.
  bool (*except)(std::uint32_t) = nothing;
  bool unchanged =
      false;  // the call asks for what is in force already, or for nothing in registers
};

template <typename T>
std::function<int(const Session&)> pointer(std::uint32_t id, const T& value) {
  return [id, value](const Session& session) {
    User<T> user(value);
    return session.control_set(id, user.address());
  };
}

std::function<int(const Session&)> plain(std::uint32_t id, std::uint32_t value) {
  return [=](const Session& session) { return session.control_set(id, value); };
}

// Tone curves of the last statistics, which the recording's picture had and ours has not.
bool tone_curves(std::uint32_t offset) {
  return offset >= 0x4084 && offset < 0x4400;
}

// Before a call: the saturation of an exposure value that may be 40 away, and gains that the
// recording's white balance had measured.
bool measured(std::uint32_t offset) {
  return offset == 0x806c || offset == 0x8070 || (offset >= 0x1804 && offset <= 0x1810);
}

std::vector<Case> cases() {
  struct Gamma {
    std::uint16_t node[129];
  } line{};
  for (std::uint32_t i = 0; i < 129; ++i) {
    line.node[i] = static_cast<std::uint16_t>(std::min(i * 32, 4095u));
  }
  std::vector<Case> list = {
      {"brightness_0", plain(0x980900, 0)},
      {"brightness_200", plain(0x980900, 200)},
      {"contrast_0", plain(0x980901, 0)},
      {"contrast_200", plain(0x980901, 200)},
      {"saturation_0", plain(0x980902, 0)},
      {"saturation_200", plain(0x980902, 200)},
      {"hue_0", plain(0x8000101, 0)},
      {"hue_200", plain(0x8000101, 200)},
      {"sharpness_0", plain(0x98091b, 0)},
      {"sharpness_200", plain(0x98091b, 200)},
      {"dpc_0", plain(0x8000062, 0)},
      {"dpc_200", plain(0x8000062, 200)},
      {"sinter_0", plain(0x8000086, 0)},
      {"sinter_200", plain(0x8000086, 200)},
      {"temper_0", plain(0x8000085, 0)},
      {"temper_200", plain(0x8000085, 200)},
      {"drc_0", plain(0x80000a2, 0), tone_curves, true},
      {"drc_200", plain(0x80000a2, 200), tone_curves, true},
      {"endrc_1", plain(0x80000a3, 1), tone_curves, true},
      {"endefog_0", plain(0x80000a4, 0)},
      {"endefog_1", plain(0x80000a4, 1), nothing, true},
      {"backlight_5", plain(0x8000037, 5), nothing, true},
      {"aecomp_0", plain(0x8000023, 0), nothing, true},
      {"flicker_1", plain(0x980918, 1), nothing, true},
      {"gamma_1", pointer(0x800002b, line)},
      {"hflip_1", plain(0x980914, 1)},
      {"vflip_1", plain(0x980915, 1)},
      {"hvflip_1", plain(0x80000e4, 1)},
      {"hvflip_3", plain(0x80000e4, 3)},
      {"wb_1", pointer(0x8000004, t31_white_balance{1, 400, 512})},
  };
  static std::vector<std::string> names;
  names.reserve(32);
  for (std::uint32_t bit = 0; bit < 22; ++bit) {
    if (bit == 1) continue;  // not recorded
    names.push_back("modctl_b" + std::to_string(bit));
    list.push_back({names.back().c_str(), pointer(0x80000e2, std::uint32_t{1} << bit)});
  }
  return list;
}

class ControlTrace : public testing::TestWithParam<Case> {
 protected:
  void SetUp() override {
    file = TuningFile::published("sc2336.bin");
    if (!file.present()) GTEST_SKIP() << "no shared data";
    file.write(camera.root().string() + "/etc/sensor/sc2336-t31.bin");
  }

  // The recording's exposure and white balance.
  void settle() {
    User<std::array<std::uint32_t, T31_AE_WORDS>> block;
    auto& word = *block;
    word[T31_AE_FREEZE] = 1;
    word[T31_AE_INTEGRATION_TIME] = 720;
    word[T31_AE_AGAIN] = word[T31_AE_DGAIN] = 1024;
    word[T31_AE_ISP_DGAIN] = 1026;
    ASSERT_EQ(session.control_set(T31_CONTROL_AE, block.address()), 0);
    t31_host_sleep_ns(240000000);
  }

  Camera camera;
  Session session;
  TuningFile file;
};

void PrintTo(const Case& recorded, std::ostream* stream) {
  *stream << recorded.name;
}

TEST_P(ControlTrace, LeavesTheVendorsRegisters) {
  const Recording recording = read_recording(GetParam().name);
  Registers expected = recording.synchronous;
  if (expected.empty()) {  // it acts with the following frames
    for (const auto& [offset, value] : recording.later) expected[offset] = value;
  }
  ASSERT_EQ(session.start(), 0);
  Channel channel(0, 1920, 1080, t31_host_rmem_base());
  ASSERT_EQ(channel.start(2), 0);
  settle();
  // We start from the recording's state: what the call changes is as it is there without it.
  unsigned changed = 0;
  for (const auto& [offset, value] : recording.without) {
    if (GetParam().except(offset) || expected.count(offset) == 0) continue;
    ++changed;
    if (measured(offset)) continue;
    EXPECT_EQ(t31_host_peek(kIsp + offset), value) << "before, register " << std::hex << offset;
  }
  EXPECT_EQ(changed != 0, !GetParam().unchanged) << "registers that the recording sees changed";
  ASSERT_EQ(GetParam().set(session), 0);
  t31_host_sleep_ns(80000000);
  for (const auto& [offset, value] : expected) {
    if (GetParam().except(offset)) continue;
    EXPECT_EQ(t31_host_peek(kIsp + offset), value) << "register " << std::hex << offset;
  }
}

INSTANTIATE_TEST_SUITE_P(Recorded, ControlTrace, testing::ValuesIn(cases()),
                         [](const testing::TestParamInfo<Case>& parameter) {
                           return std::string(parameter.param.name);
                         });

// ---- night and day, against the recorded session with both

using Writes = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

// Writes of the bypass word and of the output limits, in a trace's order. `from`, `to`: markers.
Writes mode_writes(std::istream& trace, const std::string& from, const std::string& to) {
  Writes writes;
  bool inside = from.empty();
  for (std::string line; std::getline(trace, line);) {
    if (line.starts_with('#')) {
      if (line == from) inside = true;
      if (line == to) inside = false;
    }
    unsigned offset = 0, value = 0;
    if (!inside || std::sscanf(line.c_str(), "W,ISP,%x,%x", &offset, &value) != 2) continue;
    if (offset == 0x6030 || offset == 0x000c) writes.push_back({offset, value});
  }
  return writes;
}

TEST(RecordedModes, NightAndDayWriteTheVendorsWordsInItsOrder) {
  std::ifstream golden(shared_path("data/golden/linear_plus_errors_daynight_snapraw_crop.csv"));
  TuningFile file = TuningFile::published("gc2053.bin");
  if (!golden || !file.present()) GTEST_SKIP() << "no shared data";
  const Writes vendor = mode_writes(golden, "# night", "# snapraw");
  ASSERT_EQ(vendor.size(), 4u)
      << "clip and bypass by night, bypass and, a frame later, clip by day";
  Machine machine;
  machine.trace = testing::TempDir() + "t31-modes-" + std::to_string(getpid()) + ".csv";
  {
    Camera camera(machine);
    file.write(camera.root().string() + "/etc/sensor/gc2053.bin");
    Session session;
    ASSERT_EQ(session.start("sc2336", "/etc/sensor/gc2053.bin"), 0);
    Channel channel(0, 640, 360, t31_host_rmem_base());
    channel.scaled = true;
    ASSERT_EQ(channel.start(2), 0);
    for (std::uint32_t mode : {1u, 0u}) {
      take_frames(channel, 2);
      ASSERT_EQ(session.control_set(T31_CONTROL_RUNNING_MODE, mode), 0);
    }
    take_frames(channel, 3);
    t31_host_sleep_ns(40000000);
  }
  std::ifstream trace(machine.trace);
  Writes ours = mode_writes(trace, "", "# none");
  ASSERT_GE(ours.size(), vendor.size());
  ours.erase(ours.begin(), ours.end() - static_cast<std::ptrdiff_t>(vendor.size()));
  EXPECT_EQ(ours, vendor);
  std::filesystem::remove(machine.trace);
}

}  // namespace
}  // namespace t31::test
