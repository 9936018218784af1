/* All tests of the project in one program; --filter picks. */
#include <fleche/test.h>

int main(int count, char **arguments) { return fl_test_main(count, arguments); }
