/* Header tables: lines in their order, searched one after the other. A message has about twenty, so comparing sizes first and then eight
 * bytes at a time costs less than hashing would. */
#include "http/header.h"
#include <fleche/buf.h>

enum { LONGEST_VALUE = 1 << 16, SHOWN = 80, FIRST_LINES = 8 };

/* -- names ---------------------------------------------------------------------------------------------------------------------------- */

/* Eight bytes with A to Z as a to z, all others as they are. */
static uint64_t fold(uint64_t bytes)
{
    const uint64_t ones = 0x0101010101010101u;
    uint64_t low = bytes & 0x7f * ones;
    uint64_t from_a = low + (0x80 - 'A') * ones, beyond_z = low + (0x7f - 'Z') * ones;
    uint64_t upper = (from_a ^ beyond_z) & ~bytes & 0x80 * ones;

    return bytes | upper >> 2;
}

static uint64_t eight(const char *at)
{
    uint64_t bytes;

    memcpy(&bytes, at, sizeof bytes);
    return bytes;
}

/* One to seven bytes: all of them, some twice. */
static uint64_t fewer(const char *at, size_t size)
{
    uint32_t first, last;

    if (size < 4)
        return (uint64_t)(uint8_t)at[0] << 16 | (uint64_t)(uint8_t)at[size / 2] << 8 | (uint8_t)at[size - 1];
    memcpy(&first, at, sizeof first);
    memcpy(&last, at + size - 4, sizeof last);
    return (uint64_t)first << 32 | last;
}

static bool same_letters(const char *a, const char *b, size_t size)
{
    if (size < 8)
        return size == 0 || fold(fewer(a, size)) == fold(fewer(b, size));
    for (size_t i = 0; i + 8 < size; i += 8)
        if (fold(eight(a + i)) != fold(eight(b + i)))
            return false;
    return fold(eight(a + size - 8)) == fold(eight(b + size - 8));
}

/* Most names differ in size: that is seen before anything is called. */
static inline bool same_name(fl_str a, fl_str b) { return a.size == b.size && same_letters(a.data, b.data, a.size); }

bool fl_header_same_name(fl_str a, fl_str b) { return same_name(a, b); }

static const bool token_bytes[256] = {
    ['!'] = true, ['#'] = true, ['$'] = true, ['%'] = true,         ['&'] = true,         ['\''] = true,
    ['*'] = true, ['+'] = true, ['-'] = true, ['.'] = true,         ['^'] = true,         ['_'] = true,
    ['`'] = true, ['|'] = true, ['~'] = true, ['0' ... '9'] = true, ['A' ... 'Z'] = true, ['a' ... 'z'] = true,
};

bool fl_header_is_token(fl_str text)
{
    for (size_t i = 0; i < text.size; i++)
        if (!token_bytes[(uint8_t)text.data[i]])
            return false;
    return text.size > 0;
}

/* -- what may be sent --------------------------------------------------------------------------------------------------------------------- */

static const char *shown(fl_str text)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    fl_value_repr(fl_box_str(fl_str_slice(text, 0, SHOWN)), &out);
    return fl_buf_c(&out);
}

static _Noreturn FL_COLD void refuse_name(fl_str name)
{
    fl_error *error = fl_error_new(FL_BAD_HEADER, "%s is no name of a header", shown(name));

    error->hint = "names are letters, digits and !#$%&'*+-.^_`|~";
    fl_reraise(error);
}

static _Noreturn FL_COLD void refuse_value(fl_str name, fl_str value)
{
    if (value.size > LONGEST_VALUE)
        fl_raise(FL_BAD_HEADER, "the value of %.*s is longer than %d bytes (it has %zu)", FL_SHOW(name), LONGEST_VALUE,
                 value.size);
    fl_error *error = fl_error_new(FL_BAD_HEADER, "header values can't contain newlines or NULs (%.*s: got %s)", FL_SHOW(name),
                                   shown(value));
    error->hint = "what came from a client must be checked or encoded before it goes into a header";
    fl_reraise(error);
}

static uint64_t has_zero(uint64_t bytes)
{
    const uint64_t ones = 0x0101010101010101u;
    return (bytes - ones) & ~bytes & 0x80 * ones;
}

static bool is_sendable(fl_str value)
{
    const uint64_t ones = 0x0101010101010101u;
    size_t i = 0;

    for (; i + 8 <= value.size; i += 8) {
        uint64_t bytes = eight(value.data + i);
        if ((has_zero(bytes) | has_zero(bytes ^ '\r' * ones) | has_zero(bytes ^ '\n' * ones)) != 0)
            return false;
    }
    for (; i < value.size; i++)
        if (value.data[i] == '\0' || value.data[i] == '\r' || value.data[i] == '\n')
            return false;
    return true;
}

void fl_header_check_value(fl_str name, fl_str value)
{
    if (FL_UNLIKELY(value.size > LONGEST_VALUE || !is_sendable(value)))
        refuse_value(name, value);
}

/* -- reading -------------------------------------------------------------------------------------------------------------------------------- */

static fl_header_line *find(const fl_headers *headers, fl_str name)
{
    for (size_t i = 0; i < headers->count; i++)
        if (same_name(headers->lines[i].name, name))
            return &headers->lines[i];
    return NULL;
}

fl_str fl_headers_get_str(const fl_headers *headers, fl_str name)
{
    const fl_header_line *line = find(headers, name);
    return line == NULL ? (fl_str){ NULL, 0 } : line->value;
}

const char *fl_headers_get(const fl_headers *headers, const char *name)
{
    return fl_headers_get_str(headers, fl_str_of(name)).data;
}

size_t fl_headers_count_of(const fl_headers *headers, fl_str name)
{
    size_t count = 0;

    for (size_t i = 0; i < headers->count; i++)
        count += same_name(headers->lines[i].name, name);
    return count;
}

const char *fl_headers_joined(const fl_headers *headers, const char *name)
{
    fl_str wanted = fl_str_of(name);
    const fl_header_line *first = find(headers, wanted);

    if (first == NULL)
        return NULL;
    const fl_header_line *end = headers->lines + headers->count;
    fl_arena *arena = headers->arena != NULL ? headers->arena : fl_arena_here();
    fl_buf out = fl_buf_in(arena, FL_NO_LIMIT);
    fl_str between = fl_str_equal_ascii(wanted, fl_lit("Cookie")) ? fl_lit("; ") : fl_lit(", ");
    for (const fl_header_line *line = first + 1; line < end; line++)
        if (same_name(line->name, wanted)) {
            if (out.size == 0)
                fl_buf_add(&out, first->value);
            fl_buf_add(&out, between);
            fl_buf_add(&out, line->value);
        }
    return out.size == 0 ? first->value.data : fl_buf_c(&out);
}

/* -- changing ---------------------------------------------------------------------------------------------------------------------------------- */

/* Where the table's texts live. */
static fl_arena *home(fl_headers *headers)
{
    if (headers->arena == NULL)
        headers->arena = fl_arena_here();
    return headers->arena;
}

static void grow(fl_headers *headers)
{
    size_t capacity = headers->capacity == 0 ? FIRST_LINES : headers->capacity * 2;

    headers->lines = fl_arena_resize(home(headers), headers->lines, headers->count * sizeof *headers->lines,
                                     capacity * sizeof *headers->lines);
    headers->capacity = capacity;
}

/* One block for both, so that a header costs one step of the arena. */
static fl_header_line copy_line(fl_headers *headers, fl_str name, fl_str value)
{
    char *text = fl_arena_alloc_text(home(headers), name.size + value.size + 2);
    char *behind = text + name.size + 1;

    memcpy(text, name.data, name.size);
    text[name.size] = '\0';
    if (value.size > 0)
        memcpy(behind, value.data, value.size);
    behind[value.size] = '\0';
    return (fl_header_line){ { text, name.size }, { behind, value.size } };
}

static void check(fl_str name, fl_str value)
{
    if (FL_UNLIKELY(!fl_header_is_token(name)))
        refuse_name(name);
    fl_header_check_value(name, value);
}

static void append(fl_headers *headers, fl_str name, fl_str value)
{
    if (FL_UNLIKELY(headers->count == headers->capacity))
        grow(headers);
    headers->lines[headers->count] = copy_line(headers, name, value);
    headers->count++;
}

void fl_headers_add(fl_headers *headers, fl_str name, fl_str value)
{
    check(name, value);
    append(headers, name, value);
}

/* Takes out the lines of that name from the i-th on. */
static bool delete_from(fl_headers *headers, size_t i, fl_str name)
{
    size_t kept = i, count = headers->count;

    for (; i < count; i++)
        if (!same_name(headers->lines[i].name, name))
            headers->lines[kept++] = headers->lines[i];
    headers->count = kept;
    return kept < count;
}

void fl_headers_put(fl_headers *headers, fl_str name, fl_str value)
{
    check(name, value);
    fl_header_line *line = find(headers, name);
    if (line == NULL) {
        append(headers, name, value);
        return;
    }
    *line = copy_line(headers, name, value);
    (void)delete_from(headers, (size_t)(line - headers->lines) + 1, line->name);
}

bool fl_headers_delete(fl_headers *headers, fl_str name) { return delete_from(headers, 0, name); }
