// SPDX-License-Identifier: GPL-2.0-or-later
// lint_widths.cpp - values that don't fit the register fields they go to, of blocks whose arrays
// are laid into registers as they are: tone mapping, haze removal, fusion, focus
// (hw-blocks-detail-tone 5.2, 6.2, 7.3, ae-awb-af 1.6).
#include <fmt/format.h>

#include <algorithm>

#include "t31tune/lint.hpp"

namespace t31::tune {
namespace {

using P = tuning::Parameter;

// Elements [first, first + count) of an array go to fields of `width` bits.
struct Row {
  P parameter;
  std::uint8_t first, count, width;
};

constexpr Row kTone[] = {{P::kAdrParaArray, 0, 1, 12},
                         {P::kAdrParaArray, 1, 1, 4},
                         {P::kAdrParaArray, 2, 6, 16},
                         {P::kAdrCtcKneepointArray, 0, 17, 16},
                         {P::kAdrMapKneepointArray, 0, 11, 16},
                         {P::kAdrMapKneepointArray, 11, 12, 8},
                         {P::kAdrCocKneepointY1Array, 0, 12, 16},
                         {P::kAdrCocKneepointY2Array, 0, 12, 16},
                         {P::kAdrCocKneepointY3Array, 0, 12, 16},
                         {P::kAdrCocKneepointY4Array, 0, 12, 16},
                         {P::kAdrCocKneepointY5Array, 0, 12, 16},
                         {P::kAdrCocAdjustArray, 0, 10, 16},
                         {P::kAdrCocAdjustArray, 10, 4, 8},
                         {P::kAdrStatBlockHistDiffArray, 0, 4, 16}};

// Only where the bank's own tables are used; else they are made for the size of the picture.
constexpr Row kToneTables[] = {
    {P::kAdrCentreWDisArray, 0, 31, 16}, {P::kAdrWeight20LutArray, 0, 32, 8},
    {P::kAdrWeight02LutArray, 0, 32, 8}, {P::kAdrWeight12LutArray, 0, 32, 8},
    {P::kAdrWeight22LutArray, 0, 32, 8}, {P::kAdrWeight21LutArray, 0, 32, 8}};
constexpr std::uint32_t kToneTablesFromBank = 0;  // element of adr_tool_control_array

constexpr Row kHaze[] = {
    {P::kDefogMainParaArray, 0, 2, 8},      {P::kDefogMainParaArray, 2, 1, 1},
    {P::kDefogMainParaArray, 3, 1, 4},      {P::kDefogMainParaArray, 4, 7, 5},
    {P::kDefogColorControlArray, 0, 5, 8},  {P::kDefogColorControlArray, 5, 5, 6},
    {P::kDefogColorControlArray, 10, 4, 3}, {P::kDefogLcSArray, 0, 4, 3},
    {P::kDefogLcSArray, 4, 3, 5},           {P::kDefogLcSArray, 7, 3, 6},
    {P::kDefogLcVArray, 0, 4, 3},           {P::kDefogLcVArray, 4, 3, 8},
    {P::kDefogLcVArray, 7, 3, 6},           {P::kDefogCcSArray, 0, 2, 3},
    {P::kDefogCcSArray, 2, 3, 5},           {P::kDefogCcSArray, 5, 3, 6},
    {P::kDefogCcVArray, 0, 3, 3},           {P::kDefogCcVArray, 3, 3, 8},
    {P::kDefogCcVArray, 6, 3, 6},           {P::kDefogDarkL1Array, 0, 3, 3},
    {P::kDefogDarkL1Array, 3, 3, 8},        {P::kDefogDarkL1Array, 6, 4, 6},
    {P::kDefogDarkL2Array, 0, 3, 3},        {P::kDefogDarkL2Array, 3, 3, 8},
    {P::kDefogDarkL2Array, 6, 4, 6}};

constexpr Row kHazeTables[] = {
    {P::kDefogCent3WDisArray, 0, 24, 15}, {P::kDefogCent5WDisArray, 0, 31, 15},
    {P::kDefogWeightlut02, 0, 32, 5},     {P::kDefogWeightlut20, 0, 32, 5},
    {P::kDefogWeightlut21, 0, 32, 5},     {P::kDefogWeightlut12, 0, 32, 5},
    {P::kDefogWeightlut22, 0, 32, 5}};
constexpr std::uint32_t kHazeTablesFromBank = 0;  // element of defog_rgbra_list

constexpr Row kFusion[] = {{P::kWdrThrlableArray, 0, 27, 12},
                           {P::kWdrDarklableArray, 0, 12, 8},
                           {P::kWdrDarklablenArray, 0, 12, 3},
                           {P::kWdrDarkweightArray, 0, 12, 5},
                           {P::kWdrWPointWeightXArray, 0, 255, 13},
                           {P::kWdrWPointWeightYArray, 0, 255, 15},
                           {P::kWdrWPointWeightPowArray, 0, 255, 4},
                           {P::kWdrContrastTYMuxArray, 0, 255, 16},
                           {P::kWdrCtClParaArray, 0, 255, 12},
                           {P::kWdrDegostParaArray, 0, 1, 6},
                           {P::kWdrDegostParaArray, 1, 1, 8},
                           {P::kWdrDegostParaArray, 2, 1, 5},
                           {P::kWdrDegostParaArray, 3, 1, 4},
                           {P::kWdrDegostParaArray, 4, 1, 6},
                           {P::kWdrDegostParaArray, 5, 3, 12},
                           {P::kWdrDegostParaArray, 8, 1, 8},
                           {P::kWdrDegostParaArray, 9, 1, 9},
                           {P::kWdrDegostParaArray, 10, 1, 10},
                           {P::kWdrDegostParaArray, 11, 1, 8},
                           {P::kWdrDetailThWArray, 0, 5, 7},
                           {P::kWdrParaArray, 0, 1, 1},
                           {P::kWdrParaArray, 1, 1, 2},
                           {P::kWdrParaArray, 2, 1, 12},
                           {P::kWdrParaArray, 3, 1, 1},
                           {P::kWdrParaArray, 8, 1, 1},
                           {P::kWdrParaArray, 9, 1, 12},
                           {P::kWdrDegostParaArray, 12, 1, 6},
                           {P::kWdrDetailThWArray, 5, 1, 1},
                           {P::kWdrDetailThWArray, 6, 1, 16},
                           {P::kWdrDbgOutArray, 0, 2, 13},
                           {P::kWdrStatParaArray, 1, 6, 12}};

constexpr Row kFocus[] = {
    {P::kAfThEn, 0, 4, 1},        {P::kAfThEn, 4, 1, 8},        {P::kAfThEn, 5, 8, 4},
    {P::kAfZone, 0, 1, 12},       {P::kAfZone, 2, 1, 12},       {P::kAfZone, 34, 1, 4},
    {P::kAfZone, 35, 1, 16},      {P::kAfFir0Ldg, 0, 8, 8},     {P::kAfFir1Ldg, 0, 8, 8},
    {P::kAfIir0Ldg, 0, 8, 8},     {P::kAfIir1Ldg, 0, 8, 8},     {P::kAfFir0V, 0, 5, 16},
    {P::kAfFir1V, 0, 5, 16},      {P::kAfFir0Coring, 0, 4, 16}, {P::kAfFir1Coring, 0, 4, 16},
    {P::kAfIir0Coring, 0, 4, 16}, {P::kAfIir1Coring, 0, 4, 16}};

template <std::size_t kCount>
void lint_rows(const tuning::Bank& bank, const Row (&rows)[kCount], Findings& findings) {
  for (const Row& row : rows) {
    const std::uint32_t size = tuning::parameter_info(row.parameter).count;
    const std::uint32_t end = std::min<std::uint32_t>(size, row.first + row.count);
    for (std::uint32_t i = row.first; i < end; ++i) {
      if (check_width(bank, row.parameter, i, row.width, findings)) break;
    }
  }
}

}  // namespace

bool check_width(const tuning::Bank& bank, P parameter, std::uint32_t index, unsigned width,
                 Findings& findings) {
  const std::uint32_t value = bank.get(parameter, index);
  const std::uint32_t most = (1u << width) - 1;
  if (value <= most) return false;
  findings.warn(parameter, fmt::format("element {} is {}: its field has {} bits and shows {}",
                                       index, value, width, value & most));
  return true;
}

void lint_widths(const tuning::Bank& bank, Findings& findings) {
  if (!bypassed(bank, kBypassTone)) {
    lint_rows(bank, kTone, findings);
    if (bank.get(P::kAdrToolControlArray, kToneTablesFromBank) == 1) {
      lint_rows(bank, kToneTables, findings);
    }
  }
  if (!bypassed(bank, kBypassHaze)) {
    lint_rows(bank, kHaze, findings);
    if (bank.get(P::kDefogRgbraList, kHazeTablesFromBank) == 1) {
      lint_rows(bank, kHazeTables, findings);
    }
  }
  // Fusion is on where the sensor has two exposures, whatever the bank says; focus always.
  lint_rows(bank, kFusion, findings);
  lint_rows(bank, kFocus, findings);
}

}  // namespace t31::tune
