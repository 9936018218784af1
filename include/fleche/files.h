/* Files: objects for what is uploaded, kept and sent, and what makes their names and paths safe.
 *
 *     fl_file *file = fl_file_temporary("report.pdf");                       // /tmp/tmpk3x_90ab.upload.pdf, gone with the arena
 *     fl_file_write_bytes(file, part);                                        // waits
 *     const char *taken = fl_file_save_new("/srv/media", fl_file_name(file), file);      // "report.pdf", or "report_Xa81kQz.pdf"
 *
 *     size_t cursor = 0;
 *     for (fl_str chunk; fl_file_next_chunk(file, &cursor, &chunk);)          // 64 KiB each; waits
 *         fl_hasher_add(&hasher, chunk);
 *
 *     const char *path = fl_safe_join("/srv/media", wanted);                  // raises FL_SUSPICIOUS_FILE for what leads outside
 *
 * A file is a tagged object (object.h): boxed, it has the attributes name, size, url, path, content_type, mode and closed. It lives in
 * the arena that was current when it was made; its descriptor is closed, and a temporary file removed, when that arena ends.
 *
 * Calls that fail come in two forms: `fl_x` raises, `fl_try_x` returns a negative errno. What touches the disk runs on the thread pool
 * while the fiber waits; so these need a fiber. Of two fibers inside of one file at once the second gets -EBUSY. */
#pragma once
#include "error.h"
#include "time.h"
#include "value.h"

typedef struct fl_file fl_file;

enum { FL_FILE_CHUNK = 65536 };

/* What a client should not have sent, answered with 400. FL_SUSPICIOUS_FILE: a name or path that leads where it must not. */
extern const fl_error_class FL_SUSPICIOUS_OPERATION, FL_SUSPICIOUS_FILE;

/* -- making ----------------------------------------------------------------------------------------------------------------------- */
fl_file *fl_file_of_path(const char *path);              /* opened when first needed; its name is the path's last part */
fl_file *fl_file_of_bytes(const char *name, fl_str bytes);   /* in memory; the bytes are not copied until something is appended */
fl_file *fl_file_of_fd(const char *name, int fd);        /* an open regular file, which the object owns from now on */
typedef struct fl_temporary_options { const char *directory; } fl_temporary_options;       /* NULL: $TMPDIR, or /tmp */
#define fl_file_temporary(name, ...) fl_file_temporary_(name, &(const fl_temporary_options){ __VA_ARGS__ })
fl_file *fl_file_temporary_(const char *name, const fl_temporary_options *options);        /* waits; readable by its owner only */
FL_MUST_CHECK int fl_try_file_temporary(const char *name, const fl_temporary_options *options, fl_file **ret);
void fl_file_keep(fl_file *file);                        /* a temporary file is not removed at the end */

/* -- what is known of it ------------------------------------------------------------------------------------------------------------ */
const char *fl_file_name(const fl_file *file);           /* as people see it; "" for none */
const char *fl_file_path(const fl_file *file);           /* where it lies; NULL in memory, and of a descriptor */
const char *fl_file_url(const fl_file *file);            /* NULL unless set */
const char *fl_file_content_type(const fl_file *file);   /* as set, else guessed from the name: fl_sent_type() */
void fl_file_set_name(fl_file *file, const char *name);  /* these copy */
void fl_file_set_url(fl_file *file, const char *url);
void fl_file_set_content_type(fl_file *file, const char *type);
fl_int fl_file_size(fl_file *file);                      /* bytes; opens it; waits. As it was when it was opened, and what was written */
FL_MUST_CHECK int fl_try_file_size(fl_file *file, fl_int *ret);
bool fl_file_multiple_chunks(fl_file *file);             /* whether it is larger than one chunk; as fl_file_size */
bool fl_file_in_memory(const fl_file *file, fl_str *ret);/* its bytes, as they are now; ret may be NULL */

/* -- opening ------------------------------------------------------------------------------------------------------------------------ */
/* A file is opened for reading when it is first read, for appending when it is first written to; opening says how beforehand, or again
 * after closing. What is no regular file is refused: -EISDIR, -EINVAL. A closed descriptor cannot be opened again: -EBADF. */
typedef enum fl_file_mode {
    FL_FILE_READ,                                        /* rb */
    FL_FILE_WRITE,                                       /* wb+: made, or emptied */
    FL_FILE_APPEND,                                      /* ab+: made, or kept */
} fl_file_mode;
void fl_file_open(fl_file *file, fl_file_mode mode);     /* waits */
FL_MUST_CHECK int fl_try_file_open(fl_file *file, fl_file_mode mode);
void fl_file_close(fl_file *file);                       /* its descriptor; raises what the kernel says only now (a full disk) */
FL_MUST_CHECK int fl_try_file_close(fl_file *file);
bool fl_file_is_closed(const fl_file *file);             /* no descriptor now; never so in memory */
const char *fl_file_mode_text(const fl_file *file);      /* "rb", "wb+", "ab+" */
int fl_file_fd(fl_file *file);                           /* opens it; waits. The file's own; in memory there is none: FL_VALUE_ERROR */
FL_MUST_CHECK int fl_try_file_fd(fl_file *file);         /* the descriptor, or -EINVAL in memory, or why it cannot be opened */

/* -- content -------------------------------------------------------------------------------------------------------------------------- */
/* fl_file_next_chunk gives the next 64 KiB, the last one fewer; *cursor starts at 0. Waits. The chunk is the file's own memory, good
 * until the next one is asked for (in memory: until something is appended). */
bool fl_file_next_chunk(fl_file *file, size_t *cursor, fl_str *ret);
FL_MUST_CHECK int fl_try_file_next_chunk(fl_file *file, size_t *cursor, fl_str *ret);      /* 1, 0 at the end */
fl_str fl_file_read_whole(fl_file *file, size_t limit);  /* waits; in the current arena, NUL-terminated; raises beyond the limit */
FL_MUST_CHECK int fl_try_file_read_whole(fl_file *file, size_t limit, fl_str *ret);        /* -EFBIG beyond the limit */
void fl_file_write_bytes(fl_file *file, fl_str bytes);   /* appends; waits */
FL_MUST_CHECK int fl_try_file_write_bytes(fl_file *file, fl_str bytes);   /* -EBADF if it is open for reading only */

/* -- saving --------------------------------------------------------------------------------------------------------------------------- */
/* What is saved is there whole or not at all, on the disk before it has its name; symbolic links at the target are never followed.
 * A temporary file is moved, and lies there from then on; any other is copied. -EEXIST where something has that name. */
typedef struct fl_save_options {
    bool allow_overwrite;                                /* replaces what has the name, in one step */
    unsigned permissions;                                /* 0: 0644 */
} fl_save_options;
#define fl_file_save_to(file, path, ...) fl_file_save_to_(file, path, &(const fl_save_options){ __VA_ARGS__ })
void fl_file_save_to_(fl_file *file, const char *path, const fl_save_options *options);    /* waits */
FL_MUST_CHECK int fl_try_file_save_to(fl_file *file, const char *path, const fl_save_options *options);

/* fl_file_save_new saves under `name` in the directory, or under alternatives of it (fl_alternative_name) while somebody has the name:
 * of many at once, in other processes too, none overwrites another. Gives the name taken. The name must be one (fl_file_name_check). */
#define fl_file_save_new(directory, name, file, ...) \
    fl_file_save_new_(directory, name, file, &(const fl_save_options){ __VA_ARGS__ })
const char *fl_file_save_new_(const char *directory, const char *name, fl_file *file, const fl_save_options *options);   /* waits */
FL_MUST_CHECK int fl_try_file_save_new(const char *directory, const char *name, fl_file *file, const fl_save_options *options,
                                       const char **ret);

/* fl_file_move renames, or, to another filesystem, copies and removes; permissions and times are kept. Nothing if both are one file. */
#define fl_file_move(from, to, ...) fl_file_move_(from, to, &(const fl_save_options){ __VA_ARGS__ })
void fl_file_move_(const char *from, const char *to, const fl_save_options *options);      /* waits */
FL_MUST_CHECK int fl_try_file_move(const char *from, const char *to, const fl_save_options *options);

/* -- locks ------------------------------------------------------------------------------------------------------------------------------ */
/* flock(2): between processes, and between descriptors opened separately; only who asks is kept out. Waiting is cancelled as any other
 * and holds no thread; who waits is served in no order. FL_LOCK_NOW does not wait: -EAGAIN. Closing unlocks. */
enum { FL_LOCK_SHARED = 1, FL_LOCK_EXCLUSIVE = 2, FL_LOCK_NOW = 4 };
void fl_file_lock(int fd, int how);
FL_MUST_CHECK int fl_try_file_lock(int fd, int how);
void fl_file_unlock(int fd);

/* -- paths ------------------------------------------------------------------------------------------------------------------------------ */
/* fl_safe_join joins the parts (text or fl_str) to the base, as Python's os.path.join, and gives the absolute path without `.` and `..`
 * in the current arena; raises FL_SUSPICIOUS_FILE if it is not the base itself or below it, or has a NUL. It looks at the text only:
 * a symbolic link below the base leads where it leads. The code is -EPERM, or -ENAMETOOLONG. */
#define fl_safe_join(base, ...) fl_safe_join_(base, FL_PATH_PARTS(__VA_ARGS__))
#define FL_PATH_PARTS(...) (const fl_str[]){ FL_MAP(FL_PATH_PART, , __VA_ARGS__) { NULL, 0 } }, FL_COUNT(__VA_ARGS__)
#define FL_PATH_PART(c, part) _Generic((part), fl_str: fl_path_str_, char *: fl_path_text_, const char *: fl_path_text_)(part),
static inline fl_str fl_path_str_(fl_str part) { return part; }
static inline fl_str fl_path_text_(const char *part) { return fl_str_of(part); }
const char *fl_safe_join_(const char *base, const fl_str *parts, size_t n);
FL_MUST_CHECK int fl_try_safe_join(const char *base, const fl_str *parts, size_t n, const char **ret);

/* fl_file_name_check raises FL_SUSPICIOUS_FILE (-EPERM) for a name that is none: empty, `.`, `..`, with a slash or a NUL. With
 * `folders` slashes may be inside, but the path must not be absolute nor have a part `..`, also with backslashes for slashes. */
void fl_file_name_check(fl_str name, bool folders);
FL_MUST_CHECK int fl_try_file_name_check(fl_str name, bool folders);

/* -- names: in the current arena -------------------------------------------------------------------------------------------------------- */
/* fl_valid_file_name makes a name without surprises: white space around it goes, spaces become _, and of the rest only letters,
 * digits, _, - and . stay. Raises FL_SUSPICIOUS_FILE (-EPERM) if that leaves none. Django's get_valid_filename. */
const char *fl_valid_file_name(fl_str name);
FL_MUST_CHECK int fl_try_valid_file_name(fl_str name, const char **ret);

/* fl_upload_name makes of the file name that a client sent one that is safe to keep: character references of HTML read, the last part
 * behind / and \ only, without unprintable characters, at most 255 bytes of which the extension stays. NULL if that leaves none. It
 * is still what a stranger chose: a name to show, not one to trust. */
const char *fl_upload_name(fl_str name);

/* fl_alternative_name is another name where this one is taken: 7 random letters and digits in front of all suffixes, a_Xa81kQz.tar.gz
 * of a.tar.gz. The part in front is shortened so that it has at most `longest` bytes (0: 255); if that leaves nothing, it raises
 * FL_SUSPICIOUS_FILE (-ENAMETOOLONG). */
const char *fl_alternative_name(fl_str name, size_t longest);
FL_MUST_CHECK int fl_try_alternative_name(fl_str name, size_t longest, const char **ret);

/* -- types ------------------------------------------------------------------------------------------------------------------------------ */
/* fl_guess_type gives the content type for a file's name, from a table of our own: the same on every system. NULL if it is unknown. A
 * compression on top comes out apart, "gzip", "bzip2", "xz", "br", "compress" or NULL; ret_encoding may be NULL. */
const char *fl_guess_type(fl_str name, const char **ret_encoding);
/* fl_sent_type is what a download says: a compressed file as such ("application/gzip"), so that no browser unpacks it, and
 * application/octet-stream for the unknown. */
const char *fl_sent_type(fl_str name);

/* fl_content_disposition is the header's value: `attachment; filename="a.txt"`, beyond printable ASCII `filename*=utf-8''na%C3%AFve.txt`;
 * without a name "attachment", or NULL for none. It has no line ends, whatever the name. */
const char *fl_content_disposition(bool as_attachment, fl_str name);
