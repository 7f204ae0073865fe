// SPDX-License-Identifier: GPL-2.0-or-later
// compare.hpp - register traces cut into what each call did, and compared block
// by block.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/model/trace.hpp"

namespace t31::test {

using model::test::Step;
using model::test::Trace;

// A range of registers that is compared as one sequence.
struct Block {
  const char* name;
  std::uint32_t first, last;  // physical, inclusive
};
// The units of hw-pipeline 1.1 that this version programs.
const std::vector<Block>& compared_blocks();

// What happened between one open, release or ioctl of a node and the next.
struct Segment {
  std::string mark;
  Trace writes;
};
std::vector<Segment> segments(const Trace& trace);

using Write = std::pair<std::uint32_t, std::uint32_t>;
std::vector<Write> writes_to(const Trace& trace, const Block& block);

// Addresses of statistics memory as distances from their block's first one:
// they depend on the allocator.
void make_relative(std::vector<Write>& writes);

// The stop acknowledge of the reset register is the hardware's; the recorder's stand-in kept it
// set.
void mask_read_only(std::vector<Write>& writes);

// Readable difference of two sequences, empty when equal.
std::string difference(const std::vector<Write>& ours, const std::vector<Write>& vendor);

using State = std::map<std::uint32_t, std::uint32_t>;  // last value of each register
// A *.state_*.gz file of the recorded sessions.
State load_state(const std::string& path);

}  // namespace t31::test
