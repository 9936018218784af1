/* A request's head: whatever is taken stands on what was sent, and is taken the same when it comes byte for byte. */
#include <errno.h>
#include <fleche/base.h>
#include <fleche/heap.h>
#include <stdlib.h>
#include "server/server.h"

enum { ROOM = 16384 };

static void require(bool ok)
{
    if (!ok)
        abort();
}

static bool lies_in(const fl_http1 *c, fl_str text)
{
    return text.size == 0 || (text.data >= c->in && text.data + text.size <= c->in + ROOM);
}

static void check_taken(const fl_http1 *c, const char *sent)
{
    const fl_request *request = c->request;

    require(request->version == 10 || request->version == 11);
    require(c->start <= c->end && memcmp(sent + c->start - 4, "\r\n\r\n", 4) == 0);
    require(strspn(request->method, "ABCDEFGHIJKLMNOPQRSTUVWXYZ-") == strlen(request->method));
    require(request->path[0] == '/' || fl_text_is(request->path, "*"));
    require(strpbrk(request->host, " /@,<>\\") == NULL);
    require(c->framing != FL_FRAMING_LENGTH || (c->left >= 0 && request->content_length == c->left));
    for (size_t i = 0; i < request->headers.count; i++) {
        fl_header_line line = request->headers.lines[i];
        require(line.name.size > 0 && lies_in(c, line.name) && lies_in(c, line.value));
        require(line.value.data[line.value.size] == '\0' && strlen(line.value.data) == line.value.size);
        require(strpbrk(line.value.data, "\r\n") == NULL && memchr(line.name.data, '_', line.name.size) == NULL);
    }
}

static int parse(fl_http1 *c, fl_server *server, const uint8_t *data, size_t size, size_t step)
{
    int status = -EAGAIN;
    char *in = c->in;

    *c = (fl_http1){ .server = server, .in = in, .capacity = ROOM, .remote = "192.0.2.1", .knows_peer = true };
    while (status == -EAGAIN && c->end < size) {
        size_t n = size - c->end < step ? size - c->end : step;
        memcpy(in + c->end, data + c->end, n);
        c->end += n;
        status = fl_http1_parse_head(c);
    }
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fl_server server = { .options.limits = { .request_line = 2000, .header_line = 2000, .headers = 20, .head = 8000 } };
    fl_http1 whole = { .in = fl_heap_alloc(ROOM) }, parts = { .in = fl_heap_alloc(ROOM) };

    if (size > ROOM)
        size = ROOM;
    fl_scope {
        int status = parse(&whole, &server, data, size, ROOM);
        require(status == 0 || status == -EAGAIN || (status >= 400 && status < 600));
        if (status == 0)
            check_taken(&whole, (const char *)data);
        int again = parse(&parts, &server, data, size, 1);
        require((status == 0) == (again == 0));
        require(status != 0 || (whole.start == parts.start && fl_text_is(whole.request->path, parts.request->path)));
    }
    fl_heap_free(whole.in);
    fl_heap_free(parts.in);
    return 0;
}
