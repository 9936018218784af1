/* Writing JSON: Python's bytes, Django's forms, what has none. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include "../helpers.h"

static const struct {
    const char *name;
    fl_json_style style;
} styles[] = {
    { "plain", { 0 } },
    { "utf8", { .utf8 = true } },
    { "compact", { .compact = true } },
    { "sorted", { .sort_keys = true } },
    { "indent2", { .indent = 2 } },
    { "indent4", { .indent = 4, .sort_keys = true, .utf8 = true } },
    { "indentcompact", { .indent = 1, .compact = true } },
    { "html", { .html_safe = true } },
    { "utf8html", { .html_safe = true, .utf8 = true } },
};

static const fl_json_style *style_named(fl_str name)
{
    for (size_t i = 0; i < FL_LENGTH(styles); i++)
        if (fl_str_equal(name, fl_str_of(styles[i].name)))
            return &styles[i].style;
    fl_fail("the vectors name a style '%.*s'", FL_SHOW(name));
}

/* The escapes of tests/oracle/json.py. */
static const char *unescaped(fl_str field)
{
    char *text = fl_str_c(field), *to = text;

    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '\\')
            at++;
        else {
            *to++ = *at;
            continue;
        }
        *to++ = *at == 'n' ? '\n' : *at == 't' ? '\t' : *at == 'r' ? '\r' : *at;
    }
    *to = '\0';
    return text;
}

FL_TEST(text_is_read_and_written_as_python_does)
{
    char line[8192];
    size_t rows = 0;
    FILE *file = opened("data/json.tsv");

    while (fgets(line, sizeof line, file) != NULL) {
        fl_str rest = fl_str_trim(fl_str_of(line)), name = { 0 }, document = { 0 }, expected = { 0 };
        fl_expect(fl_str_cut(&rest, '\t', &name) && fl_str_cut(&rest, '\t', &document) && fl_str_cut(&rest, '\t', &expected));
        fl_json *json = fl_json_parse(unescaped(document));
        fl_expect_text(fl_json_dump_as_(json, style_named(name)), unescaped(expected));
        rows++;
    }
    fl_expect(rows > 300);
}

static const char *dumped(fl_value v) { return fl_json_dump(fl_json_of(v)); }

FL_TEST(dates_are_written_as_django_does)
{
    fl_expect_text(dumped(fl_box(fl_datetime_of_unix(1795080600, 0))), "\"2026-11-19T09:30:00Z\"");
    fl_expect_text(dumped(fl_box(fl_datetime_of_unix(1795080600, 123999))), "\"2026-11-19T09:30:00.123Z\"");
    fl_expect_text(dumped(fl_box(fl_datetime_of_unix(1795080600, 1))), "\"2026-11-19T09:30:00.000Z\"");
    fl_expect_text(dumped(fl_box(fl_date_of(2026, 11, 20))), "\"2026-11-20\"");
    fl_expect_text(dumped(fl_box(fl_time_of(9, 30, 0, 0))), "\"09:30:00\"");
    fl_expect_text(dumped(fl_box(fl_time_of(9, 30, 0, 123999))), "\"09:30:00.123\"");
    fl_expect_text(dumped(fl_box(FL_MICROSECONDS(3 * 86400000000 + 14706000007))), "\"P3DT04H05M06.000007S\"");
    fl_expect_text(dumped(fl_box(FL_NEVER)), "null");
}

FL_TEST(uuids_and_decimals_are_text)
{
    const fl_uuid id = { { 0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc, 0xde, 0xf0, 0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef } };
    fl_decimal price;

    fl_expect_text(dumped(fl_box(id)), "\"12345678-9abc-def0-0123-456789abcdef\"");
    fl_expect_ok(fl_decimal_try_parse(fl_lit("19.90"), &price));
    fl_expect_text(dumped(fl_box(price)), "\"19.90\"");
}

static int write_code(fl_value v)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 1000);

    fl_buf_add_c(&out, "before");
    int code = fl_json_write(v, NULL, &out);
    fl_expect_bytes(fl_buf_str(&out), fl_lit("before"));
    return code;
}

static const fl_type thing_type = { .name = "thing" };
static fl_tag thing = FL_OBJECT(thing_type);

FL_TEST(what_has_no_form_is_a_code_and_appends_nothing)
{
    fl_list *loop = fl_list_new();

    fl_list_push(loop, loop);
    fl_expect_equal(write_code(fl_box((double)NAN)), -EDOM);
    fl_expect_equal(write_code(fl_box(fl_list_of(1, -(double)INFINITY))), -EDOM);
    fl_expect_equal(write_code(fl_box("caf\xe9")), -EILSEQ);
    fl_expect_equal(write_code(fl_box("\xed\xa0\x80")), -EILSEQ);
    fl_expect_equal(write_code(fl_box(fl_dict_of("k\xff", 1))), -EILSEQ);
    fl_expect_equal(write_code(fl_box(((fl_bytes){ (const uint8_t *)"x", 1 }))), -EINVAL);
    fl_expect_equal(write_code((fl_value){ .kind = FL_V_OBJECT, .object = &thing }), -EINVAL);
    fl_expect_equal(write_code(fl_box(loop)), -ELOOP);
}

FL_TEST(a_full_buffer_says_so)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 12);

    fl_expect_ok(fl_json_write(fl_box(fl_list_of(1, "abc")), NULL, &out));
    fl_expect_bytes(fl_buf_str(&out), fl_lit("[1, \"abc\"]"));
    fl_expect_equal(fl_json_write(fl_box("more"), NULL, &out), -ENOBUFS);
    fl_expect(fl_buf_failed(&out));
}

static void dump(void *json) { (void)fl_json_dump(json); }

FL_TEST(the_raising_form_says_why)
{
    fl_error *e = fl_expect_raises(FL_VALUE_ERROR, dump, fl_json_of((double)NAN));

    fl_expect_text(e->message, "the document cannot be written as JSON: NaN and infinities have no JSON form");
}

FL_TEST(strings_of_every_length_and_escape_place_are_written)
{
    for (size_t size = 1; size < 40; size++)
        for (size_t at = 0; at < size; at++)
            fl_scope {
                char *plain = fl_text("%0*d", (int)size, 0);
                const char *text = fl_text("%.*s\n%s<", (int)at, plain, plain + at);
                const char *expected = fl_text("\"%.*s\\n%s\\u003C\"", (int)at, plain, plain + at);
                fl_expect_text(fl_json_dump_as(fl_json_of(text), .html_safe = true), expected);
            }
}
