/* Between the files of the log. */
#pragma once
#include <fleche/buf.h>
#include <fleche/log.h>
#include <fleche/value.h>

enum { FL_LOG_NAME = 128 };                          /* a logger's name with its NUL; what is longer is cut */

/* fl_log_name_ is the dotted name of a logger given as a name or as a path: `logger` itself, or made in `room`. fl_log_intern_
 * is a copy of the text that lives for the process, the same for equal texts; NULL without memory. */
const char *fl_log_name_(const char *logger, char room[FL_LOG_NAME]);
const char *fl_log_intern_(const char *text);

/* fl_log_put_ appends text as a part of one line of valid UTF-8, at most `most` bytes; the result is how many bytes of text
 * found no room. `out` does not grow. */
typedef enum fl_log_escape {
    FL_LOG_AS_PLAIN,                                 /* for people: \x1b */
    FL_LOG_AS_TEXT,                                  /* inside the quotes of JSON: \u001b */
    FL_LOG_AS_MEMBERS,                               /* JSON already: only what a line cannot have is escaped */
} fl_log_escape;
size_t fl_log_put_(fl_buf *out, fl_str text, fl_log_escape how, size_t most);
void fl_log_put_more_(fl_buf *out, size_t more);     /* …(N bytes more); nothing for 0 */
enum { FL_LOG_MORE = 40 };                           /* the most bytes that is */

/* A buffer over the caller's bytes that never grows: it fails where it would. */
static inline fl_buf fl_log_over_(char *room, size_t size) { return (fl_buf){ .data = room, .capacity = size, .limit = size }; }

/* The logger, the message and the fields: what a line has behind its level. */
size_t fl_log_body_(const fl_log_record *record, fl_buf *out);

void fl_log_put_fields_(fl_buf *out, fl_str members);        /* `"order": 7` as ` order=7`; there must be room */
const char *fl_log_level_name_(fl_level level);

/* The forms of console.c: what they append, and how many bytes of the message found no room. */
size_t fl_log_console_line_(const fl_log_record *record, fl_buf *out);
size_t fl_log_server_line_(const fl_log_record *record, fl_buf *out);

/* fl_log_fields_ writes the pairs as members of a JSON object. *ret_left is how many bytes or pairs found no room. */
fl_str fl_log_fields_(const fl_value *pairs, size_t n, char *room, size_t size, size_t *ret_left);

/* fl_log_passes_ is whether the site's rate limit lets one more record through in this second. */
bool fl_log_passes_(fl_log_site *site, int64_t second, unsigned *ret_held_back);

/* What stands for a handler without memory: raising would lose those made beside it. fl_log_set refuses it. */
extern fl_log_handler fl_log_no_memory_;

/* The descriptors that fl_log_crash writes to. */
void fl_log_crash_to_(fl_log_handler *const *handlers, size_t n);
