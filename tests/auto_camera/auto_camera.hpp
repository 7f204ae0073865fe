// SPDX-License-Identifier: GPL-2.0-or-later
// auto_camera.hpp - a streaming camera whose exposure and white balance are watched through the
// tuning node.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>

#include "tests/controls/tuned_camera.hpp"

namespace t31::test {

inline constexpr std::uint64_t kFrameNs = 40000000;

struct EvReport {
  std::uint32_t ev, exposure_us, ev_log2, again, dgain, gain_log2;
};

// A recorded even grey that exposure, gain and the level of light act on: small, so that a frame
// costs a sixteenth of the sensors' that look at scenes. 25 frames a second of 784 lines.
class GreyFilm {
 public:
  // `level`: of a white surface after 392 lines at gain 1.
  explicit GreyFilm(double level)
      : path_(testing::TempDir() + "t31-grey-" + std::to_string(getpid()) + ".raw") {
    constexpr double kBlack = 260, kHighest = 4095;
    const auto code = static_cast<std::uint16_t>(kBlack + level * (kHighest - kBlack));
    const std::vector<std::uint16_t> frame(256 * 720, code);
    std::ofstream(path_, std::ios::binary)
        .write(reinterpret_cast<const char*>(frame.data()),
               static_cast<std::streamsize>(frame.size() * sizeof(frame[0])));
  }
  ~GreyFilm() { std::filesystem::remove(path_); }
  GreyFilm(const GreyFilm&) = delete;
  GreyFilm& operator=(const GreyFilm&) = delete;

  Machine machine(const std::string& lighting = "{}", unsigned latency = 2) const {
    Machine machine;
    machine.sensor = "replay";
    machine.scene.clear();
    machine.extra = R"(,"simulate_gain":true,"raw":{"file":")" + path_ +
                    R"(","width":256,"height":720,"order":"rggb","bits":12,"black":260})" +
                    ",\"latency\":" + std::to_string(latency) + ",\"lighting\":" + lighting;
    return machine;
  }

 private:
  std::string path_;
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

 private:
  Camera camera_;

 public:
  Session session;  // ends before the camera
};

}  // namespace t31::test
