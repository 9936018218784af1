/* What the application chose, and the prefix of static URLs. */
#include "staticfiles/staticfiles.h"

static const fl_staticfiles_options defaults;
static const fl_staticfiles_options *chosen = &defaults;

void fl_use_staticfiles(const fl_staticfiles_options *options) { chosen = options == NULL ? &defaults : options; }
const fl_staticfiles_options *fl_static_options(void) { return chosen; }

/* As Django: what has neither a scheme nor a slash in front is below the script's prefix. */
const char *fl_static_url_of(const fl_settings *settings)
{
    const char *url = settings->static_url;

    if (url == NULL || *url == '\0')
        return "";
    const char *slash = url[strlen(url) - 1] == '/' ? "" : "/";
    bool is_whole = url[0] == '/' || fl_str_find(fl_str_of(url), fl_lit("://"), NULL);
    const char *prefix = is_whole || settings->force_script_name == NULL ? "" : settings->force_script_name;
    return fl_text("%s%s%s%s", prefix, is_whole ? "" : "/", url, slash);
}

const char *fl_static_name_of(const char *path)
{
    const char *prefix = fl_static_url_of(fl_settings_now());

    if (prefix[0] != '/' || prefix[1] == '/' || prefix[1] == '\0')
        return NULL;
    return fl_after_prefix(path, prefix);
}
