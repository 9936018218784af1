/* Names made of other names: tidy ones, those of uploads, and alternatives where one is taken. */
#include <errno.h>
#include <fleche/crypto.h>
#include <fleche/unicode.h>
#include <utf8proc.h>
#include "files/files.h"

size_t fl_extension_at(fl_str name)
{
    size_t slash, start = fl_str_find_last(name, '/', &slash) ? slash + 1 : 0, dot;

    while (start < name.size && name.data[start] == '.')
        start++;                                     /* the dots in front of .profile begin no extension */
    fl_str last = fl_str_slice(name, start, SIZE_MAX);
    return fl_str_find_last(last, '.', &dot) ? start + dot : name.size;
}

fl_str fl_name_clip(fl_str name, size_t size)
{
    if (name.size <= size)
        return name;
    while (size > 0 && ((uint8_t)name.data[size] & 0xC0) == 0x80)
        size--;
    return fl_str_slice(name, 0, size);
}

static bool is_no_name(fl_str name)
{
    return name.size == 0 || fl_str_equal(name, fl_lit(".")) || fl_str_equal(name, fl_lit(".."));
}

static fl_str last_part(fl_str name, char separator)
{
    size_t at;
    return fl_str_find_last(name, separator, &at) ? fl_str_slice(name, at + 1, SIZE_MAX) : name;
}

/* The characters that pass, spaces as `space`. */
static fl_str kept(fl_str text, bool (*passes)(uint32_t code_point), char space)
{
    char *to = fl_arena_alloc_text(fl_arena_here(), text.size + 1);
    size_t size = 0;
    uint32_t code_point;

    for (fl_str before = text; fl_utf8_next(&text, &code_point); before = text) {
        size_t bytes = before.size - text.size;
        if (!passes(code_point))
            continue;
        memcpy(to + size, before.data, bytes);
        if (code_point == ' ')
            to[size] = space;
        size += bytes;
    }
    to[size] = '\0';
    return fl_str_n(to, size);
}

/* -- tidy names ---------------------------------------------------------------------------------------------------------------------------- */

/* What Python's \w matches: letters, all kinds of numbers, the underscore. */
static bool is_word(uint32_t code_point)
{
    int kind = utf8proc_category((utf8proc_int32_t)code_point);
    return fl_is_letter(code_point) || (kind >= UTF8PROC_CATEGORY_ND && kind <= UTF8PROC_CATEGORY_NO) || code_point == '_';
}

static bool is_tidy(uint32_t code_point)
{
    return code_point == ' ' || code_point == '-' || code_point == '.' || is_word(code_point);
}

static fl_str without_space_around(fl_str text)
{
    size_t first = SIZE_MAX, end = 0;
    uint32_t code_point;

    for (fl_str rest = text, before = text; fl_utf8_next(&rest, &code_point); before = rest) {
        if (fl_is_space(code_point))
            continue;
        if (first == SIZE_MAX)
            first = text.size - before.size;
        end = text.size - rest.size;
    }
    return first == SIZE_MAX ? fl_lit("") : fl_str_slice(text, first, end - first);
}

int fl_try_valid_file_name(fl_str name, const char **ret)
{
    fl_str tidy = kept(without_space_around(fl_utf8_repair(name)), is_tidy, '_');

    if (is_no_name(tidy))
        return -EPERM;
    *ret = tidy.data;
    return 0;
}

const char *fl_valid_file_name(fl_str name)
{
    const char *tidy;
    fl_buf shown = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);
    int code = fl_try_valid_file_name(name, &tidy);

    if (code == 0)
        return tidy;
    fl_value_repr(fl_box(fl_str_slice(name, 0, FL_LONGEST_NAME)), &shown);
    fl_error *error = fl_error_new(FL_SUSPICIOUS_FILE, "no name for a file can be made of %s", fl_buf_c(&shown));
    error->code = code;
    fl_reraise(error);
}

/* -- names of uploads ---------------------------------------------------------------------------------------------------------------------- */

static fl_str short_enough(fl_str name)
{
    size_t dot = fl_extension_at(name);

    if (name.size <= FL_LONGEST_NAME)
        return name;
    fl_str extension = fl_name_clip(fl_str_slice(name, dot, SIZE_MAX), FL_LONGEST_NAME);
    fl_str root = fl_name_clip(fl_str_slice(name, 0, dot), FL_LONGEST_NAME - extension.size);
    return fl_str_of(fl_text("%.*s%.*s", FL_SHOW(root), FL_SHOW(extension)));
}

const char *fl_upload_name(fl_str name)
{
    fl_str last = last_part(last_part(fl_unescape_name(fl_utf8_repair(name)), '/'), '\\');

    last = short_enough(kept(last, fl_is_printable, ' '));
    return is_no_name(last) ? NULL : last.data;
}

/* -- alternatives ---------------------------------------------------------------------------------------------------------------------------- */

/* Where all of the suffixes of what begins at `start` begin, as pathlib counts them: behind the first dot that is not in front; none if
 * the name ends in one. */
static size_t suffixes_at(fl_str name, size_t start)
{
    size_t dot;

    if (fl_str_ends(name, fl_lit(".")))
        return name.size;
    while (start < name.size && name.data[start] == '.')
        start++;
    return fl_str_find_char(fl_str_slice(name, start, SIZE_MAX), '.', &dot) ? start + dot : name.size;
}

int fl_try_alternative_name(fl_str name, size_t longest, const char **ret)
{
    enum { ADDED = 8 };                              /* _ and 7 letters */
    size_t most = longest == 0 ? FL_LONGEST_NAME : longest;
    size_t start = name.size - last_part(name, '/').size, at = suffixes_at(name, start);
    fl_str suffixes = fl_str_slice(name, at, SIZE_MAX);

    if (most < start + 1 + ADDED + suffixes.size)
        return -ENAMETOOLONG;
    fl_str front = fl_name_clip(fl_str_slice(name, 0, at), most - ADDED - suffixes.size);
    if (front.size <= start)
        return -ENAMETOOLONG;
    *ret = fl_text("%.*s_%s%.*s", FL_SHOW(front), fl_random_text(ADDED - 1), FL_SHOW(suffixes));
    return 0;
}

const char *fl_alternative_name(fl_str name, size_t longest)
{
    const char *other;
    int code = fl_try_alternative_name(name, longest, &other);

    if (code == 0)
        return other;
    fl_error *error = fl_error_new(FL_SUSPICIOUS_FILE, "there is no other name of at most %zu bytes for '%.*s'",
                                   longest == 0 ? (size_t)FL_LONGEST_NAME : longest,
                                   FL_SHOW(fl_name_clip(name, FL_LONGEST_NAME)));
    error->code = code;
    error->hint = "let names be longer, or give it a shorter extension";
    fl_reraise(error);
}
