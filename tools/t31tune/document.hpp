// SPDX-License-Identifier: GPL-2.0-or-later
// document.hpp - a tuning file in memory.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "common/catalogue.hpp"
#include "driver/tuning/bank.hpp"
#include "driver/tuning/tuning_file.hpp"

namespace t31::tune {

enum class BankChoice { kDay, kNight };
inline constexpr BankChoice kBanks[] = {BankChoice::kDay, BankChoice::kNight};
const char* bank_name(BankChoice bank);

class Document {
 public:
  // Throws Failure when the file can't be read, or isn't one that the driver would take.
  static Document load(const std::string& path);
  // The same without judging it: whatever has the right size.
  static Document load_unchecked(const std::string& path);
  explicit Document(std::vector<std::uint8_t> bytes) : bytes_(std::move(bytes)) {}

  // What the driver would say of it.
  tuning::LoadResult verdict() const { return tuning::check_file(bytes_); }

  tuning::Bank bank(BankChoice bank) const { return tuning::Bank(bytes_.data() + offset(bank)); }
  tuning::BankWriter writer(BankChoice bank) {
    return tuning::BankWriter(bytes_.data() + offset(bank));
  }
  std::vector<std::int64_t> get(BankChoice bank, const tools::ParameterEntry& parameter) const;
  void set(BankChoice bank, const tools::ParameterEntry& parameter, std::uint32_t index,
           std::int64_t value);

  // With a fresh header. The file is replaced as a whole or not at all. Throws Failure.
  void save(const std::string& path);

 private:
  static std::size_t offset(BankChoice bank) {
    return bank == BankChoice::kDay ? tuning::kDayOffset : tuning::kNightOffset;
  }
  std::vector<std::uint8_t> bytes_;
};

// Replaces a file as a whole or not at all. Throws Failure.
void write_whole_file(const std::string& path, std::span<const std::uint8_t> bytes);

}  // namespace t31::tune
