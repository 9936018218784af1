/* The checks of URLs that `check` runs for every site: what the tables say of themselves, and the URLs among the settings. */
#include "web/web.h"

FL_CHECK(fl_check_url_tables, .tags = { "urls" });
FL_CHECK(fl_check_url_settings, .tags = { "urls" });

static void fl_check_url_tables(fl_checks *report, const fl_check_scope *scope)
{
    const fl_settings *settings = fl_settings_now();
    const fl_urls *root = settings->root_urlconf != NULL ? settings->root_urlconf : fl_site_now()->project->urls;
    const fl_url_problem *problems = NULL;
    size_t n = root == NULL ? 0 : fl_urls_check(root, &problems);

    (void)scope;
    for (size_t i = 0; i < n; i++)
        fl_check_add(report, .level = problems[i].error ? FL_CHECK_ERROR : FL_CHECK_WARNING, .id = problems[i].id,
                     .text = problems[i].text, .hint = problems[i].hint, .file = problems[i].file, .line = problems[i].line);
}

static void expect_slash(fl_checks *report, const char *name, const char *url)
{
    if (url != NULL && url[0] != '\0' && url[strlen(url) - 1] != '/')
        fl_check_error(report, .id = "urls.E006", .text = fl_text("The %s setting must end with a slash.", name));
}

static void fl_check_url_settings(fl_checks *report, const fl_check_scope *scope)
{
    const fl_settings *settings = fl_settings_now();

    (void)scope;
    expect_slash(report, "STATIC_URL", settings->static_url);
    expect_slash(report, "MEDIA_URL", settings->media_url);
}
