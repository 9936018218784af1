/* Between the files of the supervisor: its workers' processes, and what it knows of them. */
#pragma once
#include "process/process.h"

typedef enum fl_process_state { FL_PROCESS_NONE, FL_PROCESS_STARTING, FL_PROCESS_READY, FL_PROCESS_LEAVING } fl_process_state;

typedef struct fl_process {
    fl_process_state state;
    int pid, slot, fd;                               /* fd: our end of its line */
    unsigned generation;
    int64_t started, deadline;                       /* deadline: killed then; 0: none */
    bool wants_replacement, hung_up;
} fl_process;

typedef struct fl_slot {
    int64_t not_before;                              /* held back until then */
    unsigned early_ends;                             /* in a row */
} fl_slot;

typedef struct fl_supervision {
    const fl_supervisor *how;
    fl_sockets sockets;
    int slot_count, pid_file;
    uid_t user;
    gid_t group;
    fl_slot *slots;
    fl_process *processes;                           /* places for them, most of them free */
    size_t capacity;
    unsigned generation;
    bool stopping, announced;
} fl_supervision;

/* Signals, as bytes in a pipe that poll() sees. fl_orders_end puts back what was before; in a worker, the usual. */
FL_MUST_CHECK int fl_orders_begin(void);
int fl_orders_fd(void);
void fl_orders_end(bool in_worker);

/* fl_slot_start forks a worker for the slot; without a place, a descriptor or memory, later. */
void fl_slot_start(fl_supervision *s, int slot);
/* fl_slot_ended_early counts one more early end and holds the slot back: not at all the first time, then longer and longer. */
void fl_slot_ended_early(fl_supervision *s, int slot);

void fl_supervision_tell(const fl_supervision *s, fl_supervisor_event event);
void fl_supervision_tell_of(const fl_supervision *s, fl_supervisor_what what, const fl_process *process);
