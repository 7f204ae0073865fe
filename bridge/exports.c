/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * exports.c - the functions that sensor drivers call: sub-device life, messages, and thin wrappers
 * of kernel services. Names and meaning are the vendor's; existing sensor modules import them.
 */
#include "driver/port/port.h"

#include "bridge.h"

static int print_level = ISP_WARNING_LEVEL;

void t31_sensor_set_print_level(int level) {
  print_level = level;
}

int isp_printf(unsigned int level, unsigned char* fmt, ...) {
  char text[256];
  va_list arguments;
  int length;

  if ((int)level < print_level || !fmt) return 0;
  va_start(arguments, fmt);
  length = vsnprintf(text, sizeof(text), (const char*)fmt, arguments);
  va_end(arguments);
  if (length >= (int)sizeof(text)) length = sizeof(text) - 1;
  while (length > 0 && text[length - 1] == '\n') text[--length] = '\0';
  if (length <= 0) return 0;
  t31_port_log(level > T31_LOG_ERROR ? T31_LOG_ERROR : (enum t31_log_level)level, "%s", text);
  return length;
}
EXPORT_SYMBOL(isp_printf);

int tx_isp_subdev_init(struct platform_device* pdev, struct tx_isp_subdev* sd,
                       struct tx_isp_subdev_ops* ops) {
  struct tx_isp_module* module;

  if (!pdev || !sd) return -EINVAL;
  module = &sd->module;
  if (pdev->dev.platform_data) memcpy(&module->desc, pdev->dev.platform_data, sizeof(module->desc));
  memset(module->submods, 0, sizeof(module->submods));
  module->parent = NULL;
  module->name = pdev->name;
  module->dev = &pdev->dev;
  module->ops = NULL;
  module->debug_ops = NULL;
  module->notify = t31_bridge_notify;
  sd->ops = ops;
  return 0;
}
EXPORT_SYMBOL(tx_isp_subdev_init);

void tx_isp_subdev_deinit(struct tx_isp_subdev* sd) {
  if (!sd) return;
  t31_bridge_subdev_gone(sd);
  memset(&sd->module, 0, sizeof(sd->module));
  sd->ops = NULL;
}
EXPORT_SYMBOL(tx_isp_subdev_deinit);

int private_driver_get_interface(void) {
  return 0;
}
EXPORT_SYMBOL(private_driver_get_interface);

int private_i2c_add_driver(struct i2c_driver* driver) {
  return driver ? i2c_register_driver(driver->driver.owner, driver) : -EINVAL;
}
EXPORT_SYMBOL(private_i2c_add_driver);

void private_i2c_del_driver(struct i2c_driver* driver) {
  if (driver) i2c_del_driver(driver);
}
EXPORT_SYMBOL(private_i2c_del_driver);

int private_i2c_transfer(struct i2c_adapter* adapter, struct i2c_msg* messages, int count) {
  int result;

  if (!adapter || !messages || count <= 0) return -EINVAL;
  result = i2c_transfer(adapter, messages, count);
  t31_bridge_saw_transfer(adapter, messages, count, result);
  return result;
}
EXPORT_SYMBOL(private_i2c_transfer);

void private_i2c_set_clientdata(struct i2c_client* client, void* data) {
  if (client) i2c_set_clientdata(client, data);
}
EXPORT_SYMBOL(private_i2c_set_clientdata);

void* private_i2c_get_clientdata(const struct i2c_client* client) {
  return client ? i2c_get_clientdata(client) : NULL;
}
EXPORT_SYMBOL(private_i2c_get_clientdata);

int private_clk_enable(struct clk* clk) {
  int result = IS_ERR_OR_NULL(clk) ? -EINVAL : clk_prepare_enable(clk);

  t31_bridge_saw_clock(clk, result);
  return result;
}
EXPORT_SYMBOL(private_clk_enable);

void private_clk_disable(struct clk* clk) {
  if (!IS_ERR_OR_NULL(clk)) clk_disable_unprepare(clk);
}
EXPORT_SYMBOL(private_clk_disable);

void private_clk_put(struct clk* clk) {
  if (!IS_ERR_OR_NULL(clk)) clk_put(clk);
}
EXPORT_SYMBOL(private_clk_put);

int private_clk_set_rate(struct clk* clk, unsigned long hertz) {
  return IS_ERR_OR_NULL(clk) ? -EINVAL : clk_set_rate(clk, hertz);
}
EXPORT_SYMBOL(private_clk_set_rate);

int private_gpio_request(unsigned int gpio, const char* label) {
  return gpio_request(gpio, label);
}
EXPORT_SYMBOL(private_gpio_request);

void private_gpio_free(unsigned int gpio) {
  gpio_free(gpio);
}
EXPORT_SYMBOL(private_gpio_free);

int private_gpio_direction_output(unsigned int gpio, int level) {
  return gpio_direction_output(gpio, level);
}
EXPORT_SYMBOL(private_gpio_direction_output);

int private_jzgpio_set_func(enum gpio_port port, enum gpio_function function, unsigned long pins) {
  return jzgpio_set_func(port, function, pins);
}
EXPORT_SYMBOL(private_jzgpio_set_func);

void private_msleep(unsigned int milliseconds) {
  msleep(milliseconds);
}
EXPORT_SYMBOL(private_msleep);

bool private_capable(int capability) {
  return capable(capability);
}
EXPORT_SYMBOL(private_capable);
