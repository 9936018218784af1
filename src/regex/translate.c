/* Python's regular expressions written as PCRE2's.
 *
 * Most are the same. What is spelled otherwise is translated (\Z, \v, \uXXXX, octal numbers, {,n}, conditions on a name), and
 * what PCRE2 knows beyond Python is refused as Python refuses it: its verbs could lift the limits, its recursion and \C are
 * hazards of their own, and a typing error should not become a feature. Comments are left out. */
#include <errno.h>
#include <stdarg.h>
#include "regex/regex.h"

typedef struct reader {
    fl_str pattern;
    size_t at, depth;
    unsigned flags;
    bool started;                                    /* something stands before: too late for global flags */
    bool verbose[FL_REGEX_DEEPEST + 1];              /* at each depth: # begins a comment */
    fl_buf *out;
    fl_regex_error *error;
} reader;

int fl_regex_fault(fl_regex_error *reterr, int code, size_t offset, const char *format, ...)
{
    va_list arguments;

    if (reterr == NULL)
        return code;
    va_start(arguments, format);
    (void)vsnprintf(reterr->message, sizeof reterr->message, format, arguments);
    va_end(arguments);
    reterr->offset = offset;
    return code;
}

#define fault(r, offset, ...) fl_regex_fault((r)->error, -EINVAL, offset, __VA_ARGS__)

/* The character so far ahead; 0 behind the end. */
static char ahead(const reader *r, size_t by) { return by < r->pattern.size - r->at ? r->pattern.data[r->at + by] : '\0'; }

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_octal(char c) { return c >= '0' && c <= '7'; }
static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
static bool is_one_of(char c, const char *set) { return c != '\0' && strchr(set, c) != NULL; }

static void copy(reader *r, size_t size)
{
    fl_str part = fl_str_slice(r->pattern, r->at, size);

    fl_buf_add(r->out, part);
    r->at += part.size;
}

static void put(reader *r, const char *text, size_t instead_of)
{
    fl_buf_add_c(r->out, text);
    r->at += instead_of;
}

/* -- escapes ----------------------------------------------------------------------------------------------------------------- */

/* \x41, \u0041, \U00000041: exactly so many digits. */
static int hex_escape(reader *r, size_t digits)
{
    for (size_t i = 0; i < digits; i++)
        if (!is_hex(ahead(r, 2 + i)))
            return fault(r, r->at, "incomplete escape \\%c: %zu hexadecimal digits belong behind it", ahead(r, 1), digits);
    fl_buf_format(r->out, "\\x{%.*s}", FL_SHOW(fl_str_slice(r->pattern, r->at + 2, digits)));
    r->at += 2 + digits;
    return 0;
}

static int octal_escape(reader *r, size_t digits)
{
    unsigned value = 0;
    size_t i = 0;

    for (; i < digits && is_octal(ahead(r, 1 + i)); i++)
        value = value * 8 + (unsigned)(ahead(r, 1 + i) - '0');
    if (value > 0xFF)
        return fault(r, r->at, "octal escape beyond \\377");
    fl_buf_format(r->out, "\\x{%x}", value);
    r->at += 1 + i;
    return 0;
}

/* Outside of classes \12 is a group, \012 and \123 are characters. */
static int number_escape(reader *r)
{
    bool two = is_digit(ahead(r, 2));

    if (ahead(r, 1) == '0' || (is_octal(ahead(r, 1)) && is_octal(ahead(r, 2)) && is_octal(ahead(r, 3))))
        return octal_escape(r, 3);
    fl_buf_format(r->out, "\\g{%.*s}", FL_SHOW(fl_str_slice(r->pattern, r->at + 1, two ? 2 : 1)));
    r->at += two ? 3 : 2;
    return 0;
}

static int escape(reader *r, bool in_class)
{
    char c = ahead(r, 1);

    if (r->at + 1 == r->pattern.size)
        return fault(r, r->at, "bad escape: a backslash at the end");
    if (is_digit(c) && in_class && !is_octal(c))
        return fault(r, r->at, "bad escape \\%c", c);
    if (is_digit(c))
        return in_class ? octal_escape(r, 3) : number_escape(r);
    if (c == 'x')
        return hex_escape(r, 2);
    if ((c == 'u' || c == 'U') && (r->flags & FL_REGEX_BYTES) == 0)
        return hex_escape(r, c == 'u' ? 4 : 8);
    if (c == 'v')
        put(r, "\\x{b}", 2);
    else if (!in_class && (c == 'Z' || c == 'z'))
        put(r, "\\z", 2);
    else if (!is_letter(c) || is_one_of(c, in_class ? "abfnrtdDsSwW" : "abfnrtdDsSwWAB"))
        copy(r, 2);
    else
        return fault(r, r->at, "bad escape \\%c", c);
    return 0;
}

/* -- classes, repeats -------------------------------------------------------------------------------------------------------- */

/* A [ inside is one like any other to Python; PCRE2 would look for [:alpha:]. */
static int class(reader *r)
{
    size_t start = r->at;
    int code;

    copy(r, ahead(r, 1) == '^' ? 2 : 1);
    if (ahead(r, 0) == ']')
        put(r, "\\]", 1);
    while (r->at < r->pattern.size && ahead(r, 0) != ']') {
        if (ahead(r, 0) == '\\') {
            if ((code = escape(r, true)) != 0)
                return code;
        } else if (ahead(r, 0) == '[') {
            put(r, "\\[", 1);
        } else {
            copy(r, 1);
        }
    }
    if (r->at == r->pattern.size)
        return fault(r, start, "unterminated character set");
    copy(r, 1);
    return 0;
}

/* {3} {3,} {,3} {3,5} and {,} repeat; any other brace is one. */
static void brace(reader *r)
{
    size_t least = 0, most = 0, size = 1;

    while (is_digit(ahead(r, size + least)))
        least++;
    size += least;
    bool comma = ahead(r, size) == ',';
    size += comma;
    while (comma && is_digit(ahead(r, size + most)))
        most++;
    if (ahead(r, size + most) != '}' || size == 1) {
        put(r, "\\{", 1);
        return;
    }
    put(r, least == 0 ? "{0" : "{", 1);
    copy(r, size + most);
}

/* -- groups ------------------------------------------------------------------------------------------------------------------ */

static int open_group(reader *r, size_t size)
{
    if (r->depth == FL_REGEX_DEEPEST)
        return fl_regex_fault(r->error, -E2BIG, r->at, "groups more than %d deep", FL_REGEX_DEEPEST);
    r->verbose[r->depth + 1] = r->verbose[r->depth];
    r->depth++;
    copy(r, size);
    return 0;
}

static int unknown_extension(reader *r, size_t size)
{
    return fault(r, r->at, "unknown extension %.*s", FL_SHOW(fl_str_slice(r->pattern, r->at + 1, size)));
}

/* (?(1)… and (?(name)…: PCRE2 would read (?(R) and (?(DEFINE) as something else. */
static int condition(reader *r)
{
    fl_str name = fl_str_slice(r->pattern, r->at + 3, SIZE_MAX);
    size_t end = 0;
    unsigned long long number;

    if (!fl_str_find_char(name, ')', &end) || end == 0)
        return fault(r, r->at + 3, "missing group name");
    name.size = end;
    for (size_t i = 0; i < end; i++)
        if (!is_letter(name.data[i]) && !is_digit(name.data[i]) && name.data[i] != '_' && (name.data[i] & 0x80) == 0)
            return fault(r, r->at + 3, "bad group name '%.*s'", (int)(end < 60 ? end : 60), name.data);
    int code = open_group(r, 0);
    if (code != 0)
        return code;
    bool numbered = fl_str_uint(name, &number);
    fl_buf_format(r->out, numbered ? "(?(%.*s)" : "(?(<%.*s>)", FL_SHOW(name));
    r->at += 3 + end + 1;
    return 0;
}

static const struct {
    char letter;
    unsigned flag;
} letters[] = {
    { 'a', FL_REGEX_ASCII },  { 'i', FL_REGEX_IGNORECASE }, { 'm', FL_REGEX_MULTILINE },
    { 's', FL_REGEX_DOTALL }, { 'x', FL_REGEX_VERBOSE },    { 'u', 0 },
};

/* The flags from `ahead(*size)` on; false for a letter that is none. */
static bool read_flags(const reader *r, size_t *size, unsigned *ret)
{
    *ret = 0;
    for (char c; is_letter(c = ahead(r, *size)); (*size)++) {
        size_t i = 0;
        while (i < FL_LENGTH(letters) && letters[i].letter != c)
            i++;
        if (i == FL_LENGTH(letters))
            return false;
        *ret |= letters[i].flag;
    }
    return true;
}

static void put_flags(reader *r, unsigned flags)
{
    for (size_t i = 0; i < FL_LENGTH(letters); i++)
        if ((flags & letters[i].flag) != 0)
            fl_buf_add_char(r->out, letters[i].letter);
}

static int global_flags(reader *r, unsigned on, size_t size)
{
    if (r->started || r->depth > 0)
        return fault(r, r->at, "global flags not at the start of the expression");
    r->flags |= on;
    r->verbose[0] |= (on & FL_REGEX_VERBOSE) != 0;
    r->at += size;
    return 0;
}

static int scoped_flags(reader *r, unsigned on, unsigned off, size_t size)
{
    int code = open_group(r, 0);

    if (code != 0)
        return code;
    r->verbose[r->depth] = (r->verbose[r->depth] || (on & FL_REGEX_VERBOSE) != 0) && (off & FL_REGEX_VERBOSE) == 0;
    fl_buf_add_c(r->out, "(?");
    put_flags(r, on);
    fl_buf_add_c(r->out, "-");
    put_flags(r, off);
    put(r, ":", size);
    return 0;
}

/* (?i) at the start is for the whole pattern; (?i:…) and (?-i:…) are for a group. */
static int flags_group(reader *r)
{
    unsigned on, off = 0;
    size_t size = 2;
    bool known = read_flags(r, &size, &on), minus = known && ahead(r, size) == '-';

    size += minus;
    if (minus)
        known = read_flags(r, &size, &off) && ahead(r, size - 1) != '-';
    char end = ahead(r, size);
    if (!known || size == 2 || (end != ')' && end != ':'))
        return unknown_extension(r, size);
    if (end == ')')
        return minus ? fault(r, r->at + size, "missing : behind the flags") : global_flags(r, on, size + 1);
    if (((on | off) & FL_REGEX_ASCII) != 0)
        return fault(r, r->at, "the flag a is for whole patterns");
    return scoped_flags(r, on, off, size + 1);
}

static int comment_group(reader *r)
{
    size_t end = 0;

    if (!fl_str_find_char(fl_str_slice(r->pattern, r->at, SIZE_MAX), ')', &end))
        return fault(r, r->at, "missing ), unterminated comment");
    r->at += end + 1;
    return 0;
}

static int group(reader *r)
{
    char c = ahead(r, 2), d = ahead(r, 3);

    if (ahead(r, 1) == '*')
        return fault(r, r->at + 1, "nothing to repeat");
    if (ahead(r, 1) != '?')
        return open_group(r, 1);
    if (is_one_of(c, ":=!>"))
        return open_group(r, 3);
    if ((c == 'P' && is_one_of(d, "<=")) || (c == '<' && is_one_of(d, "=!")))
        return open_group(r, 4);
    if (c == 'P' || c == '<')
        return unknown_extension(r, 3);
    if (c == '#')
        return comment_group(r);
    if (c == '(')
        return condition(r);
    return flags_group(r);
}

/* -- the whole --------------------------------------------------------------------------------------------------------------- */

static void verbose_comment(reader *r)
{
    while (r->at < r->pattern.size && ahead(r, 0) != '\n')
        r->at++;
}

static int item(reader *r)
{
    char c = ahead(r, 0);
    bool verbose = r->verbose[r->depth];
    int code = 0;

    if (verbose && c == '#') {
        verbose_comment(r);
        return 0;
    }
    if (c == '(') {
        size_t before = r->out->size;
        code = group(r);
        r->started |= r->out->size > before;
        return code;
    }
    r->started |= !(verbose && is_one_of(c, " \t\n\r\v\f"));
    if (c == '\\')
        return escape(r, false);
    if (c == '[')
        return class(r);
    if (c == '{')
        brace(r);
    else
        copy(r, 1);
    if (c == ')' && r->depth > 0)
        r->depth--;
    return 0;
}

/* Reads until the translation has `enough` bytes. */
static int read_items(reader *r, size_t enough)
{
    int code;

    r->verbose[0] = (r->flags & FL_REGEX_VERBOSE) != 0;
    while (r->at < r->pattern.size && r->out->size < enough && !fl_buf_failed(r->out))
        if ((code = item(r)) != 0)
            return code;
    if (fl_buf_failed(r->out))
        return fl_regex_fault(r->error, r->out->error == -ENOBUFS ? -E2BIG : r->out->error, r->at, "%s",
                              r->out->error == -ENOBUFS ? "the pattern is too long" : "no memory for the pattern");
    return 0;
}

int fl_regex_translate(fl_str pattern, unsigned flags, fl_buf *out, unsigned *ret_flags, fl_regex_error *reterr)
{
    reader r = { .pattern = pattern, .flags = flags, .out = out, .error = reterr };
    int code = read_items(&r, SIZE_MAX);

    *ret_flags = r.flags;
    return code;
}

size_t fl_regex_place(fl_str pattern, unsigned flags, size_t offset)
{
    fl_buf out = fl_buf_heap(FL_NO_LIMIT);
    reader r = { .pattern = pattern, .flags = flags, .out = &out };

    (void)read_items(&r, offset);
    fl_buf_free(&out);
    return r.at;
}
