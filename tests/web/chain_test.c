/* The way of a request: layers, hooks, what is raised on the way, and the signals at both ends. */
#include <fleche/fiber.h>
#include "site.h"

static fl_buf trace;                                 /* of one test: each runs in a process of its own */

static void note(const char *what)
{
    if (trace.arena == NULL)
        trace = fl_buf_in(fl_arena_here(), 4096);
    fl_buf_format(&trace, "%s%s", trace.size > 0 ? " " : "", what);
}

static const char *noted(void) { return trace.arena == NULL ? "" : fl_buf_c(&trace); }

/* -- three layers with all hooks ---------------------------------------------------------------------------------------------------- */

FL_ERROR_CLASS(SHOP_ERROR, FL_VALUE_ERROR, .status = 500);

static const char *option(const fl_request *request, const char *name)
{
    const char *value = fl_query(request, name);
    return value == NULL ? "" : value;
}

#define LAYER(id) \
    static fl_response *id##_call(fl_request *request, fl_next *next) \
    { \
        note(#id "-down"); \
        if (fl_text_is(option(request, "short"), #id)) \
            return fl_text_response("short " #id); \
        if (fl_text_is(option(request, "raise"), #id)) \
            fl_raise(FL_PERMISSION_DENIED, "raised by " #id); \
        fl_response *response = fl_call_next(next, request); \
        note(fl_text(#id "-up-%d", response->status)); \
        return fl_text_is(option(request, "null"), #id) ? NULL : response; \
    } \
    static fl_response *id##_view(fl_request *request, fl_view *view) \
    { \
        note(view != NULL && request->match != NULL ? #id "-view" : "no view"); \
        return fl_text_is(option(request, "view"), #id) ? fl_text_response("view by " #id) : NULL; \
    } \
    static fl_response *id##_error(fl_request *request, fl_error *error) \
    { \
        note(error != NULL ? #id "-error" : "no error"); \
        return fl_text_is(option(request, "error"), #id) ? fl_text_response("error by " #id, .status = 418) : NULL; \
    } \
    static void id##_template(fl_request *request, fl_response *response) \
    { \
        (void)request; \
        note(response->lazy != NULL && !response->lazy->rendered ? #id "-template" : "too late"); \
    } \
    FL_MIDDLEWARE(id, .call = id##_call, .on_view = id##_view, .on_error = id##_error, .on_template = id##_template)
LAYER(one);
LAYER(two);
LAYER(three);

static bool engine_has(const char *name) { return fl_text_is(name, "page.html") || fl_text_is(name, "other.html"); }

static void engine_render(fl_request *request, const char *name, const fl_dict *context, fl_buf *out)
{
    (void)request;
    (void)context;
    note("render");
    fl_buf_add_c(out, name);
}
static const fl_template_engine engine = { "fake", engine_has, engine_render };

static fl_response *plain_view(fl_request *request)
{
    note("view");
    if (option(request, "boom")[0] != '\0')
        fl_raise(SHOP_ERROR, "boom");
    return fl_text_response("plain");
}

static fl_response *template_view(fl_request *request)
{
    note("view");
    return fl_template_response(request, "page.html");
}

static fl_response *null_view(fl_request *request)
{
    (void)request;
    return NULL;
}

static fl_response *waiting_view(fl_request *request)
{
    (void)request;
    fl_sleep(FL_MILLISECONDS(1));
    return fl_text_response("waited");
}

static bool step(void *state, fl_response *response)
{
    (void)state;
    (void)response;
    return false;
}

static fl_response *stream_view(fl_request *request)
{
    (void)request;
    return fl_stream_response("text/plain", step, NULL);
}

static void ask_current(void *ret) { *(fl_request **)ret = fl_current_request(); }

static fl_response *gather_view(fl_request *request)
{
    fl_request *a = NULL, *b = NULL;

    fl_gather({ ask_current, (void *)&a }, { ask_current, (void *)&b });
    return fl_text_response(a == request && b == request ? "the same" : "another");
}

static fl_response *decorate(fl_request *request, fl_next *next, const fl_decorator *self)
{
    (void)self;
    note("decorator-down");
    fl_response *response = fl_call_next(next, request);
    note("decorator-up");
    return response;
}

FL_URLS(chain_urls, Path("plain/", plain_view, .name = "plain"),
        Path("decorated/", plain_view, .decorators = { FL_DECORATOR(decorate) }), Path("template/", template_view),
        Path("null/", null_view, .name = "gives-nothing"), Path("waits/", waiting_view), Path("stream/", stream_view),
        Path("gather/", gather_view));

fl_configure chain_settings;

void chain_settings(fl_settings *s)
{
    s->secret_key = "a key for tests";
    s->allowed_hosts = any_host();
    fl_use_middleware(s, one, two, three);
}
FL_SITE(chain_site, Settings(chain_settings), Urls(chain_urls));

static void begin(void)
{
    set_up(&chain_site, NULL);
    fl_use_template_engine(&engine);
}

FL_TEST(a_request_goes_down_to_the_view_and_its_response_up)
{
    begin();
    fl_expect_text(body_of(got("/decorated/")), "plain");
    fl_expect_text(noted(), "one-down two-down three-down one-view two-view three-view decorator-down view decorator-up "
                            "three-up-200 two-up-200 one-up-200");
}

FL_TEST(a_layer_that_answers_itself_is_seen_above_it_and_not_below)
{
    begin();
    fl_expect_text(body_of(got("/plain/?short=two")), "short two");
    fl_expect_text(noted(), "one-down two-down one-up-200");
}

FL_TEST(a_hook_before_the_view_may_answer_for_it)
{
    begin();
    fl_expect_text(body_of(got("/plain/?view=two")), "view by two");
    fl_expect_text(noted(), "one-down two-down three-down one-view two-view three-up-200 two-up-200 one-up-200");
}

FL_TEST(hooks_for_errors_run_innermost_first_until_one_answers)
{
    begin();
    fl_response *response = got("/plain/?boom=1&error=two");
    fl_expect_equal(response->status, 418);
    fl_expect_text(noted(), "one-down two-down three-down one-view two-view three-view view three-error two-error "
                            "three-up-418 two-up-418 one-up-418");
}

FL_TEST(what_nobody_answers_becomes_a_500_below_the_innermost_layer)
{
    begin();
    fl_expect_equal(got("/plain/?boom=1")->status, 500);
    fl_expect_text(noted(), "one-down two-down three-down one-view two-view three-view view three-error two-error one-error "
                            "three-up-500 two-up-500 one-up-500");
}

FL_TEST(what_a_layer_raises_reaches_the_one_above_as_a_response)
{
    begin();
    fl_expect_equal(got("/plain/?raise=two")->status, 403);
    fl_expect_text(noted(), "one-down two-down one-up-403");
}

FL_TEST(a_path_that_leads_nowhere_is_a_404_for_every_layer)
{
    begin();
    fl_expect_equal(got("/nowhere/")->status, 404);
    fl_expect_text(noted(), "one-down two-down three-down three-up-404 two-up-404 one-up-404");
}

FL_TEST(a_layer_that_returns_nothing_is_named)
{
    begin();
    fl_expect_equal(got("/plain/?null=two")->status, 500);
    fl_expect_contains(fl_test_logged(), "the middleware two returned no response");
}

FL_TEST(a_view_that_returns_nothing_is_named)
{
    begin();
    fl_expect_equal(got("/null/")->status, 500);
    fl_expect_contains(fl_test_logged(), "the view gives-nothing didn't return a response; it returned NULL instead");
}

FL_TEST(template_hooks_run_innermost_first_and_before_rendering)
{
    begin();
    fl_expect_text(body_of(got("/template/")), "page.html");
    fl_expect_text(noted(),
                   "one-down two-down three-down one-view two-view three-view view three-template two-template one-template "
                   "render three-up-200 two-up-200 one-up-200");
}

FL_TEST(views_and_layers_may_wait)
{
    begin();
    fl_expect_text(body_of(got("/waits/")), "waited");
}

FL_TEST(gathered_fibers_know_the_current_request_and_nobody_does_afterwards)
{
    begin();
    fl_expect_text(body_of(got("/gather/")), "the same");
    fl_expect(fl_current_request_or_null() == NULL);
}

/* -- signals ------------------------------------------------------------------------------------------------------------------------ */

FL_RECEIVER_ANY(request_started, note_started);
FL_RECEIVER_ANY(request_finished, note_finished);
FL_RECEIVER_ANY(got_request_exception, note_exception);
static void note_started(void *instance, const fl_event *event)
{
    (void)instance;
    note(event->request != NULL ? "started" : "no request");
}
static void note_finished(void *instance, const fl_event *event)
{
    (void)instance;
    (void)event;
    note("finished");
}
static void note_exception(void *instance, const fl_event *event)
{
    (void)event;
    note(fl_text("exception-%s", ((const fl_error *)instance)->message));
}

FL_APP(listening, Label("Listens"), Receivers(note_started, note_finished, note_exception));
fl_configure bare_settings;
void bare_settings(fl_settings *s)
{
    s->secret_key = "a key for tests";
    s->allowed_hosts = any_host();
}
FL_SITE(listening_site, Apps(listening), Settings(bare_settings), Urls(chain_urls));

FL_TEST(finished_is_sent_when_a_stream_is_closed)
{
    set_up(&listening_site, NULL);
    fl_response *response = got("/stream/");
    fl_expect_text(noted(), "started");
    fl_response_close(response);
    fl_expect_text(noted(), "started finished");
}

FL_TEST(a_500_is_told_by_a_signal_and_a_404_is_not)
{
    set_up(&listening_site, NULL);
    fl_expect_equal(got("/plain/?boom=1")->status, 500);
    fl_expect_text(noted(), "started view exception-boom");
    fl_expect_equal(got("/nowhere/")->status, 404);
    fl_expect_text(noted(), "started view exception-boom started");
}

/* -- starting ------------------------------------------------------------------------------------------------------------------------- */

static bool not_used(const fl_settings *settings)
{
    (void)settings;
    note("asked");
    return false;
}
static fl_response *unused_call(fl_request *request, fl_next *next)
{
    note("unused");
    return fl_call_next(next, request);
}
FL_MIDDLEWARE(unused, .call = unused_call, .start = not_used);
FL_MIDDLEWARE(needs_one, .after = { "one" });

fl_configure unused_settings, wrong_order;
void unused_settings(fl_settings *s)
{
    bare_settings(s);
    fl_use_middleware(s, one, unused, needs_one);
}
void wrong_order(fl_settings *s)
{
    bare_settings(s);
    fl_use_middleware(s, needs_one, one);
}
FL_SITE(order_site, Settings(unused_settings, wrong_order), Urls(chain_urls));

FL_TEST(a_layer_that_is_not_used_is_left_out_once_and_for_all)
{
    set_up(&order_site, "unused_settings");
    (void)got("/plain/");
    (void)got("/nowhere/");
    fl_expect_text(noted(), "asked one-down one-view view one-up-200 one-down one-up-404");
}

static void set_up_wrong(void *data) { fl_setup(&order_site, data); }

FL_TEST(a_layer_before_one_that_it_needs_is_told_at_the_start)
{
    fl_error *error = fl_expect_raises(FL_IMPROPERLY_CONFIGURED, set_up_wrong, "wrong_order");

    fl_expect_text(error->message, "the middleware needs_one stands before one, which it needs");
    fl_expect_text(error->hint, "move one above needs_one in fl_use_middleware()");
    fl_expect(fl_project_now() == NULL);
}

static void answer_nowhere(void *data) { (void)fl_answer(data, NULL); }

FL_TEST(before_the_set_up_nothing_is_answered) { fl_expect_error(FL_IMPROPERLY_CONFIGURED, answer_nowhere, asked("GET", "/")); }
