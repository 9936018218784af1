/* One run of one command: its words are read, help and version are answered, the hook before it runs, and it. */
#include <fleche/buf.h>
#include "cli/cli.h"
#include "cli/common.h"

const char *fl_invocation_name(const fl_command_context *context)
{
    return fl_text("%s %s", context->program, context->command->name);
}

static void fill_context(fl_command_context *context, const fl_common_args *common)
{
    context->verbosity = (int)common->verbosity;
    context->settings = common->settings;
    context->traceback = common->traceback;
    context->skip_checks |= common->skip_checks;
    if (common->no_color && common->force_color)
        fl_command_fail("--no-color and --force-color exclude each other");
    if (common->no_color || common->force_color)
        context->out.color = context->err.color = common->force_color;
}

static void answer(const fl_invocation *invocation, const fl_common_args *common)
{
    const char *name = fl_invocation_name(&invocation->context);

    if (common->version)
        fl_print("%s\n", invocation->version);
    else
        fl_print("%s", fl_command_help(name, invocation->context.command, invocation->width));
}

void fl_invoke(void *data)
{
    fl_invocation *invocation = data;
    const fl_command *command = invocation->context.command;
    fl_common_args common;
    void *args = fl_alloc(command->size);
    const fl_argument_group groups[] = { { .arguments = command->arguments, .into = args },
                                         FL_ARGUMENT_GROUP(fl_common, &common) };

    fl_command_enter(&invocation->context);
    invocation->wrong = fl_arguments_parse(groups, FL_LENGTH(groups), invocation->words);
    if (invocation->wrong != NULL)
        return;
    fill_context(&invocation->context, &common);
    if (common.version || common.help) {
        answer(invocation, &common);
        return;
    }
    if (invocation->context.traceback)
        fl_backtraces(true);
    if (invocation->before != NULL)
        invocation->before(&invocation->context);
    invocation->status = command->run(args);
}
