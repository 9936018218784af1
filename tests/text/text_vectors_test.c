/* The utilities against what Django's and Python's make of the same: tests/data/text.tsv. */
#include <fleche/format.h>
#include <fleche/html.h>
#include <fleche/text.h>
#include "../codec/vectors.h"

static fl_str last(const vector *v) { return v->fields[v->count - 1]; }
static const char *c_text(const vector *v, size_t field) { return fl_str_c(v->fields[field]); }
static const char *ending(const vector *v) { return v->fields[3].size == 0 ? NULL : c_text(v, 3); }

/* -- functions of one text --------------------------------------------------------------------------------------------------- */

static fl_str escape(fl_str text) { return fl_escape(text).text; }
static fl_str escapejs(fl_str text) { return fl_escapejs(text).text; }

static const struct {
    const char *name;
    fl_str (*run)(fl_str text);
} simple[] = {
    { "escape", escape },
    { "escapejs", escapejs },
    { "unescape", fl_unescape },
    { "strip_spaces", fl_strip_spaces_between_tags },
    { "smart_urlquote", fl_smart_urlquote },
    { "normalize_newlines", fl_normalize_newlines },
    { "slugify", fl_slugify },
    { "slugify_unicode", fl_slugify_unicode },
    { "capfirst", fl_capfirst },
    { "phone", fl_phone2numeric },
    { "camel", fl_camel_case_to_spaces },
    { "slashes", fl_escape_leading_slashes },
};

static fl_str (*simple_run)(fl_str text);
static const char *simple_name;

static void check_simple(const vector *v)
{
    if (!vector_is(v, simple_name))
        return;
    fl_str made = simple_run(v->fields[1]);
    fl_expect_bytes(made, last(v));
    fl_expect_equal(made.data[made.size], '\0');
}

FL_TEST(functions_of_one_text_give_djangos_results)
{
    for (size_t i = 0; i < FL_LENGTH(simple); i++) {
        simple_run = simple[i].run;
        simple_name = simple[i].name;
        each_vector("text", check_simple);
    }
}

/* -- functions that raise ---------------------------------------------------------------------------------------------------- */

typedef struct try { fl_str (*run)(fl_str text); fl_str text, made; } try;

static void run_try(void *data)
{
    try *t = data;
    t->made = t->run(t->text);
}

static void check_raising(const vector *v, const char *name, fl_str (*run)(fl_str text))
{
    if (!vector_is(v, name))
        return;
    try t = { run, v->fields[1], fl_lit("") };
    if (!fl_str_equal(last(v), fl_lit("!")) || v->fields[1].size <= 1) {
        t.made = run(t.text);
        fl_expect_bytes(t.made, last(v));
        return;
    }
    fl_error *error = fl_protect(run_try, &t);
    fl_expect(fl_error_is(error, FL_BAD_REQUEST) || fl_error_is(error, FL_VALUE_ERROR));
}

static void check_strip(const vector *v) { check_raising(v, "strip_tags", fl_strip_tags); }
FL_TEST(strip_tags_gives_djangos_results) { each_vector("text", check_strip); }

static void check_names(const vector *v)
{
    if (v->fields[1].size == 0 && fl_str_equal(last(v), fl_lit("!")))
        return;
    check_raising(v, "literal", fl_unescape_string_literal);
    if (vector_is(v, "filename") && fl_str_equal(v->fields[1], fl_lit(".")))
        return;
    check_raising(v, "filename", fl_get_valid_filename);
}
FL_TEST(literals_and_file_names_are_djangos) { each_vector("text", check_names); }

/* -- functions with options -------------------------------------------------------------------------------------------------- */

static void check_truncated(const vector *v)
{
    if (vector_is(v, "chars"))
        fl_expect_bytes(fl_truncate_chars(v->fields[1], vector_int(v, 2), ending(v)), last(v));
    if (vector_is(v, "words"))
        fl_expect_bytes(fl_truncate_words(v->fields[1], vector_int(v, 2), ending(v)), last(v));
}
FL_TEST(text_is_truncated_as_django_does) { each_vector("text", check_truncated); }

static void check_truncated_html(const vector *v)
{
    if (vector_is(v, "chars_html"))
        fl_expect_bytes(fl_truncate_chars_html(v->fields[1], vector_int(v, 2), ending(v)), last(v));
    if (vector_is(v, "words_html"))
        fl_expect_bytes(fl_truncate_words_html(v->fields[1], vector_int(v, 2), ending(v)), last(v));
}
FL_TEST(html_is_truncated_as_django_does) { each_vector("text", check_truncated_html); }

static void check_urlize(const vector *v)
{
    static const fl_urlize_options options[] = { { 0 },
                                                 { .nofollow = true, .escape = true },
                                                 { .limit = 12, .escape = true, .https = true } };

    if (vector_is(v, "urlize"))
        fl_expect_bytes(fl_urlize_(v->fields[1], &options[vector_int(v, 2)]), last(v));
}
FL_TEST(urlize_gives_djangos_results) { each_vector("text", check_urlize); }

static void check_lines(const vector *v)
{
    if (vector_is(v, "linebreaks"))
        fl_expect_bytes(fl_linebreaks(v->fields[1], vector_int(v, 2) != 0), last(v));
    if (vector_is(v, "wrap"))
        fl_expect_bytes(fl_wrap_words(v->fields[1], vector_int(v, 2)), last(v));
}
FL_TEST(paragraphs_and_wrapped_lines_are_djangos) { each_vector("text", check_lines); }

static void check_words(const vector *v)
{
    fl_split words = { .rest = v->fields[1] };
    fl_str word;

    if (!vector_is(v, "smart_split"))
        return;
    for (size_t i = 2; i < v->count; i++) {
        fl_expect(fl_smart_split(&words, &word));
        fl_expect_bytes(word, v->fields[i]);
    }
    fl_expect(!fl_smart_split(&words, &word));
}
FL_TEST(smart_split_finds_djangos_words) { each_vector("text", check_words); }

/* -- dates and numbers ------------------------------------------------------------------------------------------------------- */

static fl_datetime moment(const vector *v, size_t field)
{
    return fl_datetime_add(fl_datetime_of_unix(0, 0), FL_MICROSECONDS(vector_int(v, field)));
}

static void check_date(const vector *v)
{
    if (vector_is(v, "date"))
        fl_expect_text(fl_format_datetime_in(moment(v, 1), c_text(v, 3), fl_zone_named(c_text(v, 2))), c_text(v, 4));
}
FL_TEST(every_character_of_a_date_format_is_djangos) { each_vector("text", check_date); }

typedef struct part { fl_value value; const char *format; const char *made; } part;

static void format_part(void *data)
{
    part *p = data;
    p->made = p->value.kind == FL_V_DATE ? fl_format_date(p->value.date, p->format) : fl_format_time(p->value.time, p->format);
}

static void check_part(const vector *v)
{
    part p = { .format = c_text(v, 2) };

    if (!vector_is(v, "day") && !vector_is(v, "clock"))
        return;
    p.value = vector_is(v, "day") ? fl_box(fl_date_parse(c_text(v, 1))) : fl_box(fl_time_parse(c_text(v, 1)));
    if (fl_str_equal(last(v), fl_lit("!"))) {
        fl_expect_error(FL_TYPE_ERROR, format_part, &p);
        return;
    }
    format_part(&p);
    fl_expect_text(p.made, fl_str_c(last(v)));
}
FL_TEST(dates_and_times_alone_are_formatted_as_django_does) { each_vector("text", check_part); }

static void check_span(const vector *v)
{
    if (vector_is(v, "timesince"))
        fl_expect_text(fl_timesince_between(moment(v, 1), moment(v, 2), (int)vector_int(v, 3)), c_text(v, 4));
}
FL_TEST(spans_of_time_are_djangos) { each_vector("text", check_span); }

static fl_value number_of(const vector *v)
{
    double f = 0;

    if (fl_str_equal(v->fields[1], fl_lit("int")))
        return fl_box(vector_int(v, 2));
    if (fl_str_equal(v->fields[1], fl_lit("decimal")))
        return fl_box(fl_decimal_parse(c_text(v, 2)));
    if (fl_str_equal(v->fields[1], fl_lit("text")))
        return fl_box(v->fields[2]);
    fl_expect(fl_str_double(v->fields[2], &f));
    return fl_box(f);
}

static void check_number(const vector *v)
{
    fl_number_style style = { 0 };
    size_t groups = 0;

    if (!vector_is(v, "number"))
        return;
    if (v->fields[3].size > 0)
        style.decimals = vector_int(v, 3) == 0 ? FL_NO_DECIMALS : (int)vector_int(v, 3);
    for (fl_str group, rest = v->fields[4]; fl_str_cut(&rest, ',', &group);) {
        long long size = 0;
        fl_expect(fl_str_int(group, &size));
        style.grouping[groups++] = (int)size;
    }
    fl_expect_text(fl_number_format_(number_of(v), &style), fl_str_c(last(v)));
}
FL_TEST(numbers_are_formatted_as_django_does) { each_vector("text", check_number); }
