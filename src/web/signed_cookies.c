/* Signed cookies: the value, when it was made, and a signature with the site's key, in Django's bytes. */
#include <errno.h>
#include <fleche/signing.h>
#include "web/web.h"

/* The site's keys: the present one, and those before it. */
static fl_signer site_signer(void)
{
    fl_list *keys = fl_secret_keys();
    fl_str *texts = fl_new_array(fl_str, fl_len(keys));

    for (size_t i = 0; i < fl_len(keys); i++)
        texts[i] = fl_list_at(keys, (fl_int)i).text;
    return (fl_signer){ .key = texts[0], .fallbacks = texts + 1, .fallback_count = fl_len(keys) - 1 };
}

void fl_set_signed_cookie_(fl_response *response, const char *name, const char *value, const char *salt,
                           const fl_cookie_options *options)
{
    fl_signer site = site_signer(), own = fl_cookie_signer(&site, name, salt);

    fl_set_cookie_(response, name, fl_str_c(fl_sign_timed(&own, fl_str_of(value))), options);
}

const char *fl_signed_cookie(const fl_request *request, const char *name, const char *salt, fl_duration max_age)
{
    const char *text = fl_cookie(request, name);
    fl_signer site = site_signer();
    fl_duration limit = max_age.us == 0 ? FL_FOREVER : max_age;
    fl_str value;

    if (text == NULL)
        return NULL;
    int code = fl_try_unsign_cookie(&site, name, salt, fl_str_of(text), limit,
                                    fl_settings_now()->signed_cookie_legacy_salt_fallback, &value);
    if (code == -ETIME)
        fl_raise(FL_SIGNATURE_EXPIRED, "the cookie %s is too old", name);
    if (code != 0)
        fl_raise(FL_BAD_SIGNATURE, "the cookie %s is not signed by this site", name);
    return fl_str_c(value);
}
