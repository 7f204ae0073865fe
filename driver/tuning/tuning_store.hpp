// SPDX-License-Identifier: GPL-2.0-or-later
// tuning_store.hpp - the tuning file in memory: day and night banks and the active copy
// (tuning-blob 4, 5).
#pragma once

#include "driver/tuning/bank.hpp"
#include "driver/tuning/tuning_file.hpp"

namespace t31::tuning {

// Not locked: the caller's lock guards it. Its functions may sleep.
class TuningStore {
 public:
  TuningStore() = default;
  TuningStore(const TuningStore&) = delete;
  TuningStore& operator=(const TuningStore&) = delete;
  ~TuningStore() { unload(); }

  // Reads and checks the whole file. Whatever is wrong with it, the built-in neutral default then
  // is the day and the night bank; only after kNoMemory there is none (all parameters read 0). Day
  // is active.
  LoadResult load(const char* path);
  void unload();

  // Of the last load().
  LoadResult result() const { return result_; }
  bool from_file() const { return result_ == LoadResult::kLoaded && active_ != nullptr; }

  // The bank in use; stays valid until unload, its contents change with the selection.
  Bank active() const { return Bank(active_); }
  Bank stored(bool night) const;

  // Copies the day or the night bank over the active one.
  void select_night(bool night);
  bool night() const { return night_; }

  // Module parameter isp_memopt: temporal denoise parameters that need the large reference memory
  // are switched off in all banks (tuning-blob 2.2). Can't be undone before the next load.
  void patch_memopt(bool enable);

 private:
  u8* stored_bytes(bool night) const { return file_ + (night ? kNightOffset : kDayOffset); }
  LoadResult read(const char* path);

  u8* file_ = nullptr;    // header, day bank, night bank
  u8* active_ = nullptr;  // one bank
  LoadResult result_ = LoadResult::kMissing;
  bool night_ = false;
};

}  // namespace t31::tuning
