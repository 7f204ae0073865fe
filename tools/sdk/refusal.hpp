// SPDX-License-Identifier: GPL-2.0-or-later
// refusal.hpp - drivers whose own code refuses every chip.
#pragma once

#include "sdk/exercise.hpp"
#include "sdk/overrule.h"

namespace t31::sdk {

// As long as it lives, and if it is to, the driver's refusal is not heard.
class Overruled {
 public:
  explicit Overruled(bool on) : on_(on) {
    if (on_) t31_sdk_overrule(1);
  }
  ~Overruled() {
    if (on_) t31_sdk_overrule(0);
  }
  Overruled(const Overruled&) = delete;
  Overruled& operator=(const Overruled&) = delete;

 private:
  bool on_;
};

// What no chip can answer, and the line of the source that asks for it. The module is loaded.
std::string describe_refusal(const Exercise& exercise, const std::filesystem::path& module,
                             const Chip& chip, Listener& listener);

// On a camera of its own: the registration is refused with the right error and one line that helps,
// and the next sensor works.
void exercise_refusal(const Exercise& exercise, const std::filesystem::path& module,
                      const Chip& chip, Row& row);

}  // namespace t31::sdk
