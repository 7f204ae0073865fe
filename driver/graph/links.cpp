// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/graph/links.hpp"

namespace t31::graph {
namespace {

constexpr unsigned kConfigurations = 2;
constexpr unsigned kPadsOf[kConfigurations] = {kPads, 1};

}  // namespace

Status Links::setup(int configuration) {
  if (configuration < 0 || configuration >= static_cast<int>(kConfigurations)) {
    return Status::error(T31_EINVAL);
  }
  SpinLock::Guard guard(lock_);
  if (configuration == configuration_) return kOk;
  for (PadState pad : pads_) {
    if (pad == PadState::kStreaming) return Status::error(T31_EPERM);
  }
  for (unsigned i = 0; i < kPads; ++i) {
    pads_[i] = i < kPadsOf[configuration] ? PadState::kLinked : PadState::kFree;
  }
  configuration_ = configuration;
  return kOk;
}

void Links::destroy() {
  SpinLock::Guard guard(lock_);
  for (PadState& pad : pads_) pad = PadState::kFree;
  configuration_ = kNoConfiguration;
}

int Links::configuration() const {
  SpinLock::Guard guard(lock_);
  return configuration_;
}

PadState Links::pad(unsigned index) const {
  SpinLock::Guard guard(lock_);
  return pads_[index];
}

Status Links::start(unsigned index) {
  SpinLock::Guard guard(lock_);
  if (pads_[index] == PadState::kFree) return Status::error(T31_EPIPE);
  if (pads_[index] == PadState::kStreaming) return Status::error(T31_EBUSY);
  pads_[index] = PadState::kStreaming;
  return kOk;
}

void Links::stop(unsigned index) {
  SpinLock::Guard guard(lock_);
  if (pads_[index] == PadState::kStreaming) pads_[index] = PadState::kLinked;
}

}  // namespace t31::graph
