/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * table.c - every control with the smallest and the largest value that it takes, and with the next
 * ones, which it has to refuse (ranges: user-abi 3.3 and the vendor's header; what this driver
 * checks beyond the vendor's: docs/differences.md).
 */
#include "table.h"

#include <stdint.h>

/* clang-format off */
#define VALUE(value, wanted) {0, 4, value, wanted, 0, 0}
#define READS(value, other) {0, 4, value, 0, 1, other}
#define BYTE(value, wanted) {0, 1, value, wanted, 0, 0}
#define AT(offset, width, value, wanted) {offset, width, value, wanted, 0, 0}
#define AT_READS(offset, width, value, other) {offset, width, value, 0, 1, other}
#define OK 0
#define NO -1

#define BY_VALUE(name, size, ...) \
  {.set = "Set" name, .get = "Get" name, .by_value = 1, .bytes = size, .keeps = 1, .changes = {__VA_ARGS__}}
#define LEVEL(name) BY_VALUE(name, 1, BYTE(0, OK), BYTE(255, OK), BYTE(128, OK))
#define SWITCH(name) BY_VALUE(name, 4, VALUE(1, OK), VALUE(0, OK))
#define STRENGTH(name) \
  BY_VALUE(name, 4, VALUE(0, OK), VALUE(255, OK), VALUE(256, NO), VALUE(-1, NO), VALUE(128, OK))
#define ONLY_SET(name, ...) {.set = name, .by_value = 1, .bytes = 4, .changes = {__VA_ARGS__}}
#define ONLY_GET(name, size) {.get = name, .bytes = size}
#define BLOCK(name, size, ...) \
  {.set = "Set" name, .get = "Get" name, .bytes = size, .keeps = 1, .changes = {__VA_ARGS__}}
#define WEIGHTS(setter, getter) \
  {.set = setter, .get = getter, .bytes = 225, .keeps = 1, \
   .changes = {BYTE(0, OK), BYTE(8, OK), BYTE(9, NO), AT(224, 1, 0, OK), AT(224, 1, 8, OK), \
               AT(224, 1, 9, NO), AT(112, 1, 255, NO)}}

static const uint32_t wait_2_s[6] = {2000, 0, 0, 0, 0, 0};

const struct control controls[] = {
    /* picture */
    LEVEL("Brightness"),
    LEVEL("Contrast"),
    LEVEL("Sharpness"),
    LEVEL("Saturation"),
    LEVEL("BcshHue"),
    SWITCH("ISPHflip"),
    SWITCH("ISPVflip"),
    {.set = "SetHVFLIP", .get = "GetHVFlip", .by_value = 1, .bytes = 4, .keeps = 1,
     .changes = {VALUE(1, OK), VALUE(2, OK), VALUE(3, OK), VALUE(0, OK)}},
    BLOCK("Gamma", 258, AT(0, 2, 0, OK), AT(256, 2, 4095, OK), AT(256, 2, 4096, NO), AT(0, 2, 0xffff, NO),
          AT(128, 2, 0, OK)),
    /* 1.25, -0.25, the ends of the format, and what is nearly 0 */
    BLOCK("CCMAttr", 44, AT(0, 4, 1, OK), AT(4, 4, 1, OK), AT(8, 4, 0x3fa00000, OK), AT(12, 4, 0xbe800000, OK),
          AT(16, 4, 0x40fff000, OK), AT(20, 4, 0xc0fff000, OK), AT_READS(24, 4, 0xb727c5ac + 0x800000, 0),
          AT(4, 4, 0, OK)),
    {.set = "SetCsc_Attr", .get = "GetCsc_Attr", .bytes = 64,
     .changes = {AT(0, 4, 1, OK), AT(0, 4, 2, OK), AT(0, 4, 3, OK), AT(0, 4, 4, OK), AT(0, 4, 5, NO),
                 AT(0, 4, -1, NO), AT(0, 4, 0, OK)}},
    /* bits 0 to 18 and 31 */
    BLOCK("ModuleControl", 4, VALUE(0x8007ffff, OK), VALUE(0x80000000, OK), VALUE(0x40, OK)),
    {.set = "SetScalerLv", .bytes = 12,
     .changes = {AT(8, 1, 128, OK), AT(4, 4, 1, OK), AT(8, 1, 0, OK), AT(8, 1, 129, NO), AT(0, 1, 1, OK),
                 AT(0, 1, 3, NO), AT(4, 4, 2, NO), AT(4, 4, 0, OK)}},
    {.set = "IMP_ISP_SetFixedContraster", .bytes = 6,
     .changes = {AT(4, 2, 0xff00, OK), AT(0, 4, 1, OK), AT(4, 2, 0x00ff, NO), AT(0, 4, 2, NO), AT(4, 2, 0x8080, OK),
                 AT(0, 4, 0, OK)}},
    /* noise and tone */
    STRENGTH("DPC_Strength"),
    STRENGTH("DRC_Strength"),
    ONLY_SET("SetDPStrength", VALUE(0, OK), VALUE(255, OK), VALUE(256, NO), VALUE(128, OK)),
    BLOCK("Defog_Strength", 1, BYTE(0, OK), BYTE(255, OK), BYTE(128, OK)),
    ONLY_SET("SetTemperStrength", VALUE(0, OK), VALUE(255, OK), VALUE(256, NO), VALUE(-1, NO), VALUE(128, OK)),
    ONLY_SET("SetSinterStrength", VALUE(0, OK), VALUE(255, OK), VALUE(256, NO), VALUE(-1, NO), VALUE(128, OK)),
    ONLY_SET("EnableDRC", VALUE(0, OK), VALUE(1, OK), VALUE(2, NO)),
    ONLY_SET("EnableDefog", VALUE(0, OK), VALUE(1, OK), VALUE(2, NO)),
    /* exposure */
    BY_VALUE("AntiFlickerAttr", 4, VALUE(1, OK), VALUE(2, OK), VALUE(3, NO), VALUE(-1, NO), VALUE(0, OK)),
    STRENGTH("AeComp"),
    BY_VALUE("MaxAgain", 4, VALUE(0, OK), VALUE(96, OK), VALUE(160, OK), VALUE(-1, NO)),
    BY_VALUE("MaxDgain", 4, VALUE(0, OK), VALUE(64, OK), VALUE(-1, NO)),
    BY_VALUE("HiLightDepress", 4, VALUE(0, OK), VALUE(10, OK), VALUE(11, NO), VALUE(-1, NO), VALUE(0, OK)),
    BY_VALUE("BacklightComp", 4, VALUE(0, OK), VALUE(10, OK), VALUE(11, NO), VALUE(-1, NO), VALUE(0, OK)),
    {.set = "SetAe_IT_MAX", .get = "GetAE_IT_MAX", .by_value = 1, .bytes = 4, .keeps = 1,
     .changes = {VALUE(1, OK), VALUE(0, NO), VALUE(500, OK), VALUE(1000, OK)}},
    ONLY_SET("SetAeFreeze", VALUE(1, OK), VALUE(2, NO), VALUE(0, OK)),
    WEIGHTS("SetAeWeight", "GetAeWeight"),
    WEIGHTS("AE_SetROI", "AE_GetROI"),
    {.set = "SetAeHist", .get = "GetAeHist", .bytes = 16, .keeps = 1, .measured = 4, .measured_bytes = 10,
     .changes = {BYTE(0, OK), AT(3, 1, 255, OK), AT(0, 1, 255, NO), AT(2, 1, 255, OK), AT(1, 1, 0, OK)}},
    BLOCK("AeMin", 16, AT(0, 4, 1, OK), AT(0, 4, 0, NO), AT(0, 4, 100000, NO), AT(0, 4, 4, OK), AT(4, 4, 1024, OK),
          AT(4, 4, 1023, NO), AT(4, 4, -1, NO)),
    BLOCK("AeTargetList", 40, AT(0, 4, 255, OK), AT(0, 4, 256, NO), AT(36, 4, 0, OK), AT(36, 4, -1, NO),
          AT(0, 4, 50, OK), AT(36, 4, 30, OK)),
    ONLY_GET("GetEVAttr", 24),
    ONLY_GET("GetTotalGain", 4),
    ONLY_GET("GetAeLuma", 4),
    ONLY_GET("GetAeState", 12),
    ONLY_GET("GetAeZone", 900),
    ONLY_GET("GetAeHist_Origin", 1024),
    /* white balance */
    ONLY_GET("GetWB_Statis", 8),
    ONLY_GET("GetWB_GOL_Statis", 8),
    {.set = "SetAwbWeight", .get = "GetAwbWeight", .bytes = 225, .changes = {BYTE(0, OK), BYTE(8, OK)}},
    {.set = "SetAwbHist", .get = "GetAwbHist", .bytes = 36, .changes = {BYTE(1, OK)}},
    {.set = "Awb_SetRgbCoefft", .get = "Awb_GetRgbCoefft", .bytes = 6, .keeps = 1,
     .changes = {AT(0, 2, 0, OK), AT(0, 2, 300, OK), AT(4, 2, 200, OK)}},
    ONLY_GET("GetAwbZone", 675),
    ONLY_SET("SetWB_ALGO", VALUE(1, OK), VALUE(2, OK), VALUE(3, NO), VALUE(-1, NO), VALUE(0, OK)),
    {.set = "SetAwbCt", .get = "GetAWBCt", .bytes = 4, .changes = {VALUE(2000, OK), VALUE(10000, OK), VALUE(5000, OK)}},
    BLOCK("AwbClust", 40, AT(0, 4, 1, OK), AT(0, 4, 2, NO), AT(4, 4, 1, OK), AT(4, 4, 2, NO), AT(8, 4, 64, OK),
          AT(8, 4, 65, NO), AT(36, 4, 7, OK), AT(0, 4, 0, OK)),
    BLOCK("AwbCtTrend", 24, AT(0, 4, 0, OK), AT(20, 4, 16383, OK), AT(20, 4, 16384, NO), AT(0, 4, -1, NO),
          AT(20, 4, 10, OK)),
    /* focus, sensor, the rest */
    {.set = "SetAfHist", .get = "GetAfHist", .bytes = 24, .keeps = 1, .measured = 0, .measured_bytes = 8, .compared = 22,
     .changes = {AT(8, 1, 1, OK), AT(9, 1, 4, OK), AT(10, 2, 64, OK), AT(12, 2, 0, OK), AT(14, 2, 255, OK),
                 AT(16, 2, 64, OK), AT_READS(18, 1, 0, 1), AT(18, 1, 255, OK), AT_READS(19, 1, 2, 3), AT(19, 1, 255, OK),
                 AT(20, 1, 5, OK), AT(20, 1, 4, NO), AT(20, 1, 15, OK), AT(20, 1, 16, NO), AT(21, 1, 5, OK),
                 AT(21, 1, 4, NO), AT(21, 1, 15, OK), AT(21, 1, 16, NO)}},
    WEIGHTS("SetAfWeight", "GetAfWeight"),
    ONLY_GET("GetAFMetrices", 4),
    ONLY_GET("GetAfZone", 900),
    ONLY_GET("GetSensorAttr", 20),
    ONLY_GET("GetBlcAttr", 20),
    {.get = "WaitFrame", .bytes = 24, .ask = wait_2_s},
    BY_VALUE("ISPRunningMode", 4, VALUE(1, OK), VALUE(2, NO), VALUE(0, OK)),
    ONLY_SET("SetISPCustomMode", VALUE(1, NO), VALUE(2, NO)),
    BLOCK("Wdr_OutputMode", 4, VALUE(1, OK), VALUE(2, OK), VALUE(3, NO), VALUE(0, OK)),
    /* three of {enable, length, pattern}; "enabled" is what is always read */
    {.set = "IMP_ISP_SetFrameDrop", .get = "IMP_ISP_GetFrameDrop", .bytes = 36, .keeps = 1,
     .changes = {AT(28, 1, 31, OK), AT(32, 4, -1, OK), AT(28, 1, 32, NO), AT(4, 1, 0, OK), AT(8, 4, 1, OK),
                 AT(28, 1, 0, OK), AT(32, 4, 1, OK)}},
};
/* clang-format on */

const unsigned control_count = sizeof(controls) / sizeof(controls[0]);
