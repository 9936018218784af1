/* UTF-8: what is valid, and stepping, counting and repairing where it is not. */
#include "../codec/vectors.h"

static fl_str repaired_by_steps(fl_str text)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);
    uint32_t code_point;
    char bytes[4];

    while (fl_utf8_next(&text, &code_point))
        fl_buf_add_n(&out, bytes, fl_utf8_put(code_point, bytes));
    return fl_buf_str(&out);
}

static size_t count_by_steps(fl_str text)
{
    uint32_t code_point;
    size_t count = 0;

    while (fl_utf8_next(&text, &code_point))
        count++;
    return count;
}

static void check_repair(const vector *v)
{
    if (!vector_is(v, "repair"))
        return;
    fl_str input = v->fields[1], expected = v->fields[2];
    bool valid = fl_str_equal(input, expected);
    fl_expect_bytes(fl_utf8_repair(input), expected);
    fl_expect_bytes(repaired_by_steps(input), expected);
    fl_expect(fl_utf8_valid(input) == valid);
    fl_expect(fl_utf8_count(input) == count_by_steps(expected));
    size_t prefix = fl_utf8_valid_prefix(input);
    fl_expect((prefix == input.size) == valid);
    fl_expect(fl_utf8_valid(fl_str_slice(input, 0, prefix)));
}

FL_TEST(broken_bytes_are_replaced_as_in_python) { each_vector("unicode", check_repair); }

FL_TEST(every_code_point_goes_out_and_comes_back)
{
    for (uint32_t c = 0; c < 0x110000; c++) {
        char bytes[4];
        size_t size = fl_utf8_put(c, bytes);
        if (c >= 0xD800 && c < 0xE000) {
            fl_expect(size == 0);
            continue;
        }
        fl_str text = fl_str_n(bytes, size), rest = text;
        uint32_t back = 0;
        fl_expect(fl_utf8_valid(text) && fl_utf8_next(&rest, &back) && back == c && rest.size == 0);
        fl_expect(fl_utf8_valid_prefix(fl_str_slice(text, 0, size - 1)) == 0 || size == 1);
    }
}

FL_TEST(what_is_no_code_point_has_no_bytes)
{
    char bytes[4];

    fl_expect(fl_utf8_put(0x110000, bytes) == 0);
    fl_expect(fl_utf8_put(UINT32_MAX, bytes) == 0);
}

FL_TEST(a_fault_is_found_at_every_distance_from_the_start)
{
    char text[100];

    for (size_t at = 0; at < sizeof text; at++) {
        memset(text, 'x', sizeof text);
        text[at] = (char)0x80;
        fl_expect(fl_utf8_valid_prefix(fl_str_n(text, sizeof text)) == at);
        fl_expect(fl_utf8_count(fl_str_n(text, sizeof text)) == sizeof text);
        fl_expect(fl_utf8_valid_prefix(fl_str_n(text, at)) == at);
    }
}

FL_TEST(a_valid_text_is_repaired_into_itself)
{
    fl_str text = fl_lit("déjà vu");

    fl_expect(fl_utf8_repair(text).data == text.data);
    fl_expect(fl_utf8_count(text) == 7);
}

FL_TEST(no_text_at_all_is_valid_and_empty)
{
    fl_str none = { NULL, 0 }, rest = none;
    uint32_t code_point;

    fl_expect(fl_utf8_valid(none) && fl_utf8_count(none) == 0 && fl_utf8_repair(none).size == 0);
    fl_expect(!fl_utf8_next(&rest, &code_point));
    fl_expect(fl_lower(none).size == 0 && fl_normalize(none, FL_NFKC).size == 0 && fl_strip_marks(none).size == 0);
    fl_expect(fl_grapheme_count(none) == 0 && fl_display_width(none) == 0 && fl_grapheme_prefix(none, 3).size == 0);
}
