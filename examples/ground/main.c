/* The ground at work: a server and the fibers that fetch from it, in one process, on one thread, without a callback.
 *
 * The server answers a line "NAME\n" with a line of JSON, behind a pause of 20 ms. Twelve fibers fetch at once, four at a time, each with
 * a time limit. Two go wrong on purpose: one asks for what is not there (the server raises, and answers with the error), one for
 * something that takes too long (its time limit raises). What came of it all is printed as JSON.
 *
 *     $ ./dev demo */
#include <fleche/base.h>
#include <fleche/io.h>
#include <stdio.h>

enum { LINE = 256 };

/* -- the server ------------------------------------------------------------------------------------------------------------- */

static FL_ERROR_CLASS(NoSuchCity, FL_NOT_FOUND, .message = "That city is not in the list.");

static const struct {
    const char *name;
    int founded;
    double area;
} cities[] = {
    { "Lyon", -43, 47.87 },   { "Kraków", 1038, 326.8 }, { "Porto", 1123, 41.42 }, { "Gent", 650, 156.18 },
    { "Turku", 1229, 249.7 }, { "Graz", 1128, 127.57 },  { "Bilbao", 1300, 41.5 }, { "Bergen", 1070, 464.7 },
};

static fl_json *look_up(const char *name)
{
    for (size_t i = 0; i < FL_LENGTH(cities); i++)
        if (fl_text_is(cities[i].name, name))
            return fl_json_object("name", name, "founded", cities[i].founded, "area", cities[i].area);
    fl_raise(NoSuchCity, "there is no city called '%s'", name);
}

/* Reads up to the end of the line; NULL at the end of the stream. */
static const char *read_line(fl_conn *conn)
{
    char line[LINE];
    size_t size = 0;

    while (size < sizeof line && fl_read(conn, line + size, 1) == 1) {
        if (line[size] == '\n')
            return fl_str_c(fl_str_n(line, size));
        size++;
    }
    return NULL;
}

typedef struct { fl_conn *conn; const char *name; } question;

static void answer(void *data)
{
    const question *q = data;

    fl_sleep(fl_text_is(q->name, "Atlantis") ? FL_SECONDS(60) : FL_MILLISECONDS(20));
    const char *text = fl_text("%s\n", fl_json_dump(look_up(q->name)));
    fl_write(q->conn, text, strlen(text));
}

static void serve(void *data)
{
    question q = { .conn = data };

    fl_conn_close_here(q.conn);
    if ((q.name = read_line(q.conn)) == NULL)
        return;
    fl_error *error = fl_protect(answer, &q);        /* what a web framework does around each view */
    if (error != NULL) {
        const char *text = fl_text("%s\n",
                                   fl_json_dump(fl_json_object("error", error->message, "status", fl_error_status(error))));
        fl_write(q.conn, text, strlen(text));
    }
}

static void accept_all(void *listener)
{
    fl_crew *crew = fl_crew_open();
    fl_conn *conn;

    while (fl_try_accept(listener, &conn) == 0)
        fl_crew_go(crew, serve, conn);
}

/* -- the clients ------------------------------------------------------------------------------------------------------------ */

typedef struct { const char *address, *name; fl_json *result; } fetching;

static void fetch(void *data)
{
    fetching *f = data;
    fl_conn *conn = fl_connect(f->address, FL_SECONDS(1));

    fl_conn_close_here(conn);
    const char *request = fl_text("%s\n", f->name);
    fl_write(conn, request, strlen(request));
    const char *line = read_line(conn);
    if (line == NULL)
        fl_raise(FL_OS_ERROR, "%s hung up", fl_conn_peer(conn));
    f->result = fl_json_parse(line);
}

static void fetch_in_time(void *data) { fl_deadline(FL_MILLISECONDS(200), fetch, data); }

static void fetch_or_tell(void *data)
{
    fetching *f = data;
    fl_error *error = fl_protect(fetch_in_time, f);

    if (error != NULL)
        f->result = fl_json_object("error", error->is->name, "message", error->message);
}

static void start(void *data)
{
    static const char *const names[] = { "Lyon",   "Kraków", "Porto", "Gent",     "Turku",  "Graz",
                                         "Bilbao", "Bergen", "Lyon",  "Atlantis", "Utopia", "Porto" };
    fetching fetches[FL_LENGTH(names)];
    fl_listener *listener = fl_listen("127.0.0.1:0");
    fl_fiber *server = fl_spawn_joinable(accept_all, listener, .name = "server");
    double before = fl_monotonic();

    (void)data;
    for (size_t i = 0; i < FL_LENGTH(names); i++)
        fetches[i] = (fetching){ .address = fl_listener_address(listener), .name = names[i] };
    fl_gather_each(fetches, FL_LENGTH(names), 4, fetch_or_tell);
    double took = fl_monotonic() - before;

    fl_json *results = fl_json_object("server", fl_listener_address(listener), "fetched", (int)FL_LENGTH(names));
    for (size_t i = 0; i < FL_LENGTH(names); i++)
        fl_json_put(results, fl_text("%zu. %s", i + 1, names[i]), fetches[i].result);
    fl_listener_close(listener);                     /* the server's accept ends, and with it its crew */
    fl_join(server);
    printf("%s\n", fl_json_dump_as(results, .utf8 = true, .indent = 2));
    printf("%zu fetches of 20 ms, four at a time, in %.0f ms, at %s\n", FL_LENGTH(names), took * 1000,
           fl_datetime_text(fl_now(), FL_ISO_8601));
}

int main(void) { return fl_run(start, NULL); }
