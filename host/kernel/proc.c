// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * proc.c - files and folders below /proc, as kernel code makes them. A file is one of the host's
 * proc files; folders exist here only. One lock guards the list; it is never held across a call
 * out.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <linux/kernel.h>
#include <linux/namei.h>
#include <linux/proc_fs.h>

#include "host/kernel/kernel.h"
#include "t31_host_kernel.h"

struct proc_dir_entry {
  struct proc_dir_entry* next;
  char path[112];                           /* below /proc */
  const struct file_operations* operations; /* NULL: a folder */
  void* data;
  struct t31_proc* file;
};

static pthread_mutex_t list_lock = PTHREAD_MUTEX_INITIALIZER;
static struct proc_dir_entry* entries;

/* ---- The list ---- */

/* Called with the list locked. */
static struct proc_dir_entry** find(const char* path) {
  struct proc_dir_entry** link = &entries;

  while (*link && strcmp((*link)->path, path)) link = &(*link)->next;
  return link;
}

static bool folder_exists(const char* path) {
  struct proc_dir_entry* entry = *find(path);

  return !strcmp(path, "jz") || (entry && !entry->operations);
}

static void full_path(char* path, size_t size, const char* name, struct proc_dir_entry* parent) {
  const char* folder = parent ? parent->path : "";

  if (snprintf(path, size, "%s%s%s", folder, parent ? "/" : "", name) >= (int)size)
    t31_port_panic("a path below /proc is too long");
}

static void complain(const char* path, const char* what) {
  char line[192];

  snprintf(line, sizeof(line), "proc_dir_entry '%s' %s", path, what);
  t31_host_kernel_log(line);
}

static bool add(struct proc_dir_entry* entry) {
  char folder[sizeof(entry->path)];
  const char* problem = NULL;
  char* slash;

  snprintf(folder, sizeof(folder), "%s", entry->path);
  slash = strrchr(folder, '/');
  if (slash) *slash = '\0';
  pthread_mutex_lock(&list_lock);
  if (*find(entry->path))
    problem = "already registered";
  else if (slash && !folder_exists(folder))
    problem = "has no folder to be in";
  if (!problem) {
    entry->next = entries;
    entries = entry;
  }
  pthread_mutex_unlock(&list_lock);
  if (problem) complain(entry->path, problem);
  return !problem;
}

static struct proc_dir_entry* take(const char* path) {
  struct proc_dir_entry** link;
  struct proc_dir_entry* entry;

  pthread_mutex_lock(&list_lock);
  link = find(path);
  entry = *link;
  if (entry) *link = entry->next;
  pthread_mutex_unlock(&list_lock);
  return entry;
}

static void destroy(struct proc_dir_entry* entry) {
  if (!entry) return;
  if (entry->file) t31_port_proc_destroy(entry->file);
  free(entry);
}

/* ---- Reading ---- */

static void show(void* context, struct t31_proc_text* text) {
  const struct proc_dir_entry* entry = context;
  struct inode inode = {.i_private = entry->data};
  struct file file = {.f_inode = &inode};
  char piece[256];
  loff_t position = 0;
  ssize_t count;

  if (entry->operations->open && entry->operations->open(&inode, &file)) return;
  while ((count = entry->operations->read(&file, piece, sizeof(piece), &position)) > 0)
    t31_port_proc_printf(text, "%.*s", (int)count, piece);
  if (entry->operations->release) entry->operations->release(&inode, &file);
}

static const struct t31_proc_ops file_ops = {.show = show};

ssize_t simple_read_from_buffer(void* to, size_t count, loff_t* position, const void* from,
                                size_t available) {
  const size_t start = (size_t)*position;

  if (start >= available) return 0;
  if (count > available - start) count = available - start;
  memcpy(to, (const char*)from + start, count);
  *position += (loff_t)count;
  return (ssize_t)count;
}

/* ---- What kernel code calls ---- */

struct proc_dir_entry* proc_create_data(const char* path, umode_t mode,
                                        struct proc_dir_entry* parent,
                                        const struct file_operations* operations, void* data) {
  struct proc_dir_entry* entry = calloc(1, sizeof(*entry));

  (void)mode; /* nobody here has another user's rights */
  if (!entry) return NULL;
  full_path(entry->path, sizeof(entry->path), path, parent);
  entry->operations = operations;
  entry->data = data;
  if (!add(entry)) {
    free(entry);
    return NULL;
  }
  if (t31_host_proc_create(entry->path, &file_ops, entry, &entry->file)) {
    entry->file = NULL;
    destroy(take(entry->path));
    return NULL;
  }
  return entry;
}

struct proc_dir_entry* proc_mkdir(const char* path, struct proc_dir_entry* parent) {
  struct proc_dir_entry* entry = calloc(1, sizeof(*entry));

  if (!entry) return NULL;
  full_path(entry->path, sizeof(entry->path), path, parent);
  if (add(entry)) return entry;
  free(entry);
  return NULL;
}

void remove_proc_entry(const char* path, struct proc_dir_entry* parent) {
  char full[sizeof(((struct proc_dir_entry*)NULL)->path)];
  struct proc_dir_entry* entry;

  full_path(full, sizeof(full), path, parent);
  entry = take(full);
  if (!entry) complain(full, "is not there to be removed");
  destroy(entry);
}

/* Any entry inside the folder, taken out of the list. */
static struct proc_dir_entry* take_inside(const char* folder) {
  const size_t length = strlen(folder);
  struct proc_dir_entry** link;
  struct proc_dir_entry* entry;

  pthread_mutex_lock(&list_lock);
  link = &entries;
  while (*link && (strncmp((*link)->path, folder, length) || (*link)->path[length] != '/'))
    link = &(*link)->next;
  entry = *link;
  if (entry) *link = entry->next;
  pthread_mutex_unlock(&list_lock);
  return entry;
}

int remove_proc_subtree(const char* path, struct proc_dir_entry* parent) {
  char full[sizeof(((struct proc_dir_entry*)NULL)->path)];
  struct proc_dir_entry* entry;

  full_path(full, sizeof(full), path, parent);
  while ((entry = take_inside(full))) destroy(entry);
  entry = take(full);
  destroy(entry);
  return entry ? 0 : -ENOENT;
}

int kern_path(const char* name, unsigned int flags, struct path* path) {
  static const char root[] = "/proc/";
  bool there;

  (void)flags;
  path->unused = 0;
  if (strncmp(name, root, sizeof(root) - 1)) return -ENOENT;
  pthread_mutex_lock(&list_lock);
  there = *find(name + sizeof(root) - 1) != NULL;
  pthread_mutex_unlock(&list_lock);
  return there ? 0 : -ENOENT;
}

/* Files that somebody forgot are reported by the machine; folders just end with it. */
void t31_host_proc_forget_folders(void) {
  struct proc_dir_entry* entry;

  pthread_mutex_lock(&list_lock);
  while ((entry = entries)) {
    entries = entry->next;
    free(entry);
  }
  pthread_mutex_unlock(&list_lock);
}
