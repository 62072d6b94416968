// SPDX-License-Identifier: GPL-2.0-only
/*
 * For tests only: what the kernel has counted for gcov goes into the host's files,
 * where gcc would have put it, when UML comes to its end.
 *
 * The kernel's own way is debugfs, for which a user space would have to be built
 * and booted. UML can write the files itself. Nor does it go by constructors, which
 * in UML run before there is a lock to take: tools/build-uml has gcc list what it
 * counts in a section.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/err.h>
#include <linux/init.h>
#include <linux/reboot.h>
#include <linux/slab.h>

#include <os.h>

#include "gcov-dump.h"

static int write_host_file(const char *name, const char *data, int size)
{
	struct openflags flags = of_create(of_write(OPENFLAGS()));
	int ret;
	int fd;

	fd = os_open_file(name, flags, 0644);
	if (fd < 0)
		return fd;
	ret = os_write_file(fd, data, size);
	os_close_file(fd);
	if (ret < 0)
		return ret;
	return ret == size ? 0 : -EIO;
}

static int dump(struct gcov_info *info)
{
	size_t size = convert_to_gcda(NULL, info);
	char *data;
	int ret;

	data = kzalloc(size, GFP_KERNEL);
	if (!data)
		return -ENOMEM;
	convert_to_gcda(data, info);
	ret = write_host_file(gcov_info_filename(info), data, size);
	kfree(data);
	return ret;
}

static int dump_all(struct notifier_block *block, unsigned long event, void *unused)
{
	struct gcov_info **info;
	int ret;

	for (info = __start_rtc_sync_gcov; info < __stop_rtc_sync_gcov; info++) {
		ret = dump(*info);
		if (ret)
			pr_err("%s: %d\n", gcov_info_filename(*info), ret);
	}
	return NOTIFY_DONE;
}

static struct notifier_block at_the_end = { .notifier_call = dump_all };

static int __init gcov_dump_init(void)
{
	return register_reboot_notifier(&at_the_end);
}
late_initcall(gcov_dump_init);
