/* Escaping for HTML: the innermost loop of every template. The room is counted first, so that a text which fits its ceiling
 * exactly fits, and one without special characters, which is most, is copied whole. Both passes look at 16 bytes at a time. */
#include <fleche/html.h>
#include "text/characters.h"

typedef uint8_t lanes __attribute__((vector_size(16)));
typedef uint64_t halves __attribute__((vector_size(16)));

/* How many bytes a byte becomes more. */
static inline size_t growth(uint8_t byte)
{
    static const uint8_t growths[256] = { ['&'] = 4, ['<'] = 3, ['>'] = 3, ['"'] = 5, ['\''] = 5 };
    return growths[byte];
}

static inline lanes load(const char *from)
{
    lanes block;
    memcpy(&block, from, sizeof block);
    return block;
}

/* 3, 4 or 5 in the lanes of special characters: what each grows by. */
static inline lanes growths(lanes block)
{
    lanes brackets = (lanes)((block | 2) == '>'), ampersands = (lanes)(block == '&');
    lanes quotes = (lanes)(block == '"') | (lanes)(block == '\'');
    return (brackets & 3) | (ampersands & 4) | (quotes & 5);
}

static inline uint64_t sum(uint64_t bytes) /* of eight bytes below 32 */ { return (bytes * 0x0101010101010101u) >> 56; }

static size_t growth_of(fl_str text)
{
    size_t grown = 0, at = 0;

    for (; text.size - at >= 16; at += 16) {
        halves both = (halves)growths(load(text.data + at));
        if (FL_UNLIKELY((both[0] | both[1]) != 0))
            grown += sum(both[0]) + sum(both[1]);
    }
    for (; at < text.size; at++)
        grown += growth((uint8_t)text.data[at]);
    return grown;
}

/* Of eight bytes each, so that they are written in one step where there is room. */
static const char references[64][8] = {
    ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#x27;",
};

/* The place of the first byte that is not 0, of eight as they are in memory. */
static inline size_t first_of(uint64_t bytes)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return (size_t)__builtin_ctzll(bytes) / 8;
#else
    return (size_t)__builtin_clzll(bytes) / 8;
#endif
}

static inline uint64_t without(uint64_t bytes, size_t place)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return bytes & ~((uint64_t)0xFF << (8 * place));
#else
    return bytes & ~((uint64_t)0xFF << (56 - 8 * place));
#endif
}

static void write_bytes(char *to, fl_str text)
{
    for (size_t i = 0; i < text.size; i++) {
        size_t size = growth((uint8_t)text.data[i]) + 1;
        memcpy(to, size > 1 ? references[(uint8_t)text.data[i]] : &text.data[i], size);
        to += size;
    }
}

/* Eight bytes of which those that `special` marks are references. */
static inline char *write_eight(char *to, const char *from, uint64_t special)
{
    size_t done = 0;

    for (; special != 0; special = without(special, first_of(special))) {
        size_t at = first_of(special);
        uint8_t byte = (uint8_t)from[at];
        memcpy(to, from + done, 8);
        to += at - done;
        memcpy(to, references[byte], 8);
        to += growth(byte) + 1;
        done = at + 1;
    }
    memcpy(to, from + done, 8);
    return to + 8 - done;
}

/* What is still to be written never has less bytes than what is still to be read: so where eight bytes more can be read, they
 * can be copied ahead, and a reference be written as eight. */
static void write_escaped(char *to, fl_str text)
{
    size_t at = 0;

    for (; text.size - at >= 32; at += 16) {
        const char *from = text.data + at;
        halves both = (halves)growths(load(from));
        if (FL_LIKELY((both[0] | both[1]) == 0)) {
            memcpy(to, from, 16);
            to += 16;
        } else {
            to = write_eight(to, from, both[0]);
            to = write_eight(to, from + 8, both[1]);
        }
    }
    write_bytes(to, fl_str_from_(text, at));
}

void fl_escape_to(fl_buf *out, fl_str text)
{
    size_t grown = growth_of(text);

    if (grown == 0) {
        fl_buf_add(out, text);
        return;
    }
    if (!fl_buf_room(out, text.size + grown) || out->data == NULL)
        return;                                      /* where there is room there is data: for the analyzer */
    write_escaped(out->data + out->size, text);
    out->size += text.size + grown;
}

/* -- values ------------------------------------------------------------------------------------------------------------------ */

static fl_value safe_text(fl_buf *out) { return (fl_value){ .kind = FL_V_TEXT, .flags = FL_VALUE_SAFE, .text = fl_made_(out) }; }

fl_value fl_escape(fl_str text)
{
    fl_buf out = fl_result_();

    fl_escape_to(&out, text);
    return safe_text(&out);
}

/* Kinds whose text has none of the special characters. */
static bool prints_plain(fl_kind kind)
{
    return kind != FL_V_BYTES && kind != FL_V_LIST && kind != FL_V_DICT && kind != FL_V_OBJECT;
}

void fl_conditional_escape_to(fl_buf *out, fl_value v)
{
    if (v.kind == FL_V_TEXT) {
        if ((v.flags & FL_VALUE_SAFE) != 0)
            fl_buf_add(out, v.text);
        else
            fl_escape_to(out, v.text);
        return;
    }
    if (prints_plain(v.kind)) {
        fl_value_print(v, out);
        return;
    }
    fl_buf text = fl_buf_in(fl_arena_here(), out->limit);
    fl_value_print(v, &text);
    if (fl_buf_failed(&text) && !fl_buf_failed(out))
        out->error = text.error;
    fl_escape_to(out, fl_buf_str(&text));
}

fl_value fl_conditional_escape_(fl_value v)
{
    fl_buf out = fl_result_();

    if (v.kind == FL_V_TEXT && (v.flags & FL_VALUE_SAFE) != 0)
        return v;
    fl_conditional_escape_to(&out, v);
    return safe_text(&out);
}

/* -- JavaScript -------------------------------------------------------------------------------------------------------------- */

/* What could end the text or the script, and control characters: its size in bytes, or 0 for all other characters. */
static size_t special_size(fl_str text, uint32_t *ret_code_point)
{
    uint8_t first = (uint8_t)text.data[0];
    fl_str rest = text;

    *ret_code_point = first;
    if (first < 0x80)
        return first < 0x20 || first == 0x7F || strchr("\\'\"><&=-;`", first) != NULL;
    if (first != 0xC2 && first != 0xE2)
        return 0;
    (void)fl_utf8_next(&rest, ret_code_point);
    uint32_t c = *ret_code_point;
    return (c >= 0x80 && c < 0xA0) || c == 0x2028 || c == 0x2029 ? text.size - rest.size : 0;
}

static void put_code(fl_buf *out, uint32_t code_point)
{
    static const char digits[] = "0123456789ABCDEF";
    const char text[6] = { '\\',
                           'u',
                           digits[code_point >> 12 & 15],
                           digits[code_point >> 8 & 15],
                           digits[code_point >> 4 & 15],
                           digits[code_point & 15] };
    fl_buf_add_n(out, text, sizeof text);
}

void fl_escapejs_to(fl_buf *out, fl_str text)
{
    size_t start = 0, size;
    uint32_t code_point;

    for (size_t at = 0; at < text.size; at += size == 0 ? 1 : size) {
        size = special_size(fl_str_from_(text, at), &code_point);
        if (size == 0)
            continue;
        fl_buf_add_n(out, text.data + start, at - start);
        put_code(out, code_point);
        start = at + size;
    }
    fl_buf_add_n(out, text.data + start, text.size - start);
}

fl_value fl_escapejs(fl_str text)
{
    fl_buf out = fl_result_();

    fl_escapejs_to(&out, text);
    return safe_text(&out);
}
