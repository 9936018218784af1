/* The main program of a project: its own commands, and those that every project has.
 *
 *     FL_SITE(mysite, Apps(blog), Settings(development, production), Urls(site_urls));
 *     int main(int argc, char **argv) { return fl_main(argc, argv, &mysite); }
 *
 *     $ ./mysite runserver 8000            a server for development, which stops with Ctrl-C
 *     $ ./mysite serve --bind :8000        the server for production: workers, reload, limits (serve.h)
 *     $ ./mysite check --deploy            the system checks
 *     $ ./mysite collectstatic             static files copied to static_root, with hashed names (staticfiles.h)
 *     $ ./mysite show_urls                 every route, its name and its view
 *     $ ./mysite diffsettings              what differs from the defaults
 *     $ ./mysite env                       every environment variable that the settings read
 *
 * Before each command the settings are loaded (--settings names others than the first), the apps are made ready, and, unless --skip-checks is
 * given, the system checks run: one with the level of an error ends it with exit code 1. */
#pragma once
#include "app.h"
#include "cli.h"

extern const fl_command fl_manage_check_command, fl_manage_show_urls_command, fl_manage_diffsettings_command, fl_manage_env_command, fl_manage_runserver_command, fl_manage_serve_command,
    fl_manage_collectstatic_command, fl_manage_findstatic_command;

/* fl_manage_open makes a listener for a development server: "8000", "0.0.0.0:8000", "[::1]:8000"; NULL is 127.0.0.1:8000. Raises
 * FL_COMMAND_ERROR, which says what to do, if the address is in use or not allowed. */
struct fl_listener;
struct fl_listener *fl_manage_open(const char *address);
