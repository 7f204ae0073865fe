/* SPDX-License-Identifier: GPL-2.0-or-later */
/* exposure.c - exposure and white balance by hand: what is set is what the camera then does. */
#include <stdio.h>
#include <string.h>

#include "camera.h"

#define SET_EXPOSURE "IMP_ISP_Tuning_SetExpr"
#define SET_ALL "IMP_ISP_Tuning_SetAeAttr"
#define GET_ALL "IMP_ISP_Tuning_GetAeAttr"
#define SET_BALANCE "IMP_ISP_Tuning_SetWB"

static IMPISPExpr exposure_now(void) {
  IMPISPExpr exposure;
  memset(&exposure, 0, sizeof(exposure));
  expect("IMP_ISP_Tuning_GetExpr", IMP_ISP_Tuning_GetExpr(&exposure), 0);
  return exposure;
}

static void set_exposure(unsigned mode, unsigned unit, unsigned time, int wanted) {
  IMPISPExpr exposure;
  char what[48];
  memset(&exposure, 0, sizeof(exposure));
  exposure.s_attr.mode = (enum isp_core_expr_mode)mode;
  exposure.s_attr.unit = (enum isp_core_expr_unit)unit;
  exposure.s_attr.time = (uint16_t)time;
  snprintf(what, sizeof(what), "mode %u, unit %u, time %u", mode, unit, time);
  call_begins(SET_EXPOSURE, what);
  call_ended(SET_EXPOSURE, what, IMP_ISP_Tuning_SetExpr(&exposure), wanted);
}

/* A time takes some frames from the call to the picture. */
static void expect_lines(unsigned lines) {
  skip_frames(0, 6);
  const IMPISPExpr now = exposure_now();
  if (now.g_attr.mode != ISP_CORE_EXPR_MODE_MANUAL || now.g_attr.integration_time != lines) {
    printf("mode %d, %u lines instead of %u\n", now.g_attr.mode, now.g_attr.integration_time,
           lines);
  }
  check("the exposure by hand is in force",
        now.g_attr.mode == ISP_CORE_EXPR_MODE_MANUAL && now.g_attr.integration_time == lines);
}

static void times(void) {
  const IMPISPExpr limits = exposure_now();
  const unsigned least = limits.g_attr.integration_time_min;
  const unsigned most = limits.g_attr.integration_time_max;
  const unsigned line_us = limits.g_attr.one_line_expr_in_us;
  check("the limits of exposure make sense", least >= 1 && least < most && line_us > 0);
  set_exposure(1, 0, least, 0);
  expect_lines(least);
  set_exposure(1, 0, most, 0);
  expect_lines(most);
  set_exposure(1, 0, most + 1, 0); /* the longest there is */
  expect_lines(most);
  set_exposure(1, 1, 300 * line_us, 0);
  expect_lines(300);
  set_exposure(1, 2, 300, -1);
  set_exposure(2, 0, 400, -1);
  expect_lines(300);
  set_exposure(0, 0, 0, 0);
  check("exposure is automatic again", exposure_now().g_attr.mode == ISP_CORE_EXPR_MODE_AUTO);
}

/* Words of the public structure: freeze, and pairs of {by hand, value}. */
enum { kTime = 1, kAgain = 3, kSensorDgain = 5, kIspDgain = 7, kWords = 18 };

static void gains(void) {
  pointer_call set = (pointer_call)library_function(SET_ALL);
  pointer_call get = (pointer_call)library_function(GET_ALL);
  uint32_t words[kWords] = {0};
  uint32_t got[kWords] = {0};
  if (set == NULL) return;
  words[kTime] = words[kAgain] = words[kIspDgain] = 1;
  words[kTime + 1] = 500;
  words[kAgain + 1] = 2048;
  words[kIspDgain + 1] = 1536;
  expect(SET_ALL, set(words), 0);
  skip_frames(0, 6);
  expect(GET_ALL, get(got), 0);
  check("time and gains by hand are read back",
        got[kTime] == 1 && got[kTime + 1] == 500 && got[kAgain] == 1 && got[kAgain + 1] == 2048 &&
            got[kIspDgain] == 1 && got[kIspDgain + 1] == 1536);
  uint32_t total = 0;
  expect("IMP_ISP_Tuning_GetTotalGain", IMP_ISP_Tuning_GetTotalGain(&total), 0);
  check("the total gain is their product", total > 760 && total < 776); /* 2 * 1.5 * 256 */
  expect(SET_ALL " unchanged", set(got), 0);
  memset(words, 0, sizeof(words));
  words[0] = 1;
  expect(SET_ALL, set(words), 0);
  expect(GET_ALL, get(got), 0);
  check("frozen is read back", got[0] == 1 && got[kTime] == 0 && got[kAgain] == 0);
  words[0] = 0;
  expect(SET_ALL, set(words), 0);
  expect(GET_ALL, get(got), 0);
  check("automatic is read back", got[0] == 0 && got[kTime] == 0 && got[kAgain] == 0);
}

static void balance(unsigned mode, unsigned red, unsigned blue, int wanted) {
  IMPISPWB white;
  char what[48];
  memset(&white, 0, sizeof(white));
  white.mode = (enum isp_core_wb_mode)mode;
  white.rgain = (uint16_t)red;
  white.bgain = (uint16_t)blue;
  snprintf(what, sizeof(what), "mode %u, %u, %u", mode, red, blue);
  call_begins(SET_BALANCE, what);
  call_ended(SET_BALANCE, what, IMP_ISP_Tuning_SetWB(&white), wanted);
}

static IMPISPWB balance_now(void) {
  IMPISPWB white;
  memset(&white, 0, sizeof(white));
  expect("IMP_ISP_Tuning_GetWB", IMP_ISP_Tuning_GetWB(&white), 0);
  return white;
}

static void balances(void) {
  const unsigned last = 9;
  for (unsigned mode = 0; mode <= last; ++mode) {
    balance(mode, 300, 500, 0);
    check("the mode of white balance is read back", (unsigned)balance_now().mode == mode);
  }
  balance(last + 1, 300, 500, -1);
  check("a mode that there is not changes nothing", (unsigned)balance_now().mode == last);
  balance(1, 256, 4095, 0);
  const IMPISPWB now = balance_now();
  check("gains by hand are read back", now.rgain == 256 && now.bgain == 4095);
  IMPISPWB same = now;
  expect(SET_BALANCE " unchanged", IMP_ISP_Tuning_SetWB(&same), 0);
  balance(0, 0, 0, 0);
}

void check_exposure(void) {
  times();
  gains();
  balances();
}

/* 1.1.1 has no control for gains: their limits leave only one. */
static void confine_gains(unsigned gain) {
  IMPISPAEMin least;
  unsigned octaves = 0;
  while (1024u << (octaves + 1) <= gain) ++octaves;
  memset(&least, 0, sizeof(least));
  least.min_it = least.min_it_short = 1;
  least.min_again = least.min_again_short = gain;
  expect("IMP_ISP_Tuning_SetMaxAgain", IMP_ISP_Tuning_SetMaxAgain(32 * octaves), 0);
  expect("IMP_ISP_Tuning_SetMaxDgain", IMP_ISP_Tuning_SetMaxDgain(0), 0);
  expect("IMP_ISP_Tuning_SetAeMin", IMP_ISP_Tuning_SetAeMin(&least), 0);
}

void hold_gains(unsigned lines, unsigned gain) {
  pointer_call set = (pointer_call)library_function(SET_ALL);
  uint32_t words[kWords] = {0};
  if (set == NULL) {
    confine_gains(gain);
    set_exposure(1, 0, lines, 0);
    return;
  }
  words[0] = words[kTime] = words[kAgain] = words[kSensorDgain] = words[kIspDgain] = 1;
  words[kTime + 1] = lines;
  words[kAgain + 1] = gain;
  words[kSensorDgain + 1] = words[kIspDgain + 1] = 1024;
  expect(SET_ALL, set(words), 0);
}
