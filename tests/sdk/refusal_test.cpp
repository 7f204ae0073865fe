// SPDX-License-Identifier: GPL-2.0-or-later
// Drivers that refuse every chip: told from those whose chip wasn't found, and run all the same.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "sdk/command.hpp"
#include "tests/temporary_folder.hpp"

namespace t31::test {
namespace {

namespace fs = std::filesystem;

std::string stubborn() {
  std::ifstream file(fs::path(T31_SOURCE_DIR) / "tests/sdk/stubborn.c");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// The driver with one text in place of another.
std::string changed(const std::string& before, const std::string& after) {
  std::string text = stubborn();
  const std::size_t at = text.find(before);
  EXPECT_NE(at, std::string::npos) << before;
  return text.replace(at, before.size(), after);
}

sdk::Row checked(const std::string& source) {
  const TemporaryFolder folder;
  const fs::path sources = folder.path() / "3.10.14" / "sensor-src" / "t31";
  fs::create_directories(sources);
  std::ofstream(sources / "stubborn.c") << source;
  const auto rows = sdk::check({.checkout = folder.path()});
  EXPECT_EQ(rows.size(), 1U);
  return rows.at(0);
}

std::string first_wrong(const sdk::Row& row) {
  return row.wrong.empty() ? "" : row.wrong.front();
}

TEST(Refusal, OfEveryChipIsProvedAndTheDriverRunPastIt) {
  const std::string source = stubborn();
  const std::size_t deciding = source.find("/* the deciding read */");
  const auto line =
      1 + std::count(source.begin(), source.begin() + static_cast<std::ptrdiff_t>(deciding), '\n');
  const sdk::Row row = checked(source);
  EXPECT_TRUE(row.passes()) << first_wrong(row);
  EXPECT_FALSE(row.probes);
  EXPECT_TRUE(row.streams);
  EXPECT_NE(row.refusal.find("stubborn.c:" + std::to_string(line) + ","), std::string::npos)
      << row.refusal;
  EXPECT_NE(row.refusal.find("no value of register 0x0003"), std::string::npos) << row.refusal;
  EXPECT_EQ(row.identity, "0x02=0x37");
  EXPECT_EQ(row.exposure, "EXPO");
}

TEST(Refusal, IsNoneWhenOneValuePasses) {
  const sdk::Row row = checked(changed("(value | 0x10) != 0x00", "value != 0xa7"));
  EXPECT_TRUE(row.passes()) << first_wrong(row);
  EXPECT_TRUE(row.probes);
  EXPECT_EQ(row.refusal, "");
  EXPECT_EQ(row.identity, "0x02=0x37 0x03=0xa7");
}

// The first byte may have any value here, but only one of them lets the second one pass.
TEST(Refusal, IsNoneWhenOnlyOnePairOfBytesPasses) {
  const std::string source = changed("if (read_byte(sd, 0x02, &value) || value != ID_HIGH)",
                                     "unsigned char first = 0;\n"
                                     "  if (read_byte(sd, 0x02, &first))");
  const std::string before = "(value | 0x10) != 0x00";
  std::string pair = source;
  pair.replace(pair.find(before), before.size(), "first != 0x04 || value != 0x03");
  const sdk::Row row = checked(pair);
  EXPECT_TRUE(row.passes()) << first_wrong(row);
  EXPECT_EQ(row.identity, "0x02=0x04 0x03=0x03");
}

// Nothing that a chip answers has to do with it: a driver that fails, not one that refuses.
TEST(Refusal, WithoutReadingIsAFailure) {
  const sdk::Row row =
      checked(changed("if (read_byte(sd, 0x02, &value) || value != ID_HIGH)", "if (sd)"));
  EXPECT_FALSE(row.passes());
  EXPECT_EQ(row.refusal, "");
  EXPECT_NE(first_wrong(row).find("no identity is accepted"), std::string::npos);
}

// What is behind the refusal counts as much as with any other driver.
TEST(Refusal, DoesNotExcuseADriverThatFailsBehindIt) {
  const sdk::Row silent = checked(changed("return write_byte(sd, 0x10, 1);", "return -EIO;"));
  EXPECT_FALSE(silent.passes());
  const sdk::Row crash = checked(changed("return write_byte(sd, 0x11, on);", "*(int*)8 = 1;"));
  EXPECT_FALSE(crash.passes());
}

TEST(Exposure, ThatDoesNotChangeWhatIsSentIsAFailure) {
  const sdk::Row gain = checked(changed("*(int*)argument >> 16 & 0xff", "7"));
  EXPECT_NE(first_wrong(gain).find("gain doesn't reach the chip"), std::string::npos)
      << first_wrong(gain);
  const sdk::Row lines = checked(changed("*(int*)argument & 0xff", "7"));
  EXPECT_NE(first_wrong(lines).find("exposure doesn't reach the chip"), std::string::npos)
      << first_wrong(lines);
}

// Its own affair, and named.
TEST(Exposure, ThatADriverHasNoEventForIsNone) {
  const sdk::Row row = checked(changed("event != TX_ISP_EVENT_SENSOR_EXPO", "event != 0"));
  EXPECT_TRUE(row.passes()) << first_wrong(row);
  EXPECT_EQ(row.exposure, "");
}

}  // namespace
}  // namespace t31::test
