// SPDX-License-Identifier: GPL-2.0-or-later
// recording.hpp - frames of a virtual sensor made small and kept in a file, for the sensor that
// plays recordings: a camera that looks at them has its whole driver, its statistics and its noise,
// but so few pixels that it runs for a thousand frames in seconds.
#pragma once

#include <cstdint>
#include <string>

#include "common/raw_format.hpp"

namespace t31::loops {

struct RecordingRequest {
  std::string sensor;        // description of an SC2336 (docs/sensor-model.md)
  std::uint32_t frames = 1;  // each with noise of its own
  double mean_noise = 0;     // share that the light of a frame may be off, evenly spread
  std::uint64_t seed = 1;    // of mean_noise
  std::uint32_t every = 15;  // of so many columns and lines a Bayer quad is kept
};

// Writes 16-bit words to `path` and returns their format. A kept pixel has the noise of one pixel:
// a zone of the small picture is noisier than the sensor's own. Throws Failure when the file can't
// be written.
tools::RawFormat record_small(const RecordingRequest& request, const std::string& path);

}  // namespace t31::loops
