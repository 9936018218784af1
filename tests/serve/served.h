/* A production server in a process of its own, its operator and its clients. For tests on the process's own stack. */
#pragma once
#include <fleche/serve.h>
#include <fleche/test.h>
#include <stdatomic.h>
#include "../process/site.h"
#include "served_site.h"

typedef struct served_load { _Atomic int answers, failures; _Atomic bool going; } served_load;      /* shared with the clients */
typedef struct served {
    int pid, port, errors, output;                   /* what it wrote to standard error and output */
    served_load *load;
} served;

/* Other processes' allocations are not the test's to fail. */
#define SERVED_TEST(id, ...) FL_TEST(id, .plain = true, .no_torture = true, .timeout = 60)

/* served_start serves the site on 127.0.0.1 (`how` needs no bind), and waits until its workers are ready. It ends with the test. */
served *served_start(const fl_serve_options *how);
/* The program with the site, by its command line, where "{socket}" is the test's; not ready yet. */
served *served_run(const char *const *words);
int served_stop(served *s, int signal);              /* tells it and waits for its end: its status, or 256 + the signal */
void served_tell(const served *s, int signal);
/* Waits until what it wrote to standard error has the text so many times. */
void served_wait(served *s, const char *text, int times);
const char *served_output(const served *s);
const char *served_errors(const served *s);
const char *served_file(const char *path);           /* what is in it; "" if it is not there */
size_t served_count(const char *text, const char *part);

int served_connect(const served *s);                 /* a descriptor, closed at the end of the test */
/* One request and its answer, the head included; "" if there was none. */
const char *served_get(const served *s, const char *path);
const char *served_exchange(const served *s, const char *bytes);
const char *served_unix(const char *path, const char *bytes);        /* the same by a Unix socket */
void served_send(int fd, const char *bytes);
const char *served_receive(int fd);                  /* until the end of the stream */
int served_pid(const served *s);                     /* a worker's, by /pid/ */

/* A process that asks /pid/ over and over, on one connection as long as the server keeps it. */
int served_load_start(served *s);
void served_load_end(served *s, int client);
void served_load_wait(const served *s, int more);    /* for so many answers */
