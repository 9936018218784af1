/* Integers as text: the size is found first, so that the digits go straight to their place, two at a time from the end. */
#include <fleche/buf.h>
#include "base/number.h"

static const char pairs[] =
    "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"
    "5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";

unsigned fl_digits_count(uint64_t value)
{
    /* clang-format off */
    static const uint64_t powers[] = {
        0,       10,       100,       1000,       10000,       100000,       1000000,       10000000,       100000000, 1000000000,
        1ull * 10000000000, 10ull * 10000000000, 100ull * 10000000000, 1000ull * 10000000000, 10000ull * 10000000000,
        100000ull * 10000000000, 1000000ull * 10000000000, 10000000ull * 10000000000, 100000000ull * 10000000000,
        1000000000ull * 10000000000,
    };
    /* clang-format on */
    unsigned bits = 64 - (unsigned)__builtin_clzll(value | 1), least = bits * 1233 >> 12;      /* 1233 / 4096 is about log10(2) */

    return least + (value >= powers[least]);
}

void fl_digits_write(char *end, uint64_t value)
{
    while (value >= 100) {
        end -= 2;
        memcpy(end, &pairs[value % 100 * 2], 2);
        value /= 100;
    }
    if (value >= 10)
        memcpy(end - 2, &pairs[value * 2], 2);
    else
        end[-1] = (char)('0' + value);
}

static void add(fl_buf *buf, bool negative, unsigned long long value)
{
    size_t size = fl_digits_count(value) + negative;

    if (!fl_buf_room(buf, size))
        return;
    buf->data[buf->size] = '-';
    buf->size += size;
    fl_digits_write(buf->data + buf->size, value);
}

void fl_buf_add_uint(fl_buf *buf, unsigned long long value) { add(buf, false, value); }

void fl_buf_add_int(fl_buf *buf, long long value)
{
    add(buf, value < 0, value < 0 ? 0 - (unsigned long long)value : (unsigned long long)value);
}
