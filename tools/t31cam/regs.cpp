// SPDX-License-Identifier: GPL-2.0-or-later
// `t31cam regs UNIT`: the registers of one unit while the camera runs, decoded by name.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <span>
#include <vector>

#include "driver/regs/adr.hpp"
#include "driver/regs/bcsh.hpp"
#include "driver/regs/black_level.hpp"
#include "driver/regs/colour_map.hpp"
#include "driver/regs/colour_matrix.hpp"
#include "driver/regs/cpm.hpp"
#include "driver/regs/csc.hpp"
#include "driver/regs/csi.hpp"
#include "driver/regs/defect_pixels.hpp"
#include "driver/regs/defog.hpp"
#include "driver/regs/demosaic.hpp"
#include "driver/regs/focus.hpp"
#include "driver/regs/gamma.hpp"
#include "driver/regs/isp_top.hpp"
#include "driver/regs/lens_distortion.hpp"
#include "driver/regs/lens_shading.hpp"
#include "driver/regs/luma_denoise.hpp"
#include "driver/regs/metering.hpp"
#include "driver/regs/raw_denoise.hpp"
#include "driver/regs/scaler.hpp"
#include "driver/regs/sharpen.hpp"
#include "driver/regs/spatial_denoise.hpp"
#include "driver/regs/statistics.hpp"
#include "driver/regs/temporal_control.hpp"
#include "driver/regs/temporal_denoise.hpp"
#include "driver/regs/vic.hpp"
#include "driver/regs/wdr.hpp"
#include "driver/regs/white_balance.hpp"
#include "t31cam/commands.hpp"
#include "t31cam/errors.hpp"
#include "t31cam/session.hpp"

namespace t31::cam {
namespace {

struct Unit {
  const char* name;
  std::uint32_t base;
  std::span<const reg::RegisterInfo> registers;
  const char* description;
};

const Unit kUnits[] = {
    {"cpm", reg::kCpmBase, reg::cpm::kRegisters, "clocks and reset"},
    {"csi", reg::kCsiBase, reg::csi::kRegisters, "MIPI receiver"},
    {"phy", reg::kPhyBase, reg::phy::kRegisters, "MIPI D-PHY"},
    {"vic", reg::kVicBase, reg::vic::kRegisters, "video input controller"},
    {"isp", reg::kIspBase, reg::isp::kRegisters, "ISP top"},
    {"black_level", reg::kIspBase, reg::black_level::kRegisters, "black level, digital gain"},
    {"white_balance", reg::kIspBase, reg::white_balance::kRegisters, "white balance gains"},
    {"defect_pixels", reg::kIspBase, reg::defect_pixels::kRegisters, "defect pixels (DPC)"},
    {"raw_denoise", reg::kIspBase, reg::raw_denoise::kRegisters, "noise reduction on Bayer data"},
    {"lens_shading", reg::kIspBase, reg::lens_shading::kRegisters, "lens shading"},
    {"local_tone", reg::kIspBase, reg::adr::kRegisters, "local tone mapping (ADR)"},
    {"demosaic", reg::kIspBase, reg::demosaic::kRegisters, "demosaic"},
    {"colour_matrix", reg::kIspBase, reg::colour_matrix::kRegisters, "colour matrix"},
    {"gamma", reg::kIspBase, reg::gamma::kRegisters, "gamma"},
    {"defog", reg::kIspBase, reg::defog::kRegisters, "haze removal"},
    {"csc", reg::kIspBase, reg::csc::kRegisters, "RGB to YUV"},
    {"colour_map", reg::kIspBase, reg::colour_map::kRegisters, "colour map (CLM)"},
    {"sharpen", reg::kIspBase, reg::sharpen::kRegisters, "sharpening of luma"},
    {"temporal_control", reg::kIspBase, reg::temporal_control::kRegisters,
     "temporal noise reduction: enables, block grids"},
    {"temporal_denoise", reg::kIspBase, reg::temporal_denoise::kRegisters,
     "temporal noise reduction: parameters"},
    {"luma_denoise", reg::kIspBase, reg::luma_denoise::kRegisters, "luma denoise fusion (YDNS)"},
    {"bcsh", reg::kIspBase, reg::bcsh::kRegisters, "brightness, contrast, saturation, hue"},
    {"spatial_denoise", reg::kIspBase, reg::spatial_denoise::kRegisters, "spatial noise reduction"},
    {"lens_distortion", reg::kIspBase, reg::lens_distortion::kRegisters, "lens distortion (HLDC)"},
    {"focus", reg::kIspBase, reg::focus::kRegisters, "focus metering"},
    {"wdr", reg::kIspBase, reg::wdr::kRegisters, "fusion of two exposures"},
    {"metering", reg::kIspBase, reg::metering::kRegisters, "AE and AWB metering"},
    {"statistics", reg::kIspBase, reg::statistics::kRegisters, "statistics DMA"},
    {"scaler", reg::kIspBase, reg::scaler::kRegisters, "scaler and output channels"},
};

// Long tables show their beginning.
constexpr unsigned kMaxElements = 16;
constexpr std::uint64_t kFramesBefore = 5;

// What can be read, and without taking something away from the driver.
bool readable(reg::Access access) {
  return access != reg::Access::kWriteOnly && access != reg::Access::kStrobe &&
         access != reg::Access::kReadPop;
}

std::string fields(const reg::RegisterInfo& info, std::uint32_t value) {
  std::string text;
  for (const reg::FieldInfo& field : info.fields) {
    if (field.name == nullptr) break;
    const reg::Field<std::uint32_t> bits{field.lsb, field.width, ""};
    const std::uint32_t raw = bits.get(value);
    const reg::Field<std::int32_t> signed_bits{field.lsb, field.width, ""};
    const std::string number =
        field.is_signed ? std::to_string(signed_bits.get(value)) : std::to_string(raw);
    text += fmt::format("  {}={}", field.name, number);
  }
  return text;
}

std::string describe(const Unit& unit, const reg::RegisterInfo& info) {
  const reg::Register& reg = info.reg;
  std::string text;
  const unsigned shown = std::min<unsigned>(reg.count, kMaxElements);
  for (unsigned index = 0; index < shown; ++index) {
    const std::uint32_t offset = reg.at(index);
    const std::string name = reg.count == 1 ? reg.name : fmt::format("{}[{}]", reg.name, index);
    if (!readable(reg.access)) {
      text += fmt::format("{:05x}  --------  {:24}", offset, name);
    } else {
      const std::uint32_t value = t31_host_peek(unit.base + offset);
      text += fmt::format("{:05x}  {:08x}  {:24}{}", offset, value, name, fields(info, value));
    }
    if (index == 0 && reg.meaning[0] != '\0') text += fmt::format("  ({})", reg.meaning);
    text += '\n';
  }
  if (shown < reg.count) text += fmt::format("       ... {} in all\n", reg.count);
  return text;
}

}  // namespace

std::string register_units() {
  std::vector<const char*> names;
  std::transform(std::begin(kUnits), std::end(kUnits), std::back_inserter(names),
                 [](const Unit& unit) { return unit.name; });
  return fmt::format("{}", fmt::join(names, ", "));
}

int run_regs(const CameraOptions& options, const std::string& name) {
  const auto unit = std::find_if(std::begin(kUnits), std::end(kUnits),
                                 [&](const Unit& entry) { return name == entry.name; });
  if (unit == std::end(kUnits)) {
    throw UsageError(fmt::format("regs {}: no such unit; there are {}", name, register_units()));
  }
  catch_interrupt();
  std::string text =
      fmt::format("{}: {}, base {:08x}\n", unit->name, unit->description, unit->base);
  {
    Session session(options);
    session.stream([&](const ChannelOption& channel) {
      const bool reader = channel.number == options.channels.front().number;
      return [&, reader, frames = std::uint64_t{0}](const Frame&) mutable {
        if (++frames < kFramesBefore) return true;
        if (reader) {
          for (const reg::RegisterInfo& info : unit->registers) text += describe(*unit, info);
        }
        return false;
      };
    });
  }
  fmt::print("{}", text);
  return interrupted() ? kExitInterrupted : kExitOk;
}

}  // namespace t31::cam
