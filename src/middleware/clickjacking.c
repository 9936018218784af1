/* X-Frame-Options: which sites may show ours in a frame. Views say otherwise with FL_XFRAME and FL_XFRAME_EXEMPT_VIEW. */
#include <fleche/middleware.h>

static const char *option = "DENY";

static bool start(const fl_settings *settings)
{
    const char *set = settings->x_frame_options;
    option = set == NULL ? "DENY" : fl_str_c(fl_str_upper_ascii(fl_str_of(set)));
    return true;
}

static fl_response *call(fl_request *request, fl_next *next)
{
    fl_response *response = fl_call_next(next, request);

    if (!(response->marks & FL_XFRAME_EXEMPT))
        fl_set_default_header(response, "X-Frame-Options", option);
    return response;
}

FL_MIDDLEWARE(fl_clickjacking, .call = call, .start = start);
