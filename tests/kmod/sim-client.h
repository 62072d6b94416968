/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For tests only: the bus of rtc-sync-simbus and the I2C device on it, which come and go.
 */
#ifndef SIM_CLIENT_H
#define SIM_CLIENT_H

struct sim_model;

int sim_client_init(const struct sim_model *model, const char *name, int irq,
		    const char *irq_name);
void sim_client_exit(void);

#endif /* SIM_CLIENT_H */
