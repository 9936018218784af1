/* Forms with files: the body goes through the multipart parser, fields into a QueryDict, and files, chunk by chunk, through the
 * upload handlers. Memory is one chunk, whatever arrives, and what handlers keep. */
#include "http/upload.h"
#include <errno.h>
#include <fleche/codec.h>
#include <fleche/error.h>
#include <fleche/unicode.h>
#include "http/multipart.h"
#include "http/querydict.h"

enum { CHUNK = 65536 };

/* One handler, at work for this request. */
typedef struct worker {
    const fl_upload_handler *type;
    void *state;
    fl_int received;                                 /* bytes of this file that reached it */
} worker;

typedef struct upload {
    fl_request *request;
    const fl_request_limits *limits;
    worker *workers;
    size_t worker_count, told;                       /* so many know of this file */
    fl_multipart *parser;
    fl_querydict *form;
    fl_dict *files;
    fl_str field;                                    /* of this part, kept */
    bool is_file, skipped, is_base64;
    fl_buf value;
    size_t bytes, field_count, file_count;           /* bytes as they count against the body's limit */
    fl_upload_verdict verdict;                       /* why it ended before the end */
} upload;

/* -- limits ------------------------------------------------------------------------------------------------------------------ */

static _Noreturn FL_COLD void refuse(const fl_error_class *is, size_t limit, const char *what, const char *setting)
{
    fl_error *error = fl_error_new_(is, __FILE__, __LINE__, "the form has more than %zu %s", limit, what);

    error->hint = fl_text("raise %s if that much is meant", setting);
    fl_reraise(error);
}

static void count_bytes(upload *u, size_t more)
{
    u->bytes += more;
    if (u->bytes > u->limits->body)
        refuse(&FL_REQUEST_DATA_TOO_BIG, u->limits->body, "bytes beside its files", "data_upload_max_memory_size");
}

/* -- fields ------------------------------------------------------------------------------------------------------------------ */

static void begin_field(upload *u, const fl_multipart_part *part)
{
    if (++u->field_count > u->limits->fields && u->limits->fields != 0)
        refuse(&FL_TOO_MANY_FIELDS, u->limits->fields, "fields", "data_upload_max_number_fields");
    count_bytes(u, part->field.size + 2);            /* as much as "&name=" in a form without files */
    u->is_base64 = fl_str_equal(part->encoding, fl_lit("base64"));
    fl_buf_clear(&u->value);
}

static void add_to_field(upload *u, fl_str bytes)
{
    count_bytes(u, bytes.size);
    fl_buf_add(&u->value, bytes);
}

/* What says that it is base64 and is not is taken as it is, as Django does. */
static fl_str decoded(fl_str text)
{
    char *bare = fl_arena_alloc_text(fl_arena_here(), text.size + 1);
    fl_buf out = fl_buf_in(fl_arena_here(), text.size + 1);
    size_t size = 0;

    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] != ' ' && !(text.data[i] >= '\t' && text.data[i] <= '\r'))
            bare[size++] = text.data[i];
    return fl_base64_decode(fl_str_n(bare, size), FL_BASE64, &out) == 0 ? fl_buf_str(&out) : text;
}

static void end_field(upload *u)
{
    fl_str value = { fl_buf_c(&u->value), u->value.size };

    if (u->is_base64)
        value = decoded(value);
    fl_querydict_append_str(u->form, u->field, fl_utf8_repair(value));
}

/* -- files ------------------------------------------------------------------------------------------------------------------- */

/* 0, or a code that ends the parse. */
static int heed(upload *u, fl_upload_verdict verdict)
{
    u->skipped = u->skipped || verdict == FL_UPLOAD_SKIP_FILE;
    if (verdict != FL_UPLOAD_STOP && verdict != FL_UPLOAD_RESET)
        return 0;
    u->verdict = verdict;
    return -ECANCELED;
}

static int begin_file(upload *u, const fl_multipart_part *part)
{
    if (++u->file_count > u->limits->files && u->limits->files != 0)
        refuse(&FL_TOO_MANY_FILES, u->limits->files, "files", "data_upload_max_number_files");
    const char *name = fl_upload_name(part->file_name);
    u->told = 0;
    u->skipped = name == NULL;                       /* nothing is left of it but slashes and dots */
    if (u->skipped)
        return 0;
    fl_upload_info *info = fl_new_of(fl_upload_info);
    *info = (fl_upload_info){
        .field = u->field.data,
        .name = name,
        .content_type = fl_str_c(part->content_type),
        .charset = fl_str_c(part->charset),
        .extra = fl_querydict_copy(part->extra),
        .content_length = part->content_length,
    };
    fl_upload_verdict verdict = FL_UPLOAD_GO_ON;
    while (u->told < u->worker_count && verdict == FL_UPLOAD_GO_ON) {
        worker *w = &u->workers[u->told++];
        w->received = 0;
        if (w->type->new_file != NULL)
            verdict = w->type->new_file(w->state, info);
    }
    return heed(u, verdict);
}

static int add_to_file(upload *u, fl_str bytes)
{
    fl_upload_verdict verdict = FL_UPLOAD_GO_ON;

    fl_scope {                                       /* what handlers take while a chunk is theirs would add up */
        for (size_t i = 0; i < u->told && verdict == FL_UPLOAD_GO_ON && !u->skipped; i++) {
            worker *w = &u->workers[i];
            fl_int size = (fl_int)bytes.size;
            if (w->type->receive != NULL)
                verdict = w->type->receive(w->state, &bytes, w->received);
            w->received += size;
        }
    }
    return heed(u, verdict);
}

static void keep_file(upload *u, fl_file *file)
{
    fl_value list;

    if (!fl_dict_find(u->files, u->field, &list)) {
        list = fl_box(fl_list_new());
        fl_dict_put(u->files, u->field, list);
    }
    fl_list_push(list.list, file);
}

static void end_file(upload *u)
{
    for (size_t i = 0; i < u->told && !u->skipped; i++) {
        const worker *w = &u->workers[i];
        fl_file *file = w->type->file_complete == NULL ? NULL : w->type->file_complete(w->state, w->received);
        if (file != NULL) {
            keep_file(u, file);
            return;
        }
    }
}

/* -- what the parser finds --------------------------------------------------------------------------------------------------- */

static int part_begins(void *data, const fl_multipart_part *part)
{
    upload *u = data;

    u->is_file = part->is_file;
    u->field = fl_str_copy(part->field);
    if (part->is_file)
        return begin_file(u, part);
    begin_field(u, part);
    return 0;
}

static int part_goes_on(void *data, fl_str bytes)
{
    upload *u = data;

    if (u->is_file)
        return add_to_file(u, bytes);
    add_to_field(u, bytes);
    return 0;
}

static int part_ends(void *data)
{
    upload *u = data;

    if (u->is_file)
        end_file(u);
    else
        end_field(u);
    return 0;
}

static const fl_multipart_events events = { part_begins, part_goes_on, part_ends };

/* -- the body ---------------------------------------------------------------------------------------------------------------- */

/* Whoever breaks off, by an error too: the form is empty then, and nobody parses it again. */
static void interrupt(void *data)
{
    const upload *u = data;
    fl_request_parts *parts = u->request->parts;

    if (parts->body_state != FL_BODY_WHOLE)
        parts->body_state = FL_BODY_PARSED;
    for (size_t i = 0; i < u->worker_count; i++)
        if (u->workers[i].type->interrupted != NULL)
            u->workers[i].type->interrupted(u->workers[i].state);
}

static _Noreturn FL_COLD void refuse_form(const char *why, int code)
{
    fl_error *error = fl_error_new(FL_MULTIPART_ERROR, "%s", why);

    error->code = code;
    fl_reraise(error);
}

/* False: the rest is not wanted. */
static bool feed(upload *u, fl_str bytes)
{
    int code = u->verdict == FL_UPLOAD_GO_ON ? fl_multipart_feed(u->parser, bytes) : 0;

    if (code != 0 && u->verdict == FL_UPLOAD_GO_ON)
        refuse_form(fl_multipart_error(u->parser), code);
    return u->verdict != FL_UPLOAD_RESET;
}

/* As many bytes as the smallest handler takes at once, or fewer at the end: the fewer the chunks, the fewer the calls. */
static size_t chunk_of(const upload *u)
{
    size_t chunk = CHUNK;

    for (size_t i = 0; i < u->worker_count; i++)
        if (u->workers[i].type->chunk != 0 && u->workers[i].type->chunk < chunk)
            chunk = u->workers[i].type->chunk;
    return chunk;
}

static size_t read_chunk(fl_request *request, char *chunk, size_t size)
{
    size_t have = 0;

    for (size_t n; have < size && (n = fl_body_read(request, chunk + have, size - have)) > 0;)
        have += n;
    return have;
}

/* The number of bytes that came. */
static size_t read_all(upload *u)
{
    size_t size = chunk_of(u), total = 0;
    fl_request *request = u->request;

    if (request->parts->body_state == FL_BODY_WHOLE) {
        fl_str body = { (const char *)request->body.data, request->body.size };
        for (; total < body.size && feed(u, fl_str_slice(body, total, size)); total += size)
            ;
        return body.size;
    }
    char *chunk = fl_arena_alloc_text(request->arena, size);
    for (size_t n; (n = read_chunk(request, chunk, size)) > 0;) {
        total += n;
        if (!feed(u, fl_str_n(chunk, n)) || n < size)
            break;
    }
    request->parts->body_state = FL_BODY_PARSED;
    return total;
}

static void begin_workers(upload *u)
{
    const fl_upload_handler *const *handlers = u->request->parts->handlers;
    static const fl_upload_handler *const usual[] = { &fl_memory_upload, &fl_temporary_upload, NULL };
    size_t count = 0;

    if (handlers == NULL)
        handlers = u->limits->handlers == NULL ? usual : u->limits->handlers;
    while (handlers[count] != NULL)
        count++;
    u->workers = fl_new_array(worker, count + 1);
    for (; u->worker_count < count; u->worker_count++) {
        worker *w = &u->workers[u->worker_count];
        w->type = handlers[u->worker_count];
        w->state = w->type->begin == NULL ? NULL : w->type->begin(u->request, u->request->content_length);
    }
}

static void run(upload *u)
{
    const char *why;

    u->parser = fl_multipart_new(fl_str_of(fl_header(u->request, "Content-Type")), &events, u, &why);
    if (u->parser == NULL)
        refuse_form(why, -EBADMSG);
    begin_workers(u);
    if (read_all(u) > 0 && u->verdict == FL_UPLOAD_GO_ON) {
        int code = fl_multipart_finish(u->parser);
        if (code != 0)
            refuse_form(fl_multipart_error(u->parser), code);
    }
    for (size_t i = 0; i < u->worker_count; i++)
        if (u->workers[i].type->complete != NULL)
            u->workers[i].type->complete(u->workers[i].state);
}

void fl_upload_read(fl_request *request)
{
    fl_request_parts *parts = request->parts;
    upload *u = fl_new_of(upload);

    parts->form = fl_querydict_new();                /* empty ones remain if this raises */
    parts->files = fl_dict_new();
    *u = (upload){
        .request = request,
        .limits = parts->limits,
        .form = fl_querydict_new(),
        .files = fl_dict_new(),
        .value = fl_buf_in(fl_arena_here(), FL_NO_LIMIT),
    };
    fl_querydict_freeze(parts->form);
    fl_defer(interrupt, u);
    run(u);
    (void)fl_undefer(interrupt, u);
    fl_querydict_freeze(u->form);
    parts->form = u->form;
    parts->files = u->files;
}
