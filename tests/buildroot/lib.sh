# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# Reporting for the tests of board/: one line "ok NAME" or "not ok NAME" a check.
failed=0

# check NAME COMMAND...: it must succeed and print nothing
check() {
	check_name=$1
	shift
	if check_out=$("$@" 2>&1) && [ -z "$check_out" ]; then
		echo "ok buildroot: $check_name"
	else
		echo "not ok buildroot: $check_name"
		echo "${check_out:-exit status without a message}" | tail -n 20 | sed 's/^/#   /'
		failed=$((failed + 1))
	fi
}
