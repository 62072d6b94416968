// SPDX-License-Identifier: GPL-2.0-only
/*
 * For tests only: shows what a driver must not show, memory that nobody has written and
 * an address of the kernel's, for a search that has to find them.
 */
#include <linux/compiler.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#define BYTES	64

static int get_stack(char *buffer, const struct kernel_param *kp)
{
	u8 stack[BYTES];
	u8 *bytes = stack;

	OPTIMIZER_HIDE_VAR(bytes);
	memcpy(buffer, bytes, BYTES);
	return BYTES;
}

static int get_heap(char *buffer, const struct kernel_param *kp)
{
	u8 *bytes = kmalloc(BYTES, GFP_KERNEL);

	if (!bytes)
		return -ENOMEM;
	OPTIMIZER_HIDE_VAR(bytes);
	memcpy(buffer, bytes, BYTES);
	kfree(bytes);
	return BYTES;
}

static int get_number(char *buffer, const struct kernel_param *kp)
{
	int number;
	int *at = &number;

	OPTIMIZER_HIDE_VAR(at);
	return sysfs_emit(buffer, "%d\n", *at);
}

static int get_address(char *buffer, const struct kernel_param *kp)
{
	return sysfs_emit(buffer, "at %08lx\n", (unsigned long)buffer);
}

static const struct kernel_param_ops stack_ops = { .get = get_stack };
static const struct kernel_param_ops heap_ops = { .get = get_heap };
static const struct kernel_param_ops number_ops = { .get = get_number };
static const struct kernel_param_ops address_ops = { .get = get_address };

module_param_cb(stack, &stack_ops, NULL, 0400);
MODULE_PARM_DESC(stack, "bytes of the stack");
module_param_cb(heap, &heap_ops, NULL, 0400);
MODULE_PARM_DESC(heap, "bytes of the heap");
module_param_cb(number, &number_ops, NULL, 0400);
MODULE_PARM_DESC(number, "a number of the stack");
module_param_cb(address, &address_ops, NULL, 0400);
MODULE_PARM_DESC(address, "an address");

MODULE_DESCRIPTION("What a driver must not show, for tests");
MODULE_LICENSE("GPL");
