// SPDX-License-Identifier: GPL-2.0-or-later
// vic.hpp - video input controller: cuts the receiver's packets, or what it samples from the
// parallel port, into frames for the ISP, and reports what does not fit.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "model/core/environment.hpp"
#include "model/core/frame_cut.hpp"
#include "model/core/parallel_port.hpp"
#include "model/core/raw_capture.hpp"
#include "model/sensor/sensor.hpp"

namespace t31::model {

class Vic {
 public:
  explicit Vic(Environment& environment) : environment_(environment), capture_(environment) {}

  std::uint32_t read(std::uint32_t offset) const;
  void write(std::uint32_t offset, std::uint32_t value);
  void reset();

  enum class Intake { kNothing, kUnrecognisedType, kFrame };
  // Whether a frame sent in this format gets through; raises the error bits of what does not fit.
  // `pins`: what the parallel port's let through.
  Intake begin_frame(const LinkFormat& link, const PortPins& pins);
  // Turns what the sensor sent into what the VIC hands on, with the settings of the frame's start.
  void shape(BayerFrame& frame) const;
  // What the samples of the frame begun last are.
  Samples samples() const;
  // Frame done; the raw capture path takes its copy first.
  void end_frame(const BayerFrame* frame);
  bool wants_raw() const { return capture_.armed(); }

  // A frame in flight was cut off by a reset or a stop since the last call.
  bool take_abort();
  std::uint32_t width() const { return loaded_.resolution >> 16; }
  std::uint32_t height() const { return loaded_.resolution & 0xffff; }
  void raise_size_mismatch(bool horizontal, bool vertical);

 private:
  // Registers that act once CONTROL.REG_ENABLE has loaded them.
  struct Loaded {
    std::uint32_t resolution = 0;
    std::uint32_t interface_type = 0;
    std::uint32_t pixel_format = 0;
    std::uint32_t words_per_line = 0;
    std::uint32_t mipi_control = 0;
    std::uint32_t line = 0;    // pixels sent per line, first pixel of the window
    std::uint32_t config = 0;  // of the parallel port, as the next
    std::uint32_t active = 0;
  };

  std::uint32_t reg(std::uint32_t offset) const { return words_[offset / 4]; }
  void write_control(std::uint32_t value);
  void load();
  void raise(unsigned word, std::uint32_t bits);
  void update_interrupt();
  unsigned format_bits() const;
  bool sized();
  bool routed(std::uint32_t route, bool both, const char* why);
  Intake begin_mipi(const LinkFormat& link);
  Intake begin_parallel(const LinkFormat& link, const PortPins& pins);

  Environment& environment_;
  RawCapture capture_;
  std::array<std::uint32_t, 0x400 / 4> words_{};
  Loaded loaded_;
  // Of the frame in flight: from the link, or from the port.
  FrameCut cut_;
  struct Port {
    PortSettings settings;
    LinkFormat link;
    PortPins pins;
  };
  std::optional<Port> port_;
  std::array<std::uint32_t, 2> status_{};
  bool aborted_ = false;
};

}  // namespace t31::model
