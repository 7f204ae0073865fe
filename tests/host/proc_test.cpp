// SPDX-License-Identifier: GPL-2.0-or-later
#include <cerrno>
#include <cstring>

#include "fixture.hpp"

namespace t31::test {
namespace {

struct Counter {
  int shows = 0;
  std::string written;
  static void show(void* context, t31_proc_text* text) {
    t31_port_proc_printf(text, "shown: %d times\n", ++static_cast<Counter*>(context)->shows);
  }
  static long write(void* context, const char* text, u32 size) {
    EXPECT_EQ(text[size], '\0');
    static_cast<Counter*>(context)->written = text;
    return static_cast<long>(size);
  }
};

class Proc : public Deterministic {
 protected:
  Counter counter_;
  t31_proc* proc_ = nullptr;
  void create(bool writable) {
    const t31_proc_ops ops = {Counter::show, writable ? Counter::write : nullptr};
    ASSERT_EQ(t31_port_proc_create("status", &ops, &counter_, &proc_), 0);
  }
  ~Proc() override {
    if (proc_ != nullptr) t31_port_proc_destroy(proc_);
  }
};

TEST_F(Proc, TextIsRenderedOnceADescriptorAndReadInPieces) {
  create(false);
  const int descriptor = t31_host_open("/proc/jz/isp/status", 0);
  ASSERT_GE(descriptor, 0);
  EXPECT_EQ(counter_.shows, 0);
  std::string text;
  char piece[5];
  for (long n; (n = t31_host_read(descriptor, piece, sizeof piece)) > 0;) text.append(piece, n);
  EXPECT_EQ(text, "shown: 1 times\n");
  EXPECT_EQ(counter_.shows, 1);
  t31_host_close(descriptor);
  const int again = t31_host_open("/proc/jz/isp/status", 0);
  char all[64] = {};
  EXPECT_EQ(t31_host_read(again, all, sizeof all), 15);
  EXPECT_STREQ(all, "shown: 2 times\n");
  t31_host_close(again);
}

TEST_F(Proc, WriteHandsOverACopyWithATerminator) {
  create(true);
  const int descriptor = t31_host_open("/proc/jz/isp/status", 0);
  EXPECT_EQ(t31_host_write(descriptor, "snapraw 3 garbage", 9), 9);
  EXPECT_EQ(counter_.written, "snapraw 3");
  EXPECT_EQ(t31_host_write(descriptor, "", 0), 0);
  const std::string huge(100000, 'x');
  EXPECT_EQ(t31_host_write(descriptor, huge.data(), huge.size()), -EINVAL);
  t31_host_close(descriptor);
}

TEST_F(Proc, ReadOnlyFileRefusesWrites) {
  create(false);
  const int descriptor = t31_host_open("/proc/jz/isp/status", 0);
  EXPECT_EQ(t31_host_write(descriptor, "x", 1), -EIO);
  EXPECT_EQ(t31_host_ioctl(descriptor, 1, 0), -ENOTTY);
  EXPECT_EQ(t31_host_mmap(descriptor, 1), -ENODEV);
  EXPECT_EQ(t31_host_poll(descriptor, 0), 1);
  t31_host_close(descriptor);
}

TEST_F(Proc, NameIsTakenOnceUntilDestroyed) {
  create(false);
  const t31_proc_ops ops = {Counter::show, nullptr};
  t31_proc* other = nullptr;
  EXPECT_EQ(t31_port_proc_create("status", &ops, &counter_, &other), -T31_EEXIST);
  t31_port_proc_destroy(std::exchange(proc_, nullptr));
  EXPECT_EQ(t31_host_open("/proc/jz/isp/status", 0), -ENOENT);
}

TEST_F(Proc, DescriptorOutlivesItsFile) {
  create(false);
  const int descriptor = t31_host_open("/proc/jz/isp/status", 0);
  char byte = 0;
  EXPECT_EQ(t31_host_read(descriptor, &byte, 1), 1);
  t31_port_proc_destroy(std::exchange(proc_, nullptr));
  EXPECT_EQ(t31_host_read(descriptor, &byte, 1), -ENODEV);
  EXPECT_EQ(t31_host_close(descriptor), 0);
}

TEST(ProcDeath, RemovalUnderAMutexThatReadingTakes) {
  const auto remove = [] {
    fresh_machine();
    static Mutex mutex("state");
    const t31_proc_ops ops = {[](void*, t31_proc_text*) { const Mutex::Guard guard(mutex); },
                              nullptr};
    t31_proc* proc = nullptr;
    t31_port_proc_create("status", &ops, nullptr, &proc);
    const int descriptor = t31_host_open("/proc/jz/isp/status", 0);
    char byte = 0;
    t31_host_read(descriptor, &byte, 1);
    const Mutex::Guard guard(mutex);
    t31_port_proc_destroy(proc);
  };
  EXPECT_DEATH(remove(), "takes 'status' while holding 'state'");
}

TEST_F(Proc, OtherDirectoriesAreForTheKernelStandIns) {
  const t31_proc_ops ops = {Counter::show, nullptr};
  ASSERT_EQ(t31_host_proc_create("jz/sensor/name", &ops, &counter_, &proc_), 0);
  const int descriptor = t31_host_open("/proc/jz/sensor/name", 0);
  EXPECT_GE(descriptor, 0);
  t31_host_close(descriptor);
}

TEST_F(Proc, LongTextsAreWhole) {
  struct Long {
    static void show(void*, t31_proc_text* text) {
      for (int i = 0; i < 5000; ++i) t31_port_proc_printf(text, "%08d %s\n", i, "line");
    }
  };
  const t31_proc_ops ops = {Long::show, nullptr};
  ASSERT_EQ(t31_port_proc_create("long", &ops, nullptr, &proc_), 0);
  const int descriptor = t31_host_open("/proc/jz/isp/long", 0);
  std::string text(100000, '\0');
  EXPECT_EQ(t31_host_read(descriptor, text.data(), text.size()), 5000 * 14);
  EXPECT_EQ(text.substr(4999 * 14, 14), "00004999 line\n");
  t31_host_close(descriptor);
}

}  // namespace
}  // namespace t31::test
