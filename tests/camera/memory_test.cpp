// SPDX-License-Identifier: GPL-2.0-or-later
// Kernel memory that the driver's core holds.
#include <gtest/gtest.h>

#include "tests/camera/client.hpp"

namespace t31::test {
namespace {

// The vendor's driver holds 396,136 bytes while it streams. `t31vm bench` measures the module with
// what its C glue needs, about 3 KB.
constexpr std::uint64_t kLimit = 396000 - 3000;

std::uint64_t kernel_bytes() {
  t31_host_statistics statistics;
  t31_host_get_statistics(&statistics);
  return statistics.kernel_bytes;
}

TEST(Memory, WhileStreamingIsWithinTheVendors) {
  Camera camera;
  const std::uint64_t loaded = kernel_bytes();
  Session session;
  ASSERT_EQ(session.start(), 0);
  Channel first(0, 1920, 1080, t31_host_rmem_base());
  Channel second(1, 640, 360, t31_host_rmem_base() + (12 << 20));
  second.scaled = true;
  ASSERT_EQ(first.start(3), 0);
  ASSERT_EQ(second.start(3), 0);
  Frame frame;
  ASSERT_EQ(first.dequeue(frame), 0);
  ASSERT_EQ(second.dequeue(frame), 0);
  // The tuning file and the buffers of the statistics engines at least, which no driver can do
  // without (tuning-blob 1, hw-pipeline 4.2).
  EXPECT_GE(kernel_bytes(), 159736u + 147456);
  EXPECT_LE(kernel_bytes(), kLimit);
  RecordProperty("bytes", static_cast<int>(kernel_bytes()));
  ASSERT_EQ(first.close(), 0);
  ASSERT_EQ(second.close(), 0);
  ASSERT_EQ(session.stop(), 0);
  EXPECT_EQ(kernel_bytes(), loaded);
}

}  // namespace
}  // namespace t31::test
