// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/core/chip.hpp"

#include "model/core/address_map.hpp"

namespace t31::model {
namespace {

// The reference board's sensor reset: PA18, low active.
constexpr unsigned kSensorResetPort = 0;
constexpr unsigned kSensorResetPin = 18;

constexpr int kNoDevice = -6;  // ENXIO
constexpr std::uint16_t kI2cRead = 1;
constexpr std::uint32_t kVicAlias = 0xe0000;  // the VIC as seen from the ISP's base

enum class Unit { kNone, kCpm, kGpio, kPhy, kCsi, kIsp, kVic };

Unit decode(std::uint32_t address, std::uint32_t& offset) {
  static_assert(kIspBase + kVicAlias == kVicBase);
  if (address % 4) return Unit::kNone;
  if (in_unit(address, kIspBase, kIspBytes, offset)) return Unit::kIsp;
  if (in_unit(address, kVicBase, kVicBytes, offset)) return Unit::kVic;
  if (in_unit(address, kCsiBase, kCsiBytes, offset)) return Unit::kCsi;
  if (in_unit(address, kPhyBase, kPhyBytes, offset)) return Unit::kPhy;
  if (in_unit(address, kCpmBase, kCpmBytes, offset)) return Unit::kCpm;
  if (in_unit(address, kGpioBase, kGpioBytes, offset)) return Unit::kGpio;
  return Unit::kNone;
}

bool clocked(Unit unit, const Cpm& cpm) {
  switch (unit) {
    case Unit::kIsp:
    case Unit::kVic:
      return cpm.isp_gate_open();
    case Unit::kCsi:
    case Unit::kPhy:
      return cpm.csi_gate_open();
    default:
      return true;
  }
}

}  // namespace

Chip::Chip(const t31_model_callbacks& callbacks, std::unique_ptr<PixelPath> pixels,
           unsigned threads, bool rewrite_last_address)
    : environment_(callbacks),
      vic_(environment_),
      isp_(environment_, rewrite_last_address),
      path_({environment_, timeline_, cpm_, gpio_, csi_, vic_, isp_}, std::move(pixels), threads) {}

std::uint32_t Chip::read(std::uint32_t address) {
  std::uint32_t offset = 0;
  const Unit unit = decode(address, offset);
  if (!clocked(unit, cpm_)) {
    environment_.count(T31_MODEL_GATED_ACCESSES);
    return 0;
  }
  switch (unit) {
    case Unit::kCpm:
      return cpm_.read(offset, now());
    case Unit::kGpio:
      return gpio_.read(offset);
    case Unit::kPhy:
      return csi_.read_phy(offset);
    case Unit::kCsi:
      csi_.set_link(mipi_lanes(), path_.sending());
      return csi_.read(offset);
    case Unit::kIsp:
      return isp_.read(offset, path_.line());
    case Unit::kVic:
      return vic_.read(offset);
    case Unit::kNone:
      break;
  }
  return 0;
}

void Chip::write(std::uint32_t address, std::uint32_t value) {
  std::uint32_t offset = 0;
  const Unit unit = decode(address, offset);
  if (!clocked(unit, cpm_)) {
    environment_.count(T31_MODEL_GATED_ACCESSES);
    return;
  }
  const bool in_reset_domain = unit == Unit::kIsp || unit == Unit::kVic;
  if (in_reset_domain && cpm_.isp_reset_held()) return;
  switch (unit) {
    case Unit::kCpm:
      cpm_.write(offset, value, now());
      break;
    case Unit::kGpio:
      gpio_.write(offset, value);
      break;
    case Unit::kPhy:
      csi_.write_phy(offset, value);
      break;
    case Unit::kCsi:
      csi_.write(offset, value);
      break;
    case Unit::kIsp:
      isp_.write(offset, value);
      break;
    case Unit::kVic:
      vic_.write(offset, value);
      break;
    case Unit::kNone:
      return;
  }
  after_write();
}

void Chip::after_write() {
  if (cpm_.isp_reset_held() && !isp_reset_held_) {
    path_.abort(false);
    isp_.reset();
    vic_.reset();
  }
  isp_reset_held_ = cpm_.isp_reset_held();
  if (vic_.take_abort()) path_.abort(true);
  if (isp_.top().take_abort()) path_.abort(false);
  update_sensor_supply();
}

void Chip::update_sensor_supply() {
  const std::uint64_t clock = cpm_.sensor_clock_hertz();
  const bool reset_high = gpio_.level(kSensorResetPort, kSensorResetPin);
  if (clock == sensor_clock_ && reset_high == sensor_reset_high_) return;
  sensor_clock_ = clock;
  sensor_reset_high_ = reset_high;
  if (!sensor_) return;
  sensor_->set_master_clock(clock);
  sensor_->set_reset(reset_high);
  if (!sensor_supplied()) path_.abort(true);
  path_.sensor_touched(sensor_supplied());
}

unsigned Chip::mipi_lanes() const {
  if (!sensor_ || !sensor_supplied()) return 0;
  const LinkFormat link = sensor_->link();
  return link.bus == DataBus::kMipi ? link.lanes : 0;
}

void Chip::attach(std::unique_ptr<Sensor> sensor, unsigned bus) {
  if (sensor) {
    sensor->set_master_clock(sensor_clock_);
    sensor->set_reset(sensor_reset_high_);
  }
  path_.set_sensor(nullptr, false);  // the one before ends here
  sensor_ = std::move(sensor);
  sensor_bus_ = bus;
  path_.set_sensor(sensor_.get(), sensor_supplied());
}

bool Chip::sensor_answers(unsigned bus, std::uint16_t address) const {
  return sensor_ && bus == sensor_bus_ && address == sensor_->i2c_address() && sensor_supplied();
}

int Chip::i2c_transfer(unsigned bus, std::span<t31_model_i2c_msg> messages) {
  int done = 0;
  for (t31_model_i2c_msg& message : messages) {
    if (!sensor_answers(bus, message.address)) return kNoDevice;
    const std::span bytes(message.data, message.length);
    const bool acknowledged =
        message.flags & kI2cRead ? sensor_->i2c_read(bytes) : sensor_->i2c_write(bytes);
    if (!acknowledged) {
      path_.sensor_touched(sensor_supplied());
      return kNoDevice;
    }
    ++done;
  }
  path_.sensor_touched(sensor_supplied());
  return done;
}

}  // namespace t31::model
