// SPDX-License-Identifier: GPL-2.0-or-later
// The sensor drivers of an ingenic-sdk checkout, as they come: git clone
// https://github.com/themactep/ingenic-sdk, and T31_SDK=<its folder>.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "model/sensor/chip_description.hpp"
#include "sdk/command.hpp"
#include "sdk/compile.hpp"
#include "t31_host.h"
#include "tests/sdk/chip_loop.hpp"
#include "tests/temporary_folder.hpp"

namespace t31::test {
namespace {

class Checkout : public testing::Test {
 protected:
  void SetUp() override {
    const char* folder = std::getenv("T31_SDK");
    if (folder == nullptr) {
      GTEST_SKIP() << "set the environment variable T31_SDK to a checkout of ingenic-sdk";
    }
    folder_ = folder;
    t31_host_set_abort_hook([](const char*) {});  // some drivers never give a clock back
  }
  std::string folder_;
};

std::string first_wrong(const sdk::Row& row) {
  return row.wrong.empty() ? "" : row.wrong.front();
}

TEST_F(Checkout, EveryDriverThatIsValidCPassesInBothTrees) {
  const std::vector<sdk::Row> rows = sdk::check({.checkout = folder_});
  for (const auto& [tree, least] : {std::pair{"3.10.14", 101}, std::pair{"4.4.94", 96}}) {
    EXPECT_GE(std::count_if(rows.begin(), rows.end(),
                            [&](const sdk::Row& row) { return row.tree == tree && row.passes(); }),
              least);
  }
  for (const sdk::Row& row : rows) {
    if (row.compiles) {
      EXPECT_TRUE(row.passes()) << row.tree << " " << row.name << ": " << first_wrong(row);
    }
    if (!row.compiles) {
      EXPECT_NE(first_wrong(row).find(row.name + ".c:"), std::string::npos) << first_wrong(row);
    }
  }
}

// Exposure through the driver of the SDK and the registers of the chip: model/sensor/chips knows
// what they mean.
TEST_F(Checkout, AutomaticExposureClosesItsLoopThroughRealDrivers) {
  const TemporaryFolder folder;
  const sdk::Compilers compilers{.pc = T31_CC, .project = T31_SOURCE_DIR};
  const std::vector<sdk::Source> sources = sdk::find_sources(folder_);
  unsigned seen = 0;
  for (const sdk::Source& source : sources) {
    const auto chip = model::find_chip(source.name);
    if (chip == nullptr || source.tree != "3.10.14") continue;
    Look wanted;
    wanted.name = source.name;
    wanted.module = folder.path() / ("sensor_" + source.name + "_t31.so");
    ASSERT_TRUE(sdk::compile_for_pc(compilers, source, wanted.module).good) << source.name;
    for (unsigned i = 0; i < model::kChipTextCount; ++i) {
      if (source.name == model::kChipTexts[i].name) wanted.chip = model::kChipTexts[i].json;
    }
    wanted.address = chip->address;
    wanted.width = chip->link.width;
    wanted.height = chip->link.height;
    if (source.name == "jxf23") wanted.parameters = "data_interface=1 sensor_max_fps=25";
    wanted.frames = 2;
    wanted.level = 0.1;  // above the black level that some chips and the neutral tuning differ by
    wanted.manual_lines = 200;
    const double dark = look(wanted).luma;
    wanted.manual_lines = 800;
    const double longer = look(wanted).luma;
    wanted.manual_lines = 200;
    wanted.manual_gain = 4;
    const double amplified = look(wanted).luma;
    EXPECT_GT(longer, dark + 10) << source.name;
    EXPECT_NEAR(amplified, longer, 8) << source.name;
    wanted.manual_lines = 0;
    wanted.frames = 40;
    wanted.level = 0.06;
    const double dim = look(wanted).luma;
    wanted.level = 0.4;
    EXPECT_NEAR(look(wanted).luma, dim, 12) << source.name;
    ++seen;
  }
  EXPECT_EQ(seen, model::kChipTextCount);
}

}  // namespace
}  // namespace t31::test
