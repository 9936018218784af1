/* The middleware chain: built once, walked by every request. Whatever a layer raises becomes a response at its edge, so that each layer
 * sees a response from the one below. */
#include <fleche/buf.h>
#include <fleche/context.h>
#include "web/web.h"

/* -- walking -------------------------------------------------------------------------------------------------------------------------- */

typedef struct step { const fl_next *next; fl_request *request; fl_response *response; } step;

static void run_step(void *data)
{
    step *it = data;
    it->response = it->next->run(it->next, it->request);
}

static fl_response *run_converting(const fl_next *next, fl_request *request)
{
    step it = { .next = next, .request = request };
    fl_error *error = fl_protect(run_step, &it);

    return FL_LIKELY(error == NULL) ? it.response : fl_error_response(request, error);
}

fl_response *fl_call_next(fl_next *next, fl_request *request)
{
    return next->converts ? run_converting(next, request) : next->run(next, request);
}

static fl_response *run_middleware(const fl_next *self, fl_request *request)
{
    const fl_layer *layer = (const fl_layer *)self;
    fl_response *response = layer->middleware->call(request, (fl_next *)&layer->below->next);

    if (response == NULL) {
        fl_error *error = fl_error_new(FL_VALUE_ERROR, "the middleware %s returned no response", layer->middleware->name);
        error->hint = "return what fl_call_next() gave, or a response of its own";
        fl_reraise(error);
    }
    return response;
}

/* -- building --------------------------------------------------------------------------------------------------------------------------- */

/* Documented orders: what a middleware names in `after` must not come behind it. */
static void check_order(const fl_site *site, const fl_middleware *middleware, size_t at)
{
    for (size_t k = 0; k < FL_LENGTH(middleware->after) && middleware->after[k] != NULL; k++)
        for (size_t i = at + 1; i < site->middleware_count; i++)
            if (fl_text_is(site->middleware[i]->name, middleware->after[k])) {
                fl_error *error = fl_error_new(FL_IMPROPERLY_CONFIGURED, "the middleware %s stands before %s, which it needs",
                                               middleware->name, middleware->after[k]);
                error->hint = fl_text("move %s above %s in fl_use_middleware()", middleware->after[k], middleware->name);
                fl_reraise(error);
            }
}

static void take_part(fl_site *site, const fl_middleware *middleware, const fl_settings *settings)
{
    if (middleware->start != NULL && !middleware->start(settings))
        return;
    site->middleware[site->middleware_count++] = middleware;
    site->view_hooks += middleware->on_view != NULL;
    site->error_hooks += middleware->on_error != NULL;
    site->template_hooks += middleware->on_template != NULL;
}

static void build_layers(fl_site *site)
{
    fl_layer *layers = fl_arena_zalloc(site->arena, (site->middleware_count + 1) * sizeof *layers);
    size_t n = 0;

    for (size_t i = 0; i < site->middleware_count; i++)
        if (site->middleware[i]->call != NULL) {
            layers[n] = (fl_layer){ .next = { run_middleware, true },
                                    .middleware = site->middleware[i],
                                    .below = &layers[n + 1] };
            n++;
        }
    layers[n].next = (fl_next){ fl_dispatch, true };
    site->layers = layers;
}

void fl_middleware_start(fl_site *site, const fl_settings *settings)
{
    size_t n = 0;

    while (settings->middleware != NULL && settings->middleware[n] != NULL)
        n++;
    site->middleware = fl_arena_zalloc(site->arena, (n + 1) * sizeof *site->middleware);
    for (size_t i = 0; i < n; i++)
        take_part(site, settings->middleware[i], settings);
    for (size_t i = 0; i < site->middleware_count; i++)
        check_order(site, site->middleware[i], i);
    build_layers(site);
}

/* -- the whole way ------------------------------------------------------------------------------------------------------------------------- */

static void finished(void *request) { fl_send(request_finished, NULL, .request = request); }

typedef struct way { const fl_site *site; fl_request *request; fl_response *response; } way;

static void go(void *data)
{
    way *it = data;

    if (fl_signal_has_listeners(&fl_request_started, NULL))
        fl_send(request_started, NULL, .request = it->request);
    fl_request_check_host(it->request, fl_settings_now());
    it->response = it->site->layers[0].next.run(&it->site->layers[0].next, it->request);
}

typedef struct failure { way *way; fl_error *error; } failure;

static void convert(void *data)
{
    failure *it = data;
    it->way->response = fl_error_response(it->way->request, it->error);
}

fl_response *fl_answer(fl_request *request, void *data)
{
    (void)data;
    way it = { .site = fl_site_now(), .request = request };
    request->limits = &it.site->limits;
    if (request->parts != NULL)
        fl_request_use_limits(request, &it.site->limits);        /* something was parsed already, by other limits */
    bool told = fl_signal_has_listeners(&fl_request_finished, NULL);

    void *before = fl_context_here()->work;
    fl_context_here()->work = request;               /* fl_current_request(), where no server has set it */
    fl_error *error = fl_protect(go, &it);
    if (error != NULL)
        error = fl_protect(convert, &(failure){ &it, error });
    fl_context_here()->work = before;
    if (error != NULL)
        fl_reraise(error);
    if (told)
        fl_response_on_close(it.response, finished, request);
    return it.response;
}
