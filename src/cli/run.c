/* From a process's command line to its exit code: which command is meant, where it runs, and what is said when it fails. */
#include <fleche/fiber.h>
#include <stdio.h>
#include <unistd.h>
#include "cli/cli.h"

const fl_error_class FL_COMMAND_ERROR = { .name = "CommandError", .parent = &FL_ERROR_BASE };

enum { FAILED = 1, MISUSED = 2 };

typedef struct session {
    const char *name;                                /* of the command, or NULL */
    const char *const *words;                        /* behind it */
    const fl_command *command;                       /* NULL if there is none of that name */
    fl_invocation invocation;
    const fl_error *error;
    int status;
} session;

/* -- without a command ----------------------------------------------------------------------------------------------------- */

static void fail_unknown(session *s, const char *name)
{
    fl_print_error("%s\n", fl_command_unknown(name));
    fl_command_complain("Type '%s help' for usage.\n", s->invocation.context.program);
    s->status = FAILED;
}

static void help(session *s)
{
    const char *app, *program = s->invocation.context.program, *topic = s->words[0];
    const fl_command *command = topic == NULL ? NULL : fl_command_named(topic, &app);

    if (fl_text_is(topic, "--commands"))
        fl_print("%s", fl_command_names());
    else if (command != NULL)
        fl_print("%s", fl_command_help(fl_text("%s %s", program, topic), command, s->invocation.width));
    else if (topic == NULL || fl_text_in(topic, "help", "--help", "-h"))
        fl_print("%s", fl_command_list(program, s->invocation.width));
    else
        fail_unknown(s, topic);
}

static void answer(session *s)
{
    static const char *const nothing[] = { NULL };

    fl_command_enter(&s->invocation.context);
    s->status = 0;
    if (s->name == NULL || fl_text_in(s->name, "--help", "-h")) {
        s->words = nothing;
        help(s);
    } else if (fl_text_is(s->name, "help")) {
        help(s);
    } else if (fl_text_in(s->name, "version", "--version")) {
        fl_print("%s\n", s->invocation.version);
    } else {
        fail_unknown(s, s->name);
    }
}

/* -- with one -------------------------------------------------------------------------------------------------------------- */

static void run(void *data)
{
    session *s = data;
    fl_invocation *invocation = &s->invocation;

    if (s->command == NULL) {
        answer(s);
        return;
    }
    fl_invoke(invocation);
    s->status = invocation->status;
    if (invocation->wrong == NULL)
        return;
    const char *name = fl_invocation_name(&invocation->context);
    fl_command_complain("%s", fl_command_usage(name, s->command, invocation->width));
    fl_print_error("%s: error: %s\n", name, invocation->wrong);
    s->status = MISUSED;
}

static void report(void *data)
{
    session *s = data;

    if (s->invocation.context.traceback) {
        fl_command_complain("%s", fl_error_report(s->error));
        return;
    }
    fl_print_error("%s: %s\n", s->error->is->name, s->error->message);
    if (s->error->hint != NULL)
        fl_command_complain("hint: %s\n", s->error->hint);
}

static void flush(session *s)
{
    int code = fl_command_flush();

    if (code == 0 || s->status != 0)
        return;
    fprintf(stderr, "%s: the output cannot be written: %s\n", s->invocation.context.program, fl_code_text(code));
    s->status = FAILED;
}

/* The whole session, in an arena of its own. */
static void hold(void *data)
{
    session *s = data;
    const fl_command_context *before = fl_command_here();
    fl_arena *outer = fl_arena_here(), *arena = fl_arena_new("command", FL_NO_LIMIT);

    (void)fl_arena_set_here(arena);
    s->error = fl_protect(run, s);
    if (s->error != NULL) {
        s->status = FAILED;
        fl_error *again = fl_protect(report, s);
        (void)again;                                 /* nobody is left to be told */
    }
    fl_command_leave(&s->invocation.context, before);
    flush(s);
    (void)fl_arena_set_here(outer);
    fl_arena_free(arena);
}

/* -- which command, and where ---------------------------------------------------------------------------------------------- */

static const char *program_name(const char *path)
{
    const char *slash = path == NULL ? NULL : strrchr(path, '/');

    return slash != NULL ? slash + 1 : path == NULL ? "manage" : path;
}

static session begin(int count, const char *const *words, const fl_commands_options *options)
{
    static const char *const nothing[] = { NULL };
    session s = { .name = count > 1 ? words[1] : options->default_command,
                  .words = count > 1 ? words + 2 : nothing,
                  .status = FAILED };
    fl_invocation *invocation = &s.invocation;
    const char *app = NULL;

    s.command = s.name == NULL ? NULL : fl_command_named(s.name, &app);
    *invocation = (fl_invocation){
        .words = s.words,
        .version = options->version == NULL ? "unknown" : options->version,
        .width = options->width != 0 ? options->width : fl_command_width(),
        .before = options->before,
        .context = { .command = s.command, .app = app, .program = program_name(count > 0 ? words[0] : NULL), .verbosity = 1 },
    };
    invocation->context.out = (fl_command_stream){ options->out, options->out == NULL && fl_command_colors(STDOUT_FILENO) };
    invocation->context.err = (fl_command_stream){ options->err, options->err == NULL && fl_command_colors(STDERR_FILENO) };
    return s;
}

static void start(void *data)
{
    session *s = data;

    if (fl_fiber_here() != NULL || s->command == NULL || s->command->options.no_loop)
        hold(s);
    else
        (void)fl_run(hold, s);                       /* it fails only where the session could not begin, and s says so */
}

int fl_commands_run_(int count, char *const *words, const fl_command_set *sets, const fl_commands_options *options)
{
    fl_commands_use(sets, options->built_in);
    session s = begin(count, (const char *const *)words, options);

    fl_error *error = fl_protect(start, &s);
    if (error != NULL)
        fprintf(stderr, "%s", fl_error_report(error));
    return s.status;
}
