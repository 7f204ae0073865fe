// SPDX-License-Identifier: GPL-2.0-or-later
/* memory.c - /dev/rmem, the memory that rmem= of the boot line reserves for clients; /proc/jz. */
#include <linux/dma-mapping.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/proc_fs.h>
#include <linux/uaccess.h>

#include "board.h"

static struct proc_dir_entry* jz;

/* The offset is the physical address, as with the chip's own driver. */
static int rmem_mmap(struct file* file, struct vm_area_struct* area) {
  (void)file;
  area->vm_page_prot = pgprot_noncached(area->vm_page_prot);
  return remap_pfn_range(area, area->vm_start, area->vm_pgoff, area->vm_end - area->vm_start,
                         area->vm_page_prot);
}

/* A request that the virtual machine reads, and answers in place. */
static long ask_machine(unsigned long argument, size_t size, u32 mailbox_register) {
  dma_addr_t address;
  void* request = dma_alloc_coherent(t31_board_device, size, &address, GFP_KERNEL);
  long result = -EFAULT;

  if (!request) return -ENOMEM;
  if (!copy_from_user(request, (const void __user*)argument, size)) {
    mutex_lock(&t31_mailbox_mutex);
    wmb();
    writel((u32)address, t31_mailbox + mailbox_register);
    result = (int)readl(t31_mailbox + T31_MAILBOX_RESULT);
    mutex_unlock(&t31_mailbox_mutex);
    if (copy_to_user((void __user*)argument, request, size)) result = -EFAULT;
  }
  dma_free_coherent(t31_board_device, size, request, address);
  return result;
}

/* Cache maintenance, the chip's own request, is not needed: client mappings are uncached. */
static long rmem_ioctl(struct file* file, unsigned int command, unsigned long argument) {
  (void)file;
  switch (command) {
    case T31_RMEM_TO_HOST:
      return ask_machine(argument, sizeof(struct t31_mailbox_file), T31_MAILBOX_FILE);
    case T31_RMEM_SENSOR:
      return ask_machine(argument, sizeof(struct t31_mailbox_text), T31_MAILBOX_SENSOR);
    case T31_RMEM_FAULT:
      return t31_faults_request(argument);
    default:
      return 0;
  }
}

static const struct file_operations rmem_operations = {
    .owner = THIS_MODULE,
    .mmap = rmem_mmap,
    .unlocked_ioctl = rmem_ioctl,
};
static struct miscdevice rmem = {
    .minor = MISC_DYNAMIC_MINOR,
    .name = "rmem",
    .fops = &rmem_operations,
};

int t31_memory_create(void) {
  int result = misc_register(&rmem);

  if (result) return result;
  jz = proc_mkdir("jz", NULL);
  if (!jz) {
    misc_deregister(&rmem);
    return -ENOMEM;
  }
  return 0;
}

void t31_memory_remove(void) {
  proc_remove(jz);
  misc_deregister(&rmem);
}
