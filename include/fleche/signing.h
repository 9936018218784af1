/* Signed text, as django.core.signing writes it: what comes back from a browser is known to be ours, and how old it is.
 *
 *     const fl_signer signer = { .key = secret, .salt = "newsletter" };
 *     fl_str link = fl_sign_timed(&signer, fl_lit("ada@example.com"));        // ada@example.com:1r31eq:GOufQWx9855…
 *     fl_str address = fl_unsign_timed(&signer, link, FL_DAYS(3));            // raises FL_BAD_SIGNATURE, FL_SIGNATURE_EXPIRED
 *
 *     fl_str token = fl_sign_dumps(&signer, fl_box(fl_dict_of("user", 7)), 0);
 *     fl_json *back = fl_sign_loads(&signer, token, FL_HOURS(1));
 *
 * What Django signed with the same key and salt is read, and the other way round. Signed is not secret: everybody can read it.
 * Give each purpose a salt of its own, so that what was signed for one is refused by another. Results are in the current
 * arena. */
#pragma once
#include "crypto.h"
#include "error.h"
#include "json.h"

typedef struct fl_signer {
    fl_str key;                                      /* required */
    const fl_str *fallbacks;                         /* former keys, good for what was signed with them: SECRET_KEY_FALLBACKS */
    size_t fallback_count;
    const char *salt;                                /* NULL: Django's for the function called */
    const char *separator;                           /* NULL: ":" */
    const char *algorithm;                           /* NULL: "sha256" */
    size_t largest;                                  /* bytes that an object may have as JSON, once inflated; 0: 1 MiB */
} fl_signer;

extern const fl_error_class FL_BAD_SIGNATURE,        /* a FL_BAD_REQUEST: not signed by us, or not for this */
    FL_SIGNATURE_EXPIRED;                            /* a FL_BAD_SIGNATURE: ours, but too old */

/* All raise FL_PROGRAMMING_ERROR, and the `try` forms return -EINVAL, for a signer without a key, with an unknown algorithm,
 * or with a separator that could be a part of a signature. Codes: -EBADMSG as FL_BAD_SIGNATURE, -ETIME as
 * FL_SIGNATURE_EXPIRED, -ENOMEM. */

/* -- text: Signer, TimestampSigner ------------------------------------------------------------------------------------------- */
fl_str fl_sign(const fl_signer *signer, fl_str value);
fl_str fl_unsign(const fl_signer *signer, fl_str text);
FL_MUST_CHECK int fl_try_unsign(const fl_signer *signer, fl_str text, fl_str *ret);

/* With the time of signing inside; older than max_age (FL_FOREVER: any) is expired. ret_when may be NULL. */
fl_str fl_sign_timed(const fl_signer *signer, fl_str value);
fl_str fl_unsign_timed(const fl_signer *signer, fl_str text, fl_duration max_age);
FL_MUST_CHECK int fl_try_unsign_timed(const fl_signer *signer, fl_str text, fl_duration max_age, fl_str *ret,
                                      fl_datetime *ret_when);

/* -- objects, as JSON: sign_object() and unsign_object(); with the time, dumps() and loads() --------------------------------- */
enum { FL_SIGN_COMPRESS = 1 };                       /* by zlib, where that is shorter */
fl_str fl_sign_object(const fl_signer *signer, fl_value object, unsigned flags);   /* raises FL_VALUE_ERROR: JSON cannot say it */
fl_json *fl_unsign_object(const fl_signer *signer, fl_str text);
FL_MUST_CHECK int fl_try_unsign_object(const fl_signer *signer, fl_str text, fl_json **ret);    /* -E2BIG: above `largest` */
fl_str fl_sign_dumps(const fl_signer *signer, fl_value object, unsigned flags);
fl_json *fl_sign_loads(const fl_signer *signer, fl_str text, fl_duration max_age);
FL_MUST_CHECK int fl_try_sign_loads(const fl_signer *signer, fl_str text, fl_duration max_age, fl_json **ret);

/* -- cookies ----------------------------------------------------------------------------------------------------------------- */
/* fl_cookie_signer is the signer of a cookie of that name: keys and salt as Django 6.1 makes them of the site's keys and the
 * salt given to set_signed_cookie(). Its values are signed with the time. fl_cookie_signer_legacy has the salt of versions up
 * to 5.2.14. */
fl_signer fl_cookie_signer(const fl_signer *site, const char *name, const char *salt);
fl_signer fl_cookie_signer_legacy(const fl_signer *site, const char *name, const char *salt);
/* fl_try_unsign_cookie also reads what has the legacy salt if `legacy` says so (SIGNED_COOKIE_LEGACY_SALT_FALLBACK). */
FL_MUST_CHECK int fl_try_unsign_cookie(const fl_signer *site, const char *name, const char *salt, fl_str text,
                                       fl_duration max_age, bool legacy, fl_str *ret);

/* -- beneath ----------------------------------------------------------------------------------------------------------------- */
/* fl_salted_hmac is Django's: the HMAC of the value by hash(key_salt secret); fl_hash_size(hash) bytes. */
void fl_salted_hmac(fl_hash hash, fl_str key_salt, fl_str value, fl_str secret, uint8_t *ret);
