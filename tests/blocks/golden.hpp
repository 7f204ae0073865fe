// SPDX-License-Identifier: GPL-2.0-or-later
// golden.hpp - the vendor's recorded register writes (data/golden of the shared folder), reduced to
// the units that the driver implements.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/blocks/fake_home.hpp"

namespace t31::test {

// "" when the shared folder isn't there.
std::string shared_folder();
std::vector<uint8_t> read_bytes(const std::string& path);

// Start address of the block that an ISP register belongs to; none for units of other drivers'
// parts.
std::optional<u32> block_of(u32 offset);
bool is_latch(u32 offset);

struct Phase {
  std::string name;  // of its marker
  std::vector<Write> writes;
};

// A blocks_*.csv: phases in order, only registers of implemented blocks.
std::vector<Phase> read_phases(const std::string& path);
// All ISP writes of a session trace up to the marker, only registers of implemented blocks.
std::vector<Write> read_session(const std::string& path, const std::string& until);

// A value of a marker like "name=123" (decimal or 0x hex).
std::optional<uint64_t> marker_value(const std::string& marker, const std::string& name);

}  // namespace t31::test
