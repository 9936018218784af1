/* What people read: the list of commands by app, and all about one. */
#include <fleche/unicode.h>
#include <fleche/vec.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include "arguments/wrap.h"
#include "cli/cli.h"
#include "cli/common.h"

enum { USUAL_WIDTH = 80, NARROWEST = 40, WIDEST = 10000, HELP_COLUMN = 24, MOST_TEXT = 1 << 20 };

size_t fl_command_width(void)
{
    const char *columns = getenv("COLUMNS");
    unsigned long long width = 0;
    struct winsize size = { 0 };

    if (columns == NULL || !fl_str_uint(fl_str_of(columns), &width) || width == 0)
        width = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
    if (width == 0)
        return USUAL_WIDTH;
    return width < NARROWEST ? NARROWEST : width > WIDEST ? WIDEST : (size_t)width;
}

/* -- one command ----------------------------------------------------------------------------------------------------------- */

static void add_usage(const char *name, const fl_command *command, size_t width, fl_buf *out)
{
    const fl_argument_group own = { .arguments = command->arguments };

    fl_arguments_usage(name, &own, 1, width, out);
}

const char *fl_command_usage(const char *name, const fl_command *command, size_t width)
{
    fl_buf out = fl_buf_in(fl_arena_here(), MOST_TEXT);

    add_usage(name, command, width, &out);
    return fl_buf_c(&out);
}

const char *fl_command_help(const char *name, const fl_command *command, size_t width)
{
    const fl_argument_group groups[] = {
        { .arguments = command->arguments },
        { .arguments = fl_common_arguments, .title = "options of every command" },
    };
    fl_buf out = fl_buf_in(fl_arena_here(), MOST_TEXT);

    add_usage(name, command, width, &out);
    if (command->help != NULL && command->help[0] != '\0') {
        fl_buf_add_char(&out, '\n');
        fl_wrap_text(command->help, 0, 0, width, &out);
        fl_buf_add_char(&out, '\n');
    }
    fl_arguments_help(groups, FL_LENGTH(groups), width, &out);
    return fl_buf_c(&out);
}

/* -- all of them ----------------------------------------------------------------------------------------------------------- */

typedef struct entry { const char *app; const fl_command *command; } entry;
typedef fl_vec(entry) entries;

static int by_name(const void *a, const void *b)
{
    return strcmp(((const entry *)a)->command->name, ((const entry *)b)->command->name);
}

static int by_app(const void *a, const void *b)
{
    int order = strcmp(((const entry *)a)->app, ((const entry *)b)->app);

    return order != 0 ? order : by_name(a, b);
}

/* Those that can be run: not what an app before has replaced. */
static entries all_commands(int (*order)(const void *a, const void *b))
{
    entries all = { 0 };
    const fl_command *command;
    const char *app, *first;

    for (size_t cursor = 0; (command = fl_command_next(&cursor, &app)) != NULL;)
        if (fl_command_named(command->name, &first) == command)
            fl_vec_push(&all, (entry){ app, command });
    if (all.count > 0)
        qsort(all.items, all.count, sizeof *all.items, order);
    return all;
}

static void add_entry(const fl_command *command, size_t width, fl_buf *out)
{
    size_t end = 2 + fl_display_width(fl_str_of(command->name)), size;
    fl_str help = fl_str_of(command->help == NULL ? "" : command->help);

    if (fl_str_find(help, fl_lit("\n\n"), &size))
        help.size = size;
    fl_buf_format(out, "  %s", command->name);
    if (help.size > 0) {
        if (end + 2 > HELP_COLUMN)
            fl_buf_add_char(out, '\n');
        fl_wrap_spaces(end + 2 > HELP_COLUMN ? HELP_COLUMN : HELP_COLUMN - end, out);
        fl_wrap_text(fl_str_c(help), HELP_COLUMN, HELP_COLUMN, width, out);
    }
    fl_buf_add_char(out, '\n');
}

const char *fl_command_list(const char *program, size_t width)
{
    fl_buf out = fl_buf_in(fl_arena_here(), MOST_TEXT);
    entries all = all_commands(by_app);

    fl_buf_format(&out, "usage: %s COMMAND ...\n\n'%s help COMMAND' says what a command takes.\n", program, program);
    for (size_t i = 0; i < all.count; i++) {
        if (i == 0 || !fl_text_is(all.items[i].app, all.items[i - 1].app))
            fl_buf_format(&out, "\n%s\n", fl_styled(FL_STYLE_NOTICE, fl_text("[%s]", all.items[i].app)));
        add_entry(all.items[i].command, width, &out);
    }
    return fl_buf_c(&out);
}

const char *fl_command_names(void)
{
    fl_buf out = fl_buf_in(fl_arena_here(), MOST_TEXT);
    entries all = all_commands(by_name);

    fl_vec_each (entry, e, &all)
        fl_buf_format(&out, "%s\n", e->command->name);
    return fl_buf_c(&out);
}
