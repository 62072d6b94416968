/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What drivers/rtc/sync needs of the kernel beyond the pure files, in user space: for
 * the fuzzer of what users write, and for the simulated year. Parsing is as the kernel's,
 * the log is counted, locks must be free when they are taken. What has to do with time
 * is in thread.h.
 */
#ifndef TESTS_KERNEL_H
#define TESTS_KERNEL_H

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/types.h>

#define PAGE_SIZE	4096
#define BITS_PER_LONG	(8 * (int)sizeof(long))
#define KBUILD_MODNAME	"rtc_sync"

/* Nobody else is there. */
#define READ_ONCE(value)		(value)
#define WRITE_ONCE(place, value)	((place) = (value))

#define __stringify_1(text)	#text
#define __stringify(text)	__stringify_1(text)
#define __acquires(lock)
#define __releases(lock)

/* Is it one? It is not, where nobody asks. */
extern bool kernel_is_module;
#undef IS_MODULE
#define IS_MODULE(option)		kernel_is_module

/* The log: each line is put together, and counted. */
extern unsigned int kernel_log_lines;

__attribute__((format(printf, 1, 2)))
static inline void kernel_log(const char *format, ...)
{
	char line[2 * PAGE_SIZE];
	va_list values;

	va_start(values, format);
	vsnprintf(line, sizeof(line), format, values);
	va_end(values);
	kernel_log_lines++;
}

struct device {
	int unused;
};

struct mutex {
	bool is_held;
};

struct rtc_device {
	struct device dev;
	struct mutex ops_lock;
};

#define pr_err(format, ...)	kernel_log(pr_fmt(format), ##__VA_ARGS__)
#define dev_err(dev, ...)	((void)(dev), kernel_log(__VA_ARGS__))
#define dev_warn		dev_err
#define dev_info		dev_err
#define dev_err_probe(dev, err, ...)	(dev_err(dev, __VA_ARGS__), err)

typedef struct {
	bool is_held;
} spinlock_t;

static inline void spin_lock(spinlock_t *lock)
{
	if (lock->is_held)
		abort();
	lock->is_held = true;
}

static inline void spin_unlock(spinlock_t *lock)
{
	if (!lock->is_held)
		abort();
	lock->is_held = false;
}

/* Nobody is ever waited for. */
#define usleep_range(least_us, most_us)	abort()

/* Nobody else is there to hold it. */
static inline int mutex_trylock(struct mutex *mutex)
{
	if (mutex->is_held)
		abort();
	mutex->is_held = true;
	return 1;
}

static inline void mutex_unlock(struct mutex *mutex)
{
	if (!mutex->is_held)
		abort();
	mutex->is_held = false;
}

struct kobject {
	int unused;
};

struct list_head {
	struct list_head *next, *prev;
};

typedef struct {
	int unused;
} wait_queue_head_t;

struct completion {
	int unused;
};

struct task_struct;

struct attribute {
	const char *name;
	unsigned short mode;
};

struct attribute_group {
	struct attribute **attrs;
};

__attribute__((format(printf, 2, 3)))
static inline ssize_t sysfs_emit(char *buf, const char *format, ...)
{
	va_list values;
	int length;

	va_start(values, format);
	length = vsnprintf(buf, PAGE_SIZE, format, values);
	va_end(values);
	return length;
}

/* As lib/kstrtox.c: a sign, 0x or 0 for base 16 or 8, digits, one newline at most */
static inline int kernel_parse(const char *text, u64 *value)
{
	unsigned int base = 10;
	const char *first;
	unsigned int digit;

	if (text[0] == '0') {
		base = tolower(text[1]) == 'x' && isxdigit((u8)text[2]) ? 16 : 8;
		text += base == 16 ? 2 : 0;
	}
	*value = 0;
	for (first = text; isxdigit((u8)*text); text++) {
		digit = isdigit((u8)*text) ? *text - '0' : tolower(*text) - 'a' + 10;
		if (digit >= base)
			break;
		if (__builtin_mul_overflow(*value, base, value) ||
		    __builtin_add_overflow(*value, digit, value))
			return -ERANGE;
	}
	if (text == first)
		return -EINVAL;
	text += *text == '\n';
	return *text ? -EINVAL : 0;
}

static inline int kstrtos64(const char *text, unsigned int base, s64 *result)
{
	bool is_negative = text[0] == '-';
	u64 value;
	int ret;

	ret = kernel_parse(text + (is_negative || text[0] == '+'), &value);
	if (ret)
		return ret;
	if (value > (u64)INT64_MAX + is_negative)
		return -ERANGE;
	*result = is_negative ? (s64)-value : (s64)value;
	return 0;
}

static inline int kstrtouint(const char *text, unsigned int base, unsigned int *result)
{
	u64 value;
	int ret;

	ret = kernel_parse(text + (text[0] == '+'), &value);
	if (ret)
		return ret;
	if (value > UINT32_MAX)
		return -ERANGE;
	*result = (unsigned int)value;
	return 0;
}

/* Equal, but for a newline at the end of one */
static inline bool sysfs_streq(const char *a, const char *b)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	if (*a == *b)
		return true;
	if (!*a && *b == '\n' && !b[1])
		return true;
	return *a == '\n' && !a[1] && !*b;
}

static inline int kernel_match(const char * const *names, size_t count, const char *text,
			       bool is_sysfs)
{
	size_t i;

	for (i = 0; i < count && names[i]; i++)
		if (is_sysfs ? sysfs_streq(names[i], text) : !strcmp(names[i], text))
			return (int)i;
	return -EINVAL;
}

#define match_string(names, count, text)	kernel_match(names, count, text, false)
#define sysfs_match_string(names, text) \
	kernel_match(names, sizeof(names) / sizeof((names)[0]), text, true)

struct kernel_param {
	void *arg;
};

struct kernel_param_ops {
	int (*set)(const char *value, const struct kernel_param *param);
	int (*get)(char *buffer, const struct kernel_param *param);
};

/* Where a fuzzer finds a module's parameter */
struct kernel_parameter {
	const struct kernel_param_ops *ops;
	struct kernel_param param;
};

#define THIS_MODULE			NULL
#define kernel_param_lock(module)	((void)(module))
#define kernel_param_unlock(module)	((void)(module))
#define MODULE_PARM_DESC(name, text)	struct kernel_nothing
#define module_param_array_named(name, array, type, count, mode)	\
	struct kernel_nothing
#define module_param_cb(name, operations, argument, mode)		\
extern const struct kernel_parameter kernel_parameter_##name;		\
const struct kernel_parameter kernel_parameter_##name = {		\
	.ops = (operations), .param.arg = (argument),			\
}

static inline int param_get_uint(char *buffer, const struct kernel_param *param)
{
	return sprintf(buffer, "%u\n", *(unsigned int *)param->arg);
}

/* The device tree's word */
bool device_property_present(const struct device *dev, const char *name);
bool device_property_read_bool(const struct device *dev, const char *name);
int device_property_read_u32(const struct device *dev, const char *name, u32 *value);
int device_property_read_string(const struct device *dev, const char *name,
				const char **value);

#endif /* TESTS_KERNEL_H */
