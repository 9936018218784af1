/* Fragments of HTML from a format with fields and values that are escaped on their way in. */
#include <errno.h>
#include <fleche/error.h>
#include <fleche/html.h>
#include <fleche/json.h>
#include "text/characters.h"

/* The values by position, or name, value, name, value …. */
typedef struct fields {
    const char *format;
    const fl_value *values;
    size_t count;
    bool named;
    size_t next;                                     /* the position that {} takes */
    bool numbered, automatic;                        /* {0} was seen, {} was seen */
} fields;

_Noreturn static void refuse(const fields *f, fl_str field, const char *why, const char *hint)
{
    fl_error *error = fl_error_new(FL_VALUE_ERROR, "the field {%.*s} of \"%s\" %s", FL_SHOW(field), f->format, why);
    error->hint = hint;
    fl_reraise(error);
}

static fl_value by_position(const fields *f, fl_str field, size_t position)
{
    if (f->named || position >= f->count)
        refuse(f, field, "has no value", f->named ? "values are given by name here: {name}" : "give a value for each field");
    return f->values[position];
}

static fl_value by_name(const fields *f, fl_str name)
{
    for (size_t i = 0; f->named && i < f->count; i++)
        if (f->values[2 * i].kind == FL_V_TEXT && fl_str_equal(f->values[2 * i].text, name))
            return f->values[2 * i + 1];
    refuse(f, name, "has no value", f->named ? "give one by this name" : "fl_format_html_named() takes values by name");
}

static fl_value value_of(fields *f, fl_str field)
{
    unsigned long long position;

    for (size_t i = 0; i < field.size; i++)
        if (strchr("!:.[", field.data[i]) != NULL)
            refuse(f, field, "asks for more than a value", "fields are {}, {0} or {name}; format the value before");
    if (field.size > 0 && !fl_is_ascii_digit_(field.data[0]))
        return by_name(f, field);
    f->numbered |= field.size > 0;
    f->automatic |= field.size == 0;
    if (f->numbered && f->automatic)
        refuse(f, field, "mixes {} with numbers", "use one of both");
    if (field.size == 0)
        return by_position(f, field, f->next++);
    if (!fl_str_uint(field, &position))
        refuse(f, field, "has no value", NULL);
    return by_position(f, field, position);
}

/* Takes a field off *rest, whose first brace is off already. */
static void put_field(fl_buf *out, fields *f, fl_str *rest)
{
    size_t end;

    if (!fl_str_find_char(*rest, '}', &end))
        refuse(f, *rest, "has no end", "write {{ for a brace");
    fl_value v = value_of(f, fl_str_slice(*rest, 0, end));
    *rest = fl_str_from_(*rest, end + 1);
    fl_conditional_escape_to(out, v);
}

static void put_format(fl_buf *out, fields *f)
{
    fl_str rest = fl_str_of(f->format);

    while (rest.size > 0) {
        size_t at = 0;
        while (at < rest.size && rest.data[at] != '{' && rest.data[at] != '}')
            at++;
        fl_buf_add_n(out, rest.data, at);
        if (at == rest.size)
            return;
        char brace = rest.data[at], next = at + 1 < rest.size ? rest.data[at + 1] : '\0';
        rest = fl_str_from_(rest, at + (next == brace ? 2 : 1));
        if (next == brace)
            fl_buf_add_char(out, brace);
        else if (brace == '}')
            refuse(f, fl_lit("}"), "is a brace without its other", "write }} for a brace");
        else
            put_field(out, f, &rest);
    }
}

static fl_value made(fl_buf *out) { return (fl_value){ .kind = FL_V_TEXT, .flags = FL_VALUE_SAFE, .text = fl_made_(out) }; }

static fl_value formatted(fields f)
{
    fl_buf out = fl_result_();

    if (f.count == 0)
        refuse(&f, fl_lit(""), "cannot be filled: there are no values", "fl_safe() marks text as HTML");
    put_format(&out, &f);
    return made(&out);
}

fl_value fl_format_html_(const char *format, const fl_value *values, size_t count)
{
    return formatted((fields){ .format = format, .values = values, .count = count });
}

fl_value fl_format_html_named_(const char *format, const fl_value *pairs, size_t count)
{
    return formatted((fields){ .format = format, .values = pairs, .count = count, .named = true });
}

/* -- rows -------------------------------------------------------------------------------------------------------------------- */

static fl_list *pairs_of(const fl_dict *dict)
{
    fl_list *pairs = fl_list_new();
    fl_value key, value;
    size_t cursor = 0;

    while (fl_dict_next(dict, &cursor, &key, &value)) {
        fl_list_push(pairs, key);
        fl_list_push(pairs, value);
    }
    return pairs;
}

static fields fields_of(const char *format, fl_value row)
{
    if (row.kind == FL_V_DICT) {
        const fl_list *pairs = pairs_of(row.dict);
        return (fields){ .format = format, .values = pairs->items, .count = pairs->count / 2, .named = true };
    }
    if (row.kind != FL_V_LIST)
        fl_raise(FL_TYPE_ERROR, "a row for \"%s\" is %s, not a list or dict of values", format, fl_kind_name(row.kind));
    return (fields){ .format = format, .values = row.list->items, .count = row.list->count };
}

fl_value fl_format_html_join_(fl_value separator, const char *format, const fl_list *rows)
{
    fl_buf out = fl_result_();

    for (size_t i = 0; i < fl_len(rows); i++) {
        fields f = fields_of(format, rows->items[i]);
        if (i > 0)
            fl_conditional_escape_to(&out, separator);
        put_format(&out, &f);
    }
    return made(&out);
}

/* -- JSON -------------------------------------------------------------------------------------------------------------------- */

fl_value fl_json_script_(fl_value v, const char *id)
{
    fl_buf out = fl_result_();

    fl_buf_add(&out, fl_lit("<script"));
    if (id != NULL) {
        fl_buf_add(&out, fl_lit(" id=\""));
        fl_escape_to(&out, fl_str_of(id));
        fl_buf_add_char(&out, '"');
    }
    fl_buf_add(&out, fl_lit(" type=\"application/json\">"));
    int code = fl_json_write(v, &(const fl_json_style){ .html_safe = true }, &out);
    if (code == -ENOMEM)
        fl_raise_code(code, "the script \"%s\" cannot be written", id == NULL ? "" : id);
    if (code != 0 && !fl_buf_failed(&out))
        fl_raise(FL_VALUE_ERROR, "the value of the script \"%s\" has no form in JSON: %s", id == NULL ? "" : id,
                 fl_code_text(code));
    fl_buf_add(&out, fl_lit("</script>"));
    return made(&out);
}
