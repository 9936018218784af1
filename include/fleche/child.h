/* Child processes on fibers.
 *
 *     fl_output out = fl_child_run(FL_STRINGS("sort", "-u"), .input = text);                  // waits; out.status, out.text
 *
 * A child that a cancelled or failed fiber leaves behind is killed and reaped. No shell is involved. */
#pragma once
#include "io.h"
#include "value.h"                               /* FL_STRINGS */

typedef struct fl_child fl_child;
typedef struct fl_child_options {
    fl_str input;                                /* given to its standard input, which is then closed */
    bool inherit_output;                         /* let it write to our stdout and stderr */
    bool merge_errors;                           /* its stderr goes where its stdout goes */
    size_t limit;                                /* most bytes of text, and of errors; 0: 16 MiB; beyond it the child is killed: -EFBIG */
    const char *directory;
    const char *const *environment;              /* "NAME=value" …, NULL; NULL: ours */
    fl_duration timeout;                         /* 0: none; then SIGTERM, after 2 s SIGKILL, and FL_TIMEOUT */
} fl_child_options;
typedef struct fl_output { fl_str text, errors; int status, signal; } fl_output;   /* exit status; or the signal that ended it */

/* fl_child_run runs it to its end and gives what it wrote (current arena). Raises FL_OS_ERROR if it cannot be started. */
#define fl_child_run(arguments, ...) fl_child_run_(arguments, &(const fl_child_options){ __VA_ARGS__ })
fl_output fl_child_run_(const char *const *arguments, const fl_child_options *options);
FL_MUST_CHECK int fl_try_child_run(const char *const *arguments, const fl_child_options *options, fl_output *ret);

/* fl_child_start starts one to talk with: stdin and stdout are connections of the child's; its stderr is ours, unless
 * merge_errors. Of the options, input, limit and timeout are fl_child_run's alone. */
fl_child *fl_child_start_(const char *const *arguments, const fl_child_options *options);
#define fl_child_start(arguments, ...) fl_child_start_(arguments, &(const fl_child_options){ __VA_ARGS__ })
fl_conn *fl_child_stdin(fl_child *child);
fl_conn *fl_child_stdout(fl_child *child);
void fl_child_close_stdin(fl_child *child);      /* it reads to the end of its input then */
int fl_child_pid(const fl_child *child);
void fl_child_kill(fl_child *child, int signal);
FL_MUST_CHECK int fl_try_child_wait(fl_child *child, int *ret_status, int *ret_signal);    /* waits; the child is gone then. One that wants to
                                                    read more, or write more than a pipe holds, does not end: close its stdin, read all */
