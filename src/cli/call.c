/* Commands called from code: errors are raised to the caller, output is kept for it or goes where the caller's goes. */
#include <fleche/fiber.h>
#include <unistd.h>
#include "cli/cli.h"

typedef struct call { fl_invocation invocation; fl_buf out, err; } call;

static const fl_local last_call;

static _Noreturn void raise_unknown(const char *name)
{
    fl_error *error = fl_error_new(FL_COMMAND_ERROR, "%s", fl_command_unknown(name));
    size_t cursor = 0;
    const char *app;

    if (fl_command_next(&cursor, &app) == NULL)
        error->hint = "fl_commands_use() says which commands there are";
    fl_reraise(error);
}

static _Noreturn void raise_misuse(const fl_invocation *invocation)
{
    const fl_command *command = invocation->context.command;
    fl_error *error = fl_error_new(FL_COMMAND_ERROR, "%s: %s", command->name, invocation->wrong);

    error->hint = fl_str_c(fl_str_trim(fl_str_of(fl_command_usage(command->name, command, invocation->width))));
    fl_reraise(error);
}

static void choose_streams(call *c, const fl_command_context *caller, bool keep)
{
    fl_command_context *context = &c->invocation.context;

    if (keep) {
        c->out = c->err = fl_buf_in(fl_arena_here(), FL_KEPT_OUTPUT);
        context->out.into = &c->out;
        context->err.into = &c->err;
    } else if (caller != NULL) {
        context->out = caller->out;
        context->err = caller->err;
    } else {
        context->out.color = fl_command_colors(STDOUT_FILENO);
        context->err.color = fl_command_colors(STDERR_FILENO);
    }
}

int fl_call_command_(const char *name, const char *const *words, bool keep)
{
    const fl_command_context *caller = fl_command_here();
    const char *app;
    const fl_command *command = fl_command_named(name, &app);

    if (command == NULL)
        raise_unknown(name);
    call *c = fl_new_of(call);
    c->invocation = (fl_invocation){
        .words = words,
        .version = "unknown",
        .width = fl_command_width(),
        .context = { .command = command,
                     .app = app,
                     .program = caller == NULL ? "manage" : caller->program,
                     .verbosity = 1,
                     .skip_checks = true,
                     .called = true },
    };
    choose_streams(c, caller, keep);
    fl_error *error = fl_protect(fl_invoke, &c->invocation);
    fl_command_leave(&c->invocation.context, caller);
    if (keep)
        fl_local_set(&last_call, c);                 /* only now: it may have called others itself */
    if (error != NULL)
        fl_reraise(error);
    if (c->invocation.wrong != NULL)
        raise_misuse(&c->invocation);
    return c->invocation.status;
}

static const char *kept(fl_buf *buf) { return buf == NULL ? "" : fl_buf_c(buf); }

const char *fl_command_output(void)
{
    call *last = fl_local_get(&last_call);

    return kept(last == NULL ? NULL : &last->out);
}

const char *fl_command_errors(void)
{
    call *last = fl_local_get(&last_call);

    return kept(last == NULL ? NULL : &last->err);
}
