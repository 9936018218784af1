/* Security: everything over HTTPS, and headers that tell browsers to be strict. The headers' texts are made when the site starts. */
#include <fleche/buf.h>
#include <fleche/middleware.h>
#include "middleware/patterns.h"

/* One a process; the texts live as long as the site. */
static struct {
    bool redirects;
    const char *redirect_host, *hsts, *nosniff, *referrer_policy, *opener_policy; /* NULL: no such header */
    fl_patterns exempt;
} here;

/* -- starting -------------------------------------------------------------------------------------------------------------------------- */

static const char *hsts_of(const fl_settings *s)
{
    if (s->secure_hsts_seconds == 0)
        return NULL;
    return fl_text("max-age=%d%s%s", s->secure_hsts_seconds, s->secure_hsts_include_subdomains ? "; includeSubDomains" : "",
                   s->secure_hsts_preload ? "; preload" : "");
}

/* "no-referrer, same-origin" as browsers get it: without spaces. */
static const char *referrer_policy_of(const char *setting)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 4096);
    fl_str rest = fl_str_of(setting), word;

    if (setting == NULL || setting[0] == '\0')
        return NULL;
    while (fl_str_cut(&rest, ',', &word)) {
        if (out.size > 0)
            fl_buf_add_char(&out, ',');
        fl_buf_add(&out, fl_str_trim(word));
    }
    return fl_buf_c(&out);
}

static const char *text_or_null(const char *text) { return text == NULL || text[0] == '\0' ? NULL : text; }

static bool start(const fl_settings *s)
{
    here.redirects = s->secure_ssl_redirect;
    here.redirect_host = text_or_null(s->secure_ssl_host);
    here.exempt = fl_patterns_compile(s->secure_redirect_exempt, "secure_redirect_exempt", 0);
    here.hsts = hsts_of(s);
    here.nosniff = s->secure_content_type_nosniff ? "nosniff" : NULL;
    here.referrer_policy = referrer_policy_of(s->secure_referrer_policy);
    here.opener_policy = text_or_null(s->secure_cross_origin_opener_policy);
    return true;
}

/* -- each request ------------------------------------------------------------------------------------------------------------------------ */

static bool is_exempt(const fl_request *request)
{
    const char *path = request->path + strspn(request->path, "/");
    return here.exempt.count > 0 && fl_patterns_match(&here.exempt, fl_str_of(path), FL_REGEX_SEARCH);
}

static fl_response *to_https(const fl_request *request)
{
    const char *host = here.redirect_host == NULL ? request->host : here.redirect_host;
    return fl_redirect_to(fl_text("https://%s%s", host, request->full_path), .permanent = true);
}

static fl_response *call(fl_request *request, fl_next *next)
{
    bool secure = fl_is_secure(request);

    bool redirects = FL_UNLIKELY(here.redirects) && !secure && !is_exempt(request);
    fl_response *response = redirects ? to_https(request) : fl_call_next(next, request);

    if (here.hsts != NULL && secure)
        fl_set_default_header(response, "Strict-Transport-Security", here.hsts);
    if (here.nosniff != NULL)
        fl_set_default_header(response, "X-Content-Type-Options", here.nosniff);
    if (here.referrer_policy != NULL)
        fl_set_default_header(response, "Referrer-Policy", here.referrer_policy);
    if (here.opener_policy != NULL)
        fl_set_default_header(response, "Cross-Origin-Opener-Policy", here.opener_policy);
    return response;
}

FL_MIDDLEWARE(fl_security, .call = call, .start = start);
