/* Regular expressions as Python's re reads them, over PCRE2 with its compiler, and with a bound on the work of every match.
 *
 *     fl_regex *article = fl_regex_new("articles/(?P<year>[0-9]{4})/(?P<slug>[-\\w]+)/", 0);   // ends with the current arena
 *     fl_regex_groups groups;
 *     if (fl_regex_match(article, path, FL_REGEX_FULL, &groups))
 *         … groups.items[1], or fl_regex_group(article, &groups, "slug") …
 *     fl_str clean = fl_regex_replace(fl_regex_cached("\\s+", 0), text, " ");
 *
 * Text is UTF-8, and \d \w \s \b and case know all of Unicode, unless the flags say otherwise. Places are in bytes.
 *
 * No pattern runs away: a match that takes more than about a quarter of a second of work, or the memory of such a one, ends as
 * "too hard" (-E2BIG, FL_REGEX_TOO_HARD), and so does one in a text above 16 MiB. A match of a short text takes no memory from
 * the heap once its thread has matched before. An fl_regex may be used by several threads at once. */
#pragma once
#include "buf.h"
#include "error.h"

typedef struct fl_regex fl_regex;
enum {
    FL_REGEX_IGNORECASE = 1, FL_REGEX_MULTILINE = 2, FL_REGEX_DOTALL = 4, FL_REGEX_VERBOSE = 8,
    FL_REGEX_ASCII = 16,                             /* \d \w \s \b know ASCII only */
    FL_REGEX_BYTES = 32,                             /* pattern and text are bytes, not UTF-8; implies FL_REGEX_ASCII */
};
enum { FL_REGEX_LONGEST_TEXT = 16 << 20, FL_REGEX_LONGEST_PATTERN = 32 << 10, FL_REGEX_DEEPEST = 100 };

extern const fl_error_class FL_BAD_REGEX,            /* a FL_VALUE_ERROR: no regular expression */
    FL_REGEX_TOO_HARD;                               /* a FL_VALUE_ERROR: it would have taken too long */

/* -- compiling --------------------------------------------------------------------------------------------------------------- */
typedef struct fl_regex_error { char message[160]; size_t offset; } fl_regex_error;      /* the offset: bytes into the pattern */

/* fl_regex_try_new compiles. 0; -EINVAL (no regular expression), -E2BIG (too long, too deep, too large), -ENOMEM; then *reterr
 * (may be NULL) says what and where. fl_regex_new raises FL_BAD_REGEX with the place and, as detail, the pattern with a caret
 * below it. The result ends with the current arena. */
FL_MUST_CHECK int fl_regex_try_new(fl_str pattern, unsigned flags, fl_regex **ret, fl_regex_error *reterr);
fl_regex *fl_regex_new(const char *pattern, unsigned flags);
/* fl_regex_cached compiles a pattern once in a process: for patterns that stand in the code. The first 512 are kept for good,
 * others end with the current arena. Raises as fl_regex_new. */
const fl_regex *fl_regex_cached(const char *pattern, unsigned flags);

fl_str fl_regex_pattern(const fl_regex *regex);      /* as given */
unsigned fl_regex_flags(const fl_regex *regex);      /* with those that the pattern begins with: (?i) */
size_t fl_regex_group_count(const fl_regex *regex);  /* group 0, the whole, not counted */
typedef struct fl_regex_name { const char *name; size_t number; } fl_regex_name;
/* fl_regex_names gives the named groups in the order of their numbers, and how many there are. */
size_t fl_regex_names(const fl_regex *regex, const fl_regex_name **ret);

/* fl_regex_escape puts a backslash before what is special in a pattern: Python's re.escape(). In the current arena. */
fl_str fl_regex_escape(fl_str text);

/* -- matching ---------------------------------------------------------------------------------------------------------------- */
/* Python's search(), match() and fullmatch(). */
typedef enum fl_regex_how { FL_REGEX_SEARCH, FL_REGEX_START, FL_REGEX_FULL } fl_regex_how;

/* The groups of a match: views of the text, 0 the whole. `data` is NULL for a group that took no part. In the current arena. */
typedef struct fl_regex_groups { const fl_str *items; size_t count; } fl_regex_groups;

/* fl_regex_try_match gives 1 and the groups (ret may be NULL: none wanted), 0 if there is no match; -E2BIG: too hard; -EILSEQ:
 * the text is not UTF-8; -ENOMEM. fl_regex_match raises FL_REGEX_TOO_HARD, FL_VALUE_ERROR and FL_OUT_OF_MEMORY instead. */
FL_MUST_CHECK int fl_regex_try_match(const fl_regex *regex, fl_str text, fl_regex_how how, fl_regex_groups *ret);
bool fl_regex_match(const fl_regex *regex, fl_str text, fl_regex_how how, fl_regex_groups *ret);

/* fl_regex_group gives the group of that name; data is NULL if it took no part. Raises FL_PROGRAMMING_ERROR if there is none. */
fl_str fl_regex_group(const fl_regex *regex, const fl_regex_groups *groups, const char *name);

/* fl_regex_next finds one match after the other, as Python's finditer(): the cursor begins as { 0 }.
 *     for (fl_regex_cursor at = { 0 }; fl_regex_next(regex, text, &at, &groups);) …
 * All matches of one cursor share the time that a match may take, and a second for each 16 MiB of the text. */
typedef struct fl_regex_cursor { size_t at; bool checked, past_empty; int64_t spent; } fl_regex_cursor;
FL_MUST_CHECK int fl_regex_try_next(const fl_regex *regex, fl_str text, fl_regex_cursor *cursor, fl_regex_groups *ret);
bool fl_regex_next(const fl_regex *regex, fl_str text, fl_regex_cursor *cursor, fl_regex_groups *ret);

/* -- replacing --------------------------------------------------------------------------------------------------------------- */
/* fl_regex_replace is Python's sub(): every match by `with`, where \1, \g<1> and \g<name> are groups and \n \t \\ what they
 * are in Python. In the current arena; text itself where nothing matches. Raises as fl_regex_match, and FL_BAD_REGEX for a
 * wrong `with`. */
fl_str fl_regex_replace(const fl_regex *regex, fl_str text, const char *with);
/* fl_regex_try_replace appends the text with at most `most` matches (0: all) replaced. The number of them, or a code of
 * fl_regex_try_match, -EINVAL for a wrong `with`, the buffer's error; then the buffer is as it was, unless it is full. */
FL_MUST_CHECK int fl_regex_try_replace(const fl_regex *regex, fl_str text, fl_str with, size_t most, fl_buf *out);
/* fl_regex_replace_by has each match written by run(groups, data, out). */
typedef void fl_regex_writer(const fl_regex_groups *groups, void *data, fl_buf *out);
fl_str fl_regex_replace_by(const fl_regex *regex, fl_str text, fl_regex_writer *run, void *data);
