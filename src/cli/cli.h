/* Between the parts of the module: the register of commands, the context that runs, the lists. */
#pragma once
#include <fleche/buf.h>
#include <fleche/cli.h>

/* -- register.c ------------------------------------------------------------------------------------------------------------ */

#define FL_BUILT_IN_APP "fleche"

/* The command of that name and its app; NULL if there is none. */
const fl_command *fl_command_named(const char *name, const char **ret_app);
/* fl_command_next steps through all: *cursor starts at 0; NULL at the end. */
const fl_command *fl_command_next(size_t *cursor, const char **ret_app);
/* "Unknown command: 'mirgate'. Did you mean 'migrate'?" */
const char *fl_command_unknown(const char *name);

/* -- context.c ------------------------------------------------------------------------------------------------------------- */

enum { FL_KEPT_OUTPUT = 64 << 20 };

void fl_command_enter(const fl_command_context *context);       /* it is the current one now; raises without memory */
/* fl_command_leave makes the one before current again, if this one became it. Never raises. */
void fl_command_leave(const fl_command_context *context, const fl_command_context *before);
bool fl_command_colors(int fd);                      /* whether what is written there is colored by itself */
int fl_command_flush(void);                          /* standard output and error; 0 or why not */
void fl_command_complain(const char *format, ...) FL_PRINTF(1, 2);      /* to its errors, plain */

/* -- invoke.c -------------------------------------------------------------------------------------------------------------- */

/* One run of one command. */
typedef struct fl_invocation {
    const char *const *words;                        /* behind its name */
    const char *version;
    size_t width;
    void (*before)(const fl_command_context *context);
    fl_command_context context;
    const char *wrong;                               /* with the words; nothing ran then */
    int status;
} fl_invocation;

/* fl_invoke(fl_invocation *) makes its context current, reads the words, and runs the command. The context is still current when
 * it returns or raises. */
void fl_invoke(void *invocation);
const char *fl_invocation_name(const fl_command_context *context);        /* "manage import_articles" */

/* -- help.c ---------------------------------------------------------------------------------------------------------------- */

size_t fl_command_width(void);                       /* the terminal's columns, or a guess */
const char *fl_command_usage(const char *name, const fl_command *command, size_t width);
const char *fl_command_help(const char *name, const fl_command *command, size_t width);
const char *fl_command_list(const char *program, size_t width);
const char *fl_command_names(void);                  /* one a line */
