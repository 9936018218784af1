/* multipart/form-data: the events are the same in one piece and in pieces of any size; no content has a boundary in it. The first
 * byte says where to cut; the boundary is X. */
#include <fleche/base.h>
#include <fleche/upload.h>
#include <stdlib.h>

static void require(bool ok)
{
    if (!ok)
        abort();
}

typedef struct seen { fl_buf out, content; bool open, decoded; } seen;

static int part(void *data, const fl_multipart_part *p)
{
    seen *s = data;

    require(!s->open && p->field.data != NULL && p->is_file == (p->file_name.size > 0) && p->extra != NULL);
    require(fl_utf8_valid(p->field) && fl_utf8_valid(p->file_name) && fl_utf8_valid(p->content_type));
    s->open = true;
    s->decoded = p->is_file && fl_str_equal(p->encoding, fl_lit("base64"));
    fl_buf_clear(&s->content);
    fl_buf_format(&s->out, "[%zu %zu %zu %zu %lld]", p->field.size, p->file_name.size, p->content_type.size, p->charset.size,
                  p->content_length);
    return 0;
}

static int bytes(void *data, fl_str content)
{
    seen *s = data;

    require(s->open && content.size > 0);
    fl_buf_add(&s->content, content);
    return 0;
}

static int end(void *data)
{
    seen *s = data;

    require(s->open && (s->decoded || !fl_str_find(fl_buf_str(&s->content), fl_lit("--X"), NULL)));
    s->open = false;
    fl_buf_add(&s->out, fl_buf_str(&s->content));
    fl_buf_add_char(&s->out, '\n');
    return 0;
}

/* In pieces of random sizes; random 0: in one. */
static int parse(fl_str body, unsigned random, seen *ret)
{
    static const fl_multipart_events events = { part, bytes, end };
    const char *error;
    int code = 0;

    *ret = (seen){ fl_buf_in(fl_arena_here(), FL_NO_LIMIT), fl_buf_in(fl_arena_here(), FL_NO_LIMIT), false, false };
    fl_multipart *parser = fl_multipart_new(fl_lit("multipart/form-data; boundary=X"), &events, ret, &error);
    require(parser != NULL);
    while (body.size > 0 && code == 0) {
        size_t size = random == 0 ? body.size : 1 + (random >> 16) % 24;
        fl_str piece = fl_str_copy(fl_str_slice(body, 0, size));             /* so that a read beyond it is found */
        code = fl_multipart_feed(parser, piece);
        body = fl_str_slice(body, size, SIZE_MAX);
        random = random == 0 ? 0 : random * 1103515245u + 12345u;
    }
    if (code == 0)
        code = fl_multipart_finish(parser);
    require((code == 0) == fl_multipart_is_done(parser) && (code == 0) == (*fl_multipart_error(parser) == '\0'));
    return code;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static fl_arena *arena;
    seen whole, pieces;

    if (size == 0)
        return 0;
    if (arena == NULL)
        arena = fl_arena_new("fuzz", FL_NO_LIMIT);
    (void)fl_arena_set_here(arena);
    fl_str body = { (const char *)data + 1, size - 1 };
    int code = parse(body, 0, &whole);
    require(parse(body, data[0] * 65536u + 1, &pieces) == code);
    require(fl_str_equal(fl_buf_str(&whole.out), fl_buf_str(&pieces.out)));
    fl_arena_reset(arena);
    return 0;
}
