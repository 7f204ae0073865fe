// SPDX-License-Identifier: GPL-2.0-or-later
// loop.hpp - closed loops with the tuning files of the shared folder.
#pragma once

#include "loops/loop.hpp"
#include "tests/blocks/golden.hpp"

namespace t31::test {

using namespace loops;

inline constexpr const char* kTuningFiles[] = {"gc2053",     "imx307", "imx327-wdr",
                                               "jxf23",      "jxf37",  "os02k10",
                                               "sc2310-wdr", "sc2336", "sc4336"};

// A bank of a published file by its name; empty without the shared folder.
inline std::vector<u8> read_bank(const std::string& file, bool night = false) {
  const std::string shared = shared_folder();
  return shared.empty() ? std::vector<u8>{}
                        : loops::read_bank(shared + "/data/tuning/" + file + ".bin", night);
}

}  // namespace t31::test
