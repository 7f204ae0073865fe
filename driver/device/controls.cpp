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
    {T31_CONTROL_HUE, &Controls::get_level, &Controls::set_strength},
    {T31_CONTROL_HFLIP, &Controls::get_flip, &Controls::set_flip},
    {T31_CONTROL_VFLIP, &Controls::get_flip, &Controls::set_flip},
    {T31_CONTROL_HVFLIP, &Controls::get_flip, &Controls::set_flip},
    {T31_CONTROL_ANTIFLICKER, &Controls::get_antiflicker, &Controls::set_antiflicker},
    {T31_CONTROL_WHITE_BALANCE, &Controls::get_balance, &Controls::set_balance},
    {T31_CONTROL_WHITE_BALANCE_IN_USE, &Controls::get_balance_in_use, nullptr},
    {T31_CONTROL_RGB_COEFFICIENTS, &Controls::get_rgb, &Controls::set_rgb},
    {T31_CONTROL_GREY_WORLD, &Controls::get_grey_world, nullptr},
    {T31_CONTROL_AWB_START, &Controls::get_awb_start, &Controls::set_awb_start},
    {T31_CONTROL_AWB_ZONES, &Controls::get_awb_zones, nullptr},
    {T31_CONTROL_AWB_ALGORITHM, &Controls::get_awb_algorithm, &Controls::set_awb_algorithm},
    {T31_CONTROL_AWB_KELVIN, &Controls::get_kelvin, &Controls::set_kelvin},
    {T31_CONTROL_AWB_CLUSTERS, &Controls::get_clusters, &Controls::set_clusters},
    {T31_CONTROL_AWB_TREND, &Controls::get_trend, &Controls::set_trend},
    {T31_CONTROL_AE_COMPENSATION, &Controls::get_compensation, &Controls::set_compensation},
    {T31_CONTROL_AE_REGION, &Controls::get_weights, &Controls::set_weights},
    {T31_CONTROL_EXPOSURE, &Controls::get_exposure, &Controls::set_exposure},
    {T31_CONTROL_EXPOSURE_VALUE, &Controls::get_ev, nullptr},
    {T31_CONTROL_TOTAL_GAIN, &Controls::get_total_gain, nullptr},
    {T31_CONTROL_MAX_AGAIN, &Controls::get_limit, &Controls::set_limit},
    {T31_CONTROL_MAX_DGAIN, &Controls::get_limit, &Controls::set_limit},
    {T31_CONTROL_HIGHLIGHT_DEPRESS, &Controls::get_scene, &Controls::set_scene},
    {T31_CONTROL_GAMMA, &Controls::get_gamma, &Controls::set_gamma},
    {T31_CONTROL_AE_WEIGHTS, &Controls::get_weights, &Controls::set_weights},
    {T31_CONTROL_AE_BINS, &Controls::get_ae_bins, &Controls::set_ae_bins},
    {T31_CONTROL_AE_MINIMA, &Controls::get_minima, &Controls::set_minima},
    {T31_CONTROL_AE_ZONES, &Controls::get_ae_zones, nullptr},
    {T31_CONTROL_AE_HISTOGRAM, &Controls::get_ae_histogram, nullptr},
    {T31_CONTROL_AE_MAX_LINES, &Controls::get_limit, &Controls::set_limit},
    {T31_CONTROL_AE_LUMA, &Controls::get_ae_luma, nullptr},
    {T31_CONTROL_AE_FREEZE, &Controls::get_freeze, &Controls::set_freeze},
    {T31_CONTROL_AE, &Controls::get_ae_block, &Controls::set_ae_block},
    {T31_CONTROL_AE_STATE, &Controls::get_ae_state, nullptr},
    {T31_CONTROL_BACKLIGHT, &Controls::get_scene, &Controls::set_scene},
    {T31_CONTROL_AE_TARGETS, &Controls::get_targets, &Controls::set_targets},
    {T31_CONTROL_DEFOG_STRENGTH, &Controls::get_defog, &Controls::set_defog},
    {T31_CONTROL_FOCUS, &Controls::get_focus, &Controls::set_focus},
    {T31_CONTROL_FOCUS_METRIC, &Controls::get_focus_metric, nullptr},
    {T31_CONTROL_FOCUS_WEIGHTS, &Controls::get_weights, &Controls::set_weights},
    {T31_CONTROL_FOCUS_ZONES, &Controls::get_focus_zones, nullptr},
    {T31_CONTROL_SENSOR_ATTRIBUTES, &Controls::get_sensor, nullptr},
    {T31_CONTROL_DPC_STRENGTH, &Controls::get_level, &Controls::set_strength},
    {T31_CONTROL_NOISE_BUFFER, &Controls::get_noise_buffer, nullptr},
    {T31_CONTROL_TEMPER_STRENGTH, &Controls::get_level, &Controls::set_strength},
    {T31_CONTROL_SINTER_STRENGTH, &Controls::get_level, &Controls::set_strength},
    {T31_CONTROL_DRC_STRENGTH, &Controls::get_level, &Controls::set_strength},
    {T31_CONTROL_DRC, &Controls::get_enable, &Controls::set_enable},
    {T31_CONTROL_DEFOG, &Controls::get_enable, &Controls::set_enable},
    {T31_CONTROL_BLACK_LEVEL, &Controls::get_black_level, nullptr},
    {T31_CONTROL_CSC, &Controls::get_csc, &Controls::set_csc},
    {T31_CONTROL_FPS, &Controls::get_fps, &Controls::set_fps},
    {T31_CONTROL_RUNNING_MODE, &Controls::get_running_mode, &Controls::set_running_mode},
    {T31_CONTROL_MODULES, &Controls::get_modules, &Controls::set_modules},
    {T31_CONTROL_FRONT_CROP, &Controls::get_crop, &Controls::set_crop},
    {T31_CONTROL_MASK, &Controls::get_masks, &Controls::set_masks},
    {T31_CONTROL_START_EV, &Controls::get_start_ev, &Controls::set_start_ev},
    {T31_CONTROL_CUSTOM_MODE, &Controls::get_custom_mode, &Controls::set_custom_mode},
    {T31_CONTROL_AUTO_ZOOM, nullptr, &Controls::set_zoom},
    {T31_CONTROL_SCALER_LEVEL, nullptr, &Controls::set_scaler_level},
    {T31_CONTROL_WDR_OUTPUT, &Controls::get_wdr_output, &Controls::set_wdr_output},
    {T31_CONTROL_COLOUR_MATRIX, &Controls::get_matrix, &Controls::set_matrix},
    {T31_CONTROL_FIXED_CONTRAST, &Controls::get_fixed_contrast, &Controls::set_fixed_contrast},
    {T31_CONTROL_ISP_PROCESS, &Controls::get_isp_process, &Controls::set_isp_process},
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
