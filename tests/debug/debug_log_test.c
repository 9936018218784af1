/* The log of a site: what goes where, filters, the forms for terminals. */
#include "../log/kept.h"
#include "site.h"

/* stderr is a file from now on; what was written to it. */
static void put_back(void *fd) { (void)dup2((int)(intptr_t)fd, STDERR_FILENO); }

static int catch_stderr(void)
{
    int file = memory_file(), before = closed_later(dup(STDERR_FILENO));

    fl_expect_ok(dup2(file, STDERR_FILENO));
    fl_defer(put_back, (void *)(intptr_t)before);
    return file;
}

FL_TEST(with_debug_the_console_has_what_the_framework_says_from_info_on)
{
    set_up_site(&faulty_site, "faulty_dev");
    int file = catch_stderr();
    fl_log(FL_INFO, "fleche.request", "seen");
    fl_log(FL_DEBUG, "fleche.request", "not seen");
    fl_log(FL_INFO, "shop", "not seen either");
    fl_log(FL_WARNING, "shop", "of the shop");
    fl_expect_text(fl_str_c(content(file)), "INFO fleche.request: seen\nWARNING shop: of the shop\n");
}

FL_TEST(without_debug_the_console_has_errors_that_cannot_be_mailed)
{
    set_up_site(&faulty_site, "faulty_live");
    int file = catch_stderr();
    fl_log(FL_WARNING, "fleche.request", "not seen");
    fl_log(FL_ERROR, "fleche.request", "seen");
    fl_expect_equal(count_of(content(file), "fleche.request: seen\n"), 1u);
    fl_expect_equal(count_of(content(file), "not seen"), 0u);
}

FL_TEST(a_404_is_a_warning_with_its_status_code)
{
    set_up_site(&faulty_site, "faulty_dev");
    int file = catch_stderr();
    fl_expect_equal(fl_answer(request_to("GET", "/nowhere/?a=1"), NULL)->status, 404);
    fl_expect_text(fl_str_c(content(file)),
                   "WARNING fleche.request: Not Found: /nowhere/ status_code=404 request=\"GET /nowhere/?a=1\"\n");
}

FL_TEST(suspicious_requests_are_errors_of_fleche_security)
{
    set_up_site(&faulty_site, "faulty_dev");
    int file = catch_stderr();
    fl_expect_equal(fl_answer(request_to("GET", "/suspicious/"), NULL)->status, 400);
    fl_expect_equal(
        count_of(content(file), "ERROR fleche.security.FL_SUSPICIOUS_OPERATION: the form was tampered with status_code=400"), 1u);
}

FL_TEST(a_500_is_an_error_with_its_report_line_by_line)
{
    set_up_site(&faulty_site, "faulty_dev");
    int file = catch_stderr();
    fl_expect_equal(fl_answer(request_to("GET", "/pay/"), NULL)->status, 500);
    fl_str all = content(file);
    fl_expect(fl_str_starts(all, fl_lit("ERROR fleche.request: Internal Server Error: /pay/ status_code=500")));
    fl_expect_equal(count_of(all, "\n    PaymentRefused: no money from"), 1u);
    fl_expect_equal(count_of(all, "\n    caused by FL_TIMEOUT: "), 1u);
}

FL_TEST(lines_of_the_server_are_as_djangos)
{
    set_up_site(&faulty_site, "faulty_dev");
    int file = catch_stderr();
    fl_log_record record = { .level = FL_INFO,
                             .logger = fl_lit("fleche.server"),
                             .message = fl_lit("\"GET / HTTP/1.1\" 200 13"),
                             .unix_us = 1795169700000000 };
    char room[FL_LOG_LINE_LEAST];
    fl_expect_text(fl_str_c(fl_log_line(&record, FL_LOG_SERVER, room, sizeof room, NULL)),
                   "[20/Nov/2026 10:15:00] \"GET / HTTP/1.1\" 200 13\n");
    fl_log_zone(fl_zone_fixed(2 * 3600));
    fl_expect_text(fl_str_c(fl_log_line(&record, FL_LOG_SERVER, room, sizeof room, NULL)),
                   "[20/Nov/2026 12:15:00] \"GET / HTTP/1.1\" 200 13\n");
    fl_log_zone(NULL);
    fl_log(FL_INFO, "fleche.server", "\"GET /\x1b[2J HTTP/1.1\" 200 13");
    fl_str all = content(file);
    fl_expect_equal(count_of(all, "] \"GET /\\x1b[2J HTTP/1.1\" 200 13\n"), 1u);
    fl_expect_equal(count_of(all, "\n"), 1u);
}

FL_TEST(a_console_line_keeps_line_ends_and_nothing_can_pass_for_another_record)
{
    char room[FL_LOG_LINE_LEAST];
    fl_log_record record = { .level = FL_ERROR,
                             .logger = fl_lit("shop"),
                             .message = fl_lit("one\nERROR shop: two\x1b\n"),
                             .fields = fl_lit("\"order\": 7") };
    fl_expect_text(fl_str_c(fl_log_line(&record, FL_LOG_CONSOLE, room, sizeof room, NULL)),
                   "ERROR shop: one order=7\n    ERROR shop: two\\x1b\n");
    char *message = fl_text("%03000d", 0);
    memset(message, 'x', 3000);
    message[1500] = '\n';
    record.message = fl_str_of(message);
    size_t more;
    fl_str line = fl_log_line(&record, FL_LOG_CONSOLE, room, sizeof room, &more);
    fl_expect(line.size <= sizeof room && line.data[line.size - 1] == '\n' && more > 0);
    fl_expect_contains(fl_str_c(line), fl_text("…(%zu bytes more)\n", more));
    fl_expect_equal(fl_log_line(&record, FL_LOG_SERVER, room, sizeof room, &more).data[0], '[');
}

static bool has_no_secret(const fl_log_record *record, void *data)
{
    (*(int *)data)++;
    return !fl_str_find(record->message, fl_lit("secret"), NULL);
}

FL_TEST(a_filter_decides_what_a_handler_gets)
{
    int file = memory_file(), asked = 0;
    fl_log_handler *inside = fl_log_at_least(fl_log_stream(file, FL_LOG_CONSOLE), FL_WARNING);
    log_to(fl_log_filtered(inside, has_no_secret, &asked), FL_DEBUG);
    fl_log(FL_INFO, "shop", "below the handler's level");
    fl_log(FL_WARNING, "shop", "passes");
    fl_log(FL_WARNING, "shop", "a secret");
    fl_expect_text(fl_str_c(content(file)), "WARNING shop: passes\n");
    fl_expect_equal(asked, 2);
}

FL_TEST(filters_know_debug)
{
    set_up_site(&faulty_site, "faulty_dev");
    int on = memory_file(), off = memory_file();
    fl_log_set(&(fl_log_config){ .handlers = { fl_log_require_debug_true(fl_log_stream(on, FL_LOG_CONSOLE)),
                                               fl_log_require_debug_false(fl_log_stream(off, FL_LOG_CONSOLE)) } });
    fl_log(FL_WARNING, "shop", "one");
    fl_settings_override(debug, false);
    fl_log(FL_WARNING, "shop", "two");
    fl_expect_text(fl_str_c(content(on)), "WARNING shop: one\n");
    fl_expect_text(fl_str_c(content(off)), "WARNING shop: two\n");
}

static int json_file;
static void json_logs(fl_settings *s)
{
    s->debug = true;
    s->secret_key = "for tests";
    fl_use_logging(s, .handlers = { fl_log_stream(json_file, FL_LOG_JSON) }, .levels = { { "", FL_INFO } });
}

static const fl_project json_site = { .name = "json_site", .settings = { { "json_logs", json_logs } } };

/* One line of the settings, and no other: fl_debug_install leaves the log to them. */
FL_TEST(json_logs_take_configuration_only)
{
    json_file = memory_file();
    set_up_site(&json_site, NULL);
    fl_expect_equal(fl_answer(request_to("GET", "/nowhere/"), NULL)->status, 404);
    const char *line = fl_str_c(content(json_file));
    fl_expect_contains(line, "\"level\": \"WARNING\", \"logger\": \"fleche.request\", \"message\": \"Not Found: /nowhere/\"");
    fl_expect_contains(line, "\"status_code\": 404, \"request\": \"GET /nowhere/\"}\n");
    fl_expect_equal(count_of(content(json_file), "\n"), 1u);
}

static const struct under {
    const char *record, *logger;
    bool is;
} unders[] = {
    { "fleche.request", "fleche", true }, { "fleche", "fleche", true }, { "flecherie", "fleche", false }, { "shop", "", true },
    { "fleche", "fleche.server", false },
};

static void check_under(const void *row)
{
    const struct under *u = row;

    fl_label("%s under %s", u->record, u->logger);
    fl_expect_equal(fl_log_is_under(&(fl_log_record){ .logger = fl_str_of(u->record) }, u->logger), u->is);
}

FL_TEST(loggers_stand_under_names) { fl_table(unders, check_under); }
