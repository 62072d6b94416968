# SPDX-License-Identifier: GPL-2.0-only
#
# What people type. The modules themselves are in Kbuild.

# The one place of the version
VERSION := 0.1.0

# Debian's ARM kernel to build and boot: 5.10, 6.1, 6.12 or 7.2
KERNEL ?= 6.1

# Those of the suite "kernels": all, or names as in docs/kernels.md
KERNELS ?= 6.1 6.12

# Another kernel's build tree: KERNEL_SRC (as Yocto calls it) or the running one's
KERNEL_SRC ?= $(wildcard /lib/modules/$(shell uname -r)/build)

PYTHON := /usr/bin/python3

.PHONY: all modules modules_install arm-modules kernel run check coverage fuzz bench soak dtbs image flash deb dist patches clean help

all: $(if $(KERNEL_SRC),modules,arm-modules)

help:
	@echo 'make run            see it work: an emulated Raspberry Pi 2 keeps its clock'
	@echo 'make check          the tests; some suites of them: make check SUITES="static sim"'
	@echo 'make coverage       line coverage of each file by unit tests and KUnit together'
	@echo 'make bench          the error of this and of others, side by side (an hour or more);'
	@echo '                    ROWS="slew/* N600" runs some rows and keeps the others'
	@echo 'make soak           thirty days on the twin, a year in the simulation (an hour);'
	@echo '                    DAYS=1 is short'
	@echo 'make                the modules, for the kernel that runs here if its headers'
	@echo '                    are installed, else for Debian ARM kernel $(KERNEL)'
	@echo 'make arm-modules    the modules for Debian ARM kernel $(KERNEL), in build/modules'
	@echo 'make kernel         an ARM kernel with rtc-sync built in, in build/linux-6.1 (minutes)'
	@echo 'make modules        the modules for KERNEL_SRC=..., in this folder'
	@echo 'make modules_install   install those (INSTALL_MOD_PATH=...)'
	@echo 'make dtbs           the device tree overlays, in build/dtbs'
	@echo 'make image BOARD=raspberrypi2|raspberrypi3|beaglebone'
	@echo '                    an SD card that keeps time by its RTC, in build/image; for another'
	@echo '                    chip or pace: CHIP=ds3231 INTERVAL=10; with NTP: CHRONY=1'
	@echo 'make flash BOARD=... DEV=/dev/sdX   write it to a card, and verify'
	@echo 'make deb            packages for Debian and Raspberry Pi OS, in build/deb'
	@echo 'make dist           the last commit, packed, in build/dist'
	@echo 'make patches        the series for the kernel, against Linux 6.1, in build/patches'
	@echo 'make clean          remove what was built; what was downloaded stays'
	@echo 'KERNEL=5.10|6.1|6.12|7.2 chooses the kernel for run and arm-modules'

modules modules_install:
	@test -n '$(KERNEL_SRC)' || { echo 'set KERNEL_SRC to a kernel build tree' >&2; exit 1; }
	$(MAKE) -C $(KERNEL_SRC) M=$(CURDIR) $@

arm-modules:
	@tools/fetch/host-packages run
	@tools/build-modules $(KERNEL)

kernel:
	@tools/fetch/host-packages kernel
	@tools/build-kernel

run:
	@tools/fetch/host-packages run
	@$(PYTHON) tests/qemu/live.py $(KERNEL)

check:
	@tools/fetch/host-packages check
	@KERNELS='$(KERNELS)' tests/run $(SUITES)

coverage:
	@tools/fetch/host-packages check
	@$(PYTHON) tests/coverage.py

# TARGET=codec|phase|rate|servo|guard|attributes|memory|tracker|learn
fuzz:
	@tools/fetch/host-packages fuzz
	@$(MAKE) -s -C tests/fuzz long TARGET=$(or $(TARGET),codec) SECONDS=$(or $(SECONDS),60)

bench:
	@tools/fetch/host-packages bench
	@PYTHONPATH=tests/qemu:tests/bench $(PYTHON) tests/bench/bench.py $(ROWS)

soak:
	@tools/fetch/host-packages check
	@PYTHONPATH=tests/qemu $(PYTHON) tests/soak/soak.py $(DAYS)
	@$(MAKE) -s -C tests/sim year

dtbs:
	@tools/fetch/host-packages dtbs
	@tools/build-dtbs

image:
	@tools/fetch/host-packages image
	@CHIP='$(CHIP)' INTERVAL='$(INTERVAL)' CHRONY='$(CHRONY)' $(PYTHON) \
		tools/image/build.py '$(BOARD)'

flash:
	@$(PYTHON) tools/image/flash.py '$(BOARD)' '$(DEV)'

deb:
	@tools/fetch/host-packages deb
	@tools/build-deb

dist:
	@tools/dist

patches:
	@tools/fetch/host-packages patches
	@tools/patches

clean:
	rm -rf build/modules build/tests build/dtbs build/guest build/log build/image build/deb build/dist build/patches
	rm -rf build/uml build/linux-6.1/out build/linux-6.1/check build/linux-6.1/state
	rm -rf build/linux-6.1/debug build/linux-6.1/preempt build/linux-6.1/kcsan build/linux-6.1/series
	rm -f *.o *.ko *.mod *.mod.c .*.cmd Module.symvers modules.order
	find drivers -name '*.o' -delete -o -name '.*.cmd' -delete -o -name '.*.d' -delete
