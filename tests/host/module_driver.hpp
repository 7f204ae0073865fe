// SPDX-License-Identifier: GPL-2.0-or-later
// module_driver.hpp - the driver of these tests: does what a test tells it.
#pragma once

#include <functional>

#include "driver/driver.h"

namespace t31::test {

struct FakeDriver {
  std::function<int(const t31_parameters&)> load = [](const t31_parameters&) { return 0; };
  std::function<void()> unload = [] {};
};

FakeDriver& fake_driver();

}  // namespace t31::test
