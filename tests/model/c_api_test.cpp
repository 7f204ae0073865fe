// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include <cstring>
#include <memory>

#include "model/include/t31_model.h"

namespace {

struct Destroy {
  void operator()(t31_model* model) const { t31_model_destroy(model); }
};
using Model = std::unique_ptr<t31_model, Destroy>;

Model create() {
  const t31_model_callbacks callbacks{};
  const t31_model_options options{.threads = 1, .reference_pixels = 0, .rewrite_last_address = 0};
  return Model(t31_model_create(&callbacks, &options));
}

TEST(ModelInterface, FreshModelIsAtTimeZeroWithNothingPending) {
  const Model model = create();
  ASSERT_TRUE(model);
  EXPECT_EQ(t31_model_now(model.get()), 0u);
  EXPECT_EQ(t31_model_next_event(model.get()), UINT64_MAX);
  t31_model_advance(model.get(), 1000);
  EXPECT_EQ(t31_model_now(model.get()), 1000u);
  t31_model_advance(model.get(), 10);
  EXPECT_EQ(t31_model_now(model.get()), 1000u);
}

TEST(ModelInterface, WorksWithoutOptionsAndCallbacks) {
  const Model model(t31_model_create(nullptr, nullptr));
  ASSERT_TRUE(model);
  t31_model_write(model.get(), 0x10000020, 0);
  EXPECT_EQ(t31_model_read(model.get(), 0x13300000), 0x54560031u);
}

TEST(ModelInterface, BusWithoutSensorDoesNotAcknowledge) {
  const Model model = create();
  std::uint8_t byte = 0;
  t31_model_i2c_msg message{0x30, 0, 1, &byte};
  EXPECT_EQ(t31_model_i2c_transfer(model.get(), 0, &message, 1), -6);
  EXPECT_EQ(t31_model_i2c_transfer(model.get(), 0, nullptr, 1), -22);
  EXPECT_EQ(t31_model_i2c_transfer(model.get(), 0, &message, -1), -22);
  EXPECT_EQ(t31_model_i2c_transfer(model.get(), 0, nullptr, 0), 0);
}

TEST(ModelInterface, WrongSensorDescriptionIsRefusedWithAMessage) {
  const Model model = create();
  for (const char* json : {"", "{", "[]", "{\"sensor\":\"nonesuch\"}", "{\"sensor\":7}"}) {
    char error[100] = "";
    EXPECT_EQ(t31_model_attach_sensor(model.get(), 0, json, error, sizeof error), -22) << json;
    EXPECT_NE(error[0], '\0') << json;
  }
  char tiny[4] = "abc";
  EXPECT_EQ(t31_model_attach_sensor(model.get(), 0, "{", tiny, sizeof tiny), -22);
  EXPECT_EQ(std::strlen(tiny), 3u);
  EXPECT_EQ(t31_model_attach_sensor(model.get(), 0, nullptr, nullptr, 0), -22);
}

TEST(ModelInterface, CounterOutOfRangeIsZero) {
  const Model model = create();
  EXPECT_EQ(t31_model_counter(model.get(), T31_MODEL_COUNTERS), 0u);
}

}  // namespace
