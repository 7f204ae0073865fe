// SPDX-License-Identifier: GPL-2.0-or-later
// sessions.hpp - the two recordings up to stream start, with the sensors that belong to them.
#pragma once

#include <memory>
#include <optional>

#include "tests/model/replay.hpp"

namespace t31::model::test {

// sessions/sc2336_1080p.trace.gz up to its first frame. Nothing without the shared data.
std::optional<Trace> sc2336_session();
// Another one with that sensor, by its name: sc2336_two_channels, sc2336_ch1_640x360,
// sc2336_snapraw.
std::optional<Trace> sc2336_session(const std::string& name);
// Where that session put its two buffers.
struct Planes {
  std::uint32_t luma, chroma;
};
inline constexpr Planes kSc2336Buffers[] = {{0x06577f00, 0x06775f00}, {0x06874f00, 0x06a72f00}};

// The virtual SC2336 under light of 5000 K, without noise. `scene` is a JSON object.
std::unique_ptr<Sensor> sc2336(const std::string& scene);
// What it sees of a grey surface, measured.
const GreyRatio& sc2336_grey();

// linear_1080p_gc2053.csv up to its first frame.
std::optional<Trace> gc2053_session();
inline constexpr Planes kGc2053Buffers[] = {{0x07000000, 0x071fe000}, {0x07400000, 0x075fe000}};
// The start gains that the recording writes (0x1804: 0x808, 0x1808: 0x714) call this grey.
inline constexpr GreyRatio kGc2053Grey{1024.0 / 0x808, 1024.0 / 0x714};

}  // namespace t31::model::test
