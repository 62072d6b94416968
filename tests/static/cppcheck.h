/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What cppcheck has to know of the kernel, whose headers it does not read: types, and
 * macros that it would take for functions.
 */
#ifndef TESTS_STATIC_CPPCHECK_H
#define TESTS_STATIC_CPPCHECK_H

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef signed char s8;
typedef short s16;
typedef int s32;
typedef long long s64;
typedef s64 time64_t;
typedef s64 ktime_t;

#define S32_MAX			0x7fffffff
#define S64_MAX			0x7fffffffffffffffLL
#define NSEC_PER_SEC		1000000000L
#define NSEC_PER_MSEC		1000000L
#define NSEC_PER_USEC		1000L
#define BIT(n)			(1UL << (n))
#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))

#define min(a, b)		((a) < (b) ? (a) : (b))
#define max(a, b)		((a) > (b) ? (a) : (b))
#define min_t(type, a, b)	min((type)(a), (type)(b))
#define max_t(type, a, b)	max((type)(a), (type)(b))
#define clamp(value, lo, hi)	min(max(value, lo), hi)
#define clamp_t(type, value, lo, hi) min_t(type, max_t(type, value, lo), hi)

#define container_of(at, type, member) \
	((type *)((char *)(at) - offsetof(type, member)))
#define list_for_each_entry(at, head, member) \
	for (at = first(head); at; at = next(at))

#endif /* TESTS_STATIC_CPPCHECK_H */
