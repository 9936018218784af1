/* Text and bytes: checking UTF-8, changing case and form, codecs, hashes. Peers are OpenSSL's own ways to the same. */
#include <fleche/bench.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

enum { SIZE = 1 << 16 };

static char bytes[SIZE];
static uint8_t encoded[SIZE * 2], decoded[SIZE * 2];
static size_t encoded_size;

static fl_str filled(const char *unit)
{
    size_t size = strlen(unit), whole = SIZE / size * size;

    for (size_t at = 0; at < whole; at += size)
        memcpy(bytes + at, unit, size);
    return fl_str_n(bytes, whole);
}

static void validate(fl_str text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        fl_bench_use(fl_utf8_valid(text));
}

static const char french[] = "Dès Noël, où un zéphyr haï me vêt de glaçons, je dîne. ";

FL_BENCH(utf8_valid_ascii, .unit = "64 KiB") { validate(filled("the quick brown fox, "), n); }
FL_BENCH(utf8_valid_french, .unit = "64 KiB") { validate(filled(french), n); }
FL_BENCH(utf8_valid_cyrillic, .unit = "64 KiB") { validate(filled("съешь ещё этих мягких французских булок "), n); }
FL_BENCH(utf8_valid_chinese, .unit = "64 KiB") { validate(filled("天地玄黃宇宙洪荒"), n); }

static void map(fl_str (*run)(fl_str text), fl_str text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        fl_scope {
            fl_bench_use(run(text).data);
        }
}

static fl_str nfc(fl_str text) { return fl_normalize(text, FL_NFC); }

FL_BENCH(lower_ascii, .unit = "64 KiB") { map(fl_lower, filled("The Quick Brown Fox, "), n); }
FL_BENCH(lower_french, .unit = "64 KiB") { map(fl_lower, filled(french), n); }
FL_BENCH(casefold_french, .unit = "64 KiB") { map(fl_casefold, filled(french), n); }
FL_BENCH(nfc_french, .unit = "64 KiB") { map(nfc, filled(french), n); }

static void our_encode(size_t n)
{
    fl_str from = filled("\x01\xA7\x33\xFE\x80\x7F");
    fl_buf out = fl_buf_heap(2 * SIZE);

    for (size_t i = 0; i < n; i++) {
        fl_buf_clear(&out);
        fl_base64_encode(from, FL_BASE64, &out);
        fl_bench_use(out.data);
    }
    fl_buf_free(&out);
}

static void openssl_encode(size_t n)
{
    fl_str from = filled("\x01\xA7\x33\xFE\x80\x7F");

    for (size_t i = 0; i < n; i++)
        fl_bench_use(EVP_EncodeBlock(encoded, (const uint8_t *)from.data, (int)from.size));
}

FL_BENCH_PAIR(base64_encode, our_encode, openssl_encode, .unit = "64 KiB", .target = 1.5, .target_of = FL_TARGET_TIMES_FASTER);

static fl_str prepared(void)
{
    fl_str from = filled("\x01\xA7\x33\xFE\x80\x7F");

    encoded_size = (size_t)EVP_EncodeBlock(encoded, (const uint8_t *)from.data, (int)from.size);
    return fl_str_n((const char *)encoded, encoded_size);
}

static void our_decode(size_t n)
{
    fl_str text = prepared();
    fl_buf out = fl_buf_heap(2 * SIZE);

    for (size_t i = 0; i < n; i++) {
        fl_buf_clear(&out);
        fl_bench_use(fl_base64_decode(text, FL_BASE64, &out));
    }
    fl_buf_free(&out);
}

static void openssl_decode(size_t n)
{
    fl_str text = prepared();

    for (size_t i = 0; i < n; i++)
        fl_bench_use(EVP_DecodeBlock(decoded, (const uint8_t *)text.data, (int)text.size));
}

FL_BENCH_PAIR(base64_decode, our_decode, openssl_decode, .unit = "64 KiB", .target = 1.2, .target_of = FL_TARGET_TIMES_FASTER);

FL_BENCH(percent_encode, .unit = "64 KiB")
{
    fl_str text = filled("a title with spaces, and déjà vu/");
    fl_buf out = fl_buf_heap(4 * SIZE);

    for (size_t i = 0; i < n; i++) {
        fl_buf_clear(&out);
        fl_percent_encode(text, "/", &out);
        fl_bench_use(out.data);
    }
    fl_buf_free(&out);
}

FL_BENCH(form_of_six_fields, .unit = "form")
{
    fl_str form = fl_lit("csrf=h7Gk20PqLx&title=A+day+in+d%C3%A9cembre&body=It+was+cold%2C+and+so+on&tags=a&tags=b&save=");

    for (size_t i = 0; i < n; i++)
        fl_scope {
            fl_str name, value, rest = form;
            while (fl_form_next(&rest, &name, &value))
                fl_bench_use(value.data);
        }
}

static void our_hmac(size_t n)
{
    uint8_t mac[FL_SHA256_SIZE];

    for (size_t i = 0; i < n; i++) {
        fl_hmac(FL_SHA256, fl_str_n(bytes, 32), fl_str_n(bytes, 64), mac);
        fl_bench_use(mac[0]);
    }
}

static void openssl_hmac(size_t n)
{
    uint8_t mac[FL_SHA256_SIZE];
    unsigned size;

    for (size_t i = 0; i < n; i++)
        fl_bench_use(HMAC(EVP_sha256(), bytes, 32, (const uint8_t *)bytes, 64, mac, &size));
}

FL_BENCH_PAIR(hmac_sha256_of_64_bytes, our_hmac, openssl_hmac, .unit = "message", .target = 2,
              .target_of = FL_TARGET_TIMES_FASTER);

FL_BENCH(random_of_16_bytes, .unit = "token", .target = 200, .target_of = FL_TARGET_NANOSECONDS)
{
    uint8_t token[16];

    for (size_t i = 0; i < n; i++) {
        fl_random_bytes(token, sizeof token);
        fl_bench_use(token[0]);
    }
}
