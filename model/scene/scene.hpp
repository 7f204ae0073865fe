// SPDX-License-Identifier: GPL-2.0-or-later
// scene.hpp - what a sensor looks at: linear sRGB light, D65-referred, 1.0 = a white surface.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "model/sensor/sensor.hpp"

namespace t31::model {

// Three planes of linear light.
class LinearImage {
 public:
  LinearImage() = default;
  LinearImage(std::uint32_t width, std::uint32_t height);

  std::uint32_t width() const { return width_; }
  std::uint32_t height() const { return height_; }
  float* row(unsigned channel, std::uint32_t y) { return planes_[channel].data() + offset(y); }
  const float* row(unsigned channel, std::uint32_t y) const {
    return planes_[channel].data() + offset(y);
  }
  void set(std::uint32_t x, std::uint32_t y, const std::array<float, 3>& rgb);

 private:
  std::size_t offset(std::uint32_t y) const { return static_cast<std::size_t>(y) * width_; }

  std::uint32_t width_ = 0;
  std::uint32_t height_ = 0;
  std::array<std::vector<float>, 3> planes_;
};

// A picture that fills the sensor, or, when `speed` is not zero, a pattern that repeats
// horizontally every image.width() pixels and moves to the right by `speed` pixels per frame. Width
// and speed are even then, so that a Bayer mosaic of it moves with it.
struct Scene {
  LinearImage image;
  std::uint32_t speed = 0;
};

struct SceneDescription {
  std::string type = "colorchecker";  // a name of scene_names()
  double level = 0.18;                // of a flat field, 0 ... 8
  double density = 1;                 // of haze, 0 ... 8
  std::filesystem::path file;         // of an image, or seen through haze
};

// The scene at the sensor's size. Throws std::invalid_argument, with a message for people, when the
// type is unknown or the file can't be used.
Scene make_scene(const SceneDescription& description, std::uint32_t width, std::uint32_t height);

// sRGB's transfer function: encoded 0 ... 1 to linear 0 ... 1.
double srgb_to_linear(double encoded);

LinearImage paint_color_checker(std::uint32_t width, std::uint32_t height);
LinearImage paint_resolution_chart(std::uint32_t width, std::uint32_t height);
// 17 upright grey bars, each half as bright as the one to its left, which begins at 16: what no
// single exposure can hold.
inline constexpr unsigned kSteps = 17;
LinearImage paint_steps(std::uint32_t width, std::uint32_t height);
LinearImage paint_moving_pattern(std::uint32_t height);
LinearImage paint_hazy_view(std::uint32_t width, std::uint32_t height, double density);
// Haze that grows towards the top of a picture, as over a plain.
void add_haze(LinearImage& image, double density);

// Decodes PNG or JPEG (told apart by content) at its own size. Throws std::invalid_argument.
LinearImage load_image(const std::filesystem::path& file);

// Scales to cover width x height, keeping the aspect ratio and cutting what stands over, with a
// triangle filter as wide as the larger of the two pixel sizes.
LinearImage resample(const LinearImage& source, std::uint32_t width, std::uint32_t height);

}  // namespace t31::model
