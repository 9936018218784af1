/* Pairs as the query of a URL, and URLs that begin with slashes. */
#include <fleche/codec.h>
#include <fleche/error.h>
#include <fleche/text.h>
#include "text/characters.h"

static fl_str text_of(fl_value v)
{
    return v.kind == FL_V_BYTES ? (fl_str){ (const char *)v.bytes.data, v.bytes.size } : fl_str_of(fl_value_text(v));
}

static void put_pair(fl_buf *out, fl_value name, fl_value value)
{
    if (fl_value_is_none(value)) {
        fl_error *error = fl_error_new(FL_TYPE_ERROR, "the value of \"%s\" is none, which no query can say", fl_value_text(name));
        error->hint = "give an empty text, or leave it out";
        fl_reraise(error);
    }
    fl_form_encode(text_of(name), text_of(value), out);
}

fl_str fl_urlencode_(const fl_value *pairs, size_t count, bool each)
{
    fl_buf out = fl_result_();

    for (size_t i = 0; i < count; i++) {
        fl_value name = pairs[2 * i], value = pairs[2 * i + 1], item;
        bool many = each && value.kind != FL_V_TEXT && value.kind != FL_V_BYTES && fl_value_is_iterable(value);
        size_t cursor = 0;
        if (!many)
            put_pair(&out, name, value);
        while (many && fl_value_next(value, &cursor, &item))
            put_pair(&out, name, item);
    }
    return fl_made_(&out);
}

fl_str fl_escape_leading_slashes(fl_str url)
{
    fl_str rest;

    if (!fl_str_after(url, fl_lit("//"), &rest))
        return fl_str_copy(url);
    fl_buf out = fl_result_();
    fl_buf_add(&out, fl_lit("/%2F"));
    fl_buf_add(&out, rest);
    return fl_made_(&out);
}
