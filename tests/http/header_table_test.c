/* Header tables: found without case, kept in order, and nothing in them that would end a line. */
#include "vectors.h"
#include "http/header.h"

static fl_headers filled(void)
{
    fl_headers headers = { 0 };

    fl_headers_add(&headers, fl_lit("Host"), fl_lit("example.com"));
    fl_headers_add(&headers, fl_lit("Via"), fl_lit("a"));
    fl_headers_add(&headers, fl_lit("Accept"), fl_lit("*/*"));
    fl_headers_add(&headers, fl_lit("VIA"), fl_lit("b"));
    return headers;
}

static const char *names_of(const fl_headers *headers)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 4096);

    for (size_t i = 0; i < headers->count; i++)
        fl_buf_format(&out, "%s=%s;", headers->lines[i].name.data, headers->lines[i].value.data);
    return fl_buf_c(&out);
}

FL_TEST(names_know_no_case)
{
    fl_headers headers = filled();

    fl_expect_text(fl_headers_get(&headers, "hOST"), "example.com");
    fl_expect_bytes(fl_headers_get_str(&headers, fl_lit("accept")), fl_lit("*/*"));
    fl_expect_text(fl_headers_get(&headers, "Hos"), NULL);
    fl_expect(fl_headers_get_str(&headers, fl_lit("Hosts")).data == NULL);
}

FL_TEST(the_first_of_several_is_found_and_all_are_joined)
{
    fl_headers headers = filled();

    fl_expect_text(fl_headers_get(&headers, "via"), "a");
    fl_expect_text(fl_headers_joined(&headers, "via"), "a, b");
    fl_expect_text(fl_headers_joined(&headers, "host"), "example.com");
    fl_expect_text(fl_headers_joined(&headers, "none"), NULL);
    fl_expect_equal(fl_headers_count_of(&headers, fl_lit("via")), 2);
}

FL_TEST(an_empty_value_is_a_value)
{
    fl_headers headers = { 0 };

    fl_headers_add(&headers, fl_lit("A"), fl_lit(""));
    fl_headers_add(&headers, fl_lit("A"), fl_lit(""));
    fl_expect_text(fl_headers_get(&headers, "a"), "");
    fl_expect_text(fl_headers_joined(&headers, "a"), ", ");
}

FL_TEST(put_stands_where_the_first_stood_and_others_of_the_name_go)
{
    fl_headers headers = filled();

    fl_headers_put(&headers, fl_lit("via"), fl_lit("c"));
    fl_headers_put(&headers, fl_lit("New"), fl_lit("d"));
    fl_expect_text(names_of(&headers), "Host=example.com;via=c;Accept=*/*;New=d;");
}

FL_TEST(delete_takes_all_of_a_name_and_keeps_the_order)
{
    fl_headers headers = filled();

    fl_expect(fl_headers_delete(&headers, fl_lit("vIa")));
    fl_expect(!fl_headers_delete(&headers, fl_lit("via")));
    fl_expect_text(names_of(&headers), "Host=example.com;Accept=*/*;");
}

FL_TEST(a_table_grows_and_keeps_all)
{
    fl_headers headers = { 0 };

    for (int i = 0; i < 100; i++)
        fl_headers_add(&headers, fl_str_of(fl_text("X-%d", i)), fl_str_of(fl_text("%d", i)));
    for (int i = 0; i < 100; i++)
        fl_expect_text(fl_headers_get(&headers, fl_text("x-%d", i)), fl_text("%d", i));
}

FL_TEST(what_is_set_inside_a_scope_outlives_it)
{
    fl_headers headers = filled();

    fl_scope {
        fl_headers_add(&headers, fl_lit("Scoped"), fl_str_of(fl_text("in %s", "a scope")));
        (void)fl_headers_joined(&headers, "via");
    }
    (void)fl_text("what would take the scope's place");
    fl_expect_text(fl_headers_get(&headers, "scoped"), "in a scope");
}

/* Each byte against each, alone, in the middle of eight, and at the end. */
FL_TEST(only_letters_of_ascii_have_a_case)
{
    for (unsigned a = 0; a < 256; a++)
        for (unsigned b = 0; b < 256; b++) {
            char one[16] = "0123456789abcdef", other[16] = "0123456789ABCDEF";
            one[0] = one[5] = one[9] = (char)a;
            other[0] = other[5] = other[9] = (char)b;
            for (size_t size = 1; size <= 10; size += 3) {
                fl_str left = fl_str_n(one, size), right = fl_str_n(other, size);
                if (fl_header_same_name(left, right) != fl_str_equal_ascii(left, right))
                    fl_fail("%02x and %02x, %zu bytes", a, b, size);
            }
        }
}

FL_TEST(names_of_every_length_differ_at_every_place)
{
    char one[64], other[64];

    memset(one, 'a', sizeof one);
    for (size_t size = 0; size <= sizeof one; size++)
        for (size_t at = 0; at <= size; at++) {
            memset(other, 'A', sizeof other);
            if (at < size)
                other[at] = 'b';
            if (fl_header_same_name(fl_str_n(one, size), fl_str_n(other, size)) != (at == size))
                fl_fail("%zu bytes, different at %zu", size, at);
        }
}

/* -- what is refused ------------------------------------------------------------------------------------------------------------------ */

static void add_name(void *name)
{
    fl_headers headers = { 0 };
    fl_headers_add(&headers, fl_str_of(name), fl_lit("x"));
}

static void check_name(const void *row)
{
    fl_error *error = fl_expect_raises(FL_BAD_HEADER, add_name, *(char *const *)row);
    fl_expect_contains(error->message, "is no name of a header");
    fl_expect_equal(fl_error_status(error), 500);
}

FL_TEST(names_are_tokens)
{
    static const char *const names[] = { "",      "a b",   "a:",  "a\r\nb", "a\n", "é",   "a(b)",
                                         "\"a\"", "a\x7f", "a\t", "a/b",    "a@b", "[a]", "{a}" };

    fl_table(names, check_name);
    add_name((char *)"!#$%&'*+-.^_`|~0aA");
}

static void put_value(void *data)
{
    fl_headers headers = filled();
    fl_headers_put(&headers, fl_lit("Via"), *(const fl_str *)data);
}

static void check_value(const void *row)
{
    fl_error *error = fl_expect_raises(FL_BAD_HEADER, put_value, row);
    fl_expect_contains(error->message, "header values can't contain newlines");
    fl_expect(error->hint != NULL);
}

FL_TEST(values_with_line_ends_or_nul_are_refused)
{
    static const fl_str values[] = {
        FL_LIT("\r"),        FL_LIT("\n"),         FL_LIT("\0"),         FL_LIT("a\r\nSet-Cookie: b=c"),
        FL_LIT("1234567\n"), FL_LIT("12345678\r"), FL_LIT("\n12345678"), FL_LIT("0123456789abcdefg\0"),
    };

    fl_table(values, check_value);
}

/* A line end at each place of values of each length, in whole words and behind them. */
FL_TEST(a_line_end_is_found_wherever_it_stands)
{
    for (size_t size = 1; size < 40; size++)
        for (size_t at = 0; at < size; at++)
            for (size_t i = 0; i < 3; i++)
                fl_scope {
                    char value[40];
                    memset(value, 'x', sizeof value);
                    value[at] = "\r\n"[i];
                    fl_str text = fl_str_n(value, size);
                    if (fl_protect(put_value, &text) == NULL)
                        fl_fail("%zu bytes, at %zu", size, at);
                }
}

FL_TEST(other_bytes_may_be_in_values)
{
    for (unsigned c = 1; c < 256; c++)
        if (c != '\r' && c != '\n') {
            char value[12] = "aaaaaaaaaaa";
            value[3] = value[10] = (char)c;
            fl_str text = fl_str_n(value, 11);
            put_value(&text);
        }
}

FL_TEST(a_value_has_64_kib_at_most)
{
    fl_str most = { fl_alloc(65537), 65536 }, more = { most.data, 65537 };

    memset((char *)most.data, 'a', 65537);
    put_value(&most);
    fl_expect_contains(fl_expect_raises(FL_BAD_HEADER, put_value, &more)->message, "longer than 65536 bytes (it has 65537)");
}

/* -- lists ------------------------------------------------------------------------------------------------------------------------------ */

static const char *items_of(const char *list)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 4096);

    for (fl_str item, rest = fl_str_of(list); fl_header_next_item(&rest, &item);)
        fl_buf_format(&out, "<%.*s>", FL_SHOW(item));
    return fl_buf_c(&out);
}

FL_TEST(lists_are_taken_apart_outside_of_quotes)
{
    static const struct {
        const char *list, *items;
    } rows[] = {
        { "", "" },
        { " , ,", "" },
        { "a", "<a>" },
        { "a , b,,c ", "<a><b><c>" },
        { "\"a,b\", c", "<\"a,b\"><c>" },
        { "\"a\\\",b\", c", "<\"a\\\",b\"><c>" },
        { "x=\"a,b", "<x=\"a,b>" },
    };

    for (size_t i = 0; i < FL_LENGTH(rows); i++)
        fl_expect_text(items_of(rows[i].list), rows[i].items);
}

FL_TEST(parameters_are_without_their_quotes)
{
    fl_str rest = fl_lit("a=1 ; B = \"x;y\";c; d=\"q\\\"\\\\\";e="), name, value;
    static const struct {
        fl_str name, value;
    } wanted[] = {
        { FL_LIT("a"), FL_LIT("1") },
        { FL_LIT("B"), FL_LIT("x;y") },
        { FL_LIT("d"), FL_LIT("q\"\\") },
        { FL_LIT("e"), FL_LIT("") },
    };

    for (size_t i = 0; i < FL_LENGTH(wanted); i++) {
        fl_expect(fl_header_next_parameter(&rest, &name, &value));
        fl_expect_bytes(name, wanted[i].name);
        fl_expect_bytes(value, wanted[i].value);
    }
    fl_expect(!fl_header_next_parameter(&rest, &name, &value));
}
