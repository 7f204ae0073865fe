// SPDX-License-Identifier: GPL-2.0-or-later
// sensor.hpp - an image sensor on the virtual T31's I2C bus and MIPI link or parallel port.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "model/pixel/pipeline.hpp"

namespace t31::model {

// How a sensor's data reach the chip.
enum class DataBus : std::uint8_t { kMipi, kDvp, kBt601, kBt656, kBt1120 };

// A sensor on the parallel port: its wires and its timing.
struct ParallelLink {
  unsigned first_line = 0;  // data line of the chip (D0 ... D11) that has the lowest bit
  bool hsync_low = false;   // active low
  bool vsync_low = false;
  bool sony_timing = false;           // else line valid and frame valid
  std::uint32_t blanking = 280;       // clocks between lines
  Samples samples = Samples::kBayer;  // what `render` gives
  bool wide = false;                  // BT.601: luma and chroma at once, on 16 lines
};

// What the sensor sends on its link; the receiver (CSI, VIC) must be programmed to match.
struct LinkFormat {
  unsigned lanes = 2;
  unsigned mbps = 0;         // per lane
  unsigned bits = 10;        // RAW8, RAW10, RAW12
  std::uint32_t width = 0;   // pixels per line sent
  std::uint32_t height = 0;  // lines per frame sent, of each exposure
  // Two exposures come line by line in turn, the short one's line y `short_delay` lines after the
  // long one's.
  unsigned exposures = 1;
  std::uint32_t short_delay = 0;
  DataBus bus = DataBus::kMipi;
  ParallelLink parallel = {};
};

class Sensor {
 public:
  virtual ~Sensor() = default;

  virtual std::uint8_t i2c_address() const = 0;
  // One I2C write message (register address bytes, then data); false: not acknowledged.
  virtual bool i2c_write(std::span<const std::uint8_t> bytes) = 0;
  virtual bool i2c_read(std::span<std::uint8_t> bytes) = 0;

  // Master clock in hertz, 0 when stopped: without it the sensor does not answer.
  virtual void set_master_clock(std::uint64_t hertz) = 0;
  // Level of its reset pin (low: in reset). A rising edge restores the register defaults.
  virtual void set_reset(bool high) = 0;
  // Its reset pin is the other way round: held in reset while high.
  virtual bool resets_high() const { return false; }

  virtual bool streaming() const = 0;
  virtual LinkFormat link() const = 0;
  // Frame period as its registers say, in nanoseconds (exact rational rounded down per frame).
  virtual std::uint64_t frame_period_ns() const = 0;

  // Start of frame `number` (counted since stream on): registers written before take effect as the
  // chip's latency says. Called once per frame before render.
  virtual void begin_frame(std::uint64_t number) = 0;
  // Pixels of the frame begun last. Deterministic: noise is seeded by the frame number.
  // Uses up to `threads` threads.
  virtual void render(BayerFrame& frame, unsigned threads) = 0;
};

// Builds a sensor from its JSON description (docs/sensor-model.md). Throws std::invalid_argument
// with a message for people when the description is wrong or a file in it can't be used.
std::unique_ptr<Sensor> make_sensor(const std::string& json);

// Names a description may use, each with one line for people, in the order to list them.
struct NamedChoice {
  std::string name;
  std::string description;
};
std::vector<NamedChoice> sensor_names();
std::vector<NamedChoice> scene_names();

}  // namespace t31::model
