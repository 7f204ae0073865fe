// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/core/scaler.hpp"

namespace t31::model {

bool AddressFifo::push(Entry entry) {
  if (entries_.size() >= kDepth) return false;
  entries_.push_back(entry);
  return true;
}

AddressFifo::Entry AddressFifo::pop() {
  if (!entries_.empty()) {
    last_ = entries_.front();
    entries_.pop_front();
  }
  return last_;
}

std::uint32_t AddressFifo::status() const {
  constexpr std::uint32_t kEmpty = 1u << 0, kFull = 1u << 1;
  const auto count = static_cast<std::uint32_t>(entries_.size());
  return (count == 0 ? kEmpty : 0) | (count == kDepth ? kFull : 0) | (count & 7) << 2;
}

bool ScalerChannel::acquire(bool rewrite_last) {
  if (current_) return true;
  if (!luma.empty() && !chroma.empty()) {
    const std::uint32_t luma_address = luma.pop().address;
    current_ = Target{luma_address, chroma.pop().address};
  } else if (rewrite_last) {
    current_ = last_;
  }
  return current_.has_value();
}

void ScalerChannel::complete(std::uint32_t number) {
  done_luma.push({current_->luma, number});
  done_chroma.push({current_->chroma, number});
  last_ = current_;
  current_.reset();
}

}  // namespace t31::model
