/* Hashes and HMAC over OpenSSL's EVP.
 *
 * What makes EVP slow for small inputs is finding the algorithm and allocating the state. Algorithms are fetched once in a
 * process, states kept for each thread and hash; HMAC is made here of two hashes with them, which for short messages is several
 * times faster than EVP_MAC. Hashers in parts have states of their own, since many may be open at once. */
#include <fleche/codec.h>
#include <fleche/crypto.h>
#include <fleche/error.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <stdatomic.h>
#include "crypto/evp.h"

enum { LONGEST_BLOCK = 128 };

/* MD5 is for checksums that others have chosen: it must be there even where the system allows FIPS algorithms only. */
static const struct {
    const char *name, *fetch_name, *properties;
    size_t size, block;
} hashes[FL_HASH_COUNT] = {
    [FL_MD5] = { "md5", "MD5", "-fips", FL_MD5_SIZE, 64 },
    [FL_SHA1] = { "sha1", "SHA1", NULL, FL_SHA1_SIZE, 64 },
    [FL_SHA224] = { "sha224", "SHA2-224", NULL, FL_SHA224_SIZE, 64 },
    [FL_SHA256] = { "sha256", "SHA2-256", NULL, FL_SHA256_SIZE, 64 },
    [FL_SHA384] = { "sha384", "SHA2-384", NULL, FL_SHA384_SIZE, 128 },
    [FL_SHA512] = { "sha512", "SHA2-512", NULL, FL_SHA512_SIZE, 128 },
};

static _Atomic(EVP_MD *) fetched[FL_HASH_COUNT];
static _Thread_local EVP_MD_CTX *states[FL_HASH_COUNT];
static pthread_key_t thread_end;

_Noreturn void fl_crypto_die(const char *what)
{
    char reason[256] = "no reason given";
    unsigned long error = ERR_peek_last_error();

    if (error != 0)
        ERR_error_string_n(error, reason, sizeof reason);
    fprintf(stderr, "fleche: cryptography does not work here: %s: %s\n", what, reason);
    abort();
}

const EVP_MD *fl_evp_hash(fl_hash hash)
{
    EVP_MD *md = atomic_load_explicit(&fetched[hash], memory_order_acquire), *first = NULL;

    if (FL_LIKELY(md != NULL))
        return md;
    md = EVP_MD_fetch(NULL, hashes[hash].fetch_name, hashes[hash].properties);
    if (md == NULL)
        fl_crypto_die(hashes[hash].name);
    if (atomic_compare_exchange_strong(&fetched[hash], &first, md))
        return md;
    EVP_MD_free(md);                                 /* another thread was first */
    return first;
}

static void free_states(void *of_thread)
{
    EVP_MD_CTX **all = of_thread;

    for (size_t i = 0; i < FL_HASH_COUNT; i++) {
        EVP_MD_CTX_free(all[i]);
        all[i] = NULL;
    }
}

static void make_key(void) { (void)pthread_key_create(&thread_end, free_states); }

/* The main thread's key destructors do not run at exit(). */
__attribute__((destructor)) static void end_main_thread(void) { free_states(states); }

static EVP_MD_CTX *new_state(void)
{
    EVP_MD_CTX *state = EVP_MD_CTX_new();

    if (state == NULL)
        fl_crypto_die("a hash's state");
    return state;
}

static EVP_MD_CTX *thread_state(fl_hash hash)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    if (FL_LIKELY(states[hash] != NULL))
        return states[hash];
    (void)pthread_once(&once, make_key);
    (void)pthread_setspecific(thread_end, states);
    states[hash] = new_state();
    return states[hash];
}

static void start(EVP_MD_CTX *state, fl_hash hash)
{
    if (EVP_DigestInit_ex2(state, fl_evp_hash(hash), NULL) != 1)
        fl_crypto_die(hashes[hash].name);
}

static void add(EVP_MD_CTX *state, const void *bytes, size_t size)
{
    if (EVP_DigestUpdate(state, bytes, size) != 1)
        fl_crypto_die("a hash of bytes");
}

static void finish(EVP_MD_CTX *state, uint8_t *ret)
{
    if (EVP_DigestFinal_ex(state, ret, NULL) != 1)
        fl_crypto_die("a hash's end");
}

size_t fl_hash_size(fl_hash hash) { return hashes[hash].size; }
const char *fl_hash_name(fl_hash hash) { return hashes[hash].name; }

bool fl_hash_named(fl_str name, fl_hash *ret)
{
    for (size_t i = 0; i < FL_HASH_COUNT; i++)
        if (fl_str_equal_ascii(name, fl_str_of(hashes[i].name))) {
            *ret = (fl_hash)i;
            return true;
        }
    return false;
}

void fl_hash_of(fl_hash hash, fl_str bytes, uint8_t *ret)
{
    EVP_MD_CTX *state = thread_state(hash);

    start(state, hash);
    add(state, bytes.data, bytes.size);
    finish(state, ret);
}

char *fl_hash_hex(fl_hash hash, fl_str bytes)
{
    uint8_t digest[FL_HASH_MAX];
    fl_buf out = fl_buf_in(fl_arena_here(), 2 * FL_HASH_MAX + 1);

    fl_hash_of(hash, bytes, digest);
    (void)fl_buf_room(&out, 2 * fl_hash_size(hash) + 1);
    fl_hex_encode(fl_str_n((char *)digest, fl_hash_size(hash)), &out);
    return fl_buf_c(&out);
}

fl_hasher fl_hasher_start(fl_hash hash)
{
    fl_hasher hasher = { new_state(), hash };

    start(hasher.state, hash);
    return hasher;
}

void fl_hasher_add(fl_hasher *hasher, fl_str bytes) { add(hasher->state, bytes.data, bytes.size); }

void fl_hasher_end(fl_hasher *hasher, uint8_t *ret)
{
    if (ret != NULL)
        finish(hasher->state, ret);
    EVP_MD_CTX_free(hasher->state);
    hasher->state = NULL;
}

/* RFC 2104: hash((key ^ outer pad) hash((key ^ inner pad) message)). */
void fl_hmac(fl_hash hash, fl_str key, fl_str message, uint8_t *ret)
{
    uint8_t pad[LONGEST_BLOCK] = { 0 }, inner[FL_HASH_MAX];
    size_t block = hashes[hash].block, size = hashes[hash].size;
    EVP_MD_CTX *state = thread_state(hash);

    if (key.size > block)
        fl_hash_of(hash, key, pad);
    else if (key.size > 0)
        memcpy(pad, key.data, key.size);
    for (size_t i = 0; i < block; i++)
        pad[i] ^= 0x36;
    start(state, hash);
    add(state, pad, block);
    add(state, message.data, message.size);
    finish(state, inner);

    for (size_t i = 0; i < block; i++)
        pad[i] ^= 0x36 ^ 0x5C;
    start(state, hash);
    add(state, pad, block);
    add(state, inner, size);
    finish(state, ret);
    explicit_bzero(pad, sizeof pad);
    explicit_bzero(inner, sizeof inner);
}

bool fl_constant_time_equal(fl_str a, fl_str b)
{
    return a.size == b.size && (a.size == 0 || CRYPTO_memcmp(a.data, b.data, a.size) == 0);
}
