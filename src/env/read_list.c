/* Variables that have several values: lists, dicts, JSON. Unset, they are read from the fallback's text. */
#include <errno.h>
#include "env/env.h"

static const char *kind_of_items(fl_kind kind)
{
    return kind == FL_V_INT ? "integers" : kind == FL_V_FLOAT ? "numbers" : kind == FL_V_BOOL ? "truth values" : "texts";
}

static const char *text_of(const env_variable *v) { return v->value != NULL ? v->value : v->options->fallback; }

static fl_str inside_parentheses(fl_str text)
{
    text = fl_str_trim(text);
    if (!fl_str_starts(text, fl_lit("(")) || !fl_str_ends(text, fl_lit(")")) || text.size < 2)
        return text;
    return fl_str_slice(text, 1, text.size - 2);
}

fl_list *fl_env_list_(const char *name, const fl_env_options *options)
{
    env_variable v = env_find(name, options->tuple ? "tuple" : "list", options->fallback, options);
    fl_str rest = fl_str_of(text_of(&v)), part;
    fl_list *list = fl_list_new();
    fl_value item;

    list->tuple = options->tuple;
    if (options->tuple)
        rest = inside_parentheses(rest);
    while (fl_str_cut(&rest, ',', &part)) {
        part = fl_str_trim(part);
        if (part.size == 0)
            continue;
        if (!env_item(options->of, part, &item)) {
            env_wrong(&v, fl_text("a list of %s, apart by commas", kind_of_items(options->of)), NULL);
            return list;
        }
        fl_list_push(list, item);
    }
    return list;
}

fl_dict *fl_env_dict_(const char *name, const fl_env_options *options)
{
    env_variable v = env_find(name, "dict", options->fallback, options);
    fl_str rest = fl_str_of(text_of(&v)), pair;
    fl_dict *dict = fl_dict_new();
    fl_value item;
    size_t sign;

    while (fl_str_cut(&rest, ',', &pair)) {
        pair = fl_str_trim(pair);
        if (pair.size == 0)
            continue;
        bool found = fl_str_find_char(pair, '=', &sign);
        if (!found || !env_item(options->of, fl_str_trim(fl_str_slice(pair, sign + 1, SIZE_MAX)), &item)) {
            env_wrong(&v, fl_text("a list of name=value, apart by commas, the values %s", kind_of_items(options->of)), NULL);
            return dict;
        }
        fl_dict_put(dict, fl_str_trim(fl_str_slice(pair, 0, sign)), item);
    }
    return dict;
}

fl_json *fl_env_json_(const char *name, const fl_env_options *options)
{
    env_variable v = env_find(name, "JSON", options->fallback, options);
    const char *text = text_of(&v);
    fl_json_error why;
    fl_json *json = NULL;
    int code = text == NULL ? 0 : fl_json_try_parse(fl_str_of(text), NULL, &json, &why);

    if (code == -ENOMEM)
        fl_raise_code(code, "cannot read %s", v.name);
    if (code != 0)
        env_wrong(&v, fl_text("JSON (%s, line %d, column %d)", why.message, why.line, why.column),
                  v.value == NULL ? "its fallback" : NULL);
    return json;
}
