/* Views of text. */
#include <fleche/arena.h>
#include <fleche/str.h>
#include <string.h>

int fl_str_compare(fl_str a, fl_str b)
{
    size_t common = a.size < b.size ? a.size : b.size;
    int order = common == 0 ? 0 : memcmp(a.data, b.data, common);

    return order != 0 ? order : (a.size > b.size) - (a.size < b.size);
}

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c; }
static char upper(char c) { return c >= 'a' && c <= 'z' ? (char)(c & ~0x20) : c; }
static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool fl_str_equal_ascii(fl_str a, fl_str b)
{
    if (a.size != b.size)
        return false;
    for (size_t i = 0; i < a.size; i++)
        if (lower(a.data[i]) != lower(b.data[i]))
            return false;
    return true;
}

bool fl_str_starts(fl_str s, fl_str prefix)
{
    return s.size >= prefix.size && (prefix.size == 0 || memcmp(s.data, prefix.data, prefix.size) == 0);
}

bool fl_str_ends(fl_str s, fl_str suffix)
{
    return s.size >= suffix.size && (suffix.size == 0 || memcmp(s.data + s.size - suffix.size, suffix.data, suffix.size) == 0);
}

bool fl_str_after(fl_str s, fl_str prefix, fl_str *ret_rest)
{
    if (!fl_str_starts(s, prefix))
        return false;
    *ret_rest = fl_str_slice(s, prefix.size, SIZE_MAX);
    return true;
}

bool fl_str_find(fl_str s, fl_str part, size_t *ret_at)
{
    const char *found = part.size == 0 ? s.data : s.size == 0 ? NULL : memmem(s.data, s.size, part.data, part.size);

    if (found == NULL && part.size != 0)
        return false;
    if (ret_at != NULL)
        *ret_at = found == NULL ? 0 : (size_t)(found - s.data);
    return true;
}

static bool tell_place(fl_str s, const char *found, size_t *ret_at)
{
    if (found != NULL && ret_at != NULL)
        *ret_at = (size_t)(found - s.data);
    return found != NULL;
}

bool fl_str_find_char(fl_str s, char c, size_t *ret_at)
{
    return tell_place(s, s.size == 0 ? NULL : memchr(s.data, c, s.size), ret_at);
}

bool fl_str_find_last(fl_str s, char c, size_t *ret_at)
{
    return tell_place(s, s.size == 0 ? NULL : memrchr(s.data, c, s.size), ret_at);
}

fl_str fl_str_trim(fl_str s)
{
    while (s.size > 0 && is_space(s.data[0])) {
        s.data++;
        s.size--;
    }
    while (s.size > 0 && is_space(s.data[s.size - 1]))
        s.size--;
    return s;
}

bool fl_str_cut(fl_str *rest, char separator, fl_str *ret_part)
{
    size_t at;

    if (rest->data == NULL)
        return false;
    if (fl_str_find_char(*rest, separator, &at)) {
        *ret_part = (fl_str){ rest->data, at };
        *rest = (fl_str){ rest->data + at + 1, rest->size - at - 1 };
    } else {
        *ret_part = *rest;
        *rest = (fl_str){ NULL, 0 };                 /* NULL, not only empty: "a," has an empty part behind */
    }
    return true;
}

bool fl_str_uint(fl_str s, unsigned long long *ret)
{
    unsigned long long value = 0;

    if (s.size > 0 && s.data[0] == '+')
        s = fl_str_slice(s, 1, SIZE_MAX);
    if (s.size == 0)
        return false;
    for (size_t i = 0; i < s.size; i++) {
        unsigned digit = (unsigned)(s.data[i] - '0');
        if (digit > 9 || __builtin_mul_overflow(value, 10, &value) || __builtin_add_overflow(value, digit, &value))
            return false;
    }
    *ret = value;
    return true;
}

bool fl_str_int(fl_str s, long long *ret)
{
    bool negative = s.size > 0 && s.data[0] == '-';
    unsigned long long size;

    if (negative) {
        s = fl_str_slice(s, 1, SIZE_MAX);
        if (s.size > 0 && s.data[0] == '+')
            return false;
    }
    if (!fl_str_uint(s, &size) || size > (unsigned long long)INT64_MAX + negative)
        return false;
    *ret = negative ? (long long)(0 - size) : (long long)size;
    return true;
}

char *fl_str_c(fl_str s) { return fl_arena_copy_text(fl_arena_here(), s.data, s.size); }
fl_str fl_str_copy(fl_str s) { return (fl_str){ fl_str_c(s), s.size }; }

static fl_str mapped(fl_str s, char (*map)(char c))
{
    char *copy = fl_str_c(s);

    for (size_t i = 0; i < s.size; i++)
        copy[i] = map(copy[i]);
    return (fl_str){ copy, s.size };
}

fl_str fl_str_lower_ascii(fl_str s) { return mapped(s, lower); }
fl_str fl_str_upper_ascii(fl_str s) { return mapped(s, upper); }
