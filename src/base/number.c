/* Numbers as text. */
#include <errno.h>
#include <fleche/buf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const char pairs[] = "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"
                            "5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";

static void add_magnitude(fl_buf *buf, bool negative, unsigned long long value)
{
    char text[21], *at = text + sizeof text;

    while (value >= 100) {
        at -= 2;
        memcpy(at, &pairs[value % 100 * 2], 2);
        value /= 100;
    }
    if (value >= 10) {
        at -= 2;
        memcpy(at, &pairs[value * 2], 2);
    } else {
        *--at = (char)('0' + value);
    }
    if (negative)
        *--at = '-';
    fl_buf_add_n(buf, at, (size_t)(text + sizeof text - at));
}

void fl_buf_add_uint(fl_buf *buf, unsigned long long value) { add_magnitude(buf, false, value); }

void fl_buf_add_int(fl_buf *buf, long long value)
{
    add_magnitude(buf, value < 0, value < 0 ? 0 - (unsigned long long)value : (unsigned long long)value);
}
