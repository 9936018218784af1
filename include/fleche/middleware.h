/* Middleware that sites need: security headers, common rewriting, gzip, conditional answers, CSRF, CORS, CSP, and some for operations.
 *
 *     void production(fl_settings *s)
 *     {
 *         fl_use_middleware(s, fl_security, fl_gzip, fl_conditional_get, fl_cors, fl_common, fl_csrf, fl_clickjacking);
 *         s->secure_hsts_seconds = 31536000;
 *     }
 *
 * The first stands outermost: it sees the request first and the response last. Each reads its settings once, when the site starts, and
 * is Django's of the same purpose: what clients see is equal, byte for byte. docs/middleware.md has all of them in the order to use. */
#pragma once
#include "web.h"

/* -- what sites list in fl_use_middleware() ---------------------------------------------------------------------------------------- */
extern const fl_middleware
    fl_request_id,          /* X-Request-ID: the client's, or one made; fl_request_id_of() */
    fl_timing,              /* X-Request-Duration (seconds) and Server-Timing (milliseconds) */
    fl_security,            /* SSL redirect, HSTS, nosniff, Referrer-Policy, Cross-Origin-Opener-Policy */
    fl_hosts,               /* host -> URL table: FL_HOSTS */
    fl_cors,                /* Access-Control-…; answers preflights, as django-cors-headers */
    fl_gzip,      /* bodies from 200 bytes on, if that makes them smaller; streams and files too */
    fl_conditional_get,     /* ETag, 304 and 412 */
    fl_broken_links,        /* tells the managers about links of this and other sites that lead to a 404 */
    fl_common,              /* user agents, www, slashes at the end, Content-Length */
    fl_csrf,                /* 403 for forms that other sites send */
    fl_clickjacking,        /* X-Frame-Options */
    fl_csp;                 /* Content-Security-Policy */

/* FL_GZIP_PAGE: a decorator of routes; the response of one view is compressed (Django's gzip_page). */
#define FL_GZIP_PAGE FL_WITH_MIDDLEWARE(fl_gzip)

/* -- CSRF --------------------------------------------------------------------------------------------------------------------------- */
/* The token for a form's field csrfmiddlewaretoken, or the header X-CSRFToken: masked anew in each call. The response will carry the
 * cookie and Vary: Cookie. Needs fl_csrf in the middleware or around the view. */
const char *fl_csrf_token(fl_request *request);
const char *fl_csrf_input(fl_request *request);            /* <input type="hidden" name="csrfmiddlewaretoken" value="…"> */
void fl_rotate_csrf_token(fl_request *request);            /* another secret: at login. Tokens made before are refused */
/* Why the request was refused, in the view of csrf_failure_view: "CSRF cookie not set."; NULL elsewhere. */
const char *fl_csrf_failure_reason(const fl_request *request);

fl_wrap fl_wrap_csrf_exempt, fl_wrap_csrf_cookie;
#define FL_CSRF_EXEMPT        { .name = "csrf_exempt", .wrap = fl_wrap_csrf_exempt }
#define FL_ENSURE_CSRF_COOKIE { .name = "ensure_csrf_cookie", .wrap = fl_wrap_csrf_cookie }
#define FL_CSRF_PROTECT       FL_WITH_MIDDLEWARE(fl_csrf)   /* one view, in a site without fl_csrf */

/* -- content security policies ------------------------------------------------------------------------------------------------------- */
/* What stands in place of FL_CSP_NONCE in this request's policies: <script nonce="…">. Made when it is first asked for; a request that
 * does not ask has policies without a nonce. */
const char *fl_csp_nonce(fl_request *request);
fl_context_processor fl_csp_context;                       /* csp_nonce, for templates: made where it is printed */

/* Another policy for one view; without directives: none.
 *     Path("map/", map, .decorators = { FL_CSP_OVERRIDE({ "default-src", { FL_CSP_SELF } }, { "img-src", { "https:" } }) }) */
fl_wrap fl_wrap_csp, fl_wrap_csp_report_only;
#define FL_CSP_OVERRIDE_TABLE_(...) (const fl_csp_directive[]){ __VA_ARGS__ __VA_OPT__(,) { 0 } }
#define FL_CSP_OVERRIDE(...) \
    { .name = "csp_override", .wrap = fl_wrap_csp, .data = FL_CSP_OVERRIDE_TABLE_(__VA_ARGS__) }
#define FL_CSP_REPORT_ONLY_OVERRIDE(...) \
    { .name = "csp_report_only_override", .wrap = fl_wrap_csp_report_only, .data = FL_CSP_OVERRIDE_TABLE_(__VA_ARGS__) }

/* -- hosts --------------------------------------------------------------------------------------------------------------------------- */
/* Which URL table answers at which host; hosts that match none get the site's root table. The first that matches counts; ".example.com"
 * is example.com and all below it.
 *     FL_HOSTS(our_hosts, { "api.example.com", &api_urls }, { ".example.com", &site_urls });
 *     fl_use_hosts(our_hosts);                               // in the configure function; kept, so it must be static */
typedef struct fl_host_route { const char *host; const fl_urls *urls; } fl_host_route;
#define FL_HOSTS(id, ...) static const fl_host_route id[] = { __VA_ARGS__, { 0 } }
void fl_use_hosts(const fl_host_route *hosts);             /* ends with { 0 }; NULL: none */

/* -- operations ------------------------------------------------------------------------------------------------------------------------ */
const char *fl_request_id_of(const fl_request *request);   /* NULL without fl_request_id */

/* Called with what managers should know, by fl_broken_links; NULL: it goes to the log (fleche.request). Set by who sends mail. */
extern void (*fl_mail_managers_hook)(const char *subject, const char *text);

/* -- system checks ---------------------------------------------------------------------------------------------------------------------- */
/* fl_middleware_checks_register registers Django's security checks (security.W001 …, most for `check --deploy` only), and
 * middleware.W001, for an order of middleware that does not do what it should. Once is enough. */
void fl_middleware_checks_register(void);
