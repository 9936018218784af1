/* Regular expressions against Python's answers (tests/oracle/regex.py), and what an application sees of errors. */
#include <errno.h>
#include <fleche/regex.h>
#include "../codec/vectors.h"

static unsigned flags_of(fl_str letters)
{
    unsigned flags = 0;

    for (size_t i = 0; i < letters.size; i++)
        switch (letters.data[i]) {
        case 'i': flags |= FL_REGEX_IGNORECASE; break;
        case 'm': flags |= FL_REGEX_MULTILINE; break;
        case 's': flags |= FL_REGEX_DOTALL; break;
        case 'x': flags |= FL_REGEX_VERBOSE; break;
        case 'a': flags |= FL_REGEX_ASCII; break;
        default: fl_fail("there is no flag %c", letters.data[i]);
        }
    return flags;
}

static fl_regex *compiled(const vector *v, size_t field)
{
    fl_regex *regex = NULL;
    fl_regex_error why = { "", 0 };
    int code = fl_regex_try_new(v->fields[field], flags_of(v->fields[field + 1]), &regex, &why);

    if (code != 0)
        fl_fail("%.*s: %d: %s at %zu", FL_SHOW(v->fields[field]), code, why.message, why.offset);
    return regex;
}

/* 0-4,-,2-3 */
static fl_str places(const fl_regex_groups *groups, fl_str text)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 4096);

    for (size_t i = 0; i < groups->count; i++) {
        fl_str item = groups->items[i];
        fl_buf_add_c(&out, i == 0 ? "" : ",");
        if (item.data == NULL)
            fl_buf_add_c(&out, "-");
        else
            fl_buf_format(&out, "%td-%td", item.data - text.data, item.data - text.data + (ptrdiff_t)item.size);
    }
    return fl_buf_str(&out);
}

/* Places of groups that a repeat left behind when it tried once more differ between engines; they are told as "?". */
static fl_str without_groups(fl_str all, fl_str wanted)
{
    fl_str rest = all, whole = all;

    if (fl_str_ends(wanted, fl_lit("?")) && fl_str_cut(&rest, ',', &whole))
        for (fl_str ignored; fl_str_cut(&rest, ',', &ignored);)
            whole = fl_str_of(fl_text("%.*s,?", FL_SHOW(whole)));
    return whole;
}

static void check_match(const vector *v)
{
    static const char *const hows[] = { "search", "match", "fullmatch" };
    fl_regex_how how = FL_REGEX_SEARCH;
    fl_regex_groups groups;
    fl_str text = v->fields[4];

    while (!fl_str_equal(v->fields[1], fl_str_of(hows[how])))
        how++;
    fl_regex *regex = compiled(v, 2);
    fl_str found = fl_regex_match(regex, text, how, &groups) ? places(&groups, text) : fl_lit("-");
    fl_expect_bytes(without_groups(found, v->fields[5]), v->fields[5]);
    fl_expect_equal(fl_regex_match(regex, text, how, NULL), !fl_str_equal(v->fields[5], fl_lit("-")));
}

static void check_all(const vector *v)
{
    fl_regex_cursor cursor = { 0 };
    fl_regex_groups groups;
    fl_regex *regex = compiled(v, 1);
    size_t field = 4;

    for (; field < 10 && fl_regex_next(regex, v->fields[3], &cursor, &groups); field++)
        fl_expect_bytes(places(&groups, v->fields[3]), v->fields[field]);
    fl_expect_equal(field, v->count);
}

static void check_sub(const vector *v)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 4096);
    fl_regex *regex = compiled(v, 1);
    size_t most = (size_t)vector_int(v, 5);

    fl_expect_ok(fl_regex_try_replace(regex, v->fields[4], v->fields[3], most, &out));
    fl_expect_bytes(fl_buf_str(&out), v->fields[6]);
    if (most == 0)
        fl_expect_bytes(fl_regex_replace(regex, v->fields[4], fl_str_c(v->fields[3])), v->fields[6]);
}

static void check_names(const vector *v)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 4096);
    const fl_regex_name *names;
    size_t count = fl_regex_names(compiled(v, 1), &names);

    for (size_t i = 0; i < count; i++)
        fl_buf_format(&out, "%s%s=%zu", i == 0 ? "" : " ", names[i].name, names[i].number);
    fl_expect_bytes(fl_buf_str(&out), v->fields[3]);
}

static void check_refused(const vector *v)
{
    fl_regex *regex;
    fl_regex_error why = { "", SIZE_MAX };

    fl_expect_equal(fl_regex_try_new(v->fields[1], 0, &regex, &why), -EINVAL);
    fl_expect(why.message[0] != '\0' && why.offset <= v->fields[1].size);
}

static void check_vector(const vector *v)
{
    static const struct {
        const char *kind;
        void (*check)(const vector *v);
    } kinds[] = {
        { "match", check_match }, { "all", check_all },         { "sub", check_sub },
        { "names", check_names }, { "refused", check_refused },
    };

    for (size_t i = 0; i < FL_LENGTH(kinds); i++)
        if (vector_is(v, kinds[i].kind)) {
            kinds[i].check(v);
            return;
        }
    fl_expect(vector_is(v, "escape"));
    fl_expect_bytes(fl_regex_escape(v->fields[1]), v->fields[2]);
}

/* Many compilations: one by one they fail in the tests below. */
FL_TEST(reads_patterns_as_python, .no_torture = true) { each_vector("regex", check_vector); }

/* -- groups ------------------------------------------------------------------------------------------------------------------ */

FL_TEST(groups_are_found_by_name)
{
    fl_regex *regex = fl_regex_new("(?P<key>\\w+)(=(?P<value>\\w*))?", 0);
    fl_regex_groups groups;

    fl_expect(fl_regex_match(regex, fl_lit("a=1"), FL_REGEX_FULL, &groups));
    fl_expect_equal(groups.count, 4);
    fl_expect_bytes(fl_regex_group(regex, &groups, "key"), fl_lit("a"));
    fl_expect_bytes(fl_regex_group(regex, &groups, "value"), fl_lit("1"));
    fl_expect(fl_regex_match(regex, fl_lit("a"), FL_REGEX_FULL, &groups));
    fl_expect(fl_regex_group(regex, &groups, "value").data == NULL);
    fl_expect(fl_regex_match(regex, fl_lit("a="), FL_REGEX_FULL, &groups));
    fl_expect(fl_regex_group(regex, &groups, "value").data != NULL);
    fl_expect_equal(fl_regex_group_count(regex), 3);
}

static void ask_for_no_group(void *data)
{
    fl_regex *regex = fl_regex_new("(?P<year>x)", 0);
    fl_regex_groups groups = { 0 };

    (void)data;
    (void)fl_regex_match(regex, fl_lit("x"), FL_REGEX_FULL, &groups);
    (void)fl_regex_group(regex, &groups, "yaer");
}

FL_TEST(a_name_that_is_not_there_is_told)
{
    fl_error *error = fl_expect_raises(FL_PROGRAMMING_ERROR, ask_for_no_group, NULL);

    fl_expect_text(error->message, "the pattern '(?P<year>x)' has no group named 'yaer'");
}

FL_TEST(an_empty_text_without_memory_has_groups)
{
    fl_regex_groups groups;

    fl_expect(fl_regex_match(fl_regex_new("(a)?()", 0), (fl_str){ 0 }, FL_REGEX_SEARCH, &groups));
    fl_expect(groups.items[0].data != NULL && groups.items[1].data == NULL && groups.items[2].data != NULL);
}

FL_TEST(bytes_are_matched_as_they_are)
{
    fl_regex *regex = fl_regex_new("\xff.\\x80", FL_REGEX_BYTES);

    fl_expect(fl_regex_match(regex, fl_lit("\xff\xfe\x80"), FL_REGEX_FULL, NULL));
    fl_expect(!fl_regex_match(fl_regex_new("\\w", FL_REGEX_BYTES), fl_lit("\xc3\xa9"), FL_REGEX_SEARCH, NULL));
}

FL_TEST(a_pattern_remembers_how_it_was_written)
{
    fl_regex *regex = fl_regex_new("(?i)a\\Z", FL_REGEX_DOTALL);

    fl_expect_bytes(fl_regex_pattern(regex), fl_lit("(?i)a\\Z"));
    fl_expect_equal(fl_regex_flags(regex), FL_REGEX_IGNORECASE | FL_REGEX_DOTALL);
}

/* -- errors ------------------------------------------------------------------------------------------------------------------ */

static void compile(void *pattern) { (void)fl_regex_new(pattern, 0); }

static const struct {
    const char *pattern, *message, *detail;
} wrong[] = {
    { "articles/(?P<year>[0-9]{4}/", "the pattern is wrong at 27: missing closing parenthesis",
      "articles/(?P<year>[0-9]{4}/\n                           ^" },
    { "größe\\q", "the pattern is wrong at 7: bad escape \\q", "größe\\q\n     ^" },
    { "one\n[two\nthree", "the pattern is wrong at 4: unterminated character set", "[two\n^" },
    { "(?R)", "the pattern is wrong at 0: unknown extension ?R", "(?R)\n^" },
    { "\\u0041\\v\\Z(", "the pattern is wrong at 11: missing closing parenthesis", "\\u0041\\v\\Z(\n           ^" },
    { "", NULL, NULL },
};

static void check_wrong(const void *row)
{
    const __typeof__(*wrong) *w = row;

    fl_label("%s", w->pattern);
    if (w->message == NULL)
        return;
    fl_error *error = fl_expect_raises(FL_BAD_REGEX, compile, w->pattern);
    fl_expect_text(error->message, w->message);
    fl_expect_text(error->detail, w->detail);
    fl_expect(fl_error_is(error, FL_VALUE_ERROR));
}

FL_TEST(a_wrong_pattern_is_shown_with_a_caret, .no_torture = true) { fl_table(wrong, check_wrong); }

FL_TEST(a_pattern_that_is_not_utf8_is_refused)
{
    fl_regex *regex;
    fl_regex_error why;

    fl_expect_equal(fl_regex_try_new(fl_lit("ab\xff"), 0, &regex, &why), -EINVAL);
    fl_expect_equal(why.offset, 2);
    fl_expect_text(why.message, "the pattern is not UTF-8");
}

static void match_bytes(void *regex) { (void)fl_regex_match(regex, fl_lit("ab\xff"), FL_REGEX_SEARCH, NULL); }

FL_TEST(a_text_that_is_not_utf8_is_refused)
{
    fl_regex *regex = fl_regex_new("b", 0);

    fl_expect_equal(fl_regex_try_match(regex, fl_lit("ab\xff"), FL_REGEX_SEARCH, NULL), -EILSEQ);
    fl_error *error = fl_expect_raises(FL_VALUE_ERROR, match_bytes, regex);
    fl_expect_text(error->message, "the text is not UTF-8 from byte 2 on, and the pattern 'b' matches text");
}

/* -- replacing --------------------------------------------------------------------------------------------------------------- */

static void upper(const fl_regex_groups *groups, void *data, fl_buf *out)
{
    ++*(int *)data;
    fl_buf_add(out, fl_str_upper_ascii(groups->items[1]));
}

FL_TEST(a_function_writes_replacements)
{
    fl_regex *regex = fl_regex_new("_(\\w)", 0);
    int calls = 0;

    fl_expect_bytes(fl_regex_replace_by(regex, fl_lit("snake_case_name"), upper, &calls), fl_lit("snakeCaseName"));
    fl_expect_equal(calls, 2);
}

static const char *const wrong_templates[] = { "a\\", "\\g", "\\g<", "\\g<>", "\\g<2>", "\\2", "\\g<no>", "\\q", "\\377" };

static void replace_wrongly(void *with) { (void)fl_regex_replace(fl_regex_new("(x)", 0), fl_lit("no match"), with); }

static void check_template(const void *row)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 64);
    const char *with = *(const char *const *)row;

    fl_label("%s", with);
    fl_expect_contains(fl_expect_raises(FL_BAD_REGEX, replace_wrongly, with)->message, "is wrong at");
    fl_expect_equal(fl_regex_try_replace(fl_regex_new("(x)", 0), fl_lit("x"), fl_str_of(with), 0, &out), -EINVAL);
    fl_expect_equal(out.size, 0);
}

FL_TEST(a_wrong_replacement_is_refused_without_a_match_too, .no_torture = true) { fl_table(wrong_templates, check_template); }

FL_TEST(a_replacement_says_how_many_and_respects_the_ceiling)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 64), small = fl_buf_in(fl_arena_here(), 4);
    fl_regex *regex = fl_regex_new("a", 0);

    fl_expect_equal(fl_regex_try_replace(regex, fl_lit("banana"), fl_lit("o"), 0, &out), 3);
    fl_expect_equal(fl_regex_try_replace(regex, fl_lit("xyz"), fl_lit("o"), 0, &out), 0);
    fl_expect_bytes(fl_buf_str(&out), fl_lit("bononoxyz"));
    fl_expect_equal(fl_regex_try_replace(regex, fl_lit("banana"), fl_lit("o"), 0, &small), -ENOBUFS);
}

FL_TEST(a_text_without_a_match_is_given_back_itself)
{
    fl_str text = fl_lit("nothing");

    fl_expect_same(fl_regex_replace(fl_regex_new("x", 0), text, "y").data, text.data);
}
