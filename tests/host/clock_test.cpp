// SPDX-License-Identifier: GPL-2.0-or-later
// Clocks and pins, through the registers of CPM and GPIO (hw-pipeline 1.4, 8.1).
#include "fixture.hpp"

namespace t31::test {
namespace {

constexpr u32 kClkgr0 = 0x10000020;
constexpr u32 kCimcdr = 0x1000007c;
constexpr u32 kIspcdr = 0x10000080;
constexpr u32 kStopped = 1u << 27;
constexpr u32 kSourceMpll = 1u << 30;
constexpr u32 kSourceVpll = 2u << 30;

class ClockTest : public Deterministic {
 protected:
  t31_clk* get(const char* name) {
    t31_clk* clk = nullptr;
    EXPECT_EQ(t31_port_clk_get(name, &clk), 0) << name;
    return clk;
  }
};

TEST_F(ClockTest, UnknownNameIsAnError) {
  t31_clk* clk = nullptr;
  EXPECT_EQ(t31_port_clk_get("avpu", &clk), -T31_ENOENT);
}

TEST_F(ClockTest, RateIsTheHighestNotAboveTheWish) {
  t31_clk* const isp = get("cgu_isp");
  struct Case {
    u32 wish;
    u32 rate;
  };
  // MPLL 1200 MHz by i, the smallest i with 1200 / i <= wish; the divider has four bits.
  for (const Case& c :
       {Case{100000000, 100000000}, Case{200000000, 200000000}, Case{85000000, 80000000},
        Case{99999999, 92307692}, Case{2000000000, 1200000000}, Case{1200000000, 1200000000},
        Case{1000000, 75000000}}) {
    EXPECT_EQ(t31_port_clk_set_rate(isp, c.wish), 0);
    EXPECT_EQ(t31_port_clk_get_rate(isp), c.rate) << c.wish;
  }
  EXPECT_EQ(t31_port_clk_set_rate(isp, 0), -T31_EINVAL);
  t31_port_clk_put(isp);
}

TEST_F(ClockTest, DividerReachesTheRegisterWhenEnabled) {
  EXPECT_NE(t31_host_peek(kIspcdr) & kStopped, 0u);
  t31_clk* const isp = get("cgu_isp");
  t31_port_clk_set_rate(isp, 100000000);
  EXPECT_NE(t31_host_peek(kIspcdr) & kStopped, 0u);
  EXPECT_EQ(t31_port_clk_enable(isp), 0);
  EXPECT_EQ(t31_host_peek(kIspcdr), kSourceMpll | 11);
  t31_port_clk_set_rate(isp, 200000000);
  EXPECT_EQ(t31_host_peek(kIspcdr), kSourceMpll | 5);
  t31_port_clk_disable(isp);
  EXPECT_EQ(t31_host_peek(kIspcdr), kSourceMpll | kStopped | 5);
  t31_port_clk_put(isp);
}

TEST_F(ClockTest, SensorClockIsExactFromTheRightParent) {
  t31_clk* const cim = get("cgu_cim");
  t31_clk* const vpll = get("vpll");
  EXPECT_EQ(t31_port_clk_set_rate(cim, 24000000), 0);
  EXPECT_EQ(t31_port_clk_get_rate(cim), 24000000u);
  EXPECT_STREQ(t31_host_clk_parent_name(cim), "mpll");
  EXPECT_EQ(t31_port_clk_set_rate(vpll, 1080000000), 0);
  EXPECT_EQ(t31_host_clk_set_parent(cim, vpll), 0);
  EXPECT_EQ(t31_port_clk_set_rate(cim, 27000000), 0);
  EXPECT_EQ(t31_port_clk_get_rate(cim), 27000000u);
  t31_port_clk_enable(cim);
  EXPECT_EQ(t31_host_peek(kCimcdr), kSourceVpll | 39);
  t31_port_clk_disable(cim);
  EXPECT_EQ(t31_host_clk_set_parent(vpll, cim), -T31_EINVAL);
  t31_port_clk_put(vpll);
  t31_port_clk_put(cim);
}

TEST_F(ClockTest, GatesCountTheirUsers) {
  constexpr u32 kIspGate = 1u << 23;
  constexpr u32 kCsiGate = 1u << 25;
  EXPECT_EQ(t31_host_peek(kClkgr0) & (kIspGate | kCsiGate), kIspGate | kCsiGate);
  t31_clk* const isp = get("isp");
  t31_clk* const other = get("isp");
  t31_clk* const csi = get("csi");
  EXPECT_EQ(t31_port_clk_enable(isp), 0);
  EXPECT_EQ(t31_port_clk_enable(other), 0);
  EXPECT_EQ(t31_host_peek(kClkgr0) & (kIspGate | kCsiGate), kCsiGate);
  t31_port_clk_disable(isp);
  EXPECT_EQ(t31_host_peek(kClkgr0) & kIspGate, 0u);
  t31_port_clk_disable(other);
  EXPECT_EQ(t31_host_peek(kClkgr0) & kIspGate, kIspGate);
  EXPECT_EQ(t31_port_clk_set_rate(isp, 100000000), -T31_EINVAL);
  EXPECT_GT(t31_port_clk_get_rate(isp), 0u);
  for (t31_clk* clk : {isp, other, csi}) t31_port_clk_put(clk);
}

TEST_F(ClockTest, PinIsDrivenThroughTheRegistersOfItsPort) {
  constexpr u32 kPortB = 0x10011000;
  ASSERT_EQ(t31_port_gpio_request(32 + 5, "power"), 0);
  EXPECT_EQ(t31_port_gpio_request(32 + 5, "again"), -T31_EBUSY);
  EXPECT_EQ(t31_port_gpio_direction_output(32 + 5, 1), 0);
  EXPECT_EQ(t31_host_peek(kPortB + 0x44), 1u << 5);  // level 1
  EXPECT_EQ(t31_host_peek(kPortB + 0x48), 0u);
  EXPECT_EQ(t31_host_peek(kPortB + 0x18), 1u << 5);  // no interrupt
  EXPECT_EQ(t31_host_peek(kPortB + 0x24), 1u << 5);  // a plain pin
  EXPECT_EQ(t31_host_peek(kPortB + 0x38), 1u << 5);  // output
  EXPECT_EQ(t31_port_gpio_direction_output(32 + 5, 0), 0);
  EXPECT_EQ(t31_host_peek(kPortB + 0x48), 1u << 5);  // level 0
  t31_port_gpio_free(32 + 5);
  EXPECT_EQ(t31_port_gpio_direction_output(32 + 5, 0), -T31_EINVAL);
  EXPECT_EQ(t31_port_gpio_request(96, "none"), -T31_EINVAL);
  EXPECT_EQ(t31_port_gpio_request(0xffffffff, "none"), -T31_EINVAL);
}

TEST(ClockDeath, DisabledMoreOftenThanEnabled) {
  const auto disable = [] {
    fresh_machine();
    t31_clk* clk = nullptr;
    t31_port_clk_get("csi", &clk);
    t31_port_clk_disable(clk);
  };
  EXPECT_DEATH(disable(), "clock 'csi' is disabled more often than enabled");
}

TEST(ClockDeath, PutBackWhileEnabled) {
  const auto put = [] {
    fresh_machine();
    t31_clk* clk = nullptr;
    t31_port_clk_get("csi", &clk);
    static_cast<void>(t31_port_clk_enable(clk));
    t31_port_clk_put(clk);
  };
  EXPECT_DEATH(put(), "clock 'csi' is put back while enabled");
}

}  // namespace
}  // namespace t31::test
