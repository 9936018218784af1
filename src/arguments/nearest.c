/* What was probably meant: the name that the fewest slips of the keyboard lead to. */
#include <fleche/arguments.h>

enum { LONGEST = 64, SLIPS_A_NAME = 3 };        /* one edit for every three bytes, and one in any case */

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

/* Optimal string alignment, row by row: the row two above is what exchanged neighbours need. */
size_t fl_edit_distance(fl_str a, fl_str b)
{
    size_t rows[3][LONGEST + 1], *above = rows[0], *row = rows[1], *older = rows[2];

    if (a.size > LONGEST || b.size > LONGEST)
        return SIZE_MAX;
    for (size_t j = 0; j <= b.size; j++)
        above[j] = j;
    for (size_t i = 1; i <= a.size; i++) {
        row[0] = i;
        for (size_t j = 1; j <= b.size; j++) {
            row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + (a.data[i - 1] != b.data[j - 1]));
            if (i > 1 && j > 1 && a.data[i - 1] == b.data[j - 2] && a.data[i - 2] == b.data[j - 1])
                row[j] = least(row[j], older[j - 2] + 1);
        }
        size_t *free_row = older;
        older = above;
        above = row;
        row = free_row;
    }
    return above[b.size];
}

const char *fl_nearest_name(const char *name, const char *const *names)
{
    fl_str wanted = fl_str_of(name);
    const char *nearest = NULL;
    size_t fewest = SIZE_MAX;

    for (; *names != NULL; names++) {
        fl_str there = fl_str_of(*names);
        size_t longer = there.size > wanted.size ? there.size : wanted.size;
        size_t most = longer < SLIPS_A_NAME ? 1 : longer / SLIPS_A_NAME;
        size_t distance = fl_edit_distance(wanted, there);
        if (distance <= most && distance < longer && distance < fewest) {
            nearest = *names;
            fewest = distance;
        }
    }
    return nearest;
}
