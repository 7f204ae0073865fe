/* SPDX-License-Identifier: GPL-2.0-or-later */
/* module.h - loadable modules: what t31_host_insmod finds in a shared object */
#ifndef T31_STANDIN_LINUX_MODULE_H
#define T31_STANDIN_LINUX_MODULE_H

#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/stat.h>

/* A module parameter. Only int ones exist: sensor drivers use no other. */
struct t31_module_param {
  const char* name;
  int* value;
};

struct module {
  int (*init)(void);
  void (*exit)(void);
  const struct t31_module_param *first_param, *end_param;
  void* loaded; /* the loader's, NULL while not loaded */
};

/* The shared object's own descriptor, by which the loader knows it. */
#ifdef MODULE
extern struct module __this_module __attribute__((visibility("default")));
#define THIS_MODULE (&__this_module)
#else
#define THIS_MODULE ((struct module*)0)
#endif

/* The linker sets these around the section of the shared object they are used in. */
extern const struct t31_module_param __start___param[] __attribute__((weak, visibility("hidden")));
extern const struct t31_module_param __stop___param[] __attribute__((weak, visibility("hidden")));

/* The functions get names of their own: a global init_module would find the C library's. */
#define module_init(function)                                    \
  static void t31_module_exit(void);                             \
  static int t31_module_init(void) {                             \
    return function();                                           \
  }                                                              \
  struct module __this_module = {.init = t31_module_init,        \
                                 .exit = t31_module_exit,        \
                                 .first_param = __start___param, \
                                 .end_param = __stop___param}

#define module_exit(function)         \
  static void t31_module_exit(void) { \
    function();                       \
  }                                   \
  struct t31_module_has_exit

#define module_param(variable, type, permissions) t31_module_param_##type(variable)
#define t31_module_param_int(variable)                      \
  static const struct t31_module_param t31_param_##variable \
      __attribute__((used, section("__param"), aligned(sizeof(void*)))) = {#variable, &variable}

#define MODULE_PARM_DESC(variable, text) struct t31_param_text_##variable
#define MODULE_LICENSE(text) struct t31_module_licence
#define MODULE_DESCRIPTION(text) struct t31_module_description
#define MODULE_AUTHOR(text) struct t31_module_author
#define MODULE_VERSION(text) struct t31_module_version
#define MODULE_ALIAS(text) struct t31_module_alias
#define MODULE_DEVICE_TABLE(type, table) struct t31_module_device_table

/* A module that is referenced can't be unloaded. NULL is the kernel itself: always there. */
bool try_module_get(struct module* module);
void module_put(struct module* module);

/* Sensor drivers are loaded by the client (t31_host_insmod): nothing is loaded on demand. */
static inline int request_module(const char* format, ...) {
  (void)format;
  return -ENOENT;
}

#endif
