/* Cryptography over OpenSSL: randomness, hashes, HMAC, key derivation, comparison in constant time.
 *
 *     uint8_t mac[FL_SHA256_SIZE];
 *     fl_hmac(FL_SHA256, key, message, mac);
 *     if (!fl_constant_time_equal(expected, (fl_str){ (char *)mac, sizeof mac })) …
 *     char *token = fl_random_text(32);                           // letters and digits, in the current arena
 *
 * A failure of the library beneath (no entropy, a broken installation) ends the process with a message: there is no safe way on.
 * The derivations are slow by design: on a fiber call them through fl_offload(). */
#pragma once
#include "str.h"

typedef enum fl_hash { FL_MD5, FL_SHA1, FL_SHA224, FL_SHA256, FL_SHA384, FL_SHA512, FL_HASH_COUNT } fl_hash;
enum { FL_MD5_SIZE = 16, FL_SHA1_SIZE = 20, FL_SHA224_SIZE = 28, FL_SHA256_SIZE = 32, FL_SHA384_SIZE = 48, FL_SHA512_SIZE = 64,
       FL_HASH_MAX = 64 };

size_t fl_hash_size(fl_hash hash);
const char *fl_hash_name(fl_hash hash);                              /* "sha256" */
bool fl_hash_named(fl_str name, fl_hash *ret);                       /* either case; false for an unknown one */
void fl_hash_of(fl_hash hash, fl_str bytes, uint8_t *ret);           /* fl_hash_size(hash) bytes */
char *fl_hash_hex(fl_hash hash, fl_str bytes);                       /* in the current arena */

/* Hashing in parts: for files and streams. The state is plain memory; fl_hasher_end frees what it holds and must be called. */
typedef struct fl_hasher { void *state; fl_hash hash; } fl_hasher;
fl_hasher fl_hasher_start(fl_hash hash);
void fl_hasher_add(fl_hasher *hasher, fl_str bytes);
void fl_hasher_end(fl_hasher *hasher, uint8_t *ret);                 /* ret may be NULL: thrown away */

void fl_hmac(fl_hash hash, fl_str key, fl_str message, uint8_t *ret);
/* Key derivation into `size` bytes. 0; -EINVAL (parameters outside the library's range, scrypt's memory above 1 GiB); -ENOMEM. */
FL_MUST_CHECK int fl_pbkdf2(fl_hash hash, fl_str password, fl_str salt, unsigned iterations, uint8_t *ret, size_t size);
FL_MUST_CHECK int fl_scrypt(fl_str password, fl_str salt, uint64_t n, uint32_t r, uint32_t p, uint8_t *ret, size_t size);

bool fl_constant_time_equal(fl_str a, fl_str b);                     /* time depends on the sizes only */

void fl_random_bytes(void *ret, size_t size);                        /* cryptographically strong */
uint64_t fl_random_below(uint64_t bound);                            /* uniform in [0, bound); 0 raises FL_PROGRAMMING_ERROR */
char *fl_random_text(size_t length);                                 /* A-Za-z0-9, in the current arena */
char *fl_random_text_of(size_t length, const char *alphabet);        /* of these characters: 1 to 256 of ASCII, else raises */
