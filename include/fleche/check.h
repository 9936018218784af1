/* System checks: what is wrong with a project, found before it runs.
 *
 *     FL_CHECK(titles_fit, .tags = { "models" });                 // strong symbol: the app names it, Checks(titles_fit)
 *
 *     static void titles_fit(fl_checks *report, const fl_check_scope *scope)
 *     {
 *         if (longest_title > 200)
 *             fl_check_warning(report, .id = "blog.W001", .text = fl_text("titles have %d letters", longest_title),
 *                              .hint = "search engines show 60", .object = "blog.Article.title");
 *     }
 *
 *     fl_checks *report = fl_checks_run(.deploy = true, .silenced = FL_STRINGS("security.W004"));
 *     fputs(fl_checks_format(report, .count = true), stderr);     // as Django's `check` command prints them
 *     if (fl_checks_fail(report, FL_CHECK_ERROR)) return 1;
 *
 * Checks are registered while a process starts, by one thread. All else is in the current arena. */
#pragma once
#include "error.h"
#include "value.h"

/* Django's numbers; levels of one's own may stand between them. */
typedef enum fl_check_level {
    FL_CHECK_DEBUG = 10, FL_CHECK_INFO = 20, FL_CHECK_WARNING = 30, FL_CHECK_ERROR = 40, FL_CHECK_CRITICAL = 50,
} fl_check_level;
bool fl_check_level_named(const char *name, fl_check_level *ret);   /* "ERROR", as --fail-level has it */

typedef struct fl_check_message {
    int level;
    const char *text, *hint;                         /* hint: NULL for none */
    const char *object;                              /* what it is about: "blog.Article.title"; NULL: file and line, or "?" */
    const char *id;                                  /* "blog.W001", to be silenced by; NULL for none */
    const char *file;                                /* where that stands in the source; NULL if unknown */
    int line;
} fl_check_message;

/* What is to be looked at: lists that end with NULL; NULL itself: all apps, no database. */
typedef struct fl_check_scope { const char *const *apps, *const *databases; bool deploy; } fl_check_scope;

typedef struct fl_checks {
    fl_check_message *items;                         /* silenced ones too, in the order they were found */
    size_t count, capacity;
    const char *const *silenced;                     /* ids, ends with NULL; or NULL */
    fl_check_message about;                          /* what messages without an object of their own are about */
} fl_checks;

/* -- declaring --------------------------------------------------------------------------------------------------------------- */
typedef void fl_check_run(fl_checks *report, const fl_check_scope *scope);
enum { FL_CHECK_TAGS = 8 };
typedef struct fl_check {
    const char *name;
    fl_check_run *run;
    const char *file;
    int line;
    const char *tags[FL_CHECK_TAGS];                 /* Django's, or one's own */
    bool deploy;                                     /* only where asked for: `check --deploy` */
} fl_check;
#define FL_CHECK(id, ...) \
    static void id(fl_checks *report, const fl_check_scope *scope); \
    extern const fl_check id##_check; \
    const fl_check id##_check = { .name = #id, .run = id, .file = __FILE__, .line = __LINE__, __VA_ARGS__ }

void fl_check_register(const fl_check *check);       /* once is enough; raises FL_OUT_OF_MEMORY */
void fl_check_unregister(const fl_check *check);

/* -- reporting --------------------------------------------------------------------------------------------------------------- */
#define fl_check_debug(report, ...)    fl_check_add(report, .level = FL_CHECK_DEBUG, __VA_ARGS__)
#define fl_check_info(report, ...)     fl_check_add(report, .level = FL_CHECK_INFO, __VA_ARGS__)
#define fl_check_warning(report, ...)  fl_check_add(report, .level = FL_CHECK_WARNING, __VA_ARGS__)
#define fl_check_error(report, ...)    fl_check_add(report, .level = FL_CHECK_ERROR, __VA_ARGS__)
#define fl_check_critical(report, ...) fl_check_add(report, .level = FL_CHECK_CRITICAL, __VA_ARGS__)
#define fl_check_add(report, ...)      fl_check_add_(report, &(const fl_check_message){ __VA_ARGS__ })
void fl_check_add_(fl_checks *report, const fl_check_message *message);

/* fl_check_about says what the messages from here on are about, where they do not say so themselves: who walks over models or
 * fields calls it before the checks that each has of its own. Returns what it was before. */
#define fl_check_about(report, ...) fl_check_about_(report, &(const fl_check_message){ __VA_ARGS__ })
fl_check_message fl_check_about_(fl_checks *report, const fl_check_message *object);   /* .object, .file, .line */

/* -- running ----------------------------------------------------------------------------------------------------------------- */
typedef struct fl_checks_options {
    const char *const *tags;                         /* only checks that have one of them; ends with NULL; NULL: all */
    const char *const *apps, *const *databases;
    bool deploy;                                     /* those for deployment too */
    const char *const *silenced;                     /* SILENCED_SYSTEM_CHECKS: ids, ends with NULL; kept */
} fl_checks_options;
/* fl_checks_run runs them in the order of registration. Raises FL_UNKNOWN_TAG, and whatever a check raises. */
#define fl_checks_run(...) fl_checks_run_(&(const fl_checks_options){ __VA_ARGS__ })
fl_checks *fl_checks_run_(const fl_checks_options *options);
fl_checks *fl_checks_new(const char *const *silenced);      /* an empty report, for checks that are run otherwise */

extern const fl_error_class FL_UNKNOWN_TAG,          /* a FL_VALUE_ERROR: no check has such a tag */
    FL_CHECKS_FAILED;                                /* raised by fl_checks_demand */
/* fl_checks_tags gives the tags that there are, in order: Django's and those of registered checks; ends with NULL. */
const char *const *fl_checks_tags(bool deploy);
bool fl_checks_has_tag(const char *tag, bool deploy);

bool fl_check_is_silenced(const fl_checks *report, const fl_check_message *message);
size_t fl_checks_visible(const fl_checks *report);   /* how many are not silenced */
bool fl_checks_fail(const fl_checks *report, int fail_level);       /* one that is not silenced has this level or a higher one */

typedef struct fl_checks_format_options {
    bool count;                                      /* the last line: "System check identified 2 issues (1 silenced)." */
    int fail_level;                                  /* 0: FL_CHECK_ERROR. From it on the text begins with "SystemCheckError: " */
    bool color;
    bool places;                                     /* a line AT: file:line below each, which Django has not */
} fl_checks_format_options;
#define fl_checks_format(report, ...) fl_checks_format_(report, &(const fl_checks_format_options){ __VA_ARGS__ })
const char *fl_checks_format_(const fl_checks *report, const fl_checks_format_options *options);
/* fl_checks_demand raises FL_CHECKS_FAILED, with the text of fl_checks_format as its message, if the report fails. */
void fl_checks_demand(const fl_checks *report, int fail_level);
