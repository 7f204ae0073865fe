// SPDX-License-Identifier: GPL-2.0-or-later
// reference_temporal.cpp - MDNS one pixel at a time.
#include "model/pixel/temporal_denoise.hpp"
#include "model/pixel/temporal_store.hpp"

namespace t31::model::pixel {
namespace {

struct Sums {
  std::int32_t absolute = 0, net = 0;
};

Sums luma_sums(const TemporalMemory& memory, const Plane<std::uint16_t>& luma, std::int32_t reach,
               std::int32_t x, std::int32_t y) {
  Sums sums;
  for (std::int32_t dy = -reach; dy <= reach; ++dy) {
    for (std::int32_t dx = -reach; dx <= reach; ++dx) {
      const std::int32_t column = limit(x + dx, 0, luma.width - 1);
      const std::int32_t row = limit(y + dy, 0, luma.height - 1);
      const std::int32_t difference = (luma.at(column, row) >> 2) - memory.luma(row)[column];
      sums.absolute += std::abs(difference);
      sums.net += difference;
    }
  }
  sums.net = std::abs(sums.net);
  return sums;
}

std::int32_t chroma_sum(const TemporalMemory& memory, const YuvFrame& yuv, std::int32_t reach,
                        std::int32_t x, std::int32_t y) {
  std::int32_t sum = 0;
  for (std::int32_t dy = -reach; dy <= reach; ++dy) {
    for (std::int32_t dx = -reach; dx <= reach; ++dx) {
      const std::int32_t column = limit(x + dx, 0, yuv.u.width - 1);
      const std::int32_t row = limit(y + dy, 0, yuv.u.height - 1);
      const std::uint8_t* pair = memory.chroma(row) + 2 * column;
      sum += std::abs((yuv.u.at(column, row) >> 2) - pair[0]);
      sum += std::abs((yuv.v.at(column, row) >> 2) - pair[1]);
    }
  }
  return sum;
}

void mix(std::uint16_t& sample, std::uint8_t& stored, std::int32_t weight) {
  const std::int32_t mixed = mix_with_stored(sample, stored, weight);
  stored = static_cast<std::uint8_t>(stored_sample(mixed, sample, stored));
  sample = static_cast<std::uint16_t>(mixed);
}

void mix_chroma(std::uint16_t& sample, std::uint8_t& stored, std::int32_t weight) {
  const std::int32_t mixed = mix_with_stored(sample, stored, weight);
  stored = static_cast<std::uint8_t>(stored_chroma(mixed, sample, stored));
  sample = static_cast<std::uint16_t>(mixed);
}

// What the neighbours of each sample would change of it.
Plane<std::int16_t> smoothing_changes(const PictureSmoothing& s, const Plane<std::uint16_t>& luma) {
  Plane<std::int16_t> out(luma.width, luma.height);
  for (std::int32_t y = 0; s.active && y < luma.height; ++y) {
    for (std::int32_t x = 0; x < luma.width; ++x) {
      std::int32_t sum = 0;
      for (std::int32_t dy = -s.reach; dy <= s.reach; ++dy) {
        for (std::int32_t dx = -s.reach; dx <= s.reach; ++dx) {
          const std::int32_t difference = edged(luma, x + dx, y + dy) - luma.at(x, y);
          if (s.counts(difference)) sum += difference;
        }
      }
      out.at(x, y) = static_cast<std::int16_t>(s.change(sum));
    }
  }
  return out;
}

// Losses of weight to motion and frames at rest of one picture.
struct Motion {
  std::int32_t cell = 0;
  RestMap map;
  Plane<std::uint8_t> loss, chroma_loss;
  std::int32_t count(std::int32_t x, std::int32_t y) const {
    return map.counts(y / cell)[x / cell];
  }
};

Motion measure(const TemporalDenoise& block, const TemporalMemory& memory, const YuvFrame& yuv) {
  const std::int32_t width = yuv.luma.width, height = yuv.luma.height;
  Motion m;
  m.map.resize(block, width, height);
  m.cell = block.half_block > 0 ? block.half_block : std::max(width, height);
  m.loss = Plane<std::uint8_t>(width, height);
  m.chroma_loss = Plane<std::uint8_t>(yuv.u.width, yuv.u.height);
  for (std::int32_t y = 0; y < height; ++y) {
    for (std::int32_t x = 0; x < width; ++x) {
      const Sums sums = luma_sums(memory, yuv.luma, block.luma_motion.reach, x, y);
      m.loss.at(x, y) = static_cast<std::uint8_t>(block.luma_motion.loss(sums.absolute, sums.net));
      if (block.pixel_moves(sums.absolute, sums.net)) ++m.map.moving(y / m.cell)[x / m.cell];
    }
  }
  for (std::int32_t y = 0; block.chroma_active && y < yuv.u.height; ++y) {
    for (std::int32_t x = 0; x < yuv.u.width; ++x) {
      const std::int32_t sum = chroma_sum(memory, yuv, block.chroma_motion.reach, x, y);
      const std::int32_t own = block.chroma_motion.loss(sum, 0);
      m.chroma_loss.at(x, y) =
          static_cast<std::uint8_t>(std::max<std::int32_t>(own, m.loss.at(2 * x, 2 * y)));
    }
  }
  m.map.count(block, memory);
  return m;
}

// Weight of the stored luma at a place.
std::int32_t luma_weight(const TemporalDenoise& block, const Motion& motion, std::int32_t x,
                         std::int32_t y) {
  const PictureCorners& corners = block.adjust.corners;
  std::int32_t weight = block.weight_of_count[static_cast<unsigned>(motion.count(x, y))];
  std::int32_t loss = motion.loss.at(x, y);
  if (corners.in_rows(y, motion.loss.height) && corners.in_columns(x, motion.loss.width)) {
    weight = corners.weight(weight), loss = corners.loss(loss);
  }
  const std::int32_t rest = block.luma_weight.at_rest(weight);
  return block.adjust.luma.apply(block.luma_weight.reduced(rest, loss), loss);
}

}  // namespace

bool denoise_temporally(const TemporalDenoise& block, PixelMemory* bus, YuvFrame& yuv,
                        Plane<std::uint8_t>& weights) {
  const std::int32_t width = yuv.luma.width, height = yuv.luma.height;
  weights = Plane<std::uint8_t>(width, height);
  weights.samples.assign(weights.samples.size(), 255);
  const TemporalMemory memory(block, width, height, bus);
  if (!memory.usable()) return false;
  const bool first = nothing_stored(block, memory, width);
  const TemporalAdjustments& adjust = block.adjust;
  const Motion motion = measure(block, memory, yuv);
  const auto changes = smoothing_changes(adjust.smoothing, yuv.luma);

  for (std::int32_t y = 0; y < height; ++y) {
    for (std::int32_t x = 0; x < width; ++x) {
      const std::int32_t weight = first ? 0 : luma_weight(block, motion, x, y);
      weights.at(x, y) = static_cast<std::uint8_t>(weight);
      std::uint16_t& sample = yuv.luma.at(x, y);
      sample = static_cast<std::uint16_t>(adjust.smoothing.apply(sample, changes.at(x, y), weight));
      mix(sample, memory.luma(y)[x], weight);
    }
  }
  const auto u_changes = smoothing_changes(adjust.chroma_smoothing, yuv.u);
  const auto v_changes = smoothing_changes(adjust.chroma_smoothing, yuv.v);
  for (std::int32_t y = 0; block.chroma_active && y < yuv.u.height; ++y) {
    for (std::int32_t x = 0; x < yuv.u.width; ++x) {
      const std::int32_t count = motion.count(2 * x, 2 * y);
      const std::int32_t rest =
          block.chroma_weight.at_rest(block.weight_of_count[static_cast<unsigned>(count)]);
      const std::int32_t loss = motion.chroma_loss.at(x, y);
      const std::int32_t weight =
          first ? 0 : adjust.chroma.apply(block.chroma_weight.reduced(rest, loss), loss);
      std::uint16_t &u = yuv.u.at(x, y), &v = yuv.v.at(x, y);
      u = static_cast<std::uint16_t>(adjust.chroma_smoothing.apply(u, u_changes.at(x, y), weight));
      v = static_cast<std::uint16_t>(adjust.chroma_smoothing.apply(v, v_changes.at(x, y), weight));
      mix_chroma(u, memory.chroma(y)[2 * x], weight);
      mix_chroma(v, memory.chroma(y)[2 * x + 1], weight);
      if (adjust.strength.active) {
        const std::int32_t strength = adjust.strength.of(u, v);
        u = static_cast<std::uint16_t>(ChromaStrength::scaled(u, strength));
        v = static_cast<std::uint16_t>(ChromaStrength::scaled(v, strength));
      }
    }
  }
  return true;
}

}  // namespace t31::model::pixel
