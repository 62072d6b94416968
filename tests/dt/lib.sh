# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# Reporting for the device tree tests: one line "ok NAME" or "not ok NAME" a
# check, with the reason below it. The caller exits with finish's status.
# A shell function's variables are global: those here begin with check_.
: "${work:?is set by run}"
failed=0

pass() { echo "ok $1"; }

fail() {
	echo "not ok $1"
	sed 's/^/    /' <<-EOF
		$2
	EOF
	failed=$((failed + 1))
}

# quiet NAME COMMAND...: it must succeed and print nothing. dt-validate and
# dt-doc-validate exit 0 on most violations, so output is failure too.
quiet() {
	check_name=$1
	shift
	if check_out=$("$@" 2>&1) && [ -z "$check_out" ]; then
		pass "$check_name"
	else
		fail "$check_name" "${check_out:-exit status without a message}"
	fi
}

# reports NAME REGEX COMMAND...: what it prints must match, whatever the status.
reports() {
	check_name=$1 check_want=$2
	shift 2
	check_out=$("$@" 2>&1) || :
	if printf '%s\n' "$check_out" | grep -Eq -- "$check_want"; then
		pass "$check_name"
	else
		fail "$check_name" "no '$check_want' in: ${check_out:-no output}"
	fi
}

# equal NAME EXPECTED COMMAND...: what it prints must be that.
equal() {
	check_name=$1 check_want=$2
	shift 2
	if check_out=$("$@" 2>&1) && [ "$check_out" = "$check_want" ]; then
		pass "$check_name"
	else
		fail "$check_name" "expected '$check_want', got '$check_out'"
	fi
}

# A part that ends without finish has met an error in a place of no check.
trap '[ -n "${finished:-}" ] || echo "not ok $0 (stopped early)"' EXIT

finish() {
	finished=yes
	[ "$failed" -eq 0 ]
}

# validate DTB...: prints what our schemas have against them; nothing if they are fine
validate() {
	# dt-validate is silent on a file that is not there.
	for check_file; do
		[ -s "$check_file" ] || { echo "no file $check_file" && return; }
	done
	dt-validate -s "$work/schema.json" -l rtc/rtc-sync "$@"
	# With -l it is silent on a node that no schema claims: ask for those too.
	dt-validate -s "$work/schema.json" -m "$@" 2>&1 | grep 'failed to match.*rtc-sync,' || :
}
