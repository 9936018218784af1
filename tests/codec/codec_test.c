/* The codecs against Python's answers, and what the decoders refuse. */
#include <errno.h>
#include "vectors.h"

static fl_buf scratch(void) { return fl_buf_in(fl_arena_here(), 1 << 16); }

static void check_base64(const vector *v)
{
    static const fl_base64_form forms[] = { FL_BASE64, FL_BASE64URL, FL_BASE64URL_PADDED };

    for (size_t i = 0; i < FL_LENGTH(forms); i++) {
        fl_buf text = scratch(), back = scratch();
        fl_base64_encode(v->fields[1], forms[i], &text);
        fl_expect_bytes(fl_buf_str(&text), v->fields[2 + i]);
        fl_expect_ok(fl_base64_decode(fl_buf_str(&text), forms[i], &back));
        fl_expect_bytes(fl_buf_str(&back), v->fields[1]);
    }
    fl_buf text = scratch(), back = scratch(), upper = scratch();
    fl_hex_encode(v->fields[1], &text);
    fl_expect_bytes(fl_buf_str(&text), v->fields[5]);
    fl_expect_ok(fl_hex_decode(fl_buf_str(&text), &back));
    fl_expect_ok(fl_hex_decode(fl_str_upper_ascii(fl_buf_str(&text)), &upper));
    fl_expect_bytes(fl_buf_str(&back), v->fields[1]);
    fl_expect_bytes(fl_buf_str(&upper), v->fields[1]);
}

static void check_percent(const vector *v)
{
    fl_buf out = scratch(), back = scratch();

    if (vector_is(v, "unquote")) {
        fl_percent_decode(v->fields[1], &out);
        fl_expect_bytes(fl_buf_str(&out), v->fields[2]);
        return;
    }
    fl_percent_encode(v->fields[1], fl_str_c(v->fields[2]), &out);
    fl_expect_bytes(fl_buf_str(&out), v->fields[3]);
    fl_percent_decode(fl_buf_str(&out), &back);
    if (!fl_str_find_char(v->fields[2], '%', NULL))              /* who declares % safe gets no way back */
        fl_expect_bytes(fl_buf_str(&back), v->fields[1]);
}

static void check_form(const vector *v)
{
    fl_buf out = scratch();
    fl_str name, value;

    fl_form_encode(v->fields[1], v->fields[2], &out);
    fl_expect_bytes(fl_buf_str(&out), v->fields[3]);
    fl_str rest = fl_buf_str(&out);
    fl_expect(fl_form_next(&rest, &name, &value));
    fl_expect_bytes(name, v->fields[1]);
    fl_expect_bytes(value, v->fields[2]);
    fl_expect(!fl_form_next(&rest, &name, &value));
}

static void check_query(const vector *v)
{
    fl_str rest = v->fields[1], name, value;
    size_t field = 2;

    for (; fl_form_next(&rest, &name, &value); field += 2) {
        fl_expect(field + 1 < v->count);
        fl_expect_bytes(name, v->fields[field]);
        fl_expect_bytes(value, v->fields[field + 1]);
        fl_expect(name.data[name.size] == '\0' && value.data[value.size] == '\0');
    }
    fl_expect_equal(field, v->count);
}

static void check_base62(const vector *v)
{
    fl_buf out = scratch();
    long long back = 0;

    fl_base62_encode(vector_int(v, 1), &out);
    fl_expect_bytes(fl_buf_str(&out), v->fields[2]);
    fl_expect_ok(fl_base62_decode(v->fields[2], &back));
    fl_expect_equal(back, vector_int(v, 1));
}

static void check_base36(const vector *v)
{
    fl_buf out = scratch();
    unsigned long long back = 0, upper = 0;

    fl_base36_encode((unsigned long long)vector_int(v, 1), &out);
    fl_expect_bytes(fl_buf_str(&out), v->fields[2]);
    fl_expect_ok(fl_base36_decode(v->fields[2], &back));
    fl_expect_ok(fl_base36_decode(fl_str_upper_ascii(v->fields[2]), &upper));
    fl_expect(back == (unsigned long long)vector_int(v, 1) && upper == back);
}

static void check(const vector *v)
{
    static const struct {
        const char *kind;
        void (*run)(const vector *v);
    } checks[] = {
        { "base64", check_base64 }, { "quote", check_percent }, { "unquote", check_percent }, { "form", check_form },
        { "query", check_query },   { "base62", check_base62 }, { "base36", check_base36 },
    };

    for (size_t i = 0; i < FL_LENGTH(checks); i++)
        if (vector_is(v, checks[i].kind)) {
            checks[i].run(v);
            return;
        }
    fl_fail("nothing checks '%.*s'", FL_SHOW(v->fields[0]));
}

FL_TEST(codecs_write_and_read_what_python_does) { each_vector("codec", check); }

typedef struct { const char *text; fl_base64_form form; } base64_row;
static const base64_row bad_base64[] = {
    { "QQ", FL_BASE64 },
    { "QQ=", FL_BASE64 },
    { "QQ===", FL_BASE64 },
    { "Q===", FL_BASE64 },
    { "====", FL_BASE64 },
    { "QQ==QQ==", FL_BASE64 },
    { "QR==", FL_BASE64 },
    { "QUJ=", FL_BASE64 },
    { "QU I", FL_BASE64 },
    { "QUI\n", FL_BASE64 },
    { "QQ==\n", FL_BASE64 },
    { "-_-_", FL_BASE64 },
    { "+/+/", FL_BASE64URL },
    { "QQ==", FL_BASE64URL },
    { "Q", FL_BASE64URL },
    { "QR", FL_BASE64URL },
    { "QUJ", FL_BASE64URL },
    { "AAAAA", FL_BASE64URL },
    { "QQ", FL_BASE64URL_PADDED },
    { "+/+/", FL_BASE64URL_PADDED },
    { "AAAA=AAAAAAAAAAA", FL_BASE64 },
    { "AAAAAAA\xC3\xA9"
      "AAAAAAA",
      FL_BASE64URL },
    { "AAAAAAAAAAAAAAA*", FL_BASE64 },
    { "A*AAAAAAAAAAAAAA", FL_BASE64 },
};

static void refuses_base64(const void *data)
{
    const base64_row *r = data;
    fl_buf out = scratch();

    fl_label("%s", r->text);
    fl_buf_add(&out, fl_lit("before"));
    fl_expect_equal(fl_base64_decode(fl_str_of(r->text), r->form, &out), -EINVAL);
    fl_expect_bytes(fl_buf_str(&out), fl_lit("before"));
}

FL_TEST(base64_has_one_text_for_each_run_of_bytes) { fl_table(bad_base64, refuses_base64); }

static const char *const bad_hex[] = { "a", "0g", "g0", " 0", "0x", "00 00", "é" };
static void refuses_hex(const void *data)
{
    fl_buf out = scratch();

    fl_label("%s", *(const char *const *)data);
    fl_expect_equal(fl_hex_decode(fl_str_of(*(const char *const *)data), &out), -EINVAL);
    fl_expect_equal(out.size, (size_t)0);
}

FL_TEST(hex_wants_pairs_of_digits) { fl_table(bad_hex, refuses_hex); }

static const char *const bad_base62[] = {
    "", "-", "--1", "+1", "1_", " 1", "é", "AzL8n0Y58m8", "-AzL8n0Y58m9", "zzzzzzzzzzzzzzzz"
};
static void refuses_base62(const void *data)
{
    long long value = 7;

    fl_label("%s", *(const char *const *)data);
    fl_expect_equal(fl_base62_decode(fl_str_of(*(const char *const *)data), &value), -EINVAL);
    fl_expect_equal(value, 7ll);
}

FL_TEST(base62_refuses_other_digits_and_overflow) { fl_table(bad_base62, refuses_base62); }

static const char *const bad_base36[] = { "", "-1", "+1", "a b", "1_000", "3w5e11264sgsg", "00000000000001", "é" };
static void refuses_base36(const void *data)
{
    unsigned long long value;

    fl_label("%s", *(const char *const *)data);
    fl_expect_equal(fl_base36_decode(fl_str_of(*(const char *const *)data), &value), -EINVAL);
}

FL_TEST(base36_refuses_other_digits_overflow_and_more_than_13) { fl_table(bad_base36, refuses_base36); }

FL_TEST(base36_reaches_the_largest_number)
{
    unsigned long long value = 0;
    fl_buf out = scratch();

    fl_base36_encode(UINT64_MAX, &out);
    fl_expect_text(fl_buf_c(&out), "3w5e11264sgsf");
    fl_expect_ok(fl_base36_decode(fl_lit("3W5E11264SGSF"), &value));
    fl_expect(value == UINT64_MAX);
}

FL_TEST(a_buffer_that_is_exactly_large_enough_is_enough)
{
    fl_buf *text = heap_buf(4), *bytes = heap_buf(3), *percent = heap_buf(5);

    fl_base64_encode(fl_lit("abc"), FL_BASE64, text);
    fl_expect_ok(fl_base64_decode(fl_lit("YWJj"), FL_BASE64, bytes));
    fl_percent_encode(fl_lit("a b"), "", percent);
    fl_expect_bytes(fl_buf_str(percent), fl_lit("a%20b"));
    fl_expect(!fl_buf_failed(text) && !fl_buf_failed(bytes) && !fl_buf_failed(percent));
}

FL_TEST(a_full_buffer_fails_the_decoder_too)
{
    fl_buf *small = heap_buf(2);

    fl_expect_equal(fl_base64_decode(fl_lit("YWJj"), FL_BASE64, small), -ENOBUFS);
    fl_expect(fl_buf_failed(small));
}

FL_TEST(pairs_of_a_form_are_joined)
{
    fl_buf out = scratch();

    fl_form_encode(fl_lit("q"), fl_lit("a b"), &out);
    fl_form_encode(fl_lit("page"), fl_lit("2"), &out);
    fl_expect_text(fl_buf_c(&out), "q=a+b&page=2");
}
