// SPDX-License-Identifier: GPL-2.0-or-later
// recording.hpp - what one control changed in a recorded session of the vendor's driver
// (data/golden/sessions/README.md).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace t31::test {

// Registers of the ISP: offset, value.
using Registers = std::map<std::uint32_t, std::uint32_t>;

struct Recording {
  Registers synchronous;         // last value of each register written inside the call
  Registers later;               // what differs six frames later from a run without the call
  Registers without;             // the same registers in that run
  std::vector<std::string> i2c;  // written inside the call: address, register, value

  // What the call leaves: what it writes, or what comes of it with the following frames.
  const Registers& left() const { return synchronous.empty() ? later : synchronous; }
};

// Without latches, which read back as nothing that matters.
Recording read_recording(const std::string& name);
// All there are, by name; empty without shared data.
std::vector<std::string> recordings();

// ---- registers that the recorded picture decided, and ours decides otherwise

// Curves of local tone mapping and the map of haze.
bool tone_curves(std::uint32_t offset);
// Saturation, by an exposure value that may be 40 away; white balance.
bool measured(std::uint32_t offset);

}  // namespace t31::test
