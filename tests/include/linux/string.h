/* SPDX-License-Identifier: GPL-2.0-only */
/* The C library has what the PURE files need. */
#ifndef TESTS_LINUX_STRING_H
#define TESTS_LINUX_STRING_H

#include <string.h>

#endif
