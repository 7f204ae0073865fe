// SPDX-License-Identifier: GPL-2.0-or-later
// bench.cpp - what a frame costs, in executed instructions: a client that waits, dequeues and
// queues as the vendor's library does, and reads the virtual machine's counters (qemu/counter.h).
// Prints lines of a name and a number.
//
// usage: t31_bench FRAMES CHANNELS [TUNING FILE]
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "qemu/counter.h"
#include "tests/camera/client.hpp"

namespace {

using t31::test::Channel;
using t31::test::Session;

constexpr unsigned kWarmUp = 60;  // 3A has settled, temporal filters are full
constexpr std::uint32_t kBuffers = 3;

class Counters {
 public:
  Counters() {
    const int memory = ::open("/dev/rmem", O_RDWR | O_CLOEXEC);
    void* view = ::mmap(nullptr, T31_COUNTER_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, memory,
                        static_cast<off_t>(T31_COUNTER_BASE));
    if (memory < 0 || view == MAP_FAILED) {
      std::perror("t31_bench: /dev/rmem");
      std::exit(1);
    }
    page_ = static_cast<volatile std::uint32_t*>(view);
  }
  std::uint32_t operator[](unsigned offset) const { return page_[offset / 4]; }
  void set(unsigned offset, std::uint32_t value) { page_[offset / 4] = value; }

 private:
  volatile std::uint32_t* page_;
};

struct Samples {
  std::vector<std::uint32_t> values;

  void print(const char* name) {
    std::sort(values.begin(), values.end());
    std::uint64_t sum = 0;
    for (const std::uint32_t value : values) sum += value;
    std::printf("%s %llu\n", name, static_cast<unsigned long long>(sum / values.size()));
    std::printf("%s_median %u\n", name, values[values.size() / 2]);
    std::printf("%s_longest %u\n", name, values.back());
  }
};

std::uint64_t now_us() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1000000 +
         static_cast<std::uint64_t>(now.tv_nsec) / 1000;
}

struct Measured {
  Samples pair, pair_code, wait, latency, latency_us;
};

// One frame of one channel. The counters are read outside of what is counted.
void take(Channel& channel, Counters& counters, Measured* measured) {
  t31_buffer buffer{};
  buffer.type = T31_BUF_TYPE_VIDEO_CAPTURE;
  buffer.memory = T31_MEMORY_USERPTR;
  std::int32_t ready = 0;
  const std::uint32_t start = counters[T31_COUNTER_OWN];
  int result = ::ioctl(channel.descriptor(), T31_FRAMECHAN_WAIT_FRAME_DONE, &ready);
  const std::uint32_t code = counters[T31_COUNTER_CODE];
  const std::uint32_t waited = counters[T31_COUNTER_OWN];
  if (result == 0) result = ::ioctl(channel.descriptor(), T31_FRAMECHAN_DQBUF, &buffer);
  const std::uint32_t dequeued = counters[T31_COUNTER_OWN];
  const std::uint32_t code_dequeued = counters[T31_COUNTER_CODE] - code;
  const std::uint32_t latency = counters[T31_COUNTER_EXECUTED] - counters[T31_COUNTER_LATEST];
  const std::uint64_t time_us = now_us();
  const std::uint64_t stamp_us = buffer.tv_sec * 1000000ull + buffer.tv_usec;
  buffer.length = channel.buffer_bytes();
  const std::uint32_t code_before = counters[T31_COUNTER_CODE];
  const std::uint32_t before = counters[T31_COUNTER_OWN];
  if (result == 0) result = ::ioctl(channel.descriptor(), T31_FRAMECHAN_QBUF, &buffer);
  const std::uint32_t queued = counters[T31_COUNTER_OWN];
  const std::uint32_t code_queued = counters[T31_COUNTER_CODE] - code_before;
  if (result != 0) {
    std::perror("t31_bench: a frame");
    std::exit(1);
  }
  if (measured == nullptr) return;
  measured->wait.values.push_back(waited - start);
  measured->pair.values.push_back(dequeued - waited + (queued - before));
  measured->pair_code.values.push_back(code_dequeued + code_queued);
  measured->latency.values.push_back(latency);
  measured->latency_us.values.push_back(static_cast<std::uint32_t>(time_us - stamp_us));
}

// Where the driver's module lies: "name size users of-whom state address".
void find_module(Counters& counters) {
  std::ifstream modules("/proc/modules");
  for (std::string line; std::getline(modules, line);) {
    std::istringstream words(line);
    std::string name, users, holders, state;
    std::uint32_t bytes = 0;
    std::uint32_t address = 0;
    words >> name >> bytes >> users >> holders >> state >> std::hex >> address;
    if (name != "tx_isp_t31") continue;
    counters.set(T31_COUNTER_CODE_BEGIN, address);
    counters.set(T31_COUNTER_CODE_END, address + bytes);
    return;
  }
  std::fprintf(stderr, "t31_bench: the module isn't loaded\n");
  std::exit(1);
}

using Channels = std::vector<std::unique_ptr<Channel>>;

Channels start(Session& session, unsigned count, const char* tuning) {
  struct Size {
    std::uint32_t width, height, memory;
  };
  constexpr Size kSizes[] = {{1920, 1080, 0}, {640, 360, 12u << 20}};
  Channels channels;
  if (session.start("sc2336", tuning) != 0) std::exit(1);
  for (unsigned i = 0; i < count; ++i) {
    channels.push_back(std::make_unique<Channel>(i, kSizes[i].width, kSizes[i].height,
                                                 t31_host_rmem_base() + kSizes[i].memory));
    channels.back()->scaled = i != 0;
    if (channels.back()->start(kBuffers) != 0) std::exit(1);
  }
  return channels;
}

void measure(Channels& channels, Counters& counters, unsigned frames) {
  Measured measured;
  for (unsigned i = 0; i < kWarmUp; ++i) {
    for (auto& channel : channels) take(*channel, counters, nullptr);
  }
  counters.set(T31_COUNTER_LONGEST, 0);
  const std::uint32_t threads = counters[T31_COUNTER_THREADS];
  const std::uint32_t own = counters[T31_COUNTER_OWN];
  const std::uint32_t lines = counters[T31_COUNTER_LINES];
  const std::uint32_t code = counters[T31_COUNTER_CODE];
  const std::uint32_t times = counters[T31_COUNTER_TIMES];
  for (unsigned i = 0; i < frames; ++i) {
    for (auto& channel : channels) take(*channel, counters, &measured);
  }
  const std::uint32_t all_lines = counters[T31_COUNTER_LINES] - lines;
  const std::uint32_t all_threads = counters[T31_COUNTER_THREADS] - threads;
  const std::uint32_t client = counters[T31_COUNTER_OWN] - own;
  std::printf("frames %u\ninterrupts %u\nclient %u\nothers %u\nlines %u\nlongest %u\n", frames,
              counters[T31_COUNTER_TIMES] - times, client / frames, (all_threads - client) / frames,
              all_lines / frames, counters[T31_COUNTER_LONGEST]);
  std::printf("total %u\ncode %u\n", (all_threads + all_lines) / frames,
              (counters[T31_COUNTER_CODE] - code) / frames);
  measured.pair.print("pair");
  measured.pair_code.print("pair_code");
  measured.wait.print("wait");
  measured.latency.print("latency");
  measured.latency_us.print("latency_us");
}

}  // namespace

int main(int count, char** words) {
  if (count < 3) {
    std::fprintf(stderr, "usage: t31_bench FRAMES CHANNELS [TUNING FILE]\n");
    return 2;
  }
  const auto frames = static_cast<unsigned>(std::atoi(words[1]));
  Session session;
  Channels channels =
      start(session, static_cast<unsigned>(std::atoi(words[2])), count > 3 ? words[3] : "");
  if (frames > 0) {
    Counters counters;
    find_module(counters);
    measure(channels, counters, frames);
  } else {
    std::printf("streaming\n");  // to be looked at from outside
    std::fflush(stdout);
    pause();
  }
  for (auto& channel : channels) {
    channel->stream_off();
    channel->close();
  }
  return session.stop() == 0 ? 0 : 1;
}
