// SPDX-License-Identifier: GPL-2.0-or-later
// show, get, set and diff on files, through the program.
#include "t31tune/document.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "driver/tuning/neutral.hpp"
#include "image/image.hpp"
#include "tests/tune/tool.hpp"

namespace t31::test {
namespace {

namespace fs = std::filesystem;

class Files : public testing::Test {
 protected:
  Files() {
    std::vector<std::uint8_t> bytes(tuning::kFileBytes);
    tuning::build_file(bytes, {.black_level = 64, .red_gain_q10 = 1800, .blue_gain_q10 = 1500});
    tune::write_whole_file(file_, bytes);
  }
  std::string get(const std::string& arguments) const { return tool_.run("get " + arguments).out; }

  Tool tool_;
  std::string file_ = tool_.path("neutral.bin");
};

TEST_F(Files, GetPrintsABankALine) {
  EXPECT_EQ(get(file_ + " awb_static"), "1800 1500\n1800 1500\n");
  EXPECT_EQ(get(file_ + " --bank day awb_static gib_deirm_blc_r_linear"),
            "1800 1500\n64 64 64 64 64 64 64 64 64\n");
  EXPECT_EQ(get(file_ + " --bank day 44"), "1800 1500\n");  // its number
}

TEST_F(Files, SetChangesOneElementAllOrEachInTheBankNamed) {
  ASSERT_EQ(tool_.run("set " + file_ + " --bank night awb_static[1]=1600").code, 0);
  EXPECT_EQ(get(file_ + " awb_static"), "1800 1500\n1800 1600\n");
  ASSERT_EQ(tool_.run("set " + file_ + " awb_static=0x700 ae_stable_tol=1100,900,3,4").code, 0);
  EXPECT_EQ(get(file_ + " awb_static ae_stable_tol"),
            "1792 1792\n1792 1792\n1100 900 3 4\n1100 900 3 4\n");
  // The driver still takes it.
  EXPECT_EQ(tune::Document::load(file_).verdict(), tuning::LoadResult::kLoaded);
}

TEST_F(Files, SetWritesAnotherFileWhenAsked) {
  const std::string other = tool_.path("other.bin");
  ASSERT_EQ(tool_.run("set " + file_ + " awb_ct=4000 --out " + other).code, 0);
  EXPECT_EQ(get(file_ + " awb_ct"), "5000\n5000\n");
  EXPECT_EQ(get(other + " awb_ct"), "4000\n4000\n");
}

TEST_F(Files, NegativeNumbersComeBack) {
  ASSERT_EQ(tool_.run("set " + file_ + " --bank day bcsh_mmatrix[3]=-11000").code, 0);
  EXPECT_NE(get(file_ + " --bank day bcsh_mmatrix").find(" -11000 "), std::string::npos);
}

TEST_F(Files, SetSaysWhatItBroke) {
  const CommandResult run = tool_.run("set " + file_ + " ae_at_list[2]=0");
  EXPECT_EQ(run.code, 0);
  EXPECT_NE(run.err.find("day ae_at_list: element 2 is 0"), std::string::npos) << run.err;
}

TEST_F(Files, DiffNamesWhatDiffers) {
  const std::string other = tool_.path("other.bin");
  tool_.run("set " + file_ + " --bank night awb_static[1]=1600 --out " + other);
  const CommandResult same = tool_.run("diff " + file_ + " " + file_);
  EXPECT_EQ(same.code, 0);
  EXPECT_EQ(same.out, "");
  const CommandResult differ = tool_.run("diff " + file_ + " " + other);
  EXPECT_EQ(differ.code, 1);
  EXPECT_NE(differ.out.find("night awb_static"), std::string::npos) << differ.out;
  EXPECT_NE(differ.out.find("[1] 1500 -> 1600"), std::string::npos) << differ.out;
  EXPECT_EQ(differ.out.find("day "), std::string::npos) << differ.out;
}

TEST_F(Files, ShowSummarisesAndPrintsArraysByPartOfTheirName) {
  const CommandResult summary = tool_.run("show " + file_);
  EXPECT_EQ(summary.code, 0);
  EXPECT_NE(summary.out.find("64 64 64 64 of 4095"), std::string::npos) << summary.out;
  EXPECT_NE(summary.out.find("night bank"), std::string::npos);
  const CommandResult arrays = tool_.run("show " + file_ + " ae_at_list --bank day");
  EXPECT_NE(arrays.out.find("60 55 50 45 45 40 40 35 35 30"), std::string::npos) << arrays.out;
  EXPECT_NE(tool_.run("show " + file_ + " CCM").out.find("ccm_sat_list"), std::string::npos);
}

TEST_F(Files, PlotsArePicturesOfBothBanks) {
  const CommandResult run = tool_.run("show " + file_ + " --plots " + tool_.path("plots"));
  ASSERT_EQ(run.code, 0) << run.err;
  for (const char* name : {"gamma", "exposure", "white_balance"}) {
    for (const char* bank : {"day", "night"}) {
      const fs::path path = tool_.folder() / "plots" / (std::string(name) + "_" + bank + ".png");
      const image::RgbImage picture = image::read_png(path);
      EXPECT_GE(picture.width, 600u) << path;
      // A plot shows something besides white.
      EXPECT_TRUE(std::any_of(picture.pixels.begin(), picture.pixels.end(),
                              [](std::uint8_t channel) { return channel < 100; }))
          << path;
    }
  }
}

void expect_failure(const CommandResult& run, int code, const std::string& text) {
  EXPECT_EQ(run.code, code) << run.err;
  EXPECT_EQ(run.out, "");
  EXPECT_EQ(run.err.rfind("t31tune: ", 0), 0u) << run.err;
  EXPECT_NE(run.err.find(text), std::string::npos) << run.err;
}

TEST_F(Files, MistakesAreNamed) {
  expect_failure(tool_.run("get " + file_ + " no_such"), 2, "t31tune list");
  expect_failure(tool_.run("set " + file_ + " awb_static"), 2, "NAME=V");
  expect_failure(tool_.run("set " + file_ + " awb_static=1,2,3"), 2, "expected 2 values");
  expect_failure(tool_.run("set " + file_ + " awb_static[2]=1"), 2, "awb_static[1]");
  expect_failure(tool_.run("set " + file_ + " awb_static[]=1"), 2, "awb_static[1]");
  expect_failure(tool_.run("set " + file_ + " awb_static=banana"), 2, "number of 32 bits");
  expect_failure(tool_.run("set " + file_ + " awb_static=5000000000"), 2, "number of 32 bits");
  expect_failure(tool_.run("show " + tool_.path("absent.bin")), 1, "No such file");
  expect_failure(tool_.run("show " + tool_.folder().string()), 1, "folder");
  expect_failure(tool_.run("set " + file_ + " awb_ct=1 --out /nonexistent/x.bin"), 1,
                 "can't be written");
  expect_failure(tool_.run("show " + file_ + " --bank dusk"), 2, "day");
  // What failed has changed nothing and left nothing behind.
  EXPECT_EQ(get(file_ + " awb_static"), "1800 1500\n1800 1500\n");
  for (const auto& entry : fs::directory_iterator(tool_.folder())) {
    EXPECT_NE(entry.path().extension(), ".part");
  }
}

TEST_F(Files, AFileOfAnotherSizeIsRefusedEvenWhenForced) {
  fs::resize_file(file_, tuning::kFileBytes - 1);
  expect_failure(tool_.run("show " + file_), 1, "wrong size");
  expect_failure(tool_.run("set " + file_ + " --force awb_ct=1"), 1, "wrong size");
}

TEST_F(Files, AWrongChecksumIsRepairedOnlyWhenForced) {
  std::FILE* file = std::fopen(file_.c_str(), "r+b");
  ASSERT_NE(file, nullptr);
  std::fseek(file, 5000, SEEK_SET);
  std::fputc(99, file);
  std::fclose(file);
  expect_failure(tool_.run("get " + file_ + " awb_ct"), 1, "checksum");
  expect_failure(tool_.run("set " + file_ + " awb_ct=4500"), 1, "checksum");
  EXPECT_EQ(tool_.run("set " + file_ + " --force awb_ct=4500").code, 0);
  EXPECT_EQ(get(file_ + " awb_ct"), "4500\n4500\n");
}

}  // namespace
}  // namespace t31::test
