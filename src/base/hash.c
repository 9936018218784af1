/* SipHash-1-3 (Aumasson and Bernstein's family): a keyed hash, so that whoever does not know the key cannot choose inputs that
 * collide, fast on the short keys that maps have. The key is drawn before main() and stays for the life of the process. */
#include <fleche/str.h>
#include <stdlib.h>
#include <sys/auxv.h>
#include <sys/random.h>

static uint64_t seed[2];

/* Before other constructors, which may fill maps. */
__attribute__((constructor(101))) static void choose_seed(void)
{
    const char *fixed = secure_getenv("FLECHE_HASH_SEED");

    if (fixed != NULL)
        seed[0] = strtoull(fixed, NULL, 0);
    else if (getrandom(seed, sizeof seed, 0) != sizeof seed)
        memcpy(seed, (const void *)getauxval(AT_RANDOM), sizeof seed);       /* a kernel without it: what it gave at the start */
}

typedef struct sip { uint64_t a, b, c, d; } sip;

static inline uint64_t rotate(uint64_t x, int by) { return x << by | x >> (64 - by); }

static inline sip mix(sip s)
{
    s.a += s.b;
    s.c += s.d;
    s.b = rotate(s.b, 13) ^ s.a;
    s.d = rotate(s.d, 16) ^ s.c;
    s.a = rotate(s.a, 32);
    s.c += s.b;
    s.a += s.d;
    s.b = rotate(s.b, 17) ^ s.c;
    s.d = rotate(s.d, 21) ^ s.a;
    s.c = rotate(s.c, 32);
    return s;
}

static inline sip begin(void)
{
    return (sip){ seed[0] ^ 0x736f6d6570736575u, seed[1] ^ 0x646f72616e646f6du, seed[0] ^ 0x6c7967656e657261u,
                  seed[1] ^ 0x7465646279746573u };
}

static inline sip add(sip s, uint64_t word)
{
    s.d ^= word;
    s = mix(s);
    s.a ^= word;
    return s;
}

static inline uint64_t end(sip s)
{
    s.c ^= 0xff;
    s = mix(mix(mix(s)));
    return s.a ^ s.b ^ s.c ^ s.d;
}

static inline uint64_t word_at(const uint8_t *at)
{
    uint64_t word;

    memcpy(&word, at, sizeof word);
    return word;
}

/* The last 0 to 7 bytes and the size above them. Up to 3 bytes are read one by one, more as two halves that overlap. */
static inline uint64_t last_word(const uint8_t *at, size_t left, size_t size)
{
    uint64_t word = (uint64_t)size << 56;
    uint32_t low, high;

    if (left >= 4) {
        memcpy(&low, at, sizeof low);
        memcpy(&high, at + left - 4, sizeof high);
        return word | low | (uint64_t)high << 8 * (left - 4);
    }
    for (size_t i = 0; i < left; i++)
        word |= (uint64_t)at[i] << 8 * i;
    return word;
}

uint64_t fl_hash_bytes(const void *bytes, size_t size)
{
    const uint8_t *at = bytes;
    sip s = begin();

    for (size_t left = size; left >= 8; left -= 8, at += 8)
        s = add(s, word_at(at));
    return end(add(s, last_word(at, size % 8, size)));
}

uint64_t fl_hash_int(uint64_t value) { return end(add(add(begin(), value), (uint64_t)8 << 56)); }
