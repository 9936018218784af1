/* Going through text by code points, and ending what was made of it: shared by the functions of this module. */
#pragma once
#include <fleche/buf.h>
#include <fleche/unicode.h>

#define FL_REPLACEMENT 0xFFFDu

uint32_t fl_utf8_step_(fl_str *rest);

/* fl_utf8_step takes the next code point off *rest, which is not empty; a fault gives U+FFFD. */
static inline uint32_t fl_utf8_step(fl_str *rest)
{
    if (FL_UNLIKELY((uint8_t)*rest->data >= 0x80))
        return fl_utf8_step_(rest);
    rest->size--;
    return (uint8_t)*rest->data++;
}

/* fl_ascii_prefix is the number of ASCII bytes at the front. */
size_t fl_ascii_prefix(fl_str text);

/* For the buffers of this module, which have no ceiling. */
static inline void fl_buf_add_code_point(fl_buf *out, uint32_t code_point)
{
    if (fl_buf_room(out, 4))
        out->size += fl_utf8_put(code_point, out->data + out->size);
}

/* fl_text_made ends a buffer of the current arena with a NUL and gives what it has; raises if it failed. */
static inline fl_str fl_text_made(fl_buf *out)
{
    size_t size = out->size;
    return (fl_str){ fl_buf_c(out), size };
}
