// SPDX-License-Identifier: GPL-2.0-or-later
// report.hpp - what a calibration found, for people and for programs.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "image/image.hpp"
#include "t31tune/calibration.hpp"

namespace t31::tune {

std::string report_text(const Calibration& calibration);
nlohmann::json report_json(const Calibration& calibration);
// For each light the patches as they are published, before and after, with their differences.
image::RgbImage report_picture(const Calibration& calibration);

}  // namespace t31::tune
