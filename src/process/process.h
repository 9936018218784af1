/* Between the files of the supervisor and its workers. */
#pragma once
#include <fleche/process.h>
#include "io/io.h"

/* What a worker writes to its supervisor: one byte. */
enum { FL_SAYS_READY = 'R', FL_SAYS_REPLACE_ME = 'D' };

static inline int64_t fl_grace_us(const fl_supervisor *how) { return how->grace.us > 0 ? how->grace.us : 30000000; }

/* The listening descriptors: shared by all workers, but for those of which (reuse_port) each slot behind the first has one of
 * its own. */
typedef struct fl_sockets {
    int shared[FL_SUPERVISOR_SOCKETS];
    int *of_slots;                                   /* slots * FL_SUPERVISOR_SOCKETS, -1: the shared one; NULL: all are shared */
    size_t count, slots;
    bool activated;                                  /* passed in by systemd, or by the program before an upgrade */
    char paths[FL_SUPERVISOR_SOCKETS][FL_ADDRESS_TEXT];      /* Unix sockets' files, to remove */
} fl_sockets;

/* Each gives 0, or says on stderr what is wrong and gives -1. */
FL_MUST_CHECK int fl_sockets_open(fl_sockets *sockets, const fl_supervisor *how, int slots);
void fl_sockets_close(fl_sockets *sockets);
int fl_sockets_fd(const fl_sockets *sockets, int slot, size_t which);
void fl_sockets_keep(fl_sockets *sockets, int slot);         /* in a worker: closes those of the other slots */
void fl_sockets_drop(fl_sockets *sockets, int slot);         /* closes the slot's own: nobody would empty its queue */
void fl_sockets_abandon(const fl_sockets *sockets);          /* nobody answers there any more: others can have the addresses */

FL_MUST_CHECK int fl_pid_file_take(const char *path, int *ret_fd);
void fl_pid_file_drop(const char *path, int fd);
FL_MUST_CHECK int fl_privileges_look_up(const fl_supervisor *how, uid_t *ret_user, gid_t *ret_group);
FL_MUST_CHECK int fl_privileges_drop(const fl_supervisor *how, uid_t user, gid_t group);
void fl_notify_systemd(const char *state);           /* nothing without $NOTIFY_SOCKET */

/* When a worker's loop last turned, in shared memory: monotonic µs. */
typedef _Atomic int64_t fl_pulse;
typedef struct fl_worker_place { const fl_sockets *sockets; int slot, fd; fl_pulse *pulse; } fl_worker_place;

/* The life of a worker process: runs how->worker and ends the process. `fd` is its end of the line to the supervisor. */
_Noreturn void fl_worker_live(const fl_supervisor *how, const fl_worker_place *place);

size_t fl_memory_now(void);                          /* bytes this process has in memory; 0: unknown */
