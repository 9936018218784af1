/* Text: fl_str is a view of bytes that somebody else owns; C strings for what lives in the current arena.
 *
 *     fl_str path = fl_lit("/articles/7/");
 *     fl_str rest;
 *     if (fl_str_after(path, fl_lit("/articles/"), &rest)) …           // rest is "7/"
 *     char *title = fl_text("%s (%d)", name, year);                      // in the current arena
 *
 * A view is not NUL-terminated; fl_str_c() makes a terminated copy. The empty view has size 0 and any data, NULL too.
 * Text is UTF-8 by convention; nothing here checks it (see unicode.h). Sizes are in bytes. */
#pragma once
#include <string.h>
#include "attributes.h"

typedef struct fl_str { const char *data; size_t size; } fl_str;
typedef struct fl_bytes { const uint8_t *data; size_t size; } fl_bytes;

#define fl_lit(literal) ((fl_str){ "" literal, sizeof(literal) - 1 })     /* of a string literal, without strlen */
#define FL_LIT(literal) { "" literal, sizeof(literal) - 1 }                /* the same for static tables */
#define FL_SHOW(s) (int)(s).size, (s).data                                  /* for "%.*s" */

static inline fl_str fl_str_of(const char *text) { return (fl_str){ text, text == NULL ? 0 : strlen(text) }; }
static inline fl_str fl_str_n(const char *text, size_t size) { return (fl_str){ text, size }; }
static inline bool fl_str_equal(fl_str a, fl_str b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

/* fl_str_slice is the part from `start` of at most `size` bytes; beyond the end there is the empty view. */
static inline fl_str fl_str_slice(fl_str s, size_t start, size_t size)
{
    if (start > s.size)
        start = s.size;
    if (size > s.size - start)
        size = s.size - start;
    return (fl_str){ size == 0 ? "" : s.data + start, size };
}

int fl_str_compare(fl_str a, fl_str b);                          /* by bytes: <0, 0, >0 */
bool fl_str_equal_ascii(fl_str a, fl_str b);                     /* A equals a; other bytes as they are */
bool fl_str_starts(fl_str s, fl_str prefix);
bool fl_str_ends(fl_str s, fl_str suffix);
bool fl_str_after(fl_str s, fl_str prefix, fl_str *ret_rest);    /* the rest behind prefix; ret_rest set only if it is there */
bool fl_str_find(fl_str s, fl_str part, size_t *ret_at);         /* first place of part; ret_at may be NULL */
bool fl_str_find_char(fl_str s, char c, size_t *ret_at);
bool fl_str_find_last(fl_str s, char c, size_t *ret_at);
fl_str fl_str_trim(fl_str s);                                    /* without ASCII white space at both ends */
/* fl_str_cut takes off what stands before the first `separator` and steps over it: false when nothing is left.
 *     for (fl_str part, rest = list; fl_str_cut(&rest, ',', &part);) …      // "a,,b": "a", "", "b" */
bool fl_str_cut(fl_str *rest, char separator, fl_str *ret_part);
/* Whole view, decimal digits with an optional sign; false for anything else, overflow too. */
bool fl_str_int(fl_str s, long long *ret);
bool fl_str_uint(fl_str s, unsigned long long *ret);
bool fl_str_double(fl_str s, double *ret);                       /* the C locale's form, always */

char *fl_str_c(fl_str s);                                        /* a NUL-terminated copy in the current arena */
fl_str fl_str_copy(fl_str s);                                    /* a copy in the current arena, NUL-terminated too */
fl_str fl_str_lower_ascii(fl_str s);                             /* copies in the current arena */
fl_str fl_str_upper_ascii(fl_str s);
fl_str fl_str_replace(fl_str s, fl_str part, fl_str with);       /* every part; an empty part is nowhere */

/* -- C strings ------------------------------------------------------------------------------------------------------------- */

char *fl_text(const char *format, ...) FL_PRINTF(1, 2);          /* in the current arena */
bool fl_text_is(const char *a, const char *b);                    /* equal; NULL equals NULL */
bool fl_starts_with(const char *text, const char *prefix);
const char *fl_after_prefix(const char *text, const char *prefix);/* the rest behind prefix, or NULL */
bool fl_text_in_(const char *text, const char *const *options);
#define fl_text_in(text, ...) fl_text_in_(text, (const char *const[]){ __VA_ARGS__ __VA_OPT__(,) NULL })

/* Hashing (SipHash-1-3), seeded at random per process, so nobody outside can choose keys that collide. For debugging the
 * environment variable FLECHE_HASH_SEED, a number, makes the hashes the same in every run. */
uint64_t fl_hash_bytes(const void *bytes, size_t size);
uint64_t fl_hash_int(uint64_t value);
