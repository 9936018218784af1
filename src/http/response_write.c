/* Bodies: written piece by piece while they are made, or to the client while they stream. A body grows in the response's arena, in
 * place as long as nothing else is taken from it. */
#include <errno.h>
#include <fleche/buf.h>
#include "http/exchange.h"
#include "http/response.h"

/* -- what cannot be written to ------------------------------------------------------------------------------------------------------------ */

static _Noreturn FL_COLD void refuse(const fl_response *response)
{
    if (response->file != NULL)
        fl_raise(FL_PROGRAMMING_ERROR, "a response that sends a file cannot be written to");
    if (response->status == 304)
        fl_raise(FL_PROGRAMMING_ERROR, "a response 304 (Not Modified) has no body");
    fl_raise(FL_PROGRAMMING_ERROR, "the response has been sent: it cannot be written to any more");
}

static void check_open(const fl_response *response, size_t more)
{
    if (FL_UNLIKELY(response->file != NULL || (response->status == 304 && more > 0) ||
                    (response->sent && response->exchange == NULL)))
        refuse(response);
}

/* -- to the client -------------------------------------------------------------------------------------------------------------------------- */

static _Noreturn FL_COLD void give_up(int code)
{
    if (code == -ECANCELED || code == -ENOMEM)
        fl_raise_code(code, "the response cannot be sent on");
    fl_error *error = fl_error_new(FL_REQUEST_ABORTED, "the client has gone in the middle of the response");
    error->code = code;
    fl_reraise(error);
}

static void send(fl_response *response, fl_str bytes)
{
    int code = response->exchange->type->write(response->exchange, response, bytes);
    if (code < 0)
        give_up(code);
}

void fl_response_flush(fl_response *response)
{
    int code = response->exchange == NULL ? 0 : response->exchange->type->flush(response->exchange, response);
    if (code < 0)
        give_up(code);
}

/* -- into memory ------------------------------------------------------------------------------------------------------------------------------ */

/* The body as a buffer with room for more. A text that was given is somebody else's: it is copied first. */
static fl_buf open_body(fl_response *response, size_t more)
{
    fl_buf body = fl_buf_in(response->arena, FL_NO_LIMIT);

    if (response->body_capacity > 0) {
        body.data = (char *)response->body.data;
        body.size = response->body.size;
        body.capacity = response->body_capacity;
    } else if (response->body.size > 0 && fl_buf_room(&body, response->body.size + more)) {
        fl_buf_add(&body, fl_response_body(response));
    }
    return body;
}

static void close_body(fl_response *response, fl_buf *body)
{
    response->body.data = (const uint8_t *)fl_buf_c(body);
    response->body.size = body->size;
    response->body_capacity = body->capacity;
}

void fl_response_write_bytes(fl_response *response, fl_str bytes)
{
    check_open(response, bytes.size);
    if (response->exchange != NULL) {
        send(response, bytes);
        return;
    }
    fl_buf body = open_body(response, bytes.size);
    fl_buf_add(&body, bytes);
    close_body(response, &body);
}

void fl_response_write(fl_response *response, const char *text) { fl_response_write_bytes(response, fl_str_of(text)); }

void fl_response_printf(fl_response *response, const char *format, ...)
{
    bool streams = response->exchange != NULL;
    va_list arguments;

    check_open(response, 1);
    fl_buf out = streams ? fl_buf_in(fl_arena_here(), FL_NO_LIMIT) : open_body(response, 0);
    va_start(arguments, format);
    fl_buf_format_v(&out, format, arguments);
    va_end(arguments);
    if (streams)
        send(response, fl_str_n(fl_buf_c(&out), out.size));
    else
        close_body(response, &out);
}

void fl_response_set_body(fl_response *response, fl_str body)
{
    if (response->status == 304 && body.size > 0)
        refuse(response);
    response->body = (fl_bytes){ (const uint8_t *)body.data, body.size };
    response->body_capacity = 0;
    response->streaming = false;
    response->stream = NULL;
    response->file = NULL;
    (void)fl_headers_delete(&response->headers, fl_lit("Content-Length"));
}

/* -- the end ------------------------------------------------------------------------------------------------------------------------------------ */

struct fl_closer {
    void (*run)(void *data);
    void *data;
    struct fl_closer *next;
};

void fl_response_on_close(fl_response *response, void (*run)(void *data), void *data)
{
    struct fl_closer *closer = fl_arena_alloc(response->arena, sizeof *closer);

    *closer = (struct fl_closer){ run, data, response->closers };
    response->closers = closer;
}

/* All of them run, whatever one of them raises; the first error goes on to the caller. */
void fl_response_close(fl_response *response)
{
    fl_error *first = NULL;

    for (struct fl_closer *closer; (closer = response->closers) != NULL;) {
        response->closers = closer->next;
        fl_error *error = fl_protect(closer->run, closer->data);
        if (first == NULL)
            first = error;
    }
    if (first != NULL)
        fl_reraise(first);
}
