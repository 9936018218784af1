/* Signatures of text, with and without the time. */
#include <errno.h>
#include <fleche/codec.h>
#include "signing/signing.h"

FL_ERROR_CLASS(FL_BAD_SIGNATURE, FL_BAD_REQUEST, .message = "The signature is wrong.");
FL_ERROR_CLASS(FL_SIGNATURE_EXPIRED, FL_BAD_SIGNATURE, .message = "The signature has expired.");

static const char plain_salt[] = "django.core.signing.Signer", timed_salt[] = "django.core.signing.TimestampSigner";

enum { SIGNATURE = (FL_HASH_MAX * 4 + 2) / 3 };      /* characters of the longest, in base64 without padding */

void fl_salted_hmac(fl_hash hash, fl_str key_salt, fl_str value, fl_str secret, uint8_t *ret)
{
    uint8_t key[FL_HASH_MAX];
    fl_hasher hasher = fl_hasher_start(hash);

    fl_hasher_add(&hasher, key_salt);
    fl_hasher_add(&hasher, secret);
    fl_hasher_end(&hasher, key);
    fl_hmac(hash, fl_str_n((char *)key, fl_hash_size(hash)), value, ret);
    explicit_bzero(key, sizeof key);
}

/* -- the signer -------------------------------------------------------------------------------------------------------------- */

/* A separator of such characters only could stand in a signature. A-z, as Django's pattern has it: [ \ ] ^ ` too. */
static bool could_be_signature(const char *separator)
{
    for (; *separator != '\0'; separator++) {
        char c = *separator;
        if (!(c >= 'A' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-' && c != '=')
            return false;
    }
    return true;
}

static const char *separator_of(const fl_signer *signer) { return signer->separator == NULL ? ":" : signer->separator; }

static const char *algorithm_of(const fl_signer *signer) { return signer->algorithm == NULL ? "sha256" : signer->algorithm; }

/* 0, or -EINVAL and what is wrong with it. */
static int check(const fl_signer *signer, fl_hash *ret_hash, const char **ret_wrong)
{
    if (signer->key.size == 0)
        *ret_wrong = "it has no key";
    else if (could_be_signature(separator_of(signer)))
        *ret_wrong = "its separator is empty or has only A-z0-9-_=";
    else if (!fl_hash_named(fl_str_of(algorithm_of(signer)), ret_hash))
        *ret_wrong = "its algorithm is unknown";
    else
        return 0;
    return -EINVAL;
}

static fl_hash demand_fit(const fl_signer *signer)
{
    const char *wrong;
    fl_hash hash;

    if (check(signer, &hash, &wrong) == 0)
        return hash;
    fl_error *error = fl_error_new(FL_PROGRAMMING_ERROR, "this signer cannot sign: %s", wrong);
    error->detail = fl_text("separator '%s', algorithm '%s'", separator_of(signer), algorithm_of(signer));
    error->code = -EINVAL;
    fl_reraise(error);
}

fl_signer fl_signer_with(const fl_signer *signer, const char *salt)
{
    fl_signer salted = *signer;

    if (salted.salt == NULL)
        salted.salt = salt;
    return salted;
}

/* -- signatures -------------------------------------------------------------------------------------------------------------- */

/* Appends the signature of the value by one key to a buffer that has room for any. */
static int add_signature(const fl_signer *signer, fl_hash hash, fl_str key, fl_str value, fl_buf *out)
{
    uint8_t mac[FL_HASH_MAX];
    fl_buf salt = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    fl_buf_add_c(&salt, signer->salt);
    fl_buf_add_c(&salt, "signer");
    if (fl_buf_failed(&salt))
        return -ENOMEM;
    fl_salted_hmac(hash, fl_buf_str(&salt), value, key, mac);
    fl_base64_encode(fl_str_n((char *)mac, fl_hash_size(hash)), FL_BASE64URL, out);
    return fl_buf_failed(out) ? -ENOMEM : 0;
}

static int is_signed_by(const fl_signer *signer, fl_hash hash, fl_str key, fl_str value, fl_str signature)
{
    char room[SIGNATURE + 1];
    fl_buf expected = { .data = room, .capacity = SIGNATURE, .limit = SIGNATURE };
    int code = add_signature(signer, hash, key, value, &expected);

    return code != 0 ? code : fl_constant_time_equal(fl_buf_str(&expected), signature);
}

static bool split_last(fl_str text, fl_str separator, fl_str *ret_before, fl_str *ret_behind)
{
    if (text.size < separator.size)
        return false;
    for (size_t at = text.size - separator.size + 1; at-- > 0;)
        if (fl_str_equal(fl_str_slice(text, at, separator.size), separator)) {
            *ret_before = fl_str_slice(text, 0, at);
            *ret_behind = fl_str_slice(text, at + separator.size, SIZE_MAX);
            return true;
        }
    return false;
}

static int unsign(const fl_signer *signer, fl_str text, fl_str *ret)
{
    fl_str value, signature;
    const char *wrong;
    fl_hash hash;

    if (check(signer, &hash, &wrong) != 0)
        return -EINVAL;
    if (!split_last(text, fl_str_of(separator_of(signer)), &value, &signature))
        return -EBADMSG;
    int found = is_signed_by(signer, hash, signer->key, value, signature);
    for (size_t i = 0; i < signer->fallback_count && found == 0; i++)
        found = is_signed_by(signer, hash, signer->fallbacks[i], value, signature);
    if (found <= 0)
        return found == 0 ? -EBADMSG : found;
    *ret = value;
    return 0;
}

/* A copy with a NUL behind, so that results do not depend on the signed text. */
static int copied(fl_str value, fl_str *ret)
{
    char *copy = fl_arena_try_alloc(fl_arena_here(), value.size + 1);

    if (copy == NULL)
        return -ENOMEM;
    if (value.size > 0)
        memcpy(copy, value.data, value.size);
    copy[value.size] = '\0';
    *ret = fl_str_n(copy, value.size);
    return 0;
}

static fl_str sign(const fl_signer *signer, fl_str value)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);
    fl_hash hash = demand_fit(signer);

    fl_buf_add(&out, value);
    fl_buf_add_c(&out, separator_of(signer));
    int code = add_signature(signer, hash, signer->key, value, &out);
    if (code != 0)
        fl_raise_code(code, "a signature");
    return (fl_str){ fl_buf_c(&out), out.size };
}

/* -- with the time ----------------------------------------------------------------------------------------------------------- */

static int unsign_timed(const fl_signer *signer, fl_str text, fl_duration max_age, fl_str *ret, fl_datetime *ret_when)
{
    fl_str stamped, value, stamp;
    long long seconds;
    int code = unsign(signer, text, &stamped);

    if (code != 0)
        return code;
    if (!split_last(stamped, fl_str_of(separator_of(signer)), &value, &stamp) || fl_base62_decode(stamp, &seconds) != 0 ||
        seconds < -62135596800 || seconds > 253402300799)          /* the years 1 to 9999 */
        return -EBADMSG;
    fl_datetime when = fl_datetime_of_unix(seconds, 0);
    if (max_age.us != FL_FOREVER.us && fl_datetime_between(when, fl_now()).us > max_age.us)
        return -ETIME;
    if (ret_when != NULL)
        *ret_when = when;
    *ret = value;
    return 0;
}

fl_str fl_sign_timed(const fl_signer *signer, fl_str value)
{
    fl_signer salted = fl_signer_with(signer, timed_salt);
    fl_buf stamped = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    fl_buf_add(&stamped, value);
    fl_buf_add_c(&stamped, separator_of(signer));
    fl_base62_encode(fl_datetime_unix(fl_now()), &stamped);
    (void)fl_buf_c(&stamped);
    return sign(&salted, fl_buf_str(&stamped));
}

int fl_try_unsign_timed(const fl_signer *signer, fl_str text, fl_duration max_age, fl_str *ret, fl_datetime *ret_when)
{
    fl_signer salted = fl_signer_with(signer, timed_salt);
    fl_str value;
    int code = unsign_timed(&salted, text, max_age, &value, ret_when);

    return code != 0 ? code : copied(value, ret);
}

fl_str fl_unsign_timed(const fl_signer *signer, fl_str text, fl_duration max_age)
{
    fl_str value;
    int code = fl_try_unsign_timed(signer, text, max_age, &value, NULL);

    if (code != 0)
        fl_signing_raise(code, signer, text);
    return value;
}

/* -- without ----------------------------------------------------------------------------------------------------------------- */

fl_str fl_sign(const fl_signer *signer, fl_str value)
{
    fl_signer salted = fl_signer_with(signer, plain_salt);

    return sign(&salted, value);
}

int fl_try_unsign(const fl_signer *signer, fl_str text, fl_str *ret)
{
    fl_signer salted = fl_signer_with(signer, plain_salt);
    fl_str value;
    int code = unsign(&salted, text, &value);

    return code != 0 ? code : copied(value, ret);
}

fl_str fl_unsign(const fl_signer *signer, fl_str text)
{
    fl_str value;
    int code = fl_try_unsign(signer, text, &value);

    if (code != 0)
        fl_signing_raise(code, signer, text);
    return value;
}

/* The text itself is not told: it may be a session, and errors are logged. */
_Noreturn void fl_signing_raise(int code, const fl_signer *signer, fl_str text)
{
    const char *separator = separator_of(signer);

    (void)demand_fit(signer);
    if (code == -ETIME)
        fl_raise(FL_SIGNATURE_EXPIRED, "the signature is older than is allowed here");
    if (code == -E2BIG)
        fl_raise(FL_BAD_SIGNATURE, "the signed object is larger than is allowed here");
    if (code != -EBADMSG)
        fl_raise_code(code, "a signature");
    if (!fl_str_find(text, fl_str_of(separator), NULL))
        fl_raise(FL_BAD_SIGNATURE, "no '%s' found in the signed text", separator);
    fl_error *error = fl_error_new(FL_BAD_SIGNATURE, "the signature does not match");
    error->detail = fl_text("%zu bytes, salt '%s'", text.size, signer->salt == NULL ? "(default)" : signer->salt);
    error->hint = "it was signed with another key or salt, or has been changed; former keys belong into the fallbacks";
    error->code = code;
    fl_reraise(error);
}
