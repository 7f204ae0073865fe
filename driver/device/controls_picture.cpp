// SPDX-License-Identifier: GPL-2.0-or-later
// Controls of the image blocks and of the output stage.
#include "driver/device/controls.hpp"
#include "driver/device/user_memory.hpp"

namespace t31::device {
namespace {

using tuning::Parameter;

constexpr u32 kToneMappingBit = 7;  // of module control
constexpr u32 kDefogBit = 11;
constexpr u32 kLevels = 256;
constexpr u32 kGammaNodes = 129;
constexpr u32 kLargestGammaNode = 4095;

blocks::Level level_of(u32 id) {
  switch (id) {
    case T31_CONTROL_BRIGHTNESS:
      return blocks::Level::kBrightness;
    case T31_CONTROL_CONTRAST:
      return blocks::Level::kContrast;
    case T31_CONTROL_SATURATION:
      return blocks::Level::kSaturation;
    case T31_CONTROL_HUE:
      return blocks::Level::kHue;
    case T31_CONTROL_SINTER_STRENGTH:
      return blocks::Level::kSinter;
    case T31_CONTROL_TEMPER_STRENGTH:
      return blocks::Level::kTemper;
    case T31_CONTROL_DPC_STRENGTH:
      return blocks::Level::kDpc;
    case T31_CONTROL_DRC_STRENGTH:
      return blocks::Level::kDrc;
    case T31_CONTROL_DEFOG_STRENGTH:
      return blocks::Level::kDefog;
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

Status Controls::set_strength(u32 id, u32 value) {
  return value < kLevels ? set_level(id, value) : Status::error(T31_EPERM);
}

// One byte in user memory.
Status Controls::get_defog(u32 id, u32& value) {
  u32 level = 0;
  if (Status status = get_level(id, level); !status.ok()) return status;
  const u8 byte = static_cast<u8>(level);
  return to_user(value, byte);
}

Status Controls::set_defog(u32 id, u32 value) {
  u8 level = 0;
  if (Status status = from_user(level, value); !status.ok()) return status;
  return set_level(id, level);
}

// Local tone mapping and defog: on is not bypassed.
Status Controls::get_enable(u32 id, u32& value) {
  u32 modules = 0;
  camera_.read_blocks([&](const blocks::BlockSet& blocks) { modules = blocks.modules(); });
  const u32 bit = id == T31_CONTROL_DEFOG ? kDefogBit : kToneMappingBit;
  value = (modules >> bit & 1) == 0;
  return kOk;
}

Status Controls::set_enable(u32 id, u32 value) {
  if (value > 1) return Status::error(T31_EPERM);
  return camera_.change_blocks([&](blocks::BlockSet& blocks) {
    blocks.set_module(id == T31_CONTROL_DEFOG ? kDefogBit : kToneMappingBit, value == 0);
    return kOk;
  });
}

Status Controls::get_rgb(u32, u32& value) {
  const auto word = [&](u32 index) {
    return static_cast<u16>(camera_.parameter_word(Parameter::kBcshOffsetrgb, index));
  };
  return to_user(value, t31_rgb_coefficients{word(0), word(1), word(2)});
}

Status Controls::set_rgb(u32, u32 value) {
  t31_rgb_coefficients rgb;
  if (Status status = from_user(rgb, value); !status.ok()) return status;
  ParameterWord words[6];
  u32 count = 0;
  for (const Parameter list : {Parameter::kBcshOffsetrgb, Parameter::kBcshOffsetrgbWdr}) {
    words[count++] = {list, 0, rgb.red};
    words[count++] = {list, 1, rgb.green};
    words[count++] = {list, 2, rgb.blue};
  }
  return camera_.set_parameter_words(words);
}

Status Controls::get_fixed_contrast(u32, u32& value) {
  t31_fixed_contrast contrast{};
  camera_.read_blocks([&](const blocks::BlockSet& blocks) { blocks.fixed_contrast(contrast); });
  return to_user(value, contrast);
}

// The struct of the public header; the vendor's driver reads three bytes and finds no levels in
// them.
Status Controls::set_fixed_contrast(u32, u32 value) {
  t31_fixed_contrast contrast;
  if (Status status = from_user(contrast, value); !status.ok()) return status;
  if (contrast.mode > 1 || contrast.low > contrast.high) return Status::error(T31_EPERM);
  return camera_.change_blocks([&](blocks::BlockSet& blocks) {
    blocks.set_fixed_contrast(contrast);
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
  const Status status = camera_.parameter(Parameter::kGammaRgbLutSaddr,
                                          {reinterpret_cast<u8*>(nodes), sizeof(nodes)});
  return status.ok() ? to_user(value, nodes) : status;
}

Status Controls::set_gamma(u32, u32 value) {
  u16 nodes[kGammaNodes];
  if (Status status = from_user(nodes, value); !status.ok()) return status;
  for (const u16 node : nodes) {
    if (node > kLargestGammaNode) return Status::error(T31_EINVAL);
  }
  for (const Parameter curve : {Parameter::kGammaRgbLutSaddr, Parameter::kGammaRgbLutWdrSaddr}) {
    const Status status = camera_.set_parameter(
        tuning::SetBy::kControl, curve, 0, {reinterpret_cast<const u8*>(nodes), sizeof(nodes)});
    if (!status.ok()) return status;
  }
  return kOk;
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
  return to_user(value, camera_.modules());
}

Status Controls::set_modules(u32, u32 value) {
  u32 modules = 0;
  if (Status status = from_user(modules, value); !status.ok()) return status;
  return camera_.set_modules(modules);
}

Status Controls::get_wdr_output(u32, u32& value) {
  u32 output = 0;
  camera_.read_blocks(
      [&](const blocks::BlockSet& blocks) { output = static_cast<u32>(blocks.wdr_output()); });
  return to_user(value, output);
}

Status Controls::set_wdr_output(u32, u32 value) {
  u32 output = 0;
  if (Status status = from_user(output, value); !status.ok()) return status;
  if (output > static_cast<u32>(blocks::WdrOutput::kShort)) return Status::error(T31_EPERM);
  return camera_.change_blocks([&](blocks::BlockSet& blocks) {
    blocks.set_wdr_output(static_cast<blocks::WdrOutput>(output));
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
