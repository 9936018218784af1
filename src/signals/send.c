/* Sending: those who hear are copied first, so that nothing that a receiver does to the connections changes who is called. */
#define FL_LOGGER "fleche.dispatch"
#include <fleche/log.h>
#include "signals/signals.h"

enum { FEW = 8 };

typedef struct hearers { fl_connection few[FEW], *items; size_t count; } hearers;

static void find(hearers *h, const fl_event *event)
{
    size_t room = FEW;

    h->items = h->few;
    while ((h->count = fl_signal_hearers(event->signal, event->sender, h->items, room)) > room) {
        room = h->count;
        h->items = fl_new_array(fl_connection, room);
    }
}

FL_NOINLINE static void send_to_all(void *instance, const fl_event *event)
{
    hearers h;

    find(&h, event);
    for (size_t i = 0; i < h.count; i++)
        h.items[i].run(instance, event);
}

void fl_send_(void *instance, const fl_event *event)
{
    if (FL_UNLIKELY(fl_signal_count(event->signal) > 0))
        send_to_all(instance, event);
}

/* -- robust ------------------------------------------------------------------------------------------------------------------ */

typedef struct call { const fl_connection *to; void *instance; const fl_event *event; } call;

static void run(void *data)
{
    const call *c = data;

    c->to->run(c->instance, c->event);
}

static void log_failure(const fl_connection *to, const fl_event *event, const fl_error *error)
{
    fl_log(FL_ERROR, FL_LOGGER, "receiver %s (%s:%d) of %s failed: %s: %s (%s:%d)", to->name == NULL ? "?" : to->name,
           to->file == NULL ? "?" : to->file, to->line, event->signal->name, error->is->name, error->message, error->file,
           error->line);
}

fl_sent fl_send_robust_(void *instance, const fl_event *event)
{
    fl_sent sent = { 0 };
    hearers h;

    if (FL_LIKELY(fl_signal_count(event->signal) == 0))
        return sent;
    find(&h, event);
    fl_sent_to *items = fl_new_array(fl_sent_to, h.count);
    for (size_t i = 0; i < h.count; i++) {
        const fl_connection *to = &h.items[i];
        fl_error *error = fl_protect(run, &(call){ to, instance, event });
        if (fl_error_is(error, FL_CANCELLED))
            fl_reraise(error);
        if (error != NULL) {
            log_failure(to, event, error);
            sent.failed++;
        }
        items[i] = (fl_sent_to){ to->name, to->file, to->line, error };
    }
    sent.items = items;
    sent.count = h.count;
    return sent;
}
