/* The demonstration itself: its commands, and every endpoint of it over a socket, as ./dev demo starts it. */
#include <fleche/child.h>
#include <fleche/conditional.h>
#include <fleche/fetch.h>
#include <fleche/test.h>
#include <fleche/websocket.h>
#include <signal.h>
#include <unistd.h>

/* -- the program ------------------------------------------------------------------------------------------------------------------------------ */

static const char *program(void)
{
    char self[1024];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    fl_str path = fl_str_n(self, n < 0 ? 0 : (size_t)n);
    size_t slash;

    for (int up = 0; up < 2; up++) {
        fl_expect(fl_str_find_last(path, '/', &slash));
        path.size = slash;
    }
    const char *kitchen = fl_text("%.*s/examples/kitchen/kitchen", FL_SHOW(path));
    if (access(kitchen, X_OK) != 0)
        fl_skip("the kitchen is not built: ninja builds it with everything else");
    return kitchen;
}

typedef struct kitchen { fl_child *child; const char *url, *socket; } kitchen;
static kitchen here;

static void end(void *child)
{
    int status, number;

    fl_fetch_forget();
    fl_child_kill(child, SIGTERM);
    fl_expect_ok(fl_try_child_wait(child, &status, &number));
}

/* Port 0 is any that is free; the server says which. */
static void open_kitchen(void)
{
    static char said[4096];
    size_t size = 0;
    const char *at, *line = "Starting development server at http://";

    here.child = fl_child_start(FL_STRINGS(program(), "runserver", "127.0.0.1:0"));
    fl_defer(end, here.child);
    while ((at = strstr(said, line)) == NULL || strchr(at, '\n') == NULL) {
        size_t n = fl_read(fl_child_stdout(here.child), said + size, sizeof said - 1 - size);
        fl_expect(n > 0);
        size += n;
    }
    at += strlen(line);
    here.url = fl_text("http://%.*s", (int)strcspn(at, "/\n"), at);
    here.socket = fl_text("ws://%s", here.url + strlen("http://"));
}

static const char *at(const char *path) { return fl_text("%s%s", here.url, path); }

/* -- for tools ---------------------------------------------------------------------------------------------------------------------------------- */

FL_TEST(the_kitchen_answers_tools, .timeout = 60)
{
    fl_headers range = { 0 }, known = { 0 };

    open_kitchen();
    fl_expect_text(fl_fetch(at("/plaintext"))->body.data, "Hello, World!");
    fl_expect_text(fl_fetched_header(fl_fetch(at("/plaintext")), "Content-Type"), "text/plain");
    fl_expect_text(fl_fetch(at("/json"))->body.data, "{\"message\": \"Hello, World!\"}");
    fl_fetched *echo = fl_fetch(at("/echo"), .body = fl_lit("a\0b"), .content_type = "application/x-three");
    fl_expect_bytes(echo->body, fl_lit("a\0b"));
    fl_expect_text(fl_fetched_header(echo, "Content-Type"), "application/x-three");
    fl_expect_equal(fl_fetch(at("/echo"))->status, 405);
    fl_expect_text(fl_fetch(at("/stream"))->body.data, "chunk 1\nchunk 2\nchunk 3\nchunk 4\nchunk 5\n");
    fl_fetched *redirect = fl_fetch(at("/redirect"));
    fl_expect_equal(redirect->status, 302);
    fl_expect_text(fl_fetched_header(redirect, "Location"), "/");

    fl_fetched *file = fl_fetch(at("/file"));
    fl_expect_equal(file->body.size, 100000);
    fl_headers_add(&range, fl_lit("Range"), fl_lit("bytes=10-19"));
    fl_fetched *part = fl_fetch(at("/file"), .headers = &range);
    fl_expect_equal(part->status, 206);
    fl_expect_text(part->body.data, "klmnopqrst");
    fl_headers_add(&known, fl_lit("If-None-Match"), fl_str_of(fl_fetched_header(file, "ETag")));
    fl_expect_equal(fl_fetch(at("/file"), .headers = &known)->status, 304);
}

static void ask_slowly(void *ret) { *(fl_fetched **)ret = fl_fetch(at("/slow")); }

FL_TEST(the_kitchen_serves_others_while_it_waits, .timeout = 60)
{
    fl_fetched *slow = NULL;
    fl_crew *crew;

    open_kitchen();
    crew = fl_crew_open();
    (void)fl_crew_go(crew, ask_slowly, &slow);
    fl_sleep(FL_MILLISECONDS(50));
    fl_expect_equal(fl_fetch(at("/plaintext"))->status, 200);
    fl_expect(slow == NULL);
    fl_crew_wait(crew);
    fl_expect_equal(slow->status, 200);
}

FL_TEST(the_kitchen_echoes_over_a_websocket, .timeout = 60)
{
    fl_websocket_message message;

    open_kitchen();
    fl_websocket *socket = fl_websocket_dial(fl_text("%s/ws", here.socket));
    fl_websocket_send_text(socket, "once");
    fl_expect(fl_websocket_next(socket, &message));
    fl_expect_bytes(fl_str_n((const char *)message.bytes.data, message.bytes.size), fl_lit("once"));
    fl_websocket_close(socket, 1000, "");
    fl_websocket_free(socket);
}

/* -- for people ---------------------------------------------------------------------------------------------------------------------------------- */

FL_TEST(the_kitchen_takes_a_file_from_a_form, .timeout = 60)
{
    static const char form[] = "--X\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n<b>\r\n"
                               "--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"abc.txt\"\r\n"
                               "Content-Type: text/plain\r\n\r\nabc\r\n--X--\r\n";

    open_kitchen();
    fl_expect_contains(fl_fetch(at("/"))->body.data, "<code>/plaintext</code>");
    fl_fetched *received = fl_fetch(at("/upload/"), .body = fl_str_of(form), .content_type = "multipart/form-data; boundary=X");
    fl_expect_contains(received->body.data, "<td>abc.txt");
    fl_expect_contains(received->body.data, "&lt;b&gt;");
    fl_expect_contains(received->body.data, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    fl_fetched *time = fl_fetch(at("/api/time/"));
    fl_expect_contains(fl_fetched_header(time, "Cache-Control"), "no-store");
    fl_fetched *absent = fl_fetch(at("/nowhere"));
    fl_expect_equal(absent->status, 404);
    fl_expect_contains(absent->body.data, "plaintext");          /* the page that lists what was tried: debug is on */
}

/* -- its commands --------------------------------------------------------------------------------------------------------------------------------- */

typedef struct run { const char *words[6]; int status; const char *out, *err; } run;
static const run runs[] = {
    { { "check" }, 0, "System check identified no issues", NULL },
    { { "check", "--list-tags" }, 0, "security\n", NULL },
    { { "check", "--tag", "nonsense" }, 1, NULL, "There is no system check with the \"nonsense\" tag." },
    { { "check", "--deploy" }, 0, NULL, "security.W" },
    { { "check", "--deploy", "--fail-level", "WARNING" }, 1, NULL, "security.W" },
    { { "check", "nosuchapp" }, 1, NULL, "no installed app with label 'nosuchapp'" },
    { { "show_urls" }, 0, "/upload/", NULL },
    { { "show_urls", "--json" }, 0, "\"route\": \"/upload/\"", NULL },
    { { "diffsettings" }, 0, "DEBUG = True", NULL },
    { { "diffsettings", "--output", "unified" }, 0, "- DEBUG = False\n+ DEBUG = True", NULL },
    { { "diffsettings", "--default", "nosuch" }, 1, NULL, "has no settings named 'nosuch'" },
    { { "env" }, 0, "KITCHEN_SECRET_KEY", NULL },
    { { "env", "check" }, 0, NULL, NULL },
    { { "runservr" }, 1, NULL, "Did you mean 'runserver'?" },
    { { "check", "--settings", "nosuch" }, 1, NULL, "has no settings named nosuch" },
    { { "runserver", "256.0.0.1:80" }, 1, NULL, "CommandError" },
    { { "help" }, 0, "show_urls", NULL },
};

static void check_run(const void *row)
{
    const run *r = row;
    const char *words[8] = { program() };

    for (size_t i = 0; i < FL_LENGTH(r->words); i++)
        words[i + 1] = r->words[i];
    fl_output output = fl_child_run(words, .timeout = FL_SECONDS(20));
    fl_label("%s %s %s", r->words[0], r->words[1] == NULL ? "" : r->words[1], r->words[2] == NULL ? "" : r->words[2]);
    if (r->out != NULL)
        fl_expect_contains(fl_str_c(output.text), r->out);
    if (r->err != NULL)
        fl_expect_contains(fl_str_c(output.errors), r->err);
    fl_expect_equal(output.status, r->status);
}

FL_TEST(the_commands_of_every_project_do_what_they_say, .timeout = 120) { fl_table(runs, check_run); }
