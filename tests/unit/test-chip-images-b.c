// SPDX-License-Identifier: GPL-2.0-only
/* Random images of the second half of the parts */
#include "images.h"

int main(void)
{
	return images_main(PARTS / 2, PARTS - PARTS / 2);
}
