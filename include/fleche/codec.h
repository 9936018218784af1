/* Codecs: bytes as text and back. Encoders append to a buffer; decoders return 0, or -EINVAL and have appended nothing
 * (or the buffer's error, where it is full).
 *
 *     fl_buf out = fl_buf_in(fl_arena_here(), 4096);
 *     fl_base64_encode(fl_lit("hello"), FL_BASE64, &out);                        // aGVsbG8=
 *     if (fl_base64_decode(fl_buf_str(&out), FL_BASE64, &back) != 0) …
 *
 * Decoders are strict: one text for each run of bytes, no white space, no stray bits in the last character. */
#pragma once
#include "buf.h"

typedef enum fl_base64_form { FL_BASE64, FL_BASE64URL, FL_BASE64URL_PADDED } fl_base64_form;   /* +/ padded; -_ bare; -_ padded */
void fl_base64_encode(fl_str bytes, fl_base64_form form, fl_buf *out);
FL_MUST_CHECK int fl_base64_decode(fl_str text, fl_base64_form form, fl_buf *out);

void fl_hex_encode(fl_str bytes, fl_buf *out);                                    /* lower case */
FL_MUST_CHECK int fl_hex_decode(fl_str text, fl_buf *out);                        /* either case */

/* Integers: base 62 with Django's digits (0-9A-Za-z, as signing's timestamps), base 36 in lower case (as reset tokens). */
void fl_base62_encode(long long value, fl_buf *out);
FL_MUST_CHECK int fl_base62_decode(fl_str text, long long *ret);
void fl_base36_encode(unsigned long long value, fl_buf *out);
FL_MUST_CHECK int fl_base36_decode(fl_str text, unsigned long long *ret);         /* at most 13 digits, as Django's */

/* fl_percent_encode writes bytes outside A-Za-z0-9_.-~ and `safe` as %XX: Python's quote(text, safe). */
void fl_percent_encode(fl_str bytes, const char *safe, fl_buf *out);
void fl_percent_decode(fl_str text, fl_buf *out);                                 /* Python's unquote: a stray % stays */

/* application/x-www-form-urlencoded: + for a space. */
void fl_form_encode(fl_str name, fl_str value, fl_buf *out);                      /* appends "&" first unless out is empty */
/* fl_form_next takes the next pair off *rest, decoded into the current arena: false when nothing is left. Empty parts are skipped. */
bool fl_form_next(fl_str *rest, fl_str *ret_name, fl_str *ret_value);
