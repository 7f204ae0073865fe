// SPDX-License-Identifier: GPL-2.0-or-later
// sdk-check itself: rows, recorded traffic, sources with mistakes, drivers that crash or hang.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "sdk/command.hpp"
#include "sdk/compile.hpp"
#include "sdk/traffic.hpp"
#include "tests/temporary_folder.hpp"

namespace t31::test {
namespace {

namespace fs = std::filesystem;

TEST(SdkCheck, ARowSurvivesTheWayToItsParent) {
  sdk::Row row;
  row.tree = "3.10.14";
  row.name = "x\"y\n";
  row.compiles = row.probes = true;
  row.events = 17;
  row.events_right = 16;
  row.wrong = {"EXPO 0x1 sends \"a\"", "\xff"};
  const std::string line = sdk::encode(row);
  EXPECT_EQ(line.find('\n'), std::string::npos);
  const sdk::Row back = sdk::decode(line);
  EXPECT_EQ(back.name, row.name);
  EXPECT_EQ(back.events_right, 16U);
  EXPECT_EQ(back.wrong.size(), 2U);
  EXPECT_FALSE(back.passes());
}

TEST(SdkCheck, RecordedTrafficIsReadInTheOrderOfTheRun) {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "events.csv";
  std::ofstream(file) << "sensor,event,argument,returns,syncs,i2c_traffic\n"
                         "a,s_stream,1,0,,0100=01\n"
                         "a,FPS,0xf0001,-1,1,r05(04) r06(4c)\n";
  const auto references = sdk::read_references(file);
  const auto& run = references.at("a");
  ASSERT_EQ(run.size(), 2U);
  EXPECT_EQ(run[0].traffic, "0100=01");
  EXPECT_EQ(run[1].argument, 0xf0001U);
  EXPECT_EQ(run[1].result, -1);
  EXPECT_EQ(run[1].syncs, 1U);
}

// A checkout with three drivers that can't pass.
TEST(SdkCheck, MistakesCrashesAndHangsAreARowEach) {
  const TemporaryFolder folder;
  const fs::path sources = folder.path() / "3.10.14" / "sensor-src" / "t31";
  fs::create_directories(sources);
  const std::string head = "#include <tx-isp-common.h>\nstatic int start(void) {\n";
  const std::string tail =
      "\nreturn 0; }\nstatic void stop(void) {}\nmodule_init(start);\nmodule_exit(stop);\n";
  std::ofstream(sources / "wrong.c") << head << "int x = ;" << tail;
  std::ofstream(sources / "crash.c") << head << "*(volatile int*)8 = 1;" << tail;
  std::ofstream(sources / "hang.c") << head << "for (volatile int i = 0;; i++) ;" << tail;
  std::ofstream(sources / "alien.c") << head << "extern int nobody(void); return nobody();" << tail;
  const auto rows = sdk::check({.checkout = folder.path(), .seconds = 8});
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_NE(rows[0].wrong.at(0).find("nobody"), std::string::npos);
  EXPECT_NE(rows[1].wrong.at(0).find("crashes"), std::string::npos) << rows[1].wrong.at(0);
  EXPECT_TRUE(rows[1].compiles);
  EXPECT_NE(rows[2].wrong.at(0).find("not done after"), std::string::npos) << rows[2].wrong.at(0);
  EXPECT_FALSE(rows[3].compiles);
  EXPECT_NE(rows[3].wrong.at(0).find("wrong.c:3"), std::string::npos) << rows[3].wrong.at(0);
}

TEST(SdkCheck, AFolderWithoutDriversIsRefused) {
  const TemporaryFolder folder;
  EXPECT_THROW(sdk::find_sources(folder.path()), std::exception);
}

}  // namespace
}  // namespace t31::test
