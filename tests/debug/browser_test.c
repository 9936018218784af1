/* The pages in a real browser: Chromium, driven through its WebDriver. */
#include <fleche/child.h>
#include <fleche/json.h>
#include <fleche/server.h>
#include <signal.h>
#include <stdlib.h>
#include "site.h"

/* -- a little of WebDriver --------------------------------------------------------------------------------------------------- */

typedef struct browser { fl_child *driver; const char *address, *session; } browser;

static fl_value field(fl_value from, const char *name)
{
    fl_value found;

    if (!fl_value_get(from, fl_str_of(name), &found))
        fl_fail("the driver's answer has no %s", name);
    return found;
}

/* Whether the answer's body has come; then *ret is it. */
static bool is_whole(fl_buf *answer, const char **ret)
{
    const char *text = fl_buf_c(answer), *end = strstr(text, "\r\n\r\n"), *length = strcasestr(text, "content-length:");

    if (end == NULL || length == NULL)
        return false;
    *ret = end + 4;
    return answer->size >= (size_t)(*ret - text) + strtoul(length + strlen("content-length:"), NULL, 10);
}

static const char *exchanged(const char *address, const char *request)
{
    fl_conn *conn = fl_connect(address, FL_SECONDS(5));
    fl_buf answer = fl_buf_in(fl_arena_here(), 16 << 20);
    char bytes[8192];
    const char *body = NULL;

    fl_write(conn, request, strlen(request));
    while (!is_whole(&answer, &body)) {
        size_t n = fl_read(conn, bytes, sizeof bytes);
        fl_expect(n > 0);
        fl_buf_add_n(&answer, bytes, n);
    }
    fl_conn_close(conn);
    return body;
}

/* What the driver answers to a command: its "value". */
static fl_value ask(const browser *b, const char *method, const char *path, const char *json)
{
    const char *request = fl_text("%s /session%s%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n"
                                  "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
                                  method, b->session == NULL ? "" : fl_text("/%s", b->session), path, b->address, strlen(json),
                                  json);
    fl_value value = field(fl_box(fl_json_parse(exchanged(b->address, request))), "value");
    fl_value problem;

    if (value.kind == FL_V_DICT && fl_value_get(value, fl_lit("message"), &problem))
        fl_fail("%s %s: %s", method, path, fl_value_text(problem));
    return value;
}

static void end_driver(void *data)
{
    browser *b = data;
    int status, signal;

    if (b->session != NULL)
        (void)ask(b, "DELETE", "", "{}");
    fl_child_kill(b->driver, SIGTERM);
    (void)!fl_try_child_wait(b->driver, &status, &signal);
}

/* The port that the driver chose, which it prints; NULL if it ends instead: it takes a free one for IPv4, and then the same for IPv6,
 * which somebody may have. */
static const char *address_of(fl_child *driver)
{
    char line[4096];
    size_t size = 0;

    while (size < sizeof line - 1) {
        size_t n = fl_read(fl_child_stdout(driver), line + size, sizeof line - 1 - size);
        if (n == 0)
            return NULL;
        size += n;
        line[size] = '\0';
        const char *port = strstr(line, "successfully on port ");
        if (port != NULL && strchr(port, '\n') != NULL)
            return fl_text("127.0.0.1:%d", (int)strtol(port + strlen("successfully on port "), NULL, 10));
    }
    fl_fail("the driver says no port");
}

static browser *open_browser(void)
{
    browser *b = fl_new_of(browser);

    if (access("/usr/bin/chromium", X_OK) != 0 || access("/usr/bin/chromedriver", X_OK) != 0)
        fl_skip("there is no Chromium: apt-get install chromium chromium-driver");
    for (int tries = 0; tries < 5 && b->address == NULL; tries++) {
        int status, signal;
        b->driver = fl_child_start(FL_STRINGS("/usr/bin/chromedriver", "--port=0"));
        if ((b->address = address_of(b->driver)) == NULL)
            fl_expect_ok(fl_try_child_wait(b->driver, &status, &signal));
    }
    fl_expect(b->address != NULL);
    fl_defer(end_driver, b);
    fl_value session = ask(b, "POST", "",
                           "{\"capabilities\":{\"alwaysMatch\":{\"goog:loggingPrefs\":{\"browser\":\"ALL\"},"
                           "\"goog:chromeOptions\":{\"binary\":\"/usr/bin/chromium\","
                           "\"args\":[\"--headless=new\",\"--no-sandbox\",\"--disable-gpu\",\"--disable-dev-shm-usage\","
                           "\"--force-prefers-reduced-motion\"]}}}}");
    b->session = fl_value_text(field(session, "sessionId"));
    return b;
}

static void emulate(const browser *b, int width, int height, const char *scheme)
{
    (void)ask(b, "POST", "/goog/cdp/execute",
              fl_text("{\"cmd\":\"Emulation.setDeviceMetricsOverride\",\"params\":{\"width\":%d,\"height\":%d,"
                      "\"deviceScaleFactor\":1,\"mobile\":%s}}",
                      width, height, width < 600 ? "true" : "false"));
    (void)ask(b, "POST", "/goog/cdp/execute",
              fl_text("{\"cmd\":\"Emulation.setEmulatedMedia\",\"params\":{"
                      "\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"%s\"}]}}",
                      scheme));
}

static fl_value evaluated(const browser *b, const char *script)
{
    return ask(b, "POST", "/execute/sync", fl_text("{\"script\":\"%s\",\"args\":[]}", script));
}

/* For eyes: a picture each, where $FLECHE_SCREENSHOTS says. */
static void keep_picture(const browser *b, const char *name)
{
    const char *directory = getenv("FLECHE_SCREENSHOTS");

    if (directory == NULL)
        return;
    fl_value picture = field(
        ask(b, "POST", "/goog/cdp/execute",
            "{\"cmd\":\"Page.captureScreenshot\",\"params\":{\"format\":\"png\",\"captureBeyondViewport\":true}}"),
        "data");
    fl_buf bytes = fl_buf_in(fl_arena_here(), 16 << 20);
    fl_expect_ok(fl_base64_decode(picture.text, FL_BASE64, &bytes));
    fl_file_write(fl_text("%s/%s.png", directory, name), fl_buf_str(&bytes));
}

/* -- the site ---------------------------------------------------------------------------------------------------------------- */

static void close_server(void *server) { fl_server_close(server, FL_SECONDS(1)); }

static const char *serve(const fl_project *project)
{
    set_up_site(project, "faulty_dev");
    fl_listener *listener = fl_listen("127.0.0.1:0");
    const char *address = fl_text("http://%s", fl_listener_address(listener));
    fl_server *server = fl_server_new(.handler = fl_answer);

    fl_defer(close_server, server);
    fl_server_listen(server, listener);
    return address;
}

static const struct screen {
    const char *name, *scheme;
    int width, height;
} screens[] = {
    { "phone", "light", 390, 844 },
    { "phone-dark", "dark", 390, 844 },
    { "desk", "light", 1280, 800 },
    { "desk-dark", "dark", 1280, 800 },
};

static const char widths[] =
    "return document.documentElement.scrollWidth + ' in ' + window.innerWidth + ' at most ' + "
    "Math.max(0, ...[...document.querySelectorAll('body *')].filter(e => !e.closest('pre') && !e.closest('thead')).map(e => "
    "Math.ceil(e.getBoundingClientRect().right)));";

/* Nothing is wider than the window, and no text too faint for the background it stands on (WCAG 2: 4.5 to 1). */
static const char contrast[] =
    "const lum = c => { const [r, g, b] = c.map(v => { v /= 255; "
    "return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; }); "
    "return .2126 * r + .7152 * g + .0722 * b; };"
    "const rgb = t => t.match(/[0-9.]+/g).map(Number); const bad = [];"
    "for (const e of document.querySelectorAll('h1,h2,h3,p,dt,dd,code,summary,th,td,a,mark,textarea,small')) { "
    "if (!e.checkVisibility() || e.closest('.top')) continue;"
    "let at = e, back; do { back = rgb(getComputedStyle(at).backgroundColor); at = at.parentElement; "
    "} while (at && back.length > 3 && back[3] === 0);"
    "const a = lum(rgb(getComputedStyle(e).color).slice(0, 3)), b = lum(back.slice(0, 3)); "
    "const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);"
    "if (ratio < 4.5) bad.push(e.tagName + '.' + e.className + ' ' + ratio.toFixed(2)); } return bad.join(', ');";

static void look_at(const browser *b, const char *url, const char *name)
{
    for (size_t i = 0; i < FL_LENGTH(screens); i++) {
        fl_scope {
            const struct screen *s = &screens[i];
            emulate(b, s->width, s->height, s->scheme);
            (void)ask(b, "POST", "/url", fl_text("{\"url\":\"%s\"}", url));
            long long page = 0, window = 0, most = 0;
            const char *found = fl_value_text(evaluated(b, widths));
            if (sscanf(found, "%lld in %lld at most %lld", &page, &window, &most) != 3 || page > window || most > window ||
                window != s->width)
                fl_fail("%s on %s: %s", name, s->name, found);
            fl_expect_text(fl_value_text(evaluated(b, contrast)), "");
            keep_picture(b, fl_text("%s-%s", name, s->name));
        }
    }
}

static void expect_quiet_console(const browser *b)
{
    fl_value entries = ask(b, "POST", "/se/log", "{\"type\":\"browser\"}");
    fl_int said;

    fl_expect(fl_value_length(entries, &said));
    for (fl_int i = 0; i < said; i++) {
        fl_value entry;
        fl_expect(fl_value_index(entries, i, &entry));
        const char *message = fl_value_text(field(entry, "message"));
        if (strstr(message, "Failed to load resource: the server responded with a status of") == NULL)   /* of the page itself */
            fl_fail("the console says: %s", message);
    }
}

FL_TEST(the_error_page_fits_all_screens_and_marks_its_line, .timeout = 120, .no_torture = true /* a browser is started */)
{
    const char *address = serve(&faulty_site);
    browser *b = open_browser();

    look_at(b, fl_text("%s/pay/?holder=%0300d&page=2", address, 7), "error");
    fl_expect_contains(fl_value_text(evaluated(b, "return document.querySelector('main details[open] mark').innerText;")),
                       "the marked line");
    fl_expect_text(fl_value_text(evaluated(b, "return document.querySelector('h1').innerText;")), "PaymentRefused");
    fl_expect(fl_value_truth(evaluated(b, "const m = document.querySelector('main details[open] mark').getBoundingClientRect(); "
                                          "return m.width > 100 && m.height > 10;")));
    fl_expect(fl_value_truth(
        evaluated(b, "const s = [...document.querySelectorAll('summary')].find(e => e.innerText === 'Settings'); s.click(); "
                     "return s.parentElement.open && s.parentElement.innerText.includes('SECRET_KEY');")));
    fl_expect(!fl_value_truth(evaluated(b, "return document.documentElement.innerHTML.includes('correct horse');")));
    expect_quiet_console(b);
}

FL_TEST(the_other_pages_fit_all_screens, .timeout = 120, .no_torture = true /* a browser is started */)
{
    const char *address = serve(&faulty_site);
    browser *b = open_browser();

    look_at(b, fl_text("%s/nowhere/%0200d/", address, 7), "not-found");
    fl_expect_equal(fl_value_int(evaluated(b, "return document.querySelectorAll('ol.tried li').length;")), 6);
    look_at(b, fl_text("%s/articles/7/", address), "raised");
    expect_quiet_console(b);
}

FL_TEST(the_welcome_page_fits_all_screens, .timeout = 120, .no_torture = true /* a browser is started */)
{
    const char *address = serve(&empty_site);
    browser *b = open_browser();

    look_at(b, address, "welcome");
    fl_expect_contains(fl_value_text(evaluated(b, "return document.querySelector('h1').innerText;")), "It works");
    expect_quiet_console(b);
}
