/* Hashes, HMAC and derivations against Python's, the published vectors, and what is refused. */
#include <errno.h>
#include <openssl/evp.h>
#include <pthread.h>
#include "../codec/vectors.h"

static fl_str made(const vector *v, size_t field)
{
    size_t size = (size_t)vector_int(v, field);
    char *bytes = fl_alloc(size + 1);

    for (size_t i = 0; i < size; i++)
        bytes[i] = (char)(vector_int(v, field + 1) + 7 * (long long)i);
    return fl_str_n(bytes, size);
}

static fl_str hex(const uint8_t *bytes, size_t size)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 1 << 16);

    fl_hex_encode(fl_str_n((const char *)bytes, size), &out);
    return fl_buf_str(&out);
}

static fl_hash hash_of_row(const vector *v)
{
    fl_hash hash = FL_HASH_COUNT;

    fl_expect(fl_hash_named(v->fields[1], &hash));
    return hash;
}

static void check_hash(const vector *v)
{
    fl_hash hash = hash_of_row(v);
    fl_str bytes = made(v, 2);
    uint8_t digest[FL_HASH_MAX];

    fl_hash_of(hash, bytes, digest);
    fl_expect_bytes(hex(digest, fl_hash_size(hash)), v->fields[4]);
    fl_expect_bytes(fl_str_of(fl_hash_hex(hash, bytes)), v->fields[4]);

    fl_hasher hasher = fl_hasher_start(hash);
    for (size_t at = 0; at < bytes.size; at += 61)
        fl_hasher_add(&hasher, fl_str_slice(bytes, at, 61));
    fl_hasher_end(&hasher, digest);
    fl_expect_bytes(hex(digest, fl_hash_size(hash)), v->fields[4]);
}

static void check_hmac(const vector *v)
{
    uint8_t mac[FL_HASH_MAX];

    fl_hmac(hash_of_row(v), made(v, 2), made(v, 4), mac);
    fl_expect_bytes(hex(mac, fl_hash_size(hash_of_row(v))), v->fields[6]);
}

static void check_pbkdf2(const vector *v)
{
    uint8_t key[128];
    size_t size = v->fields[7].size / 2;

    fl_expect_ok(fl_pbkdf2(hash_of_row(v), made(v, 2), made(v, 4), (unsigned)vector_int(v, 6), key, size));
    fl_expect_bytes(hex(key, size), v->fields[7]);
}

static void check_scrypt(const vector *v)
{
    uint8_t key[128];
    size_t size = v->fields[8].size / 2;

    uint32_t r = (uint32_t)vector_int(v, 6), p = (uint32_t)vector_int(v, 7);
    fl_expect_ok(fl_scrypt(made(v, 1), made(v, 3), (uint64_t)vector_int(v, 5), r, p, key, size));
    fl_expect_bytes(hex(key, size), v->fields[8]);
}

static void check(const vector *v)
{
    static const struct {
        const char *kind;
        void (*run)(const vector *v);
    } checks[] = {
        { "hash", check_hash },
        { "hmac", check_hmac },
        { "pbkdf2", check_pbkdf2 },
        { "scrypt", check_scrypt },
    };

    for (size_t i = 0; i < FL_LENGTH(checks); i++)
        if (vector_is(v, checks[i].kind)) {
            checks[i].run(v);
            return;
        }
    fl_fail("nothing checks '%.*s'", FL_SHOW(v->fields[0]));
}

FL_TEST(hashes_and_keys_are_those_of_python) { each_vector("crypto", check); }

/* FIPS 180-4's examples, RFC 1321's, RFC 4231's second case. */
FL_TEST(the_published_vectors_hold)
{
    uint8_t mac[FL_SHA256_SIZE];

    fl_expect_text(fl_hash_hex(FL_SHA256, fl_lit("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    fl_expect_text(fl_hash_hex(FL_SHA1, fl_lit("abc")), "a9993e364706816aba3e25717850c26c9cd0d89d");
    fl_expect_text(fl_hash_hex(FL_MD5, fl_lit("message digest")), "f96b697d7cb7938d525a2f31aaf161d0");
    fl_hmac(FL_SHA256, fl_lit("Jefe"), fl_lit("what do ya want for nothing?"), mac);
    fl_expect_bytes(hex(mac, sizeof mac), fl_lit("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
}

/* RFC 6070's second case, RFC 7914's second scrypt case. */
FL_TEST(the_published_derivations_hold)
{
    uint8_t key[64];

    fl_expect_ok(fl_pbkdf2(FL_SHA1, fl_lit("password"), fl_lit("salt"), 2, key, 20));
    fl_expect_bytes(hex(key, 20), fl_lit("ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957"));
    fl_expect_ok(fl_scrypt(fl_lit("password"), fl_lit("NaCl"), 1024, 8, 16, key, 64));
    fl_expect_bytes(hex(key, 64), fl_lit("fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                                         "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"));
}

FL_TEST(parameters_out_of_range_are_refused)
{
    uint8_t key[16];
    fl_str word = fl_lit("password"), salt = fl_lit("salt");

    fl_expect_equal(fl_pbkdf2(FL_SHA256, word, salt, 0, key, sizeof key), -EINVAL);
    fl_expect_equal(fl_pbkdf2(FL_SHA256, word, salt, 1u << 31, key, sizeof key), -EINVAL);
    fl_expect_equal(fl_pbkdf2(FL_SHA256, word, salt, 1, key, 0), -EINVAL);
    fl_expect_equal(fl_scrypt(word, salt, 1000, 8, 1, key, sizeof key), -EINVAL);                 /* no power of two */
    fl_expect_equal(fl_scrypt(word, salt, 1, 8, 1, key, sizeof key), -EINVAL);
    fl_expect_equal(fl_scrypt(word, salt, 1024, 0, 1, key, sizeof key), -EINVAL);
    fl_expect_equal(fl_scrypt(word, salt, 1 << 21, 8, 1, key, sizeof key), -EINVAL);              /* 2 GiB */
}

FL_TEST(hashes_have_names)
{
    fl_hash hash = FL_MD5;

    fl_expect(fl_hash_named(fl_lit("SHA384"), &hash) && hash == FL_SHA384);
    fl_expect(!fl_hash_named(fl_lit("sha3"), &hash) && !fl_hash_named(fl_lit(""), &hash));
    fl_expect_text(fl_hash_name(FL_SHA512), "sha512");
}

FL_TEST(hashers_open_at_once_do_not_disturb_each_other)
{
    fl_hasher a = fl_hasher_start(FL_SHA256), b = fl_hasher_start(FL_SHA256), thrown_away = fl_hasher_start(FL_MD5);
    uint8_t digest[FL_SHA256_SIZE], between[FL_SHA256_SIZE];

    fl_hasher_add(&a, fl_lit("ab"));
    fl_hasher_add(&b, fl_lit("other"));
    fl_hash_of(FL_SHA256, fl_lit("between"), between);
    fl_hasher_add(&a, fl_lit("c"));
    fl_hasher_end(&b, NULL);
    fl_hasher_end(&a, digest);
    fl_hasher_end(&thrown_away, NULL);
    fl_expect_bytes(hex(digest, sizeof digest), fl_str_of(fl_hash_hex(FL_SHA256, fl_lit("abc"))));
    fl_expect_bytes(hex(between, sizeof between), fl_str_of(fl_hash_hex(FL_SHA256, fl_lit("between"))));
}

FL_TEST(md5_is_there_where_only_fips_is_allowed, .plain = true)
{
    fl_expect(EVP_default_properties_enable_fips(NULL, 1) == 1);
    fl_expect_text(fl_hash_hex(FL_MD5, fl_lit("")), "d41d8cd98f00b204e9800998ecf8427e");
}

static void *hash_often(void *ret)
{
    uint8_t mac[FL_SHA256_SIZE];

    for (int i = 0; i < 500; i++)
        fl_hmac(i % 2 == 0 ? FL_SHA256 : FL_SHA1, fl_lit("key"), fl_lit("message"), mac);
    fl_hmac(FL_SHA256, fl_lit("key"), fl_lit("message"), ret);
    return NULL;
}

FL_TEST(threads_hash_at_once_and_leave_nothing)
{
    enum { THREADS = 4 };
    pthread_t threads[THREADS];
    uint8_t macs[THREADS][FL_SHA256_SIZE], mac[FL_SHA256_SIZE];

    for (size_t i = 0; i < THREADS; i++)
        fl_expect(pthread_create(&threads[i], NULL, hash_often, macs[i]) == 0);
    fl_hmac(FL_SHA256, fl_lit("key"), fl_lit("message"), mac);
    for (size_t i = 0; i < THREADS; i++) {
        fl_expect(pthread_join(threads[i], NULL) == 0);
        fl_expect(memcmp(macs[i], mac, sizeof mac) == 0);
    }
}

FL_TEST(comparison_in_constant_time_compares)
{
    fl_expect(fl_constant_time_equal(fl_lit("secret"), fl_lit("secret")));
    fl_expect(!fl_constant_time_equal(fl_lit("secret"), fl_lit("secreT")));
    fl_expect(!fl_constant_time_equal(fl_lit("secret"), fl_lit("secret2")));
    fl_expect(fl_constant_time_equal(fl_lit(""), (fl_str){ NULL, 0 }));
}
