/* What the server answers itself, before the site sees it: health, figures, and the request's id around all else. */
#include <fleche/web.h>
#include "serve/serve.h"

/* -- health and figures --------------------------------------------------------------------------------------------------------- */

static fl_response *answer_live(fl_service *service)
{
    (void)service;
    return fl_text_response("ok\n");
}

static fl_response *answer_ready(fl_service *service)
{
    if (service->draining)
        return fl_text_response("stopping\n", .status = 503);
    if (service->options->ready != NULL && !service->options->ready())
        return fl_text_response("not ready\n", .status = 503);
    return fl_text_response("ok\n");
}

static fl_response *answer_metrics(fl_service *service)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 1 << 20);

    fl_metrics_weigh();
    fl_metrics_look(service->server);
    fl_metrics_write(service->metrics, &out);
    return fl_text_response(fl_buf_c(&out), .content_type = "text/plain; version=0.0.4; charset=utf-8");
}

static fl_response *answer_ourselves(fl_service *service, const fl_request *request, bool with_metrics)
{
    const fl_serve_options *options = service->options;
    fl_response *(*answer)(fl_service *) = NULL;

    if (options->health && fl_text_is(request->path, "/livez"))
        answer = answer_live;
    else if (options->health && fl_text_is(request->path, "/readyz"))
        answer = answer_ready;
    else if (with_metrics && fl_text_is(request->path, options->metrics == NULL ? "/metrics" : options->metrics))
        answer = answer_metrics;
    if (answer == NULL || !fl_is_get(request))
        return NULL;
    fl_response *response = answer(service);
    fl_put_header(response, fl_lit("Cache-Control"), fl_lit("no-store"));
    return response;
}

fl_response *fl_service_answer_figures(fl_request *request, void *data)
{
    fl_response *response = answer_ourselves(data, request, true);
    return response != NULL ? response : fl_text_response("Not Found\n", .status = 404);
}

/* -- ids ------------------------------------------------------------------------------------------------------------------------ */

static const char key[] = "fleche.request_id";

/* What proxies make: letters, digits and a few signs; nothing that a log would have to escape. */
static bool is_id(fl_str text)
{
    enum { LONGEST = 128 };
    static const char signs[] = "-_.:/+=@";

    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i], lower = (char)(c | 0x20);
        if ((c < '0' || c > '9') && (lower < 'a' || lower > 'z') && memchr(signs, c, sizeof signs - 1) == NULL)
            return false;
    }
    return text.size > 0 && text.size <= LONGEST;
}

static void give_id(fl_request *request)
{
    fl_str said = fl_headers_get_str(&request->headers, fl_lit("X-Request-ID"));
    const char *id = is_id(said) && fl_server_trusts(request) ? said.data : fl_uuid_text(fl_uuid4());

    fl_request_put(request, key, id);
}

const char *fl_serve_request_id(const fl_request *request)
{
    fl_value id = fl_request_get(request, key);
    return id.kind == FL_V_TEXT ? id.text.data : NULL;
}

/* -- the whole way -------------------------------------------------------------------------------------------------------------- */

fl_response *fl_service_answer(fl_request *request, void *data)
{
    fl_service *service = data;
    const fl_serve_options *options = service->options;
    fl_response *response = answer_ourselves(service, request, options->metrics != NULL && options->metrics_bind == NULL);

    if (response != NULL)
        return response;
    if (options->request_ids)
        give_id(request);
    if (options->hooks.pre_request != NULL)
        options->hooks.pre_request(request);
    response = options->handler != NULL ? options->handler(request, options->data) : fl_answer(request, NULL);
    if (options->request_ids && response != NULL)
        fl_put_header(response, fl_lit("X-Request-ID"), fl_str_of(fl_serve_request_id(request)));
    return response;
}
