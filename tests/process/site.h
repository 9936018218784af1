/* A supervised service in a process of its own, and what its clients and its operator do to it. For tests on the process's own
 * stack. */
#pragma once
#include <fleche/process.h>
#include <fleche/test.h>
#include <stdatomic.h>

typedef struct site_state {                          /* shared by the test, the supervisor and the workers */
    _Atomic int port, starts, failing_starts, slow_stops, answers, failures;
    _Atomic bool never_ready, deaf, loading;
    int events[2];
} site_state;

typedef struct site {
    site_state *state;
    int pid, events, errors;                         /* of the supervisor; what happens to it; its stderr */
    int64_t started;
} site;

/* site_start runs a supervisor whose workers answer lines: "who" with "<pid> <how many workers were started before> <slot>",
 * "slow" the same 300 ms later, "null" with what became of a NULL dereference, "unit", "abort". It ends with the test, however
 * that ends. */
site *site_start(const fl_supervisor *how);
site *site_start_waiting(const fl_supervisor *how);  /* and waits until `workers` of them are ready */
int site_end(site *s);                               /* its exit status, or 256 + the signal; waits */
const char *site_errors(site *s);                    /* what it wrote to stderr; behind its end */
fl_supervisor_event site_wait_for(site *s, fl_supervisor_what what);

/* A client's view. Each gives a file descriptor or text, or fails the test. */
int site_connect(const site *s);
int site_try_connect(const site *s);                 /* or -1 */
void site_send(int fd, const char *text);
const char *site_receive(int fd);                    /* to the end of the stream; "" if it was reset */
const char *site_ask(const site *s, const char *line);
int site_ask_pid(const site *s);
/* site_load starts a process that asks "who" over and over; it ends when state->loading is false, and counts answers and
 * failures. */
int site_load(const site *s);
void site_end_load(const site *s, int pid);

int site_fork(void);                                 /* fork, with nothing deferred and protected in the child */
int site_wait_exit(int pid);                         /* its status, or 256 + the signal */
int64_t site_ms(void);
