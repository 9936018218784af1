/* Inside the connections: a descriptor, watched by libuv, and at most one fiber that waits on each side. */
#pragma once
#include <fleche/io.h>
#include <sys/socket.h>
#include "loop/loop.h"

enum { FL_ADDRESS_TEXT = 128 };

typedef struct fl_io_wait { fl_fiber *fiber; bool closed; } fl_io_wait;      /* on the stack of who waits */

typedef struct fl_watch {                            /* a descriptor that the loop looks at, and who waits for it */
    fl_watched watched;
    fl_io_wait *reader, *writer;
    fl_fiber_main *parked_run;                       /* fl_conn_park */
    void *parked_data;
    void (*on_end)(void *data);                      /* told when the peer's end or an error is seen and nobody reads; nothing may wait */
    void *on_end_data;
    fl_timer again;                                  /* to start a parked one's fiber later, when there is no memory now */
    int fd;
    uint32_t events;                                 /* what the loop looks for; 0: not any more */
    bool readable;                                   /* a read may find something: not known to be empty */
    bool ended;                                      /* the peer's end or an error has been seen: behind the bytes left there is no edge */
} fl_watch;

struct fl_conn {
    fl_watch watch;
    fl_duration read_timeout, write_timeout;         /* 0: none */
    bool is_socket;                                  /* recv() and send() take a shorter way than read() and write() */
    bool is_stream;                                  /* a short read says that nothing is left */
    char peer[FL_ADDRESS_TEXT];                      /* made when first asked for */
};

struct fl_listener {
    fl_watch watch;
    int port;
    char address[FL_ADDRESS_TEXT];
    bool stopped;                                    /* nobody is accepted any more */
    bool remove_file;                                /* a Unix socket's, at close, by the process that made it … */
    int owner_pid;
    dev_t device;                                    /* … if it is still the same file */
    ino_t inode;
};

FL_MUST_CHECK int fl_watch_start(fl_watch *watch, int fd);
void fl_watch_end(fl_watch *watch);                  /* whoever waits on it gets -ECANCELED; a second time is fine */
/* Wait until the descriptor may be read or written, behind a system call that found it empty or full; `timeout` 0: none. */
FL_MUST_CHECK int fl_watch_readable(fl_watch *watch, fl_duration timeout);
FL_MUST_CHECK int fl_watch_writable(fl_watch *watch, fl_duration timeout);
/* The same without knowing what the last system call found. */
FL_MUST_CHECK int fl_watch_anew(fl_watch *watch, bool readable, fl_duration timeout);

FL_MUST_CHECK int fl_watch_park(fl_watch *watch, fl_fiber_main *run, void *data);
bool fl_watch_unpark(fl_watch *watch);
static inline void fl_watch_on_end(fl_watch *watch, void (*run)(void *data), void *data)
{
    watch->on_end = run;
    watch->on_end_data = data;
}

/* For the start of each operation: 0; the code of an interrupted fiber; -EBUSY if another one is in the place where this one would wait
 * (NULL: it has none). A fiber that has long found everything ready lets the others and the loop have their turn. */
FL_MUST_CHECK int fl_io_begin(fl_io_wait **place);

/* A connection of a descriptor that is non-blocking already. */
FL_MUST_CHECK int fl_conn_new(int fd, bool is_socket, bool is_stream, fl_conn **ret);

/* An address of io.h, resolved: at most `capacity` socket addresses. Waits for names. */
typedef struct fl_address { struct sockaddr_storage at; socklen_t size; } fl_address;
FL_MUST_CHECK int fl_address_parse(const char *text, bool listening, fl_address *ret, size_t capacity, size_t *ret_count);
void fl_address_text(const struct sockaddr *address, socklen_t size, char *ret, size_t capacity);
/* A listening descriptor, not watched: for a supervisor that has no loop. Outside of a loop, resolving a name blocks. */
FL_MUST_CHECK int fl_listen_fd(const char *address, const fl_listen_options *options, int *ret);
