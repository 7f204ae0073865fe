// SPDX-License-Identifier: GPL-2.0-or-later
// fixture.hpp - a machine per test, under either scheduler.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "driver/port/lock.hpp"
#include "driver/port/port.h"
#include "fake_model.hpp"
#include "t31_host.h"
#include "t31_host_kernel.h"

namespace t31::test {

inline constexpr uint64_t kMs = 1'000'000;

inline t31_host_config config_of(t31_host_scheduler scheduler) {
  t31_host_config config = {};
  config.scheduler = scheduler;
  config.seed = 7;
  return config;
}

// A machine under the deterministic scheduler.
class Deterministic : public testing::Test {
 protected:
  Deterministic() {
    const t31_host_config config = config_of(T31_HOST_DETERMINISTIC);
    EXPECT_EQ(t31_host_reset(&config), 0);
  }
  ~Deterministic() override { t31_host_shutdown(); }
};

// A machine under each scheduler in turn.
class Both : public testing::TestWithParam<t31_host_scheduler> {
 protected:
  Both() {
    const t31_host_config config = config_of(GetParam());
    EXPECT_EQ(t31_host_reset(&config), 0);
  }
  ~Both() override { t31_host_shutdown(); }
};

inline std::string scheduler_name(const testing::TestParamInfo<t31_host_scheduler>& parameter) {
  return parameter.param == T31_HOST_FREE ? "Free" : "Deterministic";
}

#define T31_BOTH_SCHEDULERS(suite)                                                 \
  INSTANTIATE_TEST_SUITE_P(Scheduler, suite,                                       \
                           testing::Values(T31_HOST_DETERMINISTIC, T31_HOST_FREE), \
                           ::t31::test::scheduler_name)

// A client thread running a closure; joined at the end of its scope at the latest.
class Client {
 public:
  Client(const char* name, std::function<void()> body)
      : body_(std::move(body)), thread_(t31_host_thread_start(name, run, this)) {}
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  ~Client() { join(); }

  void join() {
    if (thread_ != nullptr) t31_host_thread_join(thread_);
    thread_ = nullptr;
  }
  t31_host_thread* handle() const { return thread_; }

 private:
  static void run(void* self) { static_cast<Client*>(self)->body_(); }

  std::function<void()> body_;
  t31_host_thread* thread_;
};

// A machine of its own inside a death test's process.
inline void fresh_machine() {
  const t31_host_config config = config_of(T31_HOST_DETERMINISTIC);
  t31_host_reset(&config);
}

}  // namespace t31::test
