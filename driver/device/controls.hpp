// SPDX-License-Identifier: GPL-2.0-or-later
// controls.hpp - picture controls by id (user-abi 3.3). One table says which exist; an id that is
// not in it answers -EPERM, as the vendor's driver answers unknown ones.
#pragma once

#include "driver/device/camera.hpp"

namespace t31::device {

class Controls {
 public:
  explicit Controls(Camera& camera) : camera_(camera) {}

  // `value` is the value itself or a user address, by control.
  Status set(u32 id, u32 value);
  Status get(u32 id, u32& value);

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
  Status get_hue(u32 id, u32& value);
  Status set_hue(u32 id, u32 value);
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
  Status get_black_level(u32 id, u32& value);
  Status get_crop(u32 id, u32& value);
  Status set_crop(u32 id, u32 value);
  Status get_masks(u32 id, u32& value);
  Status set_masks(u32 id, u32 value);
  Status set_zoom(u32 id, u32 value);
  Status set_scaler_level(u32 id, u32 value);

  // controls_exposure.cpp
  Status get_balance(u32 id, u32& value);
  Status set_balance(u32 id, u32 value);
  Status get_awb_zones(u32 id, u32& value);
  Status get_exposure(u32 id, u32& value);
  Status set_exposure(u32 id, u32 value);
  Status get_ev(u32 id, u32& value);
  Status get_total_gain(u32 id, u32& value);
  Status get_ae_bins(u32 id, u32& value);
  Status get_ae_zones(u32 id, u32& value);
  Status get_ae_histogram(u32 id, u32& value);
  Status get_ae_luma(u32 id, u32& value);
  Status get_ae_block(u32 id, u32& value);
  Status set_ae_block(u32 id, u32 value);
  Status get_sensor(u32 id, u32& value);
  Status get_fps(u32 id, u32& value);
  Status set_fps(u32 id, u32 value);
  Status wait_frame(u32 id, u32& value);

  Camera& camera_;
};

}  // namespace t31::device
