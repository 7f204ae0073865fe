// SPDX-License-Identifier: GPL-2.0-or-later
// mutation.hpp - one thing done wrong in the recorded SC2336 session, and what must come of it.
#pragma once

#include <functional>
#include <ostream>
#include <vector>

#include "tests/model/replay.hpp"

namespace t31::model::test {

// Edits of a recording; all throw std::runtime_error when nothing was there to edit.
void drop(Trace& trace, std::uint32_t address);
void drop(Trace& trace, std::uint32_t address, std::uint32_t value);
void drop_first(Trace& trace, std::uint32_t address);
void drop_range(Trace& trace, std::uint32_t first, std::uint32_t last);
void change(Trace& trace, std::uint32_t address, std::uint32_t to);
void change(Trace& trace, std::uint32_t address, std::uint32_t from, std::uint32_t to);
void set_bits(Trace& trace, std::uint32_t address, std::uint32_t bits);
void append(Trace& trace, std::uint32_t address, std::uint32_t value);

struct Mutation {
  const char* name;  // of the test
  const char* rule;  // of the table in docs/model.md
  std::function<void(Trace&)> edit;
  std::function<void(const Outcome&, Replay&)> expect;
};
inline void PrintTo(const Mutation& mutation, std::ostream* out) {
  *out << mutation.rule;
}

// By subject: clocks and reset, receiver and VIC, ISP, scaler.
std::vector<Mutation> supply_mutations();
std::vector<Mutation> receiver_mutations();
std::vector<Mutation> isp_mutations();
std::vector<Mutation> scaler_mutations();

// Common expectations.
void expect_no_isp_event(const Outcome& seen);
void expect_no_picture(const Outcome& seen);

inline constexpr std::uint32_t kBroken = 1u << 8, kOverflow = 1u << 9;
inline constexpr std::uint32_t kFrameStart = 1u << 12, kIspDoneBit = 1u << 13;
inline constexpr std::uint32_t kChannel0 = 1u << 0, kMisfit0 = 1u << 3;
inline constexpr std::uint32_t kZones = 1u << 26, kHistogram = 1u << 27, kAwb = 1u << 30;
inline constexpr std::uint32_t kFocus = 1u << 31;
inline constexpr std::uint32_t kToneMapping = 1u << 18, kDefog = 1u << 20;
inline constexpr std::uint32_t kVicDone = 1u << 0, kVicHorizontal = 1u << 10;
inline constexpr std::uint32_t kVicVertical = 1u << 14;

}  // namespace t31::model::test
