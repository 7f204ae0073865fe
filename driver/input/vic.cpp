// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/input/vic.hpp"

#include "driver/input/mipi_format.hpp"
#include "driver/regs/vic.hpp"

namespace t31::input {

namespace vic = reg::vic;

namespace {

// Reads of the control register until its reset bit must have cleared; the hardware needs a few.
constexpr u32 kResetPolls = 10000;

constexpr u16 kGpioListEnd = 0xff;

constexpr unsigned kOtherChannels = 12;

// Error counter of each bit of INT_STATUS1 from bit 9 on (hw-pipeline 3.6).
constexpr u8 kErrorOfBit[] = {11, 0, 12, 12, 12, 1,  12, 12, 12, 2,  3, 4,
                              5,  6, 7,  8,  12, 12, 12, 9,  12, 12, 12};
constexpr unsigned kFirstErrorBit = 9;
constexpr unsigned kDmaChannelError = 10;

// Bits 9, 10, 11, 12, 14, 15: the input has lost its place in the frame.
constexpr u32 kNeedsRecovery = 0x0000de00;
constexpr u32 kHorizontalErrorBit = 1u << 10;

u32 mipi_control_word(const t31_sensor_info& sensor) {
  const auto& mipi = sensor.mipi;
  return vic::kHcropDifferent(mipi.hcrop_diff_en) | vic::kVcomp(mipi.vcomp_en) |
         vic::kHcomp(mipi.hcomp_en) | vic::kLineSync(mipi.line_sync_mode) |
         vic::kWorkStart(mipi.work_start_flag) | vic::kDataTypeEnable(mipi.data_type_en) |
         vic::kDataType(mipi.data_type_value) | vic::kDelayStart(mipi.del_start) |
         vic::kFrameMode(mipi.frame_mode) | vic::kFidMode(mipi.fid_mode) |
         vic::kSensorMode(mipi.sensor_mode);
}

}  // namespace

const char* vic_error_text(unsigned index) {
  constexpr const char* kTexts[kVicErrorKinds] = {
      "horizontal error: line length differs from the sensor mode",
      "vertical error: line count differs from the sensor mode",
      "frame sync error",
      "DVP line completion",
      "DMA fifo overflow",
      "control limit",
      "image fifo overflow: raise isp_clk",
      "MIPI frame id fifo overflow",
      "MIPI line completion",
      "MIPI frame completion",
      "DMA channel id overflow",
      "frame fifo overflow: raise isp_clk",
      "error on MIPI channel 1 to 3"};
  return index < kVicErrorKinds ? kTexts[index] : "unknown";
}

Status Vic::start(const t31_sensor_info& sensor) {
  const Status status = sensor.bus == T31_BUS_MIPI ? start_mipi(sensor) : start_parallel(sensor);
  if (!status.ok()) return status;
  {
    SpinLock::Guard guard(lock_);
    started_ = true;
  }
  state_ = graph::State::kRunning;
  return kOk;
}

Status Vic::start_mipi(const t31_sensor_info& sensor) {
  if (Status status = check_mipi_format(sensor); !status.ok()) return status;
  const auto& mipi = sensor.mipi;
  const u32 bits = mipi_bits_per_pixel(mipi.csi_format);
  const bool sony = mipi.mode == 1;
  if (sony) vic_.write(vic::kParallel.offset, vic::kParallelSonyMipi);
  vic_.write(vic::kThreshold.offset, sony ? vic::kThresholdWide : vic::kThresholdMipi);
  vic_.write(vic::kMipiWords.offset, (bits * mipi.image_twidth + 31) / 32);
  vic_.write(vic::kInterface.offset, vic::kInterfaceType(vic::Interface::kMipi));
  vic_.write(vic::kMipiFormat.offset, mipi.csi_format);
  vic_.write(vic::kResolution.offset,
             vic::kWidth(sensor.mbus_width) | vic::kHeight(sensor.mbus_height));
  vic_.write(vic::kMipiControl.offset, mipi_control_word(sensor));
  vic_.write(vic::kMipiWidth0.offset,
             vic::kLineWidth(mipi.image_twidth) | vic::kFirstPixel(mipi.crop_x[0]));
  vic_.write(vic::kMipiWidth1.offset, mipi.crop_x[1]);
  vic_.write(vic::kMipiWidth2.offset, mipi.crop_x[2]);
  vic_.write(vic::kMipiWidth3.offset, mipi.crop_x[3]);
  const u32 route = vic::kRouteByFrameMode[mipi.frame_mode];
  vic_.write(vic::kRoute1.offset, route);
  vic_.write(vic::kRoute0.offset, route);
  vic_.write(vic::kOutput.offset, vic::kOutputValue);
  vic_.write(vic::kControl.offset, vic::kRegisterEnable(true));
  vic_.write(vic::kControl.offset, vic::kGlobalReset(true));
  vic_.write(vic::kModes.offset, mipi.frame_mode << 4 | mipi.sensor_mode);
  if (Status status = reset_and_wait(); !status.ok()) return status;
  vic_.write(vic::kMipiCropY01.offset, vic::kHigh(mipi.crop_y[1]) | vic::kLow(mipi.crop_y[0]));
  vic_.write(vic::kMipiCropY23.offset, vic::kHigh(mipi.crop_y[3]) | vic::kLow(mipi.crop_y[2]));
  vic_.write(vic::kControl.offset, vic::kStart(true));
  return kOk;
}

Status Vic::reset_and_wait() {
  for (u32 i = 0; i < kResetPolls; ++i) {
    if (vic_.read(vic::kControl.offset) == 0) return kOk;
  }
  t31_port_log(T31_LOG_ERROR, "video input does not leave reset: is the ISP clock running?");
  return Status::error(T31_EIO);
}

void Vic::stop() {
  if (state_ != graph::State::kRunning) return;
  vic_.write(vic::kControl.offset, vic::kStop(true));
  {
    SpinLock::Guard guard(lock_);
    started_ = false;
  }
  state_ = graph::State::kInitialised;
}

void Vic::halt() {
  if (state_ != graph::State::kRunning) return;
  vic_.write(vic::kControl.offset, 0);
  vic_.write(vic::kControl.offset, vic::kGlobalReset(true));
  {
    SpinLock::Guard guard(lock_);
    started_ = false;
  }
  state_ = graph::State::kInitialised;
}

Vic::Serviced Vic::service() {
  Serviced serviced;
  SpinLock::Guard guard(lock_);
  const u32 mask1 = vic_.read(vic::kMask1.offset);
  const u32 mask2 = vic_.read(vic::kMask2.offset);
  const u32 status1 = vic_.read(vic::kStatus1.offset) & ~mask1;
  const u32 status2 = vic_.read(vic::kStatus2.offset) & ~mask2;
  if (status1 != 0) vic_.write(vic::kClear1.offset, status1);
  if (status2 != 0) vic_.write(vic::kClear2.offset, status2);
  if (!started_) return serviced;
  if (vic::kFrameDone.get(status1)) {
    serviced.frame_done = true;
    ++counters_.frames;
    if (gpio_pending_) apply_gpio_states();
  }
  count_errors(status1, status2);
  if ((status1 & kNeedsRecovery) != 0) recover();
  serviced.capture_done = status2 & (vic::kDmaDone0.mask() | vic::kDmaDone1.mask());
  return serviced;
}

void Vic::apply_gpio_states() {
  gpio_pending_ = false;
  for (unsigned i = 0; i < 10 && gpio_states_.gpio[i] != kGpioListEnd; ++i) {
    for (unsigned k = 0; k < claimed_count_; ++k) {
      if (claimed_[k] != gpio_states_.gpio[i]) continue;
      (void)t31_port_gpio_direction_output(gpio_states_.gpio[i], gpio_states_.state[i]);
    }
  }
}

void Vic::count_errors(u32 status1, u32 status2) {
  if ((status1 >> kFirstErrorBit) != 0) {
    for (unsigned i = 0; i < sizeof(kErrorOfBit); ++i) {
      if ((status1 >> (kFirstErrorBit + i) & 1) == 0) continue;
      ++counters_.errors[kErrorOfBit[i]];
      counters_.last_error = kErrorOfBit[i];
    }
    if ((status1 & kHorizontalErrorBit) != 0) {
      counters_.horizontal_detail = vic_.read(vic::kHorizontalError.offset);
    }
  }
  if (vic::kDmaChannelOverflow.get(status2)) {
    ++counters_.errors[kDmaChannelError];
    counters_.last_error = kDmaChannelError;
  }
}

void Vic::recover() {
  vic_.write(vic::kControl.offset, vic::kGlobalReset(true));
  // irq: the reset takes a few bus cycles; a chip that never leaves it stays stopped and is
  // counted.
  constexpr u32 kPollsInInterrupt = 1000;
  for (u32 i = 0; i < kPollsInInterrupt && vic_.read(vic::kControl.offset) != 0; ++i) {
  }
  vic_.write(vic::kMipiCropY01.offset, vic_.read(vic::kMipiCropY01.offset));
  vic_.write(vic::kMipiCropY23.offset, vic_.read(vic::kMipiCropY23.offset));
  vic_.write(vic::kControl.offset, vic::kStart(true));
  ++counters_.recoveries;
}

Vic::Counters Vic::counters() const {
  SpinLock::Guard guard(lock_);
  return counters_;
}

Status Vic::claim_gpios(const t31_gpio_states& states) {
  release_gpios();
  for (unsigned i = 0; i < 10 && states.gpio[i] != kGpioListEnd; ++i) {
    char label[20];
    (void)t31_port_snprintf(label, sizeof(label), "vic_done_gpio%d", static_cast<int>(i));
    if (t31_port_gpio_request(states.gpio[i], label) != 0)
      continue;  // taken: skipped, as the vendor's
    {
      SpinLock::Guard guard(lock_);
      claimed_[claimed_count_++] = states.gpio[i];
    }
    if (t31_port_gpio_direction_output(states.gpio[i], states.state[i]) != 0) {
      release_gpios();
      return Status::error(T31_EPERM);
    }
  }
  return kOk;
}

void Vic::release_gpios() {
  u16 gpios[10];
  unsigned count = 0;
  {
    SpinLock::Guard guard(lock_);
    for (; count < claimed_count_; ++count) gpios[count] = claimed_[count];
    claimed_count_ = 0;
    gpio_pending_ = false;
  }
  for (unsigned i = 0; i < count; ++i) t31_port_gpio_free(gpios[i]);
}

void Vic::set_gpio_states(const t31_gpio_states& states) {
  SpinLock::Guard guard(lock_);
  gpio_states_ = states;
  gpio_pending_ = true;
}

}  // namespace t31::input
