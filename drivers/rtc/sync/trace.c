// SPDX-License-Identifier: GPL-2.0-only
/*
 * The bodies of the tracepoints in trace.h.
 */
#include "../compat.h"

#define CREATE_TRACE_POINTS
#include "trace.h"
