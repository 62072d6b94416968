/* SPDX-License-Identifier: GPL-2.0-only */
/* The kernel's min(), max() and clamp(); min() and max() insist on equal types. */
#ifndef TESTS_LINUX_MINMAX_H
#define TESTS_LINUX_MINMAX_H

#define min_t(type, x, y) ({				\
	type x_ = (type)(x);				\
	type y_ = (type)(y);				\
	x_ < y_ ? x_ : y_;				\
})
#define max_t(type, x, y) ({				\
	type x_ = (type)(x);				\
	type y_ = (type)(y);				\
	x_ > y_ ? x_ : y_;				\
})
#define SAME_TYPE(x, y) _Static_assert(			\
	__builtin_types_compatible_p(typeof((x) + 0), typeof((y) + 0)), "types differ")
#define min(x, y) ({ SAME_TYPE(x, y); min_t(typeof((x) + 0), x, y); })
#define max(x, y) ({ SAME_TYPE(x, y); max_t(typeof((x) + 0), x, y); })
#define clamp(value, lo, hi) ({ SAME_TYPE(value, lo); SAME_TYPE(value, hi); \
	clamp_t(typeof((value) + 0), value, lo, hi); })
#define clamp_t(type, value, lo, hi) min_t(type, max_t(type, value, lo), hi)

#endif
