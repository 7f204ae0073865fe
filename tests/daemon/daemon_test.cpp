// SPDX-License-Identifier: GPL-2.0-or-later
// daemon_test.cpp - programs on t31d: small ones of ours, for this machine and for MIPS.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "tests/tools/command_line.hpp"

namespace t31::test {
namespace {

constexpr int kKilled = 137;  // as a shell has it
constexpr int kWrongUsage = 2;

CommandLine daemon() {
  return CommandLine(T31D);
}

bool no_emulator() {
  return std::system("command -v qemu-mipsel >/dev/null") != 0;
}

std::string run_words(const std::string& program, const std::string& words = "") {
  return "run -- " + program + " " + words;
}

TEST(Daemon, ServesAProgramOfThisMachine) {
  const CommandResult result = daemon().run(run_words(T31_PC_PROGRAM));
  EXPECT_EQ(result.code, 0) << result.out << result.err;
  EXPECT_EQ(result.out, "passed\n");
}

TEST(Daemon, ServesAMipsProgram) {
#ifndef T31_MIPS_PROGRAM
  GTEST_SKIP() << "there is no compiler for MIPS";
#else
  if (no_emulator()) GTEST_SKIP() << "qemu-mipsel is not installed";
  const CommandResult result = daemon().run(run_words(T31_MIPS_PROGRAM));
  EXPECT_EQ(result.code, 0) << result.out << result.err;
  EXPECT_EQ(result.out, "passed\n");
#endif
}

// t31d aborts when the driver leaves anything behind.
TEST(Daemon, CleansUpAfterAProgramThatIsKilled) {
  const CommandResult result = daemon().run(run_words(T31_PC_PROGRAM, "die"));
  EXPECT_EQ(result.code, kKilled) << result.out << result.err;
  EXPECT_EQ(result.out.find("FAILED"), std::string::npos) << result.out;
}

TEST(Daemon, SaysWhatIsWrongWithACommandLine) {
  EXPECT_EQ(daemon().run("run --sensor nothing -- /bin/true").code, kWrongUsage);
  const CommandResult missing = daemon().run("run -- /nowhere/program");
  EXPECT_EQ(missing.code, 1);
  EXPECT_NE(missing.err.find("/nowhere/program"), std::string::npos) << missing.err;
  EXPECT_EQ(daemon().run("serve").code, kWrongUsage);
}

// Two programs on one camera: the first is killed, and the second finds a camera as new.
TEST(Daemon, ServesTheNextProgramAfterAKilledOne) {
  const CommandLine line("sh");
  const std::string socket = line.path("socket");
  std::ofstream(line.path("script"))
      << "unset LD_PRELOAD\n"
      << T31D " serve --socket " << socket << " & server=$!\n"
      << "while ! [ -S " << socket << " ]; do sleep 0.05; done\n"
      << "export T31D_SOCKET=" << socket << "\n"
      << "(LD_PRELOAD=" T31_PC_PRELOAD " exec " T31_PC_PROGRAM " die)\n"
      << "echo first $?\n"
      << "LD_PRELOAD=" T31_PC_PRELOAD " " T31_PC_PROGRAM "; echo second $?\n"
      << "kill $server; wait $server; echo server $?\n";
  const CommandResult result = line.run(line.path("script"));
  EXPECT_NE(result.out.find("first 137\n"), std::string::npos) << result.out << result.err;
  EXPECT_NE(result.out.find("passed\nsecond 0\n"), std::string::npos) << result.out << result.err;
  EXPECT_NE(result.out.find("server 0\n"), std::string::npos) << result.out << result.err;
}

}  // namespace
}  // namespace t31::test
