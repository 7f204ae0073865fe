// SPDX-License-Identifier: GPL-2.0-or-later
// t31tune calibrate as a user types it: mistakes end with a message that says what to change.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "image/image.hpp"
#include "t31tune/document.hpp"
#include "tests/tune/synthetic.hpp"
#include "tests/tune/tool.hpp"

namespace t31::test {
namespace {

namespace fs = std::filesystem;

class CalibrateCommand : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    tool_ = new Tool;
    ChartView chart;
    chart.view = view_of({{300, 250}, {950, 250}, {950, 640}, {300, 640}});
    write_raw(path("chart.raw"), render_chart(chart));
  }
  static void TearDownTestSuite() { delete tool_; }
  static std::string path(const std::string& name) { return tool_->path(name); }

  CommandResult calibrate(const std::string& arguments) const {
    return tool_->run("calibrate " + arguments);
  }
  std::string good() const {
    return "--raw " + path("chart.raw") + " --raw-format 1280x960:RGGB:10:64 --out " +
           path("out.bin");
  }
  void expect_mistake(const std::string& arguments, int code, const std::string& text) const {
    fs::remove(path("out.bin"));
    const CommandResult run = calibrate(arguments);
    EXPECT_EQ(run.code, code) << arguments << "\n" << run.err;
    EXPECT_EQ(run.out, "") << arguments;
    EXPECT_NE(run.err.find(text), std::string::npos) << arguments << "\n" << run.err;
    EXPECT_EQ(run.err.rfind("t31tune: ", 0), 0u) << run.err;
    EXPECT_FALSE(fs::exists(path("out.bin"))) << arguments;
  }

 private:
  static Tool* tool_;
};
Tool* CalibrateCommand::tool_ = nullptr;

TEST_F(CalibrateCommand, WritesFileAndPictureAndReports) {
  const CommandResult run = calibrate(good() + " --light 4000");
  ASSERT_EQ(run.code, 0) << run.err;
  EXPECT_EQ(run.err, "");
  for (const char* text : {"black level", "cyan", "mean", "colour matrix", "assumed"}) {
    EXPECT_NE(run.out.find(text), std::string::npos) << run.out;
  }
  EXPECT_EQ(tune::Document::load(path("out.bin")).verdict(), tuning::LoadResult::kLoaded);
  EXPECT_GT(image::read_png(path("out.png")).width, 400u);
}

TEST_F(CalibrateCommand, ReportsAsJson) {
  const CommandResult run = calibrate(good() + " --json");
  ASSERT_EQ(run.code, 0) << run.err;
  const auto json = nlohmann::json::parse(run.out);
  EXPECT_EQ(json["lights"][0]["patches"].size(), 24u);
  EXPECT_EQ(json["lights"][0]["chart_found"], true);
  EXPECT_NEAR(json["lights"][0]["chart"][0].get<double>(), 300, 5);
  EXPECT_LT(json["lights"][0]["delta_e_after"], json["lights"][0]["delta_e_before"]);
}

TEST_F(CalibrateCommand, TheSameInputGivesTheSameFile) {
  const auto bytes = [&] {
    EXPECT_EQ(calibrate(good()).code, 0);
    std::ifstream stream(path("out.bin"), std::ios::binary);
    return std::string{std::istreambuf_iterator<char>(stream), {}};
  };
  EXPECT_EQ(bytes(), bytes());
}

TEST_F(CalibrateCommand, HelpNamesTheOptions) {
  const CommandResult run = calibrate("--help");
  EXPECT_EQ(run.code, 0);
  for (const char* option : {"--raw-format", "--chart", "--flat", "--dark", "--out", "--light"}) {
    EXPECT_NE(run.out.find(option), std::string::npos) << option;
  }
}

TEST_F(CalibrateCommand, MistakesOfTheCommandLineAreUsage) {
  const std::string raw = "--raw " + path("chart.raw"), out = " --out " + path("out.bin");
  expect_mistake(raw + out, 2, "--raw-format");
  expect_mistake(raw + " --raw-format 1280x960:RGGB:10", 2, "--out");
  expect_mistake(raw + " --raw-format 1280x960:RGBG:10" + out, 2, "ORDER is RGGB");
  expect_mistake(raw + " --raw-format 1280x960:RGGB:9" + out, 2, "BITS is 8, 10 or 12");
  expect_mistake(raw + " --raw-format 1280x960:RGGB:10:5000" + out, 2, "BLACK");
  expect_mistake(raw + " --raw-format 1280x962:RGGB:10" + out, 2, "whole number of frames");
  expect_mistake("--raw /nonexistent.raw --raw-format 1280x960:RGGB:10" + out, 2, "No such file");
  expect_mistake(good() + " --chart 1,2,3", 2, "eight numbers");
  expect_mistake(good() + " --chart a,b,c,d,e,f,g,h", 2, "eight numbers");
  expect_mistake(good() + " --light 100", 2, "--light");
  expect_mistake(good() + " --light 4000 --light 5000", 2, "once for each --raw");
  expect_mistake(good() + " --flat /nonexistent.raw", 2, "--flat /nonexistent.raw");
}

TEST_F(CalibrateCommand, ACaptureOfNoUseIsAFailure) {
  expect_mistake(good() + " --chart 300,250,1350,250,1350,640,300,640", 1, "outside the frame");
  expect_mistake(good() + " --chart 300,250,950,250,950,400,300,400", 1, "no ColorChecker there");
  expect_mistake(good() + " --chart 950,250,300,250,300,640,950,640", 1, "no ColorChecker there");
  // 16-bit words taken for bytes.
  expect_mistake(
      "--raw " + path("chart.raw") + " --raw-format 1280x960:RGGB:8 --out " + path("out.bin"), 1,
      "check BITS");
  expect_mistake(good() + " --dark " + path("chart.raw"), 1, "isn't dark");
  expect_mistake(good() + " --flat " + path("chart.raw"), 1, "no even surface");
}

TEST_F(CalibrateCommand, AnOutputThatCantBeWrittenIsAFailure) {
  const std::string input =
      "--raw " + path("chart.raw") + " --raw-format 1280x960:RGGB:10:64 --out ";
  expect_mistake(input + "/nonexistent/out.bin", 1, "can't be written");
  expect_mistake(input + "/tmp", 1, "can't be written");
}

// A sample of more bits than the format says, in a file of the right size.
TEST_F(CalibrateCommand, SamplesBeyondTheirBitsAreNamed) {
  std::ofstream stream(path("wide.raw"), std::ios::binary);
  const std::string sample("\xff\x0f", 2);  // 4095
  for (int i = 0; i < 64 * 64; ++i) stream << sample;
  stream.close();
  expect_mistake(
      "--raw " + path("wide.raw") + " --raw-format 64x64:RGGB:10 --out " + path("out.bin"), 2,
      "4095 doesn't fit 10 bits");
}

}  // namespace
}  // namespace t31::test
