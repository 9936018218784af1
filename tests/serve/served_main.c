/* The site as a program: for the tests of the command. */
#include <fleche/manage.h>
#include "served_site.h"

int main(int argc, char **argv) { return fl_main(argc, argv, &served_site); }
