// SPDX-License-Identifier: GPL-2.0-or-later
// live_bank.hpp - the arrays that the driver itself changes in the bank in force: lists that a
// user's strength scales, weights made for the picture's size, reports of the tone blocks. What the
// file says of them is set aside for as long, so that no copy of a whole bank is needed.
#pragma once

#include "driver/tuning/bank.hpp"

namespace t31::tuning {

// Arrays with neighbouring ids, one behind the other.
struct LiveRun {
  Parameter first, last;

  constexpr u32 begin() const { return parameter_info(first).offset; }
  constexpr u32 end() const { return parameter_info(last).offset + parameter_bytes(last); }
  constexpr u32 words() const { return (end() - begin()) / 4; }
};

// In the order of a bank. Nothing else is written there but by the user.
inline constexpr LiveRun kLiveRuns[] = {
    // Sharpening of demosaic
    {Parameter::kDmscUuStrenArray, Parameter::kDmscUuStrenArray},
    {Parameter::kDmscSpDWStrenArray, Parameter::kDmscSpDBStrenArray},
    {Parameter::kDmscSpUdWStrenArray, Parameter::kDmscSpUdBStrenArray},
    // Thresholds of defect pixels
    {Parameter::kDpcDM1FthresArray, Parameter::kDpcDM1DthresArray},
    {Parameter::kDpcDM3FthresArray, Parameter::kDpcDM3DthresArray},
    // Widths and averages of spatial denoise
    {Parameter::kSdnsHS1Array, Parameter::kSdnsHS16Array},
    {Parameter::kSdnsAveThresArray, Parameter::kSdnsAveThresArray},
    {Parameter::kSdnsHS1WdrArray, Parameter::kSdnsHS16WdrArray},
    {Parameter::kSdnsAveThresWdrArray, Parameter::kSdnsAveThresWdrArray},
    // Temporal denoise: its switch, thresholds, weights
    {Parameter::kMdnsYFilterEnArray, Parameter::kMdnsYFilterEnArray},
    {Parameter::kMdnsYSadAveThresArray, Parameter::kMdnsYSadAveThresArray},
    {Parameter::kMdnsYSadAssThresArray, Parameter::kMdnsYSadAssThresArray},
    {Parameter::kMdnsYStaAveThresArray, Parameter::kMdnsYStaAveThresArray},
    {Parameter::kMdnsYStaAssThresArray, Parameter::kMdnsYStaAssThresArray},
    {Parameter::kMdnsYRefWeiBMinArray, Parameter::kMdnsYRefWeiBMinArray},
    {Parameter::kMdnsYSadAveThresWdrArray, Parameter::kMdnsYStaAssThresWdrArray},
    {Parameter::kMdnsYRefWeiBMinWdrArray, Parameter::kMdnsYRefWeiBMinWdrArray},
    // Haze removal: weights, distances, transmission, report
    {Parameter::kDefogWeightlut20, Parameter::kDefogWeightlut21},
    {Parameter::kDefogCent3WDisArray, Parameter::kDefogCent5WDisArray},
    {Parameter::kDefogTrsy0List, Parameter::kDefogTrsy4List},
    {Parameter::kDefogManualCtrl, Parameter::kDefogManualCtrl},
    {Parameter::kDefogTrsy0ListWdr, Parameter::kDefogTrsy4ListWdr},
    // Local tone mapping: weights, distances, reports, least rises
    {Parameter::kAdrWeight20LutArray, Parameter::kAdrWeight21LutArray},
    {Parameter::kAdrCentreWDisArray, Parameter::kAdrCentreWDisArray},
    {Parameter::kAdrSoftLightEndArray, Parameter::kAdrSoftLightEndArray},
    {Parameter::kAdrMapb1List, Parameter::kAdrMapb4List},
    {Parameter::kAdrSoftLightEndWdrArray, Parameter::kAdrSoftLightEndWdrArray},
    {Parameter::kAdrMapb1ListWdr, Parameter::kAdrMapb4ListWdr},
};

constexpr u32 live_words() {
  u32 words = 0;
  for (const LiveRun& run : kLiveRuns) words += run.words();
  return words;
}

// What the file and the user say of those arrays.
class LiveOriginals {
 public:
  // Sets aside what `bank` says.
  void take(const u8* bank);
  void give_back(u8* bank) const;
  // An array, as it lies in a bank; null: it is none of them.
  const u8* find(Parameter parameter) const;
  u8* find(Parameter parameter) {
    return const_cast<u8*>(static_cast<const LiveOriginals*>(this)->find(parameter));
  }

 private:
  u32 words_[live_words()] = {};
};

// Reads the bank in force as the file and the user have it.
class StoredBank {
 public:
  constexpr StoredBank(Bank bank, const LiveOriginals& originals)
      : bank_(bank), originals_(originals) {}

  bool present() const { return bank_.present(); }
  u32 get(Parameter parameter, u32 index = 0) const;
  // A whole array, as Bank's.
  std::span<const u32> words(Parameter parameter) const;
  std::span<const u8> raw(Parameter parameter) const;

 private:
  Bank bank_;
  const LiveOriginals& originals_;
};

// Reads the bank in force and writes those arrays.
class LiveBank {
 public:
  // `bytes` holds kBankBytes, or is null.
  constexpr explicit LiveBank(u8* bytes) : bytes_(bytes) {}
  Bank bank() const { return Bank(bytes_); }

  // A whole array; empty when there is no bank, and for all others.
  std::span<u32> words(Parameter parameter) const;

 private:
  u8* bytes_;
};

}  // namespace t31::tuning
