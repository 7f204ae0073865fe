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

LoadResult read_into(const char* path, u8* bytes) {
  const long size = t31_port_file_size(path);
  if (size == -T31_ENOENT) return LoadResult::kMissing;
  if (size < 0) return LoadResult::kReadError;
  if (size != static_cast<long>(kFileBytes)) return LoadResult::kWrongSize;
  if (t31_port_file_read(path, bytes, kFileBytes) != static_cast<long>(kFileBytes)) {
    return LoadResult::kReadError;
  }
  return check_file({bytes, kFileBytes});
}

// Banks lie at multiples of four bytes; a compiler that knows it copies in half of the
// instructions.
void copy_bank(u8* to, const u8* from) {
  __builtin_memcpy(__builtin_assume_aligned(to, 4), __builtin_assume_aligned(from, 4), kBankBytes);
}

u8* allocate_bank() {
  return static_cast<u8*>(t31_port_alloc(kBankBytes));
}

}  // namespace

// ---- FileImage

bool FileImage::allocate() {
  if (bytes_ == nullptr) bytes_ = static_cast<u8*>(t31_port_alloc(kFileBytes));
  return bytes_ != nullptr;
}

void FileImage::release() {
  if (bytes_ != nullptr) t31_port_free(bytes_);
  bytes_ = nullptr;
}

void FileImage::swap(FileImage& other) {
  u8* const mine = bytes_;
  bytes_ = other.bytes_;
  other.bytes_ = mine;
}

LoadResult FileImage::read(const char* path) {
  if (!allocate()) return LoadResult::kNoMemory;
  const LoadResult result = read_into(path, bytes_);
  if (result != LoadResult::kLoaded) release();
  return result;
}

LoadResult FileImage::make_neutral() {
  if (!allocate()) return LoadResult::kNoMemory;
  const NeutralOptions options{.black_level = kDefaultBlackLevel,
                               .red_gain_q10 = kDefaultRedGainQ10,
                               .blue_gain_q10 = kDefaultBlueGainQ10};
  build_file({bytes_, kFileBytes}, options);
  return LoadResult::kLoaded;
}

// ---- TuningStore

LoadResult TuningStore::load(const char* path) {
  unload();
  result_ = file_.read(path);
  if (result_ != LoadResult::kLoaded && result_ != LoadResult::kNoMemory) {
    if (file_.make_neutral() != LoadResult::kLoaded) result_ = LoadResult::kNoMemory;
  }
  if (!file_.present()) return result_;
  for (const bool night : {false, true}) finish_bank(file_.bank(night));
  put_in_force();
  return result_;
}

void TuningStore::adopt(FileImage& file) {
  layer_.forget_tool();
  withdraw();
  file_.swap(file);
  result_ = LoadResult::kLoaded;
  for (const bool night : {false, true}) finish_bank(file_.bank(night));
  put_in_force();
}

LoadResult TuningStore::load_custom(const char* path) {
  FileImage file;
  const LoadResult result = file.read(path);
  if (result != LoadResult::kLoaded) return result;
  if (custom_ == nullptr) custom_ = allocate_bank();
  if (custom_ == nullptr) return LoadResult::kNoMemory;
  if (custom_on_) withdraw();
  copy_bank(custom_, file.bank(false));
  finish_bank(custom_);
  if (custom_on_) put_in_force();
  return LoadResult::kLoaded;
}

void TuningStore::unload() {
  in_force_ = nullptr;
  file_.release();
  if (custom_ != nullptr) t31_port_free(custom_);
  custom_ = nullptr;
  result_ = LoadResult::kMissing;
}

void TuningStore::finish_bank(u8* bank) const {
  if (memopt_) patch_bank(bank);
  layer_.apply(bank);
}

void TuningStore::withdraw() {
  if (in_force_ != nullptr) originals_.give_back(in_force_);
  in_force_ = nullptr;
}

void TuningStore::put_in_force() {
  if (!file_.present()) return;
  in_force_ = custom_on_ && custom_ != nullptr ? custom_ : file_.bank(night_);
  originals_.take(in_force_);
}

void TuningStore::select(bool night, bool custom) {
  withdraw();
  night_ = night;
  custom_on_ = custom;
  put_in_force();
}

Status TuningStore::set_user(SetBy owner, Parameter parameter, u32 first,
                             std::span<const u8> bytes) {
  if (Status status = layer_.set(owner, parameter, first, bytes); !status.ok()) return status;
  const ParameterInfo& info = parameter_info(parameter);
  const auto bank_array = [&](u8* bank) { return bank == nullptr ? nullptr : bank + info.offset; };
  u8* const arrays[] = {bank_array(file_.bank(false)), bank_array(file_.bank(true)),
                        bank_array(custom_), originals_.find(parameter)};
  for (u8* const array : arrays) {
    if (array == nullptr) continue;
    __builtin_memcpy(array + first * info.element_bytes(), bytes.data(), bytes.size());
  }
  return kOk;
}

Status TuningStore::set_user_word(Parameter parameter, u32 index, u32 value) {
  u8 bytes[4];
  for (u32 byte = 0; byte < 4; ++byte) bytes[byte] = static_cast<u8>(value >> (8 * byte));
  return set_user(SetBy::kControl, parameter, index,
                  {bytes, parameter_info(parameter).element_bytes()});
}

void TuningStore::patch_memopt(bool enable) {
  if (!enable) return;
  memopt_ = true;
  withdraw();
  for (u8* const bank : {file_.bank(false), file_.bank(true), custom_}) {
    if (bank != nullptr) finish_bank(bank);
  }
  put_in_force();
}

}  // namespace t31::tuning
