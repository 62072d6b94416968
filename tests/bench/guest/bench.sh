# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# What the rows of the benchmark share on the emulated board. Sourced by its script.

I2C=/sys/kernel/tracing/events/i2c

# The kernel counts transfers, and the messages and bytes in them
count_i2c() {
	echo 'hist:keys=adapter_nr' >$I2C/i2c_result/trigger
	for event in i2c_read i2c_write i2c_reply; do
		echo 'hist:keys=adapter_nr:vals=len' >$I2C/$event/trigger
	done
}

# Sums of a histogram: events, their lengths
hist() {
	awk '/^[{]/ { for (i = 1; i < NF; i++) {
			if ($i == "hitcount:") hits += $(i + 1)
			if ($i == "len:") length_sum += $(i + 1)
		} }
		END { printf "%d %d", hits, length_sum }' "$I2C/$1/hist"
}

# Nanoseconds that these processes have run
process_ns() {
	total=0
	for pid in "$@"; do
		read -r ran _ <"/proc/$pid/schedstat"
		total=$((total + ran))
	done
	echo $total
}

# What was spent so far, by all and by these processes
spent() {
	moment=$1
	shift
	echo "@@SPENT $moment $(sample cntvct)" \
		"$(hist i2c_result) $(hist i2c_read) $(hist i2c_write) $(hist i2c_reply)" \
		"$(awk '/^cpu[0-9]/ { ran += $8 } END { printf "%.0f", ran }' /proc/schedstat)" \
		"$(cat /proc/uptime) $(process_ns "$@")"
}

# Run a command again and again, with so many seconds in between
every() {
	pause=$1
	shift
	while :; do
		"$@"
		sleep "$pause"
	done
}

# Bind a driver to the RTC, or to it anew
rebind() {
	echo 0-0068 >"/sys/bus/i2c/drivers/$1/unbind"
	echo 0-0068 >"/sys/bus/i2c/drivers/$1/bind"
}
