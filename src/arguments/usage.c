/* What a person reads before writing a command line: the usage in a line, and all arguments with their help. */
#include <fleche/buf.h>
#include <fleche/unicode.h>
#include "arguments/table.h"
#include "arguments/wrap.h"

enum { FURTHEST_HELP = 24, MARGIN = 2, NARROWEST_HELP = 11 };

/* -- how values are shown: LIMIT, {json,xml} ------------------------------------------------------------------------------- */

static const char *value_name(const fl_argument *argument)
{
    if (argument->options.choices == NULL)
        return fl_str_upper_ascii(fl_str_of(argument->name)).data;
    return fl_text("{%s}", fl_str_replace(fl_str_of(argument->options.choices), fl_lit(" "), fl_lit(",")).data);
}

static const char *word_usage(const fl_argument *argument)
{
    const char *name = argument->options.choices == NULL ? argument->name : value_name(argument);
    bool is_needed = fl_argument_is_needed(argument);

    if (argument->kind == FL_ARGUMENT_REST)
        return is_needed ? fl_text("%s [%s ...]", name, name) : fl_text("[%s ...]", name);
    return is_needed ? name : fl_text("[%s]", name);
}

/* Without brackets. */
static const char *option_usage(const fl_argument *argument)
{
    const char *name = fl_argument_long_name(argument), *no_name = fl_argument_no_name(argument);

    if (!fl_argument_is_flag(argument))
        return fl_text("%s %s", name, value_name(argument));
    if (name != NULL && no_name != NULL)
        return fl_text("%s | %s", name, no_name);
    return name != NULL ? name : no_name;
}

static const char *usage_of(const fl_argument *argument)
{
    if (!fl_argument_is_option(argument))
        return word_usage(argument);
    const char *text = fl_argument_is_needed(argument) ? option_usage(argument) : fl_text("[%s]", option_usage(argument));
    return argument->kind == FL_ARGUMENT_TEXTS ? fl_text("%s ...", text) : text;
}

void fl_arguments_usage(const char *program, const fl_argument_group *groups, size_t count, size_t width, fl_buf *out)
{
    fl_vec(const char *) items = { 0 };
    const char *begin = fl_text("usage: %s", program);
    size_t indent = fl_display_width(fl_str_of(begin)) + 1;

    fl_buf_add_c(out, begin);
    for (int words = 0; words < 2; words++)
        for (size_t i = 0; i < count; i++)
            for (const fl_argument *a = groups[i].arguments; a->name != NULL; a++)
                if (fl_argument_is_option(a) != words)
                    fl_vec_push(&items, usage_of(a));
    if (items.count > 0)
        fl_buf_add_char(out, ' ');
    fl_wrap_items(items.items, items.count, indent, indent < width / 2 ? indent : sizeof "usage:", width, out);
    fl_buf_add_char(out, '\n');
}

/* -- the list -------------------------------------------------------------------------------------------------------------- */

/* "  -l, --limit LIMIT" */
static const char *invocation(const fl_argument *argument)
{
    const char *name = argument->options.short_name, *positive = fl_argument_long_name(argument);
    const char *no_name = fl_argument_no_name(argument);

    if (!fl_argument_is_option(argument))
        return fl_text("  %s", argument->options.choices == NULL ? argument->name : value_name(argument));
    return fl_text("  %s%s%s%s%s%s%s%s", name == NULL ? "" : "-", name == NULL ? "" : name, name == NULL ? "" : ", ",
                   positive == NULL ? "" : positive, positive != NULL && no_name != NULL ? ", " : "",
                   no_name == NULL ? "" : no_name, fl_argument_is_flag(argument) ? "" : " ",
                   fl_argument_is_flag(argument) ? "" : value_name(argument));
}

static const char *help_of(const fl_argument *argument)
{
    const fl_argument_options *o = &argument->options;
    const char *help = o->help == NULL ? "" : o->help, *space = o->help == NULL ? "" : " ";

    if (o->required && fl_argument_is_option(argument))
        return fl_text("%s%s(required)", help, space);
    if (o->default_value == NULL || o->default_value[0] == '\0' || argument->kind == FL_ARGUMENT_FLAG)
        return help;
    return fl_text("%s%s(default: %s)", help, space, o->default_value);
}

static void write_entry(const fl_argument *argument, size_t column, size_t width, fl_buf *out)
{
    const char *begin = invocation(argument), *help = help_of(argument);
    size_t end = fl_display_width(fl_str_of(begin));

    fl_buf_add_c(out, begin);
    if (help[0] != '\0') {
        if (end + MARGIN > column)
            fl_buf_add_char(out, '\n');
        fl_wrap_spaces(end + MARGIN > column ? column : column - end, out);
        fl_wrap_text(help, column, column, width > column + NARROWEST_HELP ? width : column + NARROWEST_HELP, out);
    }
    fl_buf_add_char(out, '\n');
}

static void write_list(const char *title, const fl_argument *arguments, bool words, bool options, size_t column, size_t width,
                       fl_buf *out)
{
    bool is_empty = true;

    for (const fl_argument *a = arguments; a->name != NULL; a++) {
        if (!(fl_argument_is_option(a) ? options : words))
            continue;
        if (is_empty)
            fl_buf_format(out, "\n%s:\n", title);
        is_empty = false;
        write_entry(a, column, width, out);
    }
}

void fl_arguments_help(const fl_argument_group *groups, size_t count, size_t width, fl_buf *out)
{
    size_t column = 0;

    for (size_t i = 0; i < count; i++)
        for (const fl_argument *a = groups[i].arguments; a->name != NULL; a++) {
            size_t wanted = fl_display_width(fl_str_of(invocation(a))) + MARGIN;
            column = wanted > column ? wanted : column;
        }
    if (column > FURTHEST_HELP)
        column = FURTHEST_HELP;
    for (size_t i = 0; i < count; i++) {
        if (groups[i].title != NULL) {
            write_list(groups[i].title, groups[i].arguments, true, true, column, width, out);
            continue;
        }
        write_list("arguments", groups[i].arguments, true, false, column, width, out);
        write_list("options", groups[i].arguments, false, true, column, width, out);
    }
}
