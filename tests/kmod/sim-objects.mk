# SPDX-License-Identifier: GPL-2.0-only
# The simulated chips and their buses, for a module or for a test in the kernel.
# Those that are PURE need nothing of the kernel but its integers and its dates.
sim-pure := sim-chip.o sim-regs.o sim-count.o sim-alarm.o sim-power.o sim-tick.o \
	sim-models.o sim-models-maxim.o sim-models-ds323x.o sim-models-nxp.o \
	sim-models-rv3028.o sim-models-rv8803.o sim-models-ab1805.o sim-models-other.o

sim-objects := $(sim-pure) sim-board.o sim-bus.o sim-strike.o sim-pin.o sim-time.o \
	sim-counter-$(if $(CONFIG_ARM_ARCH_TIMER),arm,none).o
