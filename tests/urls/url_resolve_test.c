/* Resolving: converters, order, includes, expressions; what is captured; what was tried; patterns that are none. */
#include <fleche/env.h>
#include <fleche/http.h>
#include "tables.h"

/* -- converters ------------------------------------------------------------------------------------------------------------------- */

FL_URLS(kinds, Path("int/<int:v>/", no_view, .name = "int"), Path("str/<str:v>/", no_view, .name = "str"),
        Path("plain/<v>/", no_view, .name = "plain"), Path("slug/<slug:v>/", no_view, .name = "slug"),
        Path("uuid/<uuid:v>/", no_view, .name = "uuid"), Path("path/<path:v>/", no_view, .name = "path"));

static const struct {
    const char *path, *name, *arguments;
} kind_rows[] = {
    { "/int/0/", "int", "{'v': 0}" },
    { "/int/007/", "int", "{'v': 7}" },
    { "/int/9223372036854775807/", "int", "{'v': 9223372036854775807}" },
    { "/int/9223372036854775808/", "(none)", NULL },
    { "/int/-1/", "(none)", NULL },
    { "/int/1.0/", "(none)", NULL },
    { "/int//", "(none)", NULL },
    { "/int/abc/", "(none)", NULL },
    { "/str/a b/", "str", "{'v': 'a b'}" },
    { "/str/a/b/", "(none)", NULL },
    { "/plain/x/", "plain", "{'v': 'x'}" },
    { "/slug/a-b_C9/", "slug", "{'v': 'a-b_C9'}" },
    { "/slug/a.b/", "(none)", NULL },
    { "/slug/caf\u00e9/", "(none)", NULL },
    { "/uuid/075194d3-6885-417e-a8a8-6c931e272f00/", "uuid", NULL },
    { "/uuid/075194D3-6885-417E-A8A8-6C931E272F00/", "(none)", NULL },
    { "/uuid/075194d36885417ea8a86c931e272f00/", "(none)", NULL },
    { "/uuid/075194d3-6885-417e-a8a86-c931e272f00/", "(none)", NULL },
    { "/path/a/b/c.txt/", "path", "{'v': 'a/b/c.txt'}" },
    { "/path//", "(none)", NULL },
    { "int/7/", "(none)", NULL },
    { "", "(none)", NULL },
};

static void check_kind(const void *row)
{
    const typeof(*kind_rows) *it = row;

    fl_label("%s", it->path);
    fl_expect_text(name_at(fl_urls_root(), it->path), it->name);
    if (it->arguments != NULL)
        fl_expect_text(arguments_at(fl_urls_root(), it->path), it->arguments);
}

FL_TEST(each_converter_takes_what_is_its_own)
{
    (void)use_urls(&kinds);
    fl_table(kind_rows, check_kind);
}

FL_TEST(a_uuid_arrives_as_one)
{
    const fl_match *match = fl_url_resolve(use_urls(&kinds), "/uuid/075194d3-6885-417e-a8a8-6c931e272f00/");

    fl_expect_equal((int)match->arguments[0].value.kind, (int)FL_V_UUID);
}

static bool parse_month(fl_str text, fl_value *ret)
{
    static const char *const months[] = { "jan", "feb", "mar" };

    for (size_t i = 0; i < FL_LENGTH(months); i++)
        if (fl_str_equal(text, fl_str_of(months[i]))) {
            *ret = fl_box((int)i + 1);
            return true;
        }
    return false;
}
FL_CONVERTER(month, .regex = "[a-z]{3}", .parse = parse_month);
FL_URLS(by_month, Path("<month:m>/", no_view, .name = "month"), Path("<slug:s>/", no_view, .name = "slug"));

FL_TEST(a_converter_of_ones_own_refuses_values_and_the_next_route_is_asked)
{
    fl_converter_register(&month_converter);
    fl_converter_register(&month_converter);             /* the same one twice is once */
    const fl_url_table *table = use_urls(&by_month);

    fl_expect_text(name_at(table, "/feb/"), "month");
    fl_expect_text(arguments_at(table, "/feb/"), "{'m': 2}");
    fl_expect_text(name_at(table, "/xyz/"), "slug");
}

static void register_int(void *data)
{
    static const fl_converter again = { .name = "int", .regex = "[0-9]" };
    (void)data;
    fl_converter_register(&again);
}

FL_TEST(a_second_converter_of_one_name_is_refused)
{
    fl_expect_contains(fl_expect_raises(FL_VALUE_ERROR, register_int, NULL)->message, "'int' is registered already");
}

/* -- order and includes --------------------------------------------------------------------------------------------------------- */

FL_URLS(ordered, Path("<slug:s>/", no_view, .name = "first"), Path("a/", no_view, .name = "second"),
        RePath("^b/$", no_view, .name = "third"));
FL_URLS(ordered_otherwise, RePath("^[a-z]/$", no_view, .name = "expression"), Path("a/", no_view, .name = "static"));

FL_TEST(the_first_route_that_matches_answers)
{
    fl_expect_text(name_at(use_urls(&ordered), "/a/"), "first");
    fl_expect_text(name_at(fl_urls_root(), "/b/"), "first");
    fl_expect_text(name_at(use_urls(&ordered_otherwise), "/a/"), "expression");
}

FL_URLS(leaves, Path("<slug:slug>/", no_view, .name = "leaf", .extra = { "how", "leaf" }));
FL_URLS(middle, Include("in/<int:id>/", leaves, .extra = { "how", "middle", "more", "yes" }));
FL_URLS(outer, Include("<str:who>/", middle, .app_name = "app", .namespace = "space"));

FL_TEST(includes_pass_down_what_they_capture_and_inner_arguments_win)
{
    const fl_match *match = fl_url_resolve(use_urls(&outer), "/ada/in/7/notes/");

    fl_expect_text(arguments_at(fl_urls_root(), "/ada/in/7/notes/"),
                   "{'who': 'ada', 'id': 7, 'slug': 'notes', 'how': 'leaf', 'more': 'yes'}");
    fl_expect_text(match->pattern, "<str:who>/in/<int:id>/<slug:slug>/");
    fl_expect_text(match->view_name, "space:leaf");
    fl_expect_text(match->namespaces[0], "space");
    fl_expect_text(match->app_names[0], "app");
    fl_expect_same(match->route, &leaves.routes[0]);
    fl_expect(match->arguments[3].extra && !match->arguments[0].extra);
}

FL_URLS(expressions, RePath("^years/(?P<year>[0-9]{4})/$", no_view, .name = "named"),
        RePath("^two/([a-z]+)/(?:x([0-9]))?$", no_view, .name = "unnamed"),
        RePath("^mixed/([a-z]+)/(?P<n>[0-9])/(?P<gone>q)?$", no_view, .name = "mixed"));

FL_TEST(named_groups_come_as_text_and_silence_unnamed_ones)
{
    const fl_url_table *table = use_urls(&expressions);

    fl_expect_text(arguments_at(table, "/years/2026/"), "{'year': '2026'}");
    fl_expect_text(arguments_at(table, "/mixed/abc/7/"), "{'n': '7'}");
}

FL_TEST(an_unnamed_group_that_took_no_part_keeps_its_place)
{
    fl_expect_text(arguments_at(use_urls(&expressions), "/two/ab/"), "{}['ab', None]");
}

static fl_request *request_at(const char *path)
{
    fl_request *request = fl_request_new("GET", path);
    request->match = fl_url_resolve(fl_urls_root(), path);
    fl_expect(request->match != NULL);
    return request;
}

static void ask_int(void *data) { (void)fl_kwarg_int(data, "slug"); }
static void ask_nothing(void *data) { (void)fl_kwarg_int(data, "nothing"); }

FL_TEST(the_view_asks_by_name_and_by_place)
{
    (void)use_urls(&outer);
    fl_request *request = request_at("/ada/in/7/notes/");
    fl_expect_equal(fl_kwarg_int(request, "id"), 7);
    fl_expect_text(fl_kwarg(request, "id"), "7");
    fl_expect_equal(fl_kwarg_value(request, "id"), 7);
    fl_expect(fl_kwarg(request, "nothing") == NULL && fl_value_is_none(fl_kwarg_value(request, "nothing")));
    fl_expect_contains(fl_expect_raises(FL_VALUE_ERROR, ask_int, request)->message, "'slug' of the URL is no integer: 'notes'");
    fl_expect_contains(fl_expect_raises(FL_VALUE_ERROR, ask_nothing, request)->message, "captures nothing named 'nothing'");
    (void)use_urls(&expressions);
    request = request_at("/two/ab/x3");
    fl_expect_text(fl_arg(request, 0), "ab");
    fl_expect_text(fl_arg(request, 1), "3");
    fl_expect(fl_arg(request, 2) == NULL && fl_arg(request_at("/two/ab/"), 1) == NULL);
}

/* -- asking outside of requests ---------------------------------------------------------------------------------------------------- */

static void resolve_nothing(void *path) { (void)fl_resolve(path); }

FL_TEST(resolving_by_hand_gives_the_match_or_raises)
{
    (void)use_urls(&kinds);
    fl_expect_text(fl_resolve("/int/7/")->url_name, "int");
    fl_expect(fl_is_valid_path("/int/7/") && !fl_is_valid_path("/int/x/"));
    fl_expect_contains(fl_expect_raises(FL_NOT_FOUND, resolve_nothing, "/int/x/")->message, "/int/x/");
}

FL_TEST(without_a_table_nothing_is_valid)
{
    fl_expect(!fl_is_valid_path("/") && fl_urls_root() == NULL);
    fl_expect_error(FL_NOT_FOUND, resolve_nothing, "/");
}

/* -- tables to look at ------------------------------------------------------------------------------------------------------------- */

static const char *tried_of(const char *path) { return fl_value_text(fl_box(fl_urls_tried(fl_urls_root(), path))); }

FL_TEST(what_was_tried_names_each_part_and_stops_where_it_failed)
{
    (void)use_urls(&outer);
    fl_expect_text(tried_of("/"), "[['<str:who>/']]");
    fl_expect_text(tried_of("/ada/in/7/a.b/"), "[['<str:who>/', 'in/<int:id>/', '<slug:slug>/', \"[name='leaf']\"]]");
}

FL_URLS(named_view, Path("x/", no_view), Include("sub/", leaves, .namespace = "n"), RePath("^y/$", no_view, .name = "y"));

FL_TEST(the_list_has_every_way_in_order)
{
    const fl_route_line *lines;
    size_t n = fl_urls_list(use_urls(&named_view), &lines);

    fl_expect_equal(n, 3);
    fl_expect_text(lines[0].pattern, "/x/");
    fl_expect_text(lines[0].name, "");
    fl_expect_text(lines[0].view, "no_view");
    fl_expect_contains(lines[0].file, "url_resolve_test.c");
    fl_expect_text(lines[1].pattern, "/sub/<slug:slug>/");
    fl_expect_text(lines[1].name, "n:leaf");
    fl_expect_text(lines[2].pattern, "/^y/$");
}

/* -- patterns that are none ---------------------------------------------------------------------------------------------------------- */

FL_URLS(bad_converter, Path("<year:y>/", no_view));
FL_URLS(bad_name, Path("<int:1st>/", no_view));
FL_URLS(bad_space, Path("<int: n>/", no_view));
FL_URLS(bad_twice, Path("<int:n>/<int:n>/", no_view));
FL_URLS(bad_open, Path("<int:n/", no_view));
FL_URLS(bad_regex, RePath("^(x$", no_view));
FL_URLS(bad_view, Path("x/", NULL));
extern const fl_urls bad_loop;
FL_URLS(bad_loop, Include("x/", bad_loop));

static const struct {
    const fl_urls *urls;
    const char *message;
} bad_rows[] = {
    { &bad_converter, "uses the invalid converter 'year'" },
    { &bad_name, "uses the parameter name '1st', which is no valid identifier" },
    { &bad_space, "cannot contain whitespace" },
    { &bad_twice, "uses the parameter name 'n' more than once" },
    { &bad_open, "has a \"<\" without its \">\"" },
    { &bad_regex, "is no regular expression" },
    { &bad_view, "has no view" },
    { &bad_loop, "does a table include itself?" },
};

static void compile_it(void *urls) { (void)fl_urls_compile(urls); }

static void check_bad(const void *row)
{
    const typeof(*bad_rows) *it = row;
    fl_error *error = fl_expect_raises(FL_IMPROPERLY_CONFIGURED, compile_it, it->urls);

    fl_expect_contains(error->message, it->message);
    fl_expect_contains(error->message, fl_text("url_resolve_test.c:%d: the URL pattern", it->urls->routes[0].line));
}

FL_TEST(a_pattern_that_is_none_is_told_with_file_and_line)
{
    fl_defer(forget_tables, NULL);
    fl_table(bad_rows, check_bad);
}
