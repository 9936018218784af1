/* Who may include whom: floors.txt, and every #include of src/ and include/fleche/ against it. */
#pragma once
#include "house.h"

/* layers_check adds a complaint for each include of something that stands above its includer or in no floor, and for each file and
 * header that floors.txt does not know. */
void layers_check(const char *root, fl_buf *complaints);
/* layers_modules gives the modules' names in the order of floors.txt, separated by spaces. */
const char *layers_modules(const char *root);
