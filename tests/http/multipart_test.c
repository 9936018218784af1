/* The multipart parser by itself: what it tells, in one piece or in many, and what it refuses. */
#include <errno.h>
#include <fleche/upload.h>
#include "../codec/vectors.h"

/* What came, as text: part by part "field|file name|type|length: content". */
typedef struct told {
    fl_buf out;
    int refuse;                                      /* the code that the event `at` returns */
    int at, events;
} told;

static int count_event(told *t) { return ++t->events == t->at ? t->refuse : 0; }

static int part(void *data, const fl_multipart_part *p)
{
    told *t = data;

    fl_buf_format(&t->out, "%.*s|%.*s|%.*s|%lld: ", FL_SHOW(p->field), FL_SHOW(p->file_name), FL_SHOW(p->content_type),
                  p->content_length);
    fl_expect_equal(p->is_file, p->file_name.size > 0);
    return count_event(t);
}

static int bytes(void *data, fl_str content)
{
    told *t = data;

    fl_buf_add(&t->out, content);
    return count_event(t);
}

static int end(void *data)
{
    told *t = data;

    fl_buf_add_char(&t->out, '\n');
    return count_event(t);
}

static const fl_multipart_events events = { part, bytes, end };

static fl_multipart *parser_for(const char *boundary, told *t)
{
    const char *error;

    t->out = fl_buf_in(fl_arena_here(), 4 << 20);
    fl_multipart *parser = fl_multipart_new(fl_str_of(fl_text("multipart/form-data; boundary=\"%s\"", boundary)), &events, t,
                                            &error);
    fl_expect(parser != NULL);
    return parser;
}

static int feed_in_pieces(fl_multipart *parser, fl_str body, size_t piece)
{
    int code = 0;

    for (size_t at = 0; at < body.size && code == 0; at += piece) {
        fl_str copy = fl_str_copy(fl_str_slice(body, at, piece));            /* so that a read beyond it is found */
        code = fl_multipart_feed(parser, copy);
    }
    return code != 0 ? code : fl_multipart_finish(parser);
}

static const char *told_of(const char *boundary, fl_str body, size_t piece, int *ret_code)
{
    told t = { 0 };
    fl_multipart *parser = parser_for(boundary, &t);

    *ret_code = feed_in_pieces(parser, body, piece);
    return fl_buf_c(&t.out);
}

#define HEAD_(name) "--X\r\nContent-Disposition: form-data; name=\"" name "\""
#define FIELD(name, value) HEAD_(name) "\r\n\r\n" value "\r\n"
#define CLOSING "--X--\r\n"

static const char *told_of_x(const char *body)
{
    int code;
    const char *text = told_of("X", fl_str_of(body), SIZE_MAX / 2, &code);

    fl_expect_ok(code);
    return text;
}

FL_TEST(tells_fields_and_files_with_their_headers)
{
    fl_expect_text(
        told_of_x(FIELD("a", "1") HEAD_(
            "f") "; filename=\"a.txt\"\r\nContent-Type: Text/Plain; charset=utf-8\r\nContent-Length: 3\r\n\r\nabc\r\n" CLOSING),
        "a|||-1: 1\nf|a.txt|text/plain|3: abc\n");
}

static void check_pieces(const vector *v)
{
    if (!vector_is(v, "multipart"))
        return;
    const char *boundary = fl_str_c(v->fields[1]);
    int code, piece_code;
    const char *whole = told_of(boundary, v->fields[2], SIZE_MAX / 2, &code);

    fl_expect_ok(code);
    for (size_t piece = 1; piece < 40; piece = piece < 8 ? piece + 1 : piece * 2 + 1)
        fl_scope {
            fl_expect_text(told_of(boundary, v->fields[2], piece, &piece_code), whole);
            fl_expect_equal(piece_code, 0);
        }
}

FL_TEST(wherever_the_pieces_end_the_events_are_the_same, .no_torture = true, .timeout = 120)
{
    each_vector("http_forms", check_pieces);
}

FL_TEST(a_long_file_comes_whole_whatever_the_pieces, .no_torture = true, .timeout = 120)
{
    enum { SIZE = 100000 };
    char *content = fl_alloc(SIZE);
    unsigned random = 7;
    int code;

    for (size_t i = 0; i < SIZE; i++) {
        random = random * 1103515245u + 12345u;
        content[i] = "\r\n-Xab"[(random >> 16) % 6];         /* many beginnings of "\r\n--X1", none whole */
    }
    fl_buf body = fl_buf_in(fl_arena_here(), 2 * SIZE);
    fl_buf_add(&body, fl_lit("--X1\r\nContent-Disposition: form-data; name=f; filename=a\r\n\r\n"));
    fl_buf_add_n(&body, content, SIZE);
    fl_buf_add(&body, fl_lit("\r\n--X1--"));
    const char *expected = fl_text("f|a||-1: %.*s\n", SIZE, content);
    static const size_t pieces[] = { 1, 2, 3, 7, 64, 1000, 4096, 65536, SIZE * 2 };
    for (size_t i = 0; i < FL_LENGTH(pieces); i++)
        fl_scope {
            fl_expect_text(told_of("X1", fl_buf_str(&body), pieces[i], &code), expected);
            fl_expect_equal(code, 0);
        }
}

/* -- content types ----------------------------------------------------------------------------------------------------------- */

static const struct {
    const char *type;
    bool fine;
} types[] = {
    { "multipart/form-data; boundary=X", true },
    { "multipart/form-data; boundary=\"a b'()+_,-./:=?\"", true },
    { "Multipart/Form-Data; Boundary=X; charset=utf-8", true },
    { "multipart/form-data", false },
    { "multipart/form-data; boundary=", false },
    { "multipart/form-data; boundary=\"\"", false },
    { "multipart/form-data; boundary=\"a \"", false },
    { "multipart/form-data; boundary=\"a\tb\"", false },
    { "multipart/form-data; boundary=\xC3\xA9", false },
    { "text/plain; boundary=X", false },
    { "", false },
};

FL_TEST(a_content_type_without_a_boundary_that_can_be_used_is_refused)
{
    const char *error = NULL;

    for (size_t i = 0; i < FL_LENGTH(types); i++) {
        bool fine = fl_multipart_new(fl_str_of(types[i].type), &events, NULL, &error) != NULL;
        fl_label("%s", types[i].type);
        fl_expect_equal(fine, types[i].fine);
        fl_expect_equal(error == NULL, fine);
    }
}

FL_TEST(a_boundary_has_201_bytes_at_most)
{
    const char *error, *longest = fl_text("multipart/form-data; boundary=%0201d", 1),
                       *longer = fl_text("multipart/form-data; boundary=%0202d", 1);

    fl_expect(fl_multipart_new(fl_str_of(longest), &events, NULL, &error) != NULL);
    fl_expect(fl_multipart_new(fl_str_of(longer), &events, NULL, &error) == NULL);
    fl_expect_contains(error, "boundary");
}

/* -- what is refused --------------------------------------------------------------------------------------------------------- */

static const struct {
    const char *name, *body, *error;
    int code;
} refused[] = {
    { "nothing", "", "closing boundary", -EBADMSG },
    { "no boundary", "just text", "closing boundary", -EBADMSG },
    { "no end", FIELD("a", "1"), "closing boundary", -EBADMSG },
    { "an end in the middle of a head", "--X\r\nContent-Disp", "closing boundary", -EBADMSG },
    { "an end in the middle of a boundary", FIELD("a", "1") "--", "closing boundary", -EBADMSG },
    { "one dash at the end", FIELD("a", "1") "--X-", "closing boundary", -EBADMSG },
    { "base64 cut short", HEAD_("f") "; filename=a\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8\r\n" CLOSING, "base64",
      -EBADMSG },
    { "base64 of other characters", HEAD_("f") "; filename=a\r\nContent-Transfer-Encoding: base64\r\n\r\naG!sbG8=\r\n" CLOSING,
      "base64", -EBADMSG },
    { "base64 behind its end", HEAD_("f") "; filename=a\r\nContent-Transfer-Encoding: base64\r\n\r\nYQ==YWFh\r\n" CLOSING,
      "base64", -EBADMSG },
};

FL_TEST(malformed_forms_are_refused_however_they_come)
{
    for (size_t i = 0; i < FL_LENGTH(refused); i++)
        for (size_t piece = 1; piece < 2000; piece = piece * 3 + 1) {
            told t = { 0 };
            fl_multipart *parser = parser_for("X", &t);
            fl_label("%s, in pieces of %zu", refused[i].name, piece);
            fl_expect_equal(feed_in_pieces(parser, fl_str_of(refused[i].body), piece), refused[i].code);
            fl_expect_contains(fl_multipart_error(parser), refused[i].error);
            fl_expect(!fl_multipart_is_done(parser));
        }
}

static const char *with_long_head(size_t size)
{
    fl_buf body = fl_buf_in(fl_arena_here(), 1 << 20);

    fl_buf_add_c(&body, HEAD_("a") "\r\nX: ");
    while (body.size < size + 3)
        fl_buf_add_char(&body, 'x');
    fl_buf_add_c(&body, "\r\n\r\n1\r\n" CLOSING);
    return fl_buf_c(&body);
}

FL_TEST(a_parts_headers_have_8192_bytes_and_64_lines_at_most)
{
    fl_buf lines = fl_buf_in(fl_arena_here(), 1 << 20);
    told t = { 0 };

    for (size_t piece = 1; piece < 20000; piece = piece * 7) {
        fl_expect_ok(feed_in_pieces(parser_for("X", &t), fl_str_of(with_long_head(8192)), piece));
        fl_expect_text(fl_buf_c(&t.out), "a|||-1: 1\n");
        fl_expect_equal(feed_in_pieces(parser_for("X", &t), fl_str_of(with_long_head(8193)), piece), -E2BIG);
    }
    fl_buf_add_c(&lines, HEAD_("a"));
    for (int i = 0; i < 100; i++)
        fl_buf_add_c(&lines, "\r\nX: 1");
    fl_buf_add_c(&lines, "\r\n\r\n1\r\n" CLOSING);
    fl_expect_equal(feed_in_pieces(parser_for("X", &t), fl_buf_str(&lines), SIZE_MAX / 2), -E2BIG);
}

FL_TEST(endless_headers_take_no_memory_beyond_their_limit)
{
    char *junk = memset(fl_alloc(65536), 'x', 65536);
    told t = { 0 };
    fl_multipart *parser = parser_for("X", &t);

    fl_expect_ok(fl_multipart_feed(parser, fl_lit("--X\r\n")));
    fl_expect_equal(fl_multipart_feed(parser, fl_str_n(junk, 65536)), -E2BIG);
    fl_expect_equal(fl_multipart_feed(parser, fl_lit("more")), -E2BIG);
    fl_expect_equal(fl_multipart_finish(parser), -E2BIG);
}

FL_TEST(parts_without_a_name_are_passed_over_but_not_without_end)
{
    fl_buf body = fl_buf_in(fl_arena_here(), 1 << 20);
    told t = { 0 };

    for (int i = 0; i < 1000; i++)
        fl_buf_add_c(&body, "--X\r\nContent-Type: text/plain\r\n\r\njunk\r\n");
    fl_multipart *parser = parser_for("X", &t);
    fl_expect_ok(fl_multipart_feed(parser, fl_buf_str(&body)));
    fl_expect_equal(t.events, 0);
    fl_expect_equal(fl_multipart_feed(parser, fl_lit("--X\r\n\r\n\r\njunk\r\n--X")), -EBADMSG);
    fl_expect_contains(fl_multipart_error(parser), "without a name");
}

FL_TEST(what_stands_before_the_first_boundary_and_behind_the_last_is_nobodys)
{
    fl_expect_text(told_of_x("Content-Disposition: form-data; name=evil\r\n\r\nx\r\n" FIELD("a", "1") CLOSING), "a|||-1: 1\n");
    fl_expect_text(
        told_of_x(FIELD("a", "1") CLOSING "Content-Disposition: form-data; name=evil\r\n\r\nx\r\n" FIELD("evil", "2") CLOSING),
        "a|||-1: 1\n");
}

FL_TEST(a_part_without_a_name_has_nothing_of_the_one_before)
{
    fl_expect_text(told_of_x(HEAD_("f") "; filename=a\r\nContent-Transfer-Encoding: base64\r\n\r\nYQ==\r\n"
                                        "--X\r\nX: y\r\n\r\n!\r\n" FIELD("a", "1") CLOSING),
                   "f|a||-1: a\na|||-1: 1\n");
}

FL_TEST(a_nested_form_is_content)
{
    fl_expect_text(told_of_x(HEAD_("a") "\r\nContent-Type: multipart/mixed; boundary=Y\r\n\r\n--Y\r\n\r\n1\r\n--Y--\r\n" CLOSING),
                   "a||multipart/mixed|-1: --Y\r\n\r\n1\r\n--Y--\n");
}

FL_TEST(a_header_line_that_is_no_text_is_passed_over)
{
    fl_expect_text(told_of_x(HEAD_("\xFF") "\r\n\r\n1\r\n" FIELD("b", "2") CLOSING), "b|||-1: 2\n");
    fl_expect_text(told_of_x(HEAD_("a") "\r\nContent-Type: \xFF\r\n\r\n1\r\n" CLOSING), "a|||-1: 1\n");
}

/* A boundary may stand behind a bare LF; headers may not. */
FL_TEST(bare_line_feeds_end_content_but_no_headers)
{
    fl_expect_text(told_of_x("--X\r\nContent-Disposition: form-data; name=a\r\n\r\n1\n--X--\n"), "a|||-1: 1\n");
    fl_expect_text(told_of_x("--X\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--X--\n"), "");
    fl_expect_text(told_of_x("--X\r\nContent-Disposition: form-data; name=a\n\n1\r\n--X--\n"), "");
}

/* 6.1 reads a quote behind a backslash as a part of the text. */
FL_TEST(quotes_behind_backslashes_do_not_end_a_name)
{
    fl_expect_text(told_of_x(HEAD_("a\\\"; b") "\r\n\r\n1\r\n" CLOSING), "a\"; b|||-1: 1\n");
}

FL_TEST(the_code_of_an_event_ends_the_parse)
{
    const fl_str body = FL_LIT(FIELD("a", "1") FIELD("b", "2") CLOSING);

    for (int at = 1; at <= 6; at++) {
        told t = { .refuse = -ECANCELED, .at = at };
        fl_multipart *parser = parser_for("X", &t);
        fl_expect_equal(fl_multipart_feed(parser, body), -ECANCELED);
        fl_expect_equal(fl_multipart_feed(parser, body), -ECANCELED);
        fl_expect_equal(t.events, at);
    }
}

/* A boundary of dashes, in content of dashes: each byte may begin it, in each feed. */
FL_TEST(content_made_of_beginnings_of_the_boundary_comes_whole, .no_torture = true, .timeout = 120)
{
    enum { SIZE = 200000 };
    char boundary[202] = { 0 };
    fl_buf body = fl_buf_in(fl_arena_here(), 2 * SIZE);
    int code;

    memset(boundary, '-', 201);
    boundary[100] = 'x';
    fl_buf_format(&body, "--%s\r\nContent-Disposition: form-data; name=f; filename=a\r\n\r\n", boundary);
    size_t head = body.size;
    for (size_t i = 0; i < SIZE; i++)
        fl_buf_add_char(&body, '-');
    fl_buf_format(&body, "\r\n--%s--", boundary);
    const char *expected = fl_text("f|a||-1: %.*s\n", SIZE, body.data + head);
    for (size_t piece = 10; piece < SIZE; piece *= 10)
        fl_scope {
            fl_expect_text(told_of(boundary, fl_buf_str(&body), piece, &code), expected);
            fl_expect_equal(code, 0);
        }
}
