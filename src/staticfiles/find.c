/* Where static files come from while a site is developed: the directories of the settings, then those of the apps. */
#include <sys/stat.h>
#include "staticfiles/staticfiles.h"

static bool is_directory(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

static const char *folder_of(const char *path)
{
    size_t slash;
    return fl_str_find_last(fl_str_of(path), '/', &slash) ? fl_text("%.*s", (int)slash, path) : ".";
}

/* An app's path is what the compiler called its source: where it is relative, it is so to the build directory, or the project. */
static void add_app(const fl_app *app, fl_list *ret)
{
    const char *beside = app->path == NULL ? NULL : fl_text("%s/static", folder_of(app->path));

    if (beside == NULL)
        return;
    if (beside[0] != '/') {
        while (fl_starts_with(beside, "../"))
            beside += 3;
        beside = fl_base_path(beside);
    }
    if (!is_directory(beside))
        beside = fl_base_path(fl_text("%s/static", app->label));
    if (is_directory(beside))
        fl_list_push(ret, beside);
}

static bool is_chosen(const fl_settings *settings, const char *finder)
{
    for (size_t i = 0; i < fl_len(settings->staticfiles_finders); i++)
        if (fl_str_equal(fl_list_at(settings->staticfiles_finders, (fl_int)i).text, fl_str_of(finder)))
            return true;
    return false;
}

fl_list *fl_static_directories(void)
{
    const fl_settings *settings = fl_settings_now();
    fl_list *found = fl_list_new();
    const fl_app *const *apps;

    for (size_t i = 0; is_chosen(settings, "directories") && i < fl_len(settings->staticfiles_dirs); i++)
        fl_list_push(found, fl_base_path(fl_str_c(fl_list_at(settings->staticfiles_dirs, (fl_int)i).text)));
    if (!is_chosen(settings, "apps") || !fl_apps_are_ready())
        return found;
    size_t count = fl_apps_list(&apps);
    for (size_t i = 0; i < count; i++)
        add_app(apps[i], found);
    return found;
}

/* NULL for what leads outside, also through a link. */
static const char *in_directory(const char *directory, const char *name)
{
    const char *path;
    struct stat about;

    if (fl_try_safe_join(directory, &(const fl_str){ name, strlen(name) }, 1, &path) != 0)
        return NULL;
    if (stat(path, &about) != 0 || !S_ISREG(about.st_mode))
        return NULL;
    return fl_static_options()->follow_links || fl_static_is_below(directory, path) ? path : NULL;
}

fl_list *fl_static_find_all(const char *name)
{
    fl_list *found = fl_list_new(), *directories = fl_static_directories();

    for (size_t i = 0; *name != '/' && i < fl_len(directories); i++) {
        const char *path = in_directory(fl_list_at(directories, (fl_int)i).text.data, name);
        if (path != NULL)
            fl_list_push(found, path);
    }
    return found;
}

const char *fl_static_find(const char *name)
{
    fl_list *found = fl_static_find_all(name);
    return fl_len(found) == 0 ? NULL : fl_list_at(found, 0).text.data;
}
