// SPDX-License-Identifier: GPL-2.0-or-later
// /proc/jz/sensor with the sensor modules of the kinds of kits in the field: A makes its own
// files, B calls all four functions of the registry, C adds its driver only, D does both A's and
// B's part, E makes its own files and never removes them.
#include <algorithm>

#include "tests/sensors/sensor_fixture.hpp"

namespace {

class Registry : public SensorTest {
 protected:
  static std::string module(char letter) {
    return std::string(PUBLISHING_SENSORS) + "/sensor_fake" + letter + "_t31.so";
  }

  int load_kit(char letter) {
    fit_fake_chip();
    return load(module(letter).c_str());
  }

  void unload_all() {
    t31_sensor_unregister(sensor_);
    sensor_ = nullptr;
    for (const std::string& path : loaded_) EXPECT_EQ(t31_host_rmmod(path.c_str()), 0) << path;
    loaded_.clear();
  }

  void TearDown() override {
    unload_all();
    EXPECT_EQ(complaints(), "");
    EXPECT_TRUE(fake::world().files.empty()) << fake::world().files.begin()->first;
    SensorTest::TearDown();
  }

  static bool exists(const std::string& name) {
    return fake::world().files.count("jz/sensor/" + name) != 0;
  }
  static std::string read(const std::string& name) {
    const auto found = fake::world().files.find("jz/sensor/" + name);
    return found == fake::world().files.end() ? "(no file)" : found->second();
  }
  // What a kernel says of a second folder or file of one name, and of files that aren't there.
  static std::string complaints() {
    std::string text;
    for (const std::string& line : fake::world().log) {
      if (line.find("proc_dir_entry") != std::string::npos) text += line + "\n";
    }
    return text;
  }

  // As raptor looks for the sensor, before it is added.
  static void expect_listed() {
    EXPECT_EQ(read("count"), "1\n");
    EXPECT_EQ(read("sensor0/status"), "loaded\n");
    EXPECT_NE(read("sensor0/name"), "\n");
    EXPECT_EQ(read("sensor0/i2c_addr"), "0x30\n");
    EXPECT_EQ(read("sensor0/i2c_adapter"), "0\n");
    for (const char* unknown : {"chip_id", "width", "height", "fps"}) {
      EXPECT_EQ(read(std::string("sensor0/") + unknown), "") << unknown;
    }
  }

  void expect_bound() {
    ASSERT_EQ(add(description("fake", 0x30)), 0);
    EXPECT_EQ(read("sensor0/status"), "active\n");
    EXPECT_EQ(read("sensor0/name"), "fake\n");
    EXPECT_EQ(read("sensor0/chip_id"), "0xfa4e\n");
    EXPECT_EQ(read("sensor0/i2c_addr"), "0x30\n");
    t31_sensor_unregister(sensor_);
    sensor_ = nullptr;
    EXPECT_EQ(read("sensor0/status"), "loaded\n");
    EXPECT_EQ(read("sensor0/chip_id"), "");
  }

  // As prudynt reads one sensor's figures.
  static void expect_flat_files() {
    for (const char* name :
         {"name", "chip_id", "i2c_addr", "width", "height", "min_fps", "max_fps"}) {
      EXPECT_TRUE(exists(name)) << name;
    }
  }
};

TEST_F(Registry, KitAKeepsItsFilesAndGetsNoneFromUs) {
  ASSERT_EQ(load_kit('a'), 0);
  expect_flat_files();
  EXPECT_EQ(read("width"), "1920\n");
  EXPECT_EQ(read("max_fps"), "30\n");
  EXPECT_EQ(read("fake/chip_id"), "0xfa4e\n");
  ASSERT_EQ(add(description("fake", 0x30)), 0);
  EXPECT_FALSE(exists("sensor0/status"));
  EXPECT_FALSE(exists("count"));
}

TEST_F(Registry, KitBIsListedBoundAndReadFlat) {
  ASSERT_EQ(load_kit('b'), 0);
  expect_listed();
  expect_flat_files();
  expect_bound();
}

TEST_F(Registry, KitCIsBoundByTheCore) {
  ASSERT_EQ(load_kit('c'), 0);
  expect_listed();
  expect_flat_files();
  expect_bound();
}

TEST_F(Registry, KitDSharesItsFolderAndKeepsItsFlatFiles) {
  ASSERT_EQ(load_kit('d'), 0);
  expect_listed();
  EXPECT_EQ(read("width"), "1920\n");  // the module's own, known before a sensor is
  EXPECT_EQ(read("max_fps"), "30\n");
  expect_bound();
}

TEST_F(Registry, SlotsKeepTheirNumbersWhenAnEarlierDriverGoes) {
  ASSERT_EQ(load_kit('b'), 0);
  ASSERT_EQ(load_kit('c'), 0);
  EXPECT_EQ(read("count"), "2\n");
  ASSERT_EQ(t31_host_rmmod(module('b').c_str()), 0);
  loaded_.erase(loaded_.begin());
  EXPECT_EQ(read("count"), "1\n");
  EXPECT_FALSE(exists("sensor0/status"));
  EXPECT_EQ(read("sensor1/status"), "loaded\n");
}

TEST_F(Registry, FilesOfAnotherModuleForTheSameSensorStay) {
  ASSERT_EQ(load_kit('a'), 0);
  ASSERT_EQ(load_kit('e'), 0);
  ASSERT_EQ(t31_host_rmmod(module('e').c_str()), 0);
  loaded_.pop_back();
  expect_flat_files();
  EXPECT_EQ(read("fake/chip_id"), "0xfa4e\n");
}

TEST_F(Registry, TwiceLoadedAndUnloadedLeavesNothing) {
  for (const char letter : {'a', 'b', 'c', 'd', 'd', 'a', 'e', 'e'}) {
    ASSERT_EQ(load_kit(letter), 0) << letter;
    unload_all();
    EXPECT_TRUE(fake::world().files.empty()) << letter;
  }
}

}  // namespace
