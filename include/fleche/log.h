/* Logging: levels, a tree of loggers, handlers.
 *
 *     fl_info("%d articles imported", n);                        // to the logger named after blog/import.c: blog.import
 *     fl_log(FL_WARNING, "blog.import", "row %d has no title", row);
 *
 *     fl_log_set(&(fl_log_config){                                // at start; without it: warnings and above to stderr
 *         .handlers = { fl_log_file("/var/log/site.log", FL_LOG_JSON), fl_log_stderr(FL_LOG_PLAIN) },
 *         .levels = { { "", FL_INFO }, { "blog", FL_DEBUG } } });
 *
 * A record goes to every handler whose level it reaches; a logger's level is that of the nearest name above it that has one,
 * and FL_WARNING where none has. A call below its level costs one comparison. Text is one line a record, valid UTF-8, at most
 * 64 KiB: control characters are escaped, what is longer is cut. Logging never raises, keeps errno and takes nothing from the
 * current arena; threads may log at once. The ground, the runtime and the engines never log; the framework and applications do.
 * fl_log_crash() and fl_log_reopen() alone may be called from a signal handler. */
#pragma once
#include "attributes.h"
#include "str.h"

typedef enum fl_level { FL_DEBUG, FL_INFO, FL_WARNING, FL_ERROR, FL_CRITICAL, FL_LEVEL_OFF } fl_level;
typedef enum fl_log_form {
    FL_LOG_PLAIN, FL_LOG_JSON,
    FL_LOG_CONSOLE,                  /* for a developer's terminal: no time; line ends of a message stay, the rest is indented */
    FL_LOG_SERVER,                   /* [20/Nov/2026 10:15:00] and the message: runserver's, as Django's */
} fl_log_form;

typedef struct fl_log_record {
    fl_level level;
    fl_str logger, message;                                   /* as given: not escaped */
    size_t cut;                                               /* bytes of the message that were too many to keep */
    unsigned held_back;                                       /* records of this place that its rate limit held back before */
    const char *file;                                         /* NULL if unknown */
    int line;
    int64_t unix_us;                                          /* microseconds since 1970 */
    int pid;
    const char *fiber;                                        /* the name of what logged, or NULL */
    fl_str fields;                                            /* `"key": value, …` of JSON, or empty */
} fl_log_record;

/* A handler's write may be called by several threads at once. It does not wait for a fiber; what it logs goes nowhere, and an
 * error that it raises ends there. The record and all it points to are gone when it returns. */
typedef struct fl_log_handler {
    void (*write)(struct fl_log_handler *self, const fl_log_record *record);
    void (*close)(struct fl_log_handler *self);               /* may be NULL */
    fl_level level;                                           /* only records of this level and above */
    fl_log_form form;
    int fd;                                                   /* what fl_log_crash writes to; -1: nothing */
    void *data;
} fl_log_handler;

enum { FL_LOG_HANDLERS = 8, FL_LOG_LEVELS = 32 };
typedef struct fl_log_config {
    fl_log_handler *handlers[FL_LOG_HANDLERS];                /* ends at the first NULL */
    struct { const char *logger; fl_level level; } levels[FL_LOG_LEVELS];   /* "" is all; ends at the first NULL; copied */
} fl_log_config;

/* Handlers live until a later fl_log_set leaves them out, which closes and frees them. Without memory they do not raise: it is
 * fl_log_set that refuses what they give then. fl_log_file raises FL_OS_ERROR if it cannot be opened; it appends, one write() a
 * record, and opens the file anew after fl_log_reopen() (log rotation). fl_log_stream does not close its descriptor. What cannot
 * be written is counted, and said with the next record that can. */
fl_log_handler *fl_log_stderr(fl_log_form form);
fl_log_handler *fl_log_stream(int fd, fl_log_form form);
fl_log_handler *fl_log_file(const char *path, fl_log_form form);
fl_log_handler *fl_log_syslog(const char *program, int facility);
fl_log_handler *fl_log_callback(void (*run)(const fl_log_record *record, void *data), void *data);
fl_log_handler *fl_log_at_least(fl_log_handler *handler, fl_level level);   /* sets its level; returns it */

/* fl_log_set replaces the configuration and closes the handlers that the new one does not have; NULL is the one at start. Waits
 * for threads that are writing to the old ones. Raises FL_OUT_OF_MEMORY, having closed what is only in the new one, and
 * FL_PROGRAMMING_ERROR inside a handler. */
void fl_log_set(const fl_log_config *config);
void fl_log_reopen(void);
struct fl_zone;
void fl_log_zone(const struct fl_zone *zone);                 /* of the times of FL_LOG_SERVER; UTC until it is set */
bool fl_log_wants(fl_level level, const char *logger);        /* whether such a record would go anywhere */

/* fl_log_line writes the record as the handlers above do, with its newline, into `room`: for handlers of one's own. What finds no
 * room is cut from the message (and if need be all fields); *ret_more (may be NULL) is how many bytes that was. */
enum { FL_LOG_LINE = 65536, FL_LOG_LINE_LEAST = 1024 };       /* the most that a line has; the least room for one */
fl_str fl_log_line(const fl_log_record *record, fl_log_form form, char *room, size_t size, size_t *ret_more);

/* A place in the code that logs: caches its logger and its level, counts what its rate limit held back. */
typedef struct fl_log_site {
    const char *logger, *file;
    int line;
    unsigned burst;                                           /* records a second at most; 0: no limit */
    const char *name;                                         /* of its logger, once known */
    unsigned threshold;                                       /* the least level wanted, plus the generation then */
    unsigned sent, dropped;
    int64_t second;
} fl_log_site;
void fl_log_at_(fl_log_site *site, fl_level level, const char *format, ...) FL_PRINTF(3, 4);
/* Counts configurations in steps of 8, more than there are levels: any level of a newer one is above any threshold of an
 * older. */
extern unsigned fl_log_generation_;

#ifndef FL_LOGGER
#define FL_LOGGER __FILE__                                    /* define it before the include to name a file's logger: "shop" */
#endif
#define FL_LOG_HERE_(level_, burst_, ...) do { \
        static fl_log_site fl_site_ = { .logger = FL_LOGGER, .file = __FILE__, .line = __LINE__, .burst = burst_ }; \
        const fl_level fl_at_ = (level_); \
        const unsigned fl_now_ = __atomic_load_n(&fl_log_generation_, __ATOMIC_RELAXED); \
        if (fl_now_ + fl_at_ >= __atomic_load_n(&fl_site_.threshold, __ATOMIC_RELAXED)) \
            fl_log_at_(&fl_site_, fl_at_, __VA_ARGS__); \
    } while (0)
#define fl_debug(...)    FL_LOG_HERE_(FL_DEBUG, 0, __VA_ARGS__)
#define fl_info(...)     FL_LOG_HERE_(FL_INFO, 0, __VA_ARGS__)
#define fl_warn(...)     FL_LOG_HERE_(FL_WARNING, 0, __VA_ARGS__)
#define fl_error_log(...) FL_LOG_HERE_(FL_ERROR, 0, __VA_ARGS__)
#define fl_critical(...) FL_LOG_HERE_(FL_CRITICAL, 0, __VA_ARGS__)
/* At most `a_second` records of this place a second; how many were held back is said with the next one that passes. */
#define fl_log_limited(level, a_second, ...) FL_LOG_HERE_(level, a_second, __VA_ARGS__)

void fl_log(fl_level level, const char *logger, const char *format, ...) FL_PRINTF(3, 4);
/* fl_log_with adds fields: fl_log_with(FL_INFO, "shop", FL_PAIRS("order", id, "total", total), "order placed"). A field with a
 * name of the record's own ("time", "message" …) gets a _ behind it; a value that JSON cannot say is written as its repr(). */
struct fl_value;
void fl_log_with(fl_level level, const char *logger, const struct fl_value *pairs, size_t n, const char *format, ...)
    FL_PRINTF(5, 6);

/* fl_log_crash writes the pieces to every handler's descriptor as they are, with write() alone: for signal handlers. If no
 * handler has one, to stderr. */
void fl_log_crash(const char *const *pieces, size_t count);
