/* Reads the vectors of tests/data: calls `check` with the columns of each line. */
#pragma once
#include <stdlib.h>
#include "../helpers.h"

enum { MOST_COLUMNS = 6 };

static inline void each_vector(const char *file, void (*check)(char *const *columns))
{
    char line[512], *columns[MOST_COLUMNS];
    FILE *in = opened(file);
    int count = 0;

    while (fgets(line, sizeof line, in) != NULL) {
        char *rest = line;
        line[strcspn(line, "\n")] = '\0';
        for (int i = 0; i < MOST_COLUMNS; i++)
            columns[i] = rest == NULL ? NULL : strsep(&rest, "\t");
        check(columns);
        count++;
    }
    fl_expect(count > 100);
}

static inline long long number(const char *text)
{
    long long value = 0;

    fl_expect(fl_str_int(fl_str_of(text), &value));
    return value;
}

static inline void use_zones_of_tests(void) { (void)setenv("ZONEINFO", fl_test_file("data/zoneinfo"), 1); }
