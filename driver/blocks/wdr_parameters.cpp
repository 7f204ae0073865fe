// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/blocks/wdr_parameters.hpp"

namespace t31::blocks {

void WdrParameters::load(tuning::Bank bank) {
  for (u32 id = static_cast<u32>(kFirst); id <= static_cast<u32>(kLast); ++id) {
    const P parameter = static_cast<P>(id);
    bank.read(parameter, {words_ + first_of(parameter), count_of(parameter)});
  }
}

}  // namespace t31::blocks
