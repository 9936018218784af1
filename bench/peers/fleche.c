/* Our side of the comparison: the same answers from one worker a processor, in the modes
 *
 *     engine    the server alone: one handler that compares paths itself
 *     web       the site's way: settings, URL tables, views; no middleware
 *     default   the same with those of Django's default middleware that are here
 *     full      the same with every middleware that has something to do without further settings
 *
 *     $ fleche-peer MODE ADDRESS
 *     $ fleche-peer version MODE           fails if there is no such mode */
#include <fleche/app.h>
#include <fleche/loop.h>
#include <fleche/middleware.h>
#include <fleche/process.h>
#include <fleche/server.h>
#include <signal.h>
#include <stdio.h>

static fl_response *plaintext(fl_request *request)
{
    (void)request;
    return fl_text_response("Hello, World!");
}

static fl_response *json(fl_request *request)
{
    (void)request;
    return fl_json_response(fl_json_object("message", "Hello, World!"));
}

/* -- the site ------------------------------------------------------------------------------------------------------------------- */

FL_URLS(urls, Path("plaintext", plaintext), Path("json", json));

static void base(fl_settings *s)
{
    s->secret_key = "only for measuring on this computer, where nobody else asks";
    s->allowed_hosts = fl_list_of("127.0.0.1");
}

fl_configure bare, by_default, full;
void bare(fl_settings *s) { base(s); }

void by_default(fl_settings *s)
{
    base(s);
    fl_use_middleware(s, fl_security, fl_common, fl_csrf, fl_clickjacking);
}

void full(fl_settings *s)
{
    base(s);
    fl_use_csp(s, { "default-src", { FL_CSP_SELF } });
    fl_use_middleware(s, fl_request_id, fl_timing, fl_security, fl_cors, fl_gzip, fl_conditional_get, fl_broken_links, fl_common,
                      fl_csrf, fl_clickjacking, fl_csp);
}

FL_SITE(site, Settings(bare, by_default, full), Urls(urls));

/* -- the engine ------------------------------------------------------------------------------------------------------------------- */

static fl_response *answer_by_hand(fl_request *request, void *data)
{
    (void)data;
    if (fl_text_is(request->path, "/plaintext"))
        return plaintext(request);
    return fl_text_is(request->path, "/json") ? json(request) : fl_status_response(404);
}

/* -- the modes -------------------------------------------------------------------------------------------------------------------- */

typedef struct mode { const char *name; fl_handler *handler; const char *settings; } mode;
static const mode modes[] = {
    { "engine", answer_by_hand, NULL },
    { "web", fl_answer, "bare" },
    { "default", fl_answer, "by_default" },
    { "full", fl_answer, "full" },
};

static const mode *find_mode(const char *name)
{
    for (size_t i = 0; i < FL_LENGTH(modes); i++)
        if (fl_text_is(modes[i].name, name))
            return &modes[i];
    return NULL;
}

static void work(fl_worker *worker)
{
    static const int ends[] = { SIGTERM };
    const mode *m = fl_worker_data(worker);

    if (m->settings != NULL)
        fl_setup(&site, m->settings);
    fl_server *server = fl_server_new(.handler = m->handler);
    fl_server_listen(server, fl_worker_take_listener(worker, 0));
    (void)!fl_try_wait_signal(ends, FL_LENGTH(ends));
    fl_server_close(server, FL_SECONDS(1));
}

static void tell_crashes(const fl_supervisor_event *event, void *data)
{
    (void)data;
    if (event->what == FL_WORKER_CRASHED)
        fprintf(stderr, "fleche-peer: worker %d ended with the signal %d\n", event->pid, event->signal);
}

int main(int count, char **arguments)
{
    bool version = count == 3 && fl_text_is(arguments[1], "version");
    const mode *m = count == 3 ? find_mode(arguments[version ? 2 : 1]) : NULL;

    if (m == NULL) {
        fprintf(stderr, "usage: fleche-peer [version] MODE ADDRESS; modes: engine, web, default, full\n");
        return 2;
    }
    if (version) {
        printf("fleche " FL_VERSION ", %s\n", m->name);
        return 0;
    }
    union {
        const mode *in;
        void *out;
    } data = { m }; /* the worker only reads it */
    return fl_supervise(&(fl_supervisor){
        .worker = work, .listen = { arguments[2] }, .reuse_port = true, .data = data.out, .event = tell_crashes });
}
