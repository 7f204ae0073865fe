// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include <sstream>

#include "tests/model/trace.hpp"

namespace t31::model::test {
namespace {

Trace csv(const std::string& text) {
  std::istringstream input(text);
  return read_csv_trace(input);
}

Trace session(const std::string& text) {
  std::istringstream input(text);
  return read_session_trace(input);
}

TEST(TraceReader, CsvWritesGetPhysicalAddressesAndReadsAreSkipped) {
  const Trace trace = csv("W,ISP,00800,00000001\nR,VIC,00000,00000000\nW,VIC,0010c,0002b000\n");
  ASSERT_EQ(trace.size(), 2u);
  EXPECT_TRUE(trace[0].writes(0x13300800));
  EXPECT_EQ(trace[0].value, 1u);
  EXPECT_TRUE(trace[1].writes(0x133e010c));
  EXPECT_EQ(trace[1].value, 0x2b000u);
}

TEST(TraceReader, BufferSymbolsAreBoundOnceAndDoNotOverlap) {
  const Trace trace =
      csv("W,ISP,0a02c,BUF5_6000+0\nW,ISP,0b03c,BUF7_4000+1000\nW,ISP,0a030,BUF5_6000+5800\n");
  ASSERT_EQ(trace.size(), 3u);
  EXPECT_EQ(trace[2].value, trace[0].value + 0x5800);
  EXPECT_EQ(trace[1].value, trace[0].value + 0x6000 + 0x1000);
}

TEST(TraceReader, ClockCallsBecomeTheKernelsWrites) {
  const Trace trace =
      csv("# clk_set_rate(cgu_isp,100000000)\n# clk_enable(cgu_isp)\n# clk_enable(isp)\n"
          "# clk_disable(isp)\n");
  std::vector<std::pair<std::uint32_t, std::uint32_t>> writes;
  for (const Step& step : trace)
    if (step.kind == Step::Kind::kWrite) writes.emplace_back(step.address, step.value);
  // A stopped clock's rate is only remembered; 1392 MHz / 14 is the first not above 100 MHz.
  const std::vector<std::pair<std::uint32_t, std::uint32_t>> expected{{0x10000080, 0x2000000d},
                                                                      {0x10000080, 0x0000000d},
                                                                      {0x10000020, 0x0b4f5780},
                                                                      {0x10000020, 0x0bcf5780}};
  EXPECT_EQ(writes, expected);
}

TEST(TraceReader, SessionLinesAreWritesI2cAndMarks) {
  const Trace trace = session(
      "# a comment\n145 W isp 00004 07800438\n146 R isp 000b4 00001000\n"
      "5664 # t=1310886 i2c0 W 30 320e 05\n5660 W p02 02000 0000007d\n6203 # t=1 frame 0 start\n");
  ASSERT_EQ(trace.size(), 5u);
  EXPECT_TRUE(trace[1].writes(0x13300004));
  EXPECT_EQ(trace[2].kind, Step::Kind::kI2cWrite);
  EXPECT_EQ(trace[2].address, 0x30u);
  EXPECT_EQ(trace[2].bytes, (std::vector<std::uint8_t>{0x32, 0x0e, 0x05}));
  EXPECT_TRUE(trace[3].writes(0x10022000));
  EXPECT_EQ(before_mark(trace, "frame 0").size(), 4u);
}

TEST(TraceReader, WhatItDoesNotUnderstandIsRefused) {
  EXPECT_THROW(csv("W,ISP,00800\n"), std::runtime_error);
  EXPECT_THROW(csv("W,XYZ,00800,00000001\n"), std::runtime_error);
  EXPECT_THROW(csv("W,ISP,0080z,00000001\n"), std::runtime_error);
  EXPECT_THROW(csv("W,ISP,0a02c,BUF5\n"), std::runtime_error);
  EXPECT_THROW(session("12 X isp 00004 1\n"), std::runtime_error);
  EXPECT_THROW(session("12 W isp 00004\n"), std::runtime_error);
  EXPECT_THROW(session("# t=1 i2c0 W 30 01\n"), std::runtime_error);
  EXPECT_THROW(before_mark({}, "frame"), std::runtime_error);
}

}  // namespace
}  // namespace t31::model::test
