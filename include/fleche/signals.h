/* Signals: something happened, and whoever is connected is called.
 *
 *     FL_RECEIVER(post_save, Article, notify);                    // strong symbol: the app names it, Receivers(notify)
 *     FL_RECEIVER((post_save, post_delete), Article, forget);     // of several signals
 *     FL_RECEIVER_ANY(request_finished, close_log);               // whoever sent it
 *
 *     static void notify(Article *article, const fl_event *event) { if (event->created) … }
 *     static void forget(Article *article, const fl_event *event) { … }
 *     static void close_log(void *instance, const fl_event *event) { … }
 *
 *     FL_SIGNAL(order_paid);                                      // a signal of one's own: fl_order_paid
 *     fl_send(order_paid, order, .sender = &Order_model);
 *
 * Receivers are called one after the other, in the order in which they were connected, by the sender and before fl_send
 * returns: in its fiber, its transaction, its arena. What one raises ends the sending and is raised by fl_send. Who is called
 * is settled when it is sent: what a receiver connects or disconnects counts from the next sending on. All functions may be
 * called by several threads. */
#pragma once
#include "error.h"
#include "value.h"

struct fl_request;
struct fl_model;

typedef struct fl_signal_state {
    struct fl_connection *items; size_t count, capacity;
    const struct fl_signal *next; bool listed;
} fl_signal_state;
typedef struct fl_signal { const char *name; fl_signal_state *state; } fl_signal;
/* FL_SIGNAL defines a signal; in a header: extern const fl_signal fl_order_paid; */
#define FL_SIGNAL(id) static fl_signal_state fl_##id##_state; const fl_signal fl_##id = { #id, &fl_##id##_state }

/* What is told of it. Which members say something depends on the signal; the others are zero. */
typedef struct fl_event {
    const fl_signal *signal;
    const void *sender;                              /* what receivers are connected to: a model; NULL: nothing in particular */
    bool created, raw;                               /* post_save; raw: loaded from a fixture */
    bool reverse;                                    /* m2m_changed */
    bool enter;                                      /* setting_changed: overridden now; else: back as it was */
    const char *using;                               /* name of the database */
    const char *const *update_fields;                /* pre_save, post_save: NULL for all, else ends with NULL */
    void *origin;                                    /* pre_delete, post_delete: the object or queryset it began with */
    const char *action;                              /* m2m_changed: "pre_add" … */
    const struct fl_model *model;                    /* m2m_changed: of what is added or removed */
    fl_list *pks;                                    /* m2m_changed */
    struct fl_request *request;                      /* request_*, got_request_exception, user_* */
    const char *name;                                /* setting_changed: the setting; template_rendered: the template */
    fl_value value;                                  /* setting_changed: the new value */
    const fl_dict *facts;                            /* whatever else: user_login_failed's credentials, a template's context … */
    void *data;                                      /* whatever else that is no value */
} fl_event;

/* Models' */
extern const fl_signal fl_class_prepared, fl_pre_init, fl_post_init, fl_pre_save, fl_post_save, fl_pre_delete, fl_post_delete,
    fl_m2m_changed, fl_pre_migrate, fl_post_migrate;
/* Requests': fl_got_request_exception has the fl_error as its instance */
extern const fl_signal fl_request_started, fl_request_finished, fl_got_request_exception;
/* Users': the instance is the user */
extern const fl_signal fl_user_logged_in, fl_user_logged_out, fl_user_login_failed;
/* Others' */
extern const fl_signal fl_setting_changed, fl_template_rendered, fl_connection_created, fl_task_enqueued, fl_task_started,
    fl_task_finished;

/* -- sending ----------------------------------------------------------------------------------------------------------------- */
/* fl_send(order_paid, order, .sender = &Order_model, …) names the signal without its fl_. With nobody connected it costs a few
 * ns. */
#define fl_send(signal_, instance, ...) fl_send_(instance, &(const fl_event){ .signal = &fl_##signal_, __VA_ARGS__ })
void fl_send_(void *instance, const fl_event *event);

/* fl_send_robust calls every receiver, whatever others raise. What they raise is logged to fleche.dispatch as an error, and
 * given back with each. Cancellation is no error of a receiver's, and ends it. */
typedef struct fl_sent_to { const char *receiver, *file; int line; fl_error *error; } fl_sent_to;   /* error NULL: it went well */
typedef struct fl_sent { const fl_sent_to *items; size_t count, failed; } fl_sent;
#define fl_send_robust(signal_, instance, ...) \
    fl_send_robust_(instance, &(const fl_event){ .signal = &fl_##signal_, __VA_ARGS__ })
fl_sent fl_send_robust_(void *instance, const fl_event *event);

/* Whether a sending by this sender would call anybody; NULL asks for those who listen to every sender. */
bool fl_signal_has_listeners(const fl_signal *signal, const void *sender);

/* -- receivers that are declared --------------------------------------------------------------------------------------------- */
typedef void fl_receive(void *instance, const fl_event *event);
enum { FL_RECEIVER_SIGNALS = 16 };
typedef struct fl_receiver {
    const fl_signal *signals[FL_RECEIVER_SIGNALS + 1];      /* ends with NULL */
    const void *sender;                              /* NULL: any */
    fl_receive *run;
    const char *name, *file;
    int line;
} fl_receiver;

/* FL_RECEIVER(signal or (signal, signal …), T, fn) declares fn for the signals of T_model: a body that takes another type does
 * not compile. FL_RECEIVER_ANY is for every sender. An app names them (Receivers), or fl_receiver_connect connects them;
 * connected twice is connected once. */
#define FL_RECEIVER(signals_, T, fn) \
    static void fn(T *instance, const fl_event *event); \
    static void fn##_run(void *instance, const fl_event *event) { fn(instance, event); } \
    FL_RECEIVER_OBJECT_(signals_, &T##_model, fn, fn##_run)
#define FL_RECEIVER_ANY(signals_, fn) \
    static void fn(void *instance, const fl_event *event); \
    FL_RECEIVER_OBJECT_(signals_, NULL, fn, fn)
#define FL_RECEIVER_OBJECT_(signals_, sender_, fn, run_) \
    extern const fl_receiver fn##_receiver; \
    const fl_receiver fn##_receiver = { { FL_SIGNALS_(signals_) NULL }, sender_, run_, #fn, __FILE__, __LINE__ }
#define FL_SIGNALS_(x) FL_SIGNALS_PICK_(FL_IS_LIST_(x), x)
#define FL_SIGNALS_PICK_(is_list, x) FL_SIGNALS_PICKED_(is_list, x)
#define FL_SIGNALS_PICKED_(is_list, x) FL_SIGNALS_##is_list(x)
#define FL_SIGNALS_0(id) FL_SIGNAL_ITEM_(, id)
#define FL_SIGNALS_1(list) FL_EACH(FL_SIGNAL_ITEM_, , FL_LIST_ITEMS_ list)
#define FL_SIGNAL_ITEM_(c, id) &fl_##id,
#define FL_LIST_ITEMS_(...) __VA_ARGS__
#define FL_IS_LIST_(x) FL_IS_LIST_OF_(FL_LIST_PROBE_ x, 0, )
#define FL_IS_LIST_OF_(...) FL_SECOND_(__VA_ARGS__)
#define FL_LIST_PROBE_(...) , 1
#define FL_SECOND_(a, b, ...) b

void fl_receiver_connect(const fl_receiver *receiver);      /* raises FL_OUT_OF_MEMORY */
void fl_receiver_disconnect(const fl_receiver *receiver);

/* -- at run time ------------------------------------------------------------------------------------------------------------- */
/* fl_signal_connect(&fl_order_paid, fn, .sender = &Order_model, .uid = "shop.mail") connects a function. What is connected
 * already, the same function or, where one is given, the same uid, with the same sender, stays as it is: false. Raises
 * FL_OUT_OF_MEMORY. */
typedef struct fl_connect_options { const void *sender; const char *uid, *name, *file; int line; } fl_connect_options;
#define fl_signal_connect(signal, fn, ...) \
    fl_signal_connect_(signal, fn, &(const fl_connect_options){ .name = #fn, .file = __FILE__, .line = __LINE__, __VA_ARGS__ })
bool fl_signal_connect_(const fl_signal *signal, fl_receive *run, const fl_connect_options *options);
/* fl_signal_disconnect(&fl_order_paid, fn, .sender = …), or with a uid and fn NULL: false if it was not connected. */
#define fl_signal_disconnect(signal, fn, ...) fl_signal_disconnect_(signal, fn, &(const fl_connect_options){ __VA_ARGS__ })
bool fl_signal_disconnect_(const fl_signal *signal, fl_receive *run, const fl_connect_options *options);

/* Who is connected to what, in the order of connection: for a list that shows what calls hide. In the current arena. */
typedef struct fl_signal_listener {
    const fl_signal *signal;
    const void *sender;
    const char *receiver, *uid, *file;
    int line;
} fl_signal_listener;
size_t fl_signal_listeners(const fl_signal_listener **ret);
