/* Inside of files: the object, and what its parts share. */
#pragma once
#include <fleche/buf.h>
#include <fleche/files.h>
#include <fleche/fiber.h>
#include <sys/types.h>

enum { FL_LONGEST_NAME = 255 };                      /* bytes: what common filesystems take */

typedef enum fl_file_kind { FL_FILE_OF_PATH, FL_FILE_OF_BYTES, FL_FILE_OF_FD, FL_FILE_TEMPORARY } fl_file_kind;

struct fl_file {
    fl_tag tag;
    fl_file_kind kind;
    fl_file_mode mode;
    fl_arena *arena;
    const char *name, *path, *url, *content_type;    /* path: NULL where there is none */
    fl_str bytes;                                    /* in memory: all of it */
    fl_buf appended;                                 /* in memory: what bytes points to, once something was appended */
    char *chunk;                                     /* FL_FILE_CHUNK bytes, once asked for */
    fl_int size;                                     /* while it is open */
    int fd;                                          /* -1: closed */
    bool busy;                                       /* a fiber is inside */
    bool removed_at_end;
};

/* An empty object in the current arena, which ends it. */
fl_file *fl_file_new(fl_file_kind kind, const char *name, const char *path);
/* fl_file_ready opens the file unless it is open: 0, or why it cannot be. Not for those in memory. */
FL_MUST_CHECK int fl_file_ready(fl_file *file, fl_file_mode mode);
/* fl_file_run runs the work on the thread pool with nobody else inside of the file: 0 if it ran, -EBUSY, or as fl_pool_run. */
FL_MUST_CHECK int fl_file_run(fl_file *file, void (*run)(void *data), void *data);

FL_MUST_CHECK int fl_write_fully(int fd, fl_str bytes);      /* blocks: for threads */
/* fl_publish gives the file `from` the name `to`, for threads: 0; -EEXIST if it is taken and must not be replaced; -EXDEV. The second
 * form is for filesystems that cannot rename without replacing: it takes the name with an empty file of its own first. */
FL_MUST_CHECK int fl_publish(const char *from, const char *to, bool overwrite);
FL_MUST_CHECK int fl_publish_by_claim(const char *from, const char *to);

/* Where the extension of the last part begins, its dot included, as Python's splitext; name.size if there is none. */
size_t fl_extension_at(fl_str name);
/* The first so many bytes of valid UTF-8, or a few less, so that no character is split. */
fl_str fl_name_clip(fl_str name, size_t size);
/* Character references of HTML, replaced. */
fl_str fl_unescape_name(fl_str text);
/* What is wrong with the name, as it would be said in a message; NULL: nothing. */
const char *fl_name_fault(fl_str name, bool folders);
