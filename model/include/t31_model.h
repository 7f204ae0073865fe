/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t31_model.h - the virtual T31: a register-level model of the chip's camera hardware, behind a
 * plain C interface so that any emulator or test bench can host it.
 *
 * The model has no thread of control of its own: the host calls it, under one lock of the host's,
 * and it calls back (interrupt lines, DMA) from inside those calls. Time is the host's: it asks for
 * the next event and advances to it.
 */
#ifndef T31_MODEL_H
#define T31_MODEL_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct t31_model;

/* Interrupt lines, as bit numbers of INTC bank 0 (Linux irq = 8 + number). */
enum { T31_MODEL_IRQ_ISP = 29, T31_MODEL_IRQ_VIC = 30 };

/* Parents of the clock dividers in the CPM, in hertz: sources 0, 1 and 2. */
#define T31_MODEL_APLL_HZ UINT64_C(1392000000)
#define T31_MODEL_MPLL_HZ UINT64_C(1200000000)
#define T31_MODEL_VPLL_HZ UINT64_C(1188000000)

struct t31_model_callbacks {
  void* context;
  /* Level of an interrupt line changed. Called from inside write/advance/reset; must not call back.
   */
  void (*irq)(void* context, unsigned line, int level);
  /*
   * CPU view of [bus_address, bus_address + size) for the DMA engines; NULL when any byte of it is
   * not memory: the model then transfers nothing and counts a bus error.
   */
  void* (*dma)(void* context, uint32_t bus_address, uint32_t size);
  /* One line of diagnosis (wrong programming seen); may be NULL. */
  void (*log)(void* context, const char* line);
};

struct t31_model_options {
  unsigned threads;         /* pixel worker threads; 0: as many as the machine has, at most 4 */
  int reference_pixels;     /* non-zero: the scalar reference instead of the fast pixel path */
  int rewrite_last_address; /* empty address FIFO: 0 drops the frame, 1 rewrites the last buffer */
};

struct t31_model* t31_model_create(const struct t31_model_callbacks* callbacks,
                                   const struct t31_model_options* options);
void t31_model_destroy(struct t31_model* model);

/* Registers by physical address, 32 bits wide and aligned. Unknown or clock-gated addresses read 0.
 */
uint32_t t31_model_read(struct t31_model* model, uint32_t address);
void t31_model_write(struct t31_model* model, uint32_t address, uint32_t value);

/* Time in nanoseconds since creation. `next` is UINT64_MAX when nothing is pending. */
uint64_t t31_model_now(const struct t31_model* model);
uint64_t t31_model_next_event(const struct t31_model* model);
/* Runs all events up to and including `time`. `time` below now is ignored. */
void t31_model_advance(struct t31_model* model, uint64_t time);

/*
 * I2C bus at transaction level (a host with an I2C controller of its own uses this; register-level
 * I2C is the emulator's). Flags: bit 0 = read. Returns the number of messages done, or -6 (ENXIO)
 * when no device acknowledges the address.
 */
struct t31_model_i2c_msg {
  uint16_t address;
  uint16_t flags;
  uint16_t length;
  uint8_t* data;
};
int t31_model_i2c_transfer(struct t31_model* model, unsigned bus,
                           struct t31_model_i2c_msg* messages, int count);

/*
 * Puts a sensor on I2C bus `bus` and the MIPI receiver. `json` describes it:
 *   {"sensor":"sc2336", "scene":{...}, ...}   see docs/model.md
 * A second call replaces the sensor. Returns 0, or -22 (EINVAL) with a message in `error`.
 */
int t31_model_attach_sensor(struct t31_model* model, unsigned bus, const char* json, char* error,
                            uint32_t error_size);
void t31_model_detach_sensor(struct t31_model* model);

/* Counters for tests and reports; index by enum t31_model_counter. */
enum t31_model_counter {
  T31_MODEL_FRAMES_STARTED,
  T31_MODEL_FRAMES_OUTPUT,     /* images written, all channels */
  T31_MODEL_FRAMES_DROPPED,    /* channel enabled, no buffer address */
  T31_MODEL_BUS_ERRORS,        /* DMA to what is not memory */
  T31_MODEL_STALLS,            /* frames lost because outputs hang after an enlarging window */
  T31_MODEL_GATED_ACCESSES,    /* register accesses while the unit's clock was stopped */
  T31_MODEL_PIXEL_NANOSECONDS, /* wall time spent in pixels */
  T31_MODEL_COUNTERS
};
uint64_t t31_model_counter(const struct t31_model* model, enum t31_model_counter counter);

#ifdef __cplusplus
}
#endif

#endif
