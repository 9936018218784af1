/* The pages for people: what there is, a form that takes a file, and the time as JSON. */
#include <fleche/codec.h>
#include <fleche/crypto.h>
#include <fleche/format.h>
#include <fleche/html.h>
#include "kitchen.h"

static const struct { const char *path, *what; } tools[] = {
    { "/plaintext", "thirteen bytes of text" },
    { "/json", "an object" },
    { "/echo", "POST: the body comes back with its type" },
    { "/stream", "five chunks, a moment apart" },
    { "/file", "100,000 bytes; asks for ranges and conditions are answered" },
    { "/slow", "an answer after two seconds, while others are served" },
    { "/redirect", "302 to this page" },
    { "/ws", "a WebSocket that says everything back" },
    { "/api/time/", "now, never cached" },
};

static fl_value tool_rows(void)
{
    fl_list *rows = fl_list_new();

    for (size_t i = 0; i < FL_LENGTH(tools); i++)
        fl_list_push(rows, fl_list_of(tools[i].path, tools[i].path, tools[i].what));
    return fl_format_html_join("\n", "<tr><td><a href=\"{}\"><code>{}</code></a><td>{}", rows);
}

fl_response *home(fl_request *req)
{
    return page("Kitchen", fl_format_html("<h1>The arrow <b>flies</b>.</h1>\n<p>You asked for <code>{}</code> with {} {}.</p>\n"
                                          "<h2>For people</h2>\n<p><a href=\"{}\">A form that takes a file</a></p>\n"
                                          "<h2>For tools</h2>\n<table>\n{}\n</table>",
                                          req->full_path, req->method, req->version == 10 ? "HTTP/1.0" : "HTTP/1.1",
                                          fl_reverse("upload"), tool_rows()));
}

/* A file of any size: chunk by chunk. */
static const char *digest_of(fl_file *given)
{
    uint8_t digest[FL_SHA256_SIZE];
    fl_hasher hasher = fl_hasher_start(FL_SHA256);
    size_t cursor = 0;
    fl_buf text = fl_buf_in(fl_arena_here(), 2 * sizeof digest);

    for (fl_str chunk; fl_file_next_chunk(given, &cursor, &chunk);)
        fl_hasher_add(&hasher, chunk);
    fl_hasher_end(&hasher, digest);
    fl_hex_encode((fl_str){ (const char *)digest, sizeof digest }, &text);
    return fl_buf_c(&text);
}

static fl_value received(fl_request *req)
{
    fl_file *given = fl_upload(req, "file");

    if (!fl_is_post(req))
        return fl_safe(fl_box(""));
    if (given == NULL)
        return fl_safe(fl_box("<p role=\"alert\">Choose a file first.</p>"));
    return fl_format_html("<h2>Received</h2>\n<table>\n<tr><th>Title<td>{}\n<tr><th>Name<td>{}\n<tr><th>Size<td>{} bytes\n<tr><th>SHA-256"
                          "<td><code>{}</code>\n</table>",
                          fl_post(req, "title"), fl_file_name(given), fl_file_size(given), digest_of(given));
}

fl_response *upload(fl_request *req)
{
    return page("Upload", fl_format_html("<h1>Give it a <b>file</b></h1>\n<p>It is read as it arrives, whatever its size, and thrown away "
                                         "after this answer.</p>\n<form method=\"post\" enctype=\"multipart/form-data\">\n"
                                         "<label>Title <input name=\"title\" maxlength=\"100\"></label>\n"
                                         "<label>File <input type=\"file\" name=\"file\" required></label>\n<button>Send</button>\n</form>\n{}",
                                         received(req)));
}

fl_response *api_time(fl_request *req)
{
    (void)req;
    return fl_json_response(fl_json_object("now", fl_now(), "unix", fl_datetime_unix(fl_now())));
}
