// SPDX-License-Identifier: GPL-2.0-or-later
// Every port call that can fail is made to fail, one at a time, during a whole session: clean
// error, nothing left behind (the host aborts otherwise), and the next session on the same machine
// works.
#include <gtest/gtest.h>

#include <set>

#include "tests/camera/client.hpp"

namespace t31::test {
namespace {

constexpr std::uint32_t kFramesPerSession = 3;

std::string sensor_path() {
  return std::string(T31_BINARY_DIR) + "/sensors/sensor_sc2336_t31.so";
}

void fresh_machine() {
  t31_host_config config{};
  ASSERT_EQ(t31_host_reset(&config), 0);
  char error[200] = "";
  ASSERT_EQ(t31_host_attach_sensor(
                R"({"sensor":"sc2336","scene":{"type":"flat","level":0.18},"noise":false})", error,
                sizeof(error)),
            0)
      << error;
}

// Frames received. Goes on after errors as a careless program would; always closes what it opened.
std::uint32_t careless_session() {
  std::uint32_t received = 0;
  Session session;
  bool fine = session.start() == 0;
  (void)session.set_white_balance(1.5, 1.5);
  (void)session.set_exposure(500, 2.0);
  (void)read_proc("isp-fs");
  (void)read_proc("status");
  {
    Channel channel(0, 1920, 1080, t31_host_rmem_base());
    fine = channel.open() == 0 && fine;
    fine = channel.set_format() == 0 && fine;
    fine = channel.request(2) == 0 && fine;
    fine = channel.queue(0) == 0 && fine;
    fine = channel.queue(1) == 0 && fine;
    fine = channel.stream_on() == 0 && fine;
    Frame frame;
    for (std::uint32_t i = 0; fine && i < kFramesPerSession; ++i) {
      // An injected user copy failure loses one call, not the stream.
      if (channel.dequeue(frame) == 0) {
        ++received;
        fine = channel.queue(frame.index) == 0;
      }
    }
    (void)channel.stream_off();
    (void)write_proc("isp-w02", "snapraw 1");
  }
  (void)session.stop();
  return received;
}

// Driver and sensor loaded, a session, all unloaded. Returns frames received.
std::uint32_t whole_life() {
  std::uint32_t received = 0;
  if (t31_host_load_driver("") != 0) return 0;
  if (t31_host_insmod(sensor_path().c_str(), "") == 0) {
    received = careless_session();
    EXPECT_EQ(t31_host_rmmod(sensor_path().c_str()), 0);
  }
  EXPECT_EQ(t31_host_unload_driver(), 0);
  return received;
}

TEST(Faults, EveryPortCallFailingInTurnLeavesACleanMachineThatWorksAgain) {
  fresh_machine();
  t31_host_fail_nth(0);
  ASSERT_EQ(whole_life(), kFramesPerSession);
  const std::uint64_t calls = t31_host_fallible_calls();
  ASSERT_GT(calls, 80u);  // on a PC more, with its I2C transfers
  std::set<std::string> names;
  std::uint64_t provoked = 0;
  for (std::uint64_t n = 1; n <= calls; ++n) {
    t31_host_fail_nth(n);
    (void)whole_life();
    if (const char* name = t31_host_failed_call()) {
      names.insert(name);
      ++provoked;
    }
    t31_host_fail_nth(0);
    // I2C transfers are many and alike: the session after them is tried for every eighth.
    const bool alike = n % 8 != 0 && t31_host_failed_call() != nullptr;
    if (!alike) {
      ASSERT_EQ(whole_life(), kFramesPerSession) << "after call " << n << " failed";
    }
  }
  EXPECT_EQ(whole_life(), kFramesPerSession);
  EXPECT_GE(provoked, calls * 9 / 10);
  for (const char* expected :
       {"alloc", "dma_alloc", "ioremap", "irq_request", "clk_get", "clk_enable", "node_create",
        "proc_create", "queue_create", "copy_from_user", "copy_to_user"}) {
    bool seen = false;
    for (const std::string& name : names) seen = seen || name.find(expected) != std::string::npos;
    EXPECT_TRUE(seen) << expected << " never failed";
  }
  t31_host_shutdown();
}

}  // namespace
}  // namespace t31::test
