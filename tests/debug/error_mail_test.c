/* Errors that are mailed to the admins. */
#include "site.h"

static fl_arena *kept;
static const char *subject, *text, *html;
static int mails;

static const char *keep(const char *what) { return what == NULL ? NULL : fl_arena_copy_text(kept, what, strlen(what)); }

static void keep_mail(const char *its_subject, const char *its_text, const char *its_html)
{
    subject = keep(its_subject);
    text = keep(its_text);
    html = keep(its_html);
    mails++;
}

static void no_hook(void *data)
{
    (void)data;
    fl_mail_admins_hook = NULL;
}

static void mail_to_us(void)
{
    kept = fl_arena_here();
    fl_mail_admins_hook = keep_mail;
    fl_defer(no_hook, NULL);
}

FL_TEST(a_500_is_mailed_to_the_admins_without_debug)
{
    set_up_site(&faulty_site, "faulty_live");
    mail_to_us();
    fl_request *request = request_to("POST", "/pay/");
    fl_request_set_body(request, fl_lit("card=4000123&password=hush&amount=7"), "application/x-www-form-urlencoded");
    fl_expect_equal(fl_answer(request, NULL)->status, 500);

    fl_expect_equal(mails, 1);
    fl_expect_text(subject, "[Shop] ERROR (EXTERNAL IP): Internal Server Error: /pay/");
    fl_expect(fl_starts_with(text, "Internal Server Error: /pay/\n"));
    fl_expect_contains(text, "PaymentRefused: no money from");
    fl_expect_contains(text, "  card = " FL_CLEANSED "\n  password = " FL_CLEANSED "\n  amount = 7\n");
    fl_expect_contains(html, "<h1>PaymentRefused</h1>");
    fl_expect(strstr(text, "4000123") == NULL && strstr(html, "4000123") == NULL);
    fl_expect(strstr(text, "hush") == NULL && strstr(html, "hush") == NULL);
    fl_expect(strstr(text, "correct horse") == NULL && strstr(html, "tok-4711") == NULL);
    fl_expect(strstr(html, "You see this page because") == NULL);
}

FL_TEST(what_is_no_error_and_what_debug_shows_is_not_mailed)
{
    set_up_site(&faulty_site, "faulty_live");
    mail_to_us();
    fl_expect_equal(fl_answer(request_to("GET", "/nowhere/"), NULL)->status, 404);
    fl_log(FL_ERROR, "shop.stock", "not Flèche's");
    fl_expect_equal(mails, 0);
}

FL_TEST(with_debug_nothing_is_mailed)
{
    set_up_site(&faulty_site, "faulty_dev");
    mail_to_us();
    fl_expect_equal(fl_answer(request_to("GET", "/pay/"), NULL)->status, 500);
    fl_expect_equal(mails, 0);
}

FL_TEST(a_subject_is_one_line_of_at_most_989_characters)
{
    set_up_site(&faulty_site, "faulty_live");
    mail_to_us();
    char *name = fl_text("%01200d", 0);
    memset(name, 'x', 1200);

    fl_log(FL_ERROR, "fleche.tasks", "first\r\nBcc: all@example.com");
    fl_expect_text(subject, "[Shop] ERROR: first\\r\\nBcc: all@example.com");
    fl_log(FL_CRITICAL, "fleche.tasks", "%s", name);
    fl_expect_equal(strlen(subject), 989u);
    fl_expect(fl_starts_with(subject, "[Shop] CRITICAL: xxx"));
    fl_expect_contains(text, name);
}

static const char *broken_report(const fl_reporter *self, const fl_request *request, const fl_error *error, int status)
{
    (void)self;
    (void)request;
    (void)error;
    fl_raise(FL_VALUE_ERROR, "no report of %d", status);
}

FL_TEST(a_report_that_fails_does_not_lose_the_mail)
{
    static const fl_reporter broken = { .text = broken_report };

    set_up_site(&faulty_site, "faulty_live");
    mail_to_us();
    fl_use_reporter(&broken);
    fl_log(FL_ERROR, "fleche.request", "it went wrong");
    fl_expect_text(text, "it went wrong\n\nThe report could not be made: no report of 500");
}

FL_TEST(mails_have_html_only_where_it_is_asked_for)
{
    set_up_site(&faulty_site, "faulty_live");
    mail_to_us();
    fl_log_set(
        &(fl_log_config){ .handlers = { fl_log_require_debug_false(fl_log_admin_mail()) }, .levels = { { "", FL_INFO } } });
    fl_expect_equal(fl_answer(request_to("GET", "/pay/"), NULL)->status, 500);
    fl_expect_equal(mails, 1);
    fl_expect(html == NULL);
    fl_expect_contains(text, "PaymentRefused");
}
