/* URLs of services, taken apart as Python's urlsplit() does, each part percent-decoded. */
#include <fleche/codec.h>
#include "env/env.h"

char *env_decode(fl_str text, bool plus)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    fl_percent_decode(plus ? fl_str_replace(text, fl_lit("+"), fl_lit(" ")) : text, &out);
    return fl_buf_c(&out);
}

/* A scheme at the front, and what is behind its colon. */
static bool scheme_of(fl_str text, fl_str *ret_scheme, fl_str *ret_rest)
{
    size_t size = 0;

    if (!fl_str_find_char(text, ':', &size) || size == 0)
        return false;
    for (size_t i = 0; i < size; i++) {
        char c = text.data[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!letter && (i == 0 || ((c < '0' || c > '9') && strchr("+-.", c) == NULL)))
            return false;
    }
    *ret_scheme = fl_str_lower_ascii(fl_str_slice(text, 0, size));
    *ret_rest = fl_str_slice(text, size + 1, SIZE_MAX);
    return true;
}

/* What stands before the first `mark`, and *rest what is behind it, or nothing. */
static fl_str before(fl_str text, char mark, fl_str *ret_behind)
{
    size_t at = text.size;

    *ret_behind = (fl_str){ 0 };
    if (fl_str_find_char(text, mark, &at))
        *ret_behind = fl_str_slice(text, at + 1, SIZE_MAX);
    return fl_str_slice(text, 0, at);
}

static bool port_of(fl_str text, int *ret)
{
    unsigned long long port = 0;

    if (text.size == 0)
        return true;
    if (!fl_str_uint(text, &port) || port > 65535)
        return false;
    *ret = (int)port;
    return true;
}

static bool host_and_port(fl_str place, fl_service_url *ret)
{
    size_t end = 0, colon = 0;

    if (fl_str_find_char(place, ',', NULL)) {        /* several of them: for whom the URL is for */
        ret->host = env_decode(place, false);
        return true;
    }
    if (fl_str_starts(place, fl_lit("["))) {
        if (!fl_str_find_char(place, ']', &end))
            return false;
        fl_str behind = fl_str_slice(place, end + 1, SIZE_MAX);
        ret->host = fl_str_c(fl_str_lower_ascii(fl_str_slice(place, 1, end - 1)));
        return behind.size == 0 || (behind.data[0] == ':' && port_of(fl_str_slice(behind, 1, SIZE_MAX), &ret->port));
    }
    if (!fl_str_find_last(place, ':', &colon))
        colon = place.size;
    ret->host = env_decode(fl_str_lower_ascii(fl_str_slice(place, 0, colon)), false);
    return port_of(fl_str_slice(place, colon + 1, SIZE_MAX), &ret->port);
}

static bool authority(fl_str text, fl_service_url *ret)
{
    size_t at = 0;
    fl_str password;

    if (fl_str_find_last(text, '@', &at)) {
        ret->user = env_decode(before(fl_str_slice(text, 0, at), ':', &password), false);
        ret->password = env_decode(password, false);
        text = fl_str_slice(text, at + 1, SIZE_MAX);
    }
    return host_and_port(text, ret);
}

static const fl_dict *query_of(fl_str text)
{
    fl_dict *query = fl_dict_new();
    fl_str name, value;

    while (fl_form_next(&text, &name, &value))
        if (value.size > 0)                          /* Python's parse_qs() leaves blank ones out */
            fl_dict_put(query, name, value);
    return query;
}

bool env_url(fl_str text, fl_service_url *ret)
{
    fl_str scheme, rest, query, fragment, place = { 0 };
    size_t slash = 0;

    *ret = (fl_service_url){ "", "", "", "", "", 0, NULL };
    if (!scheme_of(fl_str_trim(text), &scheme, &rest))
        return false;
    ret->scheme = fl_str_c(scheme);
    rest = before(rest, '#', &fragment);
    rest = before(rest, '?', &query);
    if (fl_str_after(rest, fl_lit("//"), &rest)) {
        slash = rest.size;
        (void)fl_str_find_char(rest, '/', &slash);
        place = fl_str_slice(rest, 0, slash);
        rest = fl_str_slice(rest, slash, SIZE_MAX);
    }
    ret->path = env_decode(rest, true);
    ret->query = query_of(query);
    return authority(place, ret);
}

fl_service_url fl_env_url_(const char *name, const fl_env_options *options)
{
    env_variable v = env_find(name, "URL", options->fallback, options);
    const char *text = v.value == NULL ? options->fallback : v.value;
    fl_service_url url = { 0 };

    if (text != NULL && !env_url(fl_str_of(text), &url)) {
        env_wrong(&v, "a URL: scheme://user:password@host:port/path, special characters as %XX",
                  "the value, which is not shown,");
        url = (fl_service_url){ 0 };
    }
    return url;
}
