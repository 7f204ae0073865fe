/* SPDX-License-Identifier: GPL-2.0-or-later */
/* symbols.c - what sensor drivers, being shared objects, may call: the ISP module's exports, the
 * kernel. */
#include <dlfcn.h>

#include <linux/io.h>
#include <linux/namei.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include "host/kernel/kernel.h"

#include "tx-isp-common.h"

typedef void (*symbol)(void);

static const symbol kExports[] = {
    (symbol)isp_printf,
    (symbol)private_capable,
    (symbol)private_clk_disable,
    (symbol)private_clk_enable,
    (symbol)private_clk_put,
    (symbol)private_clk_set_rate,
    (symbol)private_driver_get_interface,
    (symbol)private_gpio_direction_output,
    (symbol)private_gpio_free,
    (symbol)private_gpio_request,
    (symbol)private_i2c_add_driver,
    (symbol)private_i2c_del_driver,
    (symbol)private_i2c_get_clientdata,
    (symbol)private_i2c_set_clientdata,
    (symbol)private_i2c_transfer,
    (symbol)private_jzgpio_set_func,
    (symbol)private_log2_fixed_to_fixed,
    (symbol)private_log2_int_to_fixed,
    (symbol)private_math_exp2,
    (symbol)private_msleep,
    (symbol)tx_isp_sinfo_driver_add,
    (symbol)tx_isp_sinfo_driver_del,
    (symbol)tx_isp_sinfo_sensor_bind,
    (symbol)tx_isp_sinfo_sensor_unbind,
    (symbol)tx_isp_subdev_deinit,
    (symbol)tx_isp_subdev_init,

    (symbol)clk_get,
    (symbol)clk_get_parent,
    (symbol)clk_get_rate,
    (symbol)clk_prepare_enable,
    (symbol)clk_set_parent,
    (symbol)gpio_request,
    (symbol)i2c_transfer,
    (symbol)kfree,
    (symbol)kzalloc,
    (symbol)msleep,
    (symbol)kern_path,
    (symbol)printk,
    (symbol)proc_create_data,
    (symbol)proc_mkdir,
    (symbol)remove_proc_entry,
    (symbol)remove_proc_subtree,
    (symbol)seq_lseek,
    (symbol)seq_printf,
    (symbol)seq_puts,
    (symbol)seq_read,
    (symbol)simple_read_from_buffer,
    (symbol)single_open,
    (symbol)single_release,
    (symbol)writel,
};

int t31_host_symbols_visible(void) {
  void* seen = dlsym(RTLD_DEFAULT, "isp_printf");

  return seen && seen == *(void* const*)&kExports[0];
}
