/* From argv to a command of the project, made ready for it. */
#include <fleche/debug.h>
#include <fleche/middleware.h>
#include <fleche/staticfiles.h>
#include "manage/manage.h"

static const fl_command *const built_in[] = {
    &fl_manage_check_command, &fl_manage_collectstatic_command, &fl_manage_diffsettings_command, &fl_manage_env_command,
    &fl_manage_findstatic_command, &fl_manage_runserver_command, &fl_manage_serve_command, &fl_manage_show_urls_command, NULL,
};

static const fl_project *project_here; /* what main() was given */

/* What stands below an error is for people to read; an error ends the command. */
static void run_checks(const fl_command_context *context)
{
    fl_checks *report = fl_checks_run(.silenced = fl_silenced_checks());

    fl_checks_demand(report, FL_CHECK_ERROR);
    if (fl_checks_visible(report) > 0 && context->verbosity > 0)
        fl_print_error("%s\n", fl_checks_format(report, .count = true, .color = context->err.color));
}

static void before(const fl_command_context *context)
{
    fl_setup(project_here, context->settings);
    fl_check_register(&fl_staticfiles_check);
    fl_middleware_checks_register();
    fl_debug_install();
    if (!context->skip_checks && !context->command->options.no_checks)
        run_checks(context);
}

static const fl_command_set *sets_of(const fl_project *project)
{
    enum { MOST = 128 };
    static fl_command_set sets[MOST + 1];
    size_t n = 0;

    for (size_t i = 0; project->apps != NULL && project->apps[i] != NULL && n < MOST; i++)
        if (project->apps[i]->commands != NULL)
            sets[n++] = (fl_command_set){ project->apps[i]->label, project->apps[i]->commands };
    return sets;
}

int fl_main(int argc, char **argv, const fl_project *project)
{
    project_here = project;
    return fl_commands_run(argc, argv, sets_of(project), .version = FL_VERSION, .built_in = built_in, .before = before);
}
