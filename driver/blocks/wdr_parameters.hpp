// SPDX-License-Identifier: GPL-2.0-or-later
// wdr_parameters.hpp - the two-exposure block's own copy of its parameters.
//
// The per-frame computation keeps results in the arrays that it reads (thresholds, exposure ratio,
// smoothed maps' settings), so it works on a copy and leaves the bank alone.
#pragma once

#include <span>

#include "driver/tuning/bank.hpp"

namespace t31::blocks {

namespace detail {
inline constexpr tuning::Parameter kFirstWdrParameter = tuning::Parameter::kWdrParaArray;
// Where an array begins in the copy; the block's arrays stand together in a bank.
constexpr u32 wdr_word(tuning::Parameter parameter) {
  return (tuning::parameter_info(parameter).offset -
          tuning::parameter_info(kFirstWdrParameter).offset) /
         4;
}
}  // namespace detail

class WdrParameters {
 public:
  using P = tuning::Parameter;

  // All arrays of the block, as the bank holds them.
  void load(tuning::Bank bank);

  template <P kParameter>
  auto array() {
    return std::span<u32, count_of(kParameter)>(words_ + first_of(kParameter),
                                                count_of(kParameter));
  }
  template <P kParameter>
  auto array() const {
    return std::span<const u32, count_of(kParameter)>(words_ + first_of(kParameter),
                                                      count_of(kParameter));
  }

 private:
  static constexpr u32 first_of(P parameter) { return detail::wdr_word(parameter); }
  static constexpr u32 count_of(P parameter) { return tuning::parameter_info(parameter).count; }
  static constexpr P kFirst = detail::kFirstWdrParameter;
  static constexpr P kLast = P::kWdrToolControlArray;
  static constexpr u32 kWords = detail::wdr_word(kLast) + tuning::parameter_info(kLast).count;

  u32 words_[kWords] = {};
};

}  // namespace t31::blocks
