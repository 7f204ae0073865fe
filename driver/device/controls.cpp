// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/device/controls.hpp"

#include "uapi/t31/isp_tuning.h"

namespace t31::device {
namespace {

// Directions in which the vendor's driver accepts an id without doing anything (user-abi 3.3).
enum : u8 { kGet = 1, kSet = 2, kBoth = 3 };
struct NoEffect {
  u32 id;
  u8 directions;
};
constexpr NoEffect kNoEffect[] = {
    {0x98091f, kBoth},  {0x9a0914, kSet},   {0x9a091a, kBoth},  {0x8000000, kGet},
    {0x8000001, kBoth}, {0x8000002, kSet},  {0x8000003, kGet},  {0x8000006, kBoth},
    {0x8000007, kBoth}, {0x8000020, kGet},  {0x8000021, kGet},  {0x8000022, kBoth},
    {0x800002c, kBoth}, {0x8000040, kGet},  {0x8000041, kGet},  {0x8000060, kSet},
    {0x8000061, kSet},  {0x8000080, kSet},  {0x8000081, kSet},  {0x8000082, kBoth},
    {0x8000083, kBoth}, {0x80000a0, kBoth}, {0x80000a1, kBoth}, {0x80000c0, kBoth},
    {0x80000c1, kBoth}, {0x80000c2, kBoth}, {0x8000120, kBoth}, {0x8000140, kBoth},
    {0x8000160, kBoth}, {0x8000161, kBoth}, {0x8000163, kSet},  {0x8000165, kSet},
    {0x8000166, kSet},  {0x8000167, kBoth}, {0x8000168, kSet},  {0x8000169, kBoth},
};

bool has_no_effect(u32 id, u8 direction) {
  for (const NoEffect& row : kNoEffect) {
    if (row.id == id) return (row.directions & direction) != 0;
  }
  return false;
}

}  // namespace

const Controls::Row Controls::kRows[] = {
    {T31_CONTROL_BRIGHTNESS, &Controls::get_level, &Controls::set_level},
    {T31_CONTROL_CONTRAST, &Controls::get_level, &Controls::set_level},
    {T31_CONTROL_SATURATION, &Controls::get_level, &Controls::set_level},
    {T31_CONTROL_SHARPNESS, &Controls::get_level, &Controls::set_level},
    {T31_CONTROL_HUE, &Controls::get_hue, &Controls::set_hue},
    {T31_CONTROL_HFLIP, &Controls::get_flip, &Controls::set_flip},
    {T31_CONTROL_VFLIP, &Controls::get_flip, &Controls::set_flip},
    {T31_CONTROL_HVFLIP, &Controls::get_flip, &Controls::set_flip},
    {T31_CONTROL_WHITE_BALANCE, &Controls::get_balance, &Controls::set_balance},
    {0x800000b, &Controls::get_awb_zones, nullptr},
    {T31_CONTROL_EXPOSURE, &Controls::get_exposure, &Controls::set_exposure},
    {0x8000026, &Controls::get_ev, nullptr},
    {T31_CONTROL_TOTAL_GAIN, &Controls::get_total_gain, nullptr},
    {T31_CONTROL_GAMMA, &Controls::get_gamma, &Controls::set_gamma},
    {0x800002e, &Controls::get_ae_bins, nullptr},
    {T31_CONTROL_AE_ZONES, &Controls::get_ae_zones, nullptr},
    {T31_CONTROL_AE_HISTOGRAM, &Controls::get_ae_histogram, nullptr},
    {0x8000033, &Controls::get_ae_luma, nullptr},
    {T31_CONTROL_AE, &Controls::get_ae_block, &Controls::set_ae_block},
    {T31_CONTROL_SENSOR_ATTRIBUTES, &Controls::get_sensor, nullptr},
    {0x80000a5, &Controls::get_black_level, nullptr},
    {T31_CONTROL_CSC, &Controls::get_csc, &Controls::set_csc},
    {T31_CONTROL_FPS, &Controls::get_fps, &Controls::set_fps},
    {T31_CONTROL_MODULES, &Controls::get_modules, &Controls::set_modules},
    {T31_CONTROL_FRONT_CROP, &Controls::get_crop, &Controls::set_crop},
    {T31_CONTROL_MASK, &Controls::get_masks, &Controls::set_masks},
    {T31_CONTROL_AUTO_ZOOM, nullptr, &Controls::set_zoom},
    {T31_CONTROL_SCALER_LEVEL, nullptr, &Controls::set_scaler_level},
    {T31_CONTROL_COLOUR_MATRIX, &Controls::get_matrix, &Controls::set_matrix},
    {T31_CONTROL_WAIT_FRAME, &Controls::wait_frame, nullptr},
};

const Controls::Row* Controls::find(u32 id) {
  for (const Row& row : kRows) {
    if (row.id == id) return &row;
  }
  return nullptr;
}

Status Controls::set(u32 id, u32 value) {
  const Row* row = find(id);
  if (row != nullptr && row->set != nullptr) return (this->*row->set)(id, value);
  return has_no_effect(id, kSet) ? kOk : Status::error(T31_EPERM);
}

Status Controls::get(u32 id, u32& value) {
  const Row* row = find(id);
  if (row != nullptr && row->get != nullptr) return (this->*row->get)(id, value);
  if (!has_no_effect(id, kGet)) return Status::error(T31_EPERM);
  if (id == 0x98091f || id == 0x9a091a || id == 0x8000167) value = 0;
  return kOk;
}

}  // namespace t31::device
