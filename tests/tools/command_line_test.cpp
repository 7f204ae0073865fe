// SPDX-License-Identifier: GPL-2.0-or-later
// t31cam as a user types it: exit codes, what goes to stdout and what to stderr. No camera is
// started here.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/tools/command_line.hpp"

namespace {

class CommandLine : public testing::Test {
 protected:
  using Outcome = t31::test::CommandResult;

  Outcome run(const std::string& arguments) const { return t31cam_.run(arguments); }

  // A mistake: code 2, nothing on stdout, and a message that holds `text`.
  void expect_usage_error(const std::string& arguments, const std::string& text) const {
    const Outcome outcome = run(arguments);
    EXPECT_EQ(outcome.code, 2) << arguments;
    EXPECT_EQ(outcome.out, "") << arguments;
    EXPECT_NE(outcome.err.find(text), std::string::npos) << arguments << "\n" << outcome.err;
    EXPECT_EQ(outcome.err.rfind("t31cam: ", 0), 0u) << outcome.err;
  }

  std::string file(const std::string& name, std::size_t bytes) const {
    std::ofstream(t31cam_.path(name)) << std::string(bytes, '\0');
    return t31cam_.path(name);
  }

  t31::test::CommandLine t31cam_{T31CAM};
};

TEST_F(CommandLine, HelpGoesToStdoutAndSucceeds) {
  for (const char* arguments : {"--help", "capture --help", "list --help", "proc -h", "regs -h"}) {
    const Outcome outcome = run(arguments);
    EXPECT_EQ(outcome.code, 0);
    EXPECT_NE(outcome.out.find("Usage: t31cam"), std::string::npos) << arguments;
    EXPECT_EQ(outcome.err, "");
  }
}

TEST_F(CommandLine, AMissingOrUnknownCommandIsAUsageError) {
  expect_usage_error("", "subcommand is required");
  expect_usage_error("photograph", "");
  expect_usage_error("capture --sharpest", "--sharpest");
  expect_usage_error("capture extra", "extra");
  expect_usage_error("list", "required");
  expect_usage_error("list lenses", "lenses");
  expect_usage_error("regs", "required");
}

TEST_F(CommandLine, ListsNameWhatThereIs) {
  const Outcome sensors = run("list sensors");
  EXPECT_EQ(sensors.code, 0);
  EXPECT_NE(sensors.out.find("sc2336"), std::string::npos);
  EXPECT_NE(sensors.out.find("replay"), std::string::npos);
  const Outcome scenes = run("list scenes");
  for (const char* scene :
       {"colorchecker", "resolution", "flat", "moving", "steps", "haze", "FILE"}) {
    EXPECT_NE(scenes.out.find(scene), std::string::npos) << scene;
  }
  const Outcome controls = run("list controls");
  for (const char* control : {"brightness", "contrast", "saturation", "hue", "csc"}) {
    EXPECT_NE(controls.out.find(control), std::string::npos) << control;
  }
}

TEST_F(CommandLine, ParametersAreListedByNameAndBlock) {
  const Outcome all = run("param list");
  EXPECT_EQ(all.code, 0);
  EXPECT_EQ(std::count(all.out.begin(), all.out.end(), '\n'), 1095);
  const Outcome gamma = run("param list GAMMA");
  EXPECT_NE(gamma.out.find("gamma_rgb_lut_saddr"), std::string::npos);
  EXPECT_EQ(std::count(gamma.out.begin(), gamma.out.end(), '\n'), 2);
  expect_usage_error("param list nonsense", "no such parameter");
}

TEST_F(CommandLine, BadParametersAreRefused) {
  expect_usage_error("param get nonsense", "no such parameter");
  expect_usage_error("param get 1095", "no such parameter");
  expect_usage_error("param set ae_at_list 1 2", "expected 10 values");
  expect_usage_error("param set gamma_rgb_lut_saddr 65536", "16 bits");
  expect_usage_error("capture --param ae_at_list=1,x", "32 bits");
}

TEST_F(CommandLine, BadListsForControlsAreRefused) {
  expect_usage_error("capture --set ae-weights=9", "0 to 8");
  expect_usage_error("capture --set awb-trend=1,2", "6 numbers");
  expect_usage_error("capture --set night=2", "0 to 1");
}

TEST_F(CommandLine, UnknownNamesAreRefusedByName) {
  expect_usage_error("capture --sensor imx999", "imx999");
  expect_usage_error("capture --scene moon", "moon");
  expect_usage_error("capture --tuning /nonexistent.bin", "/nonexistent.bin");
  expect_usage_error("capture --format tiff", "tiff");
  expect_usage_error("regs flux", "flux");
  expect_usage_error("proc interrupts", "interrupts");
}

TEST_F(CommandLine, BadChannelsAreRefused) {
  expect_usage_error("capture --channel 3:640x360", "0 to 2");
  expect_usage_error("capture --channel 640x360", "N:WxH");
  expect_usage_error("capture --channel 0:640x", "N:WxH");
  expect_usage_error("capture --channel 0:0x360", "N:WxH");
  expect_usage_error("capture --channel 0:-640x360", "N:WxH");
  expect_usage_error("capture --channel 1:640x360 --channel 1:320x240", "twice");
}

TEST_F(CommandLine, BadRawFormatsAreRefused) {
  const std::string raw = file("frame.raw", 64 * 48);
  const auto format = [&](const std::string& text) {
    return "capture --raw " + raw + " --raw-format " + text;
  };
  expect_usage_error(format("64x48"), "wrong number of fields");
  expect_usage_error(format("64:rggb:8"), "bad size");
  expect_usage_error(format("63x48:rggb:8"), "even");
  expect_usage_error(format("4000x3000:rggb:8"), "2592x1944");
  expect_usage_error(format("64x48:rgbw:8"), "ORDER");
  expect_usage_error(format("64x48:rggb:9"), "BITS");
  expect_usage_error(format("64x48:rggb:8:255"), "BLACK");
  expect_usage_error(format("64x48:rggb:8:-1"), "BLACK");
  expect_usage_error(format("64x48:rggb:8:nan"), "BLACK");
  expect_usage_error(format("64x50:rggb:8"), "3072 bytes");
  expect_usage_error(format("64x48:rggb:10"), "3072 bytes");
  expect_usage_error("capture --raw " + raw, "give both");
  expect_usage_error("capture --raw-format 64x48:rggb:8", "give both");
  expect_usage_error("capture --raw /nonexistent --raw-format 64x48:rggb:8", "/nonexistent");
  expect_usage_error("capture --sensor replay", "--raw FILE");
}

TEST_F(CommandLine, BadControlsAreRefused) {
  expect_usage_error("capture --set brightness", "CONTROL=VALUE");
  expect_usage_error("capture --set =3", "CONTROL=VALUE");
  expect_usage_error("capture --set brightness=", "CONTROL=VALUE");
  expect_usage_error("capture --set lens=3", "no such control");
  expect_usage_error("capture --set brightness=256", "0 to 255");
  expect_usage_error("capture --set brightness=-1", "0 to 255");
  expect_usage_error("capture --set brightness=bright", "0 to 255");
  expect_usage_error("capture --set csc=bt2020", "bt601-full");
}

TEST_F(CommandLine, BadNumbersAreRefused) {
  expect_usage_error("capture --wb 1.5", "R,B");
  expect_usage_error("capture --wb 1.5,0", "R,B");
  expect_usage_error("capture --wb 1.5,256", "R,B");
  expect_usage_error("capture --wb 1.5,1.5,1.5", "R,B");
  expect_usage_error("capture --fps 0", "--fps 0");
  expect_usage_error("capture --fps 25/0", "--fps 25/0");
  expect_usage_error("capture --fps 99999", "--fps 99999");
  expect_usage_error("capture --light 100", "kelvin");
  expect_usage_error("capture --light warm", "warm");
  expect_usage_error("capture --light-change 40", "FRAME[+FRAMES]:LEVEL[:LAMP]");
  expect_usage_error("capture --light-change 40+:1", "--light-change 40+:1");
  expect_usage_error("capture --light-change 40:-1", "40:-1");
  expect_usage_error("capture --light-change 40:1:100", "kelvin");
  expect_usage_error("capture --flicker 50:2", "HERTZ[:DEPTH]");
  expect_usage_error("capture --latency 4", "4");
  expect_usage_error("3a-report", "--out");
  expect_usage_error("3a-report --out x --part focus", "focus");
  expect_usage_error("capture --frames 0", "--frames");
  expect_usage_error("capture --skip -1", "--skip");
  expect_usage_error("capture --exposure 0", "--exposure");
  expect_usage_error("capture --gain 0.5", "--gain");
}

TEST_F(CommandLine, AnOutputFolderThatCannotBeIsAFailure) {
  const Outcome outcome = run("capture --out " + file("plain", 1) + "/below");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.out, "");
  EXPECT_NE(outcome.err.find("plain/below"), std::string::npos);
}

}  // namespace
