/* Lines to descriptors: one write() a record, so that lines of several threads and processes stay whole (in a pipe, lines of up
 * to PIPE_BUF bytes do).
 *
 * What cannot be written is counted, and said behind the next line that can. Nothing here tries for long: a reader that is
 * gone, or a full disk, must not hold up a site. SIGPIPE is held off for the write, whatever the process does with it
 * elsewhere. */
#include <errno.h>
#include <fcntl.h>
#include <fleche/error.h>
#include <fleche/heap.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>
#include "log/stream.h"

enum { LINE = 4096, NOTE = FL_LOG_LINE_LEAST, PATIENCE_MS = 50, INTERRUPTIONS = 16 };

static unsigned reopen_count;

void fl_log_reopen(void) { __atomic_add_fetch(&reopen_count, 1, __ATOMIC_RELAXED); }

unsigned fl_log_reopen_count_(void) { return __atomic_load_n(&reopen_count, __ATOMIC_RELAXED); }

int fl_log_stream_open_(const char *path)
{
    int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0640);
    return fd < 0 ? -errno : fd;
}

/* -- writing
 * ------------------------------------------------------------------------------------------------------------------ */

/* Writes all of the line: 0, or a negative errno, and then *ret_torn if a part of it was written. A descriptor that does not
 * block gets a moment to make room, if it is the first time. */
static int write_line(int fd, fl_str line, bool patient, bool *ret_torn)
{
    size_t done = 0;

    for (int interruptions = 0; done < line.size;) {
        ssize_t n = write(fd, line.data + done, line.size - done);
        int error = n < 0 ? errno : n == 0 ? EIO : 0;
        if (error == 0) {
            done += (size_t)n;
        } else if (error == EAGAIN && patient) {
            patient = false;
            (void)poll(&(struct pollfd){ .fd = fd, .events = POLLOUT }, 1, PATIENCE_MS);
        } else if (error != EINTR || ++interruptions > INTERRUPTIONS) {
            *ret_torn = done > 0;
            return -error;
        }
    }
    return 0;
}

static int write_guarded(int fd, fl_str line, bool patient, bool *ret_torn)
{
    sigset_t broken_pipe, before;

    (void)sigemptyset(&broken_pipe);
    (void)sigaddset(&broken_pipe, SIGPIPE);
    (void)pthread_sigmask(SIG_BLOCK, &broken_pipe, &before);
    int code = write_line(fd, line, patient, ret_torn);
    if (code == -EPIPE)
        (void)sigtimedwait(&broken_pipe, NULL, &(struct timespec){ 0 });
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    return code;
}

static int put_line(fl_log_stream_ *s, fl_str line)
{
    int (*write_it)(int, fl_str, bool, bool *) = s->guarded ? write_guarded : write_line;
    bool patient = __atomic_load_n(&s->lost, __ATOMIC_RELAXED) == 0, torn = false;
    int code = 0;

    if (__atomic_exchange_n(&s->torn, false, __ATOMIC_RELAXED))
        code = write_it(s->handler.fd, fl_lit("\n"), patient, &torn);
    bool still_torn = code != 0;
    if (code == 0)
        code = write_it(s->handler.fd, line, patient, &torn);
    if (torn || still_torn)
        __atomic_store_n(&s->torn, true, __ATOMIC_RELAXED);
    return code;
}

/* -- what the log says about itself
 * -------------------------------------------------------------------------------------------- */

static FL_COLD int put_note(fl_log_stream_ *s, const fl_log_record *cause, fl_level level, const char *text)
{
    char room[NOTE];
    fl_log_record note = {
        .level = level, .logger = fl_lit("fleche.log"), .message = fl_str_of(text), .unix_us = cause->unix_us, .pid = cause->pid
    };

    return put_line(s, fl_log_line(&note, s->handler.form, room, sizeof room, NULL));
}

static void count_lost(fl_log_stream_ *s, unsigned n, int code)
{
    __atomic_add_fetch(&s->lost, n, __ATOMIC_RELAXED);
    __atomic_store_n(&s->why, code, __ATOMIC_RELAXED);
}

static FL_COLD void say_lost(fl_log_stream_ *s, const fl_log_record *cause)
{
    char text[160];
    unsigned lost = __atomic_exchange_n(&s->lost, 0, __ATOMIC_RELAXED);
    int why = __atomic_load_n(&s->why, __ATOMIC_RELAXED);

    (void)snprintf(text, sizeof text, "records lost before this one: %u (%s)", lost, fl_code_text(why));
    if (lost > 0 && put_note(s, cause, FL_WARNING, text) != 0)
        count_lost(s, lost, why);
}

/* The file of the path takes the descriptor's place: its number stays, for fl_log_crash and for threads that are writing. */
static FL_COLD void reopen(fl_log_stream_ *s, const fl_log_record *cause)
{
    char text[160];
    unsigned wanted = __atomic_load_n(&reopen_count, __ATOMIC_RELAXED), seen = __atomic_load_n(&s->reopened, __ATOMIC_RELAXED);

    if (wanted == seen || !__atomic_compare_exchange_n(&s->reopened, &seen, wanted, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
        return;                                      /* or another thread does it */
    int fd = fl_log_stream_open_(s->path), code = fd;
    if (fd >= 0) {
        if (dup3(fd, s->handler.fd, O_CLOEXEC) < 0)
            code = -errno;
        (void)close(fd);
    }
    (void)snprintf(text, sizeof text, "the log file could not be opened anew: %s", code < 0 ? fl_code_text(code) : "");
    if (code < 0)
        (void)put_note(s, cause, FL_ERROR, text);
}

void fl_log_stream_write_(fl_log_handler *self, const fl_log_record *record)
{
    fl_log_stream_ *s = (fl_log_stream_ *)self;
    char room[LINE], *larger = NULL;
    size_t more;

    if (s->path != NULL && __atomic_load_n(&s->reopened, __ATOMIC_RELAXED) != fl_log_reopen_count_())
        reopen(s, record);
    fl_str line = fl_log_line(record, self->form, room, sizeof room, &more);
    if (more > 0 && (larger = fl_heap_alloc(FL_LOG_LINE)) != NULL)
        line = fl_log_line(record, self->form, larger, FL_LOG_LINE, &more);
    int code = put_line(s, line);
    fl_heap_free(larger);
    if (code != 0)
        count_lost(s, 1, code);
    else if (FL_UNLIKELY(__atomic_load_n(&s->lost, __ATOMIC_RELAXED) > 0))
        say_lost(s, record);
}
