/* What is wrong with the settings of static files. */
#include <sys/stat.h>
#include "staticfiles/staticfiles.h"

static bool is_directory(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

static void check_directories(fl_checks *report, const fl_check_scope *scope)
{
    const fl_settings *settings = fl_settings_now();
    const char *root = settings->static_root == NULL ? NULL : fl_base_path(settings->static_root);

    (void)scope;
    for (size_t i = 0; i < fl_len(settings->staticfiles_dirs); i++) {
        const char *directory = fl_base_path(fl_str_c(fl_list_at(settings->staticfiles_dirs, (fl_int)i).text));
        if (root != NULL && fl_text_is(directory, root))
            fl_check_error(report, .id = "staticfiles.E002",
                           .text = "The STATICFILES_DIRS setting should not contain the STATIC_ROOT setting.");
        if (!is_directory(directory))
            fl_check_warning(report, .id = "staticfiles.W004",
                             .text = fl_text("The directory '%s' in the STATICFILES_DIRS setting does not exist.", directory));
    }
}

const fl_check fl_staticfiles_check = {
    .name = "fl_staticfiles", .run = check_directories, .file = __FILE__, .line = __LINE__, .tags = { "staticfiles" }
};
