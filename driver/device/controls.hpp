// SPDX-License-Identifier: GPL-2.0-or-later
// controls.hpp - picture controls by id (user-abi 3.3). One table says which exist; an id that is
// not in it answers -EPERM, as the vendor's driver answers unknown ones.
#pragma once

#include "driver/device/camera.hpp"
#include "uapi/t31/isp_tuning.h"

namespace t31::device {

class Controls {
 public:
  explicit Controls(Camera& camera) : camera_(camera) {}

  // `value` is the value itself or a user address, by control.
  Status set(u32 id, u32 value);
  Status get(u32 id, u32& value);
  // Defog's strength without user memory, for what has none.
  Status set_defog_strength(u32 value) { return set_strength(T31_CONTROL_DEFOG_STRENGTH, value); }
  Status defog_strength(u32& value) { return get_level(T31_CONTROL_DEFOG_STRENGTH, value); }

 private:
  using Set = Status (Controls::*)(u32 id, u32 value);
  using Get = Status (Controls::*)(u32 id, u32& value);
  struct Row {
    u32 id;
    Get get;
    Set set;
  };
  static const Row kRows[];
  static const Row* find(u32 id);

  // controls_picture.cpp
  Status get_level(u32 id, u32& value);
  Status set_level(u32 id, u32 value);
  Status set_strength(u32 id, u32 value);
  Status get_defog(u32 id, u32& value);
  Status set_defog(u32 id, u32 value);
  Status get_enable(u32 id, u32& value);
  Status set_enable(u32 id, u32 value);
  Status get_rgb(u32 id, u32& value);
  Status set_rgb(u32 id, u32 value);
  Status get_fixed_contrast(u32 id, u32& value);
  Status set_fixed_contrast(u32 id, u32 value);
  Status get_flip(u32 id, u32& value);
  Status set_flip(u32 id, u32 value);
  Status get_gamma(u32 id, u32& value);
  Status set_gamma(u32 id, u32 value);
  Status get_csc(u32 id, u32& value);
  Status set_csc(u32 id, u32 value);
  Status get_matrix(u32 id, u32& value);
  Status set_matrix(u32 id, u32 value);
  Status get_modules(u32 id, u32& value);
  Status set_modules(u32 id, u32 value);
  Status get_wdr_output(u32 id, u32& value);
  Status set_wdr_output(u32 id, u32 value);
  Status get_black_level(u32 id, u32& value);
  Status get_crop(u32 id, u32& value);
  Status set_crop(u32 id, u32 value);
  Status get_masks(u32 id, u32& value);
  Status set_masks(u32 id, u32 value);
  Status set_zoom(u32 id, u32 value);
  Status set_scaler_level(u32 id, u32 value);

  // controls_balance.cpp
  Status get_balance(u32 id, u32& value);
  Status set_balance(u32 id, u32 value);
  Status get_balance_in_use(u32 id, u32& value);
  Status get_grey_world(u32 id, u32& value);
  Status get_awb_zones(u32 id, u32& value);
  Status get_awb_start(u32 id, u32& value);
  Status set_awb_start(u32 id, u32 value);
  Status get_awb_algorithm(u32 id, u32& value);
  Status set_awb_algorithm(u32 id, u32 value);
  Status get_kelvin(u32 id, u32& value);
  Status set_kelvin(u32 id, u32 value);
  Status get_clusters(u32 id, u32& value);
  Status set_clusters(u32 id, u32 value);
  Status get_trend(u32 id, u32& value);
  Status set_trend(u32 id, u32 value);

  // controls_exposure.cpp
  Status get_exposure(u32 id, u32& value);
  Status set_exposure(u32 id, u32 value);
  Status get_ev(u32 id, u32& value);
  Status get_total_gain(u32 id, u32& value);
  Status get_ae_bins(u32 id, u32& value);
  Status set_ae_bins(u32 id, u32 value);
  Status get_ae_zones(u32 id, u32& value);
  Status get_ae_histogram(u32 id, u32& value);
  Status get_ae_luma(u32 id, u32& value);
  Status get_ae_state(u32 id, u32& value);
  Status get_ae_block(u32 id, u32& value);
  Status set_ae_block(u32 id, u32 value);
  Status get_sensor(u32 id, u32& value);

  // controls_metering.cpp
  Status get_weights(u32 id, u32& value);
  Status set_weights(u32 id, u32 value);
  Status get_compensation(u32 id, u32& value);
  Status set_compensation(u32 id, u32 value);
  Status get_targets(u32 id, u32& value);
  Status set_targets(u32 id, u32 value);
  Status get_scene(u32 id, u32& value);
  Status set_scene(u32 id, u32 value);
  Status get_antiflicker(u32 id, u32& value);
  Status set_antiflicker(u32 id, u32 value);
  Status get_limit(u32 id, u32& value);
  Status set_limit(u32 id, u32 value);
  Status get_minima(u32 id, u32& value);
  Status set_minima(u32 id, u32 value);
  Status get_freeze(u32 id, u32& value);
  Status set_freeze(u32 id, u32 value);
  Status get_start_ev(u32 id, u32& value);
  Status set_start_ev(u32 id, u32 value);
  Status get_focus(u32 id, u32& value);
  Status set_focus(u32 id, u32 value);
  Status get_focus_metric(u32 id, u32& value);
  Status get_focus_zones(u32 id, u32& value);
  static tuning::Parameter weights_of(u32 id);
  control::AfMeasurement focus_measured() const;
  template <typename Of>
  Status write_weights(tuning::Parameter parameter, const t31_weights& weights, Of of);

  // controls_mode.cpp
  Status get_running_mode(u32 id, u32& value);
  Status set_running_mode(u32 id, u32 value);
  Status get_custom_mode(u32 id, u32& value);
  Status set_custom_mode(u32 id, u32 value);
  Status get_fps(u32 id, u32& value);
  Status set_fps(u32 id, u32 value);
  Status get_isp_process(u32 id, u32& value);
  Status set_isp_process(u32 id, u32 value);
  Status get_noise_buffer(u32 id, u32& value);
  Status wait_frame(u32 id, u32& value);

  Camera& camera_;
};

}  // namespace t31::device
