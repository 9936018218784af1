/* The normal forms. utf8proc knows what each code point decomposes into and which compose; the order of marks is made here,
 * since its own sorts by exchanging neighbours, which a text of nothing but marks makes quadratic.
 *
 * ASCII is normal in every form and never joins what stands before it, and so is all below U+0300 in the form C: Western text.
 * Such runs are copied. The rest are segments of the one character in front, which marks may follow, and all up to the next of
 * ASCII. */
#include <fleche/unicode.h>
#include <fleche/vec.h>
#include <utf8proc.h>
#include "unicode/step.h"

enum { LONGEST_DECOMPOSITION = 32, CLASSES = 256 };

typedef fl_vec(int32_t) code_points;

static unsigned mark_class(int32_t code_point) { return (unsigned)utf8proc_get_property(code_point)->combining_class; }

static void decompose(fl_str text, utf8proc_option_t options, code_points *ret)
{
    int boundary = 0;

    while (text.size > 0) {
        int32_t code_point = (int32_t)fl_utf8_step(&text);
        fl_vec_reserve(ret, ret->count + LONGEST_DECOMPOSITION);
        int32_t *to = ret->items + ret->count;
        ret->count += (size_t)utf8proc_decompose_char(code_point, to, LONGEST_DECOMPOSITION, options, &boundary);
    }
}

/* A counting sort by class; equal ones stay in their order. */
static void order_marks(int32_t *marks, size_t count)
{
    size_t place[CLASSES + 1] = { 0 };
    bool in_order = true;

    for (size_t i = 1; i < count && in_order; i++)
        in_order = mark_class(marks[i - 1]) <= mark_class(marks[i]);
    if (in_order)
        return;

    int32_t *sorted = fl_arena_alloc(fl_arena_here(), count * sizeof *sorted);
    for (size_t i = 0; i < count; i++)
        place[mark_class(marks[i]) + 1]++;
    for (size_t class = 0; class < CLASSES; class ++)
        place[class + 1] += place[class];
    for (size_t i = 0; i < count; i++)
        sorted[place[mark_class(marks[i])]++] = marks[i];
    memcpy(marks, sorted, count * sizeof *sorted);
}

static void order(const code_points *points)
{
    for (size_t i = 0; i < points->count;) {
        size_t start = i;
        while (i < points->count && mark_class(points->items[i]) != 0)
            i++;
        if (i - start > 1)
            order_marks(points->items + start, i - start);
        i += i == start;
    }
}

/* Sequences that begin with a byte below `unstable` are normal and join nothing before them. */
typedef struct form { utf8proc_option_t decompose; uint8_t unstable; bool compose, drop_marks; } form;

static void normalize_segment(fl_str segment, const form *to, code_points *points, fl_buf *out)
{
    const utf8proc_option_t compose = UTF8PROC_COMPOSE | UTF8PROC_STABLE;

    points->count = 0;
    decompose(segment, to->decompose, points);
    order(points);
    if (to->compose)
        points->count = (size_t)utf8proc_normalize_utf32(points->items, (utf8proc_ssize_t)points->count, compose);
    fl_vec_each (int32_t, point, points)
        if (!to->drop_marks || mark_class(*point) == 0)
            fl_buf_add_code_point(out, (uint32_t)*point);
}

/* The bytes in front to be copied: all if the text is normal to its end, else up to the last character that may change. */
static size_t stable_prefix(fl_str text, uint8_t unstable)
{
    size_t at = 0, last = 0;

    while (at < text.size && (uint8_t)text.data[at] < unstable) {
        fl_str rest = fl_str_slice(text, at, SIZE_MAX);
        size_t ascii = fl_ascii_prefix(rest);
        if (ascii == 0 && fl_utf8_step(&rest) == FL_REPLACEMENT)
            break;
        last = ascii > 0 ? at + ascii - 1 : at;
        at = ascii > 0 ? at + ascii : text.size - rest.size;
    }
    return at == text.size ? at : last;
}

static size_t segment_size(fl_str text)
{
    size_t size = 1;

    while (size < text.size && (uint8_t)text.data[size] >= 0x80)
        size++;
    return size;
}

static fl_str normalize(fl_str text, const form *to)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    (void)fl_buf_room(&out, text.size + text.size / 2 + 1);
    fl_scope {
        code_points points = { 0 };
        while (text.size > 0) {
            size_t stable = stable_prefix(text, to->unstable);
            fl_buf_add_n(&out, text.data, stable);
            text = fl_str_slice(text, stable, SIZE_MAX);
            if (text.size == 0)
                break;
            size_t size = segment_size(text);
            normalize_segment(fl_str_slice(text, 0, size), to, &points, &out);
            text = fl_str_slice(text, size, SIZE_MAX);
        }
    }
    return fl_text_made(&out);
}

fl_str fl_normalize(fl_str text, fl_normal_form to)
{
    static const form forms[] = {
        [FL_NFC] = { UTF8PROC_DECOMPOSE, 0xCC, .compose = true },                /* CC 80 is U+0300 */
        [FL_NFD] = { UTF8PROC_DECOMPOSE, 0x80 },
        [FL_NFKC] = { UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, 0x80, .compose = true },
        [FL_NFKD] = { UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, 0x80 },
    };
    return fl_ascii_prefix(text) == text.size ? fl_str_copy(text) : normalize(text, &forms[to]);
}

fl_str fl_strip_marks(fl_str text)
{
    static const form bare = { UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, 0x80, .drop_marks = true };
    return fl_ascii_prefix(text) == text.size ? fl_str_copy(text) : normalize(text, &bare);
}
