/* SPDX-License-Identifier: GPL-2.0-only */
/* What can befall a reading, or the RTC, of the board in world.h. */
#ifndef TESTS_SIM_MISHAP_H
#define TESTS_SIM_MISHAP_H

#include "world.h"

/**
 * struct mishap - one kind of fault
 * @name: for the report
 * @err: a reading that it strikes ends in this error; 0: it does not fail
 * @takes_ns: and takes so long until then
 * @stretch_ns: a reading takes up to so much longer before its latch
 * @late_ns: and after it
 * @spoil: changes the seven bytes that the chip sends, of which a short reading
 *	has the first alone. Return: 0, or an error
 * @jump_ns: an event, which has no rate: the RTC jumps by this when it begins
 * @returns: and back when it ends
 * @stops: an event: the second stands still until it ends
 * @hidden_from: from this rate on so many make sense, and are wrong, that nothing is
 *	promised, %; 0: never
 * @is_slow: a second beside the right one looks right near its edge: it is found by
 *	the eighth reading in a row that is early, or late; nothing is promised before
 * @refuses: a new time, which is not followed until somebody says so
 */
struct mishap {
	const char *name;
	int err;
	s64 takes_ns;
	s64 stretch_ns;
	s64 late_ns;
	int (*spoil)(struct world *world, bool is_full, u8 *regs);
	s64 jump_ns;
	bool returns;
	bool stops;
	int hidden_from;
	bool is_slow;
	bool refuses;
};

extern const struct mishap mishaps[];
extern const int mishap_count;

bool mishap_is_event(const struct mishap *mishap);
void mishap_begin(const struct mishap *mishap, struct world *world);
void mishap_end(const struct mishap *mishap, struct world *world);
int mishap_read(const struct mishap *mishap, struct world *world,
		enum rtc_sync_read kind, struct rtc_sync_reading *reading);

#endif /* TESTS_SIM_MISHAP_H */
