/* Signed cookies: a key and a salt for each cookie, so that the value of one is refused for another. */
#include <errno.h>
#include <fleche/unicode.h>
#include "signing/signing.h"

/* Django's prefix, so that a cookie's signature says nothing about other uses of the site's key. */
static fl_str cookie_key(fl_str key)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    if (key.size == 0)
        return key;
    fl_buf_add_c(&out, "django.http.cookies");
    fl_buf_add(&out, key);
    (void)fl_buf_c(&out);
    return fl_buf_str(&out);
}

static fl_signer signer_with(const fl_signer *site, const char *salt)
{
    fl_signer signer = *site;
    fl_str *fallbacks = fl_new_array(fl_str, site->fallback_count);

    for (size_t i = 0; i < site->fallback_count; i++)
        fallbacks[i] = cookie_key(site->fallbacks[i]);
    signer.key = cookie_key(site->key);
    signer.fallbacks = fallbacks;
    signer.salt = salt;
    return signer;
}

/* The size in characters keeps apart which part of the text is whose: ("a", "bc") from ("ab", "c"). */
fl_signer fl_cookie_signer(const fl_signer *site, const char *name, const char *salt)
{
    return signer_with(site, fl_text("django.http.cookies.v2:%zu:%s%s", fl_utf8_count(fl_str_of(salt)), salt, name));
}

fl_signer fl_cookie_signer_legacy(const fl_signer *site, const char *name, const char *salt)
{
    return signer_with(site, fl_text("%s%s", name, salt));
}

int fl_try_unsign_cookie(const fl_signer *site, const char *name, const char *salt, fl_str text, fl_duration max_age, bool legacy,
                         fl_str *ret)
{
    fl_signer signer = fl_cookie_signer(site, name, salt);
    int code = fl_try_unsign_timed(&signer, text, max_age, ret, NULL);

    if (code != -EBADMSG || !legacy)
        return code;
    signer = fl_cookie_signer_legacy(site, name, salt);
    return fl_try_unsign_timed(&signer, text, max_age, ret, NULL);
}
