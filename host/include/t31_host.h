/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t31_host.h - a T31 camera inside a PC process: the driver, loaded on the virtual T31, and what
 * user space of a camera would call. Clients (t31cam, tests) use this header and nothing below it.
 *
 * All functions return negative errno values on error, as a system call would inside the kernel.
 */
#ifndef T31_HOST_H
#define T31_HOST_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Machine ----------------------------------------------------------------------------------
 */

enum t31_host_scheduler {
  /* One thread runs at a time; time jumps to the next event when all threads are blocked. */
  T31_HOST_DETERMINISTIC,
  /* Real threads, seeded jitter. */
  T31_HOST_FREE
};

struct t31_host_config {
  enum t31_host_scheduler scheduler;
  int real_time;          /* pace virtual time to the wall clock (either scheduler) */
  uint64_t seed;          /* jitter of the free scheduler */
  unsigned slow;          /* paced time runs so many times slower than the wall clock; 0: 1 */
  uint32_t rmem_base;     /* 0: 0x06000000 */
  uint32_t rmem_size;     /* 0: 32 MiB; frame memory that clients hand to the driver */
  uint32_t ispmem_size;   /* 0: 8 MiB at 0x05800000; UINT32_MAX: none */
  unsigned model_threads; /* pixel threads, 0: automatic */
  int reference_pixels;
  int rewrite_last_address;
  const char* root; /* directory that stands for "/" in file access (etc/sensor ...); NULL: none */
  const char* trace_path; /* register trace in the format of data/golden/README.md; NULL: none */
};

/* A fresh machine; everything of the one before is gone. Returns 0. */
int t31_host_reset(const struct t31_host_config* config);
/* Ends the machine; aborts with a report when the driver left anything behind. */
void t31_host_shutdown(void);

/* The model below, for sensors and tests. Calls into it go through the host's lock:
 * t31_host_attach_sensor wraps t31_model_attach_sensor for I2C bus 0. */
struct t31_model;
int t31_host_attach_sensor(const char* json, char* error, uint32_t error_size);
uint64_t t31_host_model_counter(int counter);
/* Register access from the side, as devmem would (physical address). */
uint32_t t31_host_peek(uint32_t address);
void t31_host_poke(uint32_t address, uint32_t value);

/* ---- Modules
 * ------------------------------------------------------------------------------------- */

/* insmod tx-isp-t31.ko PARAMETERS ("isp_clk=200000000 isp_memopt=1"). */
int t31_host_load_driver(const char* parameters);
int t31_host_unload_driver(void);
/* insmod of a sensor driver: a shared object built from unmodified sensor sources. */
int t31_host_insmod(const char* path, const char* parameters);
int t31_host_rmmod(const char* path);

/* ---- Threads and time
 * ------------------------------------------------------------------------------ */

/* The calling thread becomes a client thread (the one that calls t31_host_reset already is). */
void t31_host_thread_attach(const char* name);
void t31_host_thread_detach(void);
/* Starts a client thread; join waits in virtual time. An attached thread that waits for another one
 * must do so here: joined behind the host's back, a deterministic machine stands still. */
struct t31_host_thread;
struct t31_host_thread* t31_host_thread_start(const char* name, void (*function)(void*),
                                              void* argument);
void t31_host_thread_join(struct t31_host_thread* thread);
/* The calling attached thread, for t31_host_thread_signal. */
struct t31_host_thread* t31_host_thread_self(void);
/* A signal for a thread: an interruptible wait ends with -EINTR, this one or the thread's next. May
 * be called by threads that aren't attached. */
void t31_host_thread_signal(struct t31_host_thread* thread);
void t31_host_sleep_ns(uint64_t nanoseconds);
/* Waits for a signal, however long; returns -EINTR. */
int t31_host_pause(void);
/* As long as time is held none passes in a paced machine. Any thread. */
void t31_host_hold_time(int held);
uint64_t t31_host_time_ns(void);

/* ---- System calls
 * ------------------------------------------------------------------------------------ */

/* Paths: /dev/..., /proc/jz/... . flags: T31_HOST_O_NONBLOCK. Returns a descriptor >= 0. */
#define T31_HOST_O_NONBLOCK 1
int t31_host_open(const char* path, int flags);
int t31_host_close(int descriptor);
/* `argument`: a value or the low 32 bits of a pointer into user memory (t31_host_user_alloc). */
int t31_host_ioctl(int descriptor, uint32_t command, uint32_t argument);
long t31_host_read(int descriptor, void* buffer, size_t size);
long t31_host_write(int descriptor, const void* buffer, size_t size);
/* 1 readable, 0 after `milliseconds`. */
int t31_host_poll(int descriptor, uint32_t milliseconds);
long t31_host_mmap(int descriptor, size_t size);

/* Names of the nodes ("/dev/...") and proc files there are, '\n' separated; free with free(). */
char* t31_host_list_files(void);

/* Client memory below 4 GiB, so that its address fits the 32-bit ABI. */
void* t31_host_user_alloc(size_t size);
void t31_host_user_free(void* memory);
static inline uint32_t t31_host_user_address(const void* memory) {
  return (uint32_t)(uintptr_t)memory;
}

/* Memory of another process: as long as operations are set, user addresses in the calling thread's
 * system calls mean that process's memory. They return 0 or -EFAULT. NULL: this process's again. */
struct t31_host_user_memory {
  void* context;
  int (*read)(void* context, void* to, uint32_t address, uint32_t size);
  int (*write)(void* context, uint32_t address, const void* from, uint32_t size);
};
void t31_host_set_user_memory(const struct t31_host_user_memory* memory);

/* The file behind reserved memory, to be mapped by other processes, and where in it that begins. */
int t31_host_rmem_file(uint64_t* offset);

/* /dev/rmem: CPU view of reserved memory by bus address; NULL when outside. */
void* t31_host_rmem(uint32_t bus_address, uint32_t size);
uint32_t t31_host_rmem_base(void);
uint32_t t31_host_rmem_size(void);

/* ---- Fault injection
 * ------------------------------------------------------------------------------------ */

/* The Nth (from 1) fallible port call from now on fails once; 0 switches off. */
void t31_host_fail_nth(uint64_t n);
/* Fallible port calls made since the last t31_host_fail_nth. */
uint64_t t31_host_fallible_calls(void);
/* Name of the port call that was made to fail, NULL when none yet. */
const char* t31_host_failed_call(void);

/* Log lines of the driver since the last call, '\n' separated; the caller frees with free(). */
char* t31_host_take_log(void);
/* Every line as it comes goes there too, from any thread; NULL: nowhere. The environment variable
 * T31_LOG prints it (and what the model has to say) on stderr. */
void t31_host_set_log_callback(void (*callback)(const char* line));

/* ---- Tests of the driver's manners
 * ------------------------------------------------------------------- */

/*
 * Called with the report when the driver (or a client) breaks a rule, instead of abort(). When it
 * returns, the offending call goes on as far as it can; after a deadlock or a panic the process
 * aborts anyway.
 */
void t31_host_set_abort_hook(void (*hook)(const char* report));

/* Figures since t31_host_reset. */
struct t31_host_statistics {
  uint64_t context_switches;
  uint64_t interrupts;      /* handlers run */
  uint64_t allocations;     /* t31_port_alloc and t31_port_dma_alloc */
  uint64_t allocated_bytes; /* live now */
  uint64_t kernel_bytes;    /* the same as a kernel's allocators hand them out */
  uint64_t user_copies;
  uint64_t user_copies_under_lock;
  uint64_t register_reads;
  uint64_t register_writes;
  uint64_t driver_nanoseconds; /* in handlers, work functions and system calls; an upper bound */
};
void t31_host_get_statistics(struct t31_host_statistics* statistics);

#ifdef __cplusplus
}
#endif

#endif
