/* Texts that come in pieces: a piece may end inside of a code point, which is no fault as long as it may still become one. */
#include "websocket/engine.h"

bool fl_websocket_text_may_go_on(fl_str bytes)
{
    const uint8_t *at = (const uint8_t *)bytes.data;
    uint8_t first = at[0], low = 0x80, high = 0xBF;
    size_t size = first >= 0xC2 && first < 0xE0 ? 2 : first >= 0xE0 && first < 0xF0 ? 3 : first >= 0xF0 && first < 0xF5 ? 4 : 0;

    if (first == 0xE0)
        low = 0xA0;                                  /* below: overlong */
    else if (first == 0xED)
        high = 0x9F;                                 /* above: surrogates */
    else if (first == 0xF0)
        low = 0x90;
    else if (first == 0xF4)
        high = 0x8F;                                 /* above: beyond U+10FFFF */
    if (bytes.size >= size)
        return false;
    for (size_t i = 1; i < bytes.size; i++, low = 0x80, high = 0xBF)
        if (at[i] < low || at[i] > high)
            return false;
    return true;
}
