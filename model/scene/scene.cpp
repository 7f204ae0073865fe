// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/scene/scene.hpp"

#include <cmath>
#include <stdexcept>

#include "model/scene/color_checker.hpp"

namespace t31::model {

LinearImage::LinearImage(std::uint32_t width, std::uint32_t height)
    : width_(width), height_(height) {
  for (auto& plane : planes_) {
    plane.resize(static_cast<std::size_t>(width) * height);
  }
}

void LinearImage::set(std::uint32_t x, std::uint32_t y, const std::array<float, 3>& rgb) {
  for (unsigned channel = 0; channel < 3; ++channel) {
    row(channel, y)[x] = rgb[channel];
  }
}

double srgb_to_linear(double encoded) {
  return encoded <= 0.04045 ? encoded / 12.92 : std::pow((encoded + 0.055) / 1.055, 2.4);
}

namespace {

LinearImage paint_flat(std::uint32_t width, std::uint32_t height, double level) {
  LinearImage image(width, height);
  const auto value = static_cast<float>(level);
  for (std::uint32_t y = 0; y < height; ++y) {
    for (std::uint32_t x = 0; x < width; ++x) {
      image.set(x, y, {value, value, value});
    }
  }
  return image;
}

}  // namespace

LinearImage paint_color_checker(std::uint32_t width, std::uint32_t height) {
  LinearImage image = paint_flat(width, height, kChartWall);
  const auto fill = [&image](const Rectangle& area, const std::array<float, 3>& rgb) {
    for (std::uint32_t y = area.y; y < area.y + area.height; ++y) {
      for (std::uint32_t x = area.x; x < area.x + area.width; ++x) {
        image.set(x, y, rgb);
      }
    }
  };
  const auto frame = static_cast<float>(kChartFrame);
  fill(chart_rect(width, height), {frame, frame, frame});
  for (unsigned index = 0; index < kPatches; ++index) {
    std::array<float, 3> rgb{};
    for (unsigned channel = 0; channel < 3; ++channel) {
      rgb[channel] = static_cast<float>(srgb_to_linear(kColorChecker[index].srgb[channel] / 255.0));
    }
    fill(patch_rect(width, height, index), rgb);
  }
  return image;
}

Scene make_scene(const SceneDescription& description, std::uint32_t width, std::uint32_t height) {
  if (description.type == "colorchecker") {
    return {paint_color_checker(width, height)};
  }
  if (description.type == "resolution") {
    return {paint_resolution_chart(width, height)};
  }
  if (description.type == "flat") {
    return {paint_flat(width, height, description.level)};
  }
  if (description.type == "steps") {
    return {paint_steps(width, height)};
  }
  if (description.type == "moving") {
    constexpr std::uint32_t kPixelsPerFrame = 8;
    return {paint_moving_pattern(height), kPixelsPerFrame};
  }
  if (description.type == "haze" && description.file.empty()) {
    return {paint_hazy_view(width, height, description.density)};
  }
  if (description.type == "haze") {
    Scene scene{resample(load_image(description.file), width, height)};
    add_haze(scene.image, description.density);
    return scene;
  }
  if (description.type == "image") {
    return {resample(load_image(description.file), width, height)};
  }
  throw std::invalid_argument("unknown scene \"" + description.type + "\"");
}

}  // namespace t31::model
