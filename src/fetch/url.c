/* "http://host:8080/path?query#part": what to connect to, and what to ask for. */
#include <fleche/codec.h>
#include "fetch/fetch.h"

static _Noreturn FL_COLD void refuse(const char *url, const char *why, const char *hint)
{
    fl_error *error = fl_error_new(FL_VALUE_ERROR, "'%s' cannot be fetched: %s", url, why);

    error->hint = hint;
    fl_reraise(error);
}

static bool has_control(fl_str text)
{
    for (size_t i = 0; i < text.size; i++)
        if ((uint8_t)text.data[i] <= ' ' || text.data[i] == 0x7f)
            return true;
    return false;
}

void fl_fetch_read_url(const char *url, fl_fetch_url *ret)
{
    fl_str rest;

    if (fl_starts_with(url, "https://"))
        refuse(url, "TLS is not there yet", "put a proxy that speaks TLS beside this program, and ask it by http");
    if (!fl_str_after(fl_str_of(url), fl_lit("http://"), &rest))
        refuse(url, "it does not begin with http://", NULL);
    size_t end = strcspn(rest.data, "/?#");
    fl_str host = fl_str_slice(rest, 0, end), target = fl_str_slice(rest, end, strcspn(rest.data + end, "#"));
    size_t colon, bracket = 0;
    if (host.size == 0 || has_control(host) || has_control(target) || fl_str_find_char(host, '@', NULL))
        refuse(url, "there is no host in it, or a character that may not be there", "percent-encode what is not ASCII");
    (void)fl_str_find_char(host, ']', &bracket);
    bool has_port = fl_str_find_last(host, ':', &colon) && colon > bracket;
    ret->host = fl_str_c(host);
    ret->address = has_port ? ret->host : fl_text("%s:80", ret->host);
    ret->target = target.size == 0 ? "/" : target.data[0] == '/' ? fl_str_c(target) : fl_text("/%.*s", FL_SHOW(target));
}
