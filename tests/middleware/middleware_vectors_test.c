/* Requests, responses and settings that Django's middleware saw, and what it made of them: tests/oracle/middleware.py. */
#include "../codec/vectors.h"
#include "answers.h"
#include "middleware/csrf.h"

/* -- a site for each vector ------------------------------------------------------------------------------------------------------------ */

static const vector *now; /* the row that the site is made of */
static fl_str settings_text;

static const struct {
    const char *name;
    const fl_middleware *middleware;
} middlewares[] = {
    { "security", &fl_security },         { "common", &fl_common }, { "conditional", &fl_conditional_get },
    { "clickjacking", &fl_clickjacking }, { "gzip", &fl_gzip },     { "csrf", &fl_csrf },
};

static const fl_middleware *middleware_named(fl_str name)
{
    for (size_t i = 0; i < FL_LENGTH(middlewares); i++)
        if (fl_str_equal(name, fl_str_of(middlewares[i].name)))
            return middlewares[i].middleware;
    fl_fail("no middleware %.*s", FL_SHOW(name));
}

typedef struct setting {
    const char *name;
    enum { A_BOOL, A_INT, A_TEXT, A_LIST } kind;
    size_t offset;
} setting;
#define A_SETTING(kind, member) \
    { \
#member, kind, offsetof(fl_settings, member) \
    }
static const setting known[] = {
    A_SETTING(A_BOOL, append_slash),
    A_SETTING(A_BOOL, prepend_www),
    A_SETTING(A_BOOL, debug),
    A_SETTING(A_BOOL, secure_ssl_redirect),
    A_SETTING(A_BOOL, secure_content_type_nosniff),
    A_SETTING(A_BOOL, csrf_cookie_secure),
    A_SETTING(A_BOOL, secure_hsts_include_subdomains),
    A_SETTING(A_BOOL, secure_hsts_preload),
    A_SETTING(A_BOOL, session_cookie_secure),
    A_SETTING(A_BOOL, session_cookie_httponly),
    A_SETTING(A_INT, secure_hsts_seconds),
    A_SETTING(A_TEXT, secure_ssl_host),
    A_SETTING(A_TEXT, secure_referrer_policy),
    A_SETTING(A_TEXT, x_frame_options),
    A_SETTING(A_TEXT, secret_key),
    A_SETTING(A_LIST, secure_redirect_exempt),
    A_SETTING(A_LIST, disallowed_user_agents),
    A_SETTING(A_LIST, allowed_hosts),
};

static fl_list *list_of(fl_str text)
{
    fl_list *list = fl_list_new();

    for (fl_str part; text.size > 0 && fl_str_cut(&text, ',', &part);)
        fl_list_push(list, fl_str_copy(part));
    return list;
}

static void use_middleware(fl_settings *s, fl_str names)
{
    const fl_middleware **list = fl_new_array(const fl_middleware *, 8);
    size_t n = 0;

    for (fl_str name; fl_str_cut(&names, ',', &name);)
        list[n++] = middleware_named(name);
    fl_use_middleware_(s, list, "of the vector");
}

static void set(fl_settings *s, fl_str name, fl_str value)
{
    long long number = 0;

    for (size_t i = 0; i < FL_LENGTH(known); i++) {
        void *at = (char *)s + known[i].offset;
        if (!fl_str_equal(name, fl_str_of(known[i].name)))
            continue;
        if (known[i].kind == A_BOOL)
            *(bool *)at = fl_str_equal(value, fl_lit("1"));
        else if (known[i].kind == A_INT && fl_str_int(value, &number))
            *(int *)at = (int)number;
        else if (known[i].kind == A_TEXT)
            *(const char **)at = fl_str_c(value);
        else
            *(const fl_list **)at = list_of(value);
        return;
    }
    fl_expect(fl_str_equal(name, fl_lit("apps")) || fl_str_equal(name, fl_lit("middleware")));
    if (fl_str_equal(name, fl_lit("middleware")))
        use_middleware(s, value);
}

fl_configure vector_settings;
void vector_settings(fl_settings *s)
{
    s->secret_key = "xxxxxxxxxx";
    s->allowed_hosts = fl_list_of("*");
    s->secure_cross_origin_opener_policy = NULL; /* newer than the Django that made the vectors */
    if (!fl_str_equal(now->fields[0], fl_lit("check")))
        use_middleware(s, now->fields[1]);
    fl_str rest = settings_text, pair, name;
    while (rest.size > 0 && fl_str_cut(&rest, '|', &pair))
        if (fl_str_cut(&pair, '=', &name))
            set(s, name, pair);
}

static const char *field(size_t at) { return fl_str_c(now->fields[at]); }

static fl_response *made(FL_UNUSED fl_request *request)
{
    long long status = 0;
    fl_str rest = now->fields[8], line, name;

    fl_expect(fl_str_int(now->fields[7], &status));
    fl_response *response = fl_text_response(field(9), .status = (int)status);
    while (rest.size > 0 && fl_str_cut(&rest, '|', &line)) {
        fl_expect(fl_str_cut(&line, ':', &name));
        fl_put_header(response, name, fl_str_trim(line));
    }
    return response;
}

FL_URLS(vector_urls, Path("x/", made), Path("no/", made, .decorators = { FL_NO_APPEND_SLASH }), Path("bare", made));
FL_APP(sessions, Label("sessions"));
FL_SITE(vector_site, Settings(vector_settings), Urls(vector_urls));
FL_SITE(vector_site_with_sessions, Settings(vector_settings), Urls(vector_urls), Apps(sessions));

/* -- whole answers ----------------------------------------------------------------------------------------------------------------------- */

static bool is_compared(const fl_response *response, fl_str name)
{
    bool is_length = fl_str_equal_ascii(name, fl_lit("Content-Length"));
    int status = response->status;

    return !is_length ||
           !(status == 301 || status == 403 || status == 404 || status == 304 || header_of(response, "Content-Encoding") != NULL);
}

/* Our own casing of a name is not the point. */
static const char *headers_text(const fl_response *response)
{
    fl_list *lines = fl_list_new();
    fl_buf out = fl_buf_in(fl_arena_here(), 1 << 16);

    for (size_t i = 0; i < response->headers.count; i++)
        if (is_compared(response, response->headers.lines[i].name))
            fl_list_push(lines, fl_text("%.*s: %.*s", FL_SHOW(response->headers.lines[i].name),
                                        FL_SHOW(response->headers.lines[i].value)));
    fl_list_sort(lines);
    for (size_t i = 0; i < fl_len(lines); i++)
        fl_buf_format(&out, "%s%s", i == 0 ? "" : "|", fl_list_at(lines, (fl_int)i).text.data);
    return fl_buf_c(&out);
}

static fl_request *request_of(void)
{
    fl_request *request = asking(field(3), field(4), "example.com");
    fl_str rest = fl_str_of(field(6)), line, name;

    request->scheme = field(5);
    while (rest.size > 0 && fl_str_cut(&rest, '|', &line)) {
        fl_expect(fl_str_cut(&line, ':', &name));
        const char *value = fl_str_c(fl_str_trim(line));
        if (fl_str_equal(name, fl_lit("Host")))
            request->host = value;
        say(request, fl_str_c(name), value);
    }
    return request;
}

static void run(const vector *v)
{
    fl_label("line %zu: %.*s %.*s %.*s", v->line, FL_SHOW(v->fields[1]), FL_SHOW(v->fields[2]), FL_SHOW(v->fields[4]));
    settings_text = v->fields[2];
    now = v;
    fl_setup(&vector_site, NULL);
    fl_response *response = fl_answer(request_of(), NULL);
    fl_expect_text(fl_text("%d %s", response->status, headers_text(response)), fl_text("%s %s", field(10), field(11)));
    fl_teardown();
}

static void run_if_run(const vector *v)
{
    if (fl_str_equal(v->fields[0], fl_lit("run")))
        run(v);
}

FL_TEST(responses_are_those_of_django, .timeout = 60, .no_torture = true) /* each site costs thousands of allocations */
{
    each_vector("middleware", run_if_run);
}

/* -- tokens ---------------------------------------------------------------------------------------------------------------------------------- */

static void mask(const vector *v)
{
    if (!fl_str_equal(v->fields[0], fl_lit("mask")))
        return;
    fl_expect_bytes(fl_csrf_mask(v->fields[1], v->fields[2]), v->fields[3]);
    fl_expect_bytes(fl_csrf_unmask(v->fields[3]), v->fields[1]);
}

FL_TEST(tokens_are_masked_as_django_masks_them) { each_vector("middleware", mask); }

static bool is_accepted(const vector *v)
{
    static const char *const names[] = { "Cookie", "X-CSRFToken", "Referer" };
    fl_request *request = asking(fl_str_c(v->fields[1]), "/x/", "example.com");

    request->scheme = fl_str_c(v->fields[2]);
    for (size_t i = 0; i < FL_LENGTH(names); i++)
        if (v->fields[3 + i].size > 0)
            say(request, names[i], fl_text("%s%.*s", i == 0 ? "csrftoken=" : "", FL_SHOW(v->fields[3 + i])));
    return fl_csrf.on_view(request, NULL) == NULL;
}

static void judge(const vector *v)
{
    if (!fl_str_equal(v->fields[0], fl_lit("csrf")))
        return;
    fl_label("line %zu", v->line);
    fl_expect_equal(is_accepted(v), fl_str_equal(v->fields[6], fl_lit("1")));
}

static void plain_settings(FL_UNUSED fl_settings *s) {}

FL_TEST(requests_are_accepted_and_refused_as_django_does)
{
    fl_settings_load("plain", plain_settings);
    each_vector("middleware", judge);
    fl_settings_forget();
}

/* -- checks ---------------------------------------------------------------------------------------------------------------------------------- */

static const char *messages_of(const fl_checks *report)
{
    fl_list *lines = fl_list_new();
    fl_buf out = fl_buf_in(fl_arena_here(), 1 << 16);

    for (size_t i = 0; i < report->count; i++) {
        const fl_check_message *m = &report->items[i];
        if (fl_starts_with(m->id, "security."))
            fl_list_push(lines,
                         fl_text("%s %s%s%s", m->id, m->text, m->hint == NULL ? "" : " HINT ", m->hint == NULL ? "" : m->hint));
    }
    fl_list_sort(lines);
    for (size_t i = 0; i < fl_len(lines); i++)
        fl_buf_format(&out, "%s\n", fl_list_at(lines, (fl_int)i).text.data);
    return fl_buf_c(&out);
}

static void check(const vector *v)
{
    fl_buf wanted = fl_buf_in(fl_arena_here(), 1 << 16);

    if (!fl_str_equal(v->fields[0], fl_lit("check")))
        return;
    fl_label("line %zu: %.*s", v->line, FL_SHOW(v->fields[1]));
    now = v;
    settings_text = v->fields[1];
    for (size_t i = 2; i < v->count; i++)
        if (v->fields[i].size > 0)
            fl_buf_format(&wanted, "%.*s\n", FL_SHOW(v->fields[i]));
    fl_setup(fl_str_find(v->fields[1], fl_lit("apps=sessions"), NULL) ? &vector_site_with_sessions : &vector_site, NULL);
    fl_middleware_checks_register();
    fl_expect_text(messages_of(fl_checks_run(.deploy = true)), fl_buf_c(&wanted));
    fl_teardown();
}

FL_TEST(deployment_checks_say_what_django_says, .no_torture = true) { each_vector("middleware", check); } /* as above */
