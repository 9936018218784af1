/* Numbers modulo the prime 2^61 - 1: how 1, 1.0, True and Decimal("1.00") come to one hash without being converted to each other.
 * The residue of m * 10^e, or of m * 2^e, is that of the number itself, however it was written. */
#pragma once
#include <fleche/str.h>

#define FL_RESIDUE_PRIME ((UINT64_C(1) << 61) - 1)
#define FL_RESIDUE_TENTH UINT64_C(2075258708292324556)               /* 10 times this is 1 */

static inline uint64_t fl_residue_of(unsigned __int128 a) { return (uint64_t)(a % FL_RESIDUE_PRIME); }
static inline uint64_t fl_residue_times(uint64_t a, uint64_t b) { return fl_residue_of((unsigned __int128)a * b); }

static inline uint64_t fl_residue_scaled(uint64_t a, int power)      /* a * 10^power */
{
    uint64_t base = power < 0 ? FL_RESIDUE_TENTH : 10;

    for (unsigned n = power < 0 ? 0 - (unsigned)power : (unsigned)power; n != 0; n >>= 1) {
        if (n & 1)
            a = fl_residue_times(a, base);
        base = fl_residue_times(base, base);
    }
    return a;
}

static inline uint64_t fl_residue_hash(bool negative, uint64_t a) { return fl_hash_int(negative ? 0 - a : a); }
static inline uint64_t fl_infinity_hash(bool negative) { return fl_hash_int(negative ? UINT64_MAX - 1 : UINT64_MAX); }
