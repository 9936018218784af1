/* What developers see of errors, and how a site logs: pages, reports, mails to the admins.
 *
 *     fl_debug_install();                          // behind fl_setup(); fl_main() does it for every project
 *
 * With s->debug, an error answers with a page: the error and what it was caused by, each call on its way with the source around
 * it, the request, the settings; as plain text for clients that do not ask for HTML, and for scripts. A path that leads
 * nowhere answers with the patterns that were tried, and "/" of a site without routes with a welcome. Without s->debug nobody
 * sees any of it, but the same report can be mailed to the admins:
 *
 *     fl_mail_admins_hook = send_to_admins;        // set by who sends mail
 *
 * No value whose name sounds secret is in a report, and none of the fields that FL_SENSITIVE_POST names: see fl_report_filter. */
#pragma once
#include "log.h"
#include "web.h"

/* fl_debug_install sets the pages, records backtraces if the settings say debug, and sets the log as fl_debug_log() says unless
 * the settings have a log of their own. Raises as fl_log_set does. */
void fl_debug_install(void);

/* -- reports ----------------------------------------------------------------------------------------------------------------- */
/* What a report hides. Members that are NULL are the usual ones. */
typedef struct fl_report_filter {
    const char *substitute;                          /* stands for what is hidden: FL_CLEANSED */
    bool (*hides)(const char *name);                 /* settings, headers, cookies, fields: never shown. fl_is_secret_name */
    bool (*is_active)(const fl_request *request);    /* whether what FL_SENSITIVE_POST names is hidden: unless s->debug */
} fl_report_filter;

/* A reporter writes an error, and the request that it happened in (NULL: none), as a page and as text; in the current arena. It
 * does not wait: a form that was not read yet stays unread. The error may be NULL. */
typedef struct fl_reporter {
    fl_report_filter filter;
    const char *(*html)(const struct fl_reporter *self, const fl_request *request, const fl_error *error, int status);
    const char *(*text)(const struct fl_reporter *self, const fl_request *request, const fl_error *error, int status);
} fl_reporter;
extern const fl_reporter fl_error_reporter;          /* the usual one: { .filter = … } of another may take its functions */
void fl_use_reporter(const fl_reporter *reporter);   /* for pages and mails from now on; NULL: the usual one */
const fl_reporter *fl_reporter_now(void);

const char *fl_report_html(const fl_request *request, const fl_error *error, int status);      /* by the one in use */
const char *fl_report_text(const fl_request *request, const fl_error *error, int status);

/* -- the log of a site ------------------------------------------------------------------------------------------------------- */
/* fl_debug_log sets the log as Django's sites have it: while settings say debug, what fleche.* say from INFO on goes to stderr;
 * else what they say from ERROR on is mailed to the admins, or goes to stderr where it cannot be mailed. Lines of
 * fleche.server (requests that runserver answered) go to stderr always, and so do warnings of all other loggers. */
void fl_debug_log(void);

/* Filters stand around a handler: it gets the records that pass. They give a new handler; the one inside is closed with it. */
typedef bool fl_log_filter(const fl_log_record *record, void *data);
fl_log_handler *fl_log_filtered(fl_log_handler *handler, fl_log_filter *filter, void *data);
fl_log_handler *fl_log_require_debug_false(fl_log_handler *handler);
fl_log_handler *fl_log_require_debug_true(fl_log_handler *handler);
bool fl_log_is_under(const fl_log_record *record, const char *logger);     /* of that logger, or below it */

/* fl_log_admin_mail gives each record of ERROR and above to fl_mail_admins_hook: the subject is one line of at most 989
 * characters, the text is the record and the report of the error. The hook must not wait: it sends from a fiber or thread of its
 * own, and copies what it needs. `html` is NULL unless include_html. Without s->admins or a hook nothing is sent. */
typedef void fl_mail_admins(const char *subject, const char *text, const char *html);
extern fl_mail_admins *fl_mail_admins_hook;
typedef struct fl_admin_mail { bool include_html; const fl_reporter *reporter; } fl_admin_mail;    /* NULL: the one in use */
#define fl_log_admin_mail(...) fl_log_admin_mail_(&(const fl_admin_mail){ __VA_ARGS__ })
fl_log_handler *fl_log_admin_mail_(const fl_admin_mail *options);
