// SPDX-License-Identifier: GPL-2.0-or-later
// Whatever the driver got and didn't give back ends the test.
#include "fixture.hpp"
#include "module_driver.hpp"

namespace t31::test {
namespace {

struct Leftover {
  const char* name;
  void (*make)();
  const char* report;
};

enum t31_irq_result nothing(void*) {
  return T31_IRQ_NONE;
}

const Leftover kLeftovers[] = {
    {"Allocation", [] { t31_port_alloc(123); }, "allocation, 123 bytes"},
    {"DmaMemory",
     [] {
       u32 address = 0;
       t31_port_dma_alloc(5000, &address);
     },
     "DMA memory, 5000 bytes"},
    {"ReservedMapping", [] { t31_port_rmem_map(t31_host_rmem_base(), 64); },
     "mapping of reserved memory, 64 bytes"},
    {"RegisterMapping", [] { t31_port_ioremap(0x10023000, 0x1000, "csi"); },
     "register mapping 'csi'"},
    {"Interrupt",
     [] {
       t31_irq* irq = nullptr;
       t31_port_irq_request(37, nothing, nothing, "isp", nullptr, &irq);
     },
     "interrupt 'isp'"},
    {"Clock",
     [] {
       t31_clk* clk = nullptr;
       t31_port_clk_get("csi", &clk);
     },
     "clock 'csi'"},
    {"EnabledClock",
     [] {
       t31_clk* clk = nullptr;
       t31_port_clk_get("isp", &clk);
       static_cast<void>(t31_port_clk_enable(clk));
     },
     "enabled clock 'isp'"},
    {"Gpio", [] { t31_port_gpio_request(18, "reset"); }, "GPIO 'reset'"},
    {"Queue",
     [] {
       t31_queue* queue = nullptr;
       t31_port_queue_create("frames", &queue);
     },
     "queue 'frames'"},
    {"PendingWork",
     [] {
       static t31_work work;
       t31_queue* queue = nullptr;
       t31_port_queue_create("frames", &queue);
       t31_port_work_init(
           &work, [](void*) {}, nullptr);
       t31_port_work_queue_delayed(queue, &work, 10);
     },
     "pending work 'frames'"},
    {"Node",
     [] {
       const t31_node_ops ops = {};
       t31_node* node = nullptr;
       t31_port_node_create("tx-isp", &ops, nullptr, &node);
     },
     "device node 'tx-isp'"},
    {"ProcFile",
     [] {
       const t31_proc_ops ops = {};
       t31_proc* proc = nullptr;
       t31_port_proc_create("status", &ops, nullptr, &proc);
     },
     "proc file 'jz/isp/status'"},
    {"SpinLock",
     [] {
       static t31_spinlock lock;
       t31_port_spin_init(&lock, "counters");
     },
     "spin lock 'counters'"},
    {"Mutex",
     [] {
       static t31_mutex mutex;
       t31_port_mutex_init(&mutex, "state");
     },
     "mutex 'state'"},
    {"WaitQueue",
     [] {
       static t31_wait wait;
       t31_port_wait_init(&wait, "done");
     },
     "wait queue 'done'"},
};

class LeftoverDeath : public testing::TestWithParam<Leftover> {};
INSTANTIATE_TEST_SUITE_P(, LeftoverDeath, testing::ValuesIn(kLeftovers),
                         [](const auto& parameter) { return parameter.param.name; });

TEST_P(LeftoverDeath, IsReportedAtUnload) {
  const auto leave = [] {
    fresh_machine();
    fake_driver().load = [](const t31_parameters&) {
      GetParam().make();
      return 0;
    };
    t31_host_load_driver("");
    t31_host_unload_driver();
  };
  EXPECT_DEATH(leave(),
               std::string("left behind after t31_driver_unload:\n(.|\n)*") + GetParam().report);
}

TEST_P(LeftoverDeath, IsReportedWhenLoadingFails) {
  const auto leave = [] {
    fresh_machine();
    fake_driver().load = [](const t31_parameters&) {
      GetParam().make();
      return -T31_EIO;
    };
    t31_host_load_driver("");
  };
  EXPECT_DEATH(leave(), std::string("left behind after t31_driver_load failed:\n(.|\n)*") +
                            GetParam().report);
}

TEST_P(LeftoverDeath, IsReportedAtShutdown) {
  const auto leave = [] {
    fresh_machine();
    GetParam().make();
    t31_host_shutdown();
  };
  EXPECT_DEATH(leave(), std::string("left behind at shutdown:\n(.|\n)*") + GetParam().report);
}

TEST(Leftover, HookGetsTheReportInsteadOfAnAbort) {
  static std::string report;
  report.clear();
  fresh_machine();
  void* const memory = t31_port_alloc(77);
  t31_host_set_abort_hook([](const char* text) { report += text; });
  t31_host_shutdown();
  t31_host_set_abort_hook(nullptr);
  EXPECT_NE(report.find("allocation, 77 bytes"), std::string::npos) << report;
  free(memory);
}

TEST(Leftover, ClientThreadAtShutdownIsFatal) {
  const auto leave = [] {
    fresh_machine();
    t31_host_thread_start(
        "viewer", [](void*) { t31_host_sleep_ns(kMs); }, nullptr);
    t31_host_shutdown();
  };
  EXPECT_DEATH(leave(), "shutdown while a client thread still lives\n(.|\n)*'viewer'");
}

}  // namespace
}  // namespace t31::test
