/* Values that are lists: `text/html;q=0.8, "a,b";x="\"", *`. */
#include <math.h>
#include "http/header.h"

/* Takes off what stands before the first separator outside of quotes. An open quote goes on to the end, so that no text is read twice. */
static fl_str cut(fl_str *rest, char separator)
{
    bool quoted = false;
    size_t i = 0;

    for (; i < rest->size; i++) {
        char c = rest->data[i];
        if (quoted && c == '\\')
            i++;
        else if (c == '"')
            quoted = !quoted;
        else if (c == separator && !quoted)
            break;
    }
    fl_str part = fl_str_slice(*rest, 0, i);
    *rest = fl_str_slice(*rest, i + 1, SIZE_MAX);
    return fl_str_trim(part);
}

bool fl_header_next_item(fl_str *rest, fl_str *ret)
{
    while (rest->size > 0) {
        *ret = cut(rest, ',');
        if (ret->size > 0)
            return true;
    }
    return false;
}

static fl_str without_quotes(fl_str value)
{
    if (value.size < 2 || value.data[0] != '"' || value.data[value.size - 1] != '"')
        return value;
    value = fl_str_slice(value, 1, value.size - 2);
    if (!fl_str_find_char(value, '\\', NULL))
        return value;
    char *text = fl_alloc(value.size + 1);
    size_t size = 0;
    for (size_t i = 0; i < value.size; i++) {
        i += value.data[i] == '\\' && i + 1 < value.size;
        text[size++] = value.data[i];
    }
    return fl_str_n(text, size);
}

bool fl_header_next_parameter(fl_str *rest, fl_str *ret_name, fl_str *ret_value)
{
    while (rest->size > 0) {
        fl_str part = cut(rest, ';');
        size_t at;
        if (!fl_str_find_char(part, '=', &at))
            continue;
        *ret_name = fl_str_trim(fl_str_slice(part, 0, at));
        *ret_value = without_quotes(fl_str_trim(fl_str_slice(part, at + 1, SIZE_MAX)));
        return true;
    }
    return false;
}

double fl_header_quality(fl_str text)
{
    double quality;

    if (!fl_str_double(text, &quality) || !(quality >= 0 && quality <= 1))
        return 1;
    return round(quality * 1000) / 1000;
}
