/* Signed cookies: the value, when it was made, and a signature with the site's key, in Django's bytes. */
#include <fleche/signing.h>
#include "web/web.h"

void fl_set_signed_cookie_(fl_response *response, const char *name, const char *value, const char *salt, const fl_cookie_options *options)
{
    fl_set_cookie_(response, name, fl_cookie_sign(fl_settings_keys(), name, salt, value), options);
}

const char *fl_signed_cookie(const fl_request *request, const char *name, const char *salt, fl_duration max_age)
{
    const char *signed_value = fl_cookie(request, name);
    return signed_value == NULL ? NULL : fl_cookie_unsign(fl_settings_keys(), name, salt, signed_value, max_age);
}
