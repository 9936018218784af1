/* Entity tags and dates: what a client gives back to ask whether it still has the right thing. */
#include <fleche/conditional.h>
#include <fleche/crypto.h>
#include "http/etag.h"

/* A tag at the front, W/"…" or "…", and how long it is; 0 for none. */
static size_t tag_size(fl_str text)
{
    size_t start = fl_str_starts(text, fl_lit("W/")) ? 2 : 0, end;

    if (text.size < start + 2 || text.data[start] != '"' || !fl_str_find_char(fl_str_slice(text, start + 1, SIZE_MAX), '"', &end))
        return 0;
    return start + 1 + end + 1;
}

bool fl_etag_next(fl_str *rest, fl_str *ret)
{
    while (rest->size > 0) {
        fl_str text = fl_str_trim(*rest);
        size_t size = tag_size(text), comma = text.size;
        fl_str behind = fl_str_trim(fl_str_slice(text, size, SIZE_MAX));
        if (size > 0 && (behind.size == 0 || behind.data[0] == ',')) {
            *ret = fl_str_slice(text, 0, size);
            *rest = fl_str_slice(behind, 1, SIZE_MAX);
            return true;
        }
        (void)fl_str_find_char(text, ',', &comma);
        *rest = fl_str_slice(text, comma + 1, SIZE_MAX);
    }
    return false;
}

const fl_list *fl_parse_etags(const char *header)
{
    fl_list *tags = fl_list_new();
    fl_str rest = fl_str_of(header), tag;

    if (fl_str_equal(fl_str_trim(rest), fl_lit("*"))) {
        fl_list_push(tags, "*");
        return tags;
    }
    while (fl_etag_next(&rest, &tag))
        fl_list_push(tags, tag);
    return tags;
}

const char *fl_quote_etag(const char *tag)
{
    fl_str text = fl_str_of(tag);
    return text.size > 0 && tag_size(text) == text.size ? tag : fl_text("\"%s\"", tag);
}

const char *fl_etag_of(fl_str body) { return fl_text("\"%s\"", fl_hash_hex(FL_MD5, body)); }

const char *fl_http_date(fl_datetime when) { return fl_datetime_text(when, FL_HTTP_DATE); }
bool fl_parse_http_date(const char *text, fl_datetime *ret) { return fl_http_date_try_parse(fl_str_of(text), ret) == 0; }
