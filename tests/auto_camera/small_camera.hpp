// SPDX-License-Identifier: GPL-2.0-or-later
// small_camera.hpp - a camera with a small replayed picture on which exposure and gain act: frames
// cost next to nothing, so that loops can run long. The driver's neutral tuning.
#pragma once

#include <cmath>
#include <fstream>
#include <vector>

#include "tests/auto_camera/auto_camera.hpp"

namespace t31::test {

// A grey surface under a light: green code above black at the sensor's start exposure, red and blue
// over green.
struct Light {
  double green = 40;
  double red = 0.57, blue = 0.52;  // of a neutral as the neutral tuning expects it
  unsigned frames = 1;             // that it lasts; the last light stays
};

class SmallCamera : public AutoCamera {
 public:
  static constexpr unsigned kWidth = 320, kHeight = 240, kBlack = 16;

  explicit SmallCamera(const Light& light) : SmallCamera(std::vector<Light>{light}) {}
  SmallCamera(const Light& first, const Light& then)
      : SmallCamera(std::vector<Light>{first, then}) {}
  ~SmallCamera() { std::filesystem::remove(path()); }

  // The sensor's exposure as the driver has it: lines x gains, Q10.
  double exposure() const {
    const auto words = block();
    return words[T31_AE_INTEGRATION_TIME] * (words[T31_AE_AGAIN] / 1024.0) *
           (words[T31_AE_DGAIN] / 1024.0) * words[T31_AE_ISP_DGAIN];
  }
  std::uint32_t lines() const { return block()[T31_AE_INTEGRATION_TIME]; }
  double gain() const { return exposure() / 1024 / lines(); }

 private:
  explicit SmallCamera(const std::vector<Light>& lights) : AutoCamera(machine(lights), "") {}
  static std::filesystem::path path() {
    return std::filesystem::temp_directory_path() /
           ("t31-light-" + std::to_string(getpid()) + ".raw");
  }
  // RGGB, 8 bits; a frame a light lasts for, the last one for long.
  static void write(const std::vector<Light>& lights) {
    constexpr unsigned kLast = 60;
    std::ofstream stream(path(), std::ios::binary);
    for (std::size_t i = 0; i < lights.size(); ++i) {
      const Light& light = lights[i];
      const auto code = [&](double ratio) {
        return static_cast<char>(std::lround(std::min(kBlack + ratio * light.green, 255.0)));
      };
      std::string picture(kWidth * kHeight, '\0');
      for (unsigned y = 0; y < kHeight; ++y) {
        for (unsigned x = 0; x < kWidth; ++x) {
          const bool red = y % 2 == 0 && x % 2 == 0, blue = y % 2 == 1 && x % 2 == 1;
          picture[y * kWidth + x] = code(red ? light.red : blue ? light.blue : 1);
        }
      }
      const unsigned count = i + 1 == lights.size() && i > 0 ? kLast : light.frames;
      for (unsigned frame = 0; frame < count; ++frame) stream << picture;
    }
  }
  static Machine machine(const std::vector<Light>& lights) {
    write(lights);
    Machine machine;
    machine.sensor = "replay";
    machine.scene = "";
    machine.extra = R"(,"simulate_gain":true,"raw":{"file":")" + path().string() + R"(","width":)" +
                    std::to_string(kWidth) + R"(,"height":)" + std::to_string(kHeight) +
                    R"(,"bits":8,"order":"rggb","black":)" + std::to_string(kBlack) + "}";
    return machine;
  }
};

}  // namespace t31::test
