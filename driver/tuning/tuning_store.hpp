// SPDX-License-Identifier: GPL-2.0-or-later
// tuning_store.hpp - the tuning file in memory: stored banks (day, night, custom), what the user
// has set above them, and the one in force (tuning-blob 4, 5).
#pragma once

#include "driver/tuning/live_bank.hpp"
#include "driver/tuning/tuning_file.hpp"
#include "driver/tuning/user_layer.hpp"

namespace t31::tuning {

// A whole tuning file in memory. Reading needs no lock: a file can be loaded while another is in
// use.
class FileImage {
 public:
  FileImage() = default;
  FileImage(const FileImage&) = delete;
  FileImage& operator=(const FileImage&) = delete;
  ~FileImage() { release(); }

  // Reads and checks it. Anything but kLoaded leaves the image empty. May sleep.
  LoadResult read(const char* path);
  // The built-in neutral default; kNoMemory or kLoaded.
  LoadResult make_neutral();
  void release();
  void swap(FileImage& other);

  bool present() const { return bytes_ != nullptr; }
  // Null when not present.
  u8* bank(bool night) const {
    return present() ? bytes_ + (night ? kNightOffset : kDayOffset) : nullptr;
  }

 private:
  bool allocate();
  u8* bytes_ = nullptr;  // header, day bank, night bank
};

// Not locked: the caller's lock guards it. Its functions may sleep.
class TuningStore {
 public:
  TuningStore() = default;
  TuningStore(const TuningStore&) = delete;
  TuningStore& operator=(const TuningStore&) = delete;
  ~TuningStore() { unload(); }

  // Reads and checks the whole file. Whatever is wrong with it, the built-in neutral default then
  // is the day and the night bank; only after kNoMemory there is none (all parameters read 0). The
  // mode stays; there is no custom bank.
  LoadResult load(const char* path);
  // Another file takes the place of the one in use, whose image `file` then holds. What the tuning
  // tool has set is forgotten. `file` is present; load() came before.
  void adopt(FileImage& file);
  // The first bank of a file becomes the custom bank. Anything but kLoaded: there is none.
  LoadResult load_custom(const char* path);
  // The user's layer and the mode are kept for the next load().
  void unload();

  // Of the last load().
  LoadResult result() const { return result_; }
  bool from_file() const { return result_ == LoadResult::kLoaded && in_force_ != nullptr; }

  // The bank in force, with what strengths made of it. Another one after a selection, and another
  // memory.
  Bank active() const { return Bank(in_force_); }
  // Writes what the driver itself changes there; lasts until the next selection or loading.
  LiveBank live() { return LiveBank(in_force_); }
  // The bank in force as loaded, with the user's layer.
  StoredBank stored() const { return {active(), originals_}; }
  bool has_custom() const { return custom_ != nullptr; }

  // Puts a bank in force: the custom one when it is asked for and there, else the day or the night
  // bank.
  void select(bool night, bool custom);
  void select_night(bool night) { select(night, false); }
  bool night() const { return night_; }
  bool custom() const { return custom_on_; }

  // Elements of an array from `first` on, in every bank and for good. -EINVAL, -ENOMEM: as
  // UserLayer::set. Without a file they wait for one.
  Status set_user(SetBy owner, Parameter parameter, u32 first, std::span<const u8> bytes);
  Status set_user_word(Parameter parameter, u32 index, u32 value);
  bool has_user(Parameter parameter) const { return layer_.has(parameter); }
  // What the tool has set goes with the next load().
  void forget_tool() { layer_.forget_tool(); }

  // Module parameter isp_memopt: temporal denoise parameters that need the large reference memory
  // are switched off in all banks (tuning-blob 2.2), now and at each loading. Can't be undone.
  void patch_memopt(bool enable);

 private:
  void finish_bank(u8* bank) const;  // a bank fresh from its file
  // Banks are as stored between the two.
  void withdraw();
  void put_in_force();

  FileImage file_;
  u8* custom_ = nullptr;     // one bank
  u8* in_force_ = nullptr;   // one of the three
  LiveOriginals originals_;  // of in_force_
  UserLayer layer_;
  LoadResult result_ = LoadResult::kMissing;
  bool night_ = false;
  bool custom_on_ = false;
  bool memopt_ = false;
};

}  // namespace t31::tuning
