// SPDX-License-Identifier: GPL-2.0-or-later
// docs/adding-a-sensor.md, followed step by step.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "tests/sdk/chip_loop.hpp"
#include "tests/temporary_folder.hpp"

namespace t31::test {
namespace {

namespace fs = std::filesystem;

std::string document() {
  std::ifstream file(fs::path(T31_SOURCE_DIR) / "docs/adding-a-sensor.md");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// What stands between ```LANGUAGE and ```.
std::string block(const std::string& language) {
  const std::string text = document();
  const std::string begin = "```" + language + "\n";
  const std::size_t start = text.find(begin);
  if (start == std::string::npos) return {};
  const std::size_t from = start + begin.size();
  return text.substr(from, text.find("\n```", from) + 1 - from);
}

class AddingASensor : public testing::Test {
 protected:
  void SetUp() override {
    const fs::path source = folder_.path() / "acme2100.c";
    std::ofstream(source) << block("c");
    const std::string root = T31_SOURCE_DIR;
    wanted_.module = folder_.path() / "sensor_acme2100_t31.so";
    const std::string command =
        std::string(T31_CC) + " -shared -fPIC -std=gnu11 -Wall -Wextra -Werror -DMODULE " +
        "-fvisibility=hidden -I" + root + "/include/sensor -I" + root + "/host/kernel/include -I" +
        root + "/sensors -o " + wanted_.module + " " + source.string() + " " + root +
        "/sensors/common/sensor_bus.c " + root + "/sensors/common/sensor_chip.c";
    ASSERT_EQ(std::system(command.c_str()), 0) << command;
    wanted_.chip = block("json");
    wanted_.name = "acme2100";
    wanted_.address = 0x2c;
  }

  TemporaryFolder folder_;
  Look wanted_;
};

TEST_F(AddingASensor, TheDocumentsDriverStreamsTheDocumentsChip) {
  wanted_.frames = 3;
  const Looked seen = look(wanted_);
  EXPECT_EQ(seen.frames, 3U);
  EXPECT_GT(seen.luma, 16);
}

TEST_F(AddingASensor, ExposureAndGainActOnThePicture) {
  wanted_.frames = 2;
  wanted_.level = 0.05;
  wanted_.manual_lines = 200;
  const double dark = look(wanted_).luma;
  wanted_.manual_lines = 800;
  const double longer = look(wanted_).luma;
  wanted_.manual_lines = 200;
  wanted_.manual_gain = 4;
  const double amplified = look(wanted_).luma;
  EXPECT_GT(longer, dark + 20);
  EXPECT_NEAR(amplified, longer, 4);  // four times the light, either way
}

TEST_F(AddingASensor, AutomaticExposureGivesTwoLightsOneBrightness) {
  wanted_.frames = 40;
  wanted_.level = 0.06;
  const double dim = look(wanted_).luma;
  wanted_.level = 0.5;
  const double bright = look(wanted_).luma;
  EXPECT_NEAR(dim, bright, 12);  // eight times the light
}

}  // namespace
}  // namespace t31::test
