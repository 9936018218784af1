/* diffsettings and env: where the site's configuration comes from. */
#include <fleche/buf.h>
#include <fleche/manage.h>

FL_COMMAND_NAMED(fl_manage_diffsettings, "diffsettings", "Displays differences between the current settings and the defaults.",
                 Flag(all, .help = "display all settings, regardless of their value"),
                 Text(default_settings, .help = "the settings to compare with; the defaults if this is left out"),
                 Text(output, .default_value = "hash", .choices = "hash unified", .help = "how differences are marked"),
                 Options(.no_checks = true));

static const fl_named_configure *find_settings(const char *name)
{
    const fl_project *project = fl_project_now();

    for (size_t i = 0; name != NULL && i < FL_LENGTH(project->settings) && project->settings[i].name != NULL; i++)
        if (fl_text_is(project->settings[i].name, name))
            return &project->settings[i];
    if (name != NULL)
        fl_command_fail("The project %s has no settings named '%s'.", project->name, name);
    return NULL;
}

static int fl_manage_diffsettings(const fl_manage_diffsettings_args *args)
{
    const fl_named_configure *against = find_settings(args->default_settings);

    fl_print("%s", fl_settings_diff(.all = args->all, .unified = fl_text_is(args->output, "unified"),
                                    .against = against == NULL ? NULL : against->run,
                                    .default_name = against == NULL ? NULL : against->name));
    return 0;
}

FL_COMMAND_NAMED(fl_manage_env, "env",
                 "Lists the environment variables that the settings read; `env check` fails if one is missing, wrong or unused.",
                 Argument(what, .default_value = "list", .choices = "list check", .help = "what to do"),
                 Options(.no_checks = true));

static int fl_manage_env(const fl_manage_env_args *args)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 1 << 20);

    if (fl_text_is(args->what, "list")) {
        fl_print("%s", fl_env_report());
        return 0;
    }
    size_t wrong = fl_env_check(&out);
    fl_print("%s", fl_buf_c(&out));
    return wrong > 0;
}
