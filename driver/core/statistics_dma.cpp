// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/core/statistics_dma.hpp"

#include "driver/regs/adr.hpp"
#include "driver/regs/defog.hpp"
#include "driver/regs/statistics.hpp"

namespace t31::core {

namespace statistics = reg::statistics;
using reg::Register;

namespace {

constexpr u32 kHistogramOffset = statistics::kRing * StatisticsDma::kZoneBytes;
constexpr u32 kWdrBytes = 0x2000;  // one buffer of the WDR engine
constexpr u32 kWdrStrideBytes = 0x400;

constexpr u32 kBytes[] = {
    0x6000,                                        // AE0: zones and histograms
    0x6000,                                        // AE1
    statistics::kRing* StatisticsDma::kZoneBytes,  // AWB
    statistics::kRing* StatisticsDma::kZoneBytes,  // ADR
    statistics::kRing* StatisticsDma::kZoneBytes,  // defog
    statistics::kRing* StatisticsDma::kZoneBytes,  // AF
    statistics::kRing* kWdrBytes,                  // WDR
};

void program_ring(Window window, const Register& reg, u32 base, u32 step) {
  for (u32 i = 0; i < statistics::kRing; ++i) window.write(reg.at(i), base + i * step);
}

void program_exposure(Window window, const Register& zones, const Register& histogram,
                      const Register& enable, u32 base) {
  program_ring(window, zones, base, StatisticsDma::kZoneBytes);
  program_ring(window, histogram, base + kHistogramOffset, StatisticsDma::kHistogramBytes);
  window.write(enable.offset, statistics::kEnableZonesAndHistogram);
}

void program_zones(Window window, const Register& zones, const Register& enable, u32 base) {
  program_ring(window, zones, base, StatisticsDma::kZoneBytes);
  window.write(enable.offset, statistics::kEnableRing);
}

// Buffers begin at a page.
const u32* words(const u8* bytes) {
  return static_cast<const u32*>(static_cast<const void*>(bytes));
}

}  // namespace

Status StatisticsDma::start() {
  for (u32 i = 0; i < kEngines; ++i) {
    buffers_[i].size = kBytes[i];
    buffers_[i].memory = static_cast<u8*>(t31_port_dma_alloc(kBytes[i], &buffers_[i].bus));
    if (buffers_[i].memory == nullptr) {
      t31_port_log(T31_LOG_ERROR, "no memory for statistics (%u bytes)", kBytes[i]);
      release();
      return Status::error(T31_ENOMEM);
    }
  }
  program_exposure(isp_, statistics::kAe0Zones, statistics::kAe0Histogram, statistics::kAe0Enable,
                   buffers_[kAe0].bus);
  program_exposure(isp_, statistics::kAe1Zones, statistics::kAe1Histogram, statistics::kAe1Enable,
                   buffers_[kAe1].bus);
  program_zones(isp_, statistics::kAwbZones, statistics::kAwbEnable, buffers_[kAwb].bus);
  program_zones(isp_, statistics::kAdrAddress, statistics::kAdrEnable, buffers_[kAdr].bus);
  program_zones(isp_, statistics::kDefogAddress, statistics::kDefogEnable, buffers_[kDefog].bus);
  program_zones(isp_, statistics::kAfZones, statistics::kAfEnable, buffers_[kAf].bus);
  program_ring(isp_, statistics::kWdrAddress, buffers_[kWdr].bus, kWdrBytes);
  isp_.write(statistics::kWdrStride.offset, kWdrStrideBytes);
  isp_.write(statistics::kWdrEnable.offset, statistics::kEnableRing);
  return kOk;
}

void StatisticsDma::disable() {
  const Register* enables[] = {&statistics::kWdrEnable,   &statistics::kAfEnable,
                               &statistics::kDefogEnable, &statistics::kAdrEnable,
                               &statistics::kAwbEnable,   &statistics::kAe1Enable,
                               &statistics::kAe0Enable};
  for (const Register* enable : enables) isp_.write(enable->offset, 0);
}

void StatisticsDma::release() {
  for (u32 i = kEngines; i > 0; --i) {
    Buffer& buffer = buffers_[i - 1];
    if (buffer.memory != nullptr) t31_port_dma_free(buffer.memory, buffer.size, buffer.bus);
    buffer = Buffer{};
  }
}

u32 StatisticsDma::ae_zone_index() const {
  return statistics::kZoneIndex.get(isp_.read(statistics::kAe0Status.offset));
}

u32 StatisticsDma::ae_histogram_index() const {
  return statistics::kHistogramIndex.get(isp_.read(statistics::kAe0Status.offset));
}

u32 StatisticsDma::awb_zone_index() const {
  return statistics::kHistogramIndex.get(isp_.read(statistics::kAwbStatus.offset));
}

u32 StatisticsDma::ae1_zone_index() const {
  return statistics::kZoneIndex.get(isp_.read(statistics::kAe1Status.offset));
}

u32 StatisticsDma::ae1_histogram_index() const {
  return statistics::kHistogramIndex.get(isp_.read(statistics::kAe1Status.offset));
}

u32 StatisticsDma::wdr_index() const {
  return ((isp_.read(statistics::kWdrCurrent.offset) - buffers_[kWdr].bus) / kWdrBytes) & 3;
}

// The completed buffer's address is one of the ring's.
u32 StatisticsDma::tone_index() const {
  return ((isp_.read(reg::adr::kStatisticsDone.offset) - buffers_[kAdr].bus) / kZoneBytes) & 3;
}

u32 StatisticsDma::defog_index() const {
  return ((isp_.read(reg::defog::kStatisticsDone.offset) - buffers_[kDefog].bus) / kZoneBytes) & 3;
}

u32 StatisticsDma::af_index() const {
  return statistics::kHistogramIndex.get(isp_.read(statistics::kAfStatus.offset));
}

const u32* StatisticsDma::tone(u32 index) const {
  return words(view(kAdr, (index & 3) * kZoneBytes, kZoneBytes));
}

const u32* StatisticsDma::defog(u32 index) const {
  return words(view(kDefog, (index & 3) * kZoneBytes, kZoneBytes));
}

const u8* StatisticsDma::view(Engine engine, u32 offset, u32 bytes) const {
  const Buffer& buffer = buffers_[engine];
  if (buffer.memory == nullptr) return nullptr;
  t31_port_dma_sync_for_cpu(buffer.bus + offset, bytes);
  return buffer.memory + offset;
}

const u8* StatisticsDma::ae_zones(u32 index) const {
  return view(kAe0, (index & 3) * kZoneBytes, kZoneBytes);
}

const u8* StatisticsDma::ae_histogram(u32 index) const {
  return view(kAe0, kHistogramOffset + (index & 3) * kHistogramBytes, kHistogramBytes);
}

const u8* StatisticsDma::ae1_zones(u32 index) const {
  return view(kAe1, (index & 3) * kZoneBytes, kZoneBytes);
}

const u8* StatisticsDma::ae1_histogram(u32 index) const {
  return view(kAe1, kHistogramOffset + (index & 3) * kHistogramBytes, kHistogramBytes);
}

const u8* StatisticsDma::wdr(u32 index) const {
  return view(kWdr, (index & 3) * kWdrBytes, kWdrBytes);
}

const u8* StatisticsDma::af_zones(u32 index) const {
  return view(kAf, (index & 3) * kZoneBytes, kZoneBytes);
}

const u8* StatisticsDma::awb_zones(u32 index) const {
  return view(kAwb, (index & 3) * kZoneBytes, kZoneBytes);
}

}  // namespace t31::core
