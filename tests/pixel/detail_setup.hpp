// SPDX-License-Identifier: GPL-2.0-or-later
// detail_setup.hpp - memory, registers and pictures for the tests of the detail blocks.
#pragma once

#include <optional>
#include <random>
#include <string>

#include "setup.hpp"

namespace t31::model {

inline constexpr std::uint32_t kBypassSharpen = 1u << 14;
inline constexpr std::uint32_t kBypassYdns = 1u << 15;
inline constexpr std::uint32_t kBypassSdns = 1u << 17;

// Memory at a bus address, filled with `fill`.
class TestMemory final : public PixelMemory {
 public:
  static constexpr std::uint32_t kBase = 0x06000000;
  explicit TestMemory(std::size_t bytes, std::uint8_t fill = 0) : bytes_(bytes, fill) {}
  std::span<std::uint8_t> memory(std::uint32_t bus_address, std::uint64_t bytes) override;

  std::vector<std::uint8_t>& bytes() { return bytes_; }
  unsigned refused = 0;  // accesses to what is not memory

 private:
  std::vector<std::uint8_t> bytes_;
};

// The buffers of MDNS as the driver lays them out, from `base` on; the bytes that they take.
std::uint32_t set_temporal_buffers(IspRegisters& registers, std::uint32_t base);
// The geometry registers of MDNS for blocks of `edge`, a multiple of 4.
void set_temporal_blocks(IspRegisters& registers, std::uint32_t edge);
// MDNS on, with a window of 9x9, limits and tables as tuning files hold them, and its buffers at
// TestMemory::kBase.
void set_temporal_denoise(IspRegisters& registers);

// SDNS on: the constants of the documentation, limits of activity as in all tuning files, and one
// strength for all classes, at rest and moving.
void set_spatial_denoise(IspRegisters& registers, std::uint32_t rest, std::uint32_t moving);
void set_strengths(IspRegisters& registers, std::uint32_t first_register,
                   const std::array<std::uint8_t, 16>& strengths);

// Demosaic and conversion bypassed: luma and both chroma of a pixel are the mosaic's 10 bits.
IspRegisters plain_registers(std::uint32_t width, std::uint32_t height);
// A frame that plain_registers() turn into this luma.
BayerFrame luma_frame(std::uint32_t width, std::uint32_t height,
                      const std::function<double(std::uint32_t, std::uint32_t)>& luma);

// Registers after a phase of a recorded blocks file (golden_state.hpp); none without shared data.
std::optional<IspRegisters> recorded_registers(const std::string& name, const std::string& phase);
// The same, cut to another size of frame, with buffers of MDNS at TestMemory::kBase: the block
// grids and everything that depends on the size made anew, statistics off.
void resize(IspRegisters& registers, std::uint32_t width, std::uint32_t height);

}  // namespace t31::model
