/* The same tables as in tests/oracle/urls.py, and what Django's resolver makes of them: tests/data/urls.tsv. */
#include <fleche/json.h>
#include "../codec/vectors.h"
#include "tables.h"

static bool parse_even(fl_str text, fl_value *ret)
{
    long long value;

    if (!fl_str_int(text, &value) || value % 2 != 0)
        return false;
    *ret = fl_box(value);
    return true;
}

static const char *even_text(fl_value value)
{
    fl_int number;
    return fl_value_to_int(value, &number) && number % 2 == 0 ? fl_text("%lld", number) : NULL;
}
FL_CONVERTER(even, .regex = "[0-9]+", .parse = parse_even, .text = even_text);

static bool parse_year(fl_str text, fl_value *ret)
{
    long long value;

    if (!fl_str_int(text, &value))
        return false;
    *ret = fl_box(value);
    return true;
}

static const char *year_text(fl_value value)
{
    fl_int number;
    return fl_value_to_int(value, &number) ? fl_text("%04lld", number) : NULL;
}
FL_CONVERTER(yyyy, .regex = "[0-9]{4}", .parse = parse_year, .text = year_text);

FL_URLS(polls, Path("", no_view, .name = "index"), Path("<int:id>/", no_view, .name = "detail"),
        Path("<int:id>/edit/", no_view, .name = "edit", .extra = { "mode", "edit" }),
        RePath("^(?P<slug>[-\\w]+)/old/$", no_view, .name = "old"),
        Path("<str:id>/<slug:x>/", no_view, .name = "list", .extra = { "y", "leaf" }));
FL_URLS(plain, Path("x/<slug:slug>/", no_view, .name = "plain"), RePath("^([a-z]+)/([0-9]+)/$", no_view, .name = "two"));
FL_URLS(nested, Path("", no_view, .name = "nested"), Include("deep/", polls, .app_name = "polls", .namespace = "deep"),
        Include("p/", plain));
FL_URLS(same, Path("<int:id>/", no_view, .name = "same"), Path("<str:x>/s/", no_view, .name = "shadow"));
FL_URLS(positions, RePath("^q(\\d)/$", no_view, .name = "pq"), Path("n/<int:n>/", no_view, .name = "pn"),
        Path("e/", no_view, .name = "pe", .extra = { "x", "1" }));
FL_URLS(below, RePath("^([a-z])/(\\d)$", no_view, .name = "below"));
FL_URLS(twice_a, Path("a/", no_view, .name = "a"));
FL_URLS(twice_b, Path("a/", no_view, .name = "a"), Path("b/", no_view, .name = "b"));
FL_URLS(root, Path("", no_view, .name = "root"), Path("articles/2003/", no_view, .name = "special"),
        Path("articles/<int:year>/", no_view, .name = "year"), Path("articles/<int:year>/<int:month>/", no_view, .name = "month"),
        Path("articles/<int:year>/<int:month>/<slug:slug>/", no_view, .name = "article"),
        Path("articles/<str:rest>/", no_view, .name = "rest"), Path("y/<yyyy:year>/", no_view, .name = "yyyy"),
        Path("e/<even:n>/", no_view, .name = "even"), Path("e/<int:n>/", no_view, .name = "odd"),
        Path("u/<uuid:id>/", no_view, .name = "uuid"), Path("g/<path:dir>/x/<str:name>", no_view, .name = "gx"),
        Path("f/<path:file>/raw", no_view, .name = "raw"), Path("f/<path:file>", no_view, .name = "file"),
        Path("<slug:a>-<int:b>/", no_view, .name = "dash"), Path("k/<str:a>.<str:b>", no_view, .name = "dots"),
        Path("k/<str:a>", no_view, .name = "nodots"), RePath("^old/(?P<year>[0-9]{4})/$", no_view, .name = "old"),
        RePath("^opt/(?:page-(?P<page>[0-9]+)/)?$", no_view, .name = "opt"),
        RePath("^optu/(?:([0-9]+)/)?([a-z]*)$", no_view, .name = "optu"),
        RePath("^comments/(?:page-(\\d+)/)?$", no_view, .name = "comments"),
        RePath("^mixed/(\\w+)/(?P<name>\\w+)/$", no_view, .name = "mixed"),
        RePath("^class/[a-f]+\\d\\.x{2,3}/$", no_view, .name = "class"), RePath("^either/(a|b)/$", no_view, .name = "either"),
        RePath("^(a|b)lternative|other$", no_view, .name = "alternative"), RePath("any(\\d)thing", no_view, .name = "any"),
        Include("^i/", plain, .regex_prefix = true), Include("polls/", polls, .app_name = "polls"),
        Include("other/", polls, .app_name = "polls", .namespace = "other"), Include("<int:owner>/things/", plain),
        Include("extra/<int:id>/", polls, .extra = { "x", "outer" }), Include("same/<int:id>/", same, .extra = { "x", "outer" }),
        Include("words/<path:words>/in/", plain), Include("^(?P<lang>[a-z]{2})/(\\d+)/", below, .regex_prefix = true),
        Include("^p(\\d)/", positions, .regex_prefix = true), Include("n/", nested, .app_name = "nested", .namespace = "n1"),
        Include("m/", nested, .app_name = "nested", .namespace = "n2"), Path("caf\u00e9/<str:name>/", no_view, .name = "cafe"),
        Path("q'u o+te/<str:name>", no_view, .name = "quote"), Path("dup/a/", no_view, .name = "dup"),
        Path("dup/<int:n>/", no_view, .name = "dup"), Path("dup/b/", no_view, .name = "dup"),
        Include("twice/", twice_a, .app_name = "twice"), Include("again/", twice_b, .app_name = "twice"));

static const fl_url_table *the_table(void)
{
    fl_converter_register(&even_converter);
    fl_converter_register(&yyyy_converter);
    return use_urls(&root);
}

/* -- resolving ------------------------------------------------------------------------------------------------------------------ */

static const char *joined(const char *const *names, size_t n)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 4096);

    for (size_t i = 0; i < n; i++)
        fl_buf_format(&out, "%s%s", i > 0 ? ":" : "", names[i]);
    return fl_buf_c(&out);
}

static const char *arguments(const fl_match *match, bool named)
{
    fl_list *list = fl_list_new();
    fl_dict *dict = fl_dict_new();

    for (size_t i = 0; i < match->argument_count; i++)
        if (match->arguments[i].name == NULL)
            fl_list_push(list, match->arguments[i].value);
        else
            fl_dict_put(dict, fl_str_of(match->arguments[i].name), match->arguments[i].value);
    return fl_json_dump_as(named ? fl_json_of(dict) : fl_json_of(list), .sort_keys = true);
}

static void check_resolve(const vector *v)
{
    if (!vector_is(v, "resolve"))
        return;
    const fl_match *match = fl_url_resolve(fl_urls_root(), fl_str_c(v->fields[1]));
    fl_label("%.*s", FL_SHOW(v->fields[1]));
    fl_expect_equal(match != NULL, v->count > 2);
    if (match == NULL)
        return;
    fl_expect_text(match->pattern, fl_str_c(v->fields[2]));
    fl_expect_text(match->url_name, fl_str_c(v->fields[3]));
    fl_expect_text(joined(match->namespaces, match->namespace_count), fl_str_c(v->fields[4]));
    fl_expect_text(joined(match->app_names, match->namespace_count), fl_str_c(v->fields[5]));
    fl_expect_text(arguments(match, false), fl_str_c(v->fields[6]));
    fl_expect_text(arguments(match, true), fl_str_c(v->fields[7]));
}

static void run_resolve(void *data) { check_resolve(data); }
static void try_resolve(const vector *v) { fl_subtest(fl_text("line %zu", v->line), run_resolve, (void *)v); }

FL_TEST(paths_resolve_as_djangos, .no_torture = true)          /* a vector is no more than a small look-up */
{
    (void)the_table();
    each_vector("urls", try_resolve);
}

/* -- reversing ------------------------------------------------------------------------------------------------------------------ */

static const char *reversed(const vector *v)
{
    const fl_list *args = fl_json_parse(fl_str_c(v->fields[2]))->value.list;
    const fl_dict *kwargs = fl_json_parse(fl_str_c(v->fields[3]))->value.dict;
    fl_value *pairs = fl_new_array(fl_value, 2 * fl_dict_count(kwargs) + 1), key, value;
    size_t n = 0;

    for (size_t cursor = 0; fl_dict_next(kwargs, &cursor, &key, &value); n++) {
        pairs[2 * n] = key;
        pairs[2 * n + 1] = value;
    }
    const char *url = fl_try_reverse(
        fl_str_c(v->fields[1]), pairs, n,
        &(const fl_reverse_options){ .args = args->items, .arg_count = args->count, .current_app = fl_str_c(v->fields[4]) });
    return url == NULL ? "" : url;
}

static void run_reverse(void *data)
{
    const vector *v = data;
    fl_label("%.*s %.*s %.*s", FL_SHOW(v->fields[1]), FL_SHOW(v->fields[2]), FL_SHOW(v->fields[3]));
    fl_expect_text(reversed(v), fl_str_c(v->fields[5]));
}

static void check_reverse(const vector *v)
{
    if (vector_is(v, "reverse"))
        fl_subtest(fl_text("line %zu", v->line), run_reverse, (void *)v);
}

FL_TEST(names_reverse_as_djangos, .no_torture = true)          /* as above */
{
    (void)the_table();
    each_vector("urls", check_reverse);
}
