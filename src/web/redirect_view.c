/* Views that only lead elsewhere: to a URL with the captured texts in it, or to a route by name. */
#include <fleche/log.h>
#include "web/web.h"

/* "/new/<slug>/" with what the route captured. */
static const char *fill(const fl_request *request, const char *url)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 65536);
    fl_str rest = fl_str_of(url), name;
    size_t open, close;

    while (fl_str_find_char(rest, '<', &open) && fl_str_find_char(fl_str_slice(rest, open, SIZE_MAX), '>', &close)) {
        name = fl_str_slice(rest, open + 1, close - 1);
        const char *value = fl_kwarg(request, fl_str_c(name));
        if (value == NULL)
            fl_raise(FL_IMPROPERLY_CONFIGURED, "the redirect to %s needs '%.*s', which its route does not capture", url,
                     FL_SHOW(name));
        fl_buf_add(&out, fl_str_slice(rest, 0, open));
        fl_buf_add_c(&out, value);
        rest = fl_str_slice(rest, open + close + 1, SIZE_MAX);
    }
    fl_buf_add(&out, rest);
    return fl_buf_c(&out);
}

static const char *by_name(const fl_request *request, const char *name)
{
    const fl_match *match = request->match;
    fl_value *pairs = fl_new_array(fl_value, 2 * match->argument_count + 1),
             *args = fl_new_array(fl_value, match->argument_count + 1);
    size_t n = 0, arg_count = 0;

    for (size_t i = 0; i < match->argument_count; i++)
        if (match->arguments[i].name == NULL) {
            args[arg_count++] = match->arguments[i].value;
        } else {
            pairs[2 * n] = fl_box(match->arguments[i].name);
            pairs[2 * n++ + 1] = match->arguments[i].value;
        }
    return fl_try_reverse(name, pairs, n, &(const fl_reverse_options){ .args = args, .arg_count = n > 0 ? 0 : arg_count });
}

fl_response *fl_redirect_view_(fl_request *request, const fl_redirect_view *view)
{
    const char *url = view->url != NULL            ? fill(request, view->url)
                      : view->pattern_name != NULL ? by_name(request, view->pattern_name)
                                                   : NULL;

    if (url == NULL) {
        fl_log_with(FL_WARNING, "fleche.request", FL_PAIRS("status_code", 410), "Gone: %s", request->path);
        return fl_status_response(410);
    }
    if (view->query_string && request->query_string[0] != '\0')
        url = fl_text("%s?%s", url, request->query_string);
    return fl_redirect_to_(
        url, &(const fl_redirect_options){ .permanent = view->permanent, .preserve_request = view->preserve_request });
}
