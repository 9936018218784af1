/* The bottom of the chain: from a path to a view's response. */
#include "http/request.h"
#include "web/web.h"

/* -- decorators: the view stands inside them, the first outermost ------------------------------------------------------------------------ */

typedef struct decorated { fl_next next; const fl_match *match; size_t at; } decorated;

static fl_response *call_view(const fl_match *match, fl_request *request)
{
    fl_request_read_early(request);
    fl_response *response = match->view(request);

    if (FL_LIKELY(response != NULL))
        return response;
    fl_error *error = fl_error_new(FL_VALUE_ERROR, "the view %s didn't return a response; it returned NULL instead",
                                   match->view_name);
    error->hint = fl_text("its route stands at %s:%d", match->route->file, match->route->line);
    fl_reraise(error);
}

static fl_response *run_decorated(const fl_next *self, fl_request *request)
{
    const decorated *it = (const decorated *)self;

    if (it->at == it->match->decorator_count)
        return call_view(it->match, request);
    const fl_decorator *decorator = it->match->decorators[it->at];
    decorated below = { .next = { run_decorated, false }, .match = it->match, .at = it->at + 1 };
    fl_response *response = decorator->wrap(request, &below.next, decorator);
    if (response == NULL)
        fl_raise(FL_VALUE_ERROR, "the decorator %s of %s returned no response", decorator->name, it->match->view_name);
    return response;
}

/* -- templates that wait to be rendered ---------------------------------------------------------------------------------------------------- */

static void tell_template_hooks(const fl_site *site, fl_request *request, fl_response *response)
{
    for (size_t i = site->middleware_count; i-- > 0;)
        if (site->middleware[i]->on_template != NULL)
            site->middleware[i]->on_template(request, response);
}

static fl_response *finish(const fl_site *site, fl_request *request, fl_response *response)
{
    if (FL_LIKELY(response->lazy == NULL || response->lazy->rendered))
        return response;
    if (site->template_hooks > 0)
        tell_template_hooks(site, request, response);
    fl_response_render(response);
    return response;
}

/* -- the view and what it raises ------------------------------------------------------------------------------------------------------------ */

static const fl_match *find_view(const fl_site *site, fl_request *request)
{
    const fl_url_table *table = FL_LIKELY(request->urlconf == NULL) ? site->urls : fl_urls_compile(request->urlconf);
    const fl_match *match = table == NULL ? NULL : fl_url_resolve(table, request->path_info);

    if (match == NULL)
        fl_raise(FL_NOT_FOUND, "no URL pattern matches %s", request->path);
    request->match = match;
    request->view_name = match->view_name;
    return match;
}

static fl_response *ask_view_hooks(const fl_site *site, fl_request *request, fl_view *view)
{
    fl_response *response = NULL;

    for (size_t i = 0; i < site->middleware_count && response == NULL; i++)
        if (site->middleware[i]->on_view != NULL)
            response = site->middleware[i]->on_view(request, view);
    return response;
}

typedef struct call { const fl_site *site; fl_request *request; fl_response *response; } call;

static void run_view(void *data)
{
    call *it = data;
    decorated view = { .next = { run_decorated, false }, .match = it->request->match };

    it->response = finish(it->site, it->request, run_decorated(&view.next, it->request));
}

static fl_response *ask_error_hooks(const fl_site *site, fl_request *request, fl_error *error)
{
    fl_response *response = NULL;

    for (size_t i = site->middleware_count; i-- > 0 && response == NULL;)
        if (site->middleware[i]->on_error != NULL)
            response = site->middleware[i]->on_error(request, error);
    if (response == NULL)
        fl_reraise(error);
    return response;
}

fl_response *fl_dispatch(const fl_next *self, fl_request *request)
{
    const fl_site *site = fl_site_here;
    call it = { .site = site, .request = request };
    const fl_match *match = find_view(site, request);
    fl_response *response = FL_LIKELY(site->view_hooks == 0) ? NULL : ask_view_hooks(site, request, match->view);

    (void)self;
    if (response != NULL)
        return finish(site, request, response);
    if (FL_LIKELY(site->error_hooks == 0)) {
        run_view(&it);
        return it.response;
    }
    fl_error *error = fl_protect(run_view, &it);
    return error == NULL ? it.response : finish(site, request, ask_error_hooks(site, request, error));
}
