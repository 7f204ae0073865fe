// SPDX-License-Identifier: GPL-2.0-or-later
#include "sdk/search.hpp"

#include <algorithm>

namespace t31::sdk {
namespace {

constexpr unsigned kMostRegisters = 6;
// Two bytes that are judged together, and then some.
constexpr unsigned kMostTries = 80'000;

// A driver reads a register and gives up, or reads on: one register is found after the other, and
// a tree of values searched from its root.
class Search {
 public:
  Search(const Source& source, Alone& alone, Listener& listener, Chip& chip)
      : source_(source), alone_(alone), listener_(listener), chip_(chip) {
    const auto add = [this](std::uint8_t value) {
      if (std::find(guesses_.begin(), guesses_.end(), value) == guesses_.end()) {
        guesses_.push_back(value);
      }
    };
    for (const std::uint8_t value : identity_bytes(source.file)) add(value);
    likely_ = guesses_.size();
    for (unsigned value = 0; value < 256; ++value) add(static_cast<std::uint8_t>(value));
  }

  Verdict run() {
    if (accepted() || explore(0)) return Verdict::kAccepted;
    if (!complete_ || !reached_) return Verdict::kUnknown;
    chip_.identity = furthest_;
    chip_.refused_at = register_;
    return Verdict::kRefusesAll;
  }

 private:
  bool accepted() {
    if (++tries_ > kMostTries) {
      complete_ = false;
      return false;
    }
    fit(source_, chip_);
    listener_.clear();
    if (alone_.add(source_.name, chip_.address) == T31_SENSOR_OK) return true;
    if (listener_.failures() != 0 && listener_.address_bytes() != chip_.address_bytes &&
        (listener_.address_bytes() == 1 || listener_.address_bytes() == 2)) {
      chip_.address_bytes = listener_.address_bytes();
      return accepted();
    }
    // Nobody at all: the driver may leave its pin at the other level.
    if (listener_.failures() != 0 && listener_.reads().empty() && !chip_.resets_high) {
      chip_.resets_high = true;
      return accepted();
    }
    if (listener_.failures() != 0) complete_ = false;  // refused for another reason
    return false;
  }

  // What was read by the driver that refused last, and isn't part of the identity.
  std::vector<std::uint16_t> unknown() const {
    std::vector<std::uint16_t> news;
    for (const std::uint16_t reg : listener_.reads()) {
      const bool known = std::any_of(chip_.identity.begin(), chip_.identity.end(),
                                     [reg](const auto& entry) { return entry.first == reg; });
      if (!known) news.push_back(reg);
    }
    return news;
  }

  bool explore(unsigned depth) {
    const std::vector<std::uint16_t> news = unknown();
    if (news.empty()) return false;
    if (depth == kMostRegisters) {
      complete_ = false;
      return false;
    }
    if (news.size() > 1 && together(news)) return true;
    return each_value(news.front(), depth);
  }

  // Several registers before the first verdict: the bytes of the source's constants in all ways.
  bool together(const std::vector<std::uint16_t>& registers) {
    constexpr std::size_t kMostGuesses = 12, kMostWays = 4096;
    const std::size_t guesses = std::min(likely_, kMostGuesses);
    std::size_t ways = 1;
    for (std::size_t i = 0; i < registers.size(); ++i) ways *= guesses;
    const std::size_t before = chip_.identity.size();
    for (std::size_t way = 0; way < std::min(ways, kMostWays); ++way) {
      chip_.identity.resize(before);
      std::size_t rest = way;
      for (const std::uint16_t reg : registers) {
        chip_.identity.emplace_back(reg, guesses_[rest % guesses]);
        rest /= guesses;
      }
      if (accepted()) return true;
    }
    chip_.identity.resize(before);
    return false;
  }

  bool each_value(std::uint16_t reg, unsigned depth) {
    if (!reached_ || chip_.identity.size() > furthest_.size()) {
      reached_ = true;
      furthest_ = chip_.identity;
      register_ = reg;
    }
    chip_.identity.emplace_back(reg, 0);
    const std::size_t place = chip_.identity.size() - 1;
    for (const std::uint8_t guess : guesses_) {
      chip_.identity.resize(place + 1);
      chip_.identity[place].second = guess;
      if (accepted() || explore(depth + 1)) return true;
      if (tries_ > kMostTries) break;
    }
    chip_.identity.resize(place);
    return false;
  }

  const Source& source_;
  Alone& alone_;
  Listener& listener_;
  Chip& chip_;
  std::vector<std::uint8_t> guesses_;  // all 256 values, those of the source's constants first
  std::size_t likely_ = 0;             // how many those are
  unsigned tries_ = 0;
  bool complete_ = true;  // nothing was left out
  bool reached_ = false;  // the two below are there
  std::vector<std::pair<std::uint16_t, std::uint8_t>> furthest_;
  std::uint16_t register_ = 0;
};

}  // namespace

Verdict find_identity(const Source& source, Alone& alone, Listener& listener, Chip& chip) {
  return Search(source, alone, listener, chip).run();
}

}  // namespace t31::sdk
