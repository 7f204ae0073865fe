// SPDX-License-Identifier: GPL-2.0-or-later
// all_controls.hpp - a setting for every control that can be set and read (user-abi 3.3).
#pragma once

#include <gtest/gtest.h>

#include <cstring>
#include <functional>
#include <string>
#include <vector>

#include "tests/controls/tuned_camera.hpp"

namespace t31::test {

struct Setting {
  std::string name;
  std::uint32_t id;
  std::vector<std::uint8_t> value;  // four bytes: the value itself unless `pointer`
  bool pointer;
  std::vector<std::uint8_t> expected;  // read-back, when it isn't what was set
  std::size_t measured = 0;            // leading bytes that are the picture's
};

template <typename T>
std::vector<std::uint8_t> bytes_of(const T& value) {
  std::vector<std::uint8_t> bytes(sizeof(T));
  std::memcpy(bytes.data(), &value, sizeof(T));
  return bytes;
}

// Order matters where one control changes another's reading.
inline std::vector<Setting> all_settings() {
  const auto plain = [](const char* name, std::uint32_t id, std::uint32_t value) {
    return Setting{name, id, bytes_of(value), false, {}};
  };
  const auto block = [](const char* name, std::uint32_t id, const auto& value) {
    return Setting{name, id, bytes_of(value), true, {}};
  };
  t31_weights weights{};
  for (std::uint32_t i = 0; i < T31_ZONES; ++i) weights.zone[i] = static_cast<std::uint8_t>(i % 9);
  t31_weights region = weights;
  std::reverse(std::begin(region.zone), std::end(region.zone));
  struct Gamma {
    std::uint16_t node[129];
  } gamma{};
  for (std::uint32_t i = 0; i < 129; ++i) gamma.node[i] = static_cast<std::uint16_t>(i * 30);
  t31_masks masks{};
  masks.channel[0][1] = {1, 0, 16, 32, 64, 48, 10, 20, 30, 0};
  t31_front_crop crop{1, {}, 8, 16, 1600, 900};
  t31_colour_matrix matrix{1, 1, 0, {1100, 0, 0, 0, 1100, 0, 0, 0, 1100}};
  t31_focus focus{0, 0, 1, 2, 41, 23, 199, 20, 2, 4, 7, 9, 3, 0};
  t31_csc csc{4, {300, 600, 120, -170, -340, 510, 510, -430, -80}, {2, 126}, {1, 250}, {3, 251}};
  std::vector<Setting> list = {
      plain("brightness", 0x980900, 90),
      plain("contrast", 0x980901, 150),
      plain("saturation", 0x980902, 170),
      plain("sharpness", 0x98091b, 200),
      plain("hue", 0x8000101, 100),
      plain("mirror and flip", 0x80000e4, 3),
      plain("antiflicker", 0x980918, 2),
      plain("AE compensation", 0x8000023, 140),
      plain("max analogue gain", 0x8000028, 100),
      plain("max digital gain", 0x8000029, 40),
      plain("max integration time", 0x8000032, 1000),
      plain("backlight", 0x8000037, 5),
      plain("EV start", 0x80000e6, 1234),
      plain("DPC strength", 0x8000062, 60),
      plain("temper", 0x8000085, 160),
      plain("sinter", 0x8000086, 70),
      plain("DRC strength", 0x80000a2, 180),
      plain("AWB algorithm", 0x800000c, 1),
      plain("AE freeze", 0x8000034, 1),
      block("defog strength", 0x8000039, std::uint8_t{99}),
      block("white balance", 0x8000004, t31_white_balance{1, 300, 500}),
      block("colour temperature", 0x800000d, std::uint32_t{4000}),
      block("RGB coefficients", 0x8000008, t31_rgb_coefficients{1030, 1020, 1010}),
      block("AWB start", 0x800000a, t31_awb_start{260, 250}),
      block("AWB clusters", 0x800000e, t31_awb_clusters{1, 1, 30, {1, 2, 3, 4, 5, 6, 7}}),
      block("AWB trend", 0x800000f, t31_awb_trend{{1030, 1020, 1010, 1000, 1040, 990}}),
      block("AE region", 0x8000024, region),
      block("AE weights", 0x800002d, weights),
      block("AE minima", 0x800002f, t31_ae_minima{10, 1024, 5, 1024}),
      block("AE targets", 0x8000038, t31_ae_targets{{90, 80, 70, 60, 55, 50, 45, 40, 35, 30}}),
      block("gamma", 0x800002b, gamma),
      block("focus", 0x8000042, focus),
      block("focus weights", 0x8000044, weights),
      block("CSC", 0x80000a6, csc),
      block("colour matrix", 0x8000100, matrix),
      block("module control", 0x80000e2, std::uint32_t{0x80003209}),
      block("front crop", 0x80000e3, crop),
      block("masks", 0x80000e5, masks),
      block("fixed contrast", 0x8000102, t31_fixed_contrast{1, {}, 16, 235}),
  };
  list.push_back(block("WDR output", 0x80000ea, std::uint32_t{2}));
  // Read back are the shares of a histogram beside the thresholds that were set.
  list.push_back({"AE histogram", 0x800002e, bytes_of(t31_ae_bins{{20, 60, 120, 200}, {}, 0, 0}),
                  true, bytes_of(std::uint32_t{20u | 60u << 8 | 120u << 16 | 200u << 24})});
  // On top of module control; the word shows it.
  list.push_back(plain("DRC", 0x80000a3, 1));
  list.push_back(plain("defog", 0x80000a4, 1));
  for (Setting& setting : list) {
    if (setting.name == "module control") {
      setting.expected = bytes_of(std::uint32_t{0x80003209 & ~(1u << 7 | 1u << 11)});
    }
    // Two metrics; the number of a frame is the hardware's.
    if (setting.name == "focus") {
      setting.expected.assign(setting.value.begin(), setting.value.begin() + 22);
      setting.measured = 8;
    }
  }
  return list;
}

inline int set(const Session& session, const Setting& setting) {
  if (!setting.pointer) {
    std::uint32_t value = 0;
    std::memcpy(&value, setting.value.data(), 4);
    return session.control_set(setting.id, value);
  }
  auto* memory = static_cast<std::uint8_t*>(t31_host_user_alloc(setting.value.size()));
  std::memcpy(memory, setting.value.data(), setting.value.size());
  const int result = session.control_set(setting.id, t31_host_user_address(memory));
  t31_host_user_free(memory);
  return result;
}

// The bytes that a get gives, as many as were set.
inline std::vector<std::uint8_t> get(const Session& session, const Setting& setting) {
  std::vector<std::uint8_t> bytes(setting.value.size());
  if (!setting.pointer) {
    std::uint32_t value = 0;
    EXPECT_EQ(session.control_get(setting.id, value), 0) << setting.name;
    std::memcpy(bytes.data(), &value, 4);
    return bytes;
  }
  auto* memory = static_cast<std::uint8_t*>(t31_host_user_alloc(bytes.size()));
  std::uint32_t address = t31_host_user_address(memory);
  EXPECT_EQ(session.control_get(setting.id, address), 0) << setting.name;
  std::memcpy(bytes.data(), memory, bytes.size());
  t31_host_user_free(memory);
  return bytes;
}

inline void expect_read_back(const Session& session, const std::vector<Setting>& settings) {
  for (const Setting& setting : settings) {
    std::vector<std::uint8_t> bytes = get(session, setting);
    const std::vector<std::uint8_t>& expected =
        setting.expected.empty() ? setting.value : setting.expected;
    bytes.resize(expected.size());
    std::copy_n(expected.begin(), setting.measured, bytes.begin());
    EXPECT_EQ(bytes, expected) << setting.name;
  }
}

}  // namespace t31::test
