/* System calls for a response, counted by strace in a run of its own, since it slows a server down a lot. A slow server finds more
 * requests ready each time it waits, so the calls that wait are fewer than at full speed; reads and writes are what they are. */
#include <fleche/time.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>
#include "peers.h"

enum { ATTACHED_WITHIN_S = 10, PAUSE_US = 2000 };

static pid_t attach(const comparison *c, const tree *t)
{
    fl_vec(const char *) arguments = { 0 };
    double until = fl_monotonic() + ATTACHED_WITHIN_S;

    fl_vec_push(&arguments, "strace");
    fl_vec_push(&arguments, "--summary-only");
    fl_vec_push(&arguments, "--follow-forks");
    fl_vec_push(&arguments, "--output");
    fl_vec_push(&arguments, fl_text("%s/calls", c->work));
    for (size_t i = 0; i < t->count; i++) {
        fl_vec_push(&arguments, "--attach");
        fl_vec_push(&arguments, fl_text("%d", (int)t->pids[i]));
    }
    fl_vec_push(&arguments, NULL);
    pid_t pid = program_start(arguments.items, NULL, fl_text("%s/strace.log", c->work));
    while (!tree_is_traced(t) && !program_ended(pid) && fl_monotonic() < until)
        (void)usleep(PAUSE_US);
    return pid;
}

/* "% time  seconds  usecs/call  calls [errors]  syscall": the fourth and the last word. */
static bool parse_line(fl_str line, fl_str *ret_name, long long *ret_calls)
{
    size_t words = 0;
    fl_str word;

    *ret_calls = -1;
    while (fl_str_cut(&line, ' ', &word)) {
        if (word.size == 0)
            continue;
        words++;
        if (words == 4 && !fl_str_int(word, ret_calls))
            return false;
        *ret_name = word;
    }
    return words >= 5;
}

static calls parse(fl_str text, double requests)
{
    calls found = { 0 };
    long long n;

    for (fl_str line, name; fl_str_cut(&text, '\n', &line);) {
        if (!parse_line(line, &name, &n))
            continue;
        if (fl_str_equal(name, fl_lit("total")))
            found.all = (double)n / requests;
        else if (found.count < CALLS)
            found.items[found.count++] = (call){ fl_str_c(name), (double)n / requests };
    }
    return found;
}

calls calls_count(const comparison *c, const workload *w, const running *server)
{
    tree t = tree_of(server->pid);
    pid_t strace = attach(c, &t);

    if (program_ended(strace)) {
        program_end(strace, SIGINT);
        return (calls){ 0 };
    }
    load l = load_drive(c, w, server->port, 1);
    program_end(strace, SIGINT);
    return parse(file_text(fl_text("%s/calls", c->work)), l.requests);
}
