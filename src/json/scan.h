/* Looking through the bytes of JSON's strings, eight at a time. */
#pragma once
#include <stdint.h>
#include <string.h>

#define FL_JSON_ALL(byte) (0x0101010101010101ull * (byte))

/* The word at `at`, the first byte lowest. */
static inline uint64_t fl_json_word(const char *at)
{
    uint64_t word;

    memcpy(&word, at, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

/* Marks, with its highest bit, the first byte of the word that is no plain character of a string: a quote, a backslash, a control
 * character, or beyond ASCII; with `strict` DEL too. 0 if there is none; marks above the first may be wrong. */
static inline uint64_t fl_json_marks(uint64_t word, int strict)
{
    uint64_t quote = word ^ FL_JSON_ALL('"'), backslash = word ^ FL_JSON_ALL('\\');
    uint64_t marks = (word - FL_JSON_ALL(0x20)) | word | (quote - FL_JSON_ALL(1)) | (backslash - FL_JSON_ALL(1));

    if (strict)
        marks |= word + FL_JSON_ALL(1);
    return marks & FL_JSON_ALL(0x80);
}

static inline unsigned fl_json_first_mark(uint64_t marks) { return (unsigned)__builtin_ctzll(marks) / 8; }

/* fl_json_utf8 gives the size of the character beyond ASCII at `at`, 2 to 4, and its code point; 0 if there is no valid one. */
static inline unsigned fl_json_utf8(const char *at, const char *end, uint32_t *ret)
{
    const unsigned char *c = (const unsigned char *)at;
    size_t room = (size_t)(end - at);
    uint32_t point;

    if (c[0] < 0xc2 || c[0] > 0xf4 || room < 2 || (c[1] & 0xc0) != 0x80)
        return 0;
    if (c[0] < 0xe0) {
        *ret = (c[0] & 0x1fu) << 6 | (c[1] & 0x3fu);
        return 2;
    }
    if (room < 3 || (c[2] & 0xc0) != 0x80)
        return 0;
    if (c[0] < 0xf0) {
        point = (c[0] & 0x0fu) << 12 | (c[1] & 0x3fu) << 6 | (c[2] & 0x3fu);
        *ret = point;
        return point < 0x800 || (point >= 0xd800 && point < 0xe000) ? 0 : 3;
    }
    if (room < 4 || (c[3] & 0xc0) != 0x80)
        return 0;
    point = (c[0] & 0x07u) << 18 | (c[1] & 0x3fu) << 12 | (c[2] & 0x3fu) << 6 | (c[3] & 0x3fu);
    *ret = point;
    return point < 0x10000 || point > 0x10ffff ? 0 : 4;
}
