// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31tune/document.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "common/errors.hpp"

namespace t31::tune {
namespace {

namespace fs = std::filesystem;
using tools::Failure;

std::vector<std::uint8_t> read_file(const std::string& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) throw Failure(fmt::format("{}: a folder", path));
  std::ifstream stream(path, std::ios::binary);
  if (!stream) throw Failure(fmt::format("{}: {}", path, std::strerror(errno)));
  // A byte more than a tuning file has tells that it is none.
  std::vector<std::uint8_t> bytes(tuning::kFileBytes + 1);
  stream.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  if (stream.bad()) throw Failure(fmt::format("{}: can't be read", path));
  bytes.resize(static_cast<std::size_t>(stream.gcount()));
  return bytes;
}

}  // namespace

const char* bank_name(BankChoice bank) {
  return bank == BankChoice::kDay ? "day" : "night";
}

Document Document::load(const std::string& path) {
  Document document(read_file(path));
  const tuning::LoadResult verdict = document.verdict();
  if (verdict != tuning::LoadResult::kLoaded) {
    throw Failure(fmt::format("{}: {}", path, tuning::load_result_text(verdict)));
  }
  return document;
}

Document Document::load_unchecked(const std::string& path) {
  Document document(read_file(path));
  if (document.bytes_.size() != tuning::kFileBytes) {
    throw Failure(fmt::format(
        "{}: {} ({} bytes)", path, tuning::load_result_text(tuning::LoadResult::kWrongSize),
        document.bytes_.size() > tuning::kFileBytes ? "more"
                                                    : std::to_string(document.bytes_.size())));
  }
  return document;
}

std::vector<std::int64_t> Document::get(BankChoice choice,
                                        const tools::ParameterEntry& parameter) const {
  const tuning::Bank bank = this->bank(choice);
  const auto id = static_cast<tuning::Parameter>(parameter.id);
  std::vector<std::int64_t> values;
  for (std::uint32_t i = 0; i < parameter.count; ++i) {
    values.push_back(parameter.is_signed ? std::int64_t{bank.get_signed(id, i)}
                                         : std::int64_t{bank.get(id, i)});
  }
  return values;
}

void Document::set(BankChoice bank, const tools::ParameterEntry& parameter, std::uint32_t index,
                   std::int64_t value) {
  writer(bank).set(static_cast<tuning::Parameter>(parameter.id), index,
                   static_cast<std::uint32_t>(value));
}

void Document::save(const std::string& path) {
  tuning::write_header(bytes_);
  write_whole_file(path, bytes_);
}

void write_whole_file(const std::string& path, std::span<const std::uint8_t> bytes) {
  const auto fail = [&](int code) {
    return Failure(fmt::format("{}: can't be written: {}", path, std::strerror(code)));
  };
  std::error_code error;
  if (fs::is_directory(path, error)) throw fail(EISDIR);
  // Beside the file, so that it can be renamed; a device or a pipe is written as it is.
  const bool plain = !fs::exists(path, error) || fs::is_regular_file(path, error);
  const std::string target = plain ? fmt::format("{}.{}.part", path, getpid()) : path;
  std::FILE* file = std::fopen(target.c_str(), "wb");
  if (file == nullptr) throw fail(errno);
  const bool written = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  const int code = errno;
  const bool closed = std::fclose(file) == 0;
  if (written && closed && (!plain || std::rename(target.c_str(), path.c_str()) == 0)) return;
  const int reason = written ? errno : code;
  if (plain) std::remove(target.c_str());
  throw fail(reason);
}

}  // namespace t31::tune
