// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the tools of tests/static/analysis have to find: one that finds nothing here is
 * not at work, and its silence about the driver says nothing. Never linked.
 */
#include <stdlib.h>

/* Of coccinelle: ifnullfree.cocci */
void kfree(const void *memory);
void needless_test(void *memory);

void needless_test(void *memory)
{
	if (memory)
		kfree(memory);
}

/* Of cppcheck: arrayIndexOutOfBounds */
int beyond_the_end(void);

int beyond_the_end(void)
{
	int values[4] = {};

	return values[4];
}

/* Of gcc: -Wanalyzer-double-free */
void freed_twice(void *memory, int is_again);

void freed_twice(void *memory, int is_again)
{
	free(memory);
	if (is_again)
		free(memory);
}
