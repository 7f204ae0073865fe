// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/core/isp.hpp"

namespace t31::model {
namespace {

// Registers [first, end) that wait for their trigger (hw-blocks-raw-color 3.3: the ones that the
// vendor's driver triggers behind a group). Others have triggers in front, which latch nothing
// here.
struct Triggered {
  std::uint32_t first, end, trigger, value;
};
// Temporal denoise: what is on has a trigger of its own but acts with the parameters' too, for the
// vendor's raw capture parks it that way; its buffers (0x7820 ... 0x786c) wait for nothing.
constexpr std::array<Triggered, 9> kTriggered{{{0x2800, 0x2898, 0x2898, 1},
                                               {0x3000, 0x30ac, 0x30ac, 1},
                                               {0x4800, 0x49a8, 0x499c, 1},
                                               {0x7000, 0x7090, 0x7090, 1},
                                               {0x7808, 0x7818, 0x7818, 1},
                                               {0x7808, 0x7818, 0x7804, 0x111},
                                               {0x7870, 0x7af0, 0x7804, 0x111},
                                               {0x8800, 0x8b4c, 0x8b4c, 1},
                                               {0x9000, 0x9044, 0x9044, 3}}};

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
  for (std::size_t i = 0; i < kTriggers; ++i) {
    const Triggered& group = kTriggered[i];
    if (offset == group.trigger && value == group.value) triggered_[i] = true;
  }
  if (offset >= kLookUpRam) latched_.word(offset) = value;
}

void Isp::reset() {
  top_.reset();
  scaler_.reset();
  statistics_.reset();
  written_ = {};
  latched_ = {};
  triggered_ = {};
}

void Isp::latch(std::uint32_t first, std::uint32_t end) {
  for (std::uint32_t offset = first; offset < end; offset += 4) {
    latched_.word(offset) = written_[offset];
  }
}

void Isp::begin_frame() {
  std::uint32_t next = 0;
  for (std::size_t i = 0; i < kTriggers; ++i) {
    const Triggered& group = kTriggered[i];
    latch(next, group.first);
    if (triggered_[i]) latch(group.first, group.end);
    triggered_[i] = false;
    next = group.end;
  }
  latch(next, kLookUpRam);
  const unsigned misfits = scaler_.begin_frame(latched_);
  std::uint32_t bits = kIspFrameStart;
  for (unsigned n = 0; n < kChannels; ++n)
    if (misfits >> n & 1) bits |= isp_channel_misfit(n);
  top_.raise(bits);
}

}  // namespace t31::model
