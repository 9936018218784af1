/* collectstatic: all static files of the project, brought to static_root. */
#include <fleche/staticfiles.h>
#include <stdio.h>
#include <unistd.h>
#include "manage/manage.h"

FL_COMMAND_NAMED(fl_manage_collectstatic, "collectstatic", "Collect static files in a single location.",
                 Flag(noinput, .help = "do not ask anything"), Flag(no_input, .help = "the same"),
                 Flag(dry_run, .short_name = "n", .help = "do everything except modify the filesystem"),
                 Flag(clear, .short_name = "c", .help = "clear the existing files before copying or linking"),
                 Flag(link, .short_name = "l", .help = "create a symbolic link to each file instead of copying"),
                 Texts(ignore, .short_name = "i", .help = "ignore files or directories matching this glob-style pattern"),
                 Flag(no_post_process, .help = "do not give hashed names, nor compress"),
                 Flag(no_compress, .help = "do not make .gz and .br files"),
                 Flag(no_default_ignore, .help = "do not ignore CVS, .* and *~"));

static void tell(int verbosity, const char *line, void *data)
{
    const fl_command_context *context = data;

    if (context->verbosity > verbosity)
        fl_print("%s\n", line);
}

/* Who is not there to be asked is not: a script, a pipe, a call from code. */
static void confirm(const fl_manage_collectstatic_args *args)
{
    char answer[16];

    if (args->noinput || args->no_input || args->dry_run || fl_command_here()->called || !isatty(STDIN_FILENO))
        return;
    fl_print(
        "\nYou have requested to collect static files at the destination\nlocation as specified in your settings:\n\n    %s\n\n"
        "%s\nAre you sure you want to do this?\n\nType 'yes' to continue, or 'no' to cancel: ",
        fl_settings_now()->static_root == NULL ? "(none)" : fl_settings_now()->static_root,
        args->clear ? "This will DELETE ALL FILES in this location!" : "This will overwrite existing files!");
    (void)fflush(stdout);
    if (fgets(answer, sizeof answer, stdin) == NULL || !fl_starts_with(answer, "yes"))
        fl_command_fail("Collecting static files cancelled.");
}

static int fl_manage_collectstatic(const fl_manage_collectstatic_args *args)
{
    const fl_command_context *context = fl_command_here();

    confirm(args);
    fl_collected done = fl_static_collect(.dry_run = args->dry_run, .clear = args->clear, .link = args->link,
                                          .ignore = args->ignore, .no_post_process = args->no_post_process,
                                          .no_compress = args->no_compress, .no_default_ignore = args->no_default_ignore,
                                          .tell = tell, .data = (void *)(uintptr_t)context);
    if (context->verbosity > 0)
        fl_print("\n%s\n", fl_collected_text(&done, args->link));
    return 0;
}
