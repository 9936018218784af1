/* Signing against Django's answers (tests/oracle/signing.py), ages, former keys, cookies, and what is refused. */
#include <errno.h>
#include <fleche/signing.h>
#include "../codec/vectors.h"

static const char site_key[] = "compat-test-secret-key-0123456789abcdefghijklmnopqrstuvwx";
enum { FROZEN = 1700000000 };

static const fl_signer site = { .key = { site_key, sizeof site_key - 1 } };

static void thaw(void *data)
{
    (void)data;
    fl_clock_thaw();
}

static void freeze(long long unix_seconds)
{
    fl_defer(thaw, NULL);
    fl_clock_freeze(fl_datetime_of_unix(unix_seconds, 750000));
}

/* -- Django's answers -------------------------------------------------------------------------------------------------------- */

static const char *salt_of(fl_str field) { return field.size == 0 ? NULL : fl_str_c(field); }

static fl_str hex(const uint8_t *bytes, size_t size)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 1024);

    fl_hex_encode(fl_str_n((const char *)bytes, size), &out);
    return fl_buf_str(&out);
}

static void check_hmac(const vector *v)
{
    uint8_t mac[FL_HASH_MAX];
    fl_hash hash = FL_HASH_COUNT;

    fl_expect(fl_hash_named(v->fields[1], &hash));
    fl_salted_hmac(hash, v->fields[2], v->fields[3], v->fields[4], mac);
    fl_expect_bytes(hex(mac, fl_hash_size(hash)), v->fields[5]);
}

static void check_pbkdf2(const vector *v)
{
    uint8_t key[FL_HASH_MAX];
    fl_hash hash = FL_HASH_COUNT;

    fl_expect(fl_hash_named(v->fields[1], &hash));
    fl_expect_ok(fl_pbkdf2(hash, v->fields[2], v->fields[3], (unsigned)vector_int(v, 4), key, fl_hash_size(hash)));
    fl_expect_bytes(hex(key, fl_hash_size(hash)), v->fields[5]);
}

static void check_sign(const vector *v)
{
    const fl_signer signer = { .key = v->fields[1],
                               .salt = salt_of(v->fields[2]),
                               .separator = fl_str_c(v->fields[3]),
                               .algorithm = fl_str_c(v->fields[4]) };

    fl_expect_bytes(fl_sign(&signer, v->fields[5]), v->fields[6]);
    fl_expect_bytes(fl_unsign(&signer, v->fields[6]), v->fields[5]);
}

static void check_timed(const vector *v)
{
    const fl_signer signer = { .key = v->fields[1], .salt = salt_of(v->fields[2]) };
    long long time = vector_int(v, 3);
    fl_datetime when;
    fl_str value;

    freeze(time);
    fl_expect_bytes(fl_sign_timed(&signer, v->fields[4]), v->fields[5]);
    fl_expect_ok(fl_try_unsign_timed(&signer, v->fields[5], FL_SECONDS(1), &value, &when));
    fl_expect_bytes(value, v->fields[4]);
    fl_expect_equal(fl_datetime_unix(when), time);
}

static void check_same(const fl_json *got, fl_str wanted)
{
    fl_expect(fl_value_equal(got->value, fl_json_parse(fl_str_c(wanted))->value));
}

/* zlib may compress as it likes: only that it was worth while must be the same. */
static void check_payload(fl_str ours, fl_str theirs)
{
    if (fl_str_starts(theirs, fl_lit(".")))
        fl_expect(fl_str_starts(ours, fl_lit(".")));
    else
        fl_expect_bytes(ours, theirs);
}

static void check_object(const vector *v)
{
    const fl_signer signer = { .key = v->fields[1], .salt = salt_of(v->fields[2]) };
    fl_value object = fl_json_parse(fl_str_c(v->fields[3]))->value;
    fl_str ours = fl_sign_object(&signer, object, vector_int(v, 4) ? FL_SIGN_COMPRESS : 0);

    check_payload(ours, v->fields[5]);
    check_same(fl_unsign_object(&signer, ours), v->fields[3]);
    check_same(fl_unsign_object(&signer, v->fields[5]), v->fields[3]);
}

static void check_dumps(const vector *v)
{
    const fl_signer signer = { .key = v->fields[1], .salt = salt_of(v->fields[2]) };
    fl_value object = fl_json_parse(fl_str_c(v->fields[4]))->value;

    freeze(vector_int(v, 3));
    fl_str ours = fl_sign_dumps(&signer, object, vector_int(v, 5) ? FL_SIGN_COMPRESS : 0);
    check_payload(ours, v->fields[6]);
    check_same(fl_sign_loads(&signer, ours, FL_SECONDS(1)), v->fields[4]);
    check_same(fl_sign_loads(&signer, v->fields[6], FL_FOREVER), v->fields[4]);
}

static void check_vector(const vector *v)
{
    static const struct {
        const char *kind;
        void (*check)(const vector *v);
    } kinds[] = {
        { "hmac", check_hmac },   { "pbkdf2", check_pbkdf2 }, { "sign", check_sign },
        { "timed", check_timed }, { "object", check_object }, { "dumps", check_dumps },
    };

    for (size_t i = 0; i < FL_LENGTH(kinds); i++)
        if (vector_is(v, kinds[i].kind)) {
            kinds[i].check(v);
            return;
        }
    fl_fail("an unknown kind of vector");
}

FL_TEST(signs_and_reads_as_django, .no_torture = true) { each_vector("signing", check_vector); }

/* Django 6.1's own output, of a run of it. */
FL_TEST(signs_what_django_6_1_signed)
{
    const fl_signer extra = { .key = site.key, .salt = "extra" };

    freeze(FROZEN);
    fl_expect_bytes(fl_sign(&site, fl_lit("hello")), fl_lit("hello:psPB66-QoK9qPbrWKTb3TB0byexb0xuZEUfVkpqvjfc"));
    fl_expect_bytes(fl_sign_timed(&site, fl_lit("hello")), fl_lit("hello:1r31eq:GOufQWx9855M3OjlB5g8ScVZrgOCXnxZ-bUiikozK-U"));
    fl_expect_bytes(fl_sign_timed(&extra, fl_lit("hello")), fl_lit("hello:1r31eq:4Xm1k1FRwSiMgbmAHYtfOsmXDtTQhxAMq1d_WgUtu3I"));
    fl_expect_bytes(fl_sign_dumps(&site, fl_box(fl_dict_of("a", 1, "b", "é")), 0),
                    fl_lit("eyJhIjoxLCJiIjoiXHUwMGU5In0:1r31eq:BIGwIvKDqlE9MDivRzZMsgotT4CJ2ipyom5Kjkb6AwE"));
    fl_str packed = fl_lit(".eJyrVkpUslKqoANQqgUAPCcw_A:1r31eq:TVO8uiLHs3IoXE-yV0hvbtzkd66fI7wS2UTl3WpPOSw");
    const char *text = fl_json_text(fl_sign_loads(&site, packed, FL_FOREVER), "a");
    fl_expect_equal(strlen(text), 100);
    fl_expect_equal(strspn(text, "x"), 100);
}

/* -- what is refused --------------------------------------------------------------------------------------------------------- */

FL_TEST(every_changed_byte_is_found)
{
    fl_str text = fl_sign(&site, fl_lit("user=7")), value;
    char *changed = fl_str_c(text);

    for (size_t i = 0; i < text.size; i++) {
        fl_label("byte %zu", i);
        changed[i] ^= 1;
        fl_expect_equal(fl_try_unsign(&site, fl_str_of(changed), &value), -EBADMSG);
        changed[i] ^= 1;
    }
    fl_expect_equal(fl_try_unsign(&site, fl_str_slice(text, 0, text.size - 1), &value), -EBADMSG);
    fl_expect_equal(fl_try_unsign(&site, fl_str_of(fl_text("%s=", changed)), &value), -EBADMSG);
    fl_expect_ok(fl_try_unsign(&site, text, &value));
}

static void unsign(void *text) { (void)fl_unsign(&site, fl_str_of(text)); }

FL_TEST(a_bad_signature_says_what_to_look_for)
{
    fl_error *error = fl_expect_raises(FL_BAD_SIGNATURE, unsign, "hello:nonsense");

    fl_expect_text(error->message, "the signature does not match");
    fl_expect_contains(error->hint, "another key or salt");
    fl_expect_equal(fl_error_status(error), 400);
    fl_expect_text(fl_expect_raises(FL_BAD_SIGNATURE, unsign, "hello")->message, "no ':' found in the signed text");
    fl_expect_error(FL_BAD_SIGNATURE, unsign, "");
    fl_expect_error(FL_BAD_SIGNATURE, unsign, ":");
}

FL_TEST(one_salts_signature_is_refused_by_another)
{
    const fl_signer a = { .key = site.key, .salt = "a" }, b = { .key = site.key, .salt = "b" };
    fl_str value;

    fl_expect_equal(fl_try_unsign(&b, fl_sign(&a, fl_lit("x")), &value), -EBADMSG);
    fl_expect_equal(fl_try_unsign(&site, fl_sign(&a, fl_lit("x")), &value), -EBADMSG);
}

static const struct {
    const char *why;
    fl_signer signer;
} unfit[] = {
    { "it has no key", { .separator = ":" } },
    { "its separator is empty or has only A-z0-9-_=", { .key = FL_LIT("k"), .separator = "" } },
    { "its separator is empty or has only A-z0-9-_=", { .key = FL_LIT("k"), .separator = "-" } },
    { "its separator is empty or has only A-z0-9-_=", { .key = FL_LIT("k"), .separator = "A_9z=^" } },
    { "its algorithm is unknown", { .key = FL_LIT("k"), .algorithm = "sha3" } },
};

static void sign_x(void *signer) { (void)fl_sign(signer, fl_lit("x")); }

static void check_unfit(const void *row)
{
    const __typeof__(*unfit) *u = row;
    fl_str value;
    fl_json *json;

    fl_expect_contains(fl_expect_raises(FL_PROGRAMMING_ERROR, sign_x, &u->signer)->message, u->why);
    fl_expect_equal(fl_try_unsign(&u->signer, fl_lit("x:y"), &value), -EINVAL);
    fl_expect_equal(fl_try_sign_loads(&u->signer, fl_lit("x:y"), FL_FOREVER, &json), -EINVAL);
}

FL_TEST(a_signer_that_would_not_be_safe_signs_nothing) { fl_table(unfit, check_unfit); }

/* -- ages -------------------------------------------------------------------------------------------------------------------- */

static void unsign_old(void *text) { (void)fl_unsign_timed(&site, *(fl_str *)text, FL_SECONDS(10)); }

FL_TEST(what_is_too_old_has_expired)
{
    fl_str value;

    freeze(FROZEN);
    fl_str text = fl_sign_timed(&site, fl_lit("x"));
    fl_clock_advance(FL_MILLISECONDS(9250));
    fl_expect_ok(fl_try_unsign_timed(&site, text, FL_SECONDS(10), &value, NULL));
    fl_clock_advance(FL_MICROSECONDS(1));
    fl_expect_equal(fl_try_unsign_timed(&site, text, FL_SECONDS(10), &value, NULL), -ETIME);
    fl_error *error = fl_expect_raises(FL_SIGNATURE_EXPIRED, unsign_old, &text);
    fl_expect(fl_error_is(error, FL_BAD_SIGNATURE));
    fl_expect_bytes(fl_unsign_timed(&site, text, FL_FOREVER), fl_lit("x"));
    fl_expect_equal(fl_try_unsign_timed(&site, text, FL_SECONDS(0), &value, NULL), -ETIME);
}

FL_TEST(a_time_that_is_none_is_a_bad_signature)
{
    const fl_signer signer = { .key = site.key, .salt = "django.core.signing.TimestampSigner" };
    static const char *const values[] = { "x:", "x:!", "x", "x:zzzzzzzzzz", "x:-zzzzzzzzzz", "x:zzzzzzzzzzzzzzzzzz" };
    fl_str value;

    for (size_t i = 0; i < FL_LENGTH(values); i++) {
        fl_label("%s", values[i]);
        fl_str text = fl_sign(&signer, fl_str_of(values[i]));
        fl_expect_equal(fl_try_unsign_timed(&site, text, FL_FOREVER, &value, NULL), -EBADMSG);
    }
}

FL_TEST(what_was_signed_in_the_future_is_not_old)
{
    freeze(FROZEN);
    fl_str text = fl_sign_timed(&site, fl_lit("x"));
    fl_clock_freeze(fl_datetime_of_unix(FROZEN - 3600, 0));
    fl_expect_bytes(fl_unsign_timed(&site, text, FL_SECONDS(0)), fl_lit("x"));
}

/* -- former keys ------------------------------------------------------------------------------------------------------------- */

FL_TEST(former_keys_read_but_do_not_sign)
{
    const fl_str former[] = { fl_lit("older"), fl_lit("oldest") };
    const fl_signer now = { .key = fl_lit("new"), .fallbacks = former, .fallback_count = 2 };
    const fl_signer oldest = { .key = fl_lit("oldest") }, fresh = { .key = fl_lit("new") };
    fl_str text = fl_sign(&oldest, fl_lit("x")), value;

    fl_expect_bytes(fl_unsign(&now, text), fl_lit("x"));
    fl_expect_equal(fl_try_unsign(&fresh, text, &value), -EBADMSG);
    fl_expect_bytes(fl_sign(&now, fl_lit("x")), fl_sign(&fresh, fl_lit("x")));
}

/* -- objects ----------------------------------------------------------------------------------------------------------------- */

static fl_str many(char c, size_t size)
{
    char *text = fl_alloc(size + 1);

    memset(text, c, size);
    return fl_str_n(text, size);
}

FL_TEST(a_bomb_is_not_inflated_beyond_the_limit)
{
    const fl_signer small = { .key = site.key, .largest = 1000 };
    fl_str text = fl_sign_object(&site, fl_box(many('x', 100000)), FL_SIGN_COMPRESS);
    fl_json *json;

    fl_expect(text.size < 400);
    fl_expect_ok(fl_try_unsign_object(&site, text, &json));
    fl_expect_equal(fl_try_unsign_object(&small, text, &json), -E2BIG);
    text = fl_sign_object(&site, fl_box(many('x', (1 << 20) - 2)), FL_SIGN_COMPRESS);
    fl_expect_ok(fl_try_unsign_object(&site, text, &json));
    text = fl_sign_object(&site, fl_box(many('x', (1 << 20) - 1)), FL_SIGN_COMPRESS);
    fl_expect_equal(fl_try_unsign_object(&site, text, &json), -E2BIG);
    fl_expect_equal(fl_try_unsign_object(&small, fl_sign_object(&site, fl_box(many('x', 999)), 0), &json), -E2BIG);
}

/* Signed by us, and still no object. */
FL_TEST(what_is_signed_and_no_object_is_a_bad_signature)
{
    static const char *const payloads[] = {
        "", ".", "!", "eA", ".eA", "e", ".eJyrVkpUslKqoANQqgU", ".eJyrVkpUslKqoANQqgUAPCcw_AAA"
    };
    fl_json *json;

    for (size_t i = 0; i < FL_LENGTH(payloads); i++) {
        fl_label("'%s'", payloads[i]);
        fl_expect_equal(fl_try_unsign_object(&site, fl_sign(&site, fl_str_of(payloads[i])), &json), -EBADMSG);
    }
}

static void sign_nan(void *data)
{
    (void)data;
    (void)fl_sign_object(&site, fl_box(__builtin_nan("")), 0);
}

FL_TEST(what_json_cannot_say_is_not_signed) { fl_expect_error(FL_VALUE_ERROR, sign_nan, NULL); }

/* -- cookies ----------------------------------------------------------------------------------------------------------------- */

/* set_signed_cookie("pref", "blue", salt) at FROZEN: of runs of Django 6.1.1, and 3.2.25 for the legacy ones. */
static const struct {
    const char *salt, *current, *legacy;
} cookies[] = {
    { "ns", "blue:1r31eq:Dygh_JaZStQud9y1y1_x6IZYiUiKQUo6miKB_pdinbY",
      "blue:1r31eq:ZacIWb06c35Wkwyhknp-2je2EeiCKP-q6CiLq0CUEG0" },
    { "", "blue:1r31eq:Eem64zP_0Xp4hA_u8q2rGRJqKcl5XS4iLXBLsAJrITU", "blue:1r31eq:ruElD1JUATexKOl3MEi4p8QSkQkz0fJu1zOhKIValFA" },
};

static void check_cookie(const void *row)
{
    const __typeof__(*cookies) *c = row;
    fl_str value;

    freeze(FROZEN);
    fl_signer current = fl_cookie_signer(&site, "pref", c->salt), legacy = fl_cookie_signer_legacy(&site, "pref", c->salt);
    fl_expect_bytes(fl_sign_timed(&current, fl_lit("blue")), fl_str_of(c->current));
    fl_expect_bytes(fl_sign_timed(&legacy, fl_lit("blue")), fl_str_of(c->legacy));
    fl_expect_ok(fl_try_unsign_cookie(&site, "pref", c->salt, fl_str_of(c->current), FL_SECONDS(9), false, &value));
    fl_expect_bytes(value, fl_lit("blue"));
    fl_expect_equal(fl_try_unsign_cookie(&site, "pref", c->salt, fl_str_of(c->legacy), FL_SECONDS(9), false, &value), -EBADMSG);
    fl_expect_ok(fl_try_unsign_cookie(&site, "pref", c->salt, fl_str_of(c->legacy), FL_SECONDS(9), true, &value));
    fl_expect_equal(fl_try_unsign_cookie(&site, "other", c->salt, fl_str_of(c->current), FL_SECONDS(9), true, &value), -EBADMSG);
}

FL_TEST(cookies_are_signed_as_django_6_1_does) { fl_table(cookies, check_cookie); }

FL_TEST(name_and_salt_of_a_cookie_are_kept_apart)
{
    fl_signer a = fl_cookie_signer(&site, "bc", "a"), b = fl_cookie_signer(&site, "c", "ab");
    fl_signer wide = fl_cookie_signer(&site, "n", "é");
    fl_str value;

    fl_expect_equal(fl_try_unsign_timed(&b, fl_sign_timed(&a, fl_lit("x")), FL_FOREVER, &value, NULL), -EBADMSG);
    fl_expect_text(wide.salt, "django.http.cookies.v2:1:én");           /* counted in characters, as Python does */
}

FL_TEST(former_keys_read_cookies_too)
{
    const fl_str former[] = { site.key };
    const fl_signer now = { .key = fl_lit("new"), .fallbacks = former, .fallback_count = 1 };
    fl_str value;

    fl_expect_ok(fl_try_unsign_cookie(&now, "pref", "ns", fl_str_of(cookies[0].current), FL_FOREVER, false, &value));
    fl_expect_bytes(value, fl_lit("blue"));
}

/* -- the utilities beneath --------------------------------------------------------------------------------------------------- */

FL_TEST(random_text_is_of_djangos_alphabet_and_differs)
{
    const char *a = fl_random_text(64), *b = fl_random_text(64);
    const char *key = fl_random_text_of(32, "abcdefghijklmnopqrstuvwxyz0123456789");

    fl_expect_equal(strlen(a), 64);
    fl_expect_equal(strspn(a, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"), 64);
    fl_expect(!fl_text_is(a, b));
    fl_expect_equal(strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789"), 32);
}

FL_TEST(comparison_in_constant_time_is_comparison)
{
    fl_expect(fl_constant_time_equal(fl_lit("spam"), fl_lit("spam")));
    fl_expect(!fl_constant_time_equal(fl_lit("spam"), fl_lit("eggs")));
    fl_expect(!fl_constant_time_equal(fl_lit("spam"), fl_lit("spa")));
}
