// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/device/parameter_groups.hpp"

#include <array>

#include "uapi/t31/tisp.h"

namespace t31::device {
namespace {

using tuning::kParameterCount;
using tuning::Parameter;

struct Group {
  u8 id;
  Parameter first, last;
};

constexpr Group kGroups[] = {
    {T31_TISP_EXPOSURE, Parameter::kAeParameter, Parameter::kAe1CompEvList},
    {T31_TISP_WHITE_BALANCE, Parameter::kAwbAwbParameter, Parameter::kAwbLsWLut},
    {T31_TISP_GAMMA, Parameter::kGammaRgbLutSaddr, Parameter::kGammaRgbLutWdrSaddr},
    {T31_TISP_GIB, Parameter{62}, Parameter{83}},
    {T31_TISP_DEMOSAIC, Parameter{95}, Parameter{168}},
    {T31_TISP_COLOUR_MATRIX, Parameter{169}, Parameter{180}},
    {T31_TISP_SHARPEN, Parameter{181}, Parameter{229}},
    {T31_TISP_DEFECT_PIXELS, Parameter{230}, Parameter{260}},
    {T31_TISP_SPATIAL_DENOISE, Parameter{261}, Parameter{383}},
    {T31_TISP_TEMPORAL_DENOISE, Parameter{384}, Parameter{854}},
    {T31_TISP_COLOUR_MAP, Parameter{855}, Parameter{857}},
    {T31_TISP_DEFOG, Parameter{858}, Parameter{895}},
    {T31_TISP_TONE_MAPPING, Parameter{896}, Parameter{939}},
    {T31_TISP_LENS_DISTORTION, Parameter{940}, Parameter{940}},
    {T31_TISP_FOCUS, Parameter{941}, Parameter{959}},
    {T31_TISP_BCSH, Parameter{960}, Parameter{997}},
    {T31_TISP_LUMA_DENOISE, Parameter{998}, Parameter{1012}},
    {T31_TISP_BLACK_LEVEL, Parameter{1013}, Parameter{1022}},
    {T31_TISP_WDR, Parameter{1023}, Parameter{1073}},
    {T31_TISP_RAW_DENOISE, Parameter{1074}, Parameter{1094}},
};

// Lens shading: the three tables in the middle are groups of their own when set.
constexpr u32 kShadingFirst = 84, kShadingTable = 89, kShadingTables = 3, kShadingLast = 94;

// FNV-1a, 32 bits.
constexpr u32 hash(const char* text) {
  u32 value = 0x811c9dc5;
  for (; *text != '\0'; ++text) value = (value ^ static_cast<u8>(*text)) * 0x01000193;
  return value;
}

struct Name {
  const char* block;
  const char* name;
};

consteval std::array<u32, kParameterCount> name_hashes() {
  constexpr Name kNames[] = {
#include "driver/tuning/parameter_names.inc"
  };
  std::array<u32, kParameterCount> hashes{};
  for (u32 i = 0; i < kParameterCount; ++i) hashes[i] = hash(kNames[i].name);
  return hashes;
}

constexpr std::array<u32, kParameterCount> kHashes = name_hashes();

}  // namespace

u32 ParameterGroup::bytes() const {
  u32 sum = 0;
  for (const ParameterRange& range : ranges) {
    for (u32 id = range.first; id <= range.last; ++id) {
      sum += tuning::parameter_bytes(static_cast<Parameter>(id));
    }
  }
  return sum;
}

Result<ParameterGroup> parameter_group(u32 group, u32 aux, bool set) {
  ParameterGroup result;
  if (group == T31_TISP_LENS_SHADING) {
    if (!set || aux == 0) {
      result.ranges[0] = {kShadingFirst, kShadingTable - 1};
      result.ranges[1] = {kShadingTable + kShadingTables, kShadingLast};
      return result;
    }
    if (aux > kShadingTables) return Status::error(T31_EINVAL);
    result.ranges[0] = {kShadingTable + aux - 1, kShadingTable + aux - 1};
    return result;
  }
  for (const Group& row : kGroups) {
    if (row.id != group) continue;
    result.ranges[0] = {static_cast<u32>(row.first), static_cast<u32>(row.last)};
    return result;
  }
  return Status::error(T31_EINVAL);
}

Result<u32> find_parameter(const char* name) {
  const u32 wanted = hash(name);
  for (u32 id = 0; id < kParameterCount; ++id) {
    if (kHashes[id] == wanted) return id;
  }
  return Status::error(T31_ENOENT);
}

}  // namespace t31::device
