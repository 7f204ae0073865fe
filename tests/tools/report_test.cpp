// SPDX-License-Identifier: GPL-2.0-or-later
// The report on exposure and white balance: what it judges, what it leaves behind.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "t31cam/report/parts.hpp"
#include "tests/temporary_folder.hpp"

namespace t31::cam::report {
namespace {

class ReportTest : public testing::Test {
 protected:
  std::string read(const std::string& name) const {
    std::ifstream stream(folder_ / name);
    return {std::istreambuf_iterator<char>(stream), {}};
  }

  test::TemporaryFolder folder_;
};

TEST_F(ReportTest, OneMeasurementAboveItsLimitFailsTheWhole) {
  Report report(folder_.path());
  report.check({"exposure", "a file", "settled", 8, 8, "frames"});
  EXPECT_TRUE(report.passed());
  report.check({"exposure", "another file", "settled", 9, 8, "frames"});
  report.check({"exposure", "a file", "changes", 0, 0, ""});
  EXPECT_FALSE(report.passed());
  report.write();
  const nlohmann::json json = nlohmann::json::parse(read("report.json"));
  EXPECT_EQ(json["passed"], false);
  ASSERT_EQ(json["checks"].size(), 3u);
  EXPECT_EQ(json["checks"][0]["passed"], true);
  EXPECT_EQ(json["checks"][1]["passed"], false);
  const std::string text = read("report.txt");
  EXPECT_NE(
      text.find("FAIL exposure: settled: at most 9 frames (limit 8 frames), 2 runs, 1 failed; "
                "worst: another file\n"),
      std::string::npos)
      << text;
  EXPECT_NE(text.find("ok   exposure: changes"), std::string::npos) << text;
  EXPECT_TRUE(text.ends_with("FAILED\n"));
}

TEST_F(ReportTest, PicturesAreFilesThatTheReportNames) {
  Report report(folder_.path());
  report.picture("curve", {{"a curve", {"frame"}, {"luma"}, {{"luma", {}, {0, 1, 2}, {3, 5, 4}}}}});
  report.write();
  EXPECT_EQ(nlohmann::json::parse(read("report.json"))["pictures"][0], "curve.png");
  EXPECT_EQ(read("curve.png").substr(1, 3), "PNG");
}

TEST_F(ReportTest, TheNeutralTuningStaysWithinEveryLimitOnThePlants) {
  Report report(folder_.path());
  const TuningFile neutral = load_tuning({});
  report_exposure(neutral, {.quick = true}, report);
  report_balance({neutral}, {.quick = true}, report);
  EXPECT_TRUE(report.passed()) << report.to_text();
  // With the gain steps of three real sensors, and every measurement says whose.
  for (const std::string sensor : {"sc2336", "gc2053", "gc4653"}) {
    EXPECT_TRUE(
        std::filesystem::exists(folder_ / ("exposure_steps_neutral_" + sensor + "_t2.png")));
    EXPECT_NE(report.to_json().dump().find("neutral, gains of " + sensor + ", t+3"),
              std::string::npos);
  }
  EXPECT_NE(report.to_text().find("neutral knows no lights"), std::string::npos);
}

TEST(ReportTuning, AFileThatIsNoneIsRefused) {
  EXPECT_ANY_THROW(load_tuning("/nowhere.bin"));
  EXPECT_ANY_THROW(load_tuning("/proc/self/exe"));
}

}  // namespace
}  // namespace t31::cam::report
