/* What tests of middleware share: requests to a site, and its answers. */
#pragma once
#include <fleche/app.h>
#include <fleche/middleware.h>
#include <fleche/test.h>

static inline fl_request *asking(const char *method, const char *target, const char *host)
{
    fl_request *request = fl_request_new(method, target);

    request->host = host;
    return request;
}

static inline void say(fl_request *request, const char *name, const char *value)
{
    fl_headers_add(&request->headers, fl_str_of(name), fl_str_of(value));
}

static inline fl_response *get(const char *target) { return fl_answer(asking("GET", target, "example.com"), NULL); }
static inline const char *header_of(const fl_response *response, const char *name) { return fl_response_header(response, name); }
static inline const char *body_of(const fl_response *response) { return fl_str_c(fl_response_body(response)); }

/* What a stream writes, all of it. */
static inline fl_str streamed(fl_response *response)
{
    fl_stream_body *stream = response->stream;

    fl_expect(stream != NULL);
    while (stream(response->stream_state, response))
        continue;
    return fl_response_body(response);
}
