/* Doubles as text and back, as Python writes and reads them. */
#include <fleche/buf.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

bool fl_str_double(fl_str s, double *ret)
{
    static locale_t c_locale;
    char text[512], *end;

    if (s.size == 0 || s.size >= sizeof text || s.data[0] == ' ')
        return false;
    if (c_locale == NULL)
        c_locale = newlocale(LC_ALL_MASK, "C", NULL);
    memcpy(text, s.data, s.size);
    text[s.size] = '\0';
    double value = strtod_l(text, &end, c_locale);
    if (end != text + s.size)
        return false;
    *ret = value;
    return true;
}

void fl_buf_add_double(fl_buf *buf, double value)
{
    char text[32];

    if (isnan(value) || isinf(value)) {
        fl_buf_add_c(buf, isnan(value) ? "nan" : value < 0 ? "-inf" : "inf");
        return;
    }
    for (int digits = 15; digits <= 17; digits++) {
        (void)snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            break;
    }
    fl_buf_add_c(buf, text);
}
