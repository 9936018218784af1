/* Inside the connections: a descriptor, watched by libuv, and at most one fiber that waits on each side. */
#pragma once
#include <fleche/io.h>
#include <sys/socket.h>
#include "loop/loop.h"

enum { FL_ADDRESS_TEXT = 128 };

/* A watched descriptor. libuv watches it for reading as long as that costs nothing (an event that nobody waits for stops it), so that a
 * request costs no epoll_ctl; for writing only while a writer waits. */
typedef struct fl_io_wait { fl_fiber *fiber; bool closed; } fl_io_wait;      /* on the stack of who waits */

typedef struct fl_watch {
    uv_poll_t *poll;                                 /* on the heap: libuv wants it until its close callback */
    fl_io_wait *reader, *writer;
    int watched;                                     /* the events that libuv looks for now */
    bool readable;                                   /* a read may find something: not known to be empty */
    fl_fiber_main *parked_run;                       /* fl_conn_park */
    void *parked_data;
    fl_timer again;                                  /* to start a parked one's fiber later, when there is no memory now */
} fl_watch;

struct fl_conn {
    fl_watch watch;
    int fd;
    fl_duration read_timeout, write_timeout;         /* 0: none */
    char peer[FL_ADDRESS_TEXT];                      /* made when first asked for */
};

struct fl_listener {
    fl_watch watch;
    int fd, port;
    char address[FL_ADDRESS_TEXT];
    bool stopped;                                    /* nobody is accepted any more */
    bool remove_file;                                /* a Unix socket's, at close, by the process that made it */
    int owner_pid;
};

FL_MUST_CHECK int fl_watch_start(fl_watch *watch, int fd);
void fl_watch_end(fl_watch *watch);                  /* whoever waits on it gets -ECANCELED */
void fl_watch_dismiss(fl_watch *watch);              /* only that: nobody waits on it, nothing is looked for */
/* Waits until the descriptor may be read or written; `timeout` 0: none. -EBUSY if another fiber waits for the same. */
FL_MUST_CHECK int fl_watch_readable(fl_watch *watch, fl_duration timeout);
FL_MUST_CHECK int fl_watch_writable(fl_watch *watch, fl_duration timeout);

void fl_watch_park(fl_watch *watch, fl_fiber_main *run, void *data);

/* For the start of each operation: 0, or the code of an interrupted fiber. One that has long found everything ready lets others run. */
FL_MUST_CHECK int fl_io_begin(void);

/* An address of io.h, resolved: at most `capacity` socket addresses. Waits for names. */
typedef struct fl_address { struct sockaddr_storage at; socklen_t size; } fl_address;
FL_MUST_CHECK int fl_address_parse(const char *text, bool listening, fl_address *ret, size_t capacity, size_t *ret_count);
void fl_address_text(const struct sockaddr *address, socklen_t size, char *ret, size_t capacity);
/* A listening descriptor, not watched: for a supervisor that has no loop. Outside of a loop, resolving a name blocks. */
FL_MUST_CHECK int fl_listen_fd(const char *address, const fl_listen_options *options, int *ret);
