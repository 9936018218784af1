/* The named character references of HTML: one text of "name=characters" behind one another, in order of their names (with the
 * semicolon, and for old ones without it too), and where each begins. */
#pragma once
#include <stdint.h>

enum { FL_ENTITIES = 2231, FL_ENTITY_LONGEST = 32 };
extern const char fl_entities[];
extern const uint16_t fl_entity_offsets[FL_ENTITIES + 1];
