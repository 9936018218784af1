/* Names of loggers. A file that does not name its logger is named by its path: "src/blog/import.c" is "blog.import". Names are
 * kept once each, for the process; there are as many as source files, so a list is enough. */
#include <fleche/heap.h>
#include <string.h>
#include "log/log.h"

typedef struct name { struct name *next; char text[]; } name;

static name *names;

static bool is_path(fl_str text)
{
    return fl_str_find_char(text, '/', NULL) || fl_str_ends(text, fl_lit(".c")) || fl_str_ends(text, fl_lit(".h"));
}

/* What stands before the sources' own folder in an absolute path says nothing about the logger. */
static fl_str within_sources(fl_str path)
{
    fl_str folder = fl_lit("/src/");
    size_t at;

    if (!fl_str_starts(path, fl_lit("/")))
        return path;
    while (fl_str_find(path, folder, &at))
        path = fl_str_slice(path, at + folder.size - 1, SIZE_MAX);
    return path;
}

const char *fl_log_name_(const char *logger, char room[FL_LOG_NAME])
{
    fl_str rest = within_sources(fl_str_of(logger)), part;
    fl_buf out = fl_log_over_(room, FL_LOG_NAME - 1);
    size_t dot;

    if (!is_path(fl_str_of(logger)))
        return logger == NULL ? "" : logger;
    while (fl_str_cut(&rest, '/', &part)) {
        bool is_file = rest.data == NULL;
        if (part.size == 0 || fl_str_equal(part, fl_lit(".")) || fl_str_equal(part, fl_lit("..")))
            continue;
        if (out.size == 0 && !is_file && fl_str_equal(part, fl_lit("src")))
            continue;
        if (is_file && fl_str_find_last(part, '.', &dot) && dot > 0)
            part.size = dot;
        if (out.size > 0)
            fl_buf_add_char(&out, '.');
        fl_buf_add(&out, fl_str_slice(part, 0, out.capacity - out.size));
    }
    room[out.size] = '\0';
    return room;
}

const char *fl_log_intern_(const char *text)
{
    name *first = __atomic_load_n(&names, __ATOMIC_ACQUIRE);
    size_t size = strlen(text) + 1;

    for (name *n = first; n != NULL; n = n->next)
        if (strcmp(n->text, text) == 0)
            return n->text;
    name *fresh = fl_heap_alloc(sizeof *fresh + size);
    if (fresh == NULL)
        return NULL;
    memcpy(fresh->text, text, size);
    fresh->next = first;
    while (!__atomic_compare_exchange_n(&names, &fresh->next, fresh, false, __ATOMIC_RELEASE, __ATOMIC_ACQUIRE))
        continue;                                    /* two threads may add the same name: it is only kept twice */
    return fresh->text;
}
