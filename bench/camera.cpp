// SPDX-License-Identifier: GPL-2.0-or-later
// The whole virtual camera: frames per second at 1080p with sensor noise, how much of the time is
// the model's pixels, how much the driver (with all that the host does for it inside: port calls,
// register dispatch, system calls) and how much the rest, and what the driver does per frame.
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "t31_model.h"
#include "tests/camera/client.hpp"

namespace {

using namespace t31::test;
using Clock = std::chrono::steady_clock;

constexpr unsigned kWarmUp = 20;
constexpr unsigned kFrames = 200;

struct Result {
  double seconds = 0;
  double pixel_seconds = 0;
  t31_host_statistics before{}, after{};
};

void check(int code, const char* what) {
  if (code == 0) return;
  std::fprintf(stderr, "%s failed: %d\n", what, code);
  std::exit(1);
}

void pass(Channel& channel) {
  Frame frame;
  check(channel.dequeue(frame), "DQBUF");
  check(channel.queue(frame.index), "QBUF");
}

Result run(bool second_channel) {
  Machine machine;
  machine.scene = R"({"type":"colorchecker"})";
  Camera camera(machine);
  Session session;
  check(session.start(), "session");
  Channel main_channel(0, 1920, 1080, t31_host_rmem_base());
  Channel second(1, 640, 360, t31_host_rmem_base() + (8u << 20));
  second.scaled = true;
  check(main_channel.start(3), "channel 0");
  if (second_channel) check(second.start(3), "channel 1");
  const auto frame = [&] {
    pass(main_channel);
    if (second_channel) pass(second);
  };
  for (unsigned i = 0; i < kWarmUp; ++i) frame();
  Result result;
  t31_host_get_statistics(&result.before);
  const std::uint64_t pixels = t31_host_model_counter(T31_MODEL_PIXEL_NANOSECONDS);
  const auto start = Clock::now();
  for (unsigned i = 0; i < kFrames; ++i) frame();
  result.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  result.pixel_seconds =
      static_cast<double>(t31_host_model_counter(T31_MODEL_PIXEL_NANOSECONDS) - pixels) / 1e9;
  t31_host_get_statistics(&result.after);
  check(main_channel.stream_off(), "STREAMOFF");
  if (second_channel) check(second.stream_off(), "STREAMOFF");
  main_channel.close();
  if (second_channel) second.close();
  check(session.stop(), "end of session");
  return result;
}

void print(const char* name, const Result& result) {
  const auto per_frame = [&](std::uint64_t t31_host_statistics::*figure) {
    return static_cast<double>(result.after.*figure - result.before.*figure) / kFrames;
  };
  const double pixels = result.pixel_seconds / result.seconds;
  const double driver =
      static_cast<double>(result.after.driver_nanoseconds - result.before.driver_nanoseconds) /
      1e9 / result.seconds;
  std::printf("%-28s %6.1f frames/s   pixels %5.1f %%   driver %4.2f %%   rest %4.2f %%\n", name,
              kFrames / result.seconds, 100 * pixels, 100 * driver, 100 * (1 - pixels - driver));
  std::printf(
      "  per frame: %.1f interrupts, %.1f register reads, %.1f writes, %.2f allocations, "
      "%.2f copies under a lock\n",
      per_frame(&t31_host_statistics::interrupts), per_frame(&t31_host_statistics::register_reads),
      per_frame(&t31_host_statistics::register_writes),
      per_frame(&t31_host_statistics::allocations),
      per_frame(&t31_host_statistics::user_copies_under_lock));
}

}  // namespace

int main() {
  print("1920x1080 NV12", run(false));
  print("1920x1080 + 640x360 NV12", run(true));
}
