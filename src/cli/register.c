/* Which commands there are: the apps' first, in their order, so that an app may replace one of the framework's. */
#include <fleche/vec.h>
#include "arguments/table.h"
#include "cli/cli.h"

static struct {
    const fl_command_set *sets;
    const fl_command *const *built_in;
} known;                                             /* one per process: that is what a program consists of */

void fl_commands_use(const fl_command_set *sets, const fl_command *const *built_in)
{
    known.sets = sets;
    known.built_in = built_in;
}

static const fl_command *nth(const fl_command *const *commands, size_t *n)
{
    for (; commands != NULL && *commands != NULL; commands++)
        if ((*n)-- == 0)
            return *commands;
    return NULL;
}

const fl_command *fl_command_next(size_t *cursor, const char **ret_app)
{
    size_t left = (*cursor)++;

    for (const fl_command_set *set = known.sets; set != NULL && set->app != NULL; set++) {
        const fl_command *command = nth(set->commands, &left);
        *ret_app = set->app;
        if (command != NULL)
            return command;
    }
    *ret_app = FL_BUILT_IN_APP;
    return nth(known.built_in, &left);
}

const fl_command *fl_command_named(const char *name, const char **ret_app)
{
    const fl_command *command;

    for (size_t cursor = 0; (command = fl_command_next(&cursor, ret_app)) != NULL;)
        if (fl_text_is(command->name, name))
            return command;
    return NULL;
}

const char *fl_command_unknown(const char *name)
{
    fl_vec(const char *) names = { 0 };
    const fl_command *command;
    const char *app;

    for (size_t cursor = 0; (command = fl_command_next(&cursor, &app)) != NULL;)
        fl_vec_push(&names, command->name);
    fl_vec_push(&names, "help");
    fl_vec_push(&names, "version");
    fl_vec_push(&names, NULL);
    const char *nearest = fl_nearest_name(name, names.items), *shown = fl_argument_quoted(name);
    return nearest == NULL ? fl_text("Unknown command: %s", shown)
                           : fl_text("Unknown command: %s. Did you mean '%s'?", shown, nearest);
}
