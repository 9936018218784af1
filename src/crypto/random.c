/* Randomness from the kernel, through a small pool for each thread, so that a token of 16 bytes costs no system call.
 *
 * What was given out is wiped from the pool at once. A fork would give both processes the same pool: the child drops it before it
 * runs anything else. */
#include <errno.h>
#include <fleche/crypto.h>
#include <fleche/error.h>
#include <pthread.h>
#include <sys/random.h>
#include "crypto/evp.h"

enum { POOL = 1024, MOST_ALPHABET = 256 };

static _Thread_local struct { uint8_t bytes[POOL]; size_t left; } pool;       /* the last `left` bytes are unused */

static void drop_pool(void)
{
    explicit_bzero(pool.bytes, sizeof pool.bytes);
    pool.left = 0;
}

static void watch_forks(void)
{
    if (pthread_atfork(NULL, NULL, drop_pool) != 0)
        fl_crypto_die("no memory to watch for forks");
}

static void from_kernel(uint8_t *ret, size_t size)
{
    while (size > 0) {
        ssize_t got = getrandom(ret, size, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            fl_crypto_die("getrandom");
        ret += got;
        size -= (size_t)got;
    }
}

static void fill_pool(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    (void)pthread_once(&once, watch_forks);
    from_kernel(pool.bytes, POOL);
    pool.left = POOL;
}

void fl_random_bytes(void *ret, size_t size)
{
    if (size > POOL / 2) {
        from_kernel(ret, size);
        return;
    }
    if (size > pool.left)
        fill_pool();
    uint8_t *at = pool.bytes + POOL - pool.left;
    memcpy(ret, at, size);
    explicit_bzero(at, size);
    pool.left -= size;
}

/* Lemire's: the high half of a product is uniform once the few low halves that occur too often are refused. */
uint64_t fl_random_below(uint64_t bound)
{
    unsigned __int128 product;
    uint64_t random;

    if (bound == 0)
        fl_raise(FL_PROGRAMMING_ERROR, "fl_random_below(0): there is no number below 0");
    do {
        fl_random_bytes(&random, sizeof random);
        product = (unsigned __int128)random * bound;
    } while ((uint64_t)product < bound && (uint64_t)product < -bound % bound);
    return (uint64_t)(product >> 64);
}

char *fl_random_text(size_t length)
{
    return fl_random_text_of(length, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
}

/* A byte of randomness a character; bytes above the largest multiple of the alphabet's size are thrown away. */
char *fl_random_text_of(size_t length, const char *alphabet)
{
    size_t letters = strlen(alphabet), at = 0;
    uint8_t random[64];

    if (letters == 0 || letters > MOST_ALPHABET)
        fl_raise(FL_PROGRAMMING_ERROR, "an alphabet of %zu characters; it takes from 1 to %d", letters, MOST_ALPHABET);
    char *text = fl_arena_alloc_text(fl_arena_here(), length + 1);
    const size_t fair = MOST_ALPHABET - MOST_ALPHABET % letters;
    while (at < length) {
        size_t wanted = length - at < sizeof random ? length - at : sizeof random;
        fl_random_bytes(random, wanted);
        for (size_t i = 0; i < wanted; i++)
            if (random[i] < fair)
                text[at++] = alphabet[random[i] % letters];
    }
    text[length] = '\0';
    explicit_bzero(random, sizeof random);
    return text;
}
