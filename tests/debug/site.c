/* The site itself: views that go wrong in every way that its tests look at. */
#include "site.h"

const fl_error_class REFUSED_IN_DEBUG = { .name = "PaymentRefused", .parent = &FL_PROGRAMMING_ERROR };

/* -- views ------------------------------------------------------------------------------------------------------------------- */

static __attribute__((noinline)) void ask_the_bank(void *data)
{
    (void)data;
    fl_raise(FL_TIMEOUT, "the bank <b>did not</b> answer");
}

static __attribute__((noinline)) _Noreturn void charge_the_card(const char *holder)
{
    fl_error *cause = fl_protect(ask_the_bank, NULL);
    fl_error *error = fl_error_new(REFUSED_IN_DEBUG, "no money from <script>alert('%s')</script>", holder); /* the marked line */

    error->detail = "12.50 < 13.00";
    error->hint = "ask for <less>";
    error->cause = cause;
    fl_reraise(error);
}

static fl_response *pay(fl_request *request)
{
    charge_the_card(fl_query(request, "holder") == NULL ? "Ada" : fl_query(request, "holder"));
    return NULL;
}

static fl_response *missing(fl_request *request) { fl_raise(FL_NOT_FOUND, "no article <%s>", fl_kwarg(request, "id")); }
static fl_response *suspicious(fl_request *request)
{
    (void)request;
    fl_raise(FL_SUSPICIOUS_OPERATION, "the form was tampered with");
}

FL_URLS(debug_shop_urls, Path("", pay, .name = "shop"),
        Path("pay/", pay, .name = "pay", .decorators = { FL_SENSITIVE_POST("card", "cvc") }),
        Path("sealed/", pay, .name = "sealed", .decorators = { FL_SENSITIVE_POST() }));
FL_URLS(faulty_urls, Path("pay/", pay, .name = "pay", .decorators = { FL_SENSITIVE_POST("card", "cvc") }),
        Path("sealed/", pay, .decorators = { FL_SENSITIVE_POST() }), Path("articles/<int:id>/", missing, .name = "article"),
        Path("suspicious/", suspicious), RePath("^old-<b>(?P<x>[0-9]+)$", missing),
        Include("shop/", debug_shop_urls, .namespace = "shop"));

/* -- settings ---------------------------------------------------------------------------------------------------------------- */

fl_configure faulty_dev, faulty_live;

static void base(fl_settings *s)
{
    s->secret_key = "correct horse battery staple, for tests";
    s->allowed_hosts = fl_list_of("localhost", "127.0.0.1");
    s->time_zone = "UTC";
    fl_settings_put(s, "PAYMENT_TOKEN", "tok-4711");
    fl_settings_put(s, "SHOP_NAME", "Books & <more>");
}

void faulty_dev(fl_settings *s)
{
    base(s);
    s->debug = true;
}

void faulty_live(fl_settings *s)
{
    base(s);
    s->admins = fl_list_of("ada@example.com");
    s->email_subject_prefix = "[Shop] ";
}

FL_SITE(faulty_site, Settings(faulty_dev, faulty_live), Urls(faulty_urls));
FL_SITE(empty_site, Settings(faulty_dev, faulty_live));

/* -- asking it --------------------------------------------------------------------------------------------------------------- */

static void take_down(void *data)
{
    (void)data;
    fl_use_debug_pages(NULL);
    fl_use_reporter(NULL);
    fl_backtraces(false);
    fl_teardown();
}

static void usual_log(void *data)
{
    (void)data;
    fl_log_set(NULL);
    fl_log_zone(NULL);
}

void set_up_site(const fl_project *project, const char *settings)
{
    fl_setup(project, settings);
    fl_defer(take_down, NULL);
    fl_defer(usual_log, NULL);
    fl_debug_install();
}

fl_request *request_to(const char *method, const char *target)
{
    fl_request *request = fl_request_new(method, target);

    request->host = "localhost";
    fl_headers_put(&request->headers, fl_lit("Accept"), fl_lit("text/html,application/xhtml+xml,*/*;q=0.8"));
    return request;
}

const char *body_of(const fl_response *response) { return fl_str_c(fl_response_body(response)); }
const char *page_at(const char *target) { return body_of(fl_answer(request_to("GET", target), NULL)); }
