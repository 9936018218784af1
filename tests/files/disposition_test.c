/* Content-Disposition as Django writes it. */
#include "files_help.h"

static void check_vector(const vector *v)
{
    if (vector_is(v, "disposition"))
        fl_expect_bytes(or_refused(fl_content_disposition(vector_int(v, 2) != 0, v->fields[3])), v->fields[1]);
}

FL_TEST(headers_are_those_of_django) { each_vector("files", check_vector); }

FL_TEST(a_name_beyond_ascii_is_percent_encoded_utf_8)
{
    fl_expect_text(fl_content_disposition(true, fl_lit("naïve.txt")), "attachment; filename*=utf-8''na%C3%AFve.txt");
    fl_expect_text(fl_content_disposition(false, fl_lit("a \"b\"\\c.txt")), "inline; filename=\"a \\\"b\\\"\\\\c.txt\"");
}

FL_TEST(no_name_ends_the_header)
{
    for (int c = 0; c < 256; c++) {
        char name[] = { 'a', (char)c, 'b' };
        fl_str value = fl_str_of(fl_content_disposition(true, fl_str_n(name, sizeof name)));
        for (size_t i = 0; i < value.size; i++)
            fl_expect(value.data[i] == '\t' || (value.data[i] >= ' ' && value.data[i] <= '~'));
    }
}
