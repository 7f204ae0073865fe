// SPDX-License-Identifier: GPL-2.0-or-later
/* memory.c - /dev/rmem, the memory that rmem= of the boot line reserves for clients; /proc/jz. */
#include <linux/dma-mapping.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
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

/*
 * Cache maintenance is not needed, client mappings are uncached. One number of our own hands memory
 * out as a file of the host.
 */
static long rmem_ioctl(struct file* file, unsigned int command, unsigned long argument) {
  struct t31_mailbox_file* request;
  dma_addr_t address;
  long result = -EFAULT;

  (void)file;
  if (command != T31_RMEM_TO_HOST) return 0;
  request = dma_alloc_coherent(t31_board_device, sizeof(*request), &address, GFP_KERNEL);
  if (!request) return -ENOMEM;
  if (!copy_from_user(request, (const void __user*)argument, sizeof(*request))) {
    wmb();
    writel((u32)address, t31_mailbox + T31_MAILBOX_FILE);
    result = (int)readl(t31_mailbox + T31_MAILBOX_RESULT);
  }
  dma_free_coherent(t31_board_device, sizeof(*request), request, address);
  return result;
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
