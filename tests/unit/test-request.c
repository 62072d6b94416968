// SPDX-License-Identifier: GPL-2.0-only
/* What engine and companion say to each other: read back as it was said, or refused. */
#include "random.h"

#include <linux/limits.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "../../drivers/rtc/sync/request.h"

#define ROUNDS	20000

static s64 any_s64(void)
{
	return random_one_in(8) ? (random_one_in(2) ? S64_MAX : INT64_MIN) :
				  random_signed(1LL << random_between(0, 62));
}

static struct rtc_sync_request any_request(void)
{
	return (struct rtc_sync_request) {
		.id = (u32)random_between(1, UINT32_MAX),
		.call = (s32)random_signed(S32_MAX),
		.freq = any_s64(),
		.tick = any_s64(),
		.status = (s32)random_signed(S32_MAX),
		.maxerror = random_between(0, S32_MAX),
		.esterror = any_s64(),
	};
}

static void assert_same(const struct rtc_sync_request *a, const struct rtc_sync_request *b)
{
	assert_int_equal(a->id, b->id);
	assert_int_equal(a->call, b->call);
	assert_int_equal(a->freq, b->freq);
	assert_int_equal(a->tick, b->tick);
	assert_int_equal(a->status, b->status);
	assert_int_equal(a->maxerror, b->maxerror);
	assert_int_equal(a->esterror, b->esterror);
}

static void what_is_said_is_heard(void **state)
{
	struct rtc_sync_request request;
	struct rtc_sync_request heard;
	char text[200];
	int length;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		request = any_request();
		length = rtc_sync_request_print(&request, text, sizeof(text));
		assert_int_equal(length, strlen(text));
		assert_int_equal(text[length - 1], '\n');
		assert_int_equal(rtc_sync_request_parse(text, &heard), 0);
		assert_same(&heard, &request);
		/* Who writes it need not end the line. */
		text[length - 1] = 0;
		assert_int_equal(rtc_sync_request_parse(text, &heard), 0);
		assert_same(&heard, &request);
	}
}

/* A field too few, one too many, and a character that is no digit */
static void all_else_is_refused(void **state)
{
	struct rtc_sync_request request;
	struct rtc_sync_request heard;
	char text[200];
	char wrong[220];
	size_t at;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		request = any_request();
		rtc_sync_request_print(&request, text, sizeof(text));
		snprintf(wrong, sizeof(wrong), "%.*s 7\n", (int)strlen(text) - 1, text);
		assert_int_equal(rtc_sync_request_parse(wrong, &heard), -EINVAL);
		at = (size_t)random_up_to((s64)strlen(text) - 1);
		strcpy(wrong, text);
		wrong[at] = 'x';
		assert_int_equal(rtc_sync_request_parse(wrong, &heard), -EINVAL);
		*strrchr(text, ' ') = 0;
		assert_int_equal(rtc_sync_request_parse(text, &heard), -EINVAL);
	}
}

static void no_clock_has_such(void **state)
{
	static const char * const texts[] = {
		"", "\n", "0", "1", "serve me", "0 1 2 3 4 5 6\n", "1 0 0 10000 64 -1 0\n",
		"1 0 0 10000 64 2147483648 0\n", "1 0 0 10000 64 16000000\n",
		"1 0 0 10000 64 9223372036854775807 0\n",
	};
	struct rtc_sync_request heard;
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_int_equal(rtc_sync_request_parse(texts[i], &heard), -EINVAL);
	assert_int_equal(rtc_sync_request_parse("1 0 0 10000 64 2147483647 0\n", &heard), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		random_test(what_is_said_is_heard),
		random_test(all_else_is_refused),
		random_test(no_clock_has_such),
	};

	return cmocka_run_group_tests_name("request", tests, random_begin, NULL);
}
