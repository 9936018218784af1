/* System checks: which run, what they report and about what, and how that is printed: against Django's own reports
 * (tests/oracle/check.py). */
#include <fleche/check.h>
#include "../codec/vectors.h"

/* -- printed ----------------------------------------------------------------------------------------------------------------- */

static const char *some(fl_str part) { return part.size == 0 ? NULL : fl_str_c(part); }

static void add_message(fl_checks *report, fl_str text)
{
    fl_str parts[5] = { 0 };
    long long level = 0;

    for (size_t i = 0; i < FL_LENGTH(parts); i++)
        (void)fl_str_cut(&text, '\x1f', &parts[i]);
    fl_expect(fl_str_int(parts[0], &level));
    fl_check_add(report, .level = (int)level, .object = some(parts[1]), .id = some(parts[2]), .text = fl_str_c(parts[3]),
                 .hint = some(parts[4]));
}

static const char *const *words(fl_str text)
{
    const char **list = fl_new_array(const char *, text.size + 1);
    size_t n = 0;

    for (fl_str word; fl_str_cut(&text, ' ', &word);)
        if (word.size > 0)
            list[n++] = fl_str_c(word);
    return list;
}

static void check_vector(const vector *v)
{
    fl_checks *report = fl_checks_new(words(v->fields[4]));
    fl_str rest = v->fields[5];
    int level = (int)vector_int(v, 1);

    fl_expect(vector_is(v, "report"));
    for (fl_str message; fl_str_cut(&rest, '\x1e', &message);)
        if (message.size > 0)
            add_message(report, message);
    const char *text = fl_checks_format(report, .fail_level = level, .count = vector_int(v, 2), .color = vector_int(v, 3));
    fl_str wanted = v->fields[6];
    if (wanted.size > 0 && text[strlen(text) - 1] != '\n')       /* Django's output ends every text with a line end */
        text = fl_text("%s\n", text);
    fl_expect_text(text, fl_str_c(wanted));
    fl_expect_equal(fl_checks_fail(report, level), fl_str_find(wanted, fl_lit("SystemCheckError"), NULL));
}

FL_TEST(reports_are_printed_as_django_does) { each_vector("check", check_vector); }

FL_TEST(places_are_shown_where_asked_for)
{
    fl_checks *report = fl_checks_new(NULL);

    fl_check_warning(report, .text = "odd", .file = "blog/models.c", .line = 12);
    fl_check_error(report, .text = "wrong", .object = "blog.Article", .hint = "do", .file = "blog/models.c", .line = 3);
    fl_expect_text(fl_checks_format(report, .places = true, .fail_level = FL_CHECK_CRITICAL),
                   "System check identified some issues:\n\nERRORS:\nblog.Article: wrong\n\tHINT: do\n\tAT: blog/models.c:3\n"
                   "\nWARNINGS:\nblog/models.c:12: odd\n\tAT: blog/models.c:12\n");
}

/* -- run --------------------------------------------------------------------------------------------------------------------- */

static const bool title_is_wrong = true;

FL_CHECK(titles_fit, .tags = { "models", "blog" });
FL_CHECK(nothing_to_say);
FL_CHECK(cookies_are_safe, .tags = { "security", "harbour" }, .deploy = true);

static void titles_fit(fl_checks *report, const fl_check_scope *scope)
{
    (void)scope;
    if (title_is_wrong)
        fl_check_error(report, .id = "blog.E001", .text = fl_text("titles have %d letters", 300), .object = "blog.Article.title");
}

static void nothing_to_say(fl_checks *report, const fl_check_scope *scope) { (void)report, (void)scope; }

static void cookies_are_safe(fl_checks *report, const fl_check_scope *scope)
{
    fl_check_warning(report, .id = "security.W012",
                     .text = fl_text("deploy is %d, apps %s, databases %s", scope->deploy,
                                     scope->apps == NULL ? "all" : scope->apps[0],
                                     scope->databases == NULL ? "none" : scope->databases[0]));
}

static const fl_check *const ours[] = { &titles_fit_check, &nothing_to_say_check, &cookies_are_safe_check };

static void forget_checks(void *data)
{
    (void)data;
    for (size_t i = 0; i < FL_LENGTH(ours); i++)
        fl_check_unregister(ours[i]);
}

static void register_ours(void)
{
    fl_defer(forget_checks, NULL);
    for (size_t i = 0; i < FL_LENGTH(ours); i++)
        fl_check_register(ours[i]);
}

static void expect_ids(const fl_checks *report, const char *ids)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 1024);

    for (size_t i = 0; i < report->count; i++)
        fl_buf_format(&out, "%s%s", i == 0 ? "" : " ", report->items[i].id);
    fl_expect_text(fl_buf_c(&out), ids);
}

FL_TEST(registered_checks_run_and_report)
{
    register_ours();
    fl_check_register(&titles_fit_check);
    fl_checks *report = fl_checks_run();
    expect_ids(report, "blog.E001");
    fl_expect_text(report->items[0].text, "titles have 300 letters");
    fl_expect_equal(report->items[0].level, FL_CHECK_ERROR);
    fl_check_unregister(&titles_fit_check);
    fl_expect_equal(fl_checks_run()->count, 0);
}

FL_TEST(checks_for_deployment_run_where_asked_for)
{
    register_ours();
    fl_checks *report = fl_checks_run(.deploy = true, .databases = FL_STRINGS("default"), .apps = FL_STRINGS("blog"));
    expect_ids(report, "blog.E001 security.W012");
    fl_expect_text(report->items[1].text, "deploy is 1, apps blog, databases default");
}

FL_TEST(tags_choose_checks)
{
    register_ours();
    expect_ids(fl_checks_run(.tags = FL_STRINGS("urls")), "");
    expect_ids(fl_checks_run(.tags = FL_STRINGS("urls", "blog")), "blog.E001");
    expect_ids(fl_checks_run(.tags = FL_STRINGS("security")), "");
    expect_ids(fl_checks_run(.tags = FL_STRINGS("security"), .deploy = true), "security.W012");
    expect_ids(fl_checks_run(.tags = FL_STRINGS("security", "models"), .deploy = true), "blog.E001 security.W012");
}

static void run_unknown(void *data)
{
    (void)data;
    (void)fl_checks_run(.tags = FL_STRINGS("models", "harbour"));
}

FL_TEST(an_unknown_tag_is_told)
{
    register_ours();
    fl_error *error = fl_expect_raises(FL_UNKNOWN_TAG, run_unknown, NULL);
    fl_expect_text(error->message, "there is no system check with the \"harbour\" tag");
    fl_expect_contains(error->hint, "--list-tags");
    fl_expect_equal(fl_checks_run(.tags = FL_STRINGS("harbour"), .deploy = true)->count, 1);
}

static const char *tags(bool deploy)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 1024);

    for (const char *const *tag = fl_checks_tags(deploy); *tag != NULL; tag++)
        fl_buf_format(&out, "%s%s", out.size == 0 ? "" : " ", *tag);
    return fl_buf_c(&out);
}

FL_TEST(the_tags_are_djangos_and_those_registered)
{
    fl_expect_text(tags(true),
                   "admin async_support caches commands compatibility database files mail models security signals sites "
                   "staticfiles templates translation urls");
    register_ours();
    fl_expect_text(tags(false),
                   "admin async_support blog caches commands compatibility database files mail models security signals "
                   "sites staticfiles templates translation urls");
    fl_expect(fl_checks_has_tag("harbour", true) && !fl_checks_has_tag("harbour", false) && !fl_checks_has_tag("", true));
}

/* -- silenced, failing ------------------------------------------------------------------------------------------------------- */

FL_TEST(silenced_messages_are_counted_but_do_not_fail)
{
    register_ours();
    fl_checks *report = fl_checks_run(.deploy = true, .silenced = FL_STRINGS("blog.E001", "nothing.E001"));
    fl_expect(fl_check_is_silenced(report, &report->items[0]) && !fl_check_is_silenced(report, &report->items[1]));
    fl_expect_equal(report->count, 2);
    fl_expect_equal(fl_checks_visible(report), 1);
    fl_expect(!fl_checks_fail(report, FL_CHECK_ERROR) && fl_checks_fail(report, FL_CHECK_WARNING));
    fl_expect_text(fl_checks_format(report, .count = true),
                   "System check identified some issues:\n\nWARNINGS:\n?: (security.W012) deploy is 1, apps all, databases none\n"
                   "\nSystem check identified 1 issue (1 silenced).");
}

static void demand(void *report) { fl_checks_demand(report, FL_CHECK_ERROR); }

FL_TEST(a_failing_report_is_raised_with_its_text)
{
    register_ours();
    fl_error *error = fl_expect_raises(FL_CHECKS_FAILED, demand, fl_checks_run());
    fl_expect_text(error->message, "SystemCheckError: System check identified some issues:\n\nERRORS:\n"
                                   "blog.Article.title: (blog.E001) titles have 300 letters\n");
    fl_checks_demand(fl_checks_run(), FL_CHECK_CRITICAL);
    fl_checks_demand(fl_checks_run(.silenced = FL_STRINGS("blog.E001")), FL_CHECK_ERROR);
}

FL_TEST(levels_have_names)
{
    static const struct {
        const char *name;
        int level;
    } names[] = {
        { "DEBUG", 10 }, { "INFO", 20 }, { "WARNING", 30 }, { "ERROR", 40 }, { "CRITICAL", 50 },
    };
    fl_check_level level = FL_CHECK_DEBUG;

    for (size_t i = 0; i < FL_LENGTH(names); i++) {
        fl_expect(fl_check_level_named(names[i].name, &level));
        fl_expect_equal((int)level, names[i].level);
    }
    fl_expect(!fl_check_level_named("error", &level) && !fl_check_level_named("", &level));
}

/* -- objects with checks of their own ---------------------------------------------------------------------------------------- */

/* What a model is to this module: something that walks over its fields, of which each may have a check that a user wrote. */
typedef struct field { const char *name; int line; void (*check)(const struct field *field, fl_checks *report); } field;

static void no_shouting(const struct field *f, fl_checks *report)
{
    fl_check_warning(report, .id = "shop.W001", .text = fl_text("%s shouts", f->name));
}

static void wrong_elsewhere(const struct field *f, fl_checks *report)
{
    (void)f;
    fl_check_error(report, .id = "shop.E002", .text = "not here", .object = "shop.Other", .file = "other.c", .line = 1);
}

static const field fields[] = { { "PRICE", 10, no_shouting }, { "name", 11, NULL }, { "size", 12, wrong_elsewhere } };

static void walk(fl_checks *report, const fl_check_scope *scope)
{
    (void)scope;
    for (size_t i = 0; i < FL_LENGTH(fields); i++) {
        fl_check_message before = fl_check_about(report, .object = fl_text("shop.Item.%s", fields[i].name), .file = "shop/item.c",
                                                 .line = fields[i].line);
        if (fields[i].check != NULL)
            fields[i].check(&fields[i], report);
        (void)fl_check_about_(report, &before);
    }
    fl_check_info(report, .id = "shop.I003", .text = "walked");
}

static const fl_check walk_check = { .name = "walk", .run = walk, .tags = { "models" } };

static void forget_walk(void *data)
{
    (void)data;
    fl_check_unregister(&walk_check);
}

FL_TEST(checks_of_objects_are_about_them)
{
    fl_defer(forget_walk, NULL);
    fl_check_register(&walk_check);
    fl_checks *report = fl_checks_run();
    fl_expect_text(fl_checks_format(report, .places = true),
                   "SystemCheckError: System check identified some issues:\n"
                   "\nERRORS:\nshop.Other: (shop.E002) not here\n\tAT: other.c:1\n"
                   "\nWARNINGS:\nshop.Item.PRICE: (shop.W001) PRICE shouts\n\tAT: shop/item.c:10\n"
                   "\nINFOS:\n?: (shop.I003) walked\n");
}

static void raise_in_check(fl_checks *report, const fl_check_scope *scope)
{
    (void)report, (void)scope;
    fl_raise(FL_VALUE_ERROR, "broken check");
}

static const fl_check broken_check = { .name = "broken", .run = raise_in_check };

static void forget_broken(void *data)
{
    (void)data;
    fl_check_unregister(&broken_check);
}

static void run_all(void *data)
{
    (void)data;
    (void)fl_checks_run();
}

FL_TEST(what_a_check_raises_is_not_hidden)
{
    fl_defer(forget_broken, NULL);
    fl_check_register(&broken_check);
    fl_expect_text(fl_expect_raises(FL_VALUE_ERROR, run_all, NULL)->message, "broken check");
}
