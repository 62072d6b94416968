// SPDX-License-Identifier: GPL-2.0-only
/*
 * An NTP server on 127.0.0.1 that tells the truth: for daemons that want a network.
 *
 * usage: ntpserver BASE_EPOCH FREQ_HZ
 */
#include <arpa/inet.h>
#include <endian.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "clock.h"

#define NTP_PORT	123
#define EPOCH_1900_S	2208988800ULL
#define VERSION_MASK	0x38
#define MODE_SERVER	4
#define PRECISION	(-20)	/* 2^-20 s */

/* RFC 5905, without extensions; all of it big-endian. */
struct ntp_packet {
	uint8_t leap_version_mode;
	uint8_t stratum;
	uint8_t poll;
	int8_t precision;
	uint32_t root_delay;
	uint32_t root_dispersion;
	char reference[4];
	uint64_t reference_time;
	uint64_t origin_time;
	uint64_t receive_time;
	uint64_t transmit_time;
};

static uint64_t ntp_time(int64_t base_s, uint64_t hz)
{
	int64_t ns = base_s * NSEC_PER_SEC + ticks_to_ns(counter(), hz);
	uint64_t part = ((uint64_t)(ns % NSEC_PER_SEC) << 32) / (uint64_t)NSEC_PER_SEC;

	return htobe64(((uint64_t)(ns / NSEC_PER_SEC) + EPOCH_1900_S) << 32 | part);
}

static int open_port(void)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons(NTP_PORT),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof(address))) {
		perror("ntpserver");
		exit(1);
	}
	return fd;
}

int main(int argc, char **argv)
{
	int64_t base_s;
	uint64_t hz;
	int fd;

	if (argc != 3 || atoll(argv[2]) <= 0) {
		fprintf(stderr, "usage: ntpserver BASE_EPOCH FREQ_HZ\n");
		return 2;
	}
	base_s = atoll(argv[1]);
	hz = (uint64_t)atoll(argv[2]);
	fd = open_port();
	for (;;) {
		struct sockaddr_in from;
		socklen_t length = sizeof(from);
		struct ntp_packet packet;
		uint64_t received;

		if (recvfrom(fd, &packet, sizeof(packet), 0, (struct sockaddr *)&from,
			     &length) != sizeof(packet))
			continue;
		received = ntp_time(base_s, hz);
		packet = (struct ntp_packet) {
			.leap_version_mode =
				(packet.leap_version_mode & VERSION_MASK) | MODE_SERVER,
			.stratum = 1,
			.poll = packet.poll,
			.precision = PRECISION,
			.reference = "TRUE",
			.reference_time = received,
			.origin_time = packet.transmit_time,
			.receive_time = received,
			.transmit_time = ntp_time(base_s, hz),
		};
		sendto(fd, &packet, sizeof(packet), 0, (struct sockaddr *)&from, length);
	}
}
