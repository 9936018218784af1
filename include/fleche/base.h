/* The ground: everything that application code and the floors above share. Each part's header stands on its own:
 *
 *   arena.h    memory that nobody frees              error.h    errors that unwind, deferred clean-up, validation
 *   str.h      views of text, C strings              buf.h      growing text with a ceiling
 *   vec.h      growing arrays                        map.h      ordered hash maps and sets
 *   value.h    boxed values, lists, dicts, uuids     object.h   how a struct becomes a value
 *   decimal.h  exact decimal numbers                 time.h     instants, civil dates, zones, their text forms
 *   json.h     JSON in and out                       codec.h    base64, hex, percent, forms
 *   crypto.h   hashes, HMAC, keys, randomness        unicode.h  UTF-8, case, normal forms, width
 *   log.h      logging                               macros.h   the numbered maps beneath the declaration language */
#pragma once
#include "attributes.h"
#include "macros.h"
#include "arena.h"
#include "str.h"
#include "buf.h"
#include "vec.h"
#include "map.h"
#include "object.h"
#include "error.h"
#include "decimal.h"
#include "time.h"
#include "value.h"
#include "json.h"
#include "codec.h"
#include "crypto.h"
#include "unicode.h"
#include "log.h"
