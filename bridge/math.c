/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * math.c - the fixed-point logarithm and power of two that sensor drivers use for gains. Results
 * are the vendor's to the last bit, because gain codes follow from them.
 */
#include "bridge.h"

#define TABLE_BITS 5 /* the table has 2^5 steps per octave */

/* round(2^30 * 2^(i/32)) */
static const u32 power_of_two[(1 << TABLE_BITS) + 1] = {
    0x40000000, 0x4166c34c, 0x42d561b4, 0x444c0740, 0x45cae0f2, 0x47521cc6, 0x48e1e9ba,
    0x4a7a77d4, 0x4c1bf829, 0x4dc69cdd, 0x4f7a9930, 0x51382182, 0x52ff6b55, 0x54d0ad5a,
    0x56ac1f75, 0x5891fac1, 0x5a82799a, 0x5c7dd7a4, 0x5e8451d0, 0x60962665, 0x62b39509,
    0x64dcdec3, 0x6712460b, 0x69540ec9, 0x6ba27e65, 0x6dfddbcc, 0x70666f76, 0x72dc8374,
    0x75606374, 0x77f25cce, 0x7a92be8b, 0x7d41d96e, 0x80000000,
};

/* Position of the highest set bit; 0 for 0. */
static u32 leading_one(u32 value) {
  u32 position = 0;

  while (value >>= 1) position++;
  return position;
}

u32 private_log2_int_to_fixed(u32 value, u8 out_precision, u8 shift_out) {
  u32 integer, mantissa, fraction = 0;
  u8 bit;

  if (!value || shift_out > 15) return 0;
  integer = leading_one(value);
  mantissa = integer < 16 ? value << (15 - integer) : value >> (integer - 15);
  for (bit = 0; bit < out_precision; bit++) {
    mantissa *= mantissa;
    fraction <<= 1;
    if (mantissa & 0x80000000u) {
      fraction++;
      mantissa >>= 16;
    } else {
      mantissa >>= 15;
    }
  }
  return (((integer << out_precision) + fraction) << shift_out) |
         ((mantissa & 0x7fff) >> (15 - shift_out));
}
EXPORT_SYMBOL(private_log2_int_to_fixed);

u32 private_log2_fixed_to_fixed(u32 value, int in_fix, u8 out_fix) {
  return private_log2_int_to_fixed(value, out_fix, 0) - ((u32)in_fix << out_fix);
}
EXPORT_SYMBOL(private_log2_fixed_to_fixed);

u32 private_math_exp2(u32 value, u8 shift_in, u8 shift_out) {
  u32 integer, fraction, mantissa;
  int shift;

  if (shift_in > 31) return 0;
  integer = value >> shift_in;
  fraction = value & ((1u << shift_in) - 1);
  if (shift_in <= TABLE_BITS) {
    mantissa = power_of_two[fraction << (TABLE_BITS - shift_in)];
  } else {
    u32 rest_bits = shift_in - TABLE_BITS;
    u32 step = fraction >> rest_bits;
    u32 rest = fraction & ((1u << rest_bits) - 1);
    u64 slope = power_of_two[step + 1] - power_of_two[step];

    mantissa = power_of_two[step] + (u32)((slope * rest) >> rest_bits);
  }
  shift = 30 - (int)shift_out - (int)integer;
  if (integer > 31 || shift < -1) return 0xffffffffu;
  if (shift < 0) return mantissa << 1;
  return mantissa >> shift;
}
EXPORT_SYMBOL(private_math_exp2);
