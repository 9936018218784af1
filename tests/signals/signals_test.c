/* Signals: who is called, in which order, with what; what changes while it is sent; errors; connecting at run time. */
#include <fleche/signals.h>
#include <pthread.h>
#include "../helpers.h"

/* What stands for models: the sender is the address of an object that is named after the type. */
typedef struct article { const char *title; int saved; } article;
typedef struct comment { int unused; } comment;
static const char article_model, comment_model;

FL_SIGNAL(order_paid);

static fl_buf *heard;                                /* what was called, in order */

static void forget_heard(void *data)
{
    (void)data;
    heard = NULL;
}

static void listen(void)
{
    heard = fl_alloc(sizeof *heard);
    *heard = fl_buf_in(fl_arena_here(), 4096);
    fl_defer(forget_heard, NULL);
}

static void hear(const char *name) { fl_buf_format(heard, "%s%s", heard->size == 0 ? "" : " ", name); }
static void expect_heard(const char *names)
{
    fl_expect_text(fl_buf_c(heard), names);
    fl_buf_clear(heard);
}

static void let_go(void *receiver) { fl_receiver_disconnect(receiver); }
static void connect_here(const fl_receiver *receiver)
{
    fl_defer(let_go, (void *)(uintptr_t)receiver);
    fl_receiver_connect(receiver);
}

/* -- declared ---------------------------------------------------------------------------------------------------------------- */

FL_RECEIVER(post_save, article, notify_on_publish);
FL_RECEIVER((post_save, post_delete, m2m_changed), article, forget_in_cache);
FL_RECEIVER_ANY(request_finished, close_things);
FL_RECEIVER_ANY((pre_save, order_paid), write_down);

static void notify_on_publish(article *a, const fl_event *event)
{
    hear(event->created ? "new" : "changed");
    a->saved++;
}

static void forget_in_cache(article *a, const fl_event *event)
{
    (void)a;
    hear(event->signal->name);
}

static void close_things(void *instance, const fl_event *event)
{
    hear(instance == NULL && event->request == NULL ? "closed" : "?");
}
static void write_down(void *instance, const fl_event *event)
{
    (void)instance;
    hear(event->signal->name);
}

FL_TEST(a_receiver_gets_the_instance_and_what_happened)
{
    article a = { "Hello", 0 };

    listen();
    connect_here(&notify_on_publish_receiver);
    fl_send(post_save, &a, .sender = &article_model, .created = true);
    fl_send(post_save, &a, .sender = &article_model);
    expect_heard("new changed");
    fl_expect_equal(a.saved, 2);
}

FL_TEST(a_receiver_hears_its_sender_only)
{
    comment c = { 0 };

    listen();
    connect_here(&notify_on_publish_receiver);
    connect_here(&close_things_receiver);
    fl_send(post_save, &c, .sender = &comment_model);
    fl_send(pre_save, &c, .sender = &article_model);
    fl_send(post_save, NULL);
    expect_heard("");
    fl_send(request_finished, NULL, .sender = &comment_model);
    fl_send(request_finished, NULL);
    expect_heard("closed closed");
}

FL_TEST(a_receiver_may_have_a_list_of_signals)
{
    article a = { 0 };

    listen();
    connect_here(&forget_in_cache_receiver);
    connect_here(&write_down_receiver);
    fl_send(post_save, &a, .sender = &article_model);
    fl_send(m2m_changed, &a, .sender = &article_model, .action = "post_add");
    fl_send(post_delete, &a, .sender = &article_model);
    fl_send(pre_delete, &a, .sender = &article_model);
    fl_send(order_paid, &a);
    fl_send(pre_save, &a);
    expect_heard("post_save m2m_changed post_delete order_paid pre_save");
}

FL_TEST(a_receiver_connected_twice_is_called_once)
{
    article a = { 0 };

    listen();
    connect_here(&notify_on_publish_receiver);
    fl_receiver_connect(&notify_on_publish_receiver);
    fl_send(post_save, &a, .sender = &article_model);
    expect_heard("changed");
    fl_receiver_disconnect(&notify_on_publish_receiver);
    fl_send(post_save, &a, .sender = &article_model);
    expect_heard("");
}

FL_TEST(all_signals_of_the_framework_are_there)
{
    static const fl_signal *const all[] = {
        &fl_class_prepared,
        &fl_pre_init,
        &fl_post_init,
        &fl_pre_save,
        &fl_post_save,
        &fl_pre_delete,
        &fl_post_delete,
        &fl_m2m_changed,
        &fl_pre_migrate,
        &fl_post_migrate,
        &fl_request_started,
        &fl_request_finished,
        &fl_got_request_exception,
        &fl_user_logged_in,
        &fl_user_logged_out,
        &fl_user_login_failed,
        &fl_setting_changed,
        &fl_template_rendered,
        &fl_connection_created,
        &fl_task_enqueued,
        &fl_task_started,
        &fl_task_finished,
    };

    for (size_t i = 0; i < FL_LENGTH(all); i++) {
        fl_label("%s", all[i]->name);
        fl_expect(!fl_signal_has_listeners(all[i], NULL));
        for (size_t k = 0; k < i; k++)
            fl_expect(all[k]->state != all[i]->state && !fl_text_is(all[k]->name, all[i]->name));
    }
}

/* -- at run time ------------------------------------------------------------------------------------------------------------- */

static void first(void *instance, const fl_event *event) { (void)instance, (void)event, hear("first"); }
static void second(void *instance, const fl_event *event) { (void)instance, (void)event, hear("second"); }
static void third(void *instance, const fl_event *event) { (void)instance, (void)event, hear("third"); }

static void let_all_go(void *data)
{
    (void)data;
    (void)fl_signal_disconnect(&fl_order_paid, first);
    (void)fl_signal_disconnect(&fl_order_paid, second);
    (void)fl_signal_disconnect(&fl_order_paid, third);
}

FL_TEST(receivers_are_called_in_the_order_of_connection)
{
    listen();
    fl_defer(let_all_go, NULL);
    fl_expect(fl_signal_connect(&fl_order_paid, second));
    fl_expect(fl_signal_connect(&fl_order_paid, first));
    fl_expect(fl_signal_connect(&fl_order_paid, third));
    fl_send(order_paid, NULL);
    expect_heard("second first third");
    fl_expect(fl_signal_disconnect(&fl_order_paid, first));
    fl_expect(fl_signal_connect(&fl_order_paid, first));
    fl_send(order_paid, NULL);
    expect_heard("second third first");
}

FL_TEST(the_same_function_may_hear_several_senders)
{
    listen();
    fl_expect(fl_signal_connect(&fl_order_paid, first, .sender = &article_model));
    fl_expect(fl_signal_connect(&fl_order_paid, first, .sender = &comment_model));
    fl_expect(!fl_signal_connect(&fl_order_paid, first, .sender = &comment_model));
    fl_send(order_paid, NULL, .sender = &comment_model);
    fl_send(order_paid, NULL);
    expect_heard("first");
    fl_expect(!fl_signal_disconnect(&fl_order_paid, first));
    fl_expect(fl_signal_disconnect(&fl_order_paid, first, .sender = &comment_model));
    fl_expect(fl_signal_disconnect(&fl_order_paid, first, .sender = &article_model));
    fl_expect(!fl_signal_disconnect(&fl_order_paid, first, .sender = &article_model));
}

FL_TEST(of_one_uid_the_first_stays)
{
    listen();
    fl_expect(fl_signal_connect(&fl_order_paid, first, .uid = fl_text("shop.%s", "mail")));
    fl_expect(!fl_signal_connect(&fl_order_paid, second, .uid = "shop.mail"));
    fl_expect(fl_signal_connect(&fl_order_paid, second, .uid = "shop.mail", .sender = &article_model));
    fl_expect(fl_signal_connect(&fl_order_paid, first, .uid = "shop.stock"));
    fl_send(order_paid, NULL);
    expect_heard("first first");
    fl_expect(!fl_signal_disconnect(&fl_order_paid, first));
    fl_expect(fl_signal_disconnect(&fl_order_paid, NULL, .uid = "shop.mail"));
    fl_expect(fl_signal_disconnect(&fl_order_paid, NULL, .uid = "shop.stock"));
    fl_expect(fl_signal_disconnect(&fl_order_paid, NULL, .uid = "shop.mail", .sender = &article_model));
    fl_expect(!fl_signal_has_listeners(&fl_order_paid, &article_model));
}

FL_TEST(whether_anybody_listens_can_be_asked)
{
    fl_expect(!fl_signal_has_listeners(&fl_order_paid, NULL));
    fl_expect(fl_signal_connect(&fl_order_paid, first, .sender = &article_model));
    fl_expect(!fl_signal_has_listeners(&fl_order_paid, NULL));
    fl_expect(!fl_signal_has_listeners(&fl_order_paid, &comment_model));
    fl_expect(fl_signal_has_listeners(&fl_order_paid, &article_model));
    fl_expect(fl_signal_disconnect(&fl_order_paid, first, .sender = &article_model));
    fl_expect(fl_signal_connect(&fl_order_paid, first));
    fl_expect(fl_signal_has_listeners(&fl_order_paid, NULL) && fl_signal_has_listeners(&fl_order_paid, &comment_model));
    fl_expect(fl_signal_disconnect(&fl_order_paid, first));
}

FL_TEST(listeners_can_be_listed_with_their_place)
{
    const fl_signal_listener *items;

    fl_expect(fl_signal_connect(&fl_order_paid, first, .uid = "shop.mail", .sender = &article_model));
    fl_expect(fl_signal_connect(&fl_order_paid, second));
    fl_expect_equal(fl_signal_listeners(&items), 2);
    fl_expect(fl_signal_disconnect(&fl_order_paid, NULL, .uid = "shop.mail", .sender = &article_model));
    fl_expect_same(items[0].signal, &fl_order_paid);
    fl_expect_same(items[0].sender, &article_model);
    fl_expect_text(items[0].receiver, "first");
    fl_expect_text(items[0].uid, "shop.mail");
    fl_expect_text(items[1].receiver, "second");
    fl_expect(items[1].uid == NULL && items[1].line > items[0].line);
    fl_expect_contains(items[1].file, "signals_test.c");
    fl_expect(fl_signal_disconnect(&fl_order_paid, second));
    fl_expect_equal(fl_signal_listeners(&items), 0);
}

static void connect_nothing(void *data)
{
    (void)data;
    (void)fl_signal_connect(&fl_order_paid, NULL);
}

FL_TEST(no_function_is_no_receiver) { fl_expect_error(FL_PROGRAMMING_ERROR, connect_nothing, NULL); }

/* -- while it is sent -------------------------------------------------------------------------------------------------------- */

static void rearrange(void *instance, const fl_event *event)
{
    (void)instance, (void)event;
    hear("rearrange");
    (void)fl_signal_disconnect(&fl_order_paid, first);
    (void)fl_signal_connect(&fl_order_paid, third);
}

FL_TEST(what_a_receiver_changes_counts_from_the_next_sending_on)
{
    listen();
    fl_defer(let_all_go, NULL);
    (void)fl_signal_connect(&fl_order_paid, rearrange);
    (void)fl_signal_connect(&fl_order_paid, first);
    fl_send(order_paid, NULL);
    expect_heard("rearrange first");
    (void)fl_signal_disconnect(&fl_order_paid, rearrange);
    fl_send(order_paid, NULL);
    expect_heard("third");
}

static void send_again(void *instance, const fl_event *event)
{
    int *left = instance;

    (void)event;
    hear("again");
    if (--*left > 0)
        fl_send(order_paid, left);
}

FL_TEST(a_receiver_may_send_the_same_signal)
{
    int left = 3;

    listen();
    (void)fl_signal_connect(&fl_order_paid, send_again);
    fl_send(order_paid, &left);
    (void)fl_signal_disconnect(&fl_order_paid, send_again);
    expect_heard("again again again");
}

static void count_up(void *instance, const fl_event *event)
{
    (void)event;
    ++*(int *)instance;
}

FL_TEST(many_receivers_are_all_called)
{
    char senders[40];
    int count = 0;

    for (size_t i = 0; i < FL_LENGTH(senders); i++)
        (void)fl_signal_connect(&fl_order_paid, count_up, .uid = fl_text("receiver %zu", i));
    fl_send(order_paid, &count);
    for (size_t i = 0; i < FL_LENGTH(senders); i++)
        fl_expect(fl_signal_disconnect(&fl_order_paid, NULL, .uid = fl_text("receiver %zu", i)));
    fl_expect_equal(count, 40);
}

/* -- errors ------------------------------------------------------------------------------------------------------------------ */

static void refuse(void *instance, const fl_event *event)
{
    (void)instance, (void)event;
    fl_raise(FL_VALUE_ERROR, "not with me");
}

static void let_refusers_go(void *data)
{
    let_all_go(data);
    (void)fl_signal_disconnect(&fl_order_paid, refuse);
}

static void connect_three(void)
{
    listen();
    fl_defer(let_refusers_go, NULL);
    (void)fl_signal_connect(&fl_order_paid, first);
    (void)fl_signal_connect(&fl_order_paid, refuse);
    (void)fl_signal_connect(&fl_order_paid, third);
}

static void send(void *data) { fl_send(order_paid, data); }

FL_TEST(an_error_ends_the_sending_and_is_raised)
{
    connect_three();
    fl_error *error = fl_expect_raises(FL_VALUE_ERROR, send, NULL);
    fl_expect_text(error->message, "not with me");
    expect_heard("first");
}

FL_TEST(robust_sending_calls_all_and_gives_each_error)
{
    connect_three();
    fl_sent sent = fl_send_robust(order_paid, NULL);
    expect_heard("first third");
    fl_expect_equal(sent.count, 3);
    fl_expect_equal(sent.failed, 1);
    fl_expect_text(sent.items[0].receiver, "first");
    fl_expect(sent.items[0].error == NULL && sent.items[2].error == NULL);
    fl_expect(fl_error_is(sent.items[1].error, FL_VALUE_ERROR));
    fl_expect_text(sent.items[1].error->message, "not with me");
    fl_expect_contains(sent.items[1].file, "signals_test.c");
    fl_expect_contains(fl_test_logged(), "ERROR fleche.dispatch: receiver refuse (");
    fl_expect_contains(fl_test_logged(), " of order_paid failed: FL_VALUE_ERROR: not with me (");
}

FL_TEST(robust_sending_to_nobody_gives_nothing)
{
    fl_sent sent = fl_send_robust(order_paid, NULL);

    fl_expect(sent.count == 0 && sent.failed == 0);
}

static void be_cancelled(void *instance, const fl_event *event)
{
    (void)instance, (void)event;
    fl_raise(FL_CANCELLED, "cancelled");
}

static void let_cancelled_go(void *data)
{
    let_all_go(data);
    (void)fl_signal_disconnect(&fl_order_paid, be_cancelled);
}

static void send_robust(void *data) { (void)fl_send_robust(order_paid, data); }

FL_TEST(cancellation_ends_robust_sending_too)
{
    listen();
    fl_defer(let_cancelled_go, NULL);
    (void)fl_signal_connect(&fl_order_paid, be_cancelled);
    (void)fl_signal_connect(&fl_order_paid, first);
    fl_expect_error(FL_CANCELLED, send_robust, NULL);
    expect_heard("");
}

/* -- threads ----------------------------------------------------------------------------------------------------------------- */

static void *send_often(void *count)
{
    for (int i = 0; i < 2000; i++) {
        fl_send(order_paid, count);
        (void)fl_signal_has_listeners(&fl_order_paid, count);
    }
    return NULL;
}

static void *connect_often(void *uid)
{
    for (int i = 0; i < 2000; i++) {
        (void)fl_signal_connect(&fl_order_paid, first, .uid = uid, .sender = uid);
        (void)fl_signal_disconnect(&fl_order_paid, NULL, .uid = uid, .sender = uid);
    }
    return NULL;
}

FL_TEST(threads_send_while_others_connect, .plain = true, .no_torture = true)
{
    pthread_t threads[4];
    int counts[2] = { 0, 0 };

    (void)fl_signal_connect(&fl_order_paid, count_up);
    for (size_t i = 0; i < FL_LENGTH(threads); i++)
        fl_expect_equal(pthread_create(&threads[i], NULL, i < 2 ? send_often : connect_often,
                                       i < 2 ? (void *)&counts[i] : (void *)(i == 2 ? "a" : "b")),
                        0);
    for (size_t i = 0; i < FL_LENGTH(threads); i++)
        fl_expect_equal(pthread_join(threads[i], NULL), 0);
    (void)fl_signal_disconnect(&fl_order_paid, count_up);
    fl_expect_equal(counts[0], 2000);
    fl_expect_equal(counts[1], 2000);
}
