// SPDX-License-Identifier: GPL-2.0-or-later
// Device nodes as clients see them: open, close, ioctl, read, poll, mmap, signals.
#include <atomic>
#include <cerrno>
#include <cstring>

#include "fixture.hpp"

namespace t31::test {
namespace {

// A node that does what a test tells it.
struct Node {
  t31_node* node = nullptr;
  t31_node_ops ops = {};
  std::atomic<int> opens{0};
  std::atomic<int> releases{0};
  std::function<int()> on_open = [] { return 0; };
  std::function<long(u32, u32, u32)> on_ioctl = [](u32, u32, u32) { return 0L; };
  std::function<long(u32, u32)> on_read = [](u32, u32) { return 0L; };
  WaitQueue wait{"node"};
  std::atomic<bool> readable{false};

  explicit Node(const char* name, bool simple = false) {
    if (!simple) ops = {open, release, ioctl, read, poll};
    EXPECT_EQ(t31_port_node_create(name, &ops, this, &node), 0);
  }
  ~Node() {
    if (node != nullptr) t31_port_node_destroy(node);
  }
  static Node& of(void* node) { return *static_cast<Node*>(node); }
  static int open(void* node, void** file) {
    *file = &of(node).opens;
    const int result = of(node).on_open();
    if (result == 0) ++of(node).opens;
    return result;
  }
  static void release(void* node, void* file) {
    EXPECT_EQ(file, &of(node).opens);
    ++of(node).releases;
  }
  static long ioctl(void* node, void* file, u32 command, u32 argument, u32 flags) {
    EXPECT_EQ(file, &of(node).opens);
    return of(node).on_ioctl(command, argument, flags);
  }
  static long read(void* node, void*, u32 user_address, u32 size, u32) {
    return of(node).on_read(user_address, size);
  }
  static int poll(void* node, void*, t31_wait** wait) {
    *wait = of(node).wait.raw();
    return of(node).readable ? 1 : 0;
  }
};

class Nodes : public Both {};
T31_BOTH_SCHEDULERS(Nodes);

TEST_P(Nodes, OpenIoctlClose) {
  Node node("framechan0");
  node.on_ioctl = [](u32 command, u32 argument, u32 flags) {
    return static_cast<long>(command + argument + flags);
  };
  const int descriptor = t31_host_open("/dev/framechan0", T31_HOST_O_NONBLOCK);
  ASSERT_GE(descriptor, 0);
  EXPECT_EQ(t31_host_ioctl(descriptor, 100, 20), 121);  // T31_OPEN_NONBLOCK is 1
  EXPECT_EQ(t31_host_close(descriptor), 0);
  EXPECT_EQ(node.opens, 1);
  EXPECT_EQ(node.releases, 1);
}

TEST_P(Nodes, UnknownPathIsNotFound) {
  EXPECT_EQ(t31_host_open("/dev/framechan7", 0), -ENOENT);
  EXPECT_EQ(t31_host_open("", 0), -ENOENT);
}

TEST_P(Nodes, ClosedDescriptorIsBad) {
  Node node("x");
  const int descriptor = t31_host_open("/dev/x", 0);
  EXPECT_EQ(t31_host_close(descriptor), 0);
  EXPECT_EQ(t31_host_close(descriptor), -EBADF);
  EXPECT_EQ(t31_host_ioctl(descriptor, 1, 0), -EBADF);
  EXPECT_EQ(t31_host_read(descriptor, nullptr, 0), -EBADF);
  EXPECT_EQ(t31_host_write(descriptor, nullptr, 0), -EBADF);
  EXPECT_EQ(t31_host_poll(descriptor, 0), -EBADF);
  EXPECT_EQ(t31_host_mmap(descriptor, 4096), -EBADF);
  EXPECT_EQ(t31_host_close(-1), -EBADF);
}

TEST_P(Nodes, LowestFreeDescriptorIsUsed) {
  Node node("x");
  const int first = t31_host_open("/dev/x", 0);
  const int second = t31_host_open("/dev/x", 0);
  EXPECT_EQ(second, first + 1);
  t31_host_close(first);
  EXPECT_EQ(t31_host_open("/dev/x", 0), first);
  t31_host_close(first);
  t31_host_close(second);
}

TEST_P(Nodes, FailedOpenIsNotReleased) {
  Node node("x");
  node.on_open = [] { return -T31_EBUSY; };
  EXPECT_EQ(t31_host_open("/dev/x", 0), -EBUSY);
  EXPECT_EQ(node.releases, 0);
}

TEST_P(Nodes, MissingOperationsHaveTheKernelsAnswers) {
  Node node("x", true);
  const int descriptor = t31_host_open("/dev/x", 0);
  ASSERT_GE(descriptor, 0);
  char buffer[8];
  EXPECT_EQ(t31_host_ioctl(descriptor, 1, 0), -ENOTTY);
  EXPECT_EQ(t31_host_read(descriptor, buffer, sizeof buffer), -EINVAL);
  EXPECT_EQ(t31_host_write(descriptor, buffer, sizeof buffer), -EINVAL);
  EXPECT_EQ(t31_host_poll(descriptor, 1000), 1);
  EXPECT_EQ(t31_host_mmap(descriptor, 4096), -ENODEV);
  EXPECT_EQ(t31_host_time_ns(), 0u);
  t31_host_close(descriptor);
}

TEST_P(Nodes, KernelErrorNumbersAreTranslated) {
  Node node("x");
  const int descriptor = t31_host_open("/dev/x", 0);
  node.on_ioctl = [](u32 command, u32, u32) { return -static_cast<long>(command); };
  EXPECT_EQ(t31_host_ioctl(descriptor, T31_ERESTARTSYS, 0), -EINTR);
  EXPECT_EQ(t31_host_ioctl(descriptor, T31_ENOIOCTLCMD, 0), -ENOTTY);
  EXPECT_EQ(t31_host_ioctl(descriptor, T31_EPERM, 0), -EPERM);
  t31_host_close(descriptor);
}

TEST_P(Nodes, ReadReachesTheCallersBuffer) {
  Node node("x");
  node.on_read = [](u32 address, u32 size) {
    EXPECT_EQ(size, 8u);
    EXPECT_EQ(t31_port_copy_to_user(address, "frame", 6), 0);
    return 6L;
  };
  const int descriptor = t31_host_open("/dev/x", 0);
  char buffer[8] = {};
  EXPECT_EQ(t31_host_read(descriptor, buffer, sizeof buffer), 6);
  EXPECT_STREQ(buffer, "frame");
  t31_host_close(descriptor);
}

TEST_P(Nodes, UserCopiesAreCheckedOverTheirWholeRange) {
  Node node("x");
  auto* const user = static_cast<u32*>(t31_host_user_alloc(8));
  node.on_ioctl = [](u32 size, u32 address, u32) {
    u8 copy[64] = {};
    const int read = t31_port_copy_from_user(copy, address, size);
    const int written = t31_port_copy_to_user(address, copy, size);
    EXPECT_EQ(read, written);
    return static_cast<long>(read);
  };
  const int descriptor = t31_host_open("/dev/x", 0);
  const u32 address = t31_host_user_address(user);
  EXPECT_EQ(t31_host_ioctl(descriptor, 8, address), 0);
  EXPECT_EQ(t31_host_ioctl(descriptor, 4, address + 4), 0);
  EXPECT_EQ(t31_host_ioctl(descriptor, 9, address), -EFAULT);
  EXPECT_EQ(t31_host_ioctl(descriptor, 5, address + 4), -EFAULT);
  EXPECT_EQ(t31_host_ioctl(descriptor, 1, address - 1), -EFAULT);
  EXPECT_EQ(t31_host_ioctl(descriptor, 1, 0), -EFAULT);
  EXPECT_EQ(t31_host_ioctl(descriptor, 1, 0xffffffff), -EFAULT);
  EXPECT_EQ(t31_host_ioctl(descriptor, 64, 0xfffffff0), -EFAULT);
  t31_host_user_free(user);
  EXPECT_EQ(t31_host_ioctl(descriptor, 8, address), -EFAULT);
  t31_host_close(descriptor);
}

TEST_P(Nodes, PollSleepsUntilReadable) {
  Node node("x");
  const int descriptor = t31_host_open("/dev/x", 0);
  EXPECT_EQ(t31_host_poll(descriptor, 10), 0);
  EXPECT_EQ(t31_host_time_ns(), 10 * kMs);
  Client writer("writer", [&] {
    t31_host_sleep_ns(5 * kMs);
    node.readable = true;
    node.wait.wake_all();
  });
  EXPECT_EQ(t31_host_poll(descriptor, T31_WAIT_FOREVER), 1);
  EXPECT_EQ(t31_host_time_ns(), 15 * kMs);
  t31_host_close(descriptor);
}

TEST_P(Nodes, SignalInterruptsACallAndTheNextOneWorks) {
  Node node("x");
  node.on_ioctl = [&](u32, u32, u32) {
    return static_cast<long>(node.wait.wait([&] { return node.readable.load(); }, 100).code());
  };
  const int descriptor = t31_host_open("/dev/x", 0);
  int first = 0;
  int second = 0;
  Client client("client", [&] {
    first = t31_host_ioctl(descriptor, 1, 0);
    second = t31_host_ioctl(descriptor, 1, 0);
  });
  t31_host_sleep_ns(kMs);
  t31_host_thread_signal(client.handle());
  client.join();
  EXPECT_EQ(first, -EINTR);
  EXPECT_EQ(second, -ETIMEDOUT);
  t31_host_close(descriptor);
}

TEST_P(Nodes, CloseDuringACallReleasesAfterIt) {
  Node node("x");
  node.on_ioctl = [&](u32, u32, u32) {
    t31_port_msleep(20);
    EXPECT_EQ(node.releases, 0);
    return 5L;
  };
  const int descriptor = t31_host_open("/dev/x", 0);
  int result = 0;
  Client client("client", [&] { result = t31_host_ioctl(descriptor, 1, 0); });
  t31_host_sleep_ns(kMs);
  EXPECT_EQ(t31_host_close(descriptor), 0);
  EXPECT_EQ(t31_host_time_ns(), kMs);
  client.join();
  EXPECT_EQ(result, 5);
  EXPECT_EQ(node.releases, 1);
}

TEST_P(Nodes, DestructionWaitsForRunningCalls) {
  Node node("x");
  std::atomic<bool> finished{false};
  node.on_ioctl = [&](u32, u32, u32) {
    t31_port_msleep(20);
    finished = true;
    return 0L;
  };
  const int descriptor = t31_host_open("/dev/x", 0);
  Client client("client", [&] { t31_host_ioctl(descriptor, 1, 0); });
  t31_host_sleep_ns(kMs);
  t31_port_node_destroy(std::exchange(node.node, nullptr));
  EXPECT_TRUE(finished);
  client.join();
  EXPECT_EQ(t31_host_ioctl(descriptor, 1, 0), -ENODEV);
  EXPECT_EQ(t31_host_open("/dev/x", 0), -ENOENT);
  t31_host_close(descriptor);
}

TEST_P(Nodes, NameIsTakenOnce) {
  Node node("x");
  t31_node* other = nullptr;
  EXPECT_EQ(t31_port_node_create("x", &node.ops, &node, &other), -T31_EEXIST);
}

TEST_P(Nodes, AreListedWithTheirPaths) {
  Node one("tx-isp");
  Node two("framechan0");
  char* const list = t31_host_list_files();
  EXPECT_STREQ(list, "/dev/framechan0\n/dev/tx-isp\n");
  free(list);
}

TEST(NodeDeath, LockHeldOnReturnToUserSpace) {
  const auto hold = [] {
    fresh_machine();
    Node node("x");
    SpinLock lock("left");
    node.on_ioctl = [&](u32, u32, u32) {
      new SpinLock::Guard(lock);
      return 0L;
    };
    const int descriptor = t31_host_open("/dev/x", 0);
    t31_host_ioctl(descriptor, 1, 0);
  };
  EXPECT_DEATH(hold(), "lock still held on return from ioctl\n.*holding spin lock 'left'");
}

TEST(NodeDeath, CallFromInsideACall) {
  const auto nest = [] {
    fresh_machine();
    Node node("x");
    node.on_ioctl = [](u32, u32, u32) { return static_cast<long>(t31_host_open("/dev/x", 0)); };
    t31_host_ioctl(t31_host_open("/dev/x", 0), 1, 0);
  };
  EXPECT_DEATH(nest(), "open inside a system call");
}

}  // namespace
}  // namespace t31::test
