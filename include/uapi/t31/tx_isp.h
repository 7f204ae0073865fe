/* SPDX-License-Identifier: GPL-2.0-or-later WITH Linux-syscall-note */
/*
 * tx_isp.h - /dev/tx-isp: sensors, links, streaming (user-abi 2). Fixed-width types, identical on
 * 32 and 64 bit machines. The direction and size bits of the ioctl numbers are the vendor's and not
 * trustworthy: compare whole numbers.
 */
#ifndef T31_UAPI_TX_ISP_H
#define T31_UAPI_TX_ISP_H

#ifndef __KERNEL__
#include <stdint.h>
#endif

#define T31_TX_ISP_REGISTER_SENSOR 0x805056c1u
#define T31_TX_ISP_RELEASE_SENSOR 0x805056c2u
#define T31_TX_ISP_ENUM_INPUT 0xc050561au
#define T31_TX_ISP_G_INPUT 0x40045626u
#define T31_TX_ISP_S_INPUT 0xc0045627u
#define T31_TX_ISP_STREAMON 0x80045612u
#define T31_TX_ISP_STREAMOFF 0x80045613u
#define T31_TX_ISP_LINK_SETUP 0x800456d0u
#define T31_TX_ISP_LINK_DESTROY 0x800456d1u
#define T31_TX_ISP_LINK_STREAMON 0x800456d2u
#define T31_TX_ISP_LINK_STREAMOFF 0x800456d3u
#define T31_TX_ISP_SET_BUF_INFO 0x800856d4u
#define T31_TX_ISP_GET_BUF_INFO 0x800856d5u
#define T31_TX_ISP_SET_WDR_BUF_INFO 0x800856d6u
#define T31_TX_ISP_GET_WDR_BUF_INFO 0x800856d7u
#define T31_TX_ISP_WDR_ENABLE 0x800456d8u
#define T31_TX_ISP_WDR_DISABLE 0x800456d9u
#define T31_TX_ISP_DBG_S_REGISTER 0x8038564fu
#define T31_TX_ISP_DBG_G_REGISTER 0xc0385650u
#define T31_TX_ISP_SET_BIN_PATH 0xc00456c7u
#define T31_TX_ISP_GET_BIN_PATH 0xc00456c8u
#define T31_TX_ISP_SET_FRAME_DROP 0xc00456e6u
#define T31_TX_ISP_GET_FRAME_DROP 0xc00456e7u
#define T31_TX_ISP_GPIO_INIT 0xc00456e8u
#define T31_TX_ISP_GPIO_STATE 0xc00456e9u
#define T31_TX_ISP_AE_ALGO_OPEN 0x800456ddu
#define T31_TX_ISP_AE_ALGO_GET 0x800456dbu
#define T31_TX_ISP_AE_ALGO_SET 0x800456dcu
#define T31_TX_ISP_AE_ALGO_CLOSE 0x800456deu
#define T31_TX_ISP_AWB_ALGO_OPEN 0xc00456e3u
#define T31_TX_ISP_AWB_ALGO_GET 0xc00456e1u
#define T31_TX_ISP_AWB_ALGO_SET 0xc00456e2u
#define T31_TX_ISP_AWB_ALGO_CLOSE 0xc00456e4u

/* REGISTER_SENSOR, RELEASE_SENSOR (only `name` used). */
struct t31_sensor_register {
  char name[32];
  uint32_t cbus_type; /* 1 I2C, 2 SPI */
  union {
    struct {
      char type[20];
      uint32_t addr; /* 7 bit */
      uint32_t adapter_id;
    } i2c;
    struct {
      char modalias[32];
      uint32_t bus_num;
    } spi;
  };
  uint16_t rst_gpio, pwdn_gpio, power_gpio, reserved;
};

/* ENUM_INPUT */
struct t31_input {
  uint32_t index;
  char name[32];
  uint32_t type;
  uint32_t reserved[10];
};

/* GET/SET_BUF_INFO, GET/SET_WDR_BUF_INFO */
struct t31_buffer_info {
  uint32_t paddr;
  uint32_t size;
};

/* DBG_S/G_REGISTER */
struct t31_debug_register {
  uint32_t match_type;
  char name[32];
  uint32_t size;
  uint64_t reg;
  uint64_t val;
};

#define T31_BIN_PATH_SIZE 64

/* SET/GET_FRAME_DROP: one per channel; bit i of `mark` = frame i of a cycle of length + 1, 1 =
 * output. */
struct t31_frame_drop {
  struct {
    uint32_t enable;
    uint8_t length; /* 0..31 */
    uint8_t pad[3];
    uint32_t mark;
  } channel[3];
};

/* GPIO_INIT, GPIO_STATE: lists end with 0xff. */
struct t31_gpio_states {
  uint16_t gpio[10];
  uint16_t state[10];
  uint16_t free;
};

#if defined(__cplusplus)
#define T31_UAPI_ASSERT(x) static_assert(x)
#else
#define T31_UAPI_ASSERT(x) _Static_assert(x, #x)
#endif
T31_UAPI_ASSERT(sizeof(struct t31_sensor_register) == 80);
T31_UAPI_ASSERT(sizeof(struct t31_input) == 80);
T31_UAPI_ASSERT(sizeof(struct t31_buffer_info) == 8);
T31_UAPI_ASSERT(sizeof(struct t31_debug_register) == 56);
T31_UAPI_ASSERT(sizeof(struct t31_frame_drop) == 36);
T31_UAPI_ASSERT(sizeof(struct t31_gpio_states) == 42);

#endif
