// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/core/isp.hpp"

namespace t31::model {
namespace {

bool in_scaler(std::uint32_t offset) {
  return offset >= Scaler::kFirstRegister && offset < Scaler::kEnd;
}

}  // namespace

Isp::Isp(Environment& environment, bool rewrite_last_address)
    : top_(environment), scaler_(environment, rewrite_last_address), statistics_(environment) {}

std::uint32_t Isp::read(std::uint32_t offset, std::uint32_t line) {
  if (IspTop::owns(offset)) return top_.read(offset);
  if (in_scaler(offset)) return scaler_.read(offset, line);
  if (StatisticsDma::owns(offset)) return statistics_.read(offset);
  return written_[offset];
}

void Isp::write(std::uint32_t offset, std::uint32_t value) {
  if (IspTop::owns(offset)) return top_.write(offset, value);
  if (in_scaler(offset)) return scaler_.write(offset, value);
  if (StatisticsDma::owns(offset)) return;
  written_.word(offset) = value;
  if (offset >= kLookUpRam) latched_.word(offset) = value;
}

void Isp::reset() {
  top_.reset();
  scaler_.reset();
  statistics_.reset();
  written_ = {};
  latched_ = {};
}

void Isp::begin_frame() {
  for (std::uint32_t offset = 0; offset < kLookUpRam; offset += 4)
    latched_.word(offset) = written_[offset];
  const unsigned misfits = scaler_.begin_frame(latched_);
  std::uint32_t bits = kIspFrameStart;
  for (unsigned n = 0; n < kChannels; ++n)
    if (misfits >> n & 1) bits |= isp_channel_misfit(n);
  top_.raise(bits);
}

}  // namespace t31::model
