/* Regular expressions: the pattern of a URL, as a table of URLs tries it; peer: PCRE2 called directly, its checks on. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <fleche/bench.h>
#include <fleche/regex.h>
#include <pcre2.h>

static const char url[] = "articles/(?P<year>[0-9]{4})/(?P<month>[0-9]{1,2})/(?P<slug>[-a-zA-Z0-9_]+)/";
#define PATH "articles/2026/11/a-day-in-winter/"

static void our_match(size_t n)
{
    fl_regex *regex = fl_regex_new(url, 0);

    for (size_t i = 0; i < n; i++)
        fl_scope {
            fl_regex_groups groups;
            fl_bench_use(fl_regex_match(regex, fl_lit(PATH), FL_REGEX_FULL, &groups));
            fl_bench_use(groups.items);
        }
}

static void pcre2_itself(size_t n)
{
    int error;
    PCRE2_SIZE offset;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)url, PCRE2_ZERO_TERMINATED,
                                     PCRE2_UTF | PCRE2_UCP | PCRE2_ANCHORED | PCRE2_ENDANCHORED, &error, &offset, NULL);

    (void)pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
    pcre2_match_data *data = pcre2_match_data_create_from_pattern(code, NULL);
    for (size_t i = 0; i < n; i++)
        fl_bench_use(pcre2_match(code, (PCRE2_SPTR)PATH, sizeof PATH - 1, 0, 0, data, NULL));
    pcre2_match_data_free(data);
    pcre2_code_free(code);
}

FL_BENCH_PAIR(regex_url, our_match, pcre2_itself, .unit = "match", .target = 0.5, .target_of = FL_TARGET_TIMES_FASTER);

FL_BENCH(regex_url_another, .unit = "path that is another's", .target = 150, .target_of = FL_TARGET_NANOSECONDS)
{
    fl_regex *regex = fl_regex_new(url, 0);

    for (size_t i = 0; i < n; i++)
        fl_bench_use(fl_regex_match(regex, fl_lit("accounts/login/"), FL_REGEX_FULL, NULL));
}

FL_BENCH(regex_cached, .unit = "look-up", .target = 150, .target_of = FL_TARGET_NANOSECONDS)
{
    for (size_t i = 0; i < n; i++)
        fl_bench_use(fl_regex_cached(url, 0));
}

FL_BENCH(regex_compile, .unit = "pattern")
{
    for (size_t i = 0; i < n; i++)
        fl_scope {
            fl_bench_use(fl_regex_new(url, 0));
        }
}

FL_BENCH(regex_replace_white_space, .unit = "64 KiB")
{
    static char text[1 << 16];
    fl_regex *regex = fl_regex_new("\\s+", 0);

    for (size_t i = 0; i < sizeof text; i++)
        text[i] = "a day in  winter, "[i % 18];
    for (size_t i = 0; i < n; i++)
        fl_scope {
            fl_bench_use(fl_regex_replace(regex, fl_str_n(text, sizeof text), " ").data);
        }
}
