// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/configuration.hpp"

namespace t31::model::pixel {

Configuration decode_configuration(const IspRegisters& registers) {
  constexpr std::uint32_t kFrameSize = 0x0004;
  Configuration c;
  c.width = field(registers[kFrameSize], 16, 16);
  c.height = field(registers[kFrameSize], 0, 16);
  c.filter = decode_filter_array(registers);
  c.black_level = decode_black_level(registers, c.filter);
  c.infrared = decode_infrared_removal(registers, c.filter);
  c.white_balance = decode_white_balance(registers, c.filter);
  c.fusion = decode_fusion(registers, c.filter);
  c.delay = decode_delay_buffer(registers);
  c.defect_pixels = decode_defect_pixels(registers);
  c.raw_denoise = decode_raw_denoise(registers);
  c.lens_shading = decode_lens_shading(registers);
  c.tone_mapping = decode_tone_mapping(registers);
  c.demosaic = decode_demosaic(registers);
  c.colour_matrix = decode_colour_matrix(registers);
  c.gamma = decode_gamma(registers);
  c.defog = decode_defog(registers);
  c.colour_space = decode_colour_space(registers);
  c.colour_map = decode_colour_map(registers);
  c.detail = decode_detail(registers);
  c.colour_control = decode_colour_control(registers);
  c.lens_distortion = decode_lens_distortion(registers);
  c.ae = decode_ae(registers, kFirstExposure);
  c.ae_short = decode_ae(registers, kSecondExposure);
  c.awb = decode_awb(registers);
  c.focus = decode_focus(registers);
  c.tone_meter = decode_tone_meter(registers);
  c.defog_meter = decode_defog_meter(registers);
  for (unsigned i = 0; i < kChannels; ++i) c.channels[i] = decode_channel(registers, i);
  return c;
}

}  // namespace t31::model::pixel
