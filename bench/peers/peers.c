/* The servers that are compared, how each is started on a port of its own, and how one finds out whether it is there.
 *
 * Every server may use all processors: Go by itself, the others with one process each. Only what a server cannot be measured
 * without is set: no access log, and connections that live on. */
#include <errno.h>
#include <fleche/time.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>
#include "peers.h"

#define GUNICORN \
    "/usr/bin/python3", "-m", "gunicorn", "--chdir", "bench/peers/django", "--workers", "{processors}", "--log-level", \
        "warning", "--bind", "127.0.0.1:{port}", "app:application"
#define DJANGO_VERSION \
    "/usr/bin/python3", "-c", \
        "import django, gunicorn; print('Django', django.get_version(), 'on gunicorn', gunicorn.__version__)"

const peer peers[] = {
    { .name = "go",
      .package = "golang-go",
      .version = { "go", "version" },
      .prepare = { "go", "build", "-o", "{work}/go-peer", "bench/peers/go/main.go" },
      .start = { "{work}/go-peer", "127.0.0.1:{port}" } },
    { .name = "fleche-engine",
      .version = { "{here}/fleche-peer", "version", "engine" },
      .start = { "{here}/fleche-peer", "engine", "127.0.0.1:{port}" } },
    { .name = "fleche",
      .version = { "{here}/fleche-peer", "version", "web" },
      .start = { "{here}/fleche-peer", "web", "127.0.0.1:{port}" } },
    { .name = "fleche-default",
      .version = { "{here}/fleche-peer", "version", "default" },
      .start = { "{here}/fleche-peer", "default", "127.0.0.1:{port}" } },
    { .name = "fleche-full",
      .version = { "{here}/fleche-peer", "version", "full" },
      .start = { "{here}/fleche-peer", "full", "127.0.0.1:{port}" } },
    { .name = "nginx",
      .package = "nginx-light",
      .version = { "nginx", "-v" },
      .configuration = "bench/peers/nginx/nginx.conf",
      .configured = "{work}/nginx.conf",
      .start = { "nginx", "-e", "stderr", "-p", "{work}/", "-c", "nginx.conf" } },
    { .name = "node",
      .package = "nodejs",
      .version = { "node", "--version" },
      .start = { "node", "bench/peers/node/server.js", "{port}" } },
    { .name = "django",
      .package = "python3-django gunicorn",
      .version = { DJANGO_VERSION },
      .start = { GUNICORN },
      .environment = { "PYTHONDONTWRITEBYTECODE=1" } },
    { .name = "django-default",
      .package = "python3-django gunicorn",
      .version = { DJANGO_VERSION },
      .start = { GUNICORN },
      .environment = { "PYTHONDONTWRITEBYTECODE=1", "PEER_MIDDLEWARE=default" } },
};
const size_t peer_count = FL_LENGTH(peers);

enum { STARTS_WITHIN_S = 20, PAUSE_US = 2000 };

static fl_str fill_in(const comparison *c, fl_str word, int port)
{
    word = fl_str_replace(word, fl_lit("{here}"), fl_str_of(c->here));
    word = fl_str_replace(word, fl_lit("{work}"), fl_str_of(c->work));
    word = fl_str_replace(word, fl_lit("{processors}"), fl_str_of(fl_text("%ld", sysconf(_SC_NPROCESSORS_ONLN))));
    return fl_str_replace(word, fl_lit("{port}"), fl_str_of(fl_text("%d", port)));
}

static const char *const *words(const comparison *c, const char *const *of, int port)
{
    const char **filled = fl_new_array(const char *, WORDS + 1);

    for (size_t i = 0; i < WORDS && of[i] != NULL; i++)
        filled[i] = fl_str_c(fill_in(c, fl_str_of(of[i]), port));
    return filled;
}

const char *peer_version(const comparison *c, const peer *p)
{
    const char *output = fl_text("%s/version", c->work);
    fl_str line, rest;

    if (program_run(words(c, p->version, 0), output) != 0)
        return NULL;
    rest = file_text(output);
    return fl_str_cut(&rest, '\n', &line) ? fl_str_c(line) : "";
}

static _Noreturn void raise_unstarted(const peer *p, const char *what, const char *output)
{
    enum { SHOWN = 800 };
    fl_str text = file_text(output);
    fl_error *error = fl_error_new(FL_OS_ERROR, "%s %s", p->name, what);

    if (text.size > SHOWN)
        text = fl_str_slice(text, text.size - SHOWN, SHOWN);
    error->detail = fl_str_c(text);
    fl_reraise(error);
}

void peer_prepare(const comparison *c, const peer *p)
{
    const char *output = fl_text("%s/%s.log", c->work, p->name);

    if (p->prepare[0] != NULL && program_run(words(c, p->prepare, 0), output) != 0)
        raise_unstarted(p, "cannot be built", output);
}

static void configure(const comparison *c, const peer *p, int port)
{
    const char *path = fl_str_c(fill_in(c, fl_str_of(p->configured), port));
    fl_str text = fill_in(c, file_text(p->configuration), port);
    FILE *file = fopen(path, "w");

    if (file == NULL)
        fl_raise_code(-errno, "%s", path);
    (void)fwrite(text.data, 1, text.size, file);
    if (fclose(file) != 0)
        fl_raise_code(-errno, "%s", path);
}

static void end_running(void *data) { program_end(((running *)data)->pid, SIGTERM); }

static void wait_for_answer(const running *r, const char *output)
{
    double until = fl_monotonic() + STARTS_WITHIN_S;
    int fd;

    while ((fd = client_connect(r->port)) < 0) {
        if (program_ended(r->pid))
            raise_unstarted(r->peer, "ended instead of serving", output);
        if (fl_monotonic() > until)
            raise_unstarted(r->peer, "does not take connections", output);
        (void)usleep(PAUSE_US);
    }
    (void)close(fd);
}

running *peer_start(const comparison *c, const peer *p)
{
    running *r = fl_new_array(running, 1);
    const char *output = fl_text("%s/%s.log", c->work, p->name);

    *r = (running){ .peer = p, .port = free_port() };
    if (p->configuration != NULL)
        configure(c, p, r->port);
    r->pid = program_start(words(c, p->start, r->port), p->environment, output);
    fl_defer(end_running, r);
    wait_for_answer(r, output);
    return r;
}
