// SPDX-License-Identifier: GPL-2.0-or-later
// Controls of the image blocks and of the output stage.
#include "driver/device/controls.hpp"
#include "driver/device/user_memory.hpp"

namespace t31::device {
namespace {

constexpr u32 kLevels = 256;
constexpr u32 kGammaNodes = 129;

blocks::Level level_of(u32 id) {
  switch (id) {
    case T31_CONTROL_BRIGHTNESS:
      return blocks::Level::kBrightness;
    case T31_CONTROL_CONTRAST:
      return blocks::Level::kContrast;
    case T31_CONTROL_SATURATION:
      return blocks::Level::kSaturation;
    default:
      return blocks::Level::kSharpness;
  }
}

}  // namespace

Status Controls::get_level(u32 id, u32& value) {
  camera_.read_blocks([&](const blocks::BlockSet& blocks) { value = blocks.level(level_of(id)); });
  return kOk;
}

// Only the low eight bits count: the vendor's library puts the gain above them (user-abi 3.3.1).
Status Controls::set_level(u32 id, u32 value) {
  return camera_.change_blocks([&](blocks::BlockSet& blocks) {
    blocks.set_level(level_of(id), static_cast<u8>(value));
    return kOk;
  });
}

Status Controls::get_hue(u32, u32& value) {
  camera_.read_blocks(
      [&](const blocks::BlockSet& blocks) { value = blocks.level(blocks::Level::kHue); });
  return kOk;
}

Status Controls::set_hue(u32, u32 value) {
  if (value >= kLevels) return Status::error(T31_EPERM);
  return camera_.change_blocks([&](blocks::BlockSet& blocks) {
    blocks.set_level(blocks::Level::kHue, static_cast<u8>(value));
    return kOk;
  });
}

Status Controls::get_flip(u32 id, u32& value) {
  const bool mirror = camera_.output().mirrored();
  const bool flip = camera_.output().flipped();
  if (id == T31_CONTROL_HFLIP) value = mirror;
  if (id == T31_CONTROL_VFLIP) value = flip;
  if (id == T31_CONTROL_HVFLIP) value = (mirror ? 1u : 0u) | (flip ? 2u : 0u);
  return kOk;
}

Status Controls::set_flip(u32 id, u32 value) {
  bool mirror = camera_.output().mirrored();
  bool flip = camera_.output().flipped();
  if (id == T31_CONTROL_HFLIP) mirror = value != 0;
  if (id == T31_CONTROL_VFLIP) flip = value != 0;
  if (id == T31_CONTROL_HVFLIP) {
    mirror = (value & 1) != 0;
    flip = (value & 2) != 0;
  }
  return camera_.set_flip(mirror, flip);
}

Status Controls::get_gamma(u32, u32& value) {
  u16 nodes[kGammaNodes];
  camera_.read_blocks(
      [&](const blocks::BlockSet& blocks) { blocks.gamma(std::span<u16, kGammaNodes>(nodes)); });
  return to_user(value, nodes);
}

Status Controls::set_gamma(u32, u32 value) {
  u16 nodes[kGammaNodes];
  if (Status status = from_user(nodes, value); !status.ok()) return status;
  return camera_.change_blocks([&](blocks::BlockSet& blocks) {
    return blocks.set_gamma(std::span<const u16, kGammaNodes>(nodes));
  });
}

Status Controls::get_csc(u32, u32& value) {
  t31_csc csc{};
  camera_.read_blocks([&](const blocks::BlockSet& blocks) { blocks.csc(csc); });
  return to_user(value, csc);
}

Status Controls::set_csc(u32, u32 value) {
  t31_csc csc;
  if (Status status = from_user(csc, value); !status.ok()) return status;
  return camera_.change_blocks([&](blocks::BlockSet& blocks) { return blocks.set_csc(csc); });
}

Status Controls::get_matrix(u32, u32& value) {
  t31_colour_matrix matrix{};
  camera_.read_blocks([&](const blocks::BlockSet& blocks) { blocks.colour_matrix(matrix); });
  return to_user(value, matrix);
}

Status Controls::set_matrix(u32, u32 value) {
  t31_colour_matrix matrix;
  if (Status status = from_user(matrix, value); !status.ok()) return status;
  return camera_.change_blocks(
      [&](blocks::BlockSet& blocks) { return blocks.set_colour_matrix(matrix); });
}

Status Controls::get_modules(u32, u32& value) {
  u32 modules = 0;
  camera_.read_blocks([&](const blocks::BlockSet& blocks) { modules = blocks.modules(); });
  return to_user(value, modules);
}

Status Controls::set_modules(u32, u32 value) {
  u32 modules = 0;
  if (Status status = from_user(modules, value); !status.ok()) return status;
  return camera_.change_blocks([&](blocks::BlockSet& blocks) {
    blocks.set_modules(modules);
    return kOk;
  });
}

Status Controls::get_black_level(u32, u32& value) {
  u32 levels[5] = {};
  camera_.read_blocks([&](const blocks::BlockSet& blocks) { blocks.black_level(levels); });
  return to_user(value, levels);
}

Status Controls::get_crop(u32, u32& value) {
  t31_front_crop crop{};
  camera_.output().front_crop(crop);
  return to_user(value, crop);
}

Status Controls::set_crop(u32, u32 value) {
  t31_front_crop crop;
  if (Status status = from_user(crop, value); !status.ok()) return status;
  return camera_.output().set_front_crop(crop);
}

Status Controls::get_masks(u32, u32& value) {
  t31_masks masks{};
  camera_.output().masks(masks);
  return to_user(value, masks);
}

Status Controls::set_masks(u32, u32 value) {
  t31_masks masks;
  if (Status status = from_user(masks, value); !status.ok()) return status;
  return camera_.output().set_masks(masks);
}

Status Controls::set_zoom(u32, u32 value) {
  t31_auto_zoom zoom;
  if (Status status = from_user(zoom, value); !status.ok()) return status;
  return camera_.output().set_auto_zoom(zoom);
}

Status Controls::set_scaler_level(u32, u32 value) {
  t31_scaler_level level;
  if (Status status = from_user(level, value); !status.ok()) return status;
  return camera_.output().set_scaler_level(level);
}

}  // namespace t31::device
