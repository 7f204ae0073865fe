// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/fast_path.hpp"

namespace t31::model::pixel {

std::int32_t FastPath::band_height(std::int32_t height) const {
  // Several bands per worker even out the load; each costs six more rows of input.
  constexpr std::int32_t kBandsPerWorker = 4, kLeast = 32;
  const std::int32_t bands = kBandsPerWorker * static_cast<std::int32_t>(workers_.count());
  return std::max(kLeast, (height / bands + 1) & ~1);
}

void FastPath::write_tone_totals(const Configuration& configuration, Statistics& statistics) {
  ToneTotals tone;
  DefogTotals defog;
  for (Bench& bench : benches_) {
    tone.add(bench.band.tone().tone_totals());
    defog.add(bench.band.tone().defog_totals());
  }
  write_tone_statistics(configuration.tone_meter, tone, statistics.adr);
  write_defog_statistics(configuration.defog_meter, defog, statistics.defog);
}

FocusTotals FastPath::measure_focus(const Configuration& configuration) {
  FocusTotals totals;
  if (!configuration.focus.active) return totals;
  for (Bench& bench : benches_) bench.focus.begin(configuration.width);
  workers_.run_bands(configuration.height, FastFocus::kRows,
                     [&](std::int32_t first, std::int32_t end, unsigned w) {
                       benches_[w].focus.run(configuration.focus, yuv_.luma, first, end);
                     });
  for (const Bench& bench : benches_) totals.add(bench.focus.totals());
  return totals;
}

void FastPath::process(const Configuration& configuration, const BayerFrame& frame,
                       std::span<const ChannelImage, kChannels> images, Statistics* statistics,
                       PixelMemory* memory) {
  gamma_.update(configuration.gamma);
  colour_map_.update(configuration.colour_map);
  tones_.update(configuration);
  if (image_.width() != configuration.width || image_.height() != configuration.height) {
    image_ = FastImage(configuration.width, configuration.height);
    yuv_ = FastYuv(configuration.width, configuration.height);
  }
  std::vector<ChannelPlan> plans;
  for (unsigned i = 0; i < kChannels; ++i) {
    const bool wanted = images[i].luma != nullptr && images[i].chroma != nullptr;
    if (wanted && configuration.channels[i].produces()) {
      plans.emplace_back(configuration.channels[i], images[i]);
    }
  }
  for (Bench& bench : benches_) {
    bench.band.begin(configuration, {gamma_, tones_, colour_map_}, frame, statistics != nullptr);
    bench.scratch.reserve(configuration.width);
  }

  const std::int32_t height = configuration.height, step = band_height(height);
  workers_.run_bands(height, step, [&](std::int32_t first, std::int32_t end, unsigned w) {
    benches_[w].band.run(first, end, yuv_);
  });
  if (statistics != nullptr) {
    FrameTotals totals;
    for (const Bench& bench : benches_) totals.add(bench.band.totals());
    write_statistics(configuration.ae, configuration.awb, totals, *statistics);
    write_tone_totals(configuration, *statistics);
    // Luma is used up by what follows.
    write_focus_statistics(configuration.focus, measure_focus(configuration),
                           statistics->focus_zones);
  }
  const auto finished = [&](std::int32_t first, std::int32_t end, unsigned w) {
    for (const ChannelPlan& plan : plans) {
      plan.copy_band(image_, first, end, benches_[w].scratch);
    }
  };
  detail_.run({&configuration, memory, &yuv_, &image_, step}, finished);
  for (const ChannelPlan& plan : plans) {
    workers_.run(plan.groups(), [&](unsigned group, unsigned w) {
      plan.make_group(image_, group, benches_[w].scratch);
    });
    plan.finish();
  }
}

}  // namespace t31::model::pixel
