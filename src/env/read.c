/* Variables as text, truth values, numbers, sizes, times and paths. */
#include <math.h>
#include <stdlib.h>
#include "env/env.h"

static bool in_any_case(fl_str text, const char *const *words)
{
    for (; *words != NULL; words++)
        if (fl_str_equal_ascii(text, fl_str_of(*words)))
            return true;
    return false;
}

/* -- text -------------------------------------------------------------------------------------------------------------------- */

static const char *with_line_ends(const char *text)
{
    fl_str crlf = fl_str_replace(fl_str_of(text), fl_lit("\\r\\n"), fl_lit("\n"));

    return fl_str_c(fl_str_replace(crlf, fl_lit("\\n"), fl_lit("\n")));
}

static const char *one_of(const char *const *choices)
{
    fl_buf out = fl_buf_in(fl_arena_here(), ENV_TEXT_MOST);

    fl_buf_add_c(&out, "one of ");
    for (size_t i = 0; choices[i] != NULL; i++)
        fl_buf_format(&out, "%s%s", i == 0 ? "" : ", ", choices[i]);
    return fl_buf_c(&out);
}

const char *fl_env_text_(const char *name, const char *fallback, const fl_env_options *options)
{
    env_variable v = env_find(name, "text", fallback, options);
    const char *value = v.value == NULL ? fallback : options->escapes ? with_line_ends(v.value) : v.value;

    if (v.value != NULL && options->choices != NULL && !fl_text_in_(value, options->choices)) {
        env_wrong(&v, one_of(options->choices), NULL);
        value = fallback;
    }
    return value == NULL && options->required ? "" : value;
}

fl_bytes fl_env_bytes_(const char *name, const fl_env_options *options)
{
    env_variable v = env_find(name, "bytes", options->fallback, options);
    const char *value = v.value == NULL ? options->fallback : v.value;

    return value == NULL ? (fl_bytes){ 0 } : (fl_bytes){ (const uint8_t *)value, strlen(value) };
}

/* -- numbers ----------------------------------------------------------------------------------------------------------------- */

/* Python's int(): white space around, single underscores between digits. */
static bool integer(fl_str text, fl_int *ret)
{
    char digits[32];
    size_t size = 0;

    text = fl_str_trim(text);
    for (size_t i = 0; i < text.size && size < sizeof digits; i++) {
        bool inside = i > 0 && i + 1 < text.size && text.data[i - 1] >= '0' && text.data[i - 1] <= '9' &&
                      text.data[i + 1] >= '0' && text.data[i + 1] <= '9';
        if (text.data[i] != '_' || !inside)
            digits[size++] = text.data[i];
    }
    return size < sizeof digits && fl_str_int(fl_str_n(digits, size), ret);
}

static bool truth(fl_str text, bool *ret)
{
    static const char *const yes[] = { "true", "on", "ok", "y", "yes", "t", NULL };
    static const char *const no[] = { "false", "off", "no", "n", "f", "", NULL };
    fl_int number;

    text = fl_str_trim(text);
    *ret = in_any_case(text, yes);
    if (*ret || in_any_case(text, no))
        return true;
    bool is_number = integer(text, &number);
    *ret = is_number && number != 0;
    return is_number;
}

bool env_item(fl_kind kind, fl_str text, fl_value *ret)
{
    double number;
    fl_int whole;
    bool is;

    switch (kind) {
    case FL_V_INT:
        if (!integer(text, &whole))
            return false;
        *ret = fl_box(whole);
        return true;
    case FL_V_FLOAT:
        if (!fl_str_double(fl_str_trim(text), &number))
            return false;
        *ret = fl_box(number);
        return true;
    case FL_V_BOOL:
        if (!truth(text, &is))
            return false;
        *ret = fl_box(is);
        return true;
    default: *ret = fl_box(text); return true;
    }
}

bool fl_env_bool_(const char *name, bool fallback, const fl_env_options *options)
{
    env_variable v = env_find(name, "truth value", fallback ? "true" : "false", options);
    bool value = fallback;

    if (v.value != NULL && !truth(fl_str_of(v.value), &value)) {
        env_wrong(&v, "a truth value: true, yes, on, 1, false, no, off or 0", NULL);
        return fallback;
    }
    return value;
}

fl_int fl_env_int_(const char *name, fl_int fallback, const fl_env_options *options)
{
    env_variable v = env_find(name, "integer", fl_text("%lld", fallback), options);
    fl_int value = fallback;

    if (v.value != NULL && !integer(fl_str_of(v.value), &value))
        env_wrong(&v, "an integer", NULL);
    return value;
}

double fl_env_float_(const char *name, double fallback, const fl_env_options *options)
{
    env_variable v = env_find(name, "number", fl_value_text(fl_box(fallback)), options);
    double value = fallback;

    if (v.value != NULL && !fl_str_double(fl_str_trim(fl_str_of(v.value)), &value))
        env_wrong(&v, "a number", NULL);
    return value;
}

/* -- numbers with units ------------------------------------------------------------------------------------------------------ */

typedef struct unit { const char *name; double factor; } unit;

static const unit sizes[] = {
    { "", 1 },     { "b", 1 },      { "k", 0x1p10 },   { "kib", 0x1p10 }, { "kb", 1e3 },   { "m", 0x1p20 },   { "mib", 0x1p20 },
    { "mb", 1e6 }, { "g", 0x1p30 }, { "gib", 0x1p30 }, { "gb", 1e9 },     { "t", 0x1p40 }, { "tib", 0x1p40 }, { "tb", 1e12 },
};
static const unit times[] = {
    /* in microseconds */
    { "us", 1 }, { "ms", 1e3 }, { "s", 1e6 }, { "m", 60e6 }, { "h", 3600e6 }, { "d", 86400e6 }, { "w", 7 * 86400e6 },
};

/* A number and a unit off the front of *rest, multiplied and added to *sum. */
static bool add_measure(fl_str *rest, const unit *units, size_t count, double *sum)
{
    size_t digits = 0, letters = 0;
    double number;

    while (digits < rest->size && strchr("0123456789.", rest->data[digits]) != NULL)
        digits++;
    fl_str behind = fl_str_trim(fl_str_slice(*rest, digits, SIZE_MAX));
    while (letters < behind.size && strchr("0123456789. ", behind.data[letters]) == NULL)
        letters++;
    if (digits == 0 || !fl_str_double(fl_str_slice(*rest, 0, digits), &number))
        return false;
    for (size_t i = 0; i < count; i++)
        if (fl_str_equal_ascii(fl_str_slice(behind, 0, letters), fl_str_of(units[i].name))) {
            *sum += number * units[i].factor;
            *rest = fl_str_trim(fl_str_slice(behind, letters, SIZE_MAX));
            return *sum < 0x1p62;
        }
    return false;
}

static bool size_of(fl_str text, fl_int *ret)
{
    double sum = 0;

    text = fl_str_trim(text);
    if (integer(text, ret))
        return *ret >= 0;
    if (!add_measure(&text, sizes, FL_LENGTH(sizes), &sum) || text.size > 0)
        return false;
    *ret = (fl_int)floor(sum);
    return true;
}

static bool duration_of(fl_str text, fl_duration *ret)
{
    fl_str rest = fl_str_trim(text);
    double sum = 0;

    while (rest.size > 0 && add_measure(&rest, times, FL_LENGTH(times), &sum))
        if (rest.size == 0) {
            *ret = FL_MICROSECONDS(llround(sum));
            return true;
        }
    return fl_duration_try_parse(fl_str_trim(text), ret) == 0;
}

fl_int fl_env_size_(const char *name, fl_int fallback, const fl_env_options *options)
{
    env_variable v = env_find(name, "size", fl_text("%lld", fallback), options);
    fl_int value = fallback;

    if (v.value == NULL || size_of(fl_str_of(v.value), &value))
        return value;
    env_wrong(&v, "a size: a number of bytes, or one with k, M, G, kB, MB …", NULL);
    return fallback;
}

fl_duration fl_env_duration_(const char *name, fl_duration fallback, const fl_env_options *options)
{
    env_variable v = env_find(name, "duration", fallback.us == INT64_MAX ? "for ever" : fl_duration_text(fallback), options);
    fl_duration value = fallback;

    if (v.value != NULL && !duration_of(fl_str_of(v.value), &value))
        env_wrong(&v, "a duration: seconds, 15m, 1h30m, 2 days, 4:05:06 or P3D", NULL);
    return value;
}

/* -- paths ------------------------------------------------------------------------------------------------------------------- */

const char *fl_env_path_(const char *name, const char *fallback, const fl_env_options *options)
{
    env_variable v = env_find(name, "path", fallback, options);
    const char *path = v.value == NULL ? fallback : v.value;
    const char *home = getenv("HOME");

    if (path == NULL)
        return options->required ? "" : NULL;
    if (path[0] == '~' && (path[1] == '/' || path[1] == '\0') && home != NULL)
        return fl_text("%s%s", home, path + 1);
    return options->under == NULL || path[0] == '/' ? fl_base_path(path) : fl_text("%s/%s", options->under, path);
}
