/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tx-isp-debug.h - messages of sensor drivers. The module parameter print_level decides what is
 * printed.
 */
#ifndef T31_SENSOR_TX_ISP_DEBUG_H
#define T31_SENSOR_TX_ISP_DEBUG_H

#define ISP_INFO_LEVEL 0
#define ISP_WARNING_LEVEL 1
#define ISP_ERROR_LEVEL 2

#ifdef __cplusplus
extern "C" {
#endif

/* Prints when `level` is at least print_level. Returns the number of characters printed. */
int isp_printf(unsigned int level, unsigned char* fmt, ...);

#ifdef __cplusplus
}
#endif

/* A driver may redefine ISP_PRINT; the three below then follow. */
#define ISP_PRINT(level, format, ...) isp_printf(level, (unsigned char*)(format), ##__VA_ARGS__)

#define ISP_INFO(format, ...) ISP_PRINT(ISP_INFO_LEVEL, format, ##__VA_ARGS__)
#define ISP_WARNING(format, ...) ISP_PRINT(ISP_WARNING_LEVEL, format, ##__VA_ARGS__)
#define ISP_ERROR(format, ...) ISP_PRINT(ISP_ERROR_LEVEL, format, ##__VA_ARGS__)

#endif
