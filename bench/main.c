/* All benchmarks in one program; --filter picks. */
#include <fleche/bench.h>

int main(int count, char **arguments) { return fl_bench_main(count, arguments); }
