/* A process made ready for a project: settings, apps, receivers, URL tables, middleware, in this order; and their registry. */
#include <fleche/arguments.h>
#include <stdlib.h>
#include "web/web.h"

FL_ERROR_CLASS(FL_APP_REGISTRY_NOT_READY, FL_PROGRAMMING_ERROR, .message = "The apps are not loaded yet.");
FL_ERROR_CLASS(FL_LOOKUP_ERROR, FL_VALUE_ERROR, .message = "There is no such app.");

fl_site *fl_site_here;

const fl_site *fl_site_now(void)
{
    if (FL_LIKELY(fl_site_here != NULL))
        return fl_site_here;
    fl_error *error = fl_error_new(FL_IMPROPERLY_CONFIGURED, "the site is not set up");
    error->hint = "call fl_setup() with the project first, or start it with fl_main()";
    fl_reraise(error);
}

const fl_project *fl_project_now(void) { return fl_site_here == NULL ? NULL : fl_site_here->project; }

/* -- settings --------------------------------------------------------------------------------------------------------------------------------- */

static void no_settings(fl_settings *settings) { (void)settings; }

static const fl_named_configure *choose(const fl_project *project, const char *name)
{
    static const fl_named_configure defaults = { "defaults", no_settings };

    if (name == NULL)
        name = getenv("FLECHE_SETTINGS");
    if (project->settings[0].name == NULL && name == NULL)
        return &defaults;
    for (size_t i = 0; i < FL_LENGTH(project->settings) && project->settings[i].name != NULL; i++)
        if (name == NULL || fl_text_is(project->settings[i].name, name))
            return &project->settings[i];
    fl_error *error = fl_error_new(FL_IMPROPERLY_CONFIGURED, "the project %s has no settings named %s", project->name, name);
    error->hint = "name one of those in Settings(…) by --settings or FLECHE_SETTINGS";
    fl_reraise(error);
}

/* -- apps --------------------------------------------------------------------------------------------------------------------------------------- */

static void check_labels(const fl_site *site, const fl_app *app)
{
    if (app->label == NULL || app->label[0] == '\0')
        fl_raise(FL_IMPROPERLY_CONFIGURED, "an app of %s has no label", site->project->name);
    for (size_t i = 0; i < site->app_count; i++)
        if (fl_text_is(site->apps[i]->label, app->label))
            fl_raise(FL_IMPROPERLY_CONFIGURED, "application labels aren't unique, duplicates: %s (%s and %s)", app->label,
                     site->apps[i]->path == NULL ? "?" : site->apps[i]->path, app->path == NULL ? "?" : app->path);
}

static void load_apps(fl_site *site)
{
    const fl_project *project = site->project;
    size_t n = 0;

    while (project->apps != NULL && project->apps[n] != NULL)
        n++;
    site->apps = fl_arena_zalloc(site->arena, (n + 1) * sizeof *site->apps);
    for (size_t i = 0; i < n; i++) {
        check_labels(site, project->apps[i]);
        site->apps[site->app_count++] = project->apps[i];
    }
    for (size_t i = 0; i < n; i++)
        if (site->apps[i]->setup != NULL)
            site->apps[i]->setup();
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; site->apps[i]->receivers != NULL && site->apps[i]->receivers[k] != NULL; k++)
            fl_receiver_connect(site->apps[i]->receivers[k]);
        for (size_t k = 0; site->apps[i]->checks != NULL && site->apps[i]->checks[k] != NULL; k++)
            fl_check_register(site->apps[i]->checks[k]);
    }
    fl_check_register(&fl_check_url_tables_check);
    fl_check_register(&fl_check_url_settings_check);
    site->apps_ready = true;
    for (size_t i = 0; i < n; i++)
        if (site->apps[i]->ready != NULL)
            site->apps[i]->ready();
}

static const fl_site *ready_site(void)
{
    if (fl_site_here == NULL || !fl_site_here->apps_ready)
        fl_raise(FL_APP_REGISTRY_NOT_READY, "apps aren't loaded yet");
    return fl_site_here;
}

bool fl_apps_are_ready(void) { return fl_site_here != NULL && fl_site_here->apps_ready; }

static const fl_app *find_app(const fl_site *site, const char *label)
{
    for (size_t i = 0; i < site->app_count; i++)
        if (fl_text_is(site->apps[i]->label, label))
            return site->apps[i];
    return NULL;
}

const fl_app *fl_app_get(const char *label)
{
    const fl_site *site = ready_site();
    const fl_app *app = find_app(site, label);

    if (app != NULL)
        return app;
    const char **labels = fl_new_array(const char *, site->app_count + 1);
    for (size_t i = 0; i < site->app_count; i++)
        labels[i] = site->apps[i]->label;
    fl_error *error = fl_error_new(FL_LOOKUP_ERROR, "no installed app with label '%s'", label);
    const char *nearest = fl_nearest_name(label, labels);
    if (nearest != NULL)
        error->hint = fl_text("did you mean '%s'?", nearest);
    fl_reraise(error);
}

bool fl_app_is_installed(const char *label) { return find_app(ready_site(), label) != NULL; }

size_t fl_apps_list(const fl_app *const **ret)
{
    const fl_site *site = ready_site();

    *ret = (const fl_app *const *)site->apps;
    return site->app_count;
}

/* -- all of it ------------------------------------------------------------------------------------------------------------------------------------ */

typedef struct start { fl_site *site; const char *settings; } start;

static void set_up(void *data)
{
    start *it = data;
    fl_site *site = it->site;

    (void)fl_arena_set_here(site->arena);
    const fl_named_configure *settings = choose(site->project, it->settings);
    fl_settings_load(settings->name, settings->run);
    load_apps(site);
    const fl_settings *now = fl_settings_now();
    const fl_urls *root = now->root_urlconf != NULL ? now->root_urlconf : site->project->urls;
    fl_urls_set_root(root);
    site->urls = root == NULL ? NULL : fl_urls_compile(root);
    fl_middleware_start(site, now);
    fl_site_limits(site, now);
}

void fl_setup(const fl_project *project, const char *settings)
{
    if (fl_site_here != NULL)
        fl_raise(FL_PROGRAMMING_ERROR, "the site %s is set up already", fl_site_here->project->name);
    fl_arena *arena = fl_arena_new("site", FL_NO_LIMIT);
    fl_site *site = fl_arena_try_alloc(arena, sizeof *site);
    if (site == NULL) {
        fl_arena_free(arena);
        fl_raise(FL_OUT_OF_MEMORY, "no memory for the site %s", project->name);
    }
    *site = (fl_site){ .project = project, .arena = arena };
    fl_site_here = site;
    fl_error *error = fl_protect(set_up, &(start){ site, settings });
    if (error == NULL)
        return;
    fl_teardown();                                   /* the error is not in the site's memory */
    fl_reraise(error);
}

void fl_teardown(void)
{
    fl_site *site = fl_site_here;

    if (site == NULL)
        return;
    for (size_t i = 0; i < site->app_count; i++) {
        for (size_t k = 0; site->apps[i]->receivers != NULL && site->apps[i]->receivers[k] != NULL; k++)
            fl_receiver_disconnect(site->apps[i]->receivers[k]);
        for (size_t k = 0; site->apps[i]->checks != NULL && site->apps[i]->checks[k] != NULL; k++)
            fl_check_unregister(site->apps[i]->checks[k]);
    }
    fl_check_unregister(&fl_check_url_tables_check);
    fl_check_unregister(&fl_check_url_settings_check);
    fl_urls_forget();
    fl_settings_forget();
    fl_site_here = NULL;
    fl_arena_free(site->arena);
}
