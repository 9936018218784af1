/* What the servers are asked, what the right answer is, and what is expected of ours: ratios of CPU time to Go's in the same run,
 * since absolute figures differ from one computer to the next. */
#include <fleche/json.h>
#include <strings.h>
#include "peers.h"

static bool says_hello(fl_str body) { return fl_str_equal(body, fl_lit("Hello, World!")); }

/* Spaces are the server's own affair. */
static bool says_hello_in_json(fl_str body)
{
    fl_json *json;
    return fl_json_try_parse(body, NULL, &json, NULL) == 0 && fl_text_is(fl_json_text(json, "message"), "Hello, World!");
}

const workload workloads[] = {
    { .name = "plaintext",
      .title = "one request at a time on each of 32 connections",
      .path = "/plaintext",
      .type = "text/plain",
      .right = says_hello,
      .connections = 32,
      .depth = 1,
      .servers = { "go", "fleche-engine", "fleche", "nginx", "node", "django" },
      .ours = "fleche",
      .target = 0.53 },
    { .name = "json",
      .title = "one request at a time on each of 32 connections",
      .path = "/json",
      .type = "application/json",
      .right = says_hello_in_json,
      .connections = 32,
      .depth = 1,
      .servers = { "go", "fleche-engine", "fleche", "nginx", "node", "django" },
      .ours = "fleche",
      .target = 0.53 },
    { .name = "pipelined",
      .title = "16 requests at a time on each of 256 connections",
      .path = "/plaintext",
      .type = "text/plain",
      .right = says_hello,
      .connections = 256,
      .depth = 16,
      .servers = { "go", "fleche-engine", "fleche", "nginx", "node" },
      .ours = "fleche",
      .target = 0.06 },
    { .name = "middleware",
      .title = "plaintext through middleware, beside the same servers without",
      .path = "/plaintext",
      .type = "text/plain",
      .right = says_hello,
      .connections = 32,
      .depth = 1,
      .servers = { "go", "fleche", "fleche-default", "fleche-full", "django", "django-default" } },
    { .name = "idle",
      .title = "connections that had one answer and stay open",
      .path = "/plaintext",
      .type = "text/plain",
      .right = says_hello,
      .servers = { "go", "fleche-engine", "fleche", "nginx", "node" } },
};
const size_t workload_count = FL_LENGTH(workloads);

void workload_check(const workload *w, int port)
{
    answer a = client_get(port, w->path);

    if (a.status != 200)
        fl_raise(FL_VALUE_ERROR, "GET %s has the status %d", w->path, a.status);
    if (!fl_str_starts(fl_str_lower_ascii(a.type), fl_str_of(w->type)))
        fl_raise(FL_VALUE_ERROR, "GET %s has the content type \"%.*s\", not %s", w->path, FL_SHOW(a.type), w->type);
    if (a.date.size == 0)
        fl_raise(FL_VALUE_ERROR, "GET %s has no Date header, which the others have", w->path);
    if (!w->right(a.body))
        fl_raise(FL_VALUE_ERROR, "GET %s has a wrong body: \"%.*s\"", w->path, FL_SHOW(a.body));
}
