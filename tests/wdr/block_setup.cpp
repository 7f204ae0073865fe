// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/wdr/block_setup.hpp"

#include <algorithm>

#include "driver/tuning/tuning_file.hpp"

namespace t31::test {

bool WdrBlock::load(const std::string& name) {
  const std::string shared = shared_folder();
  if (shared.empty()) return false;
  const auto file = read_bytes(shared + "/data/tuning/" + name + ".bin");
  EXPECT_GE(file.size(), tuning::kDayOffset + tuning::kBankBytes);
  std::copy_n(file.begin() + tuning::kDayOffset, tuning::kBankBytes, bank_.begin());
  return true;
}

void WdrBlock::init(u32 width, u32 height) {
  mode_.width = width;
  mode_.height = height;
  registers_.forget();
  block_.init(registers_, inputs());
}

}  // namespace t31::test
