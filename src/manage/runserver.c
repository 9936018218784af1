/* runserver: the server for development. One process, one line a request, and the debug pages where settings allow. */
#include <errno.h>
#include <fleche/buf.h>
#include <fleche/log.h>
#include <fleche/loop.h>
#include <fleche/server.h>
#include <fleche/staticfiles.h>
#include <signal.h>
#include "manage/manage.h"

FL_COMMAND_NAMED(fl_manage_runserver, "runserver", "Starts a lightweight web server for development.",
                 Argument(addrport, .default_value = "127.0.0.1:8000", .help = "port number, or address:port"),
                 Flag(ipv6, .short_name = "6", .help = "use an IPv6 address"),
                 Flag(noreload, .help = "do not restart when sources change"),
                 Flag(nostatic, .help = "do not serve static files at static_url"),
                 Flag(insecure, .help = "serve static files even if debug is off"));

/* "8000", ":8000", "0:8000", "host:8000". */
static const char *address_of(const char *text, bool ipv6)
{
    long long port;

    if (fl_str_int(fl_str_of(text), &port))
        return fl_text("%s:%lld", ipv6 ? "[::1]" : "127.0.0.1", port);
    if (fl_starts_with(text, "0:"))
        return fl_text("0.0.0.0:%s", text + 2);
    return text;
}

fl_listener *fl_manage_open(const char *address)
{
    fl_listener *listener;
    int code = fl_try_listen(address, &(const fl_listen_options){ 0 }, &listener);

    if (code == -EADDRINUSE)
        fl_command_fail("That port is already in use: %s. Give another one, or end what has it.", address);
    if (code == -EACCES)
        fl_command_fail("You don't have permission to access that port: %s.", address);
    if (code == -EADDRNOTAVAIL)
        fl_command_fail("That IP address can't be assigned to: %s.", address);
    if (code != 0)
        fl_command_fail("%s cannot be listened on: %s.", address, fl_code_text(code));
    return listener;
}

/* [20/Nov/2026 10:15:00] "GET / HTTP/1.1" 200 13 */
static void tell(const fl_access *access, void *data)
{
    const fl_request *request = access->request;
    fl_level level = access->status >= 500 ? FL_ERROR : access->status >= 400 ? FL_WARNING : FL_INFO;

    (void)data;
    if (request == NULL)
        fl_log(level, "fleche.server", "code %d, message %s", access->status, fl_status_phrase(access->status));
    else
        fl_log(level, "fleche.server", "\"%s %s HTTP/%d.%d\" %d %lld", request->method, request->full_path, request->version / 10,
               request->version % 10, access->status, access->bytes);
}

fl_handler *fl_manage_handler(bool nostatic, bool insecure)
{
    return !nostatic && (fl_settings_now()->debug || insecure) ? fl_staticfiles_answer : fl_answer;
}

static int fl_manage_runserver(const fl_manage_runserver_args *args)
{
    static const int ends[] = { SIGINT, SIGTERM };
    const fl_project *project = fl_project_now();
    fl_listener *listener = fl_manage_open(address_of(args->addrport, args->ipv6));
    fl_server *server = fl_server_new(.handler = fl_manage_handler(args->nostatic, args->insecure), .access = tell);

    fl_print("%s, settings '%s'\nStarting development server at http://%s/\nQuit the server with CONTROL-C.\n", project->name,
             fl_settings_now()->settings_module, fl_listener_address(listener));
    (void)fflush(stdout);                            /* whoever reads it through a pipe wants to know now */
    fl_server_listen(server, listener);
    (void)!fl_try_wait_signal(ends, FL_LENGTH(ends));
    fl_server_close(server, FL_SECONDS(2));
    return 0;
}
