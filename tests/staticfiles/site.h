/* What the tests of static files share: a small site with files in the test's own directory, and answers as text. */
#pragma once
#include "../helpers.h"
#include <fleche/conditional.h>
#include <fleche/app.h>
#include <fleche/io.h>
#include <fleche/staticfiles.h>
#include <fcntl.h>
#include <sys/stat.h>

static inline const char *in_test(const char *name) { return fl_text("%s/%s", fl_test_directory(), name); }

static inline void make_folders(const char *path)
{
    char *folder = fl_text("%s", path);

    for (char *slash = folder; (slash = strchr(slash + 1, '/')) != NULL; *slash = '/') {
        *slash = '\0';
        (void)mkdir(folder, 0777);
    }
}

/* A file of the test's directory, changed at a time that does not change. */
static inline const char *write_file(const char *name, fl_str content)
{
    const char *path = in_test(name);

    make_folders(path);
    fl_file_write(path, content);
    fl_expect_equal(utimensat(AT_FDCWD, path, (const struct timespec[]){ { 1700000000, 0 }, { 1700000000, 0 } }, 0), 0);
    return path;
}
#define put_file(name, text) write_file(name, fl_str_of(text))
static inline bool is_there(const char *name)
{
    struct stat about;
    return lstat(in_test(name), &about) == 0;
}
static inline const char *content_of(const char *name) { return fl_file_read(in_test(name), 1 << 24).data; }

extern const fl_project static_site; /* site.c: settings static_settings and debug_settings, one page at /home/ */

static inline void tear_down(void *data)
{
    (void)data;
    fl_teardown();
    fl_use_staticfiles(NULL);
}
static inline void set_up(const char *settings)
{
    make_folders(in_test("assets/x"));
    make_folders(in_test("more/x"));
    make_folders(in_test("out/x"));
    fl_setup(&static_site, settings);
    fl_defer(tear_down, NULL);
}

static inline fl_request *request_for(const char *method, const char *target, const char *name, const char *value)
{
    fl_request *request = fl_request_new(method, target);

    request->host = "testserver";
    if (name != NULL)
        fl_headers_add(&request->headers, fl_str_of(name), fl_str_of(value));
    return request;
}
static inline fl_response *get(const char *target) { return fl_answer(request_for("GET", target, NULL, NULL), NULL); }
static inline fl_response *get_with(const char *target, const char *name, const char *value)
{
    return fl_answer(request_for("GET", target, name, value), NULL);
}
static inline const char *header(const fl_response *response, const char *name)
{
    const char *value = fl_response_header(response, name);
    return value == NULL ? "-" : value;
}
/* What would be sent. */
static inline const char *body_of(fl_response *response)
{
    if (response->file == NULL)
        return fl_str_c(fl_response_body(response));
    fl_str whole = fl_file_read_whole(response->file, 1 << 20);
    if (whole.size == 0) { /* of a descriptor whose position is shared */
        char *bytes = fl_alloc((size_t)response->file_size + 1);
        ssize_t size = pread(fl_file_fd(response->file), bytes, (size_t)response->file_size, response->file_from);
        return fl_str_c(fl_str_n(bytes, size < 0 ? 0 : (size_t)size));
    }
    return fl_str_c(fl_str_slice(whole, (size_t)response->file_from, (size_t)response->file_size));
}
static inline const char *all_headers(const fl_response *response)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 1 << 16);

    fl_buf_format(&out, "%d %s", response->status, response->content_type == NULL ? "-" : response->content_type);
    for (size_t i = 0; i < response->headers.count; i++)
        fl_buf_format(&out, "\n%.*s: %.*s", FL_SHOW(response->headers.lines[i].name), FL_SHOW(response->headers.lines[i].value));
    return fl_buf_c(&out);
}
