/* SPDX-License-Identifier: GPL-2.0-only */
/* What somebody may write to an attribute, and what it means. */
#ifndef TESTS_FUZZ_TEXT_H
#define TESTS_FUZZ_TEXT_H

#include <errno.h>

#include "../unit/random.h"

#define TEXT_MAX	40
#define MODES		"off monitor step slew auto"
#define NTP_WORDS	"unknown no yes"

/* Which of the words it is, or -1; with a newline, if that may be */
static inline int oracle_word(const char *words, const char *text, bool may_end)
{
	size_t length = strlen(text);
	int i = 0;

	if (may_end && length && text[length - 1] == '\n')
		length--;
	for (; *words; words += strcspn(words, " "), words += *words == ' ', i++)
		if (strcspn(words, " ") == length && !strncmp(words, text, length))
			return i;
	return -1;
}

/* As docs/abi.md says, and the kernel: decimal, 0x or 0 before it; no space */
static inline bool oracle_number(const char *text, s64 *value)
{
	char copy[TEXT_MAX + 1];
	const char *digits = "0123456789";
	size_t length = strlen(text);
	const char *at = copy;

	memcpy(copy, text, length + 1);
	if (length && copy[length - 1] == '\n')
		copy[length - 1] = 0;
	if (*at == '-' || *at == '+')
		at++;
	if (at[0] == '0' && (at[1] == 'x' || at[1] == 'X')) {
		at += 2;
		digits = "0123456789abcdefABCDEF";
	} else if (at[0] == '0') {
		digits = "01234567";
	}
	if (!*at || at[strspn(at, digits)])
		return false;
	errno = 0;
	*value = strtoll(copy, NULL, 0);
	return !errno;
}

static inline void draw_number(char *text)
{
	static const char * const formats[] = { "%lld", "%lld\n", "0x%llx", "0%llo", "+%lld",
						" %lld", "%lld ", "%lld\n\n" };
	s64 value = random_signed(INT64_MAX);

	if (random_one_in(2))
		value = random_between(-3, 3) + (random_one_in(2) ? 86400 : 500000);
	snprintf(text, TEXT_MAX + 1, formats[random_between(0, 7)], value);
}

static inline void draw_word(char *text)
{
	static const char words[] = MODES " " NTP_WORDS " offa o";
	const char *at = words;
	int i;

	for (i = (int)random_between(0, 9); i; i--)
		at += strcspn(at, " ") + 1;
	snprintf(text, TEXT_MAX + 1, "%.*s%s", (int)strcspn(at, " "), at,
		 random_one_in(2) ? "\n" : "");
}

/* A number, a word, anything; one letter of it may be another. Ends with a 0. */
static inline void draw_text(char *text)
{
	int length = 0;
	int i;

	switch (random_between(0, 2)) {
	case 0:
		draw_number(text);
		break;
	case 1:
		draw_word(text);
		break;
	default:
		length = (int)random_between(0, TEXT_MAX);
		for (i = 0; i < length; i++)
			text[i] = (char)input_byte();
		text[length] = 0;
		break;
	}
	length = (int)strlen(text);
	if (length && !random_between(0, 3))
		text[random_between(0, length - 1)] = (char)input_byte();
}

#endif /* TESTS_FUZZ_TEXT_H */
