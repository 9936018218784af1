/* What a server and all its processes use, as /proc tells it: while they live, so that no server must end to be measured. */
#include <dirent.h>
#include <stdio.h>
#include <unistd.h>
#include "peers.h"

/* The fields of /proc/PID/stat, counted from 1 as in proc(5). */
enum { PARENT = 4, USER = 14, SYSTEM = 15, CHILDREN_USER = 16, CHILDREN_SYSTEM = 17, FIELDS = 18 };

static bool read_stat(pid_t pid, long long fields[FIELDS])
{
    fl_str text = file_text(fl_text("/proc/%d/stat", (int)pid)), field, rest;
    size_t end = 0;
    int at = 3;

    if (!fl_str_find_last(text, ')', &end))         /* the second field is the name, which may hold anything */
        return false;
    rest = fl_str_slice(text, end + 2, SIZE_MAX);
    for (; at < FIELDS && fl_str_cut(&rest, ' ', &field); at++) {
        fields[at] = 0;
        (void)fl_str_int(field, &fields[at]);
    }
    return at == FIELDS;
}

static bool holds(const tree *t, long long pid)
{
    for (size_t i = 0; i < t->count; i++)
        if (t->pids[i] == pid)
            return true;
    return false;
}

/* Adds the processes whose parents are in the tree; how many there were. */
static size_t add_children(tree *t)
{
    DIR *processes = opendir("/proc");
    long long pid, fields[FIELDS];
    size_t before = t->count;

    for (struct dirent *entry; processes != NULL && (entry = readdir(processes)) != NULL;)
        if (fl_str_int(fl_str_of(entry->d_name), &pid) && !holds(t, pid) && read_stat((pid_t)pid, fields) &&
            holds(t, fields[PARENT]) && t->count < TREE)
            t->pids[t->count++] = (pid_t)pid;
    if (processes != NULL)
        (void)closedir(processes);
    return t->count - before;
}

tree tree_of(pid_t root)
{
    tree t = { .pids = { root }, .count = 1 };

    fl_scope
        while (add_children(&t) > 0)
            ;
    return t;
}

cpu tree_cpu(pid_t root)
{
    tree t = tree_of(root);
    double second = (double)sysconf(_SC_CLK_TCK);
    cpu sum = { 0 };

    fl_scope {
        long long fields[FIELDS];
        for (size_t i = 0; i < t.count; i++) {
            if (!read_stat(t.pids[i], fields))
                continue;
            sum.user += (double)(fields[USER] + fields[CHILDREN_USER]) / second;
            sum.system += (double)(fields[SYSTEM] + fields[CHILDREN_SYSTEM]) / second;
        }
    }
    return sum;
}

/* The number behind a label such as "Pss:", of the first line that begins with it; 0 if there is none. */
static long long labelled(const char *path, fl_str label)
{
    fl_str rest = file_text(path), line, word;
    long long number = 0;

    while (fl_str_cut(&rest, '\n', &line))
        if (fl_str_after(line, label, &line)) {
            line = fl_str_trim(line);
            if (fl_str_cut(&line, ' ', &word))
                (void)fl_str_int(fl_str_trim(word), &number);
            break;
        }
    return number;
}

double tree_memory(pid_t root)
{
    tree t = tree_of(root);
    double kilobytes = 0;

    fl_scope
        for (size_t i = 0; i < t.count; i++)
            kilobytes += (double)labelled(fl_text("/proc/%d/smaps_rollup", (int)t.pids[i]), fl_lit("Pss:"));
    return kilobytes * 1024;
}

static bool threads_are_traced(pid_t pid)
{
    DIR *threads = opendir(fl_text("/proc/%d/task", (int)pid));
    bool traced = threads != NULL;

    for (struct dirent *entry; threads != NULL && (entry = readdir(threads)) != NULL;)
        if (entry->d_name[0] != '.')
            traced = traced && labelled(fl_text("/proc/%d/task/%s/status", (int)pid, entry->d_name), fl_lit("TracerPid:")) != 0;
    if (threads != NULL)
        (void)closedir(threads);
    return traced;
}

bool tree_is_traced(const tree *t)
{
    bool traced = true;

    fl_scope
        for (size_t i = 0; i < t->count; i++)
            traced = traced && threads_are_traced(t->pids[i]);
    return traced;
}
