/* Which values are never shown, and how values are shown without them. */
#include "env/env.h"

static const fl_str marks[] = {
    FL_LIT("api"),    FL_LIT("auth"), FL_LIT("token"),     FL_LIT("key"),
    FL_LIT("secret"), FL_LIT("pass"), FL_LIT("signature"), FL_LIT("http_cookie"),
};

enum { DEEPEST = 64 };

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c; }

static bool begins(fl_str text, fl_str mark)
{
    size_t i = 0;

    while (i < mark.size && i < text.size && lower(text.data[i]) == mark.data[i])
        i++;
    return i == mark.size;
}

static bool is_secret(fl_str name)
{
    for (size_t at = 0; at < name.size; at++)
        for (size_t i = 0; i < FL_LENGTH(marks); i++)
            if (begins(fl_str_slice(name, at, SIZE_MAX), marks[i]))
                return true;
    return false;
}

bool fl_is_secret_name(const char *name) { return is_secret(fl_str_of(name)); }

/* The password's part of scheme://user:password@…, if there is one. */
static bool password_of(fl_str text, fl_str *ret)
{
    size_t at = 0, colon = 0, end;

    if (!fl_str_find(text, fl_lit("://"), &at))
        return false;
    fl_str rest = fl_str_slice(text, at + 3, SIZE_MAX);
    for (end = 0; end < rest.size && strchr("/?# \t\n", rest.data[end]) == NULL;)
        end++;
    rest.size = end;
    if (!fl_str_find_last(rest, '@', &rest.size) || !fl_str_find_char(rest, ':', &colon))
        return false;
    *ret = fl_str_slice(rest, colon + 1, SIZE_MAX);
    return ret->size > 0;
}

static fl_value cleanse_text(fl_value v)
{
    fl_str rest = v.text, password;
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    if (!password_of(rest, &password))
        return v;
    do {
        fl_buf_add_n(&out, rest.data, (size_t)(password.data - rest.data));
        fl_buf_add_c(&out, FL_CLEANSED);
        rest = fl_str_n(password.data + password.size, rest.size - (size_t)(password.data - rest.data) - password.size);
    } while (password_of(rest, &password));
    fl_buf_add(&out, rest);
    v.text.size = out.size;
    v.text.data = fl_buf_c(&out);
    return v;
}

static fl_value cleanse(fl_str name, fl_value v, int depth);

static fl_value cleanse_list(const fl_list *from, int depth)
{
    fl_list *list = fl_list_new();

    list->tuple = from->tuple;
    for (size_t i = 0; i < from->count; i++)
        fl_list_push(list, cleanse(fl_lit(""), from->items[i], depth));
    return fl_box(list);
}

static fl_value cleanse_dict(const fl_dict *from, int depth)
{
    fl_dict *dict = fl_dict_new();
    fl_value key, value;

    for (size_t cursor = 0; fl_dict_next(from, &cursor, &key, &value);) {
        fl_str name = key.kind == FL_V_TEXT ? key.text : fl_str_of(fl_value_text(key));
        fl_dict_put(dict, name, cleanse(name, value, depth));
    }
    return fl_box(dict);
}

static fl_value cleanse(fl_str name, fl_value v, int depth)
{
    if (is_secret(name) || depth == 0)
        return fl_box(FL_CLEANSED);
    switch (v.kind) {
    case FL_V_TEXT: return cleanse_text(v);
    case FL_V_LIST: return cleanse_list(v.list, depth - 1);
    case FL_V_DICT: return cleanse_dict(v.dict, depth - 1);
    default: return v;
    }
}

fl_value fl_cleanse(const char *name, fl_value value) { return cleanse(fl_str_of(name), value, DEEPEST); }
