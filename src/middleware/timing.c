/* How long an answer took, in its own headers: X-Request-Duration in seconds, Server-Timing in milliseconds, which browsers show. */
#include <fleche/middleware.h>

static fl_response *call(fl_request *request, fl_next *next)
{
    int64_t start = fl_monotonic_us();
    fl_response *response = fl_call_next(next, request);
    long long us = (long long)(fl_monotonic_us() - start);

    fl_set_header(response, "X-Request-Duration", "%lld.%06lld", us / 1000000, us % 1000000);
    fl_set_header(response, "Server-Timing", "total;dur=%lld.%03lld", us / 1000, us % 1000);
    return response;
}

FL_MIDDLEWARE(fl_timing, .call = call);
