// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/sensor/lit_scene.hpp"

#include "model/sensor/parallel.hpp"

namespace t31::model {
namespace {

Rgb ratios_under(const SensorColour& colour, const Illuminant& illuminant) {
  Rgb ratios = grey_ratios(colour.greys, illuminant.kelvin);
  ratios[0] *= illuminant.red;
  ratios[2] *= illuminant.blue;
  return ratios;
}

}  // namespace

LitScene::LitScene(const SensorDescription& description, const PixelPhysics& physics,
                   std::uint32_t width, std::uint32_t height)
    : physics_(physics),
      colour_(description.identity_response ? identity_colour() : sc2336_colour()),
      scene_(make_scene(description.scene, width, height)),
      lighting_(description.lighting),
      shading_(description.shading),
      noise_(description.noise),
      seed_(description.seed),
      mapped_ratios_(ratios_under(colour_, lighting_.illuminant)) {}

void LitScene::begin_frame(std::uint64_t number, const View& view, const FrameTime& time) {
  begin_ = number != 0 && number == frame_ + 1 ? begin_ + time_.frame
                                               : static_cast<double>(number) * time.frame;
  frame_ = number;
  view_ = view;
  time_ = time;
}

void LitScene::map(unsigned threads) {
  if (mapped_ == view_) return;
  map_ = LightMap(scene_, view_, colour_, mapped_ratios_, shading_, threads);
  mapped_ = view_;
}

void LitScene::expose(const Shot& shot, std::vector<std::uint16_t>& codes, unsigned threads) {
  map(threads);
  codes.resize(static_cast<std::size_t>(view_.width) * view_.height);
  const Light light = noisy_light_at(lighting_, frame_, seed_);
  const Rgb ratios = ratios_under(colour_, light.illuminant);
  const ExposureTerms terms = exposure_terms(physics_, map_.level_of_unit(),
                                             shot.relative * light.level, shot.gain, noise_);
  const double length = shot.lines * time_.line;
  const auto row_terms = [&](std::uint32_t y) {
    ExposureTerms row = terms;
    const double share = flicker_share(lighting_, begin_ + y * time_.line - length, length);
    for (std::uint32_t x : {0U, 1U}) {
      const auto channel = static_cast<std::size_t>(colour_at(view_.order, x, y));
      const double factor = share * ratios[channel] / mapped_ratios_[channel];
      row.level_per_unit[x] = static_cast<float>(terms.level_per_unit[x] * factor);
    }
    return row;
  };
  for_row_bands(view_.height, threads, [&](std::uint32_t first, std::uint32_t last) {
    for (std::uint32_t y = first; y < last; ++y) {
      expose_row(row_terms(y), row_key(shot.seed, frame_, y), map_.light(y, frame_), map_.shade(y),
                 codes.data() + static_cast<std::size_t>(y) * view_.width, view_.width);
    }
  });
}

}  // namespace t31::model
