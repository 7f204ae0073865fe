// SPDX-License-Identifier: GPL-2.0-or-later
// Single controls against what the vendor's driver wrote for them in a recorded session (sc2336,
// streaming, settled at 720 lines and a total gain of 257/256). Compared are the registers that the
// vendor writes inside the call, by their last value; what our state differs in on purpose, or by
// measurements of the picture, is named.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <set>

#include "tests/controls/all_controls.hpp"
#include "tests/controls/recording.hpp"

namespace t31::test {
namespace {

constexpr std::uint32_t kIsp = 0x13300000;

bool nothing(std::uint32_t) {
  return false;
}

using Call = std::function<int(const Session&, Channel&)>;

struct Case {
  std::string name;
  Call set;
  // Registers that statistics of the running picture decide, and rows of docs/differences.md.
  bool (*except)(std::uint32_t) = nothing;
  // The call asks for what is in force already, or for nothing in registers.
  bool unchanged = false;
};

template <typename T>
Call pointer(std::uint32_t id, const T& value) {
  return [id, value](const Session& session, Channel&) {
    User<T> user(value);
    return session.control_set(id, user.address());
  };
}

Call plain(std::uint32_t id, std::uint32_t value) {
  return [=](const Session& session, Channel&) { return session.control_set(id, value); };
}

int expose(const Session& session, std::uint32_t lines, std::uint32_t again,
           std::uint32_t isp_dgain) {
  User<std::array<std::uint32_t, T31_AE_WORDS>> block;
  auto& word = *block;
  word[T31_AE_FREEZE] = 1;
  word[T31_AE_INTEGRATION_TIME] = lines;
  word[T31_AE_AGAIN] = again;
  word[T31_AE_DGAIN] = 1024;
  word[T31_AE_ISP_DGAIN] = isp_dgain;
  return session.control_set(T31_CONTROL_AE, block.address());
}

int switch_mode(const Session& session, Channel& channel, bool night) {
  const int result = session.control_set(T31_CONTROL_RUNNING_MODE, night ? 1 : 0);
  take_frames(channel, 3);
  return result;
}

// Six frames later the recording's exposure had gone its way: what it had come to is set.
int night(const Session& session, Channel& channel) {
  const int result = switch_mode(session, channel, true);
  return result != 0 ? result : expose(session, 720, 1024, 1025);
}

int night_and_day(const Session& session, Channel& channel) {
  int result = switch_mode(session, channel, true);
  if (result == 0) result = switch_mode(session, channel, false);
  return result != 0 ? result : expose(session, 352, 1984, 1028);
}

// What the vendor's library does for SetISPBypass with the process on (libimp-calls.txt).
int process(const Session& session, Channel&) {
  User<std::int32_t> none(-1), first(0);
  int result = session.tx(T31_TX_ISP_LINK_DESTROY, none.address());
  if (result == 0) result = session.control_set(T31_CONTROL_ISP_PROCESS, 1);
  return result != 0 ? result : session.tx(T31_TX_ISP_LINK_SETUP, first.address());
}

bool by_picture(std::uint32_t offset) {
  return tone_curves(offset) || measured(offset);
}

// A switch tells raw denoise the bank's balance (0x3004); the next report of white balance, which
// has come when we look, its own. The recording's call ends before it.
bool by_picture_or_report(std::uint32_t offset) {
  return by_picture(offset) || offset == 0x3004;
}

// The step of a front crop with the scaler off: from the effective size here.
bool crop_step(std::uint32_t offset) {
  return offset == 0x9904;
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
      {"night", night, by_picture},
      {"night_day", night_and_day, by_picture},
      {"custom_1", plain(T31_CONTROL_CUSTOM_MODE, 1), by_picture_or_report, true},
      {"frontcrop_1", pointer(T31_CONTROL_FRONT_CROP, t31_front_crop{1, {}, 0, 0, 1920, 1080}),
       crop_step, true},
      {"bypass_1", process, nothing, true},
  };
  for (std::uint32_t bit = 0; bit < 22; ++bit) {
    if (bit == 1) continue;  // not recorded
    list.push_back({"modctl_b" + std::to_string(bit), pointer(0x80000e2, std::uint32_t{1} << bit)});
  }
  return list;
}

// All registers that any recording names.
Registers state_of_named() {
  static const std::set<std::uint32_t> named = [] {
    std::set<std::uint32_t> offsets;
    for (const std::string& name : recordings()) {
      const Recording recording = read_recording(name);
      for (const auto& [offset, value] : recording.left()) offsets.insert(offset);
    }
    return offsets;
  }();
  Registers state;
  for (const std::uint32_t offset : named) state[offset] = t31_host_peek(kIsp + offset);
  return state;
}

class ControlTrace : public testing::TestWithParam<Case> {
 protected:
  void SetUp() override {
    file = TuningFile::published("sc2336.bin");
    if (!file.present()) GTEST_SKIP() << "no shared data";
    // The recording's custom file was this one, too.
    for (const char* name : {"sc2336-t31.bin", "sc2336-cust-t31.bin"}) {
      file.write(camera.root().string() + "/etc/sensor/" + name);
    }
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
  const Registers& expected = recording.left();
  ASSERT_EQ(session.start(), 0);
  Channel channel(0, 1920, 1080, t31_host_rmem_base());
  ASSERT_EQ(channel.start(2), 0);
  ASSERT_EQ(expose(session, 720, 1024, 1026), 0);
  t31_host_sleep_ns(240000000);
  // We start from the recording's state: what the call changes is as it is there without it.
  unsigned changed = 0;
  for (const auto& [offset, value] : recording.without) {
    if (GetParam().except(offset) || expected.count(offset) == 0) continue;
    ++changed;
    if (measured(offset)) continue;
    EXPECT_EQ(t31_host_peek(kIsp + offset), value) << "before, register " << std::hex << offset;
  }
  EXPECT_EQ(changed != 0, !GetParam().unchanged) << "registers that the recording sees changed";
  const Registers before = state_of_named();
  ASSERT_EQ(GetParam().set(session, channel), 0);
  t31_host_sleep_ns(80000000);
  if (expected.empty()) {  // nothing changes
    for (const auto& [offset, value] : before) {
      if (by_picture(offset)) continue;
      EXPECT_EQ(t31_host_peek(kIsp + offset), value) << "register " << std::hex << offset;
    }
  }
  for (const auto& [offset, value] : expected) {
    if (GetParam().except(offset)) continue;
    EXPECT_EQ(t31_host_peek(kIsp + offset), value) << "register " << std::hex << offset;
  }
}

INSTANTIATE_TEST_SUITE_P(Recorded, ControlTrace, testing::ValuesIn(cases()),
                         [](const testing::TestParamInfo<Case>& parameter) {
                           return parameter.param.name;
                         });

// A register of the sensor: nothing of the ISP changes, and the sensor sees one write.
TEST(SensorRegisterTrace, TheSensorGetsTheVendorsWrite) {
  const Recording recording = read_recording("sensreg");
  if (recording.i2c.empty()) GTEST_SKIP() << "no shared data";
  ASSERT_EQ(recording.i2c, std::vector<std::string>{"30 3221 66"});
  EXPECT_TRUE(recording.left().empty());
  Machine machine;
  machine.trace = testing::TempDir() + "t31-sensreg-" + std::to_string(getpid()) + ".csv";
  {
    Camera camera(machine);
    Session session;
    ASSERT_EQ(session.start(), 0);
    User<t31_debug_register> access;
    std::strcpy(access->name, "sc2336");
    access->reg = 0x3221;
    access->val = 0x66;
    ASSERT_EQ(session.tx(T31_TX_ISP_DBG_S_REGISTER, access.address()), 0);
    access->val = 0;
    ASSERT_EQ(session.tx(T31_TX_ISP_DBG_G_REGISTER, access.address()), 0);
    EXPECT_EQ(access->val, 0x66u);
  }
  std::ifstream trace(machine.trace);
  unsigned writes = 0;
  for (std::string line; std::getline(trace, line);) writes += line == "# i2c0 W 30 32 21 66";
  EXPECT_EQ(writes, 1u);
  std::filesystem::remove(machine.trace);
}

// Recordings that other tests compare, or none can.
const std::map<std::string, const char*> kElsewhere = {
    {"sensreg", "SensorRegisterTrace"},
    {"aecomp_100", "AutoTrace"},
    {"aecomp_200", "AutoTrace"},
    {"aefreeze", "AutoTrace"},
    {"expr_1", "AutoTrace"},
    {"flicker_0", "off is in force here: docs/differences.md"},
    {"flicker_2", "AutoTrace"},
    {"fps_30", "AutoTrace"},
    {"maxdgain_32", "AutoTrace"},
    {"awbct", "AutoTrace"},
    {"wb_0", "AutoTrace"},
};

TEST(Recordings, EachIsComparedOrHasAReasonNotToBe) {
  std::set<std::string> known;
  for (const auto& [name, why] : kElsewhere) known.insert(name);
  for (const Case& recorded : cases()) {
    EXPECT_TRUE(known.insert(recorded.name).second) << recorded.name << " is there twice";
  }
  const std::vector<std::string> names = recordings();
  if (names.empty()) GTEST_SKIP() << "no shared data";
  for (const std::string& name : names) EXPECT_EQ(known.count(name), 1u) << name;
  EXPECT_EQ(names.size(), known.size());
}

}  // namespace
}  // namespace t31::test
