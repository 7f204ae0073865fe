// SPDX-License-Identifier: GPL-2.0-or-later
// Night and day against the recorded session with both: order of the writes.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/controls/tuned_camera.hpp"

namespace t31::test {
namespace {

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
