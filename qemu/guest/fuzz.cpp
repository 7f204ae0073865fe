// SPDX-License-Identifier: GPL-2.0-or-later
// fuzz.cpp - system calls on all of the driver's nodes and proc files in random order, with numbers
// that exist and numbers that don't, and arguments from right to absurd. Nothing is expected of
// their results; the kernel must stay quiet and the camera must work afterwards.
//
// usage: fuzz SECONDS SEED
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <random>
#include <span>

#include "host/device/device.hpp"
#include "t31_host.h"
#include "uapi/t31/framechan.h"
#include "uapi/t31/isp_tuning.h"
#include "uapi/t31/tisp.h"
#include "uapi/t31/tx_isp.h"

namespace {

constexpr std::uint32_t kTxIsp[] = {
    T31_TX_ISP_REGISTER_SENSOR,  T31_TX_ISP_RELEASE_SENSOR,   T31_TX_ISP_ENUM_INPUT,
    T31_TX_ISP_G_INPUT,          T31_TX_ISP_S_INPUT,          T31_TX_ISP_S_INPUT,
    T31_TX_ISP_STREAMON,         T31_TX_ISP_STREAMON,         T31_TX_ISP_STREAMOFF,
    T31_TX_ISP_LINK_SETUP,       T31_TX_ISP_LINK_DESTROY,     T31_TX_ISP_LINK_STREAMON,
    T31_TX_ISP_LINK_STREAMOFF,   T31_TX_ISP_SET_BUF_INFO,     T31_TX_ISP_GET_BUF_INFO,
    T31_TX_ISP_SET_WDR_BUF_INFO, T31_TX_ISP_GET_WDR_BUF_INFO, T31_TX_ISP_WDR_ENABLE,
    T31_TX_ISP_WDR_DISABLE,      T31_TX_ISP_DBG_S_REGISTER,   T31_TX_ISP_DBG_G_REGISTER,
    T31_TX_ISP_SET_BIN_PATH,     T31_TX_ISP_GET_BIN_PATH,     T31_TX_ISP_SET_FRAME_DROP,
    T31_TX_ISP_GET_FRAME_DROP,   T31_TX_ISP_GPIO_INIT,        T31_TX_ISP_GPIO_STATE,
    T31_TX_ISP_AE_ALGO_OPEN,     T31_TX_ISP_AE_ALGO_GET,      T31_TX_ISP_AE_ALGO_SET,
    T31_TX_ISP_AE_ALGO_CLOSE,    T31_TX_ISP_AWB_ALGO_OPEN,    T31_TX_ISP_AWB_ALGO_GET,
    T31_TX_ISP_AWB_ALGO_SET,     T31_TX_ISP_AWB_ALGO_CLOSE,
};
constexpr std::uint32_t kFrameChannel[] = {
    T31_FRAMECHAN_SET_FORMAT, T31_FRAMECHAN_SET_FORMAT_472,  T31_FRAMECHAN_GET_FORMAT,
    T31_FRAMECHAN_REQBUFS,    T31_FRAMECHAN_QUERYBUF,        T31_FRAMECHAN_QBUF,
    T31_FRAMECHAN_DQBUF,      T31_FRAMECHAN_STREAMON,        T31_FRAMECHAN_STREAMOFF,
    T31_FRAMECHAN_SET_BANKS,  T31_FRAMECHAN_WAIT_FRAME_DONE,
};
constexpr std::uint32_t kTuning[] = {T31_ISP_G_CTRL, T31_ISP_S_CTRL, T31_ISP_CTRL, T31_ISP_CTRL};
constexpr std::uint32_t kTool[] = {
    T31_TISP_GET_GROUP, T31_TISP_SET_GROUP, T31_TISP_GET_AE,     T31_TISP_SET_AE,
    T31_TISP_GET_WB,    T31_TISP_SET_WB,    T31_TISP_VERSION,    T31_TISP_LONG_VERSION,
    T31_TISP_GET_ARRAY, T31_TISP_SET_ARRAY, T31_TISP_FIND_ARRAY,
};

struct Target {
  const char* path;
  std::span<const std::uint32_t> commands;
  int descriptor = -1;
};
Target targets[] = {
    {"/dev/tx-isp", kTxIsp},
    {"/dev/isp-m0", kTuning},
    {"/dev/tisp", kTool},
    {"/dev/framechan0", kFrameChannel},
    {"/dev/framechan1", kFrameChannel},
    {"/dev/framechan2", kFrameChannel},
    {"/proc/jz/isp/isp-m0", {}},
    {"/proc/jz/isp/isp-fs", {}},
    {"/proc/jz/isp/isp-w00", {}},
    {"/proc/jz/isp/isp-w01", {}},
    {"/proc/jz/isp/isp-w02", {}},
    {"/proc/jz/isp/status", {}},
    {"/proc/jz/isp/sensor", {}},
    {"/proc/jz/isp/control", {}},
};

class Fuzzer {
 public:
  // The buffer ends where nothing is mapped.
  explicit Fuzzer(std::uint32_t seed) : random_(seed) {
    constexpr std::size_t kGuard = 1 << 16;
    void* area = ::mmap(nullptr, kBytes + kGuard, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (area == MAP_FAILED || ::munmap(static_cast<char*>(area) + kBytes, kGuard) != 0) _exit(1);
    memory_ = {static_cast<std::uint8_t*>(area), kBytes};
  }

  void step() {
    Target& target = targets[below(std::size(targets))];
    const unsigned what = below(100);
    if (target.descriptor < 0) {
      open_node(target);
    } else if (what < 2) {
      ::close(target.descriptor);
      target.descriptor = -1;
    } else if (!target.commands.empty() && what < 90) {
      control(target);
    } else {
      other(target);
    }
  }

  // A session as it should be, so that the calls after it find a running camera.
  void sensible_session() {
    for (Target& target : targets) {
      if (target.descriptor < 0) open_node(target);
    }
    t31_sensor_register sensor{};
    std::strcpy(sensor.name, "sc2336");
    std::strcpy(sensor.i2c.type, "sc2336");
    sensor.cbus_type = 1;
    sensor.i2c.addr = 0x30;
    sensor.rst_gpio = sensor.pwdn_gpio = sensor.power_gpio = 0xffff;
    std::int32_t zero = 0;
    const int isp = targets[0].descriptor;
    ::ioctl(isp, T31_TX_ISP_REGISTER_SENSOR, &sensor);
    ::ioctl(isp, T31_TX_ISP_S_INPUT, &zero);
    ::ioctl(isp, T31_TX_ISP_STREAMON, 0);
    zero = 0;
    ::ioctl(isp, T31_TX_ISP_LINK_SETUP, &zero);
    ::ioctl(isp, T31_TX_ISP_LINK_STREAMON, 0);
    stream(3, 0);
    stream(4, 1);
  }

 private:
  std::uint32_t below(std::size_t limit) { return static_cast<std::uint32_t>(random_() % limit); }

  void open_node(Target& target) {
    const bool node = std::strncmp(target.path, "/dev/", 5) == 0;
    target.descriptor = ::open(
        target.path, (node || below(2) == 0 ? O_RDWR : O_RDONLY) | (below(3) ? 0 : O_NONBLOCK));
    if (target.descriptor < 0) target.descriptor = ::open(target.path, O_RDONLY);
  }

  void stream(unsigned target, unsigned number) {
    const int channel = targets[target].descriptor;
    t31_frame_format format{};
    format.type = T31_BUF_TYPE_VIDEO_CAPTURE;
    format.pix = {number == 0 ? 1920u : 640u,
                  number == 0 ? 1080u : 360u,
                  T31_FOURCC_NV12,
                  0,
                  0,
                  0,
                  T31_COLORSPACE_SRGB,
                  0};
    format.crop.scaler_enable = number != 0;
    format.crop.scaler_width = format.pix.width;
    format.crop.scaler_height = format.pix.height;
    ::ioctl(channel, T31_FRAMECHAN_SET_FORMAT, &format);
    t31_request_buffers request{2, T31_BUF_TYPE_VIDEO_CAPTURE, T31_MEMORY_USERPTR, {}};
    ::ioctl(channel, T31_FRAMECHAN_REQBUFS, &request);
    for (std::uint32_t index = 0; index < 2; ++index) {
      t31_buffer buffer{};
      buffer.index = index;
      buffer.type = T31_BUF_TYPE_VIDEO_CAPTURE;
      buffer.memory = T31_MEMORY_USERPTR;
      buffer.length = format.pix.sizeimage;
      buffer.userptr = t31_host_rmem_base() + (number * 2 + index) * (4u << 20);
      ::ioctl(channel, T31_FRAMECHAN_QBUF, &buffer);
    }
    std::uint32_t type = T31_BUF_TYPE_VIDEO_CAPTURE;
    ::ioctl(channel, T31_FRAMECHAN_STREAMON, &type);
  }

  // Words of all sizes: small, near the numbers of controls, addresses, anything.
  std::uint32_t word() {
    switch (below(8)) {
      case 0:
      case 1:
        return below(4);
      case 2:
        return below(2000);
      case 3:
        return 0x00980900 + below(0x20);
      case 4:
        return 0x08000000 + below(0x180);
      case 5:
        return t31_host_rmem_base() + below(64u << 20);
      case 6:
        return static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(memory_.data())) +
               below(kBytes);
      default:
        return static_cast<std::uint32_t>(random_());
    }
  }

  void fill() {
    std::uint32_t* words = reinterpret_cast<std::uint32_t*>(memory_.data());
    const std::uint32_t count = 1 + below(64);
    for (std::uint32_t i = 0; i < count; ++i) words[i] = word();
    constexpr const char* kTexts[] = {"sc2336", "snapraw 1", "getvb", "brightness 3",
                                      "ch0_pre_dequeue_time 2"};
    if (below(4) == 0)
      std::strcpy(reinterpret_cast<char*>(memory_.data()), kTexts[below(std::size(kTexts))]);
  }

  unsigned long argument() {
    switch (below(10)) {
      case 0:
        return 0;
      case 1:
        return word();
      case 2:
        return 0x80000000ul + below(0x20000000);  // the kernel's
      case 3:                                     // ends in the middle
        return reinterpret_cast<std::uintptr_t>(memory_.data()) + kBytes - below(64);
      default:
        return reinterpret_cast<std::uintptr_t>(memory_.data());
    }
  }

  void control(Target& target) {
    std::uint32_t command = target.commands[below(target.commands.size())];
    if (below(20) == 0) command ^= 1u << below(32);
    fill();
    ::ioctl(target.descriptor, command, argument());
  }

  void other(Target& target) {
    fill();
    void* const buffer = reinterpret_cast<void*>(argument());
    switch (below(5)) {
      case 0:
        (void)!::read(target.descriptor, buffer, below(5000));
        break;
      case 1:
        (void)!::write(target.descriptor, buffer, below(5000));
        break;
      case 2: {
        pollfd waiting{target.descriptor, POLLIN, 0};
        ::poll(&waiting, 1, static_cast<int>(below(10)));
        break;
      }
      case 3:
        ::lseek(target.descriptor, static_cast<off_t>(below(10000)), SEEK_SET);
        break;
      default: {
        void* view =
            ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, target.descriptor, 0);
        if (view != MAP_FAILED) ::munmap(view, 4096);
        break;
      }
    }
  }

  static constexpr std::size_t kBytes = 1 << 16;
  std::mt19937 random_;
  std::span<std::uint8_t> memory_;
};

// Calls that wait for frames end by a signal.
void interrupt_every(long microseconds) {
  struct sigaction action {};
  action.sa_handler = [](int) {};
  sigaction(SIGALRM, &action, nullptr);
  itimerval timer{};
  timer.it_interval.tv_usec = timer.it_value.tv_usec = microseconds;
  setitimer(ITIMER_REAL, &timer, nullptr);
}

constexpr unsigned kCalls = 2000;

// Every other round starts with a running camera.
[[noreturn]] void run_round(std::uint32_t seed, bool sensible) {
  Fuzzer fuzzer(seed);
  interrupt_every(10000);
  if (sensible) fuzzer.sensible_session();
  for (unsigned i = 0; i < kCalls; ++i) fuzzer.step();
  _exit(0);  // open nodes and all
}

}  // namespace

int main(int count, char** words) {
  if (count != 3) {
    std::fprintf(stderr, "usage: fuzz SECONDS SEED\n");
    return 2;
  }
  const std::time_t end = std::time(nullptr) + std::atol(words[1]);
  auto seed = static_cast<std::uint32_t>(std::atol(words[2]));
  std::printf("seed %u\n", seed);
  unsigned rounds = 0;
  unsigned died = 0;
  // A process for every round: what the driver rightly writes where it was told to may end it.
  for (; std::time(nullptr) < end; ++rounds, ++seed) {
    const pid_t child = fork();
    if (child == 0) run_round(seed, rounds % 2 == 0);
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child) return 1;
    if (WIFEXITED(status)) continue;
    ++died;
    std::printf("the round of seed %u ended by signal %d\n", seed, WTERMSIG(status));
  }
  std::printf("%u rounds of %u calls, %u ended early\n", rounds, kCalls, died);
  return 0;
}
