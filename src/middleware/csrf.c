/* CSRF: a form is accepted only from pages of this site. Its browser has a secret in a cookie; the page has the same secret, masked, in a
 * field or a header, which pages of other sites cannot know. */
#include <fleche/crypto.h>
#include <fleche/html.h>
#include <fleche/log.h>
#include <fleche/middleware.h>
#include "middleware/csrf.h"

/* -- what is known of a request ------------------------------------------------------------------------------------------------------------ */

typedef struct csrf_state {
    fl_tag tag;
    fl_str secret; /* empty: the client has none */
    bool needs_cookie, accepted;
    const char *reason; /* why it was refused */
} csrf_state;
static const fl_type state_type = { .name = "csrf_state" };
static const char key[] = "fleche.csrf";

static fl_str new_secret(void) { return fl_str_n(fl_random_text(FL_CSRF_SECRET), FL_CSRF_SECRET); }

/* A cookie in the wrong form is replaced. */
static void read_cookie(const fl_request *request, csrf_state *it)
{
    const char *cookie = fl_cookie(request, fl_settings_now()->csrf_cookie_name);

    if (cookie == NULL)
        return;
    it->needs_cookie = fl_csrf_format_problem(fl_str_of(cookie)) != NULL;
    it->secret = it->needs_cookie ? new_secret() : fl_csrf_secret_of(fl_str_of(cookie));
}

static csrf_state *state_or_null(const fl_request *request)
{
    fl_value v = fl_request_get(request, key);
    return fl_value_is_none(v) ? NULL : (csrf_state *)(void *)v.object;
}

static csrf_state *state_of(fl_request *request)
{
    csrf_state *it = state_or_null(request);

    if (it != NULL)
        return it;
    fl_arena *before = fl_arena_set_here(request->arena);
    it = fl_new_of(csrf_state);
    *it = (csrf_state){ .tag = FL_OBJECT(state_type) };
    read_cookie(request, it);
    fl_arena_set_here(before);
    fl_request_put(request, key, it);
    return it;
}

static void renew(fl_request *request, csrf_state *it)
{
    fl_arena *before = fl_arena_set_here(request->arena);

    it->secret = new_secret();
    fl_arena_set_here(before);
    it->needs_cookie = true;
}

const char *fl_csrf_token(fl_request *request)
{
    csrf_state *it = state_of(request);

    if (it->secret.size == 0)
        renew(request, it);
    it->needs_cookie = true; /* known or not: its age begins anew */
    return fl_csrf_mask(it->secret, new_secret()).data;
}

const char *fl_csrf_input(fl_request *request)
{
    return fl_text("<input type=\"hidden\" name=\"csrfmiddlewaretoken\" value=\"%s\">", fl_csrf_token(request));
}

void fl_rotate_csrf_token(fl_request *request) { renew(request, state_of(request)); }

const char *fl_csrf_failure_reason(const fl_request *request)
{
    const csrf_state *it = state_or_null(request);
    return it == NULL ? NULL : it->reason;
}

/* -- judging ---------------------------------------------------------------------------------------------------------------------------------- */

/* "HTTP_X_CSRFTOKEN" as people know it: "X-Csrftoken". */
static const char *header_name(const char *meta)
{
    char *name = fl_text("%s", fl_starts_with(meta, "HTTP_") ? meta + 5 : meta);
    bool inside = false;

    for (char *at = name; *at != '\0'; at++) {
        bool is_letter = (*at >= 'A' && *at <= 'Z') || (*at >= 'a' && *at <= 'z');
        if (*at == '_')
            *at = '-';
        else if (is_letter && inside)
            *at = (char)(*at | 0x20);
        else if (is_letter)
            *at = (char)(*at & ~0x20);
        inside = is_letter;
    }
    return name;
}

typedef struct reading {
    const fl_request *request;
    const char *token;
} reading;

static void read_field(void *data)
{
    reading *it = data;
    it->token = fl_post(it->request, "csrfmiddlewaretoken");
}

/* A body that breaks off has no token; what else is wrong with it is the view's error, too. */
static const char *field_of(const fl_request *request)
{
    reading it = { .request = request };

    if (!fl_text_is(request->method, "POST"))
        return NULL;
    fl_error *error = fl_protect(read_field, &it);
    if (error != NULL && !fl_error_is(error, FL_UNREADABLE_BODY))
        fl_reraise(error);
    return it.token != NULL && it.token[0] != '\0' ? it.token : NULL;
}

static const char *token_problem(const fl_request *request, fl_str secret)
{
    const fl_settings *settings = fl_settings_now();
    const char *cookie = fl_cookie(request, settings->csrf_cookie_name), *source = "POST", *token;

    if (cookie == NULL)
        return "CSRF cookie not set.";
    const char *problem = fl_csrf_format_problem(fl_str_of(cookie));
    if (problem != NULL)
        return fl_text("CSRF cookie %s.", problem);
    token = field_of(request);
    if (token == NULL) {
        token = fl_meta(request, settings->csrf_header_name);
        source = fl_text("the '%s' HTTP header", header_name(settings->csrf_header_name));
    }
    if (token == NULL)
        return "CSRF token missing.";
    problem = fl_csrf_format_problem(fl_str_of(token));
    if (problem == NULL && !fl_constant_time_equal(fl_csrf_secret_of(fl_str_of(token)), secret))
        problem = "incorrect";
    return problem == NULL ? NULL : fl_text("CSRF token from %s %s.", source, problem);
}

static const char *problem_of(const fl_request *request, const csrf_state *it)
{
    const char *problem = NULL;

    if (fl_header_or_null(request, "Origin") != NULL)
        problem = fl_csrf_origin_problem(request);
    else if (fl_is_secure(request))
        problem = fl_csrf_referer_problem(request);
    return problem == NULL ? token_problem(request, it->secret) : problem;
}

/* -- refusing ----------------------------------------------------------------------------------------------------------------------------------- */

static const char *advice_for(const char *reason)
{
    if (fl_text_is(reason, "CSRF cookie not set."))
        return "<p>This page needs a cookie that your browser did not send. Allow cookies for this site, and try again.</p>";
    if (fl_text_is(reason, "Referer checking failed - no Referer."))
        return "<p>This page needs to know which page you came from, and your browser did not say so. Allow the Referer header, at least "
               "for this site, and try again.</p>";
    return "<p>Go back, load the page with the form again, and send it once more.</p>";
}

static fl_response *refusal_page(const char *reason)
{
    const char *why = "";

    if (fl_settings_now()->debug)
        why = fl_text(
            "<h2>Why</h2><pre>%s</pre><p>Forms need the field that fl_csrf_input() makes, scripts the header X-CSRFToken; other "
            "sites that may post here stand in csrf_trusted_origins. This part is shown because debug is on.</p>",
            fl_value_text(fl_escape(fl_str_of(reason))));
    return fl_html_response(
        fl_text("<!doctype html>\n<html lang=\"en\">\n<head>\n  <meta charset=\"utf-8\">\n"
                "  <meta name=\"robots\" content=\"NONE,NOARCHIVE\">\n  <title>403 Forbidden</title>\n</head>\n<body>\n"
                "  <h1>Forbidden <span>(403)</span></h1>\n  <p>CSRF verification failed. Request aborted.</p>\n"
                "  %s\n  %s\n</body>\n</html>\n",
                advice_for(reason), why),
        .status = 403);
}

static fl_response *refuse(fl_request *request, csrf_state *it, const char *reason)
{
    fl_view *own = fl_settings_now()->csrf_failure_view;

    it->reason = reason;
    fl_log_with(FL_WARNING, "fleche.security.csrf", FL_PAIRS("status_code", 403), "Forbidden (%s): %s", reason, request->path);
    return own == NULL ? refusal_page(reason) : own(request);
}

/* -- each request --------------------------------------------------------------------------------------------------------------------------------- */

static fl_response *on_view(fl_request *request, fl_view *view)
{
    (void)view;
    if (FL_LIKELY(fl_is_safe_method(request)) || (request->match != NULL && fl_route_has(request->match, fl_wrap_csrf_exempt)))
        return NULL;
    csrf_state *it = state_of(request);
    if (it->accepted)
        return NULL;
    const char *problem = problem_of(request, it);
    it->accepted = problem == NULL;
    return problem == NULL ? NULL : refuse(request, it, problem);
}

static fl_duration cookie_age(fl_int seconds) { return seconds == FL_NO_NUMBER ? (fl_duration){ 0 } : FL_SECONDS(seconds); }

static void send_cookie(fl_response *response, csrf_state *it)
{
    const fl_settings *s = fl_settings_now();

    fl_set_cookie(response, s->csrf_cookie_name, fl_str_c(it->secret), .max_age = cookie_age(s->csrf_cookie_age),
                  .path = s->csrf_cookie_path, .domain = s->csrf_cookie_domain, .same_site = s->csrf_cookie_samesite,
                  .secure = s->csrf_cookie_secure, .http_only = s->csrf_cookie_httponly);
    fl_vary_on(response, "Cookie");
    it->needs_cookie = false;
}

static fl_response *call(fl_request *request, fl_next *next)
{
    if (fl_headers_get_str(&request->headers, fl_lit("Cookie")).data != NULL)
        (void)state_of(request); /* a malformed cookie is noticed, and replaced */
    fl_response *response = fl_call_next(next, request);
    csrf_state *it = state_or_null(request);
    if (it != NULL && it->needs_cookie)
        send_cookie(response, it);
    return response;
}

/* Sessions will keep the secret when there are any; until then it is not pretended that they do. */
static bool start(const fl_settings *settings)
{
    if (!settings->csrf_use_sessions)
        return true;
    fl_error *error = fl_error_new(FL_IMPROPERLY_CONFIGURED, "csrf_use_sessions is set, but this site has no sessions");
    error->hint = "leave it out: the secret is kept in a cookie then";
    fl_reraise(error);
}

FL_MIDDLEWARE(fl_csrf, .call = call, .on_view = on_view, .start = start, .after = { "fl_sessions" });

/* -- decorators -------------------------------------------------------------------------------------------------------------------------------------- */

/* A mark: on_view() asks fl_route_has(). */
fl_response *fl_wrap_csrf_exempt(fl_request *request, fl_next *next, const fl_decorator *self)
{
    (void)self;
    return fl_call_next(next, request);
}

/* Works without the middleware, too: then it sends the cookie itself. */
fl_response *fl_wrap_csrf_cookie(fl_request *request, fl_next *next, const fl_decorator *self)
{
    (void)self;
    (void)fl_csrf_token(request);
    return call(request, next);
}
