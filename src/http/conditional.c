/* Conditional requests (RFC 9110, section 13): a client says which version it has, or wants to change; the answer may be 304 or 412. */
#include "http/etag.h"
#include "http/response.h"

/* What the response would be. */
typedef struct version { fl_str etag; fl_datetime modified; } version;     /* "" and none where it has none */
typedef enum verdict { IN_FULL, NOT_MODIFIED, FAILED } verdict;

static fl_str without_weakness(fl_str tag) { return fl_str_starts(tag, fl_lit("W/")) ? fl_str_slice(tag, 2, SIZE_MAX) : tag; }

/* A header that has no well-formed tag is none. */
static bool has_tags(fl_str header)
{
    fl_str tag;
    return fl_str_equal(fl_str_trim(header), fl_lit("*")) || fl_etag_next(&header, &tag);
}

/* Strongly: weak tags equal nothing. Weakly: the weakness is not looked at. */
static bool has_tag(fl_str header, fl_str tag, bool strongly)
{
    fl_str other;

    if (tag.size == 0)
        return false;
    if (fl_str_equal(fl_str_trim(header), fl_lit("*")))
        return true;
    if (strongly && fl_str_starts(tag, fl_lit("W/")))
        return false;
    while (fl_etag_next(&header, &other))
        if (strongly ? fl_str_equal(other, tag) : fl_str_equal(without_weakness(other), without_weakness(tag)))
            return true;
    return false;
}

/* Dates of HTTP have whole seconds. */
static bool is_later(fl_datetime a, fl_datetime b) { return fl_datetime_unix(a) > fl_datetime_unix(b); }

/* The order of RFC 9110, 13.2.2: dates count only where there are no tags. */
static verdict judge(const fl_request *request, version now)
{
    fl_str match = fl_str_of(fl_header(request, "If-Match")), none_match = fl_str_of(fl_header(request, "If-None-Match"));
    bool asks_for_match = has_tags(match), asks_for_other = has_tags(none_match);
    fl_datetime date;

    if (asks_for_match && !has_tag(match, now.etag, true))
        return FAILED;
    if (!asks_for_match && fl_parse_http_date(fl_header(request, "If-Unmodified-Since"), &date) &&
        (fl_is_none_datetime(now.modified) || is_later(now.modified, date)))
        return FAILED;
    if (asks_for_other && has_tag(none_match, now.etag, false))
        return fl_is_get(request) ? NOT_MODIFIED : FAILED;
    if (!asks_for_other && fl_is_get(request) && fl_parse_http_date(fl_header(request, "If-Modified-Since"), &date) &&
        !fl_is_none_datetime(now.modified) && !is_later(now.modified, date))
        return NOT_MODIFIED;
    return IN_FULL;
}

fl_response *fl_conditional(const fl_request *request, const char *etag, fl_datetime modified)
{
    version now = { etag == NULL ? fl_lit("") : fl_str_of(fl_quote_etag(etag)), modified };
    verdict it = judge(request, now);

    return it == IN_FULL ? NULL : it == FAILED ? fl_status_response(412) : fl_not_modified();
}

/* A 304 speaks for the response the client has: what that one would say anew is kept, and cookies. */
static fl_response *not_modified(fl_response *response)
{
    static const fl_str kept[] = {
        FL_LIT("Cache-Control"), FL_LIT("Content-Location"), FL_LIT("Date"), FL_LIT("ETag"),
        FL_LIT("Expires"),       FL_LIT("Last-Modified"),    FL_LIT("Vary"),
    };
    fl_response *instead = fl_not_modified();

    for (size_t i = 0; i < FL_LENGTH(kept); i++) {
        const char *value = fl_headers_joined(&response->headers, kept[i].data);
        if (value != NULL)
            fl_headers_add(&instead->headers, kept[i], fl_str_of(value));
    }
    instead->cookies = response->cookies;
    return instead;
}

fl_response *fl_conditional_of(const fl_request *request, fl_response *response)
{
    version now = { .etag = fl_headers_get_str(&response->headers, fl_lit("ETag")) };
    fl_str modified = fl_headers_get_str(&response->headers, fl_lit("Last-Modified"));

    if (response->status < 200 || response->status > 299)
        return response;
    if (modified.data == NULL || !fl_parse_http_date(modified.data, &now.modified))
        now.modified = FL_NEVER;
    verdict it = judge(request, now);
    if (it == IN_FULL)
        return response;
    return fl_response_replace(response, it == FAILED ? fl_status_response(412) : not_modified(response));
}
