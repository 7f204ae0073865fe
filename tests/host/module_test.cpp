// SPDX-License-Identifier: GPL-2.0-or-later
#include "module_driver.hpp"

#include <cerrno>

#include "fixture.hpp"

namespace t31::test {

FakeDriver& fake_driver() {
  static FakeDriver driver;
  return driver;
}

namespace {

class Module : public Deterministic {
 protected:
  Module() { fake_driver() = {}; }
  ~Module() override { fake_driver() = {}; }
  static std::string log() {
    char* const text = t31_host_take_log();
    const std::string copy = text;
    free(text);
    return copy;
  }
};

TEST_F(Module, ParametersReachTheDriver) {
  t31_parameters seen = {};
  fake_driver().load = [&](const t31_parameters& parameters) {
    seen = parameters;
    return 0;
  };
  ASSERT_EQ(t31_host_load_driver("isp_clk=200000000  isp_memopt=0x1 print_level=-2"), 0);
  EXPECT_EQ(seen.isp_clk, 200000000);
  EXPECT_EQ(seen.isp_memopt, 1);
  EXPECT_EQ(seen.print_level, -2);
  EXPECT_EQ(seen.isp_ch0_pre_dequeue_valid_lines, 900);
  EXPECT_EQ(t31_host_unload_driver(), 0);
}

TEST_F(Module, NoParametersAreTheDefaults) {
  t31_parameters seen = {};
  fake_driver().load = [&](const t31_parameters& parameters) {
    seen = parameters;
    return 0;
  };
  ASSERT_EQ(t31_host_load_driver(nullptr), 0);
  EXPECT_EQ(seen.isp_clk, 100000000);
  EXPECT_EQ(seen.print_level, 1);
  EXPECT_EQ(t31_host_unload_driver(), 0);
}

TEST_F(Module, WrongParametersAreRefusedWithALine) {
  for (const char* text : {"isp_clk", "isp_clk=", "isp_clk=fast", "isp_clk=1x", "isp_clk=--1",
                           "isp_clk=4294967296", "isp_clk=99999999999999999999"}) {
    EXPECT_EQ(t31_host_load_driver(text), -EINVAL) << text;
    EXPECT_NE(log().find("no valid parameter value"), std::string::npos) << text;
  }
  EXPECT_EQ(t31_host_load_driver("colour=1"), -ENOENT);
  EXPECT_NE(log().find("unknown parameter `colour'"), std::string::npos);
}

TEST_F(Module, IsLoadedOnceAndUnloadedOnce) {
  EXPECT_EQ(t31_host_unload_driver(), -ENOENT);
  EXPECT_EQ(t31_host_load_driver(""), 0);
  EXPECT_EQ(t31_host_load_driver(""), -EEXIST);
  EXPECT_EQ(t31_host_unload_driver(), 0);
  EXPECT_EQ(t31_host_unload_driver(), -ENOENT);
}

TEST_F(Module, ErrorOfLoadIsHandedOn) {
  fake_driver().load = [](const t31_parameters&) { return -T31_ENOMEM; };
  EXPECT_EQ(t31_host_load_driver(""), -ENOMEM);
  EXPECT_EQ(t31_host_unload_driver(), -ENOENT);
}

TEST_F(Module, IsBusyWhileANodeIsOpenOrAnotherModuleUsesIt) {
  static t31_node* node;
  const t31_node_ops ops = {};
  fake_driver().load = [&](const t31_parameters&) {
    return t31_port_node_create("tx-isp", &ops, nullptr, &node);
  };
  fake_driver().unload = [] { t31_port_node_destroy(node); };
  EXPECT_EQ(t31_host_driver_get(), -ENOENT);
  ASSERT_EQ(t31_host_load_driver(""), 0);
  const int descriptor = t31_host_open("/dev/tx-isp", 0);
  EXPECT_EQ(t31_host_unload_driver(), -EBUSY);
  t31_host_close(descriptor);
  EXPECT_EQ(t31_host_driver_get(), 0);
  EXPECT_EQ(t31_host_unload_driver(), -EBUSY);
  t31_host_driver_put();
  EXPECT_EQ(t31_host_unload_driver(), 0);
}

TEST_F(Module, ShutdownClosesDescriptorsAndUnloads) {
  static t31_node* node;
  const t31_node_ops ops = {};
  bool unloaded = false;
  fake_driver().load = [&](const t31_parameters&) {
    return t31_port_node_create("tx-isp", &ops, nullptr, &node);
  };
  fake_driver().unload = [&] {
    unloaded = true;
    t31_port_node_destroy(node);
  };
  ASSERT_EQ(t31_host_load_driver(""), 0);
  t31_host_open("/dev/tx-isp", 0);
  t31_host_shutdown();
  EXPECT_TRUE(unloaded);
}

TEST_F(Module, LogLinesCarryThePrefixAndAreTakenOnce) {
  static std::string heard;
  heard.clear();
  t31_host_set_log_callback([](const char* line) { heard += line; });
  t31_port_log(T31_LOG_ERROR, "sensor %s not found", "sc2336");
  t31_host_kernel_log("sc2336: probe");
  t31_host_set_log_callback(nullptr);
  EXPECT_EQ(log(), "tx-isp: sensor sc2336 not found\nsc2336: probe\n");
  EXPECT_EQ(log(), "");
  EXPECT_EQ(heard, "tx-isp: sensor sc2336 not foundsc2336: probe");
}

}  // namespace
}  // namespace t31::test

int t31_driver_load(const t31_parameters* parameters) {
  return t31::test::fake_driver().load(*parameters);
}

void t31_driver_unload(void) {
  t31::test::fake_driver().unload();
}
