// SPDX-License-Identifier: GPL-2.0-only
/*
 * PURE: what is said between the engine and its companion in user space, as text.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/limits.h>

#include "request.h"

/* As many fields as struct rtc_sync_request has. */
#define FIELDS		7

/* So that whoever computes with it can not overflow. The kernel says 16 s at most. */
#define ERROR_MAX_US	S32_MAX

/**
 * rtc_sync_request_print() - write it as text
 * @request: what to write
 * @buf: where to
 * @size: room there, bytes
 *
 * Return: bytes written, as of scnprintf().
 */
int rtc_sync_request_print(const struct rtc_sync_request *request, char *buf, size_t size)
{
	return scnprintf(buf, size, "%u %d %lld %lld %d %lld %lld\n", request->id,
			 request->call, request->freq, request->tick, request->status,
			 request->maxerror, request->esterror);
}

/**
 * rtc_sync_request_parse() - read it from text
 * @buf: ends with a byte 0
 * @request: where to; not to be used if that fails
 *
 * Return: 0, or -EINVAL for anything but seven decimal numbers, and for errors that
 * no clock has.
 */
int rtc_sync_request_parse(const char *buf, struct rtc_sync_request *request)
{
	int end = 0;

	if (sscanf(buf, "%u %d %lld %lld %d %lld %lld %n", &request->id, &request->call,
		   &request->freq, &request->tick, &request->status, &request->maxerror,
		   &request->esterror, &end) < FIELDS || !end || buf[end])
		return -EINVAL;
	if (!request->id || request->maxerror < 0 || request->maxerror > ERROR_MAX_US)
		return -EINVAL;
	return 0;
}
