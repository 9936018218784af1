/* Between the files of the debug pages. */
#pragma once
#include <fleche/base.h>
#include <fleche/debug.h>
#include <fleche/html.h>
#include <fleche/vec.h>

enum { FL_REPORT_MOST = 8 << 20, FL_REPORT_CAUSES = 16, FL_SOURCE_AROUND = 7 };

/* -- source.c: the lines of a file around one -------------------------------------------------------------------------------- */
typedef struct fl_source { fl_str lines[2 * FL_SOURCE_AROUND + 1]; size_t count; int first; } fl_source; /* from line `first` */
const char *fl_source_path(const char *path);        /* without "." and "..", as far as that can be said; in the current arena */
/* fl_source_read finds the file as it is named, or below the project's or the current directory. false: it is not there. Does
 * not wait for a fiber. */
bool fl_source_read(const char *file, int line, fl_source *ret);

/* -- frames.c: the calls on an error's way ----------------------------------------------------------------------------------- */
typedef struct fl_call_place { const char *function, *file; int line; bool own; } fl_call_place;     /* own: the application's */
size_t fl_call_places(const fl_error *error, const fl_call_place **ret);     /* innermost first; in the current arena */

/* -- filter.c ---------------------------------------------------------------------------------------------------------------- */
bool fl_report_hides(const fl_reporter *reporter, const char *name);
const char *fl_report_shown(const fl_reporter *reporter, const char *name,
                            const char *value); /* the value, or what stands for it */
bool fl_report_hides_field(const fl_reporter *reporter, const fl_request *request, const char *name);     /* of a form */

/* -- facts.c: what a report says of a request, the settings and the process -------------------------------------------------- */
typedef struct fl_fact { const char *name, *value; } fl_fact;
typedef struct fl_facts {
    const char *title, *empty;                       /* what is said instead of rows */
    fl_vec(fl_fact) rows;
} fl_facts;
enum { FL_FACTS_MOST = 8 };
size_t fl_facts_of_request(const fl_reporter *reporter, const fl_request *request, fl_facts ret[FL_FACTS_MOST]);
fl_facts fl_facts_of_settings(const fl_reporter *reporter);
fl_facts fl_facts_of_process(void);
const char *fl_facts_url(const fl_reporter *reporter, const fl_request *request);      /* without what is secret in its query */

/* -- writing HTML ------------------------------------------------------------------------------------------------------------ */
static inline void fl_html_text(fl_buf *out, const char *text) { fl_escape_to(out, fl_str_of(text)); }
void fl_html_begin(fl_buf *out, const char *title);  /* to <body>; the title is escaped */
extern const char fl_debug_style[];
bool fl_wants_html(const fl_request *request);

const char *fl_reporter_html(const fl_reporter *self, const fl_request *request, const fl_error *error, int status);
const char *fl_reporter_text(const fl_reporter *self, const fl_request *request, const fl_error *error, int status);

/* -- the pages that are no reports ------------------------------------------------------------------------------------------- */
fl_response *fl_debug_not_found(fl_request *request, fl_error *error);
fl_response *fl_debug_welcome(fl_request *request);
fl_response *fl_debug_response(const fl_request *request, const char *html, const char *text, int status);   /* one of both */
