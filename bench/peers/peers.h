/* What the files of the comparison share: servers, what they are asked, and what was measured. */
#pragma once
#include <fleche/base.h>
#include <sys/types.h>
#include "test/settings.h"

enum { WORDS = 14, MOST_PEERS = 16, MOST_ROUNDS = 99, TREE = 256, CALLS = 24 };

/* -- a run of the program ----------------------------------------------------------------------------------------------------- */
typedef struct comparison {
    fl_filters filters;
    unsigned long long rounds, seconds, warm_up, idle;
    const char *json;
    bool list, check, no_calls;
    const char *here, *work;                     /* where the programs that we built are; for what servers and tools write */
} comparison;

/* -- servers: peers.c ----------------------------------------------------------------------------------------------------------- */
/* In words, {here} and {work} stand for those directories and {port} for the port. */
typedef struct peer {
    const char *name;
    const char *package;                         /* Debian's, for who has it not; NULL for our own */
    const char *version[WORDS];                  /* prints its version; what fails is not installed */
    const char *prepare[WORDS];                  /* once, before it is first started; may be empty */
    const char *start[WORDS];
    const char *environment[4];                  /* "NAME=value" */
    const char *configuration, *configured;      /* a file, and where it goes with words replaced; NULL: none */
} peer;

extern const peer peers[];
extern const size_t peer_count;
const char *peer_version(const comparison *c, const peer *p);         /* NULL: it is not there */
void peer_prepare(const comparison *c, const peer *p);                /* raises with what its compiler said */

typedef struct running { const peer *peer; pid_t pid; int port; } running;
/* peer_start gives a server that answers connections, and ends it with the protected call. Raises with the end of what it wrote. */
running *peer_start(const comparison *c, const peer *p);

/* -- what they are asked: workloads.c --------------------------------------------------------------------------------------------- */
typedef struct workload {
    const char *name, *title, *path, *type;      /* type: how Content-Type must begin */
    bool (*right)(fl_str body);
    int connections, depth;                      /* depth 0: connections are held idle; nothing is driven */
    const char *servers[8];                      /* names of peers; the first is what the others' ratios are to */
    const char *ours;                            /* whose ratio has a target */
    double target;                               /* at most; 0: none */
} workload;

extern const workload workloads[];
extern const size_t workload_count;
/* workload_check asks once and raises if status, type, body or Date are not right. */
void workload_check(const workload *w, int port);

/* -- programs: program.c ------------------------------------------------------------------------------------------------------------ */
/* All arguments end with NULL; `output` gets stdout and stderr; environment may be NULL. They raise if there is no process. */
pid_t program_start(const char *const *arguments, const char *const *environment, const char *output);
int program_run(const char *const *arguments, const char *output);    /* to its end: exit status, 127 if there is no such program */
bool program_ended(pid_t pid);                                         /* a child; it is not waited for */
void program_end(pid_t pid, int signal);                               /* waits; after 5 s with KILL, its group with it */
fl_str file_text(const char *path);                                    /* whole; empty if there is none */

/* -- trees of processes: tree.c --------------------------------------------------------------------------------------------------------- */
typedef struct tree { pid_t pids[TREE]; size_t count; } tree;
typedef struct cpu { double user, system; } cpu;                       /* seconds */
tree tree_of(pid_t root);                        /* it and all its descendants */
cpu tree_cpu(pid_t root);                        /* with the children that have been waited for */
double tree_memory(pid_t root);                  /* bytes: proportional set sizes */
bool tree_is_traced(const tree *t);              /* each thread of it, by a debugger or strace */

/* -- asking: client.c --------------------------------------------------------------------------------------------------------------------- */
int client_connect(int port);                    /* -1 if nobody listens */
int free_port(void);
typedef struct answer { int status; fl_str type, date, body; } answer;
answer client_get(int port, const char *path);   /* one connection for it; raises if that is no HTTP */
void client_hold(int port, const char *path, int *fds, size_t n);      /* opens connections, one answer each; they stay */

/* -- load: load.c, calls.c, idle.c ------------------------------------------------------------------------------------------------------------ */
typedef struct load { double requests, seconds, p50, p99; long wrong, broken; } load;     /* latencies in seconds */
load load_drive(const comparison *c, const workload *w, int port, unsigned long long seconds);

typedef struct call { const char *name; double each; } call;           /* so many for a response */
typedef struct calls { call items[CALLS]; size_t count; double all; } calls;
calls calls_count(const comparison *c, const workload *w, const running *server);    /* all is 0 without strace */

/* -- what was measured: figures.c, report.c ------------------------------------------------------------------------------------------------------ */
typedef struct sample {
    double user, system, rate, p50, p99, memory; /* microseconds a request; seconds; bytes */
    long wrong, broken;                          /* answers that were no 200; connections that failed */
} sample;
typedef struct figures {
    const peer *peer;
    sample samples[MOST_ROUNDS];
    size_t count;
    calls calls;
    double each;                                 /* bytes an idle connection */
    const char *failed;                          /* why there are no more of them, or NULL */
} figures;
typedef struct result { const workload *workload; figures figures[MOST_PEERS]; size_t count; } result;

sample sample_of(const comparison *c, const workload *w, const running *server);
void idle_allow_descriptors(void);               /* as many as the system lets us, for us and what we start */
double idle_bytes(const comparison *c, const workload *w, const running *server, double *ret_memory);
double median_of(const figures *f, size_t offset);                     /* offset of a double in sample */
#define MEDIAN(f, member) median_of(f, offsetof(sample, member))
double median_cpu(const figures *f);                                   /* microseconds a request */
const figures *result_reference(const result *r);                      /* what ratios are to; NULL if it is not there */
double median_ratio(const figures *f, const figures *to);              /* of CPU time, round by round; 0 if there is none */
bool result_met(const result *r);                                      /* its target; true without one, or without figures */
void report_result(const comparison *c, const result *r);
void report_json(const comparison *c, const result *results, size_t count);          /* raises if it cannot be written */
