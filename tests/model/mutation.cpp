// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/model/mutation.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

namespace t31::model::test {
namespace {

void require(bool edited) {
  if (!edited) throw std::runtime_error("the recording has no such write");
}

template <typename Matches>
void drop_matching(Trace& trace, Matches matches) {
  require(std::erase_if(trace, matches) > 0);
}

template <typename Matches, typename Edit>
void edit_matching(Trace& trace, Matches matches, Edit edit) {
  bool edited = false;
  for (Step& step : trace) {
    if (!matches(step)) continue;
    edit(step);
    edited = true;
  }
  require(edited);
}

}  // namespace

void drop(Trace& trace, std::uint32_t address) {
  drop_range(trace, address, address);
}

void drop(Trace& trace, std::uint32_t address, std::uint32_t value) {
  drop_matching(trace, [=](const Step& s) { return s.writes(address) && s.value == value; });
}

void drop_first(Trace& trace, std::uint32_t address) {
  const auto found =
      std::find_if(trace.begin(), trace.end(), [=](const Step& s) { return s.writes(address); });
  require(found != trace.end());
  trace.erase(found);
}

void drop_range(Trace& trace, std::uint32_t first, std::uint32_t last) {
  drop_matching(trace, [=](const Step& s) {
    return s.kind == Step::Kind::kWrite && s.address >= first && s.address <= last;
  });
}

void change(Trace& trace, std::uint32_t address, std::uint32_t to) {
  edit_matching(
      trace, [=](const Step& s) { return s.writes(address); }, [=](Step& s) { s.value = to; });
}

void change(Trace& trace, std::uint32_t address, std::uint32_t from, std::uint32_t to) {
  edit_matching(
      trace, [=](const Step& s) { return s.writes(address) && s.value == from; },
      [=](Step& s) { s.value = to; });
}

void set_bits(Trace& trace, std::uint32_t address, std::uint32_t bits) {
  edit_matching(
      trace, [=](const Step& s) { return s.writes(address); }, [=](Step& s) { s.value |= bits; });
}

void append(Trace& trace, std::uint32_t address, std::uint32_t value) {
  trace.push_back(Step::write(address, value));
}

void expect_no_picture(const Outcome& seen) {
  EXPECT_EQ(seen.output, 0u);
  EXPECT_EQ(seen.isp_status & kChannel0, 0u);
}

void expect_no_isp_event(const Outcome& seen) {
  expect_no_picture(seen);
  EXPECT_EQ(seen.isp_status, 0u);
  EXPECT_FALSE(seen.interrupted);
}

}  // namespace t31::model::test
