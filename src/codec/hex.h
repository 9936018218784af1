/* The value of a hexadecimal digit of either case: for the codecs that have them inside. */
#pragma once
#include <stdint.h>

enum { FL_NOT_HEX = 0xFF };
extern const uint8_t fl_hex_values[256];

static inline uint8_t fl_hex_value(char digit) { return fl_hex_values[(uint8_t)digit]; }
