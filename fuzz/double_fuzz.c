/* Bits of a double survive the way to text and back; text that reads must read as strtod() reads it. */
#include <fleche/base.h>
#include <math.h>
#include <stdlib.h>

static void check(bool ok)
{
    if (!ok)
        abort();
}

static void check_bits(double value)
{
    char place[64];
    fl_buf out = { .data = place, .capacity = sizeof place - 1, .limit = sizeof place - 1 };
    double back;

    if (!isfinite(value))
        return;
    fl_buf_add_double(&out, value);
    place[out.size] = '\0';
    check(fl_str_double(fl_buf_str(&out), &back) && memcmp(&back, &value, sizeof value) == 0);
    back = strtod(place, NULL);
    check(memcmp(&back, &value, sizeof value) == 0);
}

static void check_text(const char *text, size_t size)
{
    double ours, theirs;
    char *end;

    if (!fl_str_double((fl_str){ text, size }, &ours))
        return;
    theirs = strtod(text, &end);
    check(end == text + size && memcmp(&ours, &theirs, sizeof ours) == 0);
    check_bits(ours);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    double value;

    if (text == NULL)
        return 0;
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';
    if (size >= sizeof value) {
        memcpy(&value, data, sizeof value);
        check_bits(value);
    }
    check_text(text, size);
    free(text);
    return 0;
}
