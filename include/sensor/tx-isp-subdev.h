/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tx-isp-subdev.h - modules, pads and sub-devices: the part of them that sensor drivers embed.
 */
#ifndef T31_SENSOR_TX_ISP_SUBDEV_H
#define T31_SENSOR_TX_ISP_SUBDEV_H

#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/miscdevice.h>
#include <linux/platform_device.h>
#include <linux/spinlock.h>
#include <linux/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ISP_SUCCESS 0
#define TX_ISP_ENTITY_ENUM_MAX_DEPTH 16

struct tx_isp_subdev;
struct tx_isp_subdev_pad;
struct tx_isp_subdev_pad_ops;      /* sensors have none */
struct tx_isp_subdev_internal_ops; /* sensors have none */

struct tx_isp_descriptor {
  unsigned char type;
  unsigned char subtype;
  unsigned char parentid;
  unsigned char unitid;
};

struct tx_isp_module {
  struct tx_isp_descriptor desc;
  struct device* dev;
  const char* name;
  struct miscdevice miscdev;
  struct file_operations* ops;
  struct file_operations* debug_ops;
  struct tx_isp_module* submods[TX_ISP_ENTITY_ENUM_MAX_DEPTH];
  void* parent;
  int (*notify)(struct tx_isp_module* module, unsigned int event, void* data);
};

struct tx_isp_irq_device {
  spinlock_t slock; /* of no size on the camera's kernels */
  int irq;
  void (*enable_irq)(struct tx_isp_irq_device* irq_dev);
  void (*disable_irq)(struct tx_isp_irq_device* irq_dev);
};

struct tx_isp_chip_ident {
  char name[32];
  char* revision;
  unsigned int ident;
};

struct tx_isp_subdev_link {
  struct tx_isp_subdev_pad* source;
  struct tx_isp_subdev_pad* sink;
  struct tx_isp_subdev_link* reverse;
  unsigned int flag;
  unsigned int state;
};

struct tx_isp_subdev_pad {
  struct tx_isp_subdev* sd;
  unsigned char index;
  unsigned char type; /* 1 in, 2 out */
  unsigned char links_type;
  unsigned char state; /* 2 free, 3 linked, 4 streaming */
  struct tx_isp_subdev_link link;
  int (*event)(struct tx_isp_subdev_pad* pad, unsigned int event, void* data);
  void* priv;
};

struct tx_isp_dbg_register {
  char* name; /* must begin with the chip's name */
  unsigned int size;
  unsigned long long reg;
  unsigned long long val;
};

struct tx_isp_dbg_register_list {
  char* name;
  unsigned int size;
  unsigned short* reg;
};

struct tx_isp_subdev_core_ops {
  int (*g_chip_ident)(struct tx_isp_subdev* sd, struct tx_isp_chip_ident* chip);
  int (*init)(struct tx_isp_subdev* sd, int on);
  int (*reset)(struct tx_isp_subdev* sd, int on);
  int (*g_register)(struct tx_isp_subdev* sd, struct tx_isp_dbg_register* reg);
  int (*g_register_list)(struct tx_isp_subdev* sd, struct tx_isp_dbg_register_list* reg);
  int (*g_register_all)(struct tx_isp_subdev* sd, struct tx_isp_dbg_register_list* reg);
  int (*s_register)(struct tx_isp_subdev* sd, const struct tx_isp_dbg_register* reg);
  int (*ioctl)(struct tx_isp_subdev* sd, unsigned int cmd, void* arg);
  irqreturn_t (*interrupt_service_routine)(struct tx_isp_subdev* sd, u32 status, bool* handled);
  irqreturn_t (*interrupt_service_thread)(struct tx_isp_subdev* sd, void* data);
};

struct tx_isp_subdev_video_ops {
  int (*s_stream)(struct tx_isp_subdev* sd, int enable);
  int (*link_stream)(struct tx_isp_subdev* sd, int enable);
  int (*link_setup)(const struct tx_isp_subdev_pad* local, const struct tx_isp_subdev_pad* remote,
                    u32 flags);
};

struct tx_isp_subdev_sensor_ops {
  int (*release_all_sensor)(struct tx_isp_subdev* sd);
  int (*sync_sensor_attr)(struct tx_isp_subdev* sd, void* arg);
  int (*ioctl)(struct tx_isp_subdev* sd, unsigned int cmd, void* arg);
};

struct tx_isp_subdev_ops {
  struct tx_isp_subdev_core_ops* core;
  struct tx_isp_subdev_video_ops* video;
  struct tx_isp_subdev_pad_ops* pad;
  struct tx_isp_subdev_sensor_ops* sensor;
  struct tx_isp_subdev_internal_ops* internal;
};

struct tx_isp_subdev {
  struct tx_isp_module module;
  struct tx_isp_irq_device irqdev;
  struct tx_isp_chip_ident chip;
  struct resource* res;
  void __iomem* base;
  struct clk** clks;
  unsigned int clk_num;
  struct tx_isp_subdev_ops* ops;
  unsigned short num_outpads;
  unsigned short num_inpads;
  struct tx_isp_subdev_pad* outpads;
  struct tx_isp_subdev_pad* inpads;
  void* dev_priv;  /* sensors: struct i2c_client */
  void* host_priv; /* sensors: struct tx_isp_sensor */
};

/*
 * Makes a sub-device known to the ISP. `pdev` gives its name only and stays unregistered. -EINVAL
 * when `pdev` or `sd` is NULL. Deinit forgets it; the owner may free it afterwards.
 */
int tx_isp_subdev_init(struct platform_device* pdev, struct tx_isp_subdev* sd,
                       struct tx_isp_subdev_ops* ops);
void tx_isp_subdev_deinit(struct tx_isp_subdev* sd);

/*
 * /proc/jz/sensor: a sensor driver is shown from add, after it has been registered, to del, before
 * it goes; a sensor of it from bind, after tx_isp_subdev_init, to unbind. The ISP binds by itself,
 * too. Results may be ignored.
 */
struct i2c_driver;
struct module;
int tx_isp_sinfo_driver_add(struct i2c_driver* driver, int default_address, struct module* owner);
void tx_isp_sinfo_driver_del(struct i2c_driver* driver);
int tx_isp_sinfo_sensor_bind(struct tx_isp_subdev* sd, struct module* owner);
void tx_isp_sinfo_sensor_unbind(struct tx_isp_subdev* sd);

static inline void tx_isp_set_subdevdata(struct tx_isp_subdev* sd, void* data) {
  sd->dev_priv = data;
}

static inline void* tx_isp_get_subdevdata(struct tx_isp_subdev* sd) {
  return sd->dev_priv;
}

static inline void tx_isp_set_subdev_hostdata(struct tx_isp_subdev* sd, void* data) {
  sd->host_priv = data;
}

static inline void* tx_isp_get_subdev_hostdata(struct tx_isp_subdev* sd) {
  return sd->host_priv;
}

/* Tells the ISP core of an event: -ENOENT without sub-device, -ENOIOCTLCMD when nobody listens. */
static inline int tx_isp_subdev_notify(struct tx_isp_subdev* sd, unsigned int event, void* arg) {
  if (!sd) return -ENOENT;
  if (!sd->module.notify) return -ENOIOCTLCMD;
  return sd->module.notify(&sd->module, event, arg);
}
#define tx_isp_call_subdev_notify(sd, event, arg) tx_isp_subdev_notify(sd, event, arg)

#ifdef __cplusplus
}
#endif

#endif
