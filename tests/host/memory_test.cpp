// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <cstring>
#include <random>
#include <set>

#include "fixture.hpp"

namespace t31::test {
namespace {

class Memory : public Deterministic {};

TEST_F(Memory, HeapMemoryIsZeroed) {
  auto* const memory = static_cast<u8*>(t31_port_alloc(1000));
  ASSERT_NE(memory, nullptr);
  EXPECT_EQ(std::count(memory, memory + 1000, 0), 1000);
  t31_port_free(memory);
  t31_port_free(nullptr);
}

TEST_F(Memory, DmaMemoryIsZeroedPageAlignedAndSharedWithTheDevice) {
  u32 address = 0;
  auto* const memory = static_cast<u8*>(t31_port_dma_alloc(5000, &address));
  ASSERT_NE(memory, nullptr);
  EXPECT_EQ(address % 4096, 0u);
  EXPECT_EQ(std::count(memory, memory + 5000, 0), 5000);
  at(kMs, [=] { memset(dma(address + 4000, 1000), 0xa5, 1000); });
  t31_host_sleep_ns(2 * kMs);
  t31_port_dma_sync_for_cpu(address, 5000);
  EXPECT_EQ(memory[3999], 0);
  EXPECT_EQ(memory[4000], 0xa5);
  EXPECT_EQ(memory[4999], 0xa5);
  t31_port_dma_free(memory, 5000, address);
}

TEST_F(Memory, DeviceSeesNothingBesideAnAllocation) {
  u32 address = 0;
  void* const memory = t31_port_dma_alloc(5000, &address);
  at(kMs, [=] {
    EXPECT_EQ(dma(address, 5000), memory);
    EXPECT_EQ(dma(address, 5001), nullptr);
    EXPECT_EQ(dma(address - 4, 8), nullptr);
    EXPECT_EQ(dma(address + 4096, 4096), nullptr);
    EXPECT_EQ(dma(address, 0), nullptr);
    EXPECT_EQ(dma(address, 0xffffffff), nullptr);
    EXPECT_EQ(dma(0, 4), nullptr);
    EXPECT_EQ(dma(0xfffffffc, 8), nullptr);
    EXPECT_EQ(dma(0x04000000, 4), nullptr);
  });
  t31_host_sleep_ns(2 * kMs);
  t31_port_dma_free(memory, 5000, address);
}

TEST_F(Memory, AllocationsNeverOverlapAndFreedOnesAreFound) {
  std::mt19937 random(1);
  std::set<std::tuple<u32, u32, u8*>> live;
  for (int i = 0; i < 3000; ++i) {
    if (live.size() < 40 && random() % 3 != 0) {
      const u32 size = 1 + random() % 200000;
      u32 address = 0;
      auto* const memory = static_cast<u8*>(t31_port_dma_alloc(size, &address));
      ASSERT_NE(memory, nullptr);
      for (const auto& [other, other_size, unused] : live) {
        ASSERT_TRUE(address + size <= other || other + other_size <= address);
      }
      memory[0] = memory[size - 1] = 1;
      live.emplace(address, size, memory);
    } else if (!live.empty()) {
      const auto [address, size, memory] = *std::next(live.begin(), random() % live.size());
      live.erase({address, size, memory});
      t31_port_dma_free(memory, size, address);
    }
  }
  for (const auto& [address, size, memory] : live) t31_port_dma_free(memory, size, address);
}

TEST_F(Memory, DmaMemoryEndsOneDay) {
  u32 address = 0;
  EXPECT_EQ(t31_port_dma_alloc(64 << 20, &address), nullptr);
  EXPECT_EQ(t31_port_dma_alloc(0xffffffff, &address), nullptr);
  EXPECT_EQ(t31_port_dma_alloc(0, &address), nullptr);
}

TEST_F(Memory, ReservedMemoryIsOneForClientDriverAndDevice) {
  const u32 base = t31_host_rmem_base();
  const u32 size = t31_host_rmem_size();
  EXPECT_EQ(base, 0x06000000u);
  EXPECT_EQ(size, 32u << 20);
  auto* const client = static_cast<u8*>(t31_host_rmem(base + 100, 4));
  auto* const driver = static_cast<u8*>(t31_port_rmem_map(base + 100, 4));
  ASSERT_NE(client, nullptr);
  at(kMs, [=] { memcpy(dma(base + 100, 4), "abc", 4); });
  t31_host_sleep_ns(2 * kMs);
  EXPECT_STREQ(reinterpret_cast<char*>(client), "abc");
  EXPECT_STREQ(reinterpret_cast<char*>(driver), "abc");
  t31_port_rmem_unmap(driver, 4);
}

TEST_F(Memory, OnlyReservedMemoryIsValidForClientsBuffers) {
  const u32 base = t31_host_rmem_base();
  const u32 size = t31_host_rmem_size();
  EXPECT_TRUE(t31_port_dma_range_valid(base, size));
  EXPECT_TRUE(t31_port_dma_range_valid(base + size - 1, 1));
  EXPECT_FALSE(t31_port_dma_range_valid(base, size + 1));
  EXPECT_FALSE(t31_port_dma_range_valid(base - 1, 2));
  EXPECT_FALSE(t31_port_dma_range_valid(base + size, 1));
  EXPECT_FALSE(t31_port_dma_range_valid(base, 0));
  EXPECT_FALSE(t31_port_dma_range_valid(base + 0x1000, 0xffffffff));
  EXPECT_FALSE(t31_port_dma_range_valid(t31_port_ispmem_base(), 16));
  EXPECT_EQ(t31_port_rmem_map(base - 16, 16 + size), nullptr);
  EXPECT_EQ(t31_host_rmem(base + size, 1), nullptr);
}

TEST_F(Memory, PrivateAreaCanBeMappedByTheDriverAlone) {
  EXPECT_EQ(t31_port_ispmem_base(), 0x05800000u);
  EXPECT_EQ(t31_port_ispmem_size(), 8u << 20);
  void* const memory = t31_port_rmem_map(t31_port_ispmem_base(), t31_port_ispmem_size());
  EXPECT_NE(memory, nullptr);
  t31_port_rmem_unmap(memory, t31_port_ispmem_size());
  EXPECT_EQ(t31_host_rmem(t31_port_ispmem_base(), 16), nullptr);
}

TEST(MemoryLayout, IsTheConfigurations) {
  t31_host_config config = {};
  config.ispmem_size = UINT32_MAX;
  config.rmem_base = 0x10000000;
  config.rmem_size = 48 << 20;
  ASSERT_EQ(t31_host_reset(&config), 0);
  EXPECT_EQ(t31_port_ispmem_base(), 0u);
  EXPECT_EQ(t31_port_ispmem_size(), 0u);
  EXPECT_EQ(t31_host_rmem_base(), 0x10000000u);
  EXPECT_TRUE(t31_port_dma_range_valid(0x10000000, 48 << 20));
  config.rmem_base = 0x04001000;  // amid the driver's own memory
  EXPECT_LT(t31_host_reset(&config), 0);
}

TEST_F(Memory, UserMemoryLiesBelowFourGiB) {
  void* const memory = t31_host_user_alloc(100000);
  ASSERT_NE(memory, nullptr);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(memory), t31_host_user_address(memory));
  EXPECT_EQ(reinterpret_cast<uintptr_t>(memory) % 16, 0u);
  t31_host_user_free(memory);
}

TEST_F(Memory, UserMemoryIsReusedForever) {
  std::mt19937 random(2);
  std::vector<void*> live;
  for (int i = 0; i < 20000; ++i) {
    if (live.size() < 50) {
      void* const memory = t31_host_user_alloc(1 + random() % (1 << 20));
      ASSERT_NE(memory, nullptr);
      live.push_back(memory);
    } else {
      const size_t victim = random() % live.size();
      t31_host_user_free(live[victim]);
      live.erase(live.begin() + static_cast<long>(victim));
    }
  }
  for (void* memory : live) t31_host_user_free(memory);
}

TEST(MemoryDeath, DmaToFreedMemory) {
  const auto stray = [] {
    fresh_machine();
    u32 address = 0;
    void* const memory = t31_port_dma_alloc(8192, &address);
    t31_port_dma_free(memory, 8192, address);
    at(kMs, [=] { dma(address + 4096, 64); });
    t31_host_sleep_ns(2 * kMs);
  };
  EXPECT_DEATH(stray(), "DMA to freed memory: bus address 0x[0-9a-f]*, 64 bytes");
}

TEST(MemoryDeath, CpuAccessToFreedDmaMemory) {
  const auto stray = [] {
    fresh_machine();
    u32 address = 0;
    auto* const memory = static_cast<volatile u8*>(t31_port_dma_alloc(8192, &address));
    t31_port_dma_free(const_cast<u8*>(memory), 8192, address);
    memory[0] = 1;
  };
  EXPECT_DEATH(stray(), "");
}

TEST(MemoryDeath, WrongSizeOfFreedDmaMemory) {
  const auto wrong = [] {
    fresh_machine();
    u32 address = 0;
    void* const memory = t31_port_dma_alloc(8192, &address);
    t31_port_dma_free(memory, 4096, address);
  };
  EXPECT_DEATH(wrong(), "t31_port_dma_free of what isn't allocated so");
}

TEST(MemoryDeath, DoubleFree) {
  const auto twice = [] {
    fresh_machine();
    void* const memory = t31_port_alloc(10);
    t31_port_free(memory);
    t31_port_free(memory);
  };
  EXPECT_DEATH(twice(), "t31_port_free of what isn't allocated");
}

TEST(MemoryDeath, CacheMaintenanceOfOtherMemory) {
  const auto sync = [] {
    fresh_machine();
    t31_port_dma_sync_for_cpu(0x1000, 64);
  };
  EXPECT_DEATH(sync(),
               "t31_port_dma_sync_for_cpu of what isn't DMA memory: bus address 0x00001000");
}

}  // namespace
}  // namespace t31::test
