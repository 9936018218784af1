/* The decorators that routes carry: which methods a view takes, and what is said of its answer to caches and browsers. */
#include <fleche/conditional.h>
#include <fleche/log.h>
#include "web/web.h"

bool fl_route_has(const fl_match *match, fl_wrap *wrap)
{
    for (size_t i = 0; i < match->decorator_count; i++)
        if (match->decorators[i]->wrap == wrap)
            return true;
    return false;
}

fl_response *fl_wrap_methods(fl_request *request, fl_next *next, const fl_decorator *self)
{
    for (size_t i = 0; i < FL_LENGTH(self->methods) && self->methods[i] != NULL; i++)
        if (fl_text_is(request->method, self->methods[i]))
            return fl_call_next(next, request);
    fl_log_with(FL_WARNING, "fleche.request", FL_PAIRS("status_code", 405), "Method Not Allowed (%s): %s", request->method,
                request->path);
    const char *permitted[FL_LENGTH(self->methods) + 1] = { NULL };
    memcpy(permitted, self->methods, sizeof self->methods);
    return fl_not_allowed_(permitted);
}

/* The table's lists end with a NULL where they are not full. */
static const char *const *words_of(const fl_decorator *self)
{
    const char **words = fl_new_array(const char *, FL_LENGTH(self->methods) + 1);

    memcpy(words, self->methods, sizeof self->methods);
    return words;
}

fl_response *fl_wrap_vary(fl_request *request, fl_next *next, const fl_decorator *self)
{
    fl_response *response = fl_call_next(next, request);

    fl_vary_on_(response, words_of(self));
    return response;
}

fl_response *fl_wrap_never_cache(fl_request *request, fl_next *next, const fl_decorator *self)
{
    fl_response *response = fl_call_next(next, request);

    (void)self;
    fl_never_cache(response);
    return response;
}

fl_response *fl_wrap_cache_control(fl_request *request, fl_next *next, const fl_decorator *self)
{
    fl_response *response = fl_call_next(next, request);

    fl_patch_cache_control_(response, words_of(self));
    return response;
}

/* Whether the client has it already, or has seen another state than the one it wants to change. */
fl_response *fl_wrap_condition(fl_request *request, fl_next *next, const fl_decorator *self)
{
    const fl_condition *condition = self->data;
    const char *etag = condition->etag == NULL ? NULL : condition->etag(request);
    fl_datetime modified = condition->last_modified == NULL ? (fl_datetime){ 0 } : condition->last_modified(request);
    const char *quoted = etag == NULL ? NULL : fl_quote_etag(etag);
    fl_response *response = fl_conditional(request, quoted, modified);

    if (response == NULL)
        response = fl_call_next(next, request);
    if (!fl_is_get(request))
        return response;
    if (modified.us != 0 && fl_response_header(response, "Last-Modified") == NULL)
        fl_set_default_header(response, "Last-Modified", fl_http_date(modified));
    if (quoted != NULL)
        fl_set_default_header(response, "ETag", quoted);
    return response;
}

fl_response *fl_wrap_xframe(fl_request *request, fl_next *next, const fl_decorator *self)
{
    fl_response *response = fl_call_next(next, request);

    if (self->text == NULL)
        response->marks |= FL_XFRAME_EXEMPT;
    else
        fl_set_default_header(response, "X-Frame-Options", self->text);
    return response;
}

/* A mark for the common middleware, which asks fl_route_has(). */
fl_response *fl_wrap_no_append_slash(fl_request *request, fl_next *next, const fl_decorator *self)
{
    (void)self;
    return fl_call_next(next, request);
}

fl_response *fl_wrap_sensitive(fl_request *request, fl_next *next, const fl_decorator *self)
{
    (void)self;                                      /* reports look it up with fl_sensitive_post() */
    return fl_call_next(next, request);
}

const char *const *fl_sensitive_post(const fl_request *request)
{
    static const char *const all[] = { "*", NULL };

    for (size_t i = 0; request->match != NULL && i < request->match->decorator_count; i++) {
        const fl_decorator *decorator = request->match->decorators[i];
        if (decorator->wrap == fl_wrap_sensitive)
            return decorator->methods[0] == NULL ? all : words_of(decorator);
    }
    return NULL;
}

/* -- a middleware around one view ------------------------------------------------------------------------------------------------------------ */

fl_response *fl_wrap_middleware(fl_request *request, fl_next *next, const fl_decorator *self)
{
    const fl_middleware *middleware = self->data;
    fl_response *response = middleware->on_view == NULL ? NULL : middleware->on_view(request, request->match->view);

    if (response != NULL)
        return response;
    return middleware->call == NULL ? fl_call_next(next, request) : middleware->call(request, next);
}
