/* Between the files of the supervisor: its workers' processes, and what it knows of them. */
#pragma once
#include "process/process.h"

enum { FL_PATH_TEXT = 1024 };

typedef enum fl_process_state { FL_PROCESS_NONE, FL_PROCESS_STARTING, FL_PROCESS_READY, FL_PROCESS_LEAVING } fl_process_state;

typedef struct fl_process {
    fl_process_state state;
    int pid, slot, fd;                               /* fd: our end of its line */
    unsigned generation;
    int64_t started, deadline;                       /* deadline: killed then; 0: none */
    bool wants_replacement, hung_up, aborted;
} fl_process;

typedef struct fl_slot {
    int64_t not_before;                              /* held back until then */
    unsigned early_ends;                             /* in a row */
} fl_slot;

typedef struct fl_supervision {
    const fl_supervisor *how;
    fl_sockets sockets;
    int slot_count, most_slots, slots_before;        /* wanted now; at most; before WINCH */
    int pid_file;
    uid_t user;
    gid_t group;
    fl_slot *slots;
    fl_process *processes;                           /* places for them, most of them free */
    size_t capacity;
    fl_pulse *pulses;                                /* one a process's place */
    char pid_path[FL_PATH_TEXT], program[FL_PATH_TEXT];
    pid_t newer;                                     /* the program that was started to take over; 0: none */
    int64_t watchdog_every, watchdog_next;           /* systemd's; 0: it does not ask */
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

/* -- pulse.c ------------------------------------------------------------------------------------------------------------------ */
FL_MUST_CHECK int fl_pulses_begin(fl_supervision *s);
void fl_pulses_end(fl_supervision *s);
/* fl_pulses_check aborts who is silent, and gives when to look again; INT64_MAX: never. */
int64_t fl_pulses_check(fl_supervision *s, int64_t now);
int64_t fl_systemd_watchdog(fl_supervision *s, int64_t now);     /* the same for systemd's */

/* -- upgrade.c ---------------------------------------------------------------------------------------------------------------- */
void fl_upgrade_begin(fl_supervision *s);            /* remembers where the program is */
void fl_upgrade_start(fl_supervision *s);
void fl_upgrade_reap(fl_supervision *s);

/* -- resize.c ----------------------------------------------------------------------------------------------------------------- */
void fl_resize(fl_supervision *s, int slots);        /* tells workers of slots that are no more to leave */
void fl_resize_to_none(fl_supervision *s);
void fl_process_leave(fl_supervision *s, fl_process *process);

void fl_supervision_tell(const fl_supervision *s, fl_supervisor_event event);
void fl_supervision_tell_of(const fl_supervision *s, fl_supervisor_what what, const fl_process *process);
