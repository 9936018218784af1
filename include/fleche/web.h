/* The web layer: apps, middleware, views' helpers, error pages, and the way of a request through all of them.
 *
 *     static fl_response *hello(fl_request *req) { return fl_text_response("Hello, World!"); }
 *     FL_URLS(urls, Path("", hello));
 *     FL_PROJECT(site, Urls(urls));
 *     int main(int argc, char **argv) { return fl_main(argc, argv, &site); }                 // <fleche/cli.h>
 *
 * A request goes down through the middleware, in the order of the settings, to the view that the URL tables name, and its response
 * comes back up. Each layer sees a response from the one below it, never an error: what is raised becomes one at the layer it leaves
 * (FL_NOT_FOUND 404, FL_PERMISSION_DENIED 403, FL_BAD_REQUEST 400, any other 500). */
#pragma once
#include "buf.h"
#include "env.h"
#include "settings.h"
#include "signals.h"
#include "check.h"
#include "urls.h"

/* -- middleware: one function round the next; hooks are optional members --------------------------------------------------------- */
typedef struct fl_middleware {
    const char *name;
    fl_response *(*call)(fl_request *request, fl_next *next);          /* NULL: hooks only */
    fl_response *(*on_view)(fl_request *request, fl_view *view);       /* before the view; a response ends it there */
    fl_response *(*on_error)(fl_request *request, fl_error *error);    /* innermost first, until one answers */
    void (*on_template)(fl_request *request, fl_response *response);   /* innermost first, before a template is rendered */
    bool (*start)(const fl_settings *settings);  /* once a process: false leaves it out (Django's MiddlewareNotUsed); may raise */
    const char *after[4];                        /* names of those that must stand before it in the list, if they are there: a check */
} fl_middleware;
#define FL_MIDDLEWARE(id, ...) const fl_middleware id = { .name = #id, __VA_ARGS__ }
fl_response *fl_call_next(fl_next *next, fl_request *request);

/* FL_WITH_MIDDLEWARE(fl_gzip): a decorator that puts a middleware around one view. */
fl_response *fl_wrap_middleware(fl_request *request, fl_next *next, const fl_decorator *self);
#define FL_WITH_MIDDLEWARE(id) { .name = #id, .wrap = fl_wrap_middleware, .data = &id }

/* -- decorators of routes ------------------------------------------------------------------------------------------------------------ */
typedef fl_response *fl_wrap(fl_request *request, fl_next *next, const fl_decorator *self);
fl_wrap fl_wrap_methods, fl_wrap_vary, fl_wrap_never_cache, fl_wrap_cache_control, fl_wrap_condition, fl_wrap_xframe, fl_wrap_no_append_slash,
    fl_wrap_sensitive;
#define FL_METHODS(...)             { .name = "methods", .wrap = fl_wrap_methods, .methods = { __VA_ARGS__ } }
#define FL_GET_ONLY                 FL_METHODS("GET")
#define FL_POST_ONLY                FL_METHODS("POST")
#define FL_SAFE_ONLY                FL_METHODS("GET", "HEAD")
#define FL_VARY_ON(...)             { .name = "vary_on", .wrap = fl_wrap_vary, .methods = { __VA_ARGS__ } }
#define FL_NEVER_CACHE              { .name = "never_cache", .wrap = fl_wrap_never_cache }
#define FL_CACHE_CONTROL(...)       { .name = "cache_control", .wrap = fl_wrap_cache_control, .methods = { __VA_ARGS__ } }
#define FL_CONDITION(...)           { .name = "condition", .wrap = fl_wrap_condition, .data = &(const fl_condition){ __VA_ARGS__ } }
#define FL_XFRAME_EXEMPT_VIEW       { .name = "xframe_exempt", .wrap = fl_wrap_xframe }
#define FL_XFRAME(value)            { .name = "xframe", .wrap = fl_wrap_xframe, .text = value }
#define FL_NO_APPEND_SLASH          { .name = "no_append_slash", .wrap = fl_wrap_no_append_slash }
#define FL_SENSITIVE_POST(...)      { .name = "sensitive_post_parameters", .wrap = fl_wrap_sensitive, .methods = { __VA_ARGS__ } }
#define FL_DECORATOR(fn)            { .name = #fn, .wrap = fn }
/* What a view's answer would be, told without making it: for 304 and 412. Either may be NULL. */
typedef struct fl_condition { const char *(*etag)(fl_request *request); fl_datetime (*last_modified)(fl_request *request); } fl_condition;
bool fl_route_has(const fl_match *match, fl_wrap *wrap);   /* whether a view stands inside such a decorator */

/* -- shortcuts ------------------------------------------------------------------------------------------------------------------------ */
/* To a view by name with its arguments, or to a URL (what has a slash or a dot): fl_redirect(req, "article-detail", "pk", 7). */
fl_response *fl_redirect_(fl_request *request, const char *to, const fl_value *kwargs, size_t n, const fl_redirect_options *options);
#define fl_redirect(request, to, ...) fl_redirect_(request, to, FL_PAIRS(__VA_ARGS__), NULL)
#define fl_redirect_permanently(request, to, ...) fl_redirect_(request, to, FL_PAIRS(__VA_ARGS__), &(const fl_redirect_options){ .permanent = true })
const char *fl_resolve_url_(const char *to, const fl_value *kwargs, size_t n);
#define fl_resolve_url(to, ...) fl_resolve_url_(to, FL_PAIRS(__VA_ARGS__))

/* A view that only redirects: FL_REDIRECT_VIEW(old_article, .pattern_name = "article", .permanent = true); in place of a name, a url may
 * hold what the route captured, "/articles/<slug>/". Without either, or a name that takes other arguments: 410. */
typedef struct fl_redirect_view {
    const char *url, *pattern_name;
    bool permanent, query_string, preserve_request;        /* 301; the query goes along; 307 or 308, with method and body */
} fl_redirect_view;
fl_response *fl_redirect_view_(fl_request *request, const fl_redirect_view *view);
#define FL_REDIRECT_VIEW(id, ...) \
    fl_view id; \
    fl_response *id(fl_request *request) \
    { \
        static const fl_redirect_view view = { __VA_ARGS__ }; \
        return fl_redirect_view_(request, &view); \
    } \
    struct fl_request

/* fl_render renders a template through the engine that the site has (fl_use_template_engine); without one: FL_IMPROPERLY_CONFIGURED.
 * fl_template_response leaves rendering to the time behind the view, so that middleware can still change name and context. */
fl_response *fl_render_(fl_request *request, const char *name, const fl_value *context, size_t n);
#define fl_render(request, name, ...) fl_render_(request, name, FL_PAIRS(__VA_ARGS__))
fl_response *fl_render_as_(fl_request *request, const char *name, const fl_value *context, size_t n, const fl_response_options *options);
typedef struct fl_template_response {            /* response->lazy */
    fl_request *request;
    const char *const *names;                    /* the first that exists; ends with NULL */
    fl_dict *context;
    bool rendered;
    void (*after[4])(fl_response *response);     /* run once when it is rendered */
} fl_template_response;
fl_response *fl_template_response_(fl_request *request, const char *name, const fl_value *context, size_t n);
#define fl_template_response(request, name, ...) fl_template_response_(request, name, FL_PAIRS(__VA_ARGS__))
void fl_response_render(fl_response *response);  /* once; what has no lazy template is rendered already */
void fl_response_after_render(fl_response *response, void (*run)(fl_response *response));
typedef struct fl_template_engine {
    const char *name;
    bool (*exists)(const char *template_name);
    void (*render)(fl_request *request, const char *template_name, const fl_dict *context, fl_buf *out);   /* raises */
} fl_template_engine;
void fl_use_template_engine(const fl_template_engine *engine);
const fl_template_engine *fl_template_engine_now(void);    /* NULL: none */

/* Signed cookies, as Django's: raise FL_BAD_SIGNATURE or FL_SIGNATURE_EXPIRED; NULL when absent. max_age 0: as old as it likes. */
void fl_set_signed_cookie_(fl_response *response, const char *name, const char *value, const char *salt, const fl_cookie_options *options);
#define fl_set_signed_cookie(response, name, value, salt, ...) \
    fl_set_signed_cookie_(response, name, value, salt, &(const fl_cookie_options){ __VA_ARGS__ })
const char *fl_signed_cookie(const fl_request *request, const char *name, const char *salt, fl_duration max_age);

/* -- errors to responses ---------------------------------------------------------------------------------------------------------------- */
/* A site's own pages: FL_ERROR_HANDLERS of the project. Each gets what was raised (NULL for 500s without one). */
typedef fl_response *fl_error_view(fl_request *request, fl_error *error);
typedef struct fl_error_handlers { fl_error_view *bad_request, *permission_denied, *not_found, *server_error; } fl_error_handlers;
fl_error_view fl_bad_request_page, fl_permission_denied_page, fl_not_found_page, fl_server_error_page;     /* the plain ones: Django's bytes */
/* fl_error_response makes the response to an error, logs it as Django does (fleche.request, fleche.security.…) and sends
 * got_request_exception for what is a 500. */
fl_response *fl_error_response(fl_request *request, fl_error *error);
/* fl_log_subject_now is what the record is about that a log's handler is given, while fl_error_response logs: for handlers that tell
 * more than the record, such as mails. Members are NULL for every other record. */
typedef struct fl_log_subject { const fl_request *request; const fl_error *error; int status; } fl_log_subject;
fl_log_subject fl_log_subject_now(void);
/* The pages that developers see when debug is on: set by the debug module. */
typedef struct fl_debug_pages {
    fl_response *(*server_error)(fl_request *request, fl_error *error, int status);
    fl_response *(*not_found)(fl_request *request, fl_error *error);
    fl_response *(*welcome)(fl_request *request);      /* "/" of a site without any route */
} fl_debug_pages;
void fl_use_debug_pages(const fl_debug_pages *pages);
/* What a report must not show: names given by FL_SENSITIVE_POST, NULL when none; "*" is all. */
const char *const *fl_sensitive_post(const fl_request *request);

/* -- apps --------------------------------------------------------------------------------------------------------------------------------- */
struct fl_command;
struct fl_admin;
struct fl_migration;
struct fl_template_filter;
struct fl_template_tag;
struct fl_schedule;
typedef struct fl_app {
    const char *label, *verbose_name, *path;
    void (*setup)(void);                         /* describes models and tasks */
    void (*ready)(void);                         /* once a process, behind all setups, in the order of the project's apps */
    const struct fl_admin *const *admins;
    const fl_receiver *const *receivers;
    const struct fl_command *const *commands;
    const struct fl_migration *const *migrations;
    const struct fl_template_filter *const *filters;
    const struct fl_template_tag *const *tags;
    const struct fl_schedule *const *schedules;
    const fl_check *const *checks;
} fl_app;
extern const fl_error_class FL_APP_REGISTRY_NOT_READY, FL_LOOKUP_ERROR;
typedef struct fl_named_configure { const char *name; fl_configure *run; } fl_named_configure;
typedef struct fl_project {
    const char *name;
    const fl_app *const *apps;                   /* ends with NULL; NULL: none */
    fl_named_configure settings[8];              /* the first is the default; FLECHE_SETTINGS or --settings names another */
    const fl_urls *urls;
    const fl_error_handlers *handlers;
} fl_project;

/* fl_setup makes a process ready for the project: settings by name (NULL: the environment's choice, or the first), apps, receivers, checks' table,
 * URL tables, middleware. Raises with what is wrong; once a process (again for another in tests, after fl_teardown). */
void fl_setup(const fl_project *project, const char *settings);
void fl_teardown(void);
const fl_project *fl_project_now(void);          /* NULL before fl_setup */
const fl_app *fl_app_get(const char *label);     /* raises FL_LOOKUP_ERROR with the nearest name; FL_APP_REGISTRY_NOT_READY too early */
bool fl_app_is_installed(const char *label);
size_t fl_apps_list(const fl_app *const **ret);
bool fl_apps_are_ready(void);

/* -- the whole way ------------------------------------------------------------------------------------------------------------------------- */
/* fl_answer takes a request down and its response up: an fl_handler for <fleche/server.h>; `data` is not used. Never raises but for
 * FL_CANCELLED. */
fl_response *fl_answer(fl_request *request, void *data);
