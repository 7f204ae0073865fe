// SPDX-License-Identifier: GPL-2.0-or-later
// frame_path.hpp - the way of a frame from the sensor through receiver, VIC and ISP to memory, in
// time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "model/core/cpm.hpp"
#include "model/core/csi.hpp"
#include "model/core/environment.hpp"
#include "model/core/gpio.hpp"
#include "model/core/isp.hpp"
#include "model/core/timeline.hpp"
#include "model/core/vic.hpp"
#include "model/sensor/sensor.hpp"

namespace t31::model {

// The pixel work, replaceable in tests.
class PixelPath {
 public:
  virtual ~PixelPath() = default;
  virtual void process(const IspRegisters& registers, const BayerFrame& frame,
                       std::span<const ChannelImage, kChannels> images, Statistics* statistics,
                       PixelMemory* memory) = 0;
};

class FramePath {
 public:
  struct Units {
    Environment& environment;
    Timeline& timeline;
    Cpm& cpm;
    Gpio& gpio;
    Csi& csi;
    Vic& vic;
    Isp& isp;
  };
  FramePath(Units units, std::unique_ptr<PixelPath> pixels, unsigned threads);

  void set_sensor(Sensor* sensor, bool supplied);
  // The sensor's registers, clock or reset may have changed: it may have started or stopped to
  // stream.
  // `supplied`: the sensor has its clock and is out of reset.
  void sensor_touched(bool supplied);
  // The frame in flight is lost; `tell` whether the ISP notices.
  void abort(bool tell);
  // Lines of the frame in flight that have come in; all of them between frames.
  std::uint32_t line() const;
  bool sending() const;

 private:
  struct Flight {
    Nanoseconds start = 0;
    Nanoseconds readout = 0;  // from the first line to the last
    LinkFormat link;
    bool in_isp = false;
    bool rendered = false;  // frame_ holds its samples
    bool arrived = false;   // all lines are in; only completions are to come
  };

  void begin_sensor_frame();
  bool receive(const LinkFormat& link);
  bool link_works(const LinkFormat& link);
  bool enter_isp(Nanoseconds period);
  const char* wrong_exposures(bool two_expected) const;
  void render();
  const BayerFrame& as_taken();
  void compute_pixels();
  void end_readout();
  void schedule_completions();
  bool clocks_run() const;

  Units units_;
  std::unique_ptr<PixelPath> pixels_;
  const unsigned threads_;
  Sensor* sensor_ = nullptr;
  bool streaming_ = false;
  std::uint64_t sensor_frame_ = 0;
  std::uint32_t isp_frame_ = 0;
  std::optional<Flight> flight_;
  std::uint32_t lines_ = 0;  // of the frame before
  BayerFrame frame_;
  BayerFrame misread_;  // by an ISP that is set to another kind of input
  Statistics statistics_;
};

}  // namespace t31::model
