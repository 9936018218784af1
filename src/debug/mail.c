/* Errors by mail. A record is written while the request that it is about is still there, so the report is made at once; sending
 * waits, and is left to the hook. */
#include <fleche/heap.h>
#include "debug/debug.h"

enum { LONGEST_SUBJECT = 989, MOST_MEMORY = 64 << 20 };

fl_mail_admins *fl_mail_admins_hook;

typedef struct mail_handler { fl_log_handler handler; fl_admin_mail options; } mail_handler;
typedef struct mail {
    const mail_handler *handler;
    const fl_log_record *record;
    fl_log_subject about;
    const char *text, *html;
} mail;

/* -- the subject ------------------------------------------------------------------------------------------------------------- */

static const char *level_text(fl_level level)
{
    return level >= FL_CRITICAL ? "CRITICAL" : level == FL_ERROR ? "ERROR" : "WARNING";
}

static bool is_internal(const fl_request *request, const fl_settings *settings)
{
    for (size_t i = 0; i < fl_len(settings->internal_ips); i++)
        if (fl_text_is(fl_value_text(settings->internal_ips->items[i]), request->remote_address))
            return true;
    return false;
}

static const char *cut(fl_str text)
{
    size_t characters = 0, end = 0;

    for (; end < text.size; end++) {
        bool begins = ((unsigned char)text.data[end] & 0xC0) != 0x80;
        if (begins && ++characters > LONGEST_SUBJECT)
            break;
    }
    return fl_str_c(fl_str_slice(text, 0, end));
}

/* One line: what could begin another is written as an escape. The report behind a message's first line is not for a subject. */
static const char *subject_of(const mail *it)
{
    const fl_settings *settings = fl_settings_now();
    fl_str rest = it->record->message, line = rest;
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    if (it->about.error != NULL)
        (void)fl_str_cut(&rest, '\n', &line);
    fl_buf_format(&out, "%s%s", settings->email_subject_prefix == NULL ? "" : settings->email_subject_prefix,
                  level_text(it->record->level));
    if (it->about.request != NULL)
        fl_buf_format(&out, " (%s IP)", is_internal(it->about.request, settings) ? "internal" : "EXTERNAL");
    fl_buf_add(&out, fl_lit(": "));
    for (size_t i = 0; i < line.size; i++) {
        char c = line.data[i];
        if (c == '\n' || c == '\r')
            fl_buf_add_c(&out, c == '\n' ? "\\n" : "\\r");
        else
            fl_buf_add_char(&out, (unsigned char)c < 0x20 ? ' ' : c);
    }
    return cut(fl_buf_str(&out));
}

/* -- the body ---------------------------------------------------------------------------------------------------------------- */

static void write_report(void *data)
{
    mail *it = data;
    const fl_reporter *reporter = it->handler->options.reporter != NULL ? it->handler->options.reporter : fl_reporter_now();
    int status = it->about.status == 0 ? 500 : it->about.status;
    const char *report = (reporter->text != NULL ? reporter->text : fl_reporter_text)(reporter, it->about.request,
                                                                                      it->about.error, status);

    it->text = fl_text("%.*s\n\n%s", FL_SHOW(it->record->message), report);
    if (it->handler->options.include_html)
        it->html = (reporter->html != NULL ? reporter->html : fl_reporter_html)(reporter, it->about.request, it->about.error,
                                                                                status);
}

static void send(mail *it)
{
    it->text = fl_str_c(it->record->message);
    fl_error *error = fl_protect(write_report, it);
    if (error != NULL)
        it->text = fl_text("%s\n\nThe report could not be made: %s", it->text, error->message);
    fl_mail_admins_hook(subject_of(it), it->text, it->html);
}

static void free_arena(void *arena) { fl_arena_free(arena); }

/* Logging takes nothing from the current arena. */
static void write_mail(fl_log_handler *self, const fl_log_record *record)
{
    mail it = { .handler = (const mail_handler *)self, .record = record, .about = fl_log_subject_now() };

    if (fl_mail_admins_hook == NULL || !fl_settings_are_loaded() || fl_len(fl_settings_now()->admins) == 0)
        return;
    fl_arena *arena = fl_arena_new("mail to admins", MOST_MEMORY);
    fl_defer(free_arena, arena);
    fl_arena *before = fl_arena_set_here(arena);
    send(&it);
    fl_arena_set_here(before);
}

static void free_handler(fl_log_handler *self) { fl_heap_free(self); }

fl_log_handler *fl_log_admin_mail_(const fl_admin_mail *options)
{
    mail_handler *it = fl_heap_alloc(sizeof *it);

    if (it == NULL)
        fl_raise(FL_OUT_OF_MEMORY, "no memory for a handler of the log");
    *it = (mail_handler){ .handler = { .write = write_mail, .close = free_handler, .level = FL_ERROR, .fd = -1 },
                          .options = *options };
    return &it->handler;
}
