/* Answers that the client has already are not sent again: an ETag of the body, and a 304 where the request says that it is the same. */
#include <fleche/conditional.h>
#include <fleche/middleware.h>

/* Whether Cache-Control has this directive: no-store answers are not kept, so there is nothing to compare with. */
static bool is_not_stored(const fl_response *response)
{
    fl_str rest = fl_str_of(fl_response_header(response, "Cache-Control")), directive;

    while (fl_str_cut(&rest, ',', &directive))
        if (fl_str_equal_ascii(fl_str_trim(directive), fl_lit("no-store")))
            return true;
    return false;
}

static bool has(const fl_response *response, fl_str name) { return fl_headers_get_str(&response->headers, name).data != NULL; }

static fl_response *call(fl_request *request, fl_next *next)
{
    fl_response *response = fl_call_next(next, request);

    if (!fl_text_is(request->method, "GET"))
        return response;
    bool tagged = has(response, fl_lit("ETag"));
    if (!tagged && !response->streaming && response->body.size > 0 && !is_not_stored(response)) {
        fl_put_header(response, fl_lit("ETag"), fl_str_of(fl_etag_of(fl_response_body(response))));
        tagged = true;
    }
    return tagged || has(response, fl_lit("Last-Modified")) ? fl_conditional_of(request, response) : response;
}

FL_MIDDLEWARE(fl_conditional_get, .call = call);
