/* The site: its routes, its settings, and main().
 *
 *     $ ./dev demo kitchen                 http://127.0.0.1:8000/
 *     $ PORT=18766 ./dev demo kitchen      on another port */
#include <fleche/files.h>
#include "kitchen.h"

FL_URLS(tool_urls,
    Path("plaintext", plaintext),
    Path("json", json),
    Path("echo", echo, .decorators = { FL_POST_ONLY }),
    Path("stream", stream),
    Path("file", file),
    Path("slow", slow),
    Path("redirect", redirect_home),
    Path("ws", socket_echo));

FL_URLS(site_urls,
    Path("", home, .name = "home"),
    Path("upload/", upload, .name = "upload", .decorators = { FL_METHODS("GET", "POST") }),
    Path("api/time/", api_time, .name = "time", .decorators = { FL_NEVER_CACHE }),
    Include("", tool_urls));

FL_PROJECT(kitchen,
    Settings(development),
    Urls(site_urls));

void development(fl_settings *s)
{
    s->secret_key = fl_env("KITCHEN_SECRET_KEY", "only for this demonstration");
    s->debug = fl_env_bool("DEBUG", true);
    s->allowed_hosts = fl_list_of("127.0.0.1", "localhost", "[::1]");
}
