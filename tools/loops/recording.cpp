// SPDX-License-Identifier: GPL-2.0-or-later
#include "loops/recording.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <random>
#include <vector>

#include "common/errors.hpp"
#include "model/sensor/sensor.hpp"

namespace t31::loops {
namespace {

// The SC2336 as its documentation has it.
constexpr double kBlack = 65;
constexpr std::uint16_t kHighest = 1023;
constexpr unsigned kBits = 10;
constexpr char kOrder[] = "bggr";
constexpr std::uint64_t kMasterClock = 24'000'000;

// Size after thinning: whole Bayer quads.
std::uint32_t thinned(std::uint32_t size, std::uint32_t every) {
  return size / every * 2;
}

void thin(const model::BayerFrame& frame, std::uint32_t every, double light,
          std::vector<std::uint16_t>& small) {
  const std::uint32_t width = thinned(frame.width, every), height = thinned(frame.height, every);
  small.resize(std::size_t{width} * height);
  for (std::uint32_t y = 0; y < height; ++y) {
    const std::size_t row = std::size_t{y / 2 * every + y % 2} * frame.width;
    for (std::uint32_t x = 0; x < width; ++x) {
      const double code = frame.codes[row + x / 2 * every + x % 2];
      const double lit = std::round(kBlack + (code - kBlack) * light);
      small[std::size_t{y} * width + x] =
          static_cast<std::uint16_t>(std::clamp<double>(lit, 0, kHighest));
    }
  }
}

}  // namespace

tools::RawFormat record_small(const RecordingRequest& request, const std::string& path) {
  const auto sensor = model::make_sensor(request.sensor);
  sensor->set_master_clock(kMasterClock);
  std::ofstream stream(path, std::ios::binary);
  std::mt19937_64 random(request.seed);
  std::uniform_real_distribution<double> light(1 - request.mean_noise, 1 + request.mean_noise);
  model::BayerFrame frame;
  std::vector<std::uint16_t> small;
  std::string bytes;
  for (std::uint32_t number = 0; number < request.frames; ++number) {
    sensor->begin_frame(number);
    sensor->render(frame, 1);
    thin(frame, request.every, light(random), small);
    bytes.clear();
    for (const std::uint16_t code : small) {
      bytes.push_back(static_cast<char>(code));
      bytes.push_back(static_cast<char>(code >> 8));
    }
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }
  if (!stream.flush()) throw tools::Failure("can't write " + path);
  tools::RawFormat format;
  format.width = thinned(frame.width, request.every);
  format.height = thinned(frame.height, request.every);
  format.order = kOrder;
  format.bits = kBits;
  format.black = kBlack;
  format.has_black = true;
  return format;
}

}  // namespace t31::loops
