/* The log of a site: filters around handlers, and the configuration that sites have unless they say otherwise. */
#include <fleche/heap.h>
#include "debug/debug.h"

/* -- filters ----------------------------------------------------------------------------------------------------------------- */

typedef struct filtered { fl_log_handler handler, *inside; fl_log_filter *filter; void *data; } filtered;

static void write_passed(fl_log_handler *self, const fl_log_record *record)
{
    const filtered *it = (const filtered *)self;

    if (record->level >= it->inside->level && it->filter(record, it->data))
        it->inside->write(it->inside, record);
}

static void close_filtered(fl_log_handler *self)
{
    filtered *it = (filtered *)self;

    if (it->inside->close != NULL)
        it->inside->close(it->inside);
    fl_heap_free(it);
}

fl_log_handler *fl_log_filtered(fl_log_handler *handler, fl_log_filter *filter, void *data)
{
    filtered *it = handler->write == NULL ? NULL : fl_heap_alloc(sizeof *it);

    if (it == NULL) {
        if (handler->close != NULL)
            handler->close(handler);
        fl_raise(FL_OUT_OF_MEMORY, "no memory for a handler of the log");
    }
    *it = (filtered){ .handler = *handler, .inside = handler, .filter = filter, .data = data };
    it->handler.write = write_passed;
    it->handler.close = close_filtered;
    return &it->handler;
}

static bool is_debug(void) { return fl_settings_are_loaded() && fl_settings_now()->debug; }

static bool passes_without_debug(const fl_log_record *record, void *data)
{
    (void)record;
    (void)data;
    return !is_debug();
}

static bool passes_with_debug(const fl_log_record *record, void *data)
{
    (void)record;
    (void)data;
    return is_debug();
}

fl_log_handler *fl_log_require_debug_false(fl_log_handler *handler)
{
    return fl_log_filtered(handler, passes_without_debug, NULL);
}
fl_log_handler *fl_log_require_debug_true(fl_log_handler *handler) { return fl_log_filtered(handler, passes_with_debug, NULL); }

bool fl_log_is_under(const fl_log_record *record, const char *logger)
{
    fl_str rest;

    if (!fl_str_after(record->logger, fl_str_of(logger), &rest))
        return logger[0] == '\0';
    return rest.size == 0 || rest.data[0] == '.' || logger[0] == '\0';
}

/* -- the usual configuration ------------------------------------------------------------------------------------------------- */

static bool is_of_server(const fl_log_record *record, void *data)
{
    (void)data;
    return fl_log_is_under(record, "fleche.server");
}

static bool can_be_mailed(void)
{
    return fl_mail_admins_hook != NULL && fl_settings_are_loaded() && fl_len(fl_settings_now()->admins) > 0;
}

/* What nobody would see otherwise is seen on stderr. */
static bool is_for_the_console(const fl_log_record *record, void *data)
{
    (void)data;
    if (fl_log_is_under(record, "fleche.server"))
        return false;
    if (!fl_log_is_under(record, "fleche"))
        return record->level >= FL_WARNING;
    return is_debug() || (record->level >= FL_ERROR && !can_be_mailed());
}

static bool is_for_mail(const fl_log_record *record, void *data)
{
    (void)data;
    return !is_debug() && fl_log_is_under(record, "fleche") && !fl_log_is_under(record, "fleche.server");
}

/* The console's handler tells of crashes already. */
static fl_log_handler *server_lines(void)
{
    fl_log_handler *handler = fl_log_filtered(fl_log_stderr(FL_LOG_SERVER), is_of_server, NULL);

    handler->fd = -1;
    return handler;
}

void fl_debug_log(void)
{
    const char *name = fl_settings_now()->time_zone;
    const fl_zone *zone = FL_UTC;

    if (name != NULL && fl_zone_try_named(fl_str_of(name), &zone) == 0)
        fl_log_zone(zone);
    fl_log_form form = is_debug() ? FL_LOG_CONSOLE : FL_LOG_PLAIN;
    fl_log_set(&(fl_log_config){ .handlers = { fl_log_filtered(fl_log_stderr(form), is_for_the_console, NULL), server_lines(),
                                               fl_log_filtered(fl_log_admin_mail(.include_html = true), is_for_mail, NULL) },
                                 .levels = { { "", FL_WARNING }, { "fleche", FL_INFO } } });
}
