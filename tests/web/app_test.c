/* Apps and projects: the order of the start, the registry, one app in two projects, settings by name. */
#include <fleche/fleche.h>
#include <stdlib.h>
#include "site.h"

static const char *order = "";

static void early_lookup(void *data) { (void)fl_app_get(data); }

static void shop_begins(void) { order = fl_text("%s shop%s", order, fl_apps_are_ready() ? "" : " too early"); }
static void post_begins(void) { order = fl_text("%s post", order); }

void shop_ready(void);
void post_ready(void);
void shop_ready(void) { shop_begins(); }
void post_ready(void) { post_begins(); }

static fl_response *shop_view(fl_request *request)
{
    return fl_text_response(fl_text("shop at %s", fl_reverse("shop:home", "at", fl_kwarg(request, "at"))));
}

FL_URLS(branch_urls, Path("<slug:at>/", shop_view, .name = "home"));
FL_CHECK(stock_is_counted, .tags = { "shop" });
static void stock_is_counted(fl_checks *report, const fl_check_scope *scope)
{
    (void)scope;
    fl_check_warning(report, .id = "shop.W001", .text = "nobody counts the stock");
}
FL_APP(shop, Label("The shop"), Ready(shop_ready), Checks(stock_is_counted));
FL_APP(post, Ready(post_ready));
static const fl_app second_shop = { .label = "shop", .path = "elsewhere/shop.c" };

FL_URLS(north_urls, Include("shop/", branch_urls, .namespace = "shop"));
FL_URLS(south_urls, Include("store/", branch_urls, .namespace = "shop"), Path("/slash", shop_view));
fl_configure north, south;
void north(fl_settings *s)
{
    s->secret_key = "north";
    s->allowed_hosts = any_host();
}
void south(fl_settings *s)
{
    north(s);
    s->secret_key = "south";
    s->static_url = "static";
}
FL_SITE(north_site, Apps(shop, post), Settings(north, south), Urls(north_urls));
FL_SITE(south_site, Apps(post, shop), Settings(south), Urls(south_urls));

FL_TEST(apps_are_made_ready_in_the_order_of_the_project)
{
    set_up(&north_site, NULL);
    fl_expect_text(order, " shop post");
    fl_teardown();
    fl_setup(&south_site, NULL);
    fl_expect_text(order, " shop post post shop");
}

FL_TEST(one_app_serves_two_projects_one_after_the_other)
{
    set_up(&north_site, NULL);
    fl_expect_text(body_of(got("/shop/a/")), "shop at /shop/a/");
    fl_teardown();
    fl_setup(&south_site, NULL);
    fl_expect_text(body_of(got("/store/a/")), "shop at /store/a/");
    fl_expect_equal(got("/shop/a/")->status, 404);
    fl_expect_text(fl_secret_key(), "south");
}

FL_TEST(before_the_set_up_the_registry_is_not_ready)
{
    fl_expect_contains(fl_expect_raises(FL_APP_REGISTRY_NOT_READY, early_lookup, "shop")->message, "apps aren't loaded yet");
    fl_expect(!fl_apps_are_ready());
}

FL_TEST(apps_are_found_by_label_and_a_wrong_one_gets_the_nearest_name)
{
    const fl_app *const *apps;

    set_up(&north_site, NULL);
    fl_expect_same(fl_app_get("shop"), &shop_app);
    fl_expect_text(fl_app_get("shop")->verbose_name, "The shop");
    fl_expect(fl_app_is_installed("post") && !fl_app_is_installed("blog"));
    fl_expect_equal(fl_apps_list(&apps), 2);
    fl_expect_same(apps[1], &post_app);
    fl_error *error = fl_expect_raises(FL_LOOKUP_ERROR, early_lookup, "shopp");
    fl_expect_text(error->message, "no installed app with label 'shopp'");
    fl_expect_text(error->hint, "did you mean 'shop'?");
}

static void set_up_project(void *project) { fl_setup(project, NULL); }

FL_TEST(two_apps_of_one_label_are_told_with_both_places)
{
    static const fl_app *const apps[] = { &shop_app, &second_shop, NULL };
    static const fl_project doubled = { .name = "doubled", .apps = apps };
    fl_error *error = fl_expect_raises(FL_IMPROPERLY_CONFIGURED, set_up_project, &doubled);

    fl_expect_contains(error->message, "application labels aren't unique, duplicates: shop");
    fl_expect_contains(error->message, "elsewhere/shop.c");
    fl_expect(!fl_apps_are_ready());
}

static void set_up_by_name(void *name) { fl_setup(&north_site, name); }

FL_TEST(settings_are_chosen_by_name_or_by_the_environment)
{
    set_up(&north_site, "south");
    fl_expect_text(fl_secret_key(), "south");
    fl_expect_error(FL_PROGRAMMING_ERROR, set_up_by_name, NULL);
    fl_teardown();
    fl_expect_contains(fl_expect_raises(FL_IMPROPERLY_CONFIGURED, set_up_by_name, "west")->message, "no settings named west");
    fl_expect(setenv("FLECHE_SETTINGS", "south", 1) == 0);
    fl_setup(&north_site, NULL);
    fl_expect_text(fl_secret_key(), "south");
}

static size_t found(const fl_checks *report, const char *id)
{
    size_t n = 0;

    for (size_t i = 0; i < report->count; i++)
        n += fl_text_is(report->items[i].id, id);
    return n;
}

FL_TEST(the_checks_of_apps_and_of_urls_are_run_for_the_site)
{
    set_up(&south_site, NULL);
    fl_checks *report = fl_checks_run(.silenced = NULL);
    fl_expect_equal(found(report, "shop.W001"), 1);
    fl_expect_equal(found(report, "urls.W002"), 1);
    fl_expect_equal(found(report, "urls.E006"), 1);
    fl_teardown();
    fl_setup(&north_site, NULL);
    report = fl_checks_run(.silenced = NULL);
    fl_expect_equal(found(report, "urls.W002") + found(report, "urls.E006"), 0);
}

FL_TEST(the_short_words_make_values)
{
    fl_expect_text(fl_json_dump(Json("a", List(1, 2), "b", JsonList("x"))), "{\"a\": [1, 2], \"b\": [\"x\"]}");
}

/* Django's exceptions of django.core.exceptions, and ours: the status is what answers them. docs/web.md has the table for people. */
static const struct {
    const fl_error_class *is;
    int status;
} exceptions[] = {
    { &FL_APP_REGISTRY_NOT_READY, 500 },
    { &FL_BAD_REQUEST, 400 },
    { &FL_DISALLOWED_HOST, 400 },
    { &FL_DISALLOWED_REDIRECT, 400 },
    { &FL_IMPROPERLY_CONFIGURED, 500 },
    { &FL_MULTIPLE_OBJECTS, 500 },
    { &FL_NOT_FOUND, 404 },
    { &FL_PERMISSION_DENIED, 403 },
    { &FL_REQUEST_ABORTED, 400 },
    { &FL_REQUEST_DATA_TOO_BIG, 400 },
    { &FL_SUSPICIOUS_FILE, 400 },
    { &FL_SUSPICIOUS_MULTIPART, 400 },
    { &FL_SUSPICIOUS_OPERATION, 400 },
    { &FL_TOO_MANY_FIELDS, 400 },
    { &FL_TOO_MANY_FILES, 400 },
    { &FL_VALIDATION_ERROR, 400 },
};

static void check_exception(const void *row)
{
    const typeof(*exceptions) *it = row;
    fl_error error = { .is = it->is };

    fl_label("%s", it->is->name);
    fl_expect_equal(fl_error_status(&error), it->status);
}

FL_TEST(each_of_djangos_exceptions_has_its_class_and_status) { fl_table(exceptions, check_exception); }
