/* Redirects by name, and the templates behind views. */
#include "web/web.h"

/* -- redirects ------------------------------------------------------------------------------------------------------------------------------ */

/* Relative ones first ("./x", "../x"); then names; what is no name but has a slash or a dot is a URL. */
const char *fl_resolve_url_(const char *to, const fl_value *kwargs, size_t n)
{
    if (fl_starts_with(to, "./") || fl_starts_with(to, "../"))
        return to;
    const char *url = fl_try_reverse(to, kwargs, n, NULL);
    if (url != NULL)
        return url;
    if (strpbrk(to, "/.") == NULL || n > 0)
        return fl_reverse_(to, kwargs, n);           /* raises, and says what was tried */
    return to;
}

fl_response *fl_redirect_(fl_request *request, const char *to, const fl_value *kwargs, size_t n,
                          const fl_redirect_options *options)
{
    static const fl_redirect_options none;

    (void)request;
    return fl_redirect_to_(fl_resolve_url_(to, kwargs, n), options == NULL ? &none : options);
}

/* -- templates ------------------------------------------------------------------------------------------------------------------------------ */

static const fl_template_engine *engine;             /* one a process */

void fl_use_template_engine(const fl_template_engine *new_engine) { engine = new_engine; }
const fl_template_engine *fl_template_engine_now(void) { return engine; }

/* The names that the view gives, over those of the context processors. */
static fl_dict *context_of(fl_request *request, const fl_value *pairs, size_t n)
{
    const fl_settings *settings = fl_settings_now();
    fl_dict *context = fl_dict_new();
    fl_json holder = { .value = fl_box_dict(context) };

    for (size_t i = 0; settings->context_processors != NULL && settings->context_processors[i] != NULL; i++)
        settings->context_processors[i](request, &holder);
    for (size_t i = 0; i < n; i++)
        fl_dict_put_(context, pairs[2 * i].text, pairs[2 * i + 1]);
    return context;
}

fl_response *fl_template_response_(fl_request *request, const char *name, const fl_value *context, size_t n)
{
    fl_response *response = fl_html_response("");
    const char **names = fl_new_array(const char *, 2);

    names[0] = name;
    response->lazy = fl_new_of(fl_template_response);
    response->lazy->request = request;
    response->lazy->names = names;
    response->lazy->context = context_of(request, context, n);
    return response;
}

static const char *choose_template(const fl_template_response *lazy)
{
    if (engine == NULL) {
        fl_error *error = fl_error_new(FL_IMPROPERLY_CONFIGURED, "there is no template engine to render %s", lazy->names[0]);
        error->hint = "give one to fl_use_template_engine() before the site starts";
        fl_reraise(error);
    }
    for (size_t i = 0; lazy->names[i] != NULL; i++)
        if (engine->exists(lazy->names[i]))
            return lazy->names[i];
    return lazy->names[0];                           /* its render() says that it is not there */
}

void fl_response_render(fl_response *response)
{
    fl_template_response *lazy = response->lazy;

    if (lazy == NULL || lazy->rendered)
        return;
    fl_buf out = fl_buf_in(response->arena, 64 << 20);
    const char *name = choose_template(lazy);
    engine->render(lazy->request, name, lazy->context, &out);
    (void)fl_buf_c(&out);                            /* raises if it did not fit */
    fl_response_set_body(response, fl_buf_str(&out));
    lazy->rendered = true;
    for (size_t i = 0; i < FL_LENGTH(lazy->after) && lazy->after[i] != NULL; i++)
        lazy->after[i](response);
}

void fl_response_after_render(fl_response *response, void (*run)(fl_response *response))
{
    if (response->lazy == NULL || response->lazy->rendered) {
        run(response);
        return;
    }
    for (size_t i = 0; i < FL_LENGTH(response->lazy->after); i++)
        if (response->lazy->after[i] == NULL) {
            response->lazy->after[i] = run;
            return;
        }
    fl_raise(FL_PROGRAMMING_ERROR, "a response takes %zu functions behind its rendering, no more",
             FL_LENGTH(response->lazy->after));
}

fl_response *fl_render_as_(fl_request *request, const char *name, const fl_value *context, size_t n,
                           const fl_response_options *options)
{
    fl_response *response = fl_template_response_(request, name, context, n);

    if (options->status != 0)
        response->status = options->status;
    if (options->content_type != NULL)
        response->content_type = options->content_type;
    fl_response_render(response);
    return response;
}

fl_response *fl_render_(fl_request *request, const char *name, const fl_value *context, size_t n)
{
    return fl_render_as_(request, name, context, n, &(const fl_response_options){ 0 });
}
