// SPDX-License-Identifier: GPL-2.0-or-later
/* module.c - load, unload, parameters. */
#include <linux/kernel.h>
#include <linux/module.h>

#include "driver/driver.h"
#include "driver/input/sensor_api.h"
#include "glue.h"
#include "registry.h"

static struct t31_parameters parameters = T31_PARAMETERS_DEFAULT;
int t31_print_level = 1;

/* All of them read-only at run time, names and defaults as every start script knows them. */
module_param_named(print_level, t31_print_level, int, 0444);
MODULE_PARM_DESC(print_level, "messages to print: 0 all, 1 warnings and errors, 2 errors, 3 none");
module_param_named(isp_clk, parameters.isp_clk, int, 0444);
MODULE_PARM_DESC(isp_clk, "ISP clock in Hz");
module_param_named(isp_ch0_pre_dequeue_time, parameters.isp_ch0_pre_dequeue_time, int, 0444);
MODULE_PARM_DESC(isp_ch0_pre_dequeue_time,
                 "deliver channel 0 this many ms after frame start; 0: when done");
module_param_named(isp_ch0_pre_dequeue_interrupt_process,
                   parameters.isp_ch0_pre_dequeue_interrupt_process, int, 0444);
MODULE_PARM_DESC(isp_ch0_pre_dequeue_interrupt_process, "accepted for old start scripts");
module_param_named(isp_ch0_pre_dequeue_valid_lines, parameters.isp_ch0_pre_dequeue_valid_lines, int,
                   0444);
MODULE_PARM_DESC(isp_ch0_pre_dequeue_valid_lines, "lines that an early picture should have");
module_param_named(isp_ch1_dequeue_delay_time, parameters.isp_ch1_dequeue_delay_time, int, 0444);
MODULE_PARM_DESC(isp_ch1_dequeue_delay_time, "deliver channel 1 this many ms late");
module_param_named(isp_day_night_switch_drop_frame_num,
                   parameters.isp_day_night_switch_drop_frame_num, int, 0444);
MODULE_PARM_DESC(isp_day_night_switch_drop_frame_num,
                 "frames of a channel to drop after a day/night switch");
module_param_named(isp_memopt, parameters.isp_memopt, int, 0444);
MODULE_PARM_DESC(isp_memopt, "not 0: temporal denoise with the small reference memory");

static int __init t31_init(void) {
  int result;

  parameters.print_level = t31_print_level;
  t31_sensor_set_print_level(t31_print_level);
  result = t31_platform_register();
  if (result) return result;
  t31_memory_find_reserved();
  result = t31_proc_folder_create();
  if (!result) {
    result = t31_driver_load(&parameters);
    if (!result) {
      t31_registry_start();
      return 0;
    }
    t31_proc_folder_remove();
  }
  t31_platform_unregister();
  return result;
}

static void __exit t31_exit(void) {
  t31_registry_stop();
  t31_driver_unload();
  t31_proc_folder_remove();
  t31_platform_unregister();
}

module_init(t31_init);
module_exit(t31_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Open driver for the Ingenic T31 image signal processor");
