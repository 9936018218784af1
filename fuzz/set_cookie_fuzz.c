/* Set-Cookie: a line without line ends, whose first part comes back in a Cookie header as the name and value that were set. */
#include <fleche/http.h>
#include <stdlib.h>

typedef struct attempt { fl_response *response; const char *name, *value, *path; } attempt;

static void require(bool ok)
{
    if (!ok)
        abort();
}

static void set(void *data)
{
    const attempt *a = data;
    fl_set_cookie(a->response, a->name, a->value, .path = a->path, .same_site = "Lax");
}

/* Name, value and path in lines; the value may have more of them. */
static void check(fl_str text)
{
    fl_str name = { "", 0 }, path = { "", 0 };

    if (memchr(text.data, '\0', text.size) != NULL)
        return;
    (void)fl_str_cut(&text, '\n', &name);
    (void)fl_str_cut(&text, '\n', &path);
    attempt a = { fl_status_response(200), fl_str_c(name), fl_str_c(text), fl_str_c(path) };
    fl_error *error = fl_protect(set, &a);
    require(error == NULL || fl_error_is(error, FL_BAD_HEADER));
    if (error != NULL)
        return;

    const char *line = a.response->cookies->header;
    require(strpbrk(line, "\r\n") == NULL);
    fl_request *request = fl_request_new("GET", "/");
    fl_headers_add(&request->headers, fl_lit("Cookie"), fl_str_n(line, strcspn(line, ";")));
    require(fl_text_is(fl_cookie(request, a.name), a.value));
    require(fl_querydict_count(fl_cookies(request)) == 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static fl_arena *arena;

    if (arena == NULL)
        arena = fl_arena_new("fuzz", FL_NO_LIMIT);
    (void)fl_arena_set_here(arena);
    check(fl_str_n((const char *)data, size));
    fl_arena_reset(arena);
    return 0;
}
