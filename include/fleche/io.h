/* Connections, listeners, names and files, on fibers.
 *
 *     fl_listener *listener = fl_listen("127.0.0.1:8000");
 *     for (;;)
 *         fl_crew_go(crew, serve, fl_accept(listener));               // waits
 *
 *     char bytes[4096];
 *     size_t n;
 *     while ((n = fl_read(conn, bytes, sizeof bytes)) > 0)             // waits; 0 at the end of the stream
 *         fl_write(conn, bytes, n);                                     // waits until all is handed to the kernel
 *     fl_conn_close(conn);
 *
 * Each call that fails comes in two forms: `fl_x` raises (FL_OS_ERROR, FL_TIMEOUT, FL_CANCELLED), `fl_try_x` returns a negative errno:
 * -ECANCELED, -ETIMEDOUT (a deadline or the connection's own timeout), -EPIPE, -ECONNRESET…  EINTR never comes out. After
 * a time-out or a cancelled call the connection is still usable; how much of a cancelled write was sent is unknown.
 *
 * One fiber may read while another writes; two that read (or write) at once get -EBUSY. A connection belongs to the loop it was
 * made on. Addresses are "host:port", "[v6]:port", ":port" (all interfaces), "unix:/path" or "unix:@abstract". */
#pragma once
#include <sys/types.h>
#include <sys/uio.h>
#include "fiber.h"

typedef struct fl_conn fl_conn;
typedef struct fl_listener fl_listener;

/* -- listening ------------------------------------------------------------------------------------------------------------ */
typedef struct fl_listen_options {
    int backlog;                                 /* 0: 511 */
    bool reuse_port;                             /* several processes each with a queue of their own */
    int unix_mode;                               /* permissions of a Unix socket's file; 0: 0660 */
} fl_listen_options;
#define fl_listen(address, ...) fl_listen_(address, &(const fl_listen_options){ __VA_ARGS__ })
fl_listener *fl_listen_(const char *address, const fl_listen_options *options);
FL_MUST_CHECK int fl_try_listen(const char *address, const fl_listen_options *options, fl_listener **ret);
FL_MUST_CHECK int fl_try_listener_of_fd(int fd, fl_listener **ret);   /* an inherited socket: supervisor, socket activation */
fl_conn *fl_accept(fl_listener *listener);       /* waits. Out of descriptors (EMFILE): pauses and tries again, losing nobody */
FL_MUST_CHECK int fl_try_accept(fl_listener *listener, fl_conn **ret);
void fl_listener_close(fl_listener *listener);   /* who waits in accept gets -ECANCELED; NULL is fine */
void fl_listener_stop(fl_listener *listener);    /* nobody is accepted any more (-ECANCELED), but the socket stays open, so that another
                                                    process that has it can go on without refusing anybody */
int fl_listener_fd(const fl_listener *listener);
int fl_listener_port(const fl_listener *listener);     /* the real one after ":0"; 0 for a Unix socket */
const char *fl_listener_address(const fl_listener *listener);   /* "127.0.0.1:8000"; the listener's */

/* -- connections ------------------------------------------------------------------------------------------------------------- */
fl_conn *fl_connect(const char *address, fl_duration timeout);   /* waits; resolves names; tries each address in turn,
                                                    each for an equal share of the time that is left. 0: none */
FL_MUST_CHECK int fl_try_connect(const char *address, fl_duration timeout, fl_conn **ret);
FL_MUST_CHECK int fl_try_conn_of_fd(int fd, fl_conn **ret);       /* any stream descriptor; the connection owns it then */
void fl_conn_close(fl_conn *conn);               /* at once; who waits on it gets -ECANCELED; NULL is fine */
void fl_conn_close_here(fl_conn *conn);          /* closes it at the end of the protected call or fl_scope */
int fl_conn_fd(const fl_conn *conn);
const char *fl_conn_peer(const fl_conn *conn);   /* "127.0.0.1:51324"; "unix:" without a name; the connection's own text */

size_t fl_read(fl_conn *conn, void *ret, size_t size);            /* waits for some bytes; 0 at the end */
FL_MUST_CHECK ssize_t fl_try_read(fl_conn *conn, void *ret, size_t size);
void fl_read_all(fl_conn *conn, void *ret, size_t size);          /* waits for exactly so many; raises on an early end */
FL_MUST_CHECK int fl_try_read_all(fl_conn *conn, void *ret, size_t size);     /* -ENODATA on an early end */
void fl_write(fl_conn *conn, const void *bytes, size_t size);     /* waits until all is sent */
FL_MUST_CHECK int fl_try_write(fl_conn *conn, const void *bytes, size_t size);
void fl_writev(fl_conn *conn, const struct iovec *parts, int count);
FL_MUST_CHECK int fl_try_writev(fl_conn *conn, const struct iovec *parts, int count);
void fl_sendfile(fl_conn *conn, int fd, int64_t offset, size_t size);          /* from a file, without copying */
FL_MUST_CHECK int fl_try_sendfile(fl_conn *conn, int fd, int64_t offset, size_t size);
void fl_shutdown(fl_conn *conn);                 /* half-close: the peer reads to its end, we still read */
FL_MUST_CHECK int fl_try_shutdown(fl_conn *conn);
void fl_conn_timeouts(fl_conn *conn, fl_duration read, fl_duration write);     /* for each call; FL_FOREVER: none (the default) */
/* fl_try_wait_readable waits until a read would not wait: for libraries that read the descriptor themselves. */
FL_MUST_CHECK int fl_try_wait_readable(fl_conn *conn);
FL_MUST_CHECK int fl_try_wait_writable(fl_conn *conn);

/* fl_conn_park lets an idle connection wait without a fiber: the caller must not be waiting on it and lets go of it; when bytes (or the
 * end) arrive a new fiber runs run(data). fl_conn_unpark takes it back: false if the fiber has been started. */
void fl_conn_park(fl_conn *conn, fl_fiber_main *run, void *data);
bool fl_conn_unpark(fl_conn *conn);

/* -- names ---------------------------------------------------------------------------------------------------------------------- */
/* fl_try_resolve gives the host's addresses as text ("127.0.0.1", "::1"), at most `capacity`, in the current arena; waits on the
 * thread pool. 0 or libuv's negative code (fl_code_text knows it). */
FL_MUST_CHECK int fl_try_resolve(const char *host, const char **ret, size_t capacity, size_t *ret_count);

/* -- files: on the thread pool, the fiber waits ------------------------------------------------------------------------------------ */
fl_str fl_file_read(const char *path, size_t limit);        /* whole, in the current arena, NUL-terminated; raises beyond limit */
FL_MUST_CHECK int fl_try_file_read(const char *path, size_t limit, fl_str *ret);    /* -EFBIG beyond the limit */
void fl_file_write(const char *path, fl_str bytes);         /* whole: a temporary file beside it, then renamed over it */
FL_MUST_CHECK int fl_try_file_write(const char *path, fl_str bytes);
FL_MUST_CHECK ssize_t fl_try_file_read_at(int fd, void *ret, size_t size, int64_t offset);
FL_MUST_CHECK ssize_t fl_try_file_write_at(int fd, const void *bytes, size_t size, int64_t offset);
