/* UTF-8: checking, counting, stepping, repairing.
 *
 * One function, take(), knows the whole rule: which second bytes may follow which first ones, and where a fault ends (the
 * "maximal subpart" of the Unicode standard, as Python's errors="replace"). The checker in front of it goes by 32 bytes through
 * ASCII and recognizes the common sequences by a mask and a comparison; whatever it does not, it asks take(). */
#include <endian.h>
#include <fleche/buf.h>
#include <fleche/unicode.h>
#include "unicode/step.h"

#define HIGH_BITS 0x8080808080808080u
#define LOW_BITS 0x0101010101010101u

/* Takes the sequence off the front of `at`: its size, and the code point, or false for a fault of that size. `left` is at least
 * 1. */
static bool take(const uint8_t *at, size_t left, size_t *ret_size, uint32_t *ret_code_point)
{
    uint8_t first = at[0], low = 0x80, high = 0xBF;
    size_t size = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    uint32_t code_point = size < 2 ? first : first & (0x7Fu >> size);

    if (first == 0xE0)
        low = 0xA0;                                  /* below: overlong */
    else if (first == 0xED)
        high = 0x9F;                                 /* above: surrogates */
    else if (first == 0xF0)
        low = 0x90;
    else if (first == 0xF4)
        high = 0x8F;                                 /* above: beyond U+10FFFF */

    *ret_size = 1;
    for (; *ret_size < size; ++*ret_size) {
        if (*ret_size == left || at[*ret_size] < low || at[*ret_size] > high)
            return false;
        code_point = code_point << 6 | (at[*ret_size] & 0x3F);
        low = 0x80;
        high = 0xBF;
    }
    *ret_code_point = code_point;
    return size != 0;
}

/* The empty view may have no data, and nothing can be added to that. */
static const uint8_t *end_of(fl_str text) { return (const uint8_t *)(text.size == 0 ? text.data : text.data + text.size); }

static const uint8_t *skip_ascii(const uint8_t *at, const uint8_t *end)
{
    uint64_t words[4];

    for (; end - at >= 32; at += 32) {
        memcpy(words, at, 32);
        if (((words[0] | words[1] | words[2] | words[3]) & HIGH_BITS) != 0)
            break;
    }
    for (; end - at >= 8; at += 8) {
        memcpy(words, at, 8);
        uint64_t high = le64toh(words[0]) & HIGH_BITS;
        if (high != 0)
            return at + __builtin_ctzll(high) / 8;
    }
    while (at < end && *at < 0x80)
        at++;
    return at;
}

size_t fl_ascii_prefix(fl_str text)
{
    const uint8_t *start = (const uint8_t *)text.data;
    return (size_t)(skip_ascii(start, end_of(text)) - start);
}

static bool follows(uint8_t byte) { return (byte & 0xC0) == 0x80; }

size_t fl_utf8_valid_prefix(fl_str text)
{
    const uint8_t *start = (const uint8_t *)text.data, *at = start, *end = end_of(text);
    uint32_t code_point;
    size_t size;

    while (at < end) {
        if (*at < 0x80) {
            if (++at < end && *at < 0x80)            /* a space between words is common, and not worth the long way */
                at = skip_ascii(at, end);
        } else if (*at >= 0xC2 && *at < 0xE0 && end - at >= 2 && follows(at[1])) {
            at += 2;
        } else if (*at > 0xE0 && *at < 0xF0 && *at != 0xED && end - at >= 3 && follows(at[1]) && follows(at[2])) {
            at += 3;
        } else {
            if (!take(at, (size_t)(end - at), &size, &code_point))
                break;
            at += size;
        }
    }
    return (size_t)(at - start);
}

bool fl_utf8_valid(fl_str text) { return fl_utf8_valid_prefix(text) == text.size; }

static size_t fault_size(fl_str text)
{
    uint32_t code_point;
    size_t size;

    (void)take((const uint8_t *)text.data, text.size, &size, &code_point);
    return size;
}

/* How many bytes begin a code point: all but those with the bits 10 on top, counted by eight. */
static size_t first_bytes(const char *data, size_t size)
{
    size_t count = size, at = 0;
    uint64_t word;

    for (; size - at >= 8; at += 8) {
        memcpy(&word, data + at, 8);
        count -= ((word >> 7 & ~word >> 6 & LOW_BITS) * LOW_BITS) >> 56;
    }
    for (; at < size; at++)
        count -= follows((uint8_t)data[at]);
    return count;
}

size_t fl_utf8_count(fl_str text)
{
    size_t count = 0;

    while (text.size > 0) {
        size_t valid = fl_utf8_valid_prefix(text);
        count += first_bytes(text.data, valid);
        text = fl_str_slice(text, valid, SIZE_MAX);
        if (text.size > 0) {
            count++;
            text = fl_str_slice(text, fault_size(text), SIZE_MAX);
        }
    }
    return count;
}

uint32_t fl_utf8_step_(fl_str *rest)
{
    uint32_t code_point = 0;
    size_t size;

    if (!take((const uint8_t *)rest->data, rest->size, &size, &code_point))
        code_point = FL_REPLACEMENT;
    rest->data += size;
    rest->size -= size;
    return code_point;
}

bool fl_utf8_next(fl_str *rest, uint32_t *ret_code_point)
{
    if (rest->size == 0)
        return false;
    *ret_code_point = fl_utf8_step(rest);
    return true;
}

size_t fl_utf8_put(uint32_t code_point, char ret[4])
{
    if (code_point < 0x80) {
        ret[0] = (char)code_point;
        return 1;
    }
    if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point < 0xE000))
        return 0;

    size_t size = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
    for (size_t i = size - 1; i > 0; i--) {
        ret[i] = (char)(0x80 | (code_point & 0x3F));
        code_point >>= 6;
    }
    ret[0] = (char)((0xF00u >> size & 0xFF) | code_point);
    return size;
}

fl_str fl_utf8_repair(fl_str text)
{
    size_t valid = fl_utf8_valid_prefix(text);

    if (valid == text.size)
        return text;

    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);
    (void)fl_buf_room(&out, text.size + 16);
    for (;;) {
        fl_buf_add_n(&out, text.data, valid);
        text = fl_str_slice(text, valid, SIZE_MAX);
        if (text.size == 0)
            return fl_text_made(&out);
        fl_buf_add(&out, fl_lit("\uFFFD"));
        text = fl_str_slice(text, fault_size(text), SIZE_MAX);
        valid = fl_utf8_valid_prefix(text);
    }
}
