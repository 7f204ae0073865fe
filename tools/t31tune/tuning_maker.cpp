// SPDX-License-Identifier: GPL-2.0-or-later
// tuning_maker.cpp - a tuning file from a calibration: the driver's neutral bank, and on top of it
// what was measured.
#include <algorithm>
#include <cmath>

#include "driver/tuning/neutral.hpp"
#include "model/scene/color_checker.hpp"
#include "t31tune/calibration.hpp"
#include "t31tune/detail_tables.hpp"
#include "t31tune/white_balance_tables.hpp"

namespace t31::tune {
namespace {

using tuning::BankWriter;
using tuning::Parameter;

constexpr unsigned kPipelineBits = 12;
enum : unsigned { kDefectBypass = 4, kShadingBypass = 6, kMatrixBypass = 9 };
enum : unsigned { kRatioWindow = 34 };

void write_black_level(BankWriter& bank, const Calibration& calibration) {
  constexpr struct {
    Site site;
    Parameter one, two;  // one exposure, two exposures
  } kLevels[] = {{kRed, Parameter::kGibDeirmBlcRLinear, Parameter::kGbBlcR},
                 {kGreenRed, Parameter::kGibDeirmBlcGrLinear, Parameter::kGbBlcGr},
                 {kGreenBlue, Parameter::kGibDeirmBlcGbLinear, Parameter::kGbBlcGb},
                 {kBlue, Parameter::kGibDeirmBlcBLinear, Parameter::kGbBlcB}};
  const int shift = static_cast<int>(kPipelineBits - calibration.format.bits);
  for (const auto& [site, one, two] : kLevels) {
    const auto level =
        static_cast<std::uint32_t>(std::lround(std::ldexp(calibration.black[site], shift)));
    bank.fill(one, level);
    bank.fill(two, level);
  }
}

void write_shading(BankWriter& bank, const Calibration& calibration) {
  if (!calibration.shading) return;
  const ShadingMesh mesh =
      make_mesh(*calibration.shading, calibration.format.width, calibration.format.height);
  bank.set(Parameter::kTopBypass, kShadingBypass, 0);
  bank.set(Parameter::kLscLutNum, 0, static_cast<std::uint32_t>(mesh.words.size()));
  bank.set(Parameter::kLscMeshScale, 0, mesh.scale);
  bank.set(Parameter::kLscLutStride, 0, mesh.stride);
  bank.set(Parameter::kLscMeshSize, 0, mesh.cell_width);
  bank.set(Parameter::kLscMeshSize, 1, mesh.cell_height);
  for (const Parameter table :
       {Parameter::kLscALinear, Parameter::kLscTLinear, Parameter::kLscDLinear}) {
    bank.fill(table, 0);
    bank.write(table, mesh.words);
  }
  // Full strength up to a gain of 8; beyond, corners would show more noise than picture.
  constexpr std::uint32_t kStrength[9] = {4096, 4096, 4096, 4096, 3584, 3072, 2560, 2048, 2048};
  bank.write(Parameter::kLscMeshStr, kStrength);
  bank.write(Parameter::kLscMeshStrWdr, kStrength);
}

void write_white_balance(BankWriter& bank, const Calibration& calibration) {
  std::vector<MeasuredLight> lights;
  for (const LightCalibration& light : calibration.lights) lights.push_back(light.light);
  const WhiteBalanceTables tables = make_white_balance(lights);
  for (unsigned i = 0; i < 4; ++i) {
    bank.set(Parameter::kAwbAwbParameter, kRatioWindow + i, tables.window[i]);
  }
  bank.set(Parameter::kAwbLowlightRgTh, 0, tables.window[0]);
  bank.set(Parameter::kAwbLowlightRgTh, 1, tables.window[1]);
  bank.write(Parameter::kAwbStatic, tables.static_gains);
  bank.write(Parameter::kAwbRgPos, tables.red_knots);
  bank.write(Parameter::kAwbBgPos, tables.blue_knots);
  bank.write(Parameter::kAwbRgbgWeight, tables.weights);
  bank.write(Parameter::kAwbRgbgWeightOt, tables.weights);
  bank.write(Parameter::kAwbColorTempMesh, tables.mireds);
  bank.write(Parameter::kAwbLsWLut, tables.nearness);
  for (unsigned i = 0; i < tables.lights.size(); ++i) {
    bank.set(Parameter::kAwbLightSrc, 2 * i, tables.lights[i][0]);
    bank.set(Parameter::kAwbLightSrc, 2 * i + 1, tables.lights[i][1]);
  }
  bank.set(Parameter::kAwbLightSrcNum, 0, static_cast<std::uint32_t>(tables.lights.size()));
  // Zones far from the rest don't count: from 1.5 times the mean squared distance on less and less.
  constexpr std::uint32_t kTrim[3] = {1, 2048, 1536};
  bank.write(Parameter::kAwbDisTw, kTrim);
}

// Noise of a pixel at a quarter of the range, of 4095; measured on neutral 5, it grows with the
// root of light.
double noise_of(const Calibration& calibration) {
  double noise = 0;
  for (const LightCalibration& light : calibration.lights) {
    const double grey = light.reading.camera[model::kNeutralFive][1];
    noise = std::max(noise, 4095 * light.reading.noise * std::sqrt(0.25 / grey));
  }
  return noise;
}

// Pixels far from even neighbours of their colour are defects; how far, noise tells, which grows
// with the root of gain.
void write_defect_pixels(BankWriter& bank, double noise) {
  constexpr std::uint32_t kGainPoints = 9;  // gains 1 to 256
  for (std::uint32_t i = 0; i < kGainPoints; ++i) {
    const double here = noise * std::pow(2, i / 2.0);
    const auto code = [](double value) {
      return static_cast<std::uint32_t>(std::lround(std::min(value, 4095.0)));
    };
    for (const Parameter distance :
         {Parameter::kDpcDM1DthresArray, Parameter::kDpcDM1DthresWdrArray}) {
      bank.set(distance, i, code(64 + 8 * here));
    }
    for (const Parameter evenness :
         {Parameter::kDpcDM1FthresArray, Parameter::kDpcDM1FthresWdrArray}) {
      bank.set(evenness, i, code(32 + 5 * here));
    }
  }
  constexpr std::uint32_t kFirstDetector[3] = {1, 255, 0};
  bank.write(Parameter::kDpcDM1ConParArray, kFirstDetector);
  bank.set(Parameter::kDpcDCorParArray, 0, 16);  // sixteenths: replaced as a whole
  bank.set(Parameter::kTopBypass, kDefectBypass, 0);
}

// The matrix for a temperature: between two measured lights by the reciprocal of it.
std::array<int, 9> matrix_at(const Calibration& calibration, double kelvin) {
  const auto& lights = calibration.lights;  // ascending
  const auto above = std::find_if(lights.begin(), lights.end(), [&](const LightCalibration& light) {
    return light.light.kelvin >= kelvin;
  });
  if (above == lights.begin()) return lights.front().matrix;
  if (above == lights.end()) return lights.back().matrix;
  const LightCalibration& low = *(above - 1);
  const double way = (mired(low.light.kelvin) - mired(kelvin)) /
                     (mired(low.light.kelvin) - mired(above->light.kelvin));
  Matrix mixed;
  for (std::size_t i = 0; i < mixed.size(); ++i) {
    mixed[i] = (low.matrix[i] * (1 - way) + above->matrix[i] * way) / 1024;
  }
  return to_q10(mixed);
}

void write_matrices(BankWriter& bank, const Calibration& calibration) {
  // Where the driver blends between its three matrices (hw-blocks-raw-color 7.2).
  constexpr struct {
    double kelvin;
    Parameter one, two;
  } kSlots[] = {{2850, Parameter::kCcmALinear, Parameter::kCcmAWdr},
                {3800, Parameter::kCcmTLinear, Parameter::kCcmTWdr},
                {5500, Parameter::kCcmDLinear, Parameter::kCcmDWdr}};
  constexpr std::uint32_t kElement = 0x3fff;  // 14 bits, two's complement
  for (const auto& [kelvin, one, two] : kSlots) {
    const std::array<int, 9> matrix = matrix_at(calibration, kelvin);
    for (unsigned i = 0; i < matrix.size(); ++i) {
      bank.set(one, i, static_cast<std::uint32_t>(matrix[i]) & kElement);
      bank.set(two, i, static_cast<std::uint32_t>(matrix[i]) & kElement);
    }
  }
  bank.set(Parameter::kTopBypass, kMatrixBypass, 0);
}

}  // namespace

std::vector<std::uint8_t> make_tuning_file(const Calibration& calibration) {
  std::vector<std::uint8_t> file(tuning::kFileBytes);
  const std::span<std::uint8_t> day =
      std::span(file).subspan(tuning::kDayOffset, tuning::kBankBytes);
  const std::span<std::uint8_t> night =
      std::span(file).subspan(tuning::kNightOffset, tuning::kBankBytes);
  tuning::build_neutral_bank(day, {});
  BankWriter writer(day.data());
  write_black_level(writer, calibration);
  write_shading(writer, calibration);
  write_white_balance(writer, calibration);
  write_matrices(writer, calibration);
  const double noise = noise_of(calibration);
  write_defect_pixels(writer, noise);
  write_sharpening(writer, noise);
  write_spatial_denoise(writer, noise);
  std::copy(day.begin(), day.end(), night.begin());
  tuning::write_header(file);
  return file;
}

}  // namespace t31::tune
