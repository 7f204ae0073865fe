// SPDX-License-Identifier: GPL-2.0-or-later
// replay.hpp - a whole virtual T31 that is fed a recording, with no driver in the process.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "model/core/chip.hpp"
#include "tests/model/trace.hpp"
#include "tools/colour/chart.hpp"
#include "tools/image/image.hpp"

namespace t31::model::test {

inline constexpr std::uint32_t kPictureWidth = 1920;
inline constexpr std::uint32_t kPictureHeight = 1080;

// Raw levels of grey relative to green.
struct GreyRatio {
  double red = 1;
  double blue = 1;
};

// Everything that can be seen from outside while frames ought to run.
struct Outcome {
  std::uint32_t isp_status = 0;  // all bits of 0xb4 that were ever set
  std::uint32_t vic_status = 0;  // of VIC 0x1e0
  std::uint32_t csi_error1 = 0;
  std::uint32_t csi_error2 = 0;
  bool interrupted = false;  // the ISP's line was high at some time
  unsigned refused_i2c = 0;
  std::uint64_t started = 0, output = 0, dropped = 0, bus_errors = 0, stalls = 0, gated = 0;
};

class Replay {
 public:
  explicit Replay(std::unique_ptr<Sensor> sensor);

  void play(const Trace& trace);
  void write(std::uint32_t address, std::uint32_t value) { chip_->write(address, value); }
  // What the white balance would write for a light under which grey has this ratio.
  void white_balance(const GreyRatio& grey);
  // Gives the sensor its clock and takes it out of reset, as its driver would.
  void supply_sensor();

  // Lets time pass until `frames` frames are through, acknowledging every interrupt bit.
  Outcome run(unsigned frames);

  std::span<std::uint8_t> memory(std::uint32_t address, std::size_t bytes);
  // The NV12 picture whose planes lie there, without padding.
  image::Nv12View picture(std::uint32_t luma, std::uint32_t chroma,
                          std::uint32_t width = kPictureWidth,
                          std::uint32_t height = kPictureHeight);
  // Measures a ColorChecker in it; full-range BT.601, as the recorded colour matrix says.
  colour::ChartReport chart(std::uint32_t luma, std::uint32_t chroma,
                            std::uint32_t width = kPictureWidth,
                            std::uint32_t height = kPictureHeight);

  const std::vector<std::string>& log() const { return log_; }

 private:
  t31_model_callbacks callbacks();

  struct Unmap {
    void operator()(std::uint8_t* memory) const;
  };
  std::unique_ptr<std::uint8_t, Unmap> memory_;
  std::vector<std::string> log_;
  bool isp_line_seen_ = false;
  unsigned refused_i2c_ = 0;
  std::unique_ptr<Chip> chip_;
};

// Mean of a channel over the picture's middle, for comparisons: luma, U, V.
struct MeanColour {
  double luma = 0, u = 0, v = 0;
};
MeanColour mean_colour(const image::Nv12View& picture, std::uint32_t x, std::uint32_t y,
                       std::uint32_t width, std::uint32_t height);
// Of a patch of the ColorChecker scene.
MeanColour patch_colour(const image::Nv12View& picture, unsigned patch);

}  // namespace t31::model::test
