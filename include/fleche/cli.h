/* Management commands: functions with typed arguments, run from a command line or from code.
 *
 *     FL_COMMAND(import_articles, "Import articles from a CSV file.",
 *         Argument(path, .help = "the file"),
 *         Int(limit, .help = "stop after so many rows", .default_value = "1000"),
 *         Flag(dry_run, .help = "change nothing"));
 *
 *     static int import_articles(const import_articles_args *args)
 *     {
 *         if (args->limit < 1)
 *             fl_command_fail("--limit must be 1 or more");
 *         fl_print("%s is imported\n", args->path);
 *         return 0;                                          // the exit code
 *     }
 *
 *     static const fl_command_set sets[] = { { "blog", FL_COMMANDS(&import_articles_command) }, { 0 } };
 *
 *     int main(int count, char **words)                        // ./manage import_articles list.csv --dry-run
 *     {
 *         return fl_commands_run(count, words, sets, .version = "1.0");
 *     }
 *
 * The kinds of arguments and how command lines are read: arguments.h. Every command also takes --help, --version, -v/--verbosity
 * 0 to 3, --settings NAME, --traceback, --no-color, --force-color and --skip-checks. `manage help` lists the commands, `manage
 * help import_articles` says all about one; a name that there is none of is answered with the nearest one there is.
 *
 * Exit codes: what the command returned; 1 if it failed or there is no such command; 2 for arguments that it does not take. */
#pragma once
#include "arguments.h"
#include "error.h"

struct fl_buf;

/* -- declaring ------------------------------------------------------------------------------------------------------------- */

/* In Options(…), among the arguments. */
typedef struct fl_command_options {
    bool no_checks;                                /* no system checks before it: for what must run when they fail */
    bool no_loop;                                  /* on the process's own stack, outside the loop: for what forks or runs one */
} fl_command_options;

typedef struct fl_command {
    const char *name, *help, *file;
    int line;
    size_t size;                                   /* of the arguments' struct */
    const fl_argument *arguments;                  /* ends with an empty one */
    size_t count;
    int (*run)(const void *args);
    fl_command_options options;
} fl_command;

/* FL_COMMAND(id, help, …) declares the struct id_args, the prototype of id(), which is to be written below it, and the constant
 * id_command, which an app names. The first paragraph of the help is one sentence: lists show it. */
#define FL_COMMAND(id, help_, ...) FL_COMMAND_NAMED(id, #id, help_, __VA_ARGS__)
/* The same for one whose name on the command line is another than the function's. */
#define FL_COMMAND_NAMED(id, name_, help_, ...) \
    FL_ARGUMENTS(id, __VA_ARGS__); \
    static int id(const id##_args *args); \
    static int id##_run(const void *args) { return id(args); } \
    const fl_command id##_command = { name_, help_, __FILE__, __LINE__, sizeof(id##_args), id##_arguments, \
        sizeof id##_arguments / sizeof *id##_arguments - 1, id##_run, { FL_ARGUMENT_EXTRAS(__VA_ARGS__) } }

/* -- inside a command ------------------------------------------------------------------------------------------------------ */

typedef struct fl_command_stream {
    struct fl_buf *into;                           /* what is written is kept here; NULL: standard output or error */
    bool color;
} fl_command_stream;

typedef struct fl_command_context {
    const fl_command *command;
    const char *app, *program;                     /* whose it is; "manage" */
    int verbosity;                                 /* 0 silent, 1 as usual, 2 more, 3 everything */
    const char *settings;                          /* --settings, or NULL */
    bool traceback, skip_checks;
    bool called;                                   /* by fl_call_command or fl_run_command, not by a person */
    fl_command_stream out, err;
} fl_command_context;

/* The command that runs on this fiber, or that this fiber is gathered for or in a crew of; NULL outside of commands. */
const fl_command_context *fl_command_here(void);

typedef enum fl_style { FL_STYLE_PLAIN, FL_STYLE_SUCCESS, FL_STYLE_WARNING, FL_STYLE_ERROR, FL_STYLE_NOTICE, FL_STYLE_HEADING,
    FL_STYLE_LABEL } fl_style;

/* These write to the command's output, the last two to its errors; outside of commands to standard output and error. Colored
 * on a terminal only, unless NO_COLOR or TERM=dumb says no, or an option says otherwise. Raise FL_OS_ERROR if nothing more can be
 * written (a full disk), FL_MEMORY_LIMIT beyond 64 MiB of kept output. */
void fl_print(const char *format, ...) FL_PRINTF(1, 2);
void fl_print_as(fl_style style, const char *format, ...) FL_PRINTF(2, 3);
void fl_print_warning(const char *format, ...) FL_PRINTF(1, 2);
void fl_print_error(const char *format, ...) FL_PRINTF(1, 2);
const char *fl_styled(fl_style style, const char *text);    /* for a part of a line: text as fl_print_as would write it */

/* fl_command_fail ends the command with exit code 1 and "CommandError: <your message>". */
extern const fl_error_class FL_COMMAND_ERROR;
#define fl_command_fail(...) fl_raise(FL_COMMAND_ERROR, __VA_ARGS__)

/* -- running --------------------------------------------------------------------------------------------------------------- */

typedef struct fl_command_set { const char *app; const fl_command *const *commands; } fl_command_set;   /* ends with NULL */
#define FL_COMMANDS(...) (const fl_command *const[]){ __VA_ARGS__ __VA_OPT__(,) NULL }

typedef struct fl_commands_options {
    const char *version;                           /* what --version says */
    const char *default_command;                   /* run where no command is named; NULL: the list is shown */
    const fl_command *const *built_in;             /* the framework's own, ends with NULL; an app's of the same name goes first */
    /* Called before each command that a person runs, on its fiber: to load the settings, and to run the system checks unless the
     * context says skip_checks or the command no_checks. What it raises ends the command. */
    void (*before)(const fl_command_context *context);
    struct fl_buf *out, *err;                      /* kept here instead of being written: for tests; NULL: not */
    size_t width;                                  /* columns of help; 0: $COLUMNS, the terminal's, or 80 */
} fl_commands_options;

/* fl_commands_run runs what a command line says and returns the exit code; it never raises. `sets` ends with an empty one; of two
 * commands with one name the first is meant. The command runs on a fiber, with the loop, unless this is one already or the
 * command says no_loop; waits for the fibers it started. Makes the sets known as fl_commands_use does. */
#define fl_commands_run(count, words, sets, ...) fl_commands_run_(count, words, sets, &(const fl_commands_options){ __VA_ARGS__ })
int fl_commands_run_(int count, char *const *words, const fl_command_set *sets, const fl_commands_options *options);

/* fl_commands_use says which commands fl_call_command finds, in this process; the tables stay the caller's, who keeps them. */
void fl_commands_use(const fl_command_set *sets, const fl_command *const *built_in);

/* fl_call_command("import_articles", "list.csv", "--dry-run") runs a command from code and returns its exit code. What it prints
 * is kept in the current arena: fl_command_output() and fl_command_errors() are those of this fiber's last call, "" before the
 * first. Raises what the command raises, and FL_COMMAND_ERROR for arguments it does not take. fl_run_command is the same as a
 * part of the command that calls it: its output is that one's. No settings are loaded, no checks are run. */
int fl_call_command_(const char *name, const char *const *words, bool keep);
#define fl_call_command(name, ...) fl_call_command_(name, FL_STRINGS(__VA_ARGS__), true)
#define fl_run_command(name, ...) fl_call_command_(name, FL_STRINGS(__VA_ARGS__), false)
const char *fl_command_output(void);
const char *fl_command_errors(void);
