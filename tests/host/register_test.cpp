// SPDX-License-Identifier: GPL-2.0-or-later
#include <filesystem>
#include <fstream>
#include <sstream>

#include "fixture.hpp"
#include "tests/temporary_folder.hpp"

namespace t31::test {
namespace {

class Registers : public Deterministic {};

TEST_F(Registers, AreThoseOfTheModel) {
  t31_mmio* const isp = t31_port_ioremap(0x13300000, 0x90000, "isp");
  ASSERT_NE(isp, nullptr);
  t31_port_write32(isp, 0x8fffc, 0x12345678);
  EXPECT_EQ(t31_port_read32(isp, 0x8fffc), 0x12345678u);
  EXPECT_EQ(t31_host_peek(0x1338fffc), 0x12345678u);
  t31_host_poke(0x13300004, 7);
  EXPECT_EQ(t31_port_read32(isp, 4), 7u);
  t31_port_iounmap(isp);
}

TEST_F(Registers, RangesAreTakenOnce) {
  t31_mmio* const csi = t31_port_ioremap(0x10023000, 0x1000, "csi");
  EXPECT_EQ(t31_port_ioremap(0x10023ffc, 4, "csi again"), nullptr);
  EXPECT_EQ(t31_port_ioremap(0x10022000, 0x1004, "phy and csi"), nullptr);
  EXPECT_EQ(t31_port_ioremap(0x10024000, 0, "nothing"), nullptr);
  t31_mmio* const phy = t31_port_ioremap(0x10022000, 0x1000, "phy");
  EXPECT_NE(phy, nullptr);
  t31_port_iounmap(phy);
  t31_port_iounmap(csi);
  t31_mmio* const again = t31_port_ioremap(0x10023000, 0x1000, "csi");
  EXPECT_NE(again, nullptr);
  t31_port_iounmap(again);
}

TEST_F(Registers, AccessesAreCounted) {
  t31_mmio* const isp = t31_port_ioremap(0x13300000, 0x1000, "isp");
  for (u32 i = 0; i < 10; ++i) t31_port_write32(isp, i * 4, i);
  t31_port_read32(isp, 0);
  t31_host_statistics statistics = {};
  t31_host_get_statistics(&statistics);
  EXPECT_EQ(statistics.register_writes, 10u);
  EXPECT_EQ(statistics.register_reads, 1u);
  t31_port_iounmap(isp);
}

std::string read_file(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

TEST(RegisterTrace, HasTheFormatOfTheRecordedTraces) {
  const TemporaryFolder folder;
  const std::string path = folder / "trace.csv";
  t31_host_config config = {};
  config.trace_path = path.c_str();
  ASSERT_EQ(t31_host_reset(&config), 0);
  struct Access {
    u32 base;
    u32 offset;
    u32 value;
  };
  for (const Access& a :
       {Access{0x10000000, 0xc4, 0x200000}, Access{0x10022000, 0, 0x7d}, Access{0x10023000, 4, 1},
        Access{0x133e0000, 0x10c, 0x20000}, Access{0x13300000, 0x8017c, 0xffffffff}}) {
    t31_mmio* const unit = t31_port_ioremap(a.base, 0x90000, "unit");
    ASSERT_NE(unit, nullptr);
    t31_port_write32(unit, a.offset, a.value);
    if (a.base == 0x133e0000) t31_port_read32(unit, a.offset);
    t31_port_iounmap(unit);
  }
  t31_port_gpio_request(18, "sensor_reset");
  t31_port_gpio_direction_output(18, 0);
  t31_port_gpio_free(18);
  t31_port_msleep(10);
  t31_host_trace_mark("sensor s_stream %x", 1);
  t31_host_shutdown();
  const std::string trace = read_file(path);
  for (const char* line : {"# ioremap 10000000 90000\nW,CPM,000c4,00200000\n",
                           "W,PHY,00000,0000007d\n", "W,CSI,00004,00000001\n",
                           "W,VIC,0010c,00020000\nR,VIC,0010c,00020000\n", "W,ISP,8017c,ffffffff\n",
                           "W,GPIO,00048,00040000\n", "# msleep 10\n", "# sensor s_stream 1\n"}) {
    EXPECT_NE(trace.find(line), std::string::npos) << line << "in\n" << trace;
  }
}

TEST(RegisterTrace, FileThatCannotBeWrittenIsAnError) {
  t31_host_config config = {};
  config.trace_path = "/nonexistent/trace.csv";
  EXPECT_EQ(t31_host_reset(&config), -T31_ENOENT);
}

void with_mapping(const std::function<void(t31_mmio*)>& body) {
  fresh_machine();
  body(t31_port_ioremap(0x10023000, 0x1000, "csi"));
}

TEST(RegisterDeath, AccessOutsideTheMapping) {
  EXPECT_DEATH(with_mapping([](t31_mmio* csi) { t31_port_write32(csi, 0x1000, 1); }),
               "register access outside 'csi': offset 0x1000 of 0x1000");
  EXPECT_DEATH(with_mapping([](t31_mmio* csi) { t31_port_read32(csi, 0xfffffffc); }),
               "register access outside 'csi'");
  EXPECT_DEATH(with_mapping([](t31_mmio* csi) { t31_port_read32(csi, 2); }),
               "register access outside 'csi'");
}

TEST(RegisterDeath, AccessAfterUnmapping) {
  EXPECT_DEATH(with_mapping([](t31_mmio* csi) {
                 t31_port_iounmap(csi);
                 t31_port_read32(csi, 0);
               }),
               "register access to 'csi' after iounmap");
}

TEST(RegisterDeath, AccessWithoutMapping) {
  EXPECT_DEATH(with_mapping([](t31_mmio*) { t31_port_read32(nullptr, 0); }), "null mapping");
}

}  // namespace
}  // namespace t31::test
