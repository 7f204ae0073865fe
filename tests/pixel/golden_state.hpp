// SPDX-License-Identifier: GPL-2.0-or-later
// golden_state.hpp - registers as a real tuning file makes them: states of the recorded block
// files.
#pragma once

#include <string>
#include <vector>

#include "model/pixel/pipeline.hpp"

namespace t31::model {

struct GoldenState {
  std::string phase;
  IspRegisters registers;
};

// The states after each phase of a recorded blocks file, e.g. "sc2336_1920x1080_bayer0_linear".
// Empty without shared data.
std::vector<GoldenState> golden_states(const std::string& name);
// Names of all recorded block files.
std::vector<std::string> golden_names();

// Cuts a state to another size of frame for tests of the mosaic and of colour: lens shading, whose
// mesh belongs to the recorded size, is off; all channels 1:1.
void cut_to(IspRegisters& registers, std::uint32_t width, std::uint32_t height);

}  // namespace t31::model
