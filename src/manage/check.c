/* check: the system checks, as Django's command runs and prints them. */
#include "manage/manage.h"

FL_COMMAND_NAMED(fl_manage_check, "check", "Checks the entire project for potential problems.",
                 Rest(app_label, .help = "only these apps"),
                 Texts(tag, .short_name = "t", .help = "run only checks labeled with the given tag"),
                 Flag(list_tags, .help = "list available tags"), Flag(deploy, .help = "check deployment settings"),
                 Text(fail_level, .default_value = "ERROR", .choices = "CRITICAL ERROR WARNING INFO DEBUG",
                      .help = "message level that will cause the command to exit with a non-zero status"),
                 Texts(database, .help = "run database related checks against these aliases"), Options(.no_checks = true));

/* A list that ends with NULL, as checks want it; NULL for an empty one. */
static const char *const *texts_of(const fl_list *list)
{
    const char **texts = fl_new_array(const char *, fl_len(list) + 1);

    for (size_t i = 0; i < fl_len(list); i++)
        texts[i] = fl_list_at(list, (fl_int)i).text.data;
    return fl_len(list) == 0 ? NULL : texts;
}

const char *const *fl_silenced_checks(void) { return texts_of(fl_settings_now()->silenced_system_checks); }

static int list_tags(bool deploy)
{
    for (const char *const *tag = fl_checks_tags(deploy); *tag != NULL; tag++)
        fl_print("%s\n", *tag);
    return 0;
}

static const char *const *known_apps(const fl_list *labels)
{
    for (size_t i = 0; i < fl_len(labels); i++)
        (void)fl_app_get(fl_list_at(labels, (fl_int)i).text.data);     /* raises for one that is not there */
    return texts_of(labels);
}

static void refuse_unknown_tags(const char *const *tags, bool deploy)
{
    for (size_t i = 0; tags != NULL && tags[i] != NULL; i++)
        if (!fl_checks_has_tag(tags[i], deploy))
            fl_command_fail("There is no system check with the \"%s\" tag.", tags[i]);
}

static int fl_manage_check(const fl_manage_check_args *args)
{
    fl_check_level level;
    const char *const *tags = texts_of(args->tag);

    if (args->list_tags)
        return list_tags(args->deploy);
    refuse_unknown_tags(tags, args->deploy);
    (void)fl_check_level_named(args->fail_level, &level);
    fl_checks *report = fl_checks_run(.tags = tags, .apps = known_apps(args->app_label), .databases = texts_of(args->database),
                                      .deploy = args->deploy, .silenced = fl_silenced_checks());
    const char *text = fl_checks_format(report, .count = true, .fail_level = (int)level);
    if (fl_checks_fail(report, (int)level)) {
        fl_print_error("%s\n", text);
        return 1;
    }
    fl_checks_visible(report) > 0 ? fl_print_error("%s\n", text) : fl_print("%s\n", text);
    return 0;
}
