# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# What the static checks share; sourced from the project's folder.

work=build/tests/static
mkdir -p "$work"
# shellcheck disable=SC2034 # for who sources this
status=0

# A check passes if its command is silent
check() {
	name=$1
	shift
	if findings=$("$@" 2>&1) && [ -z "$findings" ]; then
		echo "ok static: $name"
	else
		echo "not ok static: $name"
		echo "$findings" | head -40 | sed 's/^/#   /'
		# shellcheck disable=SC2034
		status=1
	fi
}

# What is ours and compiled into a kernel
c_files() { git ls-files 'drivers/*.[ch]' 'tests/kmod/*.[ch]' 'tests/kunit/*.[ch]'; }
