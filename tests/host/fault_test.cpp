// SPDX-License-Identifier: GPL-2.0-or-later
// "Fail the Nth call": every fallible port call, one at a time.
#include <cerrno>
#include <map>

#include "fixture.hpp"

namespace t31::test {
namespace {

// A session that uses each fallible call once and undoes what worked. Returns the errors met.
int every_call_once() {
  int errors = 0;
  const auto check = [&](bool ok) {
    if (!ok) ++errors;
    return ok;
  };
  t31_mmio* const mapping = t31_port_ioremap(0x10023000, 0x1000, "csi");
  if (check(mapping != nullptr)) t31_port_iounmap(mapping);
  t31_irq* irq = nullptr;
  const auto handler = [](void*) { return T31_IRQ_NONE; };
  if (check(t31_port_irq_request(37, handler, nullptr, "isp", nullptr, &irq) == 0)) {
    t31_port_irq_free(irq);
  }
  t31_clk* clk = nullptr;
  if (check(t31_port_clk_get("cgu_isp", &clk) == 0)) {
    check(t31_port_clk_set_rate(clk, 100000000) == 0);
    if (check(t31_port_clk_enable(clk) == 0)) t31_port_clk_disable(clk);
    t31_port_clk_put(clk);
  }
  if (check(t31_port_gpio_request(18, "reset") == 0)) {
    check(t31_port_gpio_direction_output(18, 1) == 0);
    t31_port_gpio_free(18);
  }
  void* const memory = t31_port_alloc(10);
  if (check(memory != nullptr)) t31_port_free(memory);
  u32 address = 0;
  void* const dma_memory = t31_port_dma_alloc(10, &address);
  if (check(dma_memory != nullptr)) t31_port_dma_free(dma_memory, 10, address);
  void* const reserved = t31_port_rmem_map(t31_host_rmem_base(), 10);
  if (check(reserved != nullptr)) t31_port_rmem_unmap(reserved, 10);
  t31_queue* queue = nullptr;
  if (check(t31_port_queue_create("frames", &queue) == 0)) t31_port_queue_destroy(queue);
  u8 byte = 0;
  check(t31_port_file_size("/x") == -T31_ENOENT);
  check(t31_port_file_read("/x", &byte, 1) == -T31_ENOENT);
  check(t31_port_file_write("/x", &byte, 1) == -T31_ENOENT);
  const t31_node_ops ops = {nullptr, nullptr,
                            [](void*, void*, u32, u32 user, u32) -> long {
                              u8 value = 0;
                              const int from = t31_port_copy_from_user(&value, user, 1);
                              const int to = t31_port_copy_to_user(user, &value, 1);
                              return from != 0 ? from : to;
                            },
                            nullptr, nullptr};
  t31_node* node = nullptr;
  if (check(t31_port_node_create("x", &ops, nullptr, &node) == 0)) {
    void* const user = t31_host_user_alloc(1);
    const int descriptor = t31_host_open("/dev/x", 0);
    check(t31_host_ioctl(descriptor, 1, t31_host_user_address(user)) == 0);
    t31_host_close(descriptor);
    t31_host_user_free(user);
    t31_port_node_destroy(node);
  }
  const t31_proc_ops proc_ops = {};
  t31_proc* proc = nullptr;
  if (check(t31_port_proc_create("x", &proc_ops, nullptr, &proc) == 0)) {
    t31_port_proc_destroy(proc);
  }
  t31_model_i2c_msg message = {kDevice, 0, 1, &byte};
  check(t31_host_i2c_transfer(0, &message, 1) == 1);
  return errors;
}

class Faults : public Both {};
T31_BOTH_SCHEDULERS(Faults);

TEST_P(Faults, EveryFallibleCallFailsInItsTurnAndAlone) {
  t31_host_fail_nth(0);
  EXPECT_EQ(every_call_once(), 0);
  const uint64_t calls = t31_host_fallible_calls();
  EXPECT_EQ(t31_host_failed_call(), nullptr);
  std::map<std::string, int> failed;
  for (uint64_t n = 1; n <= calls; ++n) {
    t31_host_fail_nth(n);
    EXPECT_EQ(every_call_once(), 1) << "call " << n;
    ASSERT_NE(t31_host_failed_call(), nullptr);
    ++failed[t31_host_failed_call()];
  }
  t31_host_fail_nth(calls + 1);
  EXPECT_EQ(every_call_once(), 0);
  // The list of port.h and the I2C transfer, each once.
  const std::map<std::string, int> all = {
      {"t31_port_ioremap", 1},
      {"t31_port_irq_request", 1},
      {"t31_port_clk_get", 1},
      {"t31_port_clk_set_rate", 1},
      {"t31_port_clk_enable", 1},
      {"t31_port_gpio_request", 1},
      {"t31_port_gpio_direction_output", 1},
      {"t31_port_alloc", 1},
      {"t31_port_dma_alloc", 1},
      {"t31_port_rmem_map", 1},
      {"t31_port_queue_create", 1},
      {"t31_port_file_size", 1},
      {"t31_port_file_read", 1},
      {"t31_port_file_write", 1},
      {"t31_port_copy_from_user", 1},
      {"t31_port_copy_to_user", 1},
      {"t31_port_node_create", 1},
      {"t31_port_proc_create", 1},
      {"t31_host_i2c_transfer", 1},
  };
  EXPECT_EQ(failed, all);
}

TEST_P(Faults, I2cTransferTakesItsTimeOnTheWire) {
  u8 data[3] = {0x31, 0x07, 0xcb};
  t31_model_i2c_msg message = {kDevice, 0, 3, data};
  EXPECT_EQ(t31_host_i2c_transfer(0, &message, 1), 1);
  // Start, four bytes of nine bits, stop, at 400 kHz.
  EXPECT_EQ(t31_host_time_ns(), (1 + 4 * 9 + 1) * 2500u);
  u8 read[3] = {};
  message = {kDevice, 1, 3, read};
  EXPECT_EQ(t31_host_i2c_transfer(0, &message, 1), 1);
  EXPECT_EQ(read[2], 0xcb);
}

TEST_P(Faults, I2cErrorsAreTold) {
  u8 byte = 0;
  t31_model_i2c_msg message = {0x7f, 0, 1, &byte};
  EXPECT_EQ(t31_host_i2c_transfer(0, &message, 1), -ENXIO);
  EXPECT_EQ(t31_host_i2c_transfer(2, &message, 1), -EINVAL);
  EXPECT_EQ(t31_host_i2c_transfer(0, &message, 0), -EINVAL);
}

}  // namespace
}  // namespace t31::test
