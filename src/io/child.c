/* Child processes: libuv forks, executes and reaps; their streams are connections of ours. A child is registered as deferred from its
 * start, so whoever is unwound leaves no process behind: it is killed, and its end waited for, since only a loop that still runs
 * can reap it. */
#include <errno.h>
#include <fcntl.h>
#include <fleche/buf.h>
#include <fleche/child.h>
#include <fleche/heap.h>
#include <signal.h>
#include <unistd.h>
#include "io/io.h"

enum { OUTPUT_LIMIT = 16 << 20, GRACE_US = 2000000 };

struct fl_child {
    uv_process_t process;
    fl_conn *in, *out, *errors;
    fl_waiters waiters;
    int pid, status, signal;
    bool ended;
};

static void free_child(uv_handle_t *handle) { fl_heap_free(handle->data); }

static void ended(uv_process_t *process, int64_t status, int signal)
{
    fl_child *child = process->data;

    child->ended = true;
    child->status = (int)status;
    child->signal = signal;
    while (fl_waiters_wake(&child->waiters, 0))
        ;
}

static void close_streams(fl_child *child)
{
    fl_conn_close(child->in);
    fl_conn_close(child->out);
    fl_conn_close(child->errors);
    child->in = child->out = child->errors = NULL;
}

/* Only the end of the process ends this wait: it cannot ignore SIGKILL. */
static void kill_and_wait(fl_child *child)
{
    fl_fiber *self = fl_fiber_here();

    self->shield++;
    while (!child->ended) {
        (void)kill(child->pid, SIGKILL);
        int code = fl_waiters_wait(&child->waiters, NULL);
        (void)code;                                  /* woken for whatever reason: `ended` is what counts */
    }
    self->shield--;
    close_streams(child);
}

static void abandon(void *data)
{
    fl_child *child = data;

    kill_and_wait(child);
    uv_close((uv_handle_t *)&child->process, free_child);
}

/* -- starting ----------------------------------------------------------------------------------------------------------------- */

typedef struct { int ours[3], theirs[3]; } streams;  /* -1: none of our making */

static void close_all(int fds[3])
{
    for (int i = 0; i < 3; i++)
        if (fds[i] >= 0)
            (void)close(fds[i]);
}

static int make_pipe(streams *s, int which, bool to_child)
{
    int ends[2];

    if (pipe2(ends, O_CLOEXEC) != 0)
        return -errno;
    s->ours[which] = ends[to_child ? 1 : 0];
    s->theirs[which] = ends[to_child ? 0 : 1];
    return 0;
}

static int make_streams(streams *s, const fl_child_options *options, bool take_errors)
{
    int code = make_pipe(s, 0, true);

    if (code == 0 && !options->inherit_output)
        code = make_pipe(s, 1, false);
    if (code == 0 && take_errors && !options->inherit_output && !options->merge_errors)
        code = make_pipe(s, 2, false);
    return code;
}

static int adopt(int *fd, fl_conn **ret)
{
    if (*fd < 0)
        return 0;
    int code = fl_try_conn_of_fd(*fd, ret);
    if (code == 0)
        *fd = -1;                                    /* the connection's now */
    return code;
}

static int start(fl_child *child, const char *const *arguments, const fl_child_options *options, streams *s)
{
    uv_stdio_container_t stdio[3];
    uv_process_options_t how = { .exit_cb = ended,
                                 .file = arguments[0],
                                 .args = (char **)arguments,
                                 .env = (char **)options->environment,
                                 .cwd = options->directory,
                                 .stdio_count = 3,
                                 .stdio = stdio };

    for (int i = 0; i < 3; i++)
        stdio[i] = (uv_stdio_container_t){ .flags = UV_INHERIT_FD, .data.fd = s->theirs[i] >= 0 ? s->theirs[i] : i };
    if (options->merge_errors)
        stdio[2] = stdio[1];
    int code = adopt(&s->ours[0], &child->in);
    if (code == 0)
        code = adopt(&s->ours[1], &child->out);
    if (code == 0)
        code = adopt(&s->ours[2], &child->errors);
    if (code == 0)
        code = uv_spawn(&fl_loop_here_->uv, &child->process, &how);
    child->pid = child->process.pid;
    return code;
}

static int child_new(const char *const *arguments, const fl_child_options *options, bool take_errors, fl_child **ret)
{
    streams s = { { -1, -1, -1 }, { -1, -1, -1 } };
    int code = fl_io_begin(NULL);

    if (code != 0)
        return code;
    fl_child *child = fl_heap_zalloc(sizeof *child);
    if (child == NULL)
        return -ENOMEM;
    child->process.data = child;
    code = make_streams(&s, options, take_errors);
    if (code == 0)
        code = start(child, arguments, options, &s);
    close_all(s.ours);
    close_all(s.theirs);
    if (code != 0) {
        close_streams(child);
        if (child->process.type == UV_PROCESS)       /* libuv initialised the handle before it failed */
            uv_close((uv_handle_t *)&child->process, free_child);
        else
            fl_heap_free(child);
        return code;
    }
    fl_defer(abandon, child);
    *ret = child;
    return 0;
}

fl_child *fl_child_start_(const char *const *arguments, const fl_child_options *options)
{
    fl_child *child;
    int code = child_new(arguments, options, false, &child);

    if (code != 0)
        fl_raise_code(code, "cannot start %s", arguments[0]);
    return child;
}

fl_conn *fl_child_stdin(fl_child *child) { return child->in; }
fl_conn *fl_child_stdout(fl_child *child) { return child->out; }
int fl_child_pid(const fl_child *child) { return child->pid; }

void fl_child_close_stdin(fl_child *child)
{
    fl_conn_close(child->in);
    child->in = NULL;
}

void fl_child_kill(fl_child *child, int signal)
{
    if (!child->ended)
        (void)kill(child->pid, signal);
}

int fl_try_child_wait(fl_child *child, int *ret_status, int *ret_signal)
{
    int code = fl_interrupted(fl_fiber_here());

    while (code == 0 && !child->ended)
        code = fl_waiters_wait(&child->waiters, NULL);
    if (code != 0)
        return code;
    if (ret_status != NULL)
        *ret_status = child->status;
    if (ret_signal != NULL)
        *ret_signal = child->signal;
    close_streams(child);
    if (fl_undefer(abandon, child))                  /* else it was started in an outer protected call, whose end frees it */
        abandon(child);
    return 0;
}

/* -- running one to its end ------------------------------------------------------------------------------------------------------- */

typedef struct { fl_child *child; fl_str input; fl_buf out, errors; } conversation;

static void give_input(void *data)
{
    conversation *c = data;

    int code = fl_try_write(c->child->in, c->input.data, c->input.size);
    if (code != 0 && code != -EPIPE)                 /* a child need not read it all */
        fl_raise_wait(code, "for a child to read its input");
    fl_child_close_stdin(c->child);
}

static void take(fl_conn *from, fl_buf *to)
{
    enum { STEP = 16384 };
    char bytes[STEP];
    ssize_t n;

    while ((n = fl_try_read(from, bytes, sizeof bytes)) > 0) {
        fl_buf_add_n(to, bytes, (size_t)n);
        if (fl_buf_failed(to))
            fl_raise_code(to->error == -ENOBUFS ? -EFBIG : to->error, "output of a child");
    }
    if (n < 0)
        fl_raise_wait((int)n, "for a child's output");
}

static void take_output(void *data)
{
    conversation *c = data;
    if (c->child->out != NULL)
        take(c->child->out, &c->out);
}
static void take_errors(void *data)
{
    conversation *c = data;
    if (c->child->errors != NULL)
        take(c->child->errors, &c->errors);
}

static void wait_end(void *data)
{
    fl_child *child = data;

    while (!child->ended) {
        int code = fl_waiters_wait(&child->waiters, NULL);
        if (code != 0)
            fl_raise_wait(code, "for a child to end");
    }
}

static void converse(void *data)
{
    conversation *c = data;

    fl_gather({ give_input, c }, { take_output, c }, { take_errors, c });
    wait_end(c->child);
}

typedef struct { conversation *talk; fl_duration timeout; } timed;

static void converse_in_time(void *data)
{
    const timed *t = data;

    if (t->timeout.us > 0)
        fl_deadline(t->timeout, converse, t->talk);
    else
        converse(t->talk);
}

static void wait_a_little(void *child) { fl_deadline((fl_duration){ GRACE_US }, wait_end, child); }

/* A polite word first. */
static void let_end(void *data)
{
    fl_child_kill(data, SIGTERM);
    fl_error *late = fl_protect(wait_a_little, data);
    (void)late;
}

static fl_str text_of(fl_buf *buf) { return fl_buf_failed(buf) ? fl_buf_str(buf) : fl_str_n(fl_buf_c(buf), buf->size); }

static int code_of(const fl_error *error)
{
    if (error == NULL)
        return 0;
    if (fl_error_is(error, FL_TIMEOUT))
        return -ETIMEDOUT;
    if (fl_error_is(error, FL_CANCELLED))
        return -ECANCELED;
    if (fl_error_is(error, FL_OUT_OF_MEMORY) || fl_error_is(error, FL_MEMORY_LIMIT))
        return -ENOMEM;
    return error->code != 0 ? error->code : -EIO;
}

int fl_try_child_run(const char *const *arguments, const fl_child_options *options, fl_output *ret)
{
    fl_child *child;
    int code = child_new(arguments, options, true, &child);

    if (code != 0)
        return code;
    size_t limit = options->limit == 0 ? OUTPUT_LIMIT : options->limit;
    conversation talk = { .child = child,
                          .input = options->input,
                          .out = fl_buf_in(fl_arena_here(), limit),
                          .errors = fl_buf_in(fl_arena_here(), limit) };
    fl_error *error = fl_protect(converse_in_time, &(timed){ &talk, options->timeout });
    if (fl_error_is(error, FL_TIMEOUT) && fl_interrupted(fl_fiber_here()) == 0)
        fl_shield(let_end, child);                   /* its own time is up, not ours */
    kill_and_wait(child);
    *ret = (fl_output){
        .text = text_of(&talk.out), .errors = text_of(&talk.errors), .status = child->status, .signal = child->signal
    };
    (void)fl_undefer(abandon, child);
    abandon(child);
    return code_of(error);
}

fl_output fl_child_run_(const char *const *arguments, const fl_child_options *options)
{
    fl_output output;
    int code = fl_try_child_run(arguments, options, &output);

    if (code == -ETIMEDOUT && fl_interrupted(fl_fiber_here()) == 0)
        fl_raise(FL_TIMEOUT, "%s did not end within %lld ms", arguments[0], (long long)options->timeout.us / 1000);
    if (code == -EFBIG)
        fl_raise(FL_MEMORY_LIMIT, "%s wrote more than the %zu bytes that are kept", arguments[0],
                 options->limit == 0 ? (size_t)OUTPUT_LIMIT : options->limit);
    if (code != 0)
        fl_raise_code(code, "cannot run %s", arguments[0]);
    return output;
}
