/* Text of a command line as the typed value it stands for; or what is wrong with it, in words that show it. */
#include <errno.h>
#include <fleche/buf.h>
#include <fleche/unicode.h>
#include "arguments/table.h"

enum { LONGEST_SHOWN = 60 };

/* As Python's repr() shows it, so that no control character reaches a terminal. */
const char *fl_argument_quoted(const char *text)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 1 << 12);
    fl_str valid = fl_utf8_repair(fl_str_of(fl_truncate(fl_str_c(fl_utf8_repair(fl_str_of(text))), LONGEST_SHOWN)));

    fl_value_repr(fl_box_str(valid), &out);
    return fl_buf_failed(&out) ? "it" : fl_buf_c(&out);
}

/* -- by kind: NULL, or what the text is, to be said behind it -------------------------------------------------------------- */

static const char *read_text(const char *text, void *at)
{
    *(const char **)at = text;
    return NULL;
}

static const char *read_list(const char *text, void *at)
{
    fl_list_push(*(fl_list **)at, text);
    return NULL;
}

static bool is_number(fl_str text)
{
    if (text.size > 1 && (text.data[0] == '-' || text.data[0] == '+'))
        text = fl_str_slice(text, 1, SIZE_MAX);
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
    return text.size > 0;
}

static const char *read_int(const char *text, void *at)
{
    if (fl_str_int(fl_str_of(text), at))
        return NULL;
    return is_number(fl_str_of(text)) ? "has too many digits" : "is not a whole number";
}

static const char *read_float(const char *text, void *at)
{
    return fl_str_double(fl_str_of(text), at) ? NULL : "is not a number";
}

static const char *read_time(const char *text, void *at)
{
    fl_str whole = fl_str_of(text);
    fl_date date;

    int code = fl_datetime_try_parse(whole, fl_zone_here(), at);
    if (code == 0)
        return NULL;
    if (fl_date_try_parse(whole, &date) == 0) {
        *(fl_datetime *)at = fl_datetime_of_civil(fl_civil_of_date(date), fl_zone_here(), 0);
        return NULL;
    }
    return code == -ERANGE ? "is a time that does not exist" : "is not a time like 2026-11-20T09:30";
}

static const char *read_data(const char *text, void *at)
{
    fl_json_error why = { 0 };

    if (fl_json_try_parse(fl_str_of(text), NULL, at, &why) == 0)
        return NULL;
    return fl_text("is not JSON: %s at line %d, column %d", why.message, why.line, why.column);
}

static const struct {
    const char *wants;
    const char *(*read)(const char *text, void *at);
} kinds[] = {
    [FL_ARGUMENT_WORD] = { "a text", read_text },
    [FL_ARGUMENT_REST] = { "a text", read_list },
    [FL_ARGUMENT_TEXT] = { "a text", read_text },
    [FL_ARGUMENT_TEXTS] = { "a text", read_list },
    [FL_ARGUMENT_INT] = { "a whole number", read_int },
    [FL_ARGUMENT_FLOAT] = { "a number", read_float },
    [FL_ARGUMENT_TIME] = { "a time like 2026-11-20T09:30", read_time },
    [FL_ARGUMENT_DATA] = { "JSON", read_data },
};

const char *fl_argument_wants(const fl_argument *argument)
{
    return argument->options.choices == NULL ? kinds[argument->kind].wants : fl_text("one of %s", argument->options.choices);
}

/* -- choices --------------------------------------------------------------------------------------------------------------- */

static const char *not_chosen(const char *choices, const char *text)
{
    fl_vec(const char *) names = { 0 };

    for (fl_str name, rest = fl_str_of(choices); fl_str_cut(&rest, ' ', &name);) {
        fl_vec_push(&names, fl_str_c(name));
        if (fl_str_equal(name, fl_str_of(text)))
            return NULL;
    }
    fl_vec_push(&names, NULL);
    const char *near = fl_nearest_name(text, names.items);
    return fl_text("is not one of %s%s%s", choices, near == NULL ? "" : "; did you mean ",
                   near == NULL ? "" : fl_text("%s?", near));
}

const char *fl_argument_read(const fl_argument *argument, const char *text, void *at)
{
    const char *wrong = argument->options.choices == NULL ? NULL : not_chosen(argument->options.choices, text);

    if (wrong == NULL)
        wrong = kinds[argument->kind].read(text, at);
    return wrong == NULL ? NULL : fl_text("%s %s", fl_argument_quoted(text), wrong);
}
