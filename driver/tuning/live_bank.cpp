// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/tuning/live_bank.hpp"

namespace t31::tuning {
namespace {

// Runs are in order and apart, and hold whole words only: arrays of 32-bit elements without gaps.
constexpr bool well_formed() {
  u32 end = 0;
  for (const LiveRun& run : kLiveRuns) {
    if (run.begin() < end || run.last < run.first) return false;
    end = run.begin();
    for (u32 id = static_cast<u32>(run.first); id <= static_cast<u32>(run.last); ++id) {
      const ParameterInfo& info = parameter_info(static_cast<Parameter>(id));
      if (info.element_bytes() != 4 || info.offset != end) return false;
      end += info.count * 4;
    }
  }
  return end <= kBankBytes;
}
static_assert(well_formed());

bool is_live(Parameter parameter) {
  for (const LiveRun& run : kLiveRuns) {
    if (parameter <= run.last) return parameter >= run.first;
  }
  return false;
}

}  // namespace

// ---- LiveOriginals

void LiveOriginals::take(const u8* bank) {
  u32* at = words_;
  for (const LiveRun& run : kLiveRuns) {
    __builtin_memcpy(at, bank + run.begin(), run.end() - run.begin());
    at += run.words();
  }
}

void LiveOriginals::give_back(u8* bank) const {
  const u32* at = words_;
  for (const LiveRun& run : kLiveRuns) {
    __builtin_memcpy(bank + run.begin(), at, run.end() - run.begin());
    at += run.words();
  }
}

const u8* LiveOriginals::find(Parameter parameter) const {
  const u32* at = words_;
  for (const LiveRun& run : kLiveRuns) {
    if (parameter <= run.last) {
      if (parameter < run.first) return nullptr;
      return reinterpret_cast<const u8*>(at) + (parameter_info(parameter).offset - run.begin());
    }
    at += run.words();
  }
  return nullptr;
}

// ---- StoredBank

u32 StoredBank::get(Parameter parameter, u32 index) const {
  const std::span<const u8> array = raw(parameter);
  return array.empty() ? 0 : element_of(array.data(), parameter_info(parameter), index);
}

std::span<const u32> StoredBank::words(Parameter parameter) const {
  const std::span<const u8> array = raw(parameter);
  if (parameter_info(parameter).element_bytes() != sizeof(u32)) return {};
  return {reinterpret_cast<const u32*>(array.data()), array.size() / sizeof(u32)};
}

std::span<const u8> StoredBank::raw(Parameter parameter) const {
  if (!bank_.present()) return {};
  const u8* const original = originals_.find(parameter);
  if (original == nullptr) return bank_.raw(parameter);
  return {original, parameter_bytes(parameter)};
}

// ---- LiveBank

std::span<u32> LiveBank::words(Parameter parameter) const {
  if (bytes_ == nullptr || !is_live(parameter)) return {};
  return BankWriter(bytes_).words(parameter);
}

}  // namespace t31::tuning
