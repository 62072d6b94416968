/* SPDX-License-Identifier: GPL-2.0-only */
/* The kernel's CRC-32 (that of Ethernet), for the PURE files in user space. */
#ifndef TESTS_LINUX_CRC32_H
#define TESTS_LINUX_CRC32_H

#include <linux/types.h>

static inline u32 crc32_le(u32 crc, const u8 *bytes, size_t len)
{
	int i;

	while (len--) {
		crc ^= *bytes++;
		for (i = 0; i < 8; i++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320U : 0);
	}
	return crc;
}

#endif
