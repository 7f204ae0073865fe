/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * module.c - insmod and rmmod of sensor drivers built as shared objects. As in a kernel a module
 * has a name of its own, takes int parameters, is held by whoever uses it, and holds the ISP
 * module.
 */
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <linux/module.h>

#include "host/kernel/kernel.h"
#include "linux/glue/registry.h"
#include "t31_host.h"
#include "t31_host_kernel.h"

enum state { COMING, LIVE, GOING };

struct loaded {
  struct loaded* next;
  char name[64];
  void* object;
  struct module* module;
  unsigned int users;
  enum state state;
};

static pthread_mutex_t modules_lock =
    PTHREAD_MUTEX_INITIALIZER; /* guards the list and its members */
static struct loaded* modules;

static int complain(int error, const char* path, const char* what) {
  char line[512];

  snprintf(line, sizeof(line), "insmod %s: %s", path, what);
  t31_host_kernel_log(line);
  return error;
}

/* "dir/sensor_x_t31.so" is module "sensor_x_t31". */
static void module_name(const char* path, char* name, size_t size) {
  const char* base = strrchr(path, '/');
  char* dot;

  snprintf(name, size, "%s", base ? base + 1 : path);
  dot = strrchr(name, '.');
  if (dot) *dot = '\0';
}

/* Called with the list locked. */
static struct loaded** find(const char* name) {
  struct loaded** link = &modules;

  while (*link && strcmp((*link)->name, name)) link = &(*link)->next;
  return link;
}

bool try_module_get(struct module* module) {
  bool got = true;

  if (!module) return true;
  pthread_mutex_lock(&modules_lock);
  {
    struct loaded* loaded = module->loaded;

    if (!loaded || loaded->state == GOING)
      got = false;
    else
      loaded->users++;
  }
  pthread_mutex_unlock(&modules_lock);
  return got;
}

void module_put(struct module* module) {
  if (!module) return;
  pthread_mutex_lock(&modules_lock);
  if (module->loaded) ((struct loaded*)module->loaded)->users--;
  pthread_mutex_unlock(&modules_lock);
}

static int set_parameter(const struct module* module, const char* name, const char* value) {
  const struct t31_module_param* parameter;
  char* end;
  long number;

  for (parameter = module->first_param; parameter < module->end_param; parameter++) {
    if (strcmp(parameter->name, name)) continue;
    errno = 0;
    number = strtol(value, &end, 0);
    if (end == value || *end || errno || number < INT_MIN || number > INT_MAX) return -EINVAL;
    *parameter->value = (int)number;
    return 0;
  }
  return -EINVAL;
}

static int set_parameters(const struct module* module, const char* path, const char* parameters) {
  char* copy = strdup(parameters ? parameters : "");
  char* position = NULL;
  char* word;
  int error = copy ? 0 : -ENOMEM;

  for (word = copy ? strtok_r(copy, " \t\n", &position) : NULL; word && !error;
       word = strtok_r(NULL, " \t\n", &position)) {
    char* value = strchr(word, '=');
    char what[128];

    snprintf(what, sizeof(what), "parameter '%s' is unknown or not a number", word);
    if (value) *value++ = '\0';
    error = value ? set_parameter(module, word, value) : -EINVAL;
    if (error) complain(error, path, what);
  }
  free(copy);
  return error;
}

/* Adds the module to the list, in state COMING. NULL: exists already, or no memory (*error says).
 */
static struct loaded* reserve(const char* path, int* error) {
  struct loaded* loaded = calloc(1, sizeof(*loaded));

  *error = -ENOMEM;
  if (!loaded) return NULL;
  module_name(path, loaded->name, sizeof(loaded->name));
  pthread_mutex_lock(&modules_lock);
  if (*find(loaded->name)) {
    *error = -EEXIST;
  } else {
    *error = 0;
    loaded->next = modules;
    modules = loaded;
  }
  pthread_mutex_unlock(&modules_lock);
  if (*error) {
    free(loaded);
    return NULL;
  }
  return loaded;
}

static void forget(struct loaded* loaded) {
  struct loaded** link;

  pthread_mutex_lock(&modules_lock);
  link = find(loaded->name);
  *link = loaded->next;
  if (loaded->module) loaded->module->loaded = NULL;
  pthread_mutex_unlock(&modules_lock);
  if (loaded->object) dlclose(loaded->object);
  free(loaded);
}

static int open_object(struct loaded* loaded, const char* path) {
  char real[PATH_MAX];
  const char* reason;

  if (!realpath(path, real)) return complain(-errno, path, "no such file");
  if (!t31_host_symbols_visible())
    return complain(-ENOENT, path, "this program does not export its symbols (-rdynamic)");
  loaded->object = dlopen(real, RTLD_NOW | RTLD_LOCAL);
  if (!loaded->object) {
    reason = dlerror();
    return complain(strstr(reason, "undefined symbol") ? -ENOENT : -ENOEXEC, path, reason);
  }
  loaded->module = dlsym(loaded->object, "__this_module");
  if (!loaded->module) return complain(-ENOEXEC, path, "not a module: module_init is missing");
  loaded->module->loaded = loaded;
  return 0;
}

static void remove_all(void) {
  char name[64];
  int more = 1;

  while (more) {
    pthread_mutex_lock(&modules_lock);
    more = modules != NULL;
    if (more) memcpy(name, modules->name, sizeof(name));
    pthread_mutex_unlock(&modules_lock);
    if (more && t31_host_rmmod(name)) t31_port_panic("a sensor module is in use at shutdown");
  }
  t31_host_proc_forget_folders();
}

int t31_host_insmod(const char* path, const char* parameters) {
  struct loaded* loaded;
  int error;

  if (!path) return -EINVAL;
  error = t31_host_driver_get();
  if (error) return complain(error, path, "the ISP module is not loaded");
  loaded = reserve(path, &error);
  if (!loaded) {
    t31_host_driver_put();
    return complain(error, path, strerror(-error));
  }
  t31_host_set_shutdown_hook(remove_all);
  t31_registry_start();
  error = open_object(loaded, path);
  if (!error) error = set_parameters(loaded->module, path, parameters);
  if (!error) error = loaded->module->init();
  if (error) {
    forget(loaded);
    t31_host_driver_put();
    return error;
  }
  pthread_mutex_lock(&modules_lock);
  loaded->state = LIVE;
  pthread_mutex_unlock(&modules_lock);
  return 0;
}

int t31_host_rmmod(const char* path) {
  struct loaded* loaded;
  char name[64];
  int error = 0;

  if (!path) return -EINVAL;
  module_name(path, name, sizeof(name));
  pthread_mutex_lock(&modules_lock);
  loaded = *find(name);
  if (!loaded)
    error = -ENOENT;
  else if (loaded->users || loaded->state != LIVE)
    error = -EBUSY;
  else
    loaded->state = GOING;
  pthread_mutex_unlock(&modules_lock);
  if (error) return error;
  loaded->module->exit();
  forget(loaded);
  t31_host_driver_put();
  return 0;
}
