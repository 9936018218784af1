/* Records as lines. */
#include "kept.h"

static const int64_t noon = 1795166999123456;        /* 2026-11-20T09:29:59.123456Z */

static const char *line_of(const fl_log_record *record, fl_log_form form)
{
    char *room = fl_alloc(FL_LOG_LINE);
    return fl_str_c(fl_log_line(record, form, room, FL_LOG_LINE, NULL));
}

static fl_log_record record_of(fl_str message)
{
    return (fl_log_record){ .level = FL_INFO, .logger = fl_lit("blog.import"), .message = message, .unix_us = noon, .pid = 42 };
}

FL_TEST(a_plain_line_has_time_level_logger_and_message)
{
    fl_log_record record = record_of(fl_lit("7 articles imported"));

    fl_expect_text(line_of(&record, FL_LOG_PLAIN), "2026-11-20T09:29:59.123Z INFO  blog.import: 7 articles imported\n");
    record.level = FL_CRITICAL;
    record.held_back = 12;
    fl_expect_text(line_of(&record, FL_LOG_PLAIN),
                   "2026-11-20T09:29:59.123Z CRITICAL blog.import: 7 articles imported (+12 held back)\n");
}

FL_TEST(a_json_line_has_all_there_is)
{
    fl_log_record record = record_of(fl_lit("said \"hé\""));

    fl_expect_text(line_of(&record, FL_LOG_JSON),
                   "{\"time\": \"2026-11-20T09:29:59.123Z\", \"level\": \"INFO\", \"logger\": \"blog.import\", "
                   "\"message\": \"said \\\"hé\\\"\", \"pid\": 42}\n");
    record.file = "src/blog/import.c";
    record.line = 7;
    record.fiber = "GET /";
    record.held_back = 1;
    record.fields = fl_lit("\"order\": 7");
    fl_expect_contains(line_of(&record, FL_LOG_JSON), "\"file\": \"src/blog/import.c\", \"line\": 7, \"pid\": 42, "
                                                      "\"fiber\": \"GET /\", \"held_back\": 1, \"order\": 7}\n");
}

static const struct escape {
    fl_str raw;
    const char *plain, *json;
} escapes[] = {
    { FL_LIT("a\nb\r\tc"), "a\\nb\\r\\tc", "a\\nb\\r\\tc" },
    { FL_LIT("\x1b[2J"), "\\x1b[2J", "\\u001b[2J" },
    { FL_LIT("nul \0 del \x7f"), "nul \\x00 del \\x7f", "nul \\u0000 del \\u007f" },
    { FL_LIT("C:\\new \"it\""), "C:\\new \"it\"", "C:\\\\new \\\"it\\\"" },
    { FL_LIT("naïve 日本 🙂"), "naïve 日本 🙂", "naïve 日本 🙂" },
    { FL_LIT("csi \xc2\x9b next \xc2\x85 nbsp \xc2\xa0"), "csi \\u009b next \\u0085 nbsp \xc2\xa0",
      "csi \\u009b next \\u0085 nbsp \xc2\xa0" },
    { FL_LIT("line \u2028 para \u2029"), "line \\u2028 para \\u2029", "line \\u2028 para \\u2029" },
    { FL_LIT("turn \u202e back \u202a isolate \u2066 \u2069"), "turn \\u202e back \\u202a isolate \\u2066 \\u2069",
      "turn \\u202e back \\u202a isolate \\u2066 \\u2069" },
    { FL_LIT("near \u2027 \u202f \u2065 \u206a"), "near \u2027 \u202f \u2065 \u206a", "near \u2027 \u202f \u2065 \u206a" },
    { FL_LIT("broken \xff\xc3"), "broken \\xff\\xc3", "broken \\\\xff\\\\xc3" },
    { FL_LIT("long \xc0\xaf surrogate \xed\xa0\x80"), "long \\xc0\\xaf surrogate \\xed\\xa0\\x80",
      "long \\\\xc0\\\\xaf surrogate \\\\xed\\\\xa0\\\\x80" },
    { FL_LIT("cut \xf0\x9f\x99"), "cut \\xf0\\x9f\\x99", "cut \\\\xf0\\\\x9f\\\\x99" },
};

static void check_escape(const void *row)
{
    const struct escape *e = row;
    fl_log_record record = record_of(e->raw);

    fl_label("%s", e->plain);
    fl_expect_text(line_of(&record, FL_LOG_PLAIN), fl_text("2026-11-20T09:29:59.123Z INFO  blog.import: %s\n", e->plain));
    fl_expect_contains(line_of(&record, FL_LOG_JSON), fl_text("\"message\": \"%s\", \"pid\"", e->json));
}

FL_TEST(a_message_stays_on_its_line) { fl_table(escapes, check_escape); }

FL_TEST(loggers_and_fibers_are_escaped_and_cut_too)
{
    fl_log_record record = record_of(fl_lit("x"));
    char *name = memset(fl_alloc(1001), 'n', 1000);

    record.logger = fl_lit("a\n\"b\"");
    record.fiber = name;
    record.file = name;
    fl_expect_contains(line_of(&record, FL_LOG_PLAIN), " a\\n\"b\": x\n");
    fl_expect_contains(line_of(&record, FL_LOG_JSON), "\"logger\": \"a\\n\\\"b\\\"\"");
    fl_expect(strlen(line_of(&record, FL_LOG_JSON)) < 600);
}

FL_TEST(fields_follow_as_names_and_values)
{
    fl_log_record record = record_of(fl_lit("placed"));

    record.fields = fl_lit("\"order\": 7, \"total\": \"12.50\", \"tags\": [\"a: b\", {\"c\": 1}], "
                           "\"odd name\": \"x, \\\"y\\\": z\x7f\"");
    fl_expect_contains(line_of(&record, FL_LOG_PLAIN), ": placed order=7 total=\"12.50\" tags=[\"a: b\", {\"c\": 1}] "
                                                       "\"odd name\"=\"x, \\\"y\\\": z\\u007f\"\n");
    fl_expect_contains(line_of(&record, FL_LOG_JSON), "\"pid\": 42, \"order\": 7, \"total\": \"12.50\", \"tags\": ");
}

FL_TEST(a_long_message_is_cut_between_characters)
{
    char room[FL_LOG_LINE_LEAST];
    size_t size = 3000, more;
    char *text = fl_alloc(size + 1);

    for (size_t i = 0; i < size; i += 2)
        memcpy(text + i, "é", 2);
    fl_log_record record = record_of(fl_str_n(text, size));
    record.cut = 1000;
    for (int form = FL_LOG_PLAIN; form <= FL_LOG_JSON; form++) {
        fl_str line = fl_log_line(&record, (fl_log_form)form, room, sizeof room, &more);
        fl_expect(line.size <= sizeof room && more > 0 && more % 2 == 0);
        fl_expect_contains(fl_str_c(line), fl_text("é…(%zu bytes more)", more + 1000));
        fl_expect(fl_str_ends(line, form == FL_LOG_JSON ? fl_lit(", \"pid\": 42}\n") : fl_lit(" more)\n")));
    }
}

FL_TEST(the_room_of_a_line_is_used_and_kept)
{
    char room[FL_LOG_LINE_LEAST + 1];
    size_t more;

    for (size_t size = 0; size < sizeof room; size++) {
        fl_log_record record = record_of(fl_str_n(memset(fl_alloc(size + 1), '"', size), size));
        record.fields = fl_str_n(memset(fl_alloc(size + 1), ' ', size), size);
        room[FL_LOG_LINE_LEAST] = '!';
        for (int form = FL_LOG_PLAIN; form <= FL_LOG_JSON; form++) {
            fl_str line = fl_log_line(&record, (fl_log_form)form, room, FL_LOG_LINE_LEAST, &more);
            fl_expect(line.size <= FL_LOG_LINE_LEAST && line.data[line.size - 1] == '\n' && room[FL_LOG_LINE_LEAST] == '!');
            fl_expect(size > 100 || more == 0);
        }
    }
}

FL_TEST(fields_without_room_are_said_to_be_missing)
{
    char room[FL_LOG_LINE_LEAST];
    size_t more;
    fl_log_record record = record_of(fl_lit("placed"));

    record.fields = fl_str_of(fl_text("\"name\": \"%0900d\"", 0));
    fl_expect_contains(fl_str_c(fl_log_line(&record, FL_LOG_PLAIN, room, sizeof room, &more)), ": placed …(910 bytes more)\n");
    fl_expect_equal(more, 910u);
    fl_str line = fl_log_line(&record, FL_LOG_JSON, room, sizeof room, &more);
    fl_expect_contains(fl_str_c(line), ", \"fields\": \"…(910 bytes more)\"}\n");
    fl_expect_equal(fl_log_line(&record, FL_LOG_PLAIN, room, FL_LOG_LINE_LEAST - 1, &more).size, 0u);
    fl_expect_equal(more, 916u);
}

FL_TEST(times_of_all_years_have_a_form)
{
    static const struct {
        int64_t us;
        const char *text;
    } times[] = {
        { 0, "1970-01-01T00:00:00.000Z" },
        { -1, "1969-12-31T23:59:59.999Z" },
        { INT64_MAX, "9999-12-31T23:59:59." },
        { INT64_MIN, "0001-01-01T00:00:00." },
    };

    for (size_t i = 0; i < FL_LENGTH(times); i++) {
        fl_log_record record = record_of(fl_lit("x"));
        record.unix_us = times[i].us;
        fl_expect_contains(line_of(&record, FL_LOG_PLAIN), times[i].text);
    }
}
