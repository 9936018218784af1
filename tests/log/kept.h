/* A log that is kept: what the tests of the log look at. */
#pragma once
#include <fcntl.h>
#include <fleche/buf.h>
#include <fleche/log.h>
#include <fleche/test.h>
#include <sys/mman.h>
#include "../helpers.h"

static inline void default_log(FL_UNUSED void *data) { fl_log_set(NULL); }

/* The log goes to this handler only, to the end of the test. */
static inline void log_to(fl_log_handler *handler, fl_level level)
{
    fl_log_set(&(fl_log_config){ .handlers = { handler }, .levels = { { "", level } } });
    fl_defer(default_log, NULL);
}

static inline int memory_file(void) { return closed_later(memfd_create("log", MFD_CLOEXEC)); }

static inline fl_str content(int fd)
{
    off_t size = lseek(fd, 0, SEEK_END);
    char *text = fl_alloc((size_t)size + 1);

    fl_expect(pread(fd, text, (size_t)size, 0) == size);
    return fl_str_n(text, (size_t)size);
}

/* Byte by byte: sanitizers make a search look at all the rest each time, and some logs here are long. */
static inline size_t count_of(fl_str text, const char *part)
{
    size_t count = 0, size = strlen(part);

    for (size_t i = 0; i + size <= text.size; i++)
        count += text.data[i] == part[0] && memcmp(text.data + i, part, size) == 0;
    return count;
}

static inline bool next_line(fl_str *rest, fl_str *ret_line)
{
    const char *end = rest->size == 0 ? NULL : memchr(rest->data, '\n', rest->size);

    if (end == NULL)
        return false;
    *ret_line = fl_str_n(rest->data, (size_t)(end - rest->data));
    *rest = fl_str_slice(*rest, ret_line->size + 1, SIZE_MAX);
    return true;
}
