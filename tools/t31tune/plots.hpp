// SPDX-License-Identifier: GPL-2.0-or-later
// plots.hpp - what a tuning file does, as pictures.
#pragma once

#include "image/image.hpp"
#include "t31tune/document.hpp"

namespace t31::tune {

struct NamedPlot {
  const char* name;  // of the file, without suffix
  image::RgbImage picture;
};
// Gamma, lens shading, exposure, white balance; of one bank. Shading only where it is on.
std::vector<NamedPlot> make_plots(const tuning::Bank& bank, const char* bank_name);

}  // namespace t31::tune
