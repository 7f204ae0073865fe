// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/tuning/neutral.hpp"

#include "driver/base/math.hpp"

namespace t31::tuning {
namespace {

// Bypassed: GB, WDR, defect pixels, raw denoise, lens shading, local tone mapping, colour matrix
// (the identity of BCSH serves), defog, colour map, sharpen, luma and spatial denoise, lens
// distortion. Bits 19 and up as in every published file for linear mode.
constexpr u32 kBypass = 0xb576eaf9;

// 4095 * sRGB(i / 128), rounded (IEC 61966-2-1).
constexpr u16 kSrgbGamma[129] = {
    0,    347,  538,  679,  794,  894,  982,  1062, 1136, 1204, 1268, 1329, 1386, 1441, 1493,
    1543, 1591, 1638, 1683, 1726, 1768, 1809, 1849, 1888, 1926, 1962, 1998, 2034, 2068, 2102,
    2135, 2168, 2199, 2231, 2261, 2292, 2321, 2351, 2379, 2408, 2436, 2463, 2490, 2517, 2543,
    2570, 2595, 2621, 2646, 2670, 2695, 2719, 2743, 2767, 2790, 2813, 2836, 2859, 2881, 2903,
    2925, 2947, 2969, 2990, 3011, 3032, 3053, 3074, 3094, 3114, 3134, 3154, 3174, 3194, 3213,
    3232, 3252, 3271, 3289, 3308, 3327, 3345, 3363, 3382, 3400, 3418, 3435, 3453, 3471, 3488,
    3505, 3523, 3540, 3557, 3574, 3590, 3607, 3624, 3640, 3656, 3673, 3689, 3705, 3721, 3737,
    3753, 3769, 3784, 3800, 3815, 3831, 3846, 3861, 3876, 3891, 3906, 3921, 3936, 3951, 3966,
    3980, 3995, 4009, 4024, 4038, 4053, 4067, 4081, 4095};

// Saturation 1.0 and exposure knots of tuning-blob 4.
constexpr u32 kOne = 1024;
constexpr u32 kEvKnots[10] = {60, 200, 800, 2400, 6700, 13500, 27000, 108000, 431000, 2388608};
constexpr u32 kTargets[10] = {60, 55, 50, 45, 45, 40, 40, 35, 35, 30};

// BT.601 full range in Q16 and its inverse: their product comes out as the exact identity in BCSH's
// arithmetic (hw-blocks-raw-color 7.6, steps 3 and 4).
constexpr u32 kRgbToYuv[9] = {19595, 38470, 7471, -11056u, -21712u, 32768, 32768, -27440u, -5328u};
constexpr u32 kYuvToRgb[9] = {65536, 0, 91881, 65536, -22554u, -46802u, 65536, 116130, 0};
constexpr u32 kIdentity[9] = {kOne, 0, 0, 0, kOne, 0, 0, 0, kOne};

struct Fill {
  Parameter parameter;
  u32 value;
};

// Arrays that hold one value throughout.
constexpr Fill kFills[] = {
    {Parameter::kAeZoneWeight, 1},
    {Parameter::kAeSceneRoiWeight, 1},
    {Parameter::kAeSceneRouiWeight, 1},
    {Parameter::kAeWmQ, 45},
    {Parameter::kAeExtraAtList, 128},  // /128
    {Parameter::kAeExtraAtListWdr, 128},
    {Parameter::kAwbRgbgWeight, 256},
    {Parameter::kAwbRgbgWeightOt, 256},
    {Parameter::kAwbWght, 1},
    {Parameter::kAwbLsWLut, 256},
    {Parameter::kAfWeight, 1},
    {Parameter::kAwbColorTempMesh, 200},  // mired: 5000 K
    {Parameter::kGibRGLinear, kOne},
    {Parameter::kGibBIrLinear, kOne},
    {Parameter::kLscALinear, 0x800800},  // two nodes of gain 1.0 at scale 0
    {Parameter::kLscTLinear, 0x800800},
    {Parameter::kLscDLinear, 0x800800},
    {Parameter::kLscMeshStr, 4096},
    {Parameter::kLscMeshStrWdr, 4096},
    {Parameter::kCcmSatList, 256},
    {Parameter::kCcmSatListWdr, 256},
    {Parameter::kBcshSminlists, kOne},
    {Parameter::kBcshSmaxlists, kOne},
    {Parameter::kBcshSminlistm, kOne},
    {Parameter::kBcshSmaxlistm, kOne},
    {Parameter::kBcshSminlistsWdr, kOne},
    {Parameter::kBcshSmaxlistsWdr, kOne},
    {Parameter::kBcshSminlistmWdr, kOne},
    {Parameter::kBcshSmaxlistmWdr, kOne},
    {Parameter::kBcshCxh, 900},  // contrast 1.0: (0, 0) to (900, 900)
    {Parameter::kBcshCyh, 900},
    {Parameter::kBcshB, kOne},
    {Parameter::kBcshOffsetrgb, kOne},
    {Parameter::kBcshOffsetrgbWdr, kOne},
    {Parameter::kBcshOffsetyuvy, kOne},
    // Direction decisions as most published files have them.
    {Parameter::kDmscHvThres1Array, 100},
    {Parameter::kDmscHvStrenArray, 300},
    {Parameter::kDmscAaThres1Array, 100},
    {Parameter::kDmscAaStrenArray, 300},
    {Parameter::kDmscHvaaThres1Array, 100},
    {Parameter::kDmscHvaaStrenArray, 300},
    {Parameter::kDmscAliasDirThresArray, 100},
    {Parameter::kDmscAliasThres1Array, 140},
    {Parameter::kDmscAliasThres2Array, 1000},
    {Parameter::kDmscNorAliasThresArray, 255},
    {Parameter::kDmscSpDBrigThresArray, 4095},
    {Parameter::kDmscSpDV2Win5ThresArray, 4095},
    {Parameter::kDmscSpUdBrigThresArray, 4095},
    {Parameter::kDmscSpAliasThresArray, 255},
    {Parameter::kDmscRgbDirThresArray, 100},
};

constexpr Parameter kBlackLevels[] = {
    Parameter::kGibDeirmBlcRLinear, Parameter::kGibDeirmBlcGrLinear,
    Parameter::kGibDeirmBlcGbLinear, Parameter::kGibDeirmBlcBLinear,
    Parameter::kGibDeirmBlcIrLinear};

constexpr Parameter kMatrices[] = {
    Parameter::kCcmALinear,        Parameter::kCcmTLinear,        Parameter::kCcmDLinear,
    Parameter::kCcmAWdr,           Parameter::kCcmTWdr,           Parameter::kCcmDWdr,
    Parameter::kBcshCcmmatrixA,    Parameter::kBcshCcmmatrixT,    Parameter::kBcshCcmmatrixD,
    Parameter::kBcshCcmmatrixAWdr, Parameter::kBcshCcmmatrixTWdr, Parameter::kBcshCcmmatrixDWdr};

template <u32 kCount>
void write(BankWriter& writer, Parameter parameter, const u32 (&values)[kCount]) {
  writer.write(parameter, std::span<const u32>(values));
}

// Statistics grid 15x15 from (1, 1); zone sizes follow from the picture.
constexpr u32 kGrid[4] = {1, 15, 1, 15};

void write_exposure(BankWriter& writer) {
  write(writer, Parameter::kAeParameter, kGrid);
  write(writer, Parameter::kAePointpos, {10, kOne});
  for (const Parameter list :
       {Parameter::kAeEvList, Parameter::kAeEvListWdr, Parameter::kAeCompEvList}) {
    write(writer, list, kEvKnots);
  }
  // The short exposure of two: a sixteenth of the long one.
  for (u32 i = 0; i < 10; ++i) writer.set(Parameter::kAe1EvList, i, max(1u, kEvKnots[i] / 16));
  for (const Parameter list :
       {Parameter::kAeAtList, Parameter::kAeAtListWdr, Parameter::kAeCompAtList}) {
    write(writer, list, kTargets);
  }
  constexpr u32 kThresholdsAt = 34;  // dark, bright, two histogram controls
  constexpr u32 kThresholds[4] = {30, 230, 1, 1};
  for (u32 i = 0; i < 4; ++i)
    writer.set(Parameter::kAeParameter, kThresholdsAt + i, kThresholds[i]);
  // No limit but the sensor's; analogue gain to 64, ISP gain to 4; both exposures.
  constexpr u32 kLimits[16] = {65535, 65536, kOne, 4096, 1, kOne, kOne, kOne,
                               65535, 65536, kOne, 4096, 1, kOne, kOne, kOne};
  write(writer, Parameter::kAeSwitchNightMode, kLimits);
  // Short mean filter, boosts of 4 and 6, events delayed by the usual two frames.
  constexpr u32 kBehaviour[11] = {1, 10, 1, 0, 0, 4, 6, 4, 6, 0, 2};
  write(writer, Parameter::kAeExpParameter, kBehaviour);
  constexpr u32 kSteps[5] = {256, 128, 4, 1024, 512};
  write(writer, Parameter::kAeEvStep, kSteps);
  constexpr u32 kTolerance[4] = {1126, 922, 2, 2};  // +-10 %
  write(writer, Parameter::kAeStableTol, kTolerance);
  constexpr u32 kScale[4] = {0, 128, 128, 128};
  write(writer, Parameter::kAeCompParam, kScale);
  write(writer, Parameter::kAeCompParamWdr, kScale);
  constexpr u32 kStart[6] = {500, kOne, kOne, 100, kOne, kOne};
  write(writer, Parameter::kAeResult, kStart);
  write(writer, Parameter::kAeFlickerT, {50});
}

void write_white_balance(BankWriter& writer, const NeutralOptions& options) {
  write(writer, Parameter::kAwbAwbParameter, kGrid);
  // Grey world: every colour ratio counts (ae-awb-af 1.5), luma 10..240.
  constexpr u32 kThresholdsAt = 34;
  constexpr u32 kThresholds[11] = {1, 0xfff, 1, 0xfff, 256, 0, 256, 0xffff, 10, 240, 1};
  for (u32 i = 0; i < 11; ++i) {
    writer.set(Parameter::kAwbAwbParameter, kThresholdsAt + i, kThresholds[i]);
  }
  write(writer, Parameter::kAwbPixelCntTh, {25});
  write(writer, Parameter::kAwbLowlightRgTh, {1, 0xfff});
  write(writer, Parameter::kAwbPointpos, {10, 0});
  write(writer, Parameter::kAwbCof, {8, 4});
  write(writer, Parameter::kAwbMfPara, {0, 0, 256, 256, 256, 256});
  write(writer, Parameter::kAwbMode, {15, 120, 20000});
  write(writer, Parameter::kAwbCt, {5000});
  write(writer, Parameter::kAwbCtLast, {5000});
  write(writer, Parameter::kAwbStatic, {options.red_gain_q10, options.blue_gain_q10});
  for (u32 i = 0; i < 15; ++i) {
    constexpr u32 kFirst = 116, kStep = 20;  // 116..396: the middle knot is grey
    writer.set(Parameter::kAwbRgPos, i, kFirst + kStep * i);
    writer.set(Parameter::kAwbBgPos, i, kFirst + kStep * i);
  }
  for (const Parameter limits :
       {Parameter::kAwbCtThOtLuxhigh, Parameter::kAwbCtThOtLuxlow, Parameter::kAwbCtThIn}) {
    write(writer, limits, {2000, 1800, 12000, 15000});
  }
}

// Focus: the same grid, from the line on that the engine can begin with. Detail is the difference
// to the next pixel (the first filter of each direction) and to the one after it (the second), both
// directions alike.
void write_focus(BankWriter& writer) {
  constexpr u32 kFocusGrid[4] = {3, 15, 1, 15};
  write(writer, Parameter::kAfZone, kFocusGrid);
  write(writer, Parameter::kAfThEn, {1, 1, 1, 1, 200});  // four filters; highlights from 200 on
  // 11 bits, two's complement; 1.0 is 512 in columns, 256 in rows.
  constexpr u32 kDown = 512, kDownMinus = 2048 - 512, kAcross = 256, kAcrossMinus = 2048 - 256;
  write(writer, Parameter::kAfFir0V, {0, kDownMinus, kDown, 0, 0});
  write(writer, Parameter::kAfFir1V, {kDownMinus, 0, kDown, 0, 0});
  constexpr u32 kNext[10] = {kAcross, kAcross, 0, 0, 0, 0, kAcross, kAcrossMinus, 0, kAcross};
  constexpr u32 kAfterNext[10] = {kAcross, kAcross, 0, kAcrossMinus, 0, 0, kAcross, 0, 0, kAcross};
  write(writer, Parameter::kAfIir0H, kNext);
  write(writer, Parameter::kAfIir1H, kAfterNext);
  constexpr u32 kQ = 6, kHalf = 1 << (kQ - 1);
  write(writer, Parameter::kAfTilt, {kHalf, kHalf, kHalf, kHalf, kQ});
}

void write_raw(BankWriter& writer, const NeutralOptions& options) {
  constexpr u32 kUpperLimit = 4095;
  constexpr u32 kGibConfig[12] = {1, 1, 0, 0, 1, 0, 0, 0, 0, 3, kUpperLimit, kUpperLimit};
  write(writer, Parameter::kGibConfigLine, kGibConfig);
  for (const Parameter level : kBlackLevels) writer.fill(level, options.black_level);
  // A unity mesh needs no geometry of its own: 64-pixel cells cover every size, all words are
  // equal.
  write(writer, Parameter::kLscLutNum, {2046});
  write(writer, Parameter::kLscLutStride, {21});
  write(writer, Parameter::kLscMeshSize, {64, 64});
  write(writer, Parameter::kLscCtPoints, {2986, 3615, 3815, 5058});
  constexpr u32 kDirection[9] = {0, 127, 100, 0, 127, 100, 0, 0, 100};
  write(writer, Parameter::kDmscDirParArray, kDirection);
}

void write_colour(BankWriter& writer) {
  for (const Parameter matrix : kMatrices) write(writer, matrix, kIdentity);
  for (const Parameter list : {Parameter::kCcmEvList, Parameter::kCcmEvListWdr,
                               Parameter::kBcshEvlist, Parameter::kBcshEvlistWdr}) {
    writer.write(list, std::span(kEvKnots).first(9));
  }
  for (u32 i = 0; i < 129; ++i) {
    writer.set(Parameter::kGammaRgbLutSaddr, i, kSrgbGamma[i]);
    writer.set(Parameter::kGammaRgbLutWdrSaddr, i, kSrgbGamma[i]);
  }
  write(writer, Parameter::kCcmDpCfg, {0, 8, 80, 256, 256});
  for (const Parameter off :
       {Parameter::kBcshHdp, Parameter::kBcshHdpWdr, Parameter::kBcshHbp, Parameter::kBcshHbpWdr,
        Parameter::kBcshHlsp, Parameter::kBcshHlspWdr}) {
    write(writer, off, {0, 0, 1});
  }
  // Enabled so that the saturation control acts; equal gains leave nothing to ramp.
  write(writer, Parameter::kBcshSthres, {1, 10, 40});
  write(writer, Parameter::kBcshSthresWdr, {1, 10, 40});
  write(writer, Parameter::kBcshC, {1, 0, 900, 0, 900});
  for (const Parameter clip :
       {Parameter::kBcshClip0, Parameter::kBcshClip1, Parameter::kBcshClip2}) {
    write(writer, clip, {0, 1023, 0, 1023});
  }
  write(writer, Parameter::kBcshMmatrix, kRgbToYuv);
  write(writer, Parameter::kBcshMinvmatrix, kYuvToRgb);
}

// Two exposures: the usual fusion curve, ghosts suppressed from a difference of a quarter on.
void write_fusion(BankWriter& writer, const NeutralOptions& options) {
  for (const Parameter level : {Parameter::kGbBlcR, Parameter::kGbBlcGr, Parameter::kGbBlcGb,
                                Parameter::kGbBlcB, Parameter::kGbBlcIr}) {
    writer.fill(level, options.black_level);
  }
  writer.fill(Parameter::kGbDgainRgbirL, kOne);
  writer.fill(Parameter::kGbDgainRgbirS, kOne);
  write(writer, Parameter::kWdrParaArray, {1, 0, 4095});
  write(writer, Parameter::kWdrWPointWeightXArray, {256, 512, 1024, 1536});
  writer.fill(Parameter::kWdrWPointWeightYArray, 1 << 14);
  write(writer, Parameter::kWdrWPointWeightPowArray, {8, 9, 9});
  writer.fill(Parameter::kWdrContrastTYMuxArray, 4096);
  constexpr u32 kNearestAndGivenThresholds[4] = {1, 0, 0, 2};
  write(writer, Parameter::kComputermodleSoftwareInArray, kNearestAndGivenThresholds);
  writer.set(Parameter::kMotionthrparaSoftwareInArray, 1, 3);
  constexpr u32 kNoise = 150, kLabels = 27;
  for (u32 k = 0; k < kLabels; ++k) {
    const u32 label = k == 0  ? 0
                      : k < 5 ? 32 * k - 1
                      : k < 7 ? 64 * (k - 2) - 1
                              : 128 * (k - 4) - 1;
    writer.set(Parameter::kWdrThrlableArray, k, label);
    for (const Parameter list :
         {Parameter::kMultivaluelowSoftwareInArray, Parameter::kMultivaluehighSoftwareInArray}) {
      writer.set(list, k, kNoise + label / 4);
    }
    writer.set(Parameter::kWdrThrallSoftwareOut, k, kNoise + label / 4);
  }
  for (const Parameter list : {Parameter::kWdrEvList, Parameter::kWdrEvListDeghostList}) {
    writer.write(list, std::span(kEvKnots).first(9));
  }
  writer.fill(Parameter::kWdrWeightBInList, 16 << 12);
  writer.fill(Parameter::kWdrWeightPInList, 8190);
  // However long the short exposure is.
  writer.fill(Parameter::kWdrWeightInListDeghost, 32);
  writer.set(Parameter::kXyPixLowSoftwareInArray, 20, 65535);
  writer.set(Parameter::kXyPixLowSoftwareInArray, 21, 65535);
  // The default fusion curve; no gamma of its own.
  writer.set(Parameter::kWdrToolControlArray, 0, 8);
  writer.set(Parameter::kWdrToolControlArray, 7, 1);
}

}  // namespace

void build_neutral_bank(std::span<u8> bank, const NeutralOptions& options) {
  if (bank.size() != kBankBytes) return;
  for (u8& byte : bank) byte = 0;
  BankWriter writer(bank.data());
  NeutralOptions bounded = options;
  bounded.black_level = min(options.black_level, 4095u);
  bounded.red_gain_q10 = min(options.red_gain_q10, 16383u);
  bounded.blue_gain_q10 = min(options.blue_gain_q10, 16383u);

  for (u32 bit = 0; bit < 32; ++bit) {
    writer.set(Parameter::kTopBypass, bit, (kBypass >> bit) & 1);
  }
  for (const Fill& fill : kFills) writer.fill(fill.parameter, fill.value);
  write_exposure(writer);
  write_white_balance(writer, bounded);
  write_focus(writer);
  write_raw(writer, bounded);
  write_colour(writer);
  write_fusion(writer, bounded);
}

void build_file(std::span<u8> file, const NeutralOptions& options) {
  if (file.size() != kFileBytes) return;
  build_neutral_bank(file.subspan(kDayOffset, kBankBytes), options);
  __builtin_memcpy(file.data() + kNightOffset, file.data() + kDayOffset, kBankBytes);
  write_header(file);
}

}  // namespace t31::tuning
