// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/tuning/tuning_store.hpp"

#include "driver/port/port.h"
#include "driver/tuning/neutral.hpp"

namespace t31::tuning {
namespace {

// Typical of the published tuning files (1642..1863 and 1688..2641): an unknown sensor's greens are
// about this much stronger.
constexpr u32 kDefaultRedGainQ10 = 1792;
constexpr u32 kDefaultBlueGainQ10 = 1984;
// 64 of 10 bits in the pipeline's 12: the pedestal of most sensors.
constexpr u32 kDefaultBlackLevel = 64 << 2;

void patch_bank(u8* bytes) {
  BankWriter writer(bytes);
  writer.set(Parameter::kMdnsAssEnableArray, 0, 0);
  writer.set(Parameter::kMdnsStaGroupNumArray, 0, 1);
  writer.set(Parameter::kMdnsBgmEnableArray, 0, 0);
  writer.set(Parameter::kMdnsPsnEnableArray, 0, 0);
  writer.fill(Parameter::kMdnsYConThresArray, 0);
}

}  // namespace

LoadResult TuningStore::read(const char* path) {
  const long size = t31_port_file_size(path);
  if (size == -T31_ENOENT) return LoadResult::kMissing;
  if (size < 0) return LoadResult::kReadError;
  if (size != static_cast<long>(kFileBytes)) return LoadResult::kWrongSize;
  if (t31_port_file_read(path, file_, kFileBytes) != static_cast<long>(kFileBytes)) {
    return LoadResult::kReadError;
  }
  return check_file({file_, kFileBytes});
}

LoadResult TuningStore::load(const char* path) {
  unload();
  file_ = static_cast<u8*>(t31_port_alloc(kFileBytes));
  active_ = static_cast<u8*>(t31_port_alloc(kBankBytes));
  if (file_ == nullptr || active_ == nullptr) {
    unload();
    return result_ = LoadResult::kNoMemory;
  }
  result_ = read(path);
  if (result_ != LoadResult::kLoaded) {
    const NeutralOptions options{.black_level = kDefaultBlackLevel,
                                 .red_gain_q10 = kDefaultRedGainQ10,
                                 .blue_gain_q10 = kDefaultBlueGainQ10};
    build_file({file_, kFileBytes}, options);
  }
  select_night(false);
  return result_;
}

void TuningStore::unload() {
  if (file_ != nullptr) t31_port_free(file_);
  if (active_ != nullptr) t31_port_free(active_);
  file_ = nullptr;
  active_ = nullptr;
  night_ = false;
  result_ = LoadResult::kMissing;
}

Bank TuningStore::stored(bool night) const {
  return file_ == nullptr ? Bank() : Bank(stored_bytes(night));
}

void TuningStore::select_night(bool night) {
  night_ = night;
  if (active_ != nullptr) __builtin_memcpy(active_, stored_bytes(night), kBankBytes);
}

void TuningStore::patch_memopt(bool enable) {
  if (!enable || file_ == nullptr) return;
  patch_bank(stored_bytes(false));
  patch_bank(stored_bytes(true));
  patch_bank(active_);
}

}  // namespace t31::tuning
