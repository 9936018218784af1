/* Reversing: names and arguments to URLs; queries, prefixes, namespaces; and what is said when there is none. */
#include <fleche/http.h>
#include "tables.h"

FL_URLS(poll_urls, Path("", no_view, .name = "index"), Path("<int:id>/", no_view, .name = "detail"));
FL_URLS(reverse_urls, Path("articles/<int:year>/<slug:slug>/", no_view, .name = "article"),
        Path("articles/<int:year>/", no_view, .name = "article"), Path("search/", no_view, .name = "search"),
        Path("files/<path:file>", no_view, .name = "file"), Path("<path:anything>", no_view, .name = "anything"),
        Include("polls/", poll_urls, .app_name = "polls"),
        Include("other-polls/", poll_urls, .app_name = "polls", .namespace = "other"));

FL_TEST(a_name_and_its_arguments_give_the_path)
{
    (void)use_urls(&reverse_urls);
    fl_expect_text(fl_reverse("search"), "/search/");
    fl_expect_text(fl_reverse("article", "year", 2026), "/articles/2026/");
    fl_expect_text(fl_reverse("article", "year", 2026, "slug", "a-b"), "/articles/2026/a-b/");
    fl_expect_text(fl_reverse("file", "file", "a/caf\u00e9 #1?.txt"), "/files/a/caf%C3%A9%20%231%3F.txt");
}

FL_TEST(what_would_lead_to_another_host_is_escaped)
{
    (void)use_urls(&reverse_urls);
    fl_expect_text(fl_reverse("anything", "anything", "/evil.example/"), "/%2Fevil.example/");
}

FL_TEST(query_and_fragment_follow)
{
    fl_querydict *query = fl_querydict_new();

    (void)use_urls(&reverse_urls);
    fl_querydict_append(query, "a", "1");
    fl_querydict_append(query, "a", "2");
    fl_expect_text(fl_reverse_with("search", NULL, 0, &(const fl_reverse_options){ .query = query, .fragment = "f" }),
                   "/search/?a=1&a=2#f");
    fl_expect_text(fl_reverse_with("search", NULL, 0, &(const fl_reverse_options){ .query = fl_querydict_new() }), "/search/");
}

FL_TEST(arguments_may_come_by_position)
{
    const fl_value args[] = { fl_box(2026), fl_box("a") };

    (void)use_urls(&reverse_urls);
    fl_expect_text(fl_reverse_with("article", NULL, 0, &(const fl_reverse_options){ .args = args, .arg_count = 2 }),
                   "/articles/2026/a/");
    fl_expect_text(fl_reverse_with("article", NULL, 0, &(const fl_reverse_options){ .args = args, .arg_count = 1 }),
                   "/articles/2026/");
}

static void mix(void *data)
{
    const fl_value args[] = { fl_box(1) };

    (void)data;
    (void)fl_reverse_with("article", FL_PAIRS("year", 2026), &(const fl_reverse_options){ .args = args, .arg_count = 1 });
}

FL_TEST(names_and_positions_do_not_mix)
{
    (void)use_urls(&reverse_urls);
    fl_expect_contains(fl_expect_raises(FL_VALUE_ERROR, mix, NULL)->message, "don't mix arguments");
}

FL_TEST(the_script_prefix_stands_in_front)
{
    (void)use_urls(&reverse_urls);
    fl_set_script_prefix("/shop");
    fl_expect_text(fl_script_prefix(), "/shop/");
    fl_expect_text(fl_reverse("search"), "/shop/search/");
    fl_set_script_prefix(NULL);
    fl_expect_text(fl_reverse("search"), "/search/");
}

/* -- namespaces ----------------------------------------------------------------------------------------------------------------- */

static const char *with_current(const char *name, const char *current)
{
    return fl_reverse_with(name, NULL, 0, &(const fl_reverse_options){ .current_app = current });
}

FL_TEST(two_instances_of_an_app_reverse_to_their_own_prefixes)
{
    (void)use_urls(&reverse_urls);
    fl_expect_text(fl_reverse("polls:detail", "id", 7), "/polls/7/");
    fl_expect_text(fl_reverse("other:detail", "id", 7), "/other-polls/7/");
    fl_expect_text(with_current("polls:index", "other"), "/other-polls/");
    fl_expect_text(with_current("polls:index", "nobody"), "/polls/");
}

FL_TEST(a_name_that_is_asked_for_early_is_reversed_when_it_is_used)
{
    static const struct { const char *success_url; } options = { "search" };     /* Django's reverse_lazy: a name is one already */

    fl_expect(fl_urls_root() == NULL);
    (void)use_urls(&reverse_urls);
    fl_expect_text(fl_reverse(options.success_url), "/search/");
}

/* -- no URL ------------------------------------------------------------------------------------------------------------------------ */

static void reverse_name(void *name) { (void)fl_reverse(name); }
static void reverse_wrong(void *data) { (void)fl_reverse(data, "year", "soon"); }

static const struct {
    const char *name, *message;
} no_rows[] = {
    { "nothing", "reverse for 'nothing' not found: 'nothing' is no name of a route" },
    { "article", "reverse for 'article' with no arguments not found; 2 pattern(s) tried: "
                 "['articles/<int:year>/<slug:slug>/', 'articles/<int:year>/']" },
    { "nobody:index", "'nobody' is not a registered namespace" },
    { "polls:none", "reverse for 'polls:none' not found: 'polls:none' is no name of a route" },
};

static void check_no(const void *row)
{
    const typeof(*no_rows) *it = row;
    fl_expect_text(fl_expect_raises(FL_NO_REVERSE_MATCH, reverse_name, it->name)->message, it->message);
}

FL_TEST(no_url_is_told_with_what_was_tried)
{
    (void)use_urls(&reverse_urls);
    fl_table(no_rows, check_no);
    fl_expect_contains(fl_expect_raises(FL_NO_REVERSE_MATCH, reverse_wrong, "article")->message,
                       "with keyword arguments '{'year': 'soon'}' not found; 2 pattern(s) tried");
    fl_expect(fl_try_reverse("nothing", NULL, 0, NULL) == NULL);
}

FL_TEST(without_tables_it_says_so)
{
    fl_expect_contains(fl_expect_raises(FL_NO_REVERSE_MATCH, reverse_name, "x")->message, "there are no URL tables");
}
