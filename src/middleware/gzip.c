/* Compressed answers for clients that take them. Each has a file name of random length in its header, so that its size tells less of
 * the secrets in it (BREACH). Streams and files are compressed as they are sent, and what each step of a stream writes can be read by
 * the client at once. */
#include <fleche/buf.h>
#include <fleche/conditional.h>
#include <fleche/middleware.h>
#include <fleche/text.h>
#include "http/exchange.h"

enum { LEAST_BODY = 200, MOST_RANDOM = 100 };

/* -- streams ------------------------------------------------------------------------------------------------------------------------------ */

/* A stream in between: the inner response is what the view's stream writes to; its exchange compresses for the outer one. */
typedef struct squeezed {
    fl_exchange exchange;
    fl_response inner, *outer;
    fl_gzip_writer *gzip;
    fl_file *file;
    size_t cursor;
    bool wrote;
} squeezed;

static void pass_on(const squeezed *it, fl_buf *out)
{
    if (fl_buf_failed(out))
        (void)fl_buf_c(out); /* raises what it failed of */
    if (out->size > 0)
        fl_response_write_bytes(it->outer, fl_buf_str(out));
}

static int write_compressed(fl_exchange *exchange, fl_response *response, fl_str bytes)
{
    squeezed *it = (squeezed *)exchange;
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    (void)response;
    fl_gzip_write(it->gzip, bytes, &out);
    it->wrote = true;
    pass_on(it, &out);
    return 0;
}

static int flush_compressed(fl_exchange *exchange, fl_response *response)
{
    squeezed *it = (squeezed *)exchange;
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    (void)response;
    fl_gzip_flush(it->gzip, &out);
    it->wrote = false;
    pass_on(it, &out);
    fl_response_flush(it->outer);
    return 0;
}

static const fl_exchange_type compressing = { .write = write_compressed, .flush = flush_compressed };

static void finish(const squeezed *it)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    fl_gzip_finish(it->gzip, &out);
    pass_on(it, &out);
}

static bool squeeze_stream(void *state, fl_response *response)
{
    squeezed *it = state;

    it->outer = response;
    if (it->inner.stream(it->inner.stream_state, &it->inner)) {
        if (it->wrote)
            flush_compressed(&it->exchange, &it->inner);
        return true;
    }
    finish(it);
    return false;
}

static bool squeeze_file(void *state, fl_response *response)
{
    squeezed *it = state;
    fl_str chunk;

    it->outer = response;
    if (fl_file_next_chunk(it->file, &it->cursor, &chunk)) {
        (void)write_compressed(&it->exchange, response, chunk);
        return true;
    }
    finish(it);
    return false;
}

static void compress_stream(fl_response *response)
{
    fl_arena *before = fl_arena_set_here(response->arena);
    squeezed *it = fl_new_of(squeezed);

    *it = (squeezed){
        .exchange = { &compressing }, .inner = *response, .file = response->file, .gzip = fl_gzip_new(MOST_RANDOM)
    };
    fl_arena_set_here(before);
    it->inner.exchange = &it->exchange;
    response->stream = response->file != NULL ? squeeze_file : squeeze_stream;
    response->stream_state = it;
    response->file = NULL;
    (void)fl_delete_header(response, "Content-Length");
    (void)fl_delete_header(response, "Accept-Ranges");
}

/* -- bodies ------------------------------------------------------------------------------------------------------------------------------ */

/* False: it would be larger than it is. */
static bool compress_body(fl_response *response)
{
    fl_str body = fl_response_body(response);
    fl_buf out = fl_buf_in(response->arena, body.size - 1);

    fl_compress_string(&out, body, MOST_RANDOM);
    if (fl_buf_failed(&out))
        return false;
    fl_response_set_body(response, fl_buf_str(&out));
    fl_set_header(response, "Content-Length", "%zu", out.size);
    return true;
}

/* -- each request ------------------------------------------------------------------------------------------------------------------------- */

static bool has(const fl_response *response, fl_str name) { return fl_headers_get_str(&response->headers, name).data != NULL; }

/* Parts of a file are parts of what is not compressed; whoever asked for one gets it as it is. */
static bool is_worth_it(const fl_response *response)
{
    if (response->upgrade != NULL || (response->marks & FL_NO_GZIP) || has(response, fl_lit("Content-Encoding")))
        return false;
    return response->streaming ? response->status != 206 : response->body.size >= LEAST_BODY;
}

/* The compressed form means the same but has other bytes: its tag is a weak one. */
static void weaken_etag(fl_response *response)
{
    fl_str etag = fl_headers_get_str(&response->headers, fl_lit("ETag"));

    if (fl_str_starts(etag, fl_lit("\"")))
        fl_set_header(response, "ETag", "W/%.*s", FL_SHOW(etag));
}

static fl_response *call(fl_request *request, fl_next *next)
{
    fl_response *response = fl_call_next(next, request);

    if (!is_worth_it(response))
        return response;
    fl_vary_on(response, "Accept-Encoding");
    if (fl_header_or_null(request, "Accept-Encoding") == NULL || fl_accepts_encoding(request, "gzip") <= 0)
        return response;
    if (response->streaming)
        compress_stream(response);
    else if (!compress_body(response))
        return response;
    weaken_etag(response);
    fl_put_header(response, fl_lit("Content-Encoding"), fl_lit("gzip"));
    return response;
}

FL_MIDDLEWARE(fl_gzip, .call = call);
