/* findstatic: where a static file comes from. */
#include <fleche/staticfiles.h>
#include "manage/manage.h"

FL_COMMAND_NAMED(fl_manage_findstatic, "findstatic", "Finds the absolute paths for the given static file(s).",
                 Rest(staticfile, .required = true, .help = "names, as they stand behind static_url"),
                 Flag(first, .help = "only the one that would be served"));

static void show_searched(void)
{
    fl_list *directories = fl_static_directories();

    fl_print("Looking in the following locations:\n");
    for (size_t i = 0; i < fl_len(directories); i++)
        fl_print("  %s\n", fl_list_at(directories, (fl_int)i).text.data);
}

static bool find(const char *name, bool first, int verbosity)
{
    fl_list *found = fl_static_find_all(name);

    if (fl_len(found) == 0) {
        fl_print_error("No matching file found for '%s'.\n", name);
        return false;
    }
    if (verbosity > 0)
        fl_print("Found '%s' here:\n", name);
    for (size_t i = 0; i < fl_len(found) && (i == 0 || !first); i++)
        fl_print("%s%s\n", verbosity > 0 ? "  " : "", fl_list_at(found, (fl_int)i).text.data);
    return true;
}

static int fl_manage_findstatic(const fl_manage_findstatic_args *args)
{
    int verbosity = fl_command_here()->verbosity;
    bool all = true;

    for (size_t i = 0; i < fl_len(args->staticfile); i++)
        all &= find(fl_list_at(args->staticfile, (fl_int)i).text.data, args->first, verbosity);
    if (verbosity > 1)
        show_searched();
    return all ? 0 : 1;
}
