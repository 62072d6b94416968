// SPDX-License-Identifier: GPL-2.0-only
/*
 * Read all that the driver shows, and look for what it must not show.
 *
 * usage: leaks FILE...    of any kind
 *        leaks -d         /dev/rtc0, /dev/ptp0, /dev/pps0 by ioctl(2), if they are there
 *
 * "@@SHOWS WHERE WHAT" for four bytes of memory that nobody has written (the modules'
 * stack is 0xfe, the heap 0x5a and 0x6b, pages 0xaa), in binary or as a number, and for
 * eight hexadecimal digits that are an address of the kernel's. "@@LOOKED COUNT" at the
 * end.
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/pps.h>
#include <linux/ptp_clock.h>
#include <linux/rtc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define SIZE		65536
#define OURS		0x11
#define KERNEL_FROM	0xbf000000ul

static const unsigned char poisons[] = { 0xfe, 0x5a, 0x6b, 0xaa };
static unsigned int looked;

static void tell(const char *where, const char *what, size_t at)
{
	printf("@@SHOWS %s %s at byte %zu\n", where, what, at);
}

static void look_at_bytes(const char *where, const unsigned char *bytes, size_t size)
{
	size_t run = 0;
	size_t at;

	for (at = 0; at < size; at++) {
		run = at && bytes[at] == bytes[at - 1] ? run + 1 : 1;
		if (run == 4 && memchr(poisons, bytes[at], sizeof(poisons)))
			tell(where, "memory that nobody has written", at);
	}
}

/* All the ways in which four or eight such bytes may be a number */
static int is_poison(unsigned long long number)
{
	unsigned int i;

	for (i = 0; i < sizeof(poisons); i++) {
		uint32_t word = poisons[i] * 0x01010101u;
		uint64_t words = (uint64_t)word << 32 | word;

		if (number == word || number == words || number == (uint64_t)(int32_t)word ||
		    number == -words || number == (uint64_t)-(int64_t)(int32_t)word)
			return 1;
	}
	return 0;
}

static void look_at_word(const char *where, const char *word, size_t size, size_t at)
{
	char digits[32] = {};

	if (size > 2 && !memcmp(word, "0x", 2)) {
		word += 2;
		size -= 2;
	}
	if (size >= sizeof(digits))
		return;
	memcpy(digits, word, size);
	if (strspn(digits, "0123456789") == size && is_poison(strtoull(digits, NULL, 10)))
		tell(where, "a number that nobody has written", at);
	if (size != 8 || strspn(digits, "0123456789abcdef") != size)
		return;
	if (is_poison(strtoul(digits, NULL, 16)))
		tell(where, "a number that nobody has written", at);
	else if (strtoul(digits, NULL, 16) >= KERNEL_FROM && strpbrk(digits, "abcdef"))
		tell(where, "an address of the kernel's", at);
}

static void look_at_text(const char *where, const char *text, size_t size)
{
	size_t begin = 0;
	size_t at;

	for (at = 0; at <= size; at++) {
		if (at < size && isalnum((unsigned char)text[at]))
			continue;
		look_at_word(where, text + begin, at - begin, begin);
		begin = at + 1;
	}
}

static void look_at_file(const char *file)
{
	static char bytes[SIZE];
	int fd = open(file, O_RDONLY | O_NONBLOCK);
	ssize_t size;

	memset(bytes, OURS, sizeof(bytes));
	while (fd >= 0 && (size = read(fd, bytes, sizeof(bytes))) > 0) {
		look_at_bytes(file, (unsigned char *)bytes, size);
		look_at_text(file, bytes, size);
		looked++;
	}
	close(fd);
}

static void look_at_ioctl(int fd, const char *name, unsigned long request, void *in, size_t size)
{
	unsigned char bytes[SIZE];

	memset(bytes, OURS, sizeof(bytes));
	if (in)
		memcpy(bytes, in, size);
	if (ioctl(fd, request, bytes) < 0) {
		printf("@@REFUSED %s %s\n", name, strerrorname_np(errno));
		return;
	}
	look_at_bytes(name, bytes, size);
	looked++;
	printf("@@IOCTL %s\n", name);
}

#define LOOK(fd, request, type, ...)					\
	do {								\
		type in_ = { __VA_ARGS__ };				\
		look_at_ioctl(fd, #request, request, &in_, sizeof(in_)); \
	} while (0)

static void look_at_devices(void)
{
	int rtc = open("/dev/rtc0", O_RDONLY);
	int ptp = open("/dev/ptp0", O_RDONLY);
	int pps = open("/dev/pps0", O_RDONLY);

	LOOK(rtc, RTC_RD_TIME, struct rtc_time, 0);
	LOOK(rtc, RTC_ALM_READ, struct rtc_time, 0);
	LOOK(rtc, RTC_WKALM_RD, struct rtc_wkalrm, 0);
	LOOK(rtc, RTC_VL_READ, unsigned int, 0);
	LOOK(rtc, RTC_PARAM_GET, struct rtc_param, .param = 0);
	LOOK(rtc, RTC_PARAM_GET, struct rtc_param, .param = 1);
	LOOK(rtc, RTC_PARAM_GET, struct rtc_param, .param = 2);
	LOOK(ptp, PTP_CLOCK_GETCAPS, struct ptp_clock_caps, 0);
	LOOK(ptp, PTP_SYS_OFFSET, struct ptp_sys_offset, .n_samples = 5);
	LOOK(ptp, PTP_SYS_OFFSET_EXTENDED, struct ptp_sys_offset_extended, .n_samples = 5);
	LOOK(ptp, PTP_SYS_OFFSET_PRECISE, struct ptp_sys_offset_precise, 0);
	LOOK(pps, PPS_GETPARAMS, struct pps_kparams, 0);
	LOOK(pps, PPS_GETCAP, int, 0);
	LOOK(pps, PPS_FETCH, struct pps_fdata, 0);
}

int main(int argc, char **argv)
{
	int i;

	if (argc > 1 && !strcmp(argv[1], "-d"))
		look_at_devices();
	else
		for (i = 1; i < argc; i++)
			look_at_file(argv[i]);
	printf("@@LOOKED %u\n", looked);
	return 0;
}
