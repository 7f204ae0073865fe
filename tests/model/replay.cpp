// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/model/replay.hpp"

#include <sys/mman.h>

#include <cmath>
#include <new>

#include "model/core/pipeline_path.hpp"
#include "model/scene/color_checker.hpp"

namespace t31::model::test {
namespace {

constexpr std::size_t kMemoryBytes = 128u << 20;  // the chip's DRAM, from bus address 0
constexpr Nanoseconds kPeriod = 40'000'000;

}  // namespace

void Replay::Unmap::operator()(std::uint8_t* memory) const {
  munmap(memory, kMemoryBytes);
}

t31_model_callbacks Replay::callbacks() {
  t31_model_callbacks c{};
  c.context = this;
  c.irq = [](void* self, unsigned line, int level) {
    if (line == T31_MODEL_IRQ_ISP && level) static_cast<Replay*>(self)->isp_line_seen_ = true;
  };
  c.dma = [](void* self, std::uint32_t address, std::uint32_t size) -> void* {
    if (std::uint64_t{address} + size > kMemoryBytes) return nullptr;
    return static_cast<Replay*>(self)->memory_.get() + address;
  };
  c.log = [](void* self, const char* line) { static_cast<Replay*>(self)->log_.emplace_back(line); };
  return c;
}

Replay::Replay(std::unique_ptr<Sensor> sensor) {
  void* memory = mmap(nullptr, kMemoryBytes, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  memory_.reset(static_cast<std::uint8_t*>(memory));
  constexpr unsigned kThreads = 2;
  chip_ = std::make_unique<Chip>(callbacks(),
                                 std::make_unique<PipelinePath>(Pipeline::Path::kFast, kThreads),
                                 kThreads, false);
  chip_->attach(std::move(sensor), 0);
}

void Replay::play(const Trace& trace) {
  for (const Step& step : trace) {
    switch (step.kind) {
      case Step::Kind::kWrite:
        write(step.address, step.value);
        break;
      case Step::Kind::kI2cWrite: {
        std::vector<std::uint8_t> bytes = step.bytes;
        t31_model_i2c_msg message{static_cast<std::uint16_t>(step.address), 0,
                                  static_cast<std::uint16_t>(bytes.size()), bytes.data()};
        refused_i2c_ += chip_->i2c_transfer(0, {&message, 1}) < 0;
        break;
      }
      case Step::Kind::kMark:
        break;
    }
  }
}

void Replay::white_balance(const GreyRatio& grey) {
  constexpr double kUnity = 1024;
  const auto word = [](double gain) {
    return 0x400u << 16 | static_cast<std::uint32_t>(std::lround(gain * kUnity));
  };
  for (std::uint32_t offset : {0x1804, 0x180c}) {
    write(kIsp + 0x1800, 1);
    write(kIsp + offset, word(1 / grey.red));
    write(kIsp + 0x1800, 1);
    write(kIsp + offset + 4, word(1 / grey.blue));
  }
}

void Replay::supply_sensor() {
  constexpr std::uint32_t kResetPin = 1u << 18;
  write(kCpm + 0x7c, 0x20000039);
  write(kCpm + 0x7c, 0x00000039);
  for (std::uint32_t offset : {0x7018, 0x7024, 0x7038, 0x7044}) write(kGpio + offset, kResetPin);
  write(kGpio + 0x70f0, 0);
}

Outcome Replay::run(unsigned frames) {
  Outcome seen;
  // The first frame starts a period after the stream; a frame is through well before the next
  // starts.
  const Nanoseconds end = chip_->now() + (frames + 1) * kPeriod - kPeriod / 10;
  while (chip_->next_event() <= end) {
    chip_->advance(chip_->next_event());
    const std::uint32_t isp = chip_->read(kIsp + 0xb4), vic = chip_->read(kVic + 0x1e0);
    seen.isp_status |= isp;
    seen.vic_status |= vic;
    write(kIsp + 0xb8, isp);
    write(kVic + 0x1f0, vic);
  }
  chip_->advance(end);
  seen.csi_error1 = chip_->read(kCsi + 0x20);
  seen.csi_error2 = chip_->read(kCsi + 0x24);
  seen.interrupted = isp_line_seen_;
  seen.refused_i2c = refused_i2c_;
  seen.started = chip_->counter(T31_MODEL_FRAMES_STARTED);
  seen.output = chip_->counter(T31_MODEL_FRAMES_OUTPUT);
  seen.dropped = chip_->counter(T31_MODEL_FRAMES_DROPPED);
  seen.bus_errors = chip_->counter(T31_MODEL_BUS_ERRORS);
  seen.stalls = chip_->counter(T31_MODEL_STALLS);
  seen.gated = chip_->counter(T31_MODEL_GATED_ACCESSES);
  return seen;
}

std::span<std::uint8_t> Replay::memory(std::uint32_t address, std::size_t bytes) {
  return {memory_.get() + address, bytes};
}

image::Nv12View Replay::picture(std::uint32_t luma, std::uint32_t chroma, std::uint32_t width,
                                std::uint32_t height) {
  return {width, height, width, memory_.get() + luma, memory_.get() + chroma};
}

colour::ChartReport Replay::chart(std::uint32_t luma, std::uint32_t chroma, std::uint32_t width,
                                  std::uint32_t height) {
  const auto rgb =
      image::nv12_to_rgb(picture(luma, chroma, width, height), image::ColourSpace::kBt601Full);
  return colour::evaluate_chart(colour::sample_patches(rgb, colour::areas_of_scene(width, height)));
}

MeanColour mean_colour(const image::Nv12View& picture, std::uint32_t x, std::uint32_t y,
                       std::uint32_t width, std::uint32_t height) {
  MeanColour sum;
  for (std::uint32_t row = y; row < y + height; ++row) {
    for (std::uint32_t column = x; column < x + width; ++column) {
      const std::uint8_t* uv =
          picture.chroma + std::size_t{row / 2} * picture.stride + column / 2 * 2;
      sum.luma += picture.luma[std::size_t{row} * picture.stride + column];
      sum.u += uv[0];
      sum.v += uv[1];
    }
  }
  const double count = double{1} * width * height;
  return {sum.luma / count, sum.u / count, sum.v / count};
}

MeanColour patch_colour(const image::Nv12View& picture, unsigned patch) {
  const Rectangle all = patch_rect(picture.width, picture.height, patch);
  return mean_colour(picture, all.x + all.width / 4, all.y + all.height / 4, all.width / 2,
                     all.height / 2);
}

}  // namespace t31::model::test
