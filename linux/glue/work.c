// SPDX-License-Identifier: GPL-2.0-or-later
/* work.c - ordered queues of work, each on a thread of its own. */
#include <linux/kernel.h>
#include <linux/workqueue.h>

#include "glue.h"

struct stored_work {
  struct delayed_work work;
  void (*function)(void* context);
  void* context;
};

static void run(struct work_struct* work) {
  struct stored_work* stored = container_of(to_delayed_work(work), struct stored_work, work);

  stored->function(stored->context);
}

int t31_port_queue_create(const char* name, struct t31_queue** out) {
  struct workqueue_struct* queue;

  if (t31_platform_fails("queue_create")) return -ENOMEM;
  queue = alloc_ordered_workqueue("%s", 0, name);
  if (!queue) return -ENOMEM;
  *out = (struct t31_queue*)queue;
  return 0;
}

void t31_port_queue_destroy(struct t31_queue* queue) {
  destroy_workqueue((struct workqueue_struct*)queue);
}

void t31_port_work_init(struct t31_work* work, void (*function)(void* context), void* context) {
  struct stored_work* stored = T31_STORED(struct stored_work, work);

  INIT_DELAYED_WORK(&stored->work, run);
  stored->function = function;
  stored->context = context;
}

int t31_port_work_queue(struct t31_queue* queue, struct t31_work* work) {
  return t31_port_work_queue_delayed(queue, work, 0);
}

int t31_port_work_queue_delayed(struct t31_queue* queue, struct t31_work* work, u32 milliseconds) {
  return queue_delayed_work((struct workqueue_struct*)queue,
                            &T31_STORED(struct stored_work, work)->work,
                            msecs_to_jiffies(milliseconds));
}

void t31_port_work_cancel(struct t31_queue* queue, struct t31_work* work) {
  (void)queue;
  cancel_delayed_work_sync(&T31_STORED(struct stored_work, work)->work);
}

void t31_port_queue_flush(struct t31_queue* queue) {
  flush_workqueue((struct workqueue_struct*)queue);
}
