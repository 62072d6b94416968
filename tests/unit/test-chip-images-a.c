// SPDX-License-Identifier: GPL-2.0-only
/* Random images of the first half of the parts */
#include "images.h"

int main(void)
{
	return images_main(0, PARTS / 2);
}
