// SPDX-License-Identifier: GPL-2.0-only
/* The latch, found from the length of simulated transfers. */
#include "random.h"

#include "../../drivers/rtc/sync/bus.h"

#define ROUNDS		20000
#define COMPLETION_NS	30000

/* One bus and one chip on it; the truth that bus.c does not see. */
struct wire {
	struct rtc_sync_source source;
	s64 byte_ns;
	s64 setup_ns;
	s64 completion_ns;
	s64 jitter_ns;
	s64 latch_raw_ns;
	u32 transfers;
};

static struct wire random_wire(void)
{
	struct wire wire = { .source.has_short = true };
	struct rtc_sync_wire *shrt = &wire.source.wire[RTC_SYNC_READ_SHORT];
	struct rtc_sync_wire *full = &wire.source.wire[RTC_SYNC_READ_FULL];

	shrt->bytes = (u8)random_between(3, 8);
	shrt->tail_bytes = (u8)random_between(0, shrt->bytes - 1);
	full->bytes = (u8)(shrt->bytes + random_between(1, 30));
	full->tail_bytes = (u8)random_between(0, full->bytes - 1);
	/* 9 bits at 10 kHz .. 3.4 MHz. */
	wire.byte_ns = random_between(2600, 900000);
	wire.setup_ns = random_up_to(1000000);
	wire.completion_ns = random_up_to(COMPLETION_NS);
	return wire;
}

/* Every third pair of transfers is disturbed: so the median is not. */
static struct rtc_sync_reading read_over(struct wire *wire, enum rtc_sync_read kind)
{
	const struct rtc_sync_wire *shape = &wire->source.wire[kind];
	s64 late_ns = wire->transfers++ % 6 / 2 == 1 ?
		      random_up_to(wire->jitter_ns) : 0;
	s64 early_ns = random_between(0, late_ns);
	struct rtc_sync_reading reading;

	reading.before_raw_ns = random_up_to(1LL << 62);
	wire->latch_raw_ns = reading.before_raw_ns + wire->setup_ns + early_ns +
			     (shape->bytes - shape->tail_bytes) * wire->byte_ns;
	reading.after_raw_ns = wire->latch_raw_ns + late_ns - early_ns +
			       shape->tail_bytes * wire->byte_ns +
			       wire->completion_ns;
	reading.rtc_s = 0;
	return reading;
}

static void learn(struct rtc_sync_bus *bus, struct wire *wire, int times)
{
	struct rtc_sync_reading reading;
	int kind;
	int i;

	rtc_sync_bus_init(bus);
	for (i = 0; i < times; i++) {
		for (kind = 0; kind < RTC_SYNC_READ_KINDS; kind++) {
			reading = read_over(wire, (enum rtc_sync_read)kind);
			rtc_sync_bus_add(bus, (enum rtc_sync_read)kind,
					 reading.after_raw_ns - reading.before_raw_ns);
		}
	}
}

static void set_typical(struct rtc_sync_bus *bus, enum rtc_sync_read kind, s64 ns)
{
	int i;

	for (i = 0; i < RTC_SYNC_RECENT; i++)
		rtc_sync_recent_add(&bus->recent[kind], ns);
}

static void a_quiet_bus_is_measured_exactly(void **state)
{
	struct rtc_sync_bus bus;
	struct wire wire;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		wire = random_wire();
		learn(&bus, &wire, 3);
		assert_int_equal(rtc_sync_bus_byte_ns(&bus, &wire.source), wire.byte_ns);
		assert_true(rtc_sync_bus_is_known(&bus, &wire.source));
	}
}

/* As long as most transfers of each kind are undisturbed. */
static void jitter_is_shaken_off(void **state)
{
	struct rtc_sync_bus bus;
	struct wire wire;
	s64 byte_ns;
	int i;

	for (i = 0; i < ROUNDS / 10; i++) {
		wire = random_wire();
		wire.jitter_ns = random_up_to(10000000);
		learn(&bus, &wire, (int)random_between(3, 40));
		byte_ns = rtc_sync_bus_byte_ns(&bus, &wire.source);
		assert_that(byte_ns == wire.byte_ns, "%lld, not %lld",
			    byte_ns, wire.byte_ns);
	}
}

/* Any completion up to the allowance; anything late before or after. */
static void the_latch_lies_inside(void **state)
{
	struct rtc_sync_reading reading;
	struct rtc_sync_span latch;
	enum rtc_sync_read kind;
	struct rtc_sync_bus bus;
	struct wire wire;
	int i;
	int k;

	for (i = 0; i < ROUNDS / 4; i++) {
		wire = random_wire();
		wire.jitter_ns = random_up_to(10000000);
		learn(&bus, &wire, (int)random_between(3, 40));
		for (k = 0; k < 20; k++) {
			kind = random_one_in(2) ? RTC_SYNC_READ_SHORT :
						  RTC_SYNC_READ_FULL;
			reading = read_over(&wire, kind);
			/* The driver may also be quicker than usual; not both at once. */
			if (reading.after_raw_ns - wire.latch_raw_ns ==
			    wire.completion_ns + wire.byte_ns *
			    wire.source.wire[kind].tail_bytes)
				reading.before_raw_ns += random_up_to(wire.setup_ns);
			latch = rtc_sync_bus_latch(&bus, &wire.source, kind, &reading);
			assert_that(latch.lo <= wire.latch_raw_ns &&
				    wire.latch_raw_ns <= latch.hi,
				    "latch at %lld, not in %lld..%lld of %lld: byte %lld, tail %d, completion %lld, jitter %lld",
				    wire.latch_raw_ns - reading.before_raw_ns,
				    latch.lo - reading.before_raw_ns,
				    latch.hi - reading.before_raw_ns,
				    reading.after_raw_ns - reading.before_raw_ns,
				    wire.byte_ns, wire.source.wire[kind].tail_bytes,
				    wire.completion_ns, wire.jitter_ns);
			assert_true(latch.lo >= reading.before_raw_ns &&
				    latch.hi <= reading.after_raw_ns);
		}
	}
}

/* A byte measured up to an eighth wrong is allowed for. */
static void an_eighth_is_allowed(void **state)
{
	struct rtc_sync_reading reading;
	struct rtc_sync_span latch;
	struct rtc_sync_bus bus;
	struct wire wire;
	s64 byte_ns;
	int bytes;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		wire = random_wire();
		wire.setup_ns += 10000000;
		learn(&bus, &wire, 3);
		bytes = wire.source.wire[RTC_SYNC_READ_FULL].bytes -
			wire.source.wire[RTC_SYNC_READ_SHORT].bytes;
		/* The short one was seen longer or shorter than it is. */
		byte_ns = wire.byte_ns + random_between(-wire.byte_ns / 9 + 1,
							wire.byte_ns / 8 - 1);
		set_typical(&bus, RTC_SYNC_READ_SHORT,
			    rtc_sync_recent_median_ns(&bus.recent[RTC_SYNC_READ_SHORT]) +
			    bytes * (wire.byte_ns - byte_ns));
		assert_int_equal(rtc_sync_bus_byte_ns(&bus, &wire.source), byte_ns);
		reading = read_over(&wire, RTC_SYNC_READ_FULL);
		latch = rtc_sync_bus_latch(&bus, &wire.source, RTC_SYNC_READ_FULL, &reading);
		assert_that(latch.lo <= wire.latch_raw_ns &&
			    wire.latch_raw_ns <= latch.hi,
			    "byte %lld for %lld: %lld not in %lld..%lld", byte_ns,
			    wire.byte_ns, wire.latch_raw_ns, latch.lo, latch.hi);
	}
}

/* As narrow as promised: a quarter of the tail, some microseconds, the completion. */
static void floor_is_what_a_quiet_read_gives(void **state)
{
	struct rtc_sync_reading reading;
	struct rtc_sync_span latch;
	enum rtc_sync_read kind;
	struct rtc_sync_bus bus;
	struct wire wire;
	s64 floor_ns;
	s64 tail_ns;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		wire = random_wire();
		wire.source.has_short = !random_one_in(3);
		kind = wire.source.has_short ? RTC_SYNC_READ_SHORT : RTC_SYNC_READ_FULL;
		learn(&bus, &wire, 3);
		floor_ns = rtc_sync_bus_floor_ns(&bus, &wire.source);
		reading = read_over(&wire, kind);
		latch = rtc_sync_bus_latch(&bus, &wire.source, kind, &reading);
		tail_ns = wire.byte_ns * wire.source.wire[kind].tail_bytes;
		assert_int_equal(floor_ns, rtc_sync_span_width(&latch));
		assert_that(floor_ns <= 2 * (tail_ns >> 3) + COMPLETION_NS + 4000,
			    "floor %lld, tail %lld", floor_ns, tail_ns);
	}
	rtc_sync_bus_init(&bus);
	assert_int_equal(rtc_sync_bus_floor_ns(&bus, &wire.source), 0);
}

/*
 * A controller that pauses before some transfers: the short ones are as good as on
 * a quiet bus, the long ones are only as sure as they are longer.
 */
static void a_short_transfer_is_taken_at_its_word(void **state)
{
	const struct rtc_sync_source source = {
		.wire = {
			[RTC_SYNC_READ_SHORT] = { .bytes = 4, .tail_bytes = 2 },
			[RTC_SYNC_READ_FULL] = { .bytes = 10, .tail_bytes = 8 },
		},
		.has_short = true,
	};
	struct rtc_sync_reading reading = { .rtc_s = 0 };
	struct rtc_sync_span quiet, shrt, lng;
	struct rtc_sync_bus bus;
	int i;

	rtc_sync_bus_init(&bus);
	for (i = 0; i < 16; i++) {
		rtc_sync_bus_add(&bus, RTC_SYNC_READ_FULL, 260000);
		rtc_sync_bus_add(&bus, RTC_SYNC_READ_SHORT, 220000);
	}
	reading.after_raw_ns = 220000;
	quiet = rtc_sync_bus_latch(&bus, &source, RTC_SYNC_READ_SHORT, &reading);
	for (i = 0; i < 8; i++) {
		rtc_sync_bus_add(&bus, RTC_SYNC_READ_SHORT, 130000);
		rtc_sync_bus_add(&bus, RTC_SYNC_READ_SHORT, 220000);
	}
	lng = rtc_sync_bus_latch(&bus, &source, RTC_SYNC_READ_SHORT, &reading);
	reading.after_raw_ns = 130000;
	shrt = rtc_sync_bus_latch(&bus, &source, RTC_SYNC_READ_SHORT, &reading);
	assert_that(rtc_sync_span_width(&lng) >= rtc_sync_span_width(&shrt) + 80000,
		    "%lld after a pause, %lld without", rtc_sync_span_width(&lng),
		    rtc_sync_span_width(&shrt));
	assert_that(rtc_sync_span_width(&shrt) <= rtc_sync_span_width(&quiet) + 60000,
		    "%lld without a pause, %lld on a quiet bus",
		    rtc_sync_span_width(&shrt), rtc_sync_span_width(&quiet));
}

static void check_unknown(const struct rtc_sync_bus *bus,
			  const struct rtc_sync_source *source, const char *why)
{
	struct rtc_sync_reading reading = {
		.before_raw_ns = random_up_to(1LL << 61),
	};
	struct rtc_sync_span latch;
	int kind;

	reading.after_raw_ns = reading.before_raw_ns + random_up_to(1LL << 40);
	assert_that(!rtc_sync_bus_is_known(bus, source), "%s", why);
	assert_that(!rtc_sync_bus_byte_ns(bus, source), "%s", why);
	for (kind = 0; kind < RTC_SYNC_READ_KINDS; kind++) {
		latch = rtc_sync_bus_latch(bus, source, (enum rtc_sync_read)kind, &reading);
		assert_that(latch.lo == reading.before_raw_ns &&
			    latch.hi == reading.after_raw_ns, "%s", why);
	}
}

/* What is not known is not made up: then it is the whole transfer. */
static void unknown_is_the_whole_transfer(void **state)
{
	struct rtc_sync_bus bus;
	struct rtc_sync_bus odd;
	struct wire other;
	struct wire wire;
	int i;

	for (i = 0; i < ROUNDS / 10; i++) {
		wire = random_wire();
		learn(&bus, &wire, (int)random_between(0, 2));
		check_unknown(&bus, &wire.source, "too few");
		learn(&bus, &wire, 5);
		odd = bus;
		odd.recent[random_between(0, 1)].count = 2;
		check_unknown(&odd, &wire.source, "too few of one kind");

		other = wire;
		other.source.wire[RTC_SYNC_READ_SHORT].bytes = 0;
		check_unknown(&bus, &other.source, "no short shape");
		other = wire;
		other.source.wire[RTC_SYNC_READ_FULL].bytes = 0;
		check_unknown(&bus, &other.source, "no full shape");
		other.source.wire[RTC_SYNC_READ_FULL].bytes =
			other.source.wire[RTC_SYNC_READ_SHORT].bytes;
		check_unknown(&bus, &other.source, "equal shapes");

		odd = bus;
		set_typical(&odd, RTC_SYNC_READ_FULL,
			    rtc_sync_recent_median_ns(&odd.recent[RTC_SYNC_READ_SHORT]) -
			    random_up_to(1000));
		check_unknown(&odd, &wire.source, "more bytes, no longer");
		set_typical(&odd, RTC_SYNC_READ_SHORT, wire.byte_ns);
		set_typical(&odd, RTC_SYNC_READ_FULL, 40 * wire.byte_ns);
		check_unknown(&odd, &wire.source, "bytes longer than the transfer");
	}
}

static void nonsense_is_ignored(void **state)
{
	struct rtc_sync_bus was;
	struct rtc_sync_bus bus;
	struct wire wire;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		wire = random_wire();
		learn(&bus, &wire, (int)random_between(0, 5));
		was = bus;
		rtc_sync_bus_add(&bus, RTC_SYNC_READ_SHORT, -random_up_to(1LL << 62));
		rtc_sync_bus_add(&bus, RTC_SYNC_READ_FULL, 0);
		assert_memory_equal(&bus, &was, sizeof(bus));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		random_test(a_quiet_bus_is_measured_exactly),
		random_test(jitter_is_shaken_off),
		random_test(the_latch_lies_inside),
		random_test(an_eighth_is_allowed),
		random_test(floor_is_what_a_quiet_read_gives),
		random_test(a_short_transfer_is_taken_at_its_word),
		random_test(unknown_is_the_whole_transfer),
		random_test(nonsense_is_ignored),
	};

	return cmocka_run_group_tests_name("bus", tests, random_begin, NULL);
}
