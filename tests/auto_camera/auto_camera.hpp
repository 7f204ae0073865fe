// SPDX-License-Identifier: GPL-2.0-or-later
// auto_camera.hpp - a streaming camera whose exposure and white balance are watched through the
// tuning node.
#pragma once

#include <gtest/gtest.h>

#include <array>

#include "tests/controls/tuned_camera.hpp"

namespace t31::test {

inline constexpr std::uint64_t kFrameNs = 40000000;

struct EvReport {
  std::uint32_t ev, exposure_us, ev_log2, again, dgain, gain_log2;
};

class AutoCamera {
 public:
  // `tuning`: a published file; empty: the driver's own neutral one.
  AutoCamera(const Machine& machine, const std::string& tuning) : camera_(machine) {
    if (!tuning.empty()) {
      TuningFile::published(tuning).write(camera_.root().string() + "/etc/sensor/" +
                                          machine.sensor + "-t31.bin");
    }
  }
  int start() { return session.start(camera_.sensor()); }
  static void frames(unsigned count) { t31_host_sleep_ns(count * kFrameNs); }

  template <typename T>
  T get(std::uint32_t id) const {
    User<T> memory;
    std::uint32_t address = memory.address();
    EXPECT_EQ(session.control_get(id, address), 0) << std::hex << id;
    return *memory;
  }
  template <typename T>
  int set(std::uint32_t id, const T& value) const {
    User<T> memory(value);
    return session.control_set(id, memory.address());
  }
  std::uint32_t value(std::uint32_t id) const {
    std::uint32_t word = 0;
    EXPECT_EQ(session.control_get(id, word), 0) << std::hex << id;
    return word;
  }
  t31_ae_state state() const { return get<t31_ae_state>(T31_CONTROL_AE_STATE); }
  EvReport ev() const { return get<EvReport>(T31_CONTROL_EXPOSURE_VALUE); }
  std::array<std::uint32_t, T31_AE_WORDS> block() const {
    return get<std::array<std::uint32_t, T31_AE_WORDS>>(T31_CONTROL_AE);
  }
  double luma() const { return value(T31_CONTROL_AE_LUMA); }

  Session session;

 private:
  Camera camera_;
};

}  // namespace t31::test
