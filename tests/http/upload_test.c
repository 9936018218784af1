/* Forms of requests: fields, files through their handlers, limits, and bodies that break off. */
#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>
#include "../codec/vectors.h"
#include "http/request.h"

/* -- requests that come from nowhere ----------------------------------------------------------------------------------------- */

/* A body given out in pieces; behind its end, or after `fails_at` bytes, a code. */
typedef struct source {
    fl_exchange exchange;
    fl_str head, filling, tail;                      /* head, so many times the filling, tail */
    size_t times, piece, at, calls;
    ssize_t end;                                     /* 0, or a negative code */
} source;

static ssize_t read_source(fl_exchange *exchange, void *ret, size_t size)
{
    source *s = FL_CONTAINER(exchange, source, exchange);

    s->calls++;
    if (s->head.size == 0 && s->times > 0) {
        s->head = s->filling;
        s->times--;
    }
    if (s->head.size == 0) {
        s->head = s->tail;
        s->tail.size = 0;
    }
    if (s->head.size == 0)
        return s->end;
    size_t n = s->head.size < size ? s->head.size : size;
    if (s->piece != 0 && n > s->piece)
        n = s->piece;
    memcpy(ret, s->head.data, n);
    s->head = fl_str_slice(s->head, n, SIZE_MAX);
    s->at += n;
    return (ssize_t)n;
}

static const fl_exchange_type source_type = { .read_body = read_source };

#define MULTIPART "multipart/form-data; boundary=X"
#define FORM "application/x-www-form-urlencoded"
#define PART(name, rest, value) "--X\r\nContent-Disposition: form-data; name=\"" name "\"" rest "\r\n\r\n" value "\r\n"
#define FILE_PART(name, file, value) PART(name, "; filename=\"" file "\"\r\nContent-Type: text/x-test; charset=koi8-r", value)
#define CLOSING "--X--\r\n"

static fl_request *request_from(source *s, const char *type, long long length)
{
    fl_request *request = fl_request_new("POST", "/");

    s->exchange.type = &source_type;
    request->exchange = &s->exchange;
    request->content_length = length;
    fl_headers_put(&request->headers, fl_lit("Content-Type"), fl_str_of(type));
    fl_request_set_content_type(request);
    return request;
}

static fl_request *request_streaming(const char *type, const char *body, size_t piece)
{
    source *s = fl_new_of(source);

    *s = (source){ .head = fl_str_of(body), .piece = piece };
    return request_from(s, type, (long long)strlen(body));
}

static fl_request *request_with(const char *type, const char *body)
{
    fl_request *request = fl_request_new("POST", "/");

    fl_request_set_body(request, fl_str_of(body), type);
    return request;
}

static const char *content_of(fl_file *file) { return fl_str_c(fl_file_read_whole(file, 1 << 24)); }
static void parse(void *request) { (void)fl_post_all(request); }

/* -- forms ------------------------------------------------------------------------------------------------------------------- */

static void check_vector(const vector *v)
{
    const struct fl_list *files;
    size_t field = 4;

    if (!vector_is(v, "multipart"))
        return;
    fl_request *request = fl_request_new("POST", "/");
    fl_request_set_body(request, v->fields[2], fl_text("multipart/form-data; boundary=\"%s\"", fl_str_c(v->fields[1])));
    fl_expect_text(fl_value_text(fl_box(fl_post_all(request))), fl_str_c(v->fields[3]));
    for (size_t cursor = 0; field < v->count; field += 4 * files->count) {
        fl_value name, list;
        fl_expect(fl_dict_next(request->parts->files, &cursor, &name, &list));
        files = fl_uploads(request, fl_value_text(name));
        for (size_t i = 0; i < files->count; i++) {
            const fl_str *expected = &v->fields[field + 4 * i];
            fl_file *file = (void *)files->items[i].object;
            fl_expect_bytes(fl_str_of(fl_value_text(name)), expected[0]);
            fl_expect_bytes(fl_str_of(fl_file_name(file)), expected[1]);
            if (expected[2].size > 0)                /* else ours guesses by the name */
                fl_expect_bytes(fl_str_of(fl_file_content_type(file)), expected[2]);
            fl_expect_bytes(fl_str_of(content_of(file)), expected[3]);
        }
    }
    fl_expect_equal(field, v->count < 4 ? 4 : v->count);
}

FL_TEST(forms_with_files_are_read_as_django_reads_them, .no_torture = true) { each_vector("http_forms", check_vector); }

FL_TEST(three_files_of_one_field_arrive_and_a_field_beside_them)
{
    fl_request *request = request_streaming(MULTIPART,
                                            FILE_PART("f", "a.txt", "1") FILE_PART("f", "b.txt", "22") PART("title", "", "day")
                                                FILE_PART("f", "c.txt", "333") CLOSING,
                                            0);
    const fl_list *files = fl_uploads(request, "f");
    static const char *const contents[] = { "1", "22", "333" };

    fl_expect_equal(files->count, 3);
    for (size_t i = 0; i < 3; i++)
        fl_expect_text(content_of((void *)files->items[i].object), contents[i]);
    fl_expect_text(fl_file_name(fl_upload(request, "f")), "c.txt");
    fl_expect_text(fl_post(request, "title"), "day");
    fl_expect(fl_upload(request, "title") == NULL && fl_post(request, "f") == NULL);
    fl_expect_equal(fl_len(fl_uploads(request, "none")), 0);
}

FL_TEST(a_urlencoded_form_is_read_and_the_body_stays)
{
    fl_request *request = request_streaming(FORM, "a=1&a=2&b=%C3%A9", 3);

    fl_expect_text(fl_post(request, "a"), "2");
    fl_expect_text(fl_post(request, "b"), "\u00E9");
    fl_expect(fl_post(request, "c") == NULL);
    fl_expect_equal(fl_body(request).size, 16);
    fl_expect(fl_upload(request, "a") == NULL);
}

static const struct {
    const char *method, *type, *body;
} no_forms[] = {
    { "POST", "text/plain", "a=1" },
    { "POST", "application/json", "{}" },
    { "PUT", FORM, "a=1" },
    { "PATCH", MULTIPART, PART("a", "", "1") CLOSING },
    { "POST", FORM, "" },
    { "POST", MULTIPART, "" },
};

FL_TEST(what_is_no_form_gives_an_empty_one)
{
    for (size_t i = 0; i < FL_LENGTH(no_forms); i++) {
        fl_request *request = request_with(no_forms[i].type, no_forms[i].body);
        fl_label("%s %s", no_forms[i].method, no_forms[i].type);
        request->method = no_forms[i].method;
        fl_expect_equal(fl_querydict_count(fl_post_all(request)), 0);
        fl_expect(fl_upload(request, "a") == NULL);
    }
}

static const struct {
    const char *type;
    bool fine;
} charsets[] = {
    { FORM, true },
    { FORM "; charset=utf-8", true },
    { FORM "; charset=\"UTF-8\"", true },
    { FORM "; charset=", true },
    { FORM "; charset=iso-8859-1", false },
    { FORM "; Charset=utf8", false },
};

FL_TEST(a_urlencoded_form_of_another_charset_is_refused_with_400)
{
    for (size_t i = 0; i < FL_LENGTH(charsets); i++) {
        fl_request *request = request_with(charsets[i].type, "a=%E9");
        fl_label("%s", charsets[i].type);
        if (charsets[i].fine)
            fl_expect_text(fl_post(request, "a"), "\uFFFD");
        else
            fl_expect_equal(fl_error_status(fl_expect_raises(FL_BAD_REQUEST, parse, request)), 400);
    }
}

static void change(void *form) { fl_querydict_set(form, "a", "1"); }

FL_TEST(the_form_of_a_request_is_read_only)
{
    fl_expect_error(FL_PROGRAMMING_ERROR, change, fl_post_all(request_with(FORM, "a=1")));
    fl_expect_error(FL_PROGRAMMING_ERROR, change, fl_post_all(request_with(MULTIPART, PART("a", "", "1") CLOSING)));
    fl_expect_error(FL_PROGRAMMING_ERROR, change, fl_post_all(request_with("text/plain", "")));
    fl_expect_error(FL_PROGRAMMING_ERROR, change, fl_query_all(fl_request_new("GET", "/?a=1")));
}

FL_TEST(the_query_string_has_its_own_fields)
{
    fl_request *request = fl_request_new("GET", "/?a=1&a=2&n=%C3%A9");

    fl_expect_text(fl_query(request, "a"), "2");
    fl_expect_equal(fl_len(fl_querydict_list(fl_query_all(request), "a")), 2);
    fl_expect_text(fl_query(request, "n"), "\u00E9");
    fl_expect(fl_query(request, "z") == NULL);
}

/* -- bodies ------------------------------------------------------------------------------------------------------------------ */

static void read_body(void *request) { (void)fl_body(request); }
static void read_part(void *request)
{
    char byte;
    (void)fl_body_read(request, &byte, 1);
}

FL_TEST(a_body_that_went_into_a_form_with_files_cannot_be_read_any_more)
{
    fl_request *request = request_streaming(MULTIPART, PART("a", "", "1") CLOSING, 0);

    fl_expect_text(fl_post(request, "a"), "1");
    fl_expect_error(FL_BODY_CONSUMED, read_body, request);
    fl_expect_error(FL_BODY_CONSUMED, read_part, request);
    fl_expect_text(fl_post(request, "a"), "1");
}

FL_TEST(a_body_that_was_read_before_stays_when_its_form_is_parsed)
{
    fl_request *request = request_with(MULTIPART, PART("a", "", "1") CLOSING);

    fl_expect_text(fl_post(request, "a"), "1");
    fl_expect_equal(fl_body(request).size, strlen(PART("a", "", "1") CLOSING));
}

FL_TEST(who_reads_the_body_part_by_part_gets_no_form)
{
    fl_request *request = request_streaming(FORM, "a=1", 0);

    read_part(request);
    fl_expect_equal(fl_querydict_count(fl_post_all(request)), 0);
}

static const struct {
    ssize_t code;
    const fl_error_class *is;
    int status;
} breaks[] = {
    { -ECONNRESET, &FL_UNREADABLE_BODY, 400 },
    { -ETIMEDOUT, &FL_UNREADABLE_BODY, 408 },
    { -EFBIG, &FL_UNREADABLE_BODY, 413 },
    { 0, &FL_MULTIPART_ERROR, 400 },
};

FL_TEST(a_form_that_breaks_off_is_an_error_and_then_empty)
{
    for (size_t i = 0; i < FL_LENGTH(breaks); i++) {
        source s = { .head = FL_LIT(PART("a", "", "1") "--X\r\nContent-Disposition: form-data; name=f; filename=a\r\n\r\nhalf"),
                     .end = breaks[i].code };
        fl_request *request = request_from(&s, MULTIPART, 1000);
        fl_label("%zd", breaks[i].code);
        fl_error *error = fl_expect_raises_(breaks[i].is, parse, request, "parse", __FILE__, __LINE__);
        fl_expect_equal(fl_error_status(error), breaks[i].status);
        fl_expect_equal(fl_querydict_count(fl_post_all(request)), 0);
        fl_expect(fl_upload(request, "f") == NULL);
    }
}

static const char *const broken[] = { "multipart/form-data",
                                      "multipart/form-data; boundary=", "multipart/form-data; boundary=\"a \"" };

FL_TEST(a_form_without_a_boundary_is_refused_with_400)
{
    for (size_t i = 0; i < FL_LENGTH(broken); i++) {
        fl_error *error = fl_expect_raises(FL_MULTIPART_ERROR, parse, request_with(broken[i], PART("a", "", "1") CLOSING));
        fl_expect_equal(fl_error_status(error), 400);
        fl_expect_contains(error->message, "boundary");
    }
}

/* -- limits ------------------------------------------------------------------------------------------------------------------ */

static const char *repeated(const char *part, int times, const char *tail)
{
    fl_buf body = fl_buf_in(fl_arena_here(), 16 << 20);

    for (int i = 0; i < times; i++)
        fl_buf_add_c(&body, part);
    fl_buf_add_c(&body, tail);
    return fl_buf_c(&body);
}

FL_TEST(of_1001_fields_a_form_is_refused_with_400, .no_torture = true)
{
    const char *part = PART("a", "", "1");

    fl_expect_equal(fl_len(fl_querydict_list(fl_post_all(request_with(MULTIPART, repeated(part, 1000, CLOSING))), "a")), 1000);
    fl_error *error = fl_expect_raises(FL_TOO_MANY_FIELDS, parse, request_with(MULTIPART, repeated(part, 1001, CLOSING)));
    fl_expect_equal(fl_error_status(error), 400);
    fl_expect_contains(error->hint, "data_upload_max_number_fields");
    fl_expect_equal(fl_len(fl_querydict_list(fl_post_all(request_with(FORM, repeated("a=1&", 999, "a=1"))), "a")), 1000);
    fl_expect_error(FL_TOO_MANY_FIELDS, parse, request_with(FORM, repeated("a=1&", 1000, "a=1")));
}

FL_TEST(of_101_files_a_form_is_refused_with_400, .no_torture = true)
{
    const char *part = FILE_PART("f", "a.txt", "1");

    fl_expect_equal(fl_len(fl_uploads(request_with(MULTIPART, repeated(part, 100, CLOSING)), "f")), 100);
    fl_error *error = fl_expect_raises(FL_TOO_MANY_FILES, parse, request_with(MULTIPART, repeated(part, 101, CLOSING)));
    fl_expect_equal(fl_error_status(error), 400);
    fl_expect_contains(error->hint, "data_upload_max_number_files");
}

FL_TEST(fields_count_against_the_bodys_limit_and_files_do_not)
{
    fl_request_limits limits = fl_request_limits_default;
    const char *file = FILE_PART("f", "a.txt", "0123456789012345678901234567890123456789");

    limits.body = 20;
    fl_request *fine = request_streaming(MULTIPART, fl_text("%s%s", file, PART("a", "", "01234567890123456") CLOSING), 0);
    fl_request_use_limits(fine, &limits);
    fl_expect_equal(strlen(fl_post(fine, "a")), 17);                 /* and "a" and two more: 20 */
    fl_request *more = request_streaming(MULTIPART, fl_text("%s%s", file, PART("a", "", "012345678901234567") CLOSING), 0);
    fl_request_use_limits(more, &limits);
    fl_error *error = fl_expect_raises(FL_REQUEST_DATA_TOO_BIG, parse, more);
    fl_expect_equal(fl_error_status(error), 400);
    fl_expect_contains(error->hint, "data_upload_max_memory_size");
    fl_request *names = request_streaming(MULTIPART, repeated(PART("a", "", ""), 7, CLOSING), 0);
    fl_request_use_limits(names, &limits);
    fl_expect_error(FL_REQUEST_DATA_TOO_BIG, parse, names);
}

FL_TEST(a_urlencoded_body_beyond_the_limit_is_refused_with_400)
{
    fl_request_limits limits = fl_request_limits_default;
    fl_request *request = request_streaming(FORM, "a=123456789", 0);

    limits.body = 10;
    fl_request_use_limits(request, &limits);
    fl_expect_equal(fl_error_status(fl_expect_raises(FL_REQUEST_DATA_TOO_BIG, parse, request)), 400);
}

FL_TEST(a_form_of_a_hundred_thousand_fields_is_refused_before_it_is_kept, .no_torture = true)
{
    fl_request *request = request_with(FORM, repeated("a=1&", 100000, "a=1"));

    fl_expect_arena (4096) {
        fl_expect_error(FL_TOO_MANY_FIELDS, parse, request);
    }
}

/* Each is refused as a hostile request, of its own class, so that each has its own name in the log. */
FL_TEST(suspicious_requests_are_of_their_own_classes)
{
    static const fl_error_class *const suspicious[] = { &FL_DISALLOWED_HOST, &FL_DISALLOWED_REDIRECT, &FL_REQUEST_DATA_TOO_BIG,
                                                        &FL_TOO_MANY_FIELDS, &FL_TOO_MANY_FILES,      &FL_SUSPICIOUS_MULTIPART };

    for (size_t i = 0; i < FL_LENGTH(suspicious); i++) {
        const fl_error *error = fl_error_new_(suspicious[i], __FILE__, __LINE__, "x");
        fl_expect(fl_error_is(error, FL_SUSPICIOUS_OPERATION));
        fl_expect_equal(fl_error_status(error), 400);
        for (size_t other = 0; other < FL_LENGTH(suspicious); other++)
            fl_expect_equal(fl_error_is_(error, suspicious[other]), other == i);
    }
    fl_expect_equal(fl_error_status(fl_error_new(FL_MULTIPART_ERROR, "x")), 400);
    fl_expect_equal(fl_error_status(fl_error_new(FL_UNREADABLE_BODY, "x")), 400);
    fl_expect_equal(fl_error_status(fl_error_new(FL_REQUEST_ABORTED, "x")), 400);
    fl_expect_equal(fl_error_status(fl_error_new(FL_BODY_CONSUMED, "x")), 500);
    fl_expect_equal(fl_error_status(fl_error_new(FL_BAD_HEADER, "x")), 500);
}

/* -- files ------------------------------------------------------------------------------------------------------------------- */

FL_TEST(a_form_over_the_memory_limit_goes_to_temporary_files_that_end_with_the_request)
{
    fl_request_limits limits = fl_request_limits_default;
    fl_arena *arena = freed_later(fl_arena_new("request", FL_NO_LIMIT));
    struct stat about;
    const char *body = FILE_PART("f", "report.pdf", "content");

    limits.temporary_directory = fl_test_directory();
    limits.in_memory = strlen(body) + strlen(CLOSING) - 1;
    (void)fl_arena_set_here(arena);
    fl_request *request = request_streaming(MULTIPART, fl_text("%s%s", body, CLOSING), 5);
    fl_request_use_limits(request, &limits);
    fl_file *file = fl_upload(request, "f");
    (void)fl_arena_set_here(NULL);
    fl_expect(!fl_file_in_memory(file, NULL));
    char *path = fl_text("%s", fl_file_path(file));
    fl_expect(fl_starts_with(path, limits.temporary_directory));
    fl_expect_contains(path, ".upload");
    fl_expect_text(fl_file_name(file), "report.pdf");
    fl_expect_text(fl_file_content_type(file), "text/x-test");
    fl_expect_equal(fl_file_size(file), 7);
    fl_expect_text(content_of(file), "content");
    fl_expect_equal(stat(path, &about), 0);
    fl_expect_equal(about.st_mode & 0777, 0600);
    free_now(arena);
    fl_expect_equal(stat(path, &about), -1);

    limits.in_memory++;
    request = request_streaming(MULTIPART, fl_text("%s%s", body, CLOSING), 5);
    fl_request_use_limits(request, &limits);
    fl_expect(fl_file_in_memory(fl_upload(request, "f"), NULL));
}

FL_TEST(the_memory_limit_is_two_and_a_half_megabytes, .no_torture = true)
{
    fl_expect_equal(fl_request_limits_default.in_memory, 2621440);
    fl_expect_equal(fl_request_limits_default.body, 2621440);
    for (int over = 0; over < 2; over++) {
        const char *head = FILE_PART("f", "a", ""), *tail = CLOSING;
        size_t filling = 2621440 - strlen(head) - strlen(tail) + (size_t)over;
        char *content = memset(fl_alloc(filling + 1), 'x', filling);
        content[filling] = '\0';
        fl_request *request = request_streaming(MULTIPART, fl_text("%.*s%s\r\n%s", (int)strlen(head) - 2, head, content, tail),
                                                0);
        fl_file *file = fl_upload(request, "f");
        fl_expect_equal(fl_file_in_memory(file, NULL), over == 0);
        fl_expect_equal(fl_file_size(file), filling);
    }
}

FL_TEST(a_body_of_unknown_length_is_never_kept_in_memory)
{
    source s = { .head = FL_LIT(FILE_PART("f", "a.txt", "content") CLOSING) };
    fl_request *request = request_from(&s, MULTIPART, -1);

    fl_expect(!fl_file_in_memory(fl_upload(request, "f"), NULL));
    fl_expect_text(content_of(fl_upload(request, "f")), "content");
}

/* -- handlers ---------------------------------------------------------------------------------------------------------------- */

/* One that writes down what it is told; what it answers is up to the test. */
typedef struct recorder {
    const char *name;
    fl_upload_verdict on_file, on_chunk;
    size_t after;
    bool gives_file, changes;
} recorder;

static recorder first, second;
static fl_buf *notes;

static void note(const recorder *r, const char *what) { fl_buf_format(notes, "%s.%s ", r->name, what); }
static void *begin_first(FL_UNUSED fl_request *request, fl_int length)
{
    fl_buf_format(notes, "first.begin(%lld) ", length);
    return &first;
}
static void *begin_second(FL_UNUSED fl_request *request, FL_UNUSED fl_int length)
{
    note(&second, "begin");
    return &second;
}

static fl_upload_verdict new_file(void *state, const fl_upload_info *info)
{
    const recorder *r = state;

    fl_buf_format(notes, "%s.new(%s %s %s %s %lld) ", r->name, info->field, info->name, info->content_type, info->charset,
                  info->content_length);
    return r->on_file;
}

static fl_upload_verdict receive(void *state, fl_str *chunk, fl_int start)
{
    recorder *r = state;

    fl_buf_format(notes, "%s.chunk(%lld %.*s) ", r->name, start, FL_SHOW(*chunk));
    if (r->changes)
        *chunk = fl_str_upper_ascii(*chunk);
    return (size_t)start >= r->after ? r->on_chunk : FL_UPLOAD_GO_ON;
}

static fl_file *file_complete(void *state, fl_int size)
{
    const recorder *r = state;

    fl_buf_format(notes, "%s.file(%lld) ", r->name, size);
    return r->gives_file ? fl_file_of_bytes(r->name, fl_lit("given")) : NULL;
}

static void complete(void *state) { note(state, "complete"); }
static void interrupted(void *state) { note(state, "interrupted"); }

static const fl_upload_handler first_handler = {
    "first", 4, begin_first, new_file, receive, file_complete, complete, interrupted
};
static const fl_upload_handler second_handler = { "second",      0,        begin_second, new_file, receive,
                                                  file_complete, complete, interrupted };

#define TWO_FILES PART("a", "", "1") FILE_PART("f", "a.txt", "abcdefgh") FILE_PART("f", "b.txt", "xy") PART("z", "", "2") CLOSING

static fl_request *recorded(recorder a, recorder b)
{
    fl_request *request = request_streaming(MULTIPART, TWO_FILES, 0);

    notes = fl_new_of(fl_buf);
    *notes = fl_buf_in(fl_arena_here(), 1 << 16);
    first = a;
    second = b;
    first.name = "first";
    second.name = "second";
    fl_request_upload_handlers(request, &first_handler, &second_handler);
    return request;
}

static bool is_noted(const char *what) { return strstr(fl_buf_c(notes), what) != NULL; }

/* What a file's chunks are depends on where reading stopped; together they are the file. */
static const char *chunks_of(const char *handler)
{
    fl_buf all = fl_buf_in(fl_arena_here(), 1 << 16);
    const char *start = fl_text("%s.chunk(", handler);

    for (const char *at = fl_buf_c(notes); (at = strstr(at, start)) != NULL; at++) {
        at = strchr(at, ' ') + 1;
        fl_buf_add_n(&all, at, strcspn(at, ")"));
    }
    return fl_buf_c(&all);
}

FL_TEST(handlers_are_called_in_order_and_the_first_file_wins)
{
    fl_request *request = recorded((recorder){ 0 }, (recorder){ .gives_file = true });

    fl_expect_text(fl_post(request, "z"), "2");
    fl_expect_equal(fl_len(fl_uploads(request, "f")), 2);
    fl_expect_text(fl_file_name(fl_upload(request, "f")), "second");
    fl_expect(fl_starts_with(
        fl_buf_c(notes),
        fl_text("first.begin(%zu) second.begin first.new(f a.txt text/x-test koi8-r -1) second.new(f a.txt", strlen(TWO_FILES))));
    fl_expect(is_noted("first.file(8) second.file(8) first.new(f b.txt"));
    fl_expect(is_noted("first.file(2) second.file(2) first.complete second.complete"));
    fl_expect_text(chunks_of("first"), "abcdefghxy");
    fl_expect_text(chunks_of("second"), "abcdefghxy");
    fl_expect(!is_noted("interrupted"));
}

FL_TEST(no_chunk_is_longer_than_the_smallest_handler_takes)
{
    fl_request *request = recorded((recorder){ 0 }, (recorder){ 0 });

    (void)fl_post_all(request);
    for (const char *at = fl_buf_c(notes); (at = strstr(at, "chunk(")) != NULL; at++)
        fl_expect(strcspn(strchr(at, ' ') + 1, ")") <= 4);
}

FL_TEST(a_chunk_that_is_taken_or_changed_is_so_for_the_next_handlers)
{
    (void)fl_post_all(recorded((recorder){ .on_chunk = FL_UPLOAD_TAKEN, .gives_file = true }, (recorder){ 0 }));
    fl_expect_text(chunks_of("first"), "abcdefghxy");
    fl_expect_text(chunks_of("second"), "");
    fl_expect(is_noted("second.new(f a.txt") && !is_noted("second.file"));

    fl_request *request = recorded((recorder){ .changes = true }, (recorder){ 0 });
    (void)fl_post_all(request);
    fl_expect_text(chunks_of("second"), "ABCDEFGHXY");
    fl_expect(fl_upload(request, "f") == NULL);
}

FL_TEST(a_handler_may_keep_a_file_from_the_next_ones)
{
    fl_request *request = recorded((recorder){ .on_file = FL_UPLOAD_TAKEN, .gives_file = true },
                                   (recorder){ .gives_file = true });

    fl_expect_text(fl_file_name(fl_upload(request, "f")), "first");
    fl_expect(is_noted("second.begin") && is_noted("second.complete"));
    fl_expect(!is_noted("second.new") && !is_noted("second.chunk") && !is_noted("second.file"));
}

FL_TEST(a_skipped_file_is_thrown_away_and_the_form_goes_on)
{
    fl_request *request = recorded((recorder){ .on_chunk = FL_UPLOAD_SKIP_FILE, .after = 4, .gives_file = true },
                                   (recorder){ 0 });

    fl_expect_equal(fl_len(fl_uploads(request, "f")), 1);            /* the second one is shorter */
    fl_expect_text(fl_post(request, "z"), "2");
    fl_expect(is_noted("first.file(2)") && !is_noted("first.file(8)"));

    request = recorded((recorder){ .on_file = FL_UPLOAD_SKIP_FILE, .gives_file = true }, (recorder){ 0 });
    fl_expect_equal(fl_len(fl_uploads(request, "f")), 0);
    fl_expect(!is_noted("chunk") && !is_noted("second.new") && is_noted("first.complete"));
}

FL_TEST(a_stopped_upload_leaves_what_was_parsed_and_reads_the_rest)
{
    fl_request *request = recorded((recorder){ .on_chunk = FL_UPLOAD_STOP, .gives_file = true }, (recorder){ 0 });
    const source *s = FL_CONTAINER(request->exchange, source, exchange);

    fl_expect_text(fl_post(request, "a"), "1");
    fl_expect(fl_post(request, "z") == NULL && fl_upload(request, "f") == NULL);
    fl_expect_equal(s->at, strlen(TWO_FILES));
    fl_expect(is_noted("first.complete second.complete") && !is_noted("interrupted"));
}

FL_TEST(a_reset_upload_reads_no_further)
{
    fl_request *request = recorded((recorder){ .on_chunk = FL_UPLOAD_RESET }, (recorder){ 0 });
    const source *s = FL_CONTAINER(request->exchange, source, exchange);

    fl_expect_text(fl_post(request, "a"), "1");
    fl_expect(s->at < strlen(TWO_FILES));
    fl_expect_error(FL_BODY_CONSUMED, read_body, request);
}

FL_TEST(when_the_client_breaks_off_handlers_are_told)
{
    fl_request *request = recorded((recorder){ 0 }, (recorder){ 0 });
    source *s = FL_CONTAINER(request->exchange, source, exchange);

    s->head.size = 150;
    s->end = -ECONNRESET;
    fl_expect_error(FL_UNREADABLE_BODY, parse, request);
    fl_expect(is_noted("first.interrupted second.interrupted") && !is_noted("complete"));
}

static void set_handlers(void *request) { fl_request_upload_handlers((fl_request *)request, &fl_memory_upload); }

FL_TEST(handlers_are_set_before_the_form_is_parsed)
{
    fl_request *request = request_with(MULTIPART, PART("a", "", "1") CLOSING);

    set_handlers(request);
    (void)fl_post_all(request);
    fl_expect_error(FL_PROGRAMMING_ERROR, set_handlers, request);
}

/* -- a quota: stands first, and refuses a form whose files are together too long --------------------------------------------- */

FL_ERROR_CLASS(QuotaExceeded, FL_BAD_REQUEST, .status = 400);
static const fl_int quota_left = 10;

static void *quota_begin(FL_UNUSED fl_request *request, FL_UNUSED fl_int length) { return fl_new_of(fl_int); }
static fl_upload_verdict quota_receive(void *state, fl_str *chunk, FL_UNUSED fl_int start)
{
    fl_int *used = state;

    *used += (fl_int)chunk->size;
    if (*used > quota_left)
        fl_raise(QuotaExceeded, "the files are longer than %lld bytes together", quota_left);
    return FL_UPLOAD_GO_ON;
}
static const fl_upload_handler quota = { .name = "quota", .begin = quota_begin, .receive = quota_receive };

FL_TEST(a_quota_is_a_handler_in_front_of_the_others)
{
    fl_request *fine = request_streaming(MULTIPART, FILE_PART("f", "a", "12345") FILE_PART("f", "b", "12345") CLOSING, 0);
    fl_request *over = request_streaming(MULTIPART, FILE_PART("f", "a", "12345") FILE_PART("f", "b", "123456") CLOSING, 0);

    fl_request_upload_handlers(fine, &quota, &fl_memory_upload, &fl_temporary_upload);
    fl_request_upload_handlers(over, &quota, &fl_memory_upload, &fl_temporary_upload);
    fl_expect_equal(fl_len(fl_uploads(fine, "f")), 2);
    fl_expect_error(QuotaExceeded, parse, over);
    fl_expect_equal(fl_len(fl_uploads(over, "f")), 0);
}

static void close_directory(void *directory) { (void)closedir(directory); }

static int files_in(const char *path)
{
    DIR *directory = opendir(path);
    int n = 0;

    fl_expect(directory != NULL);
    fl_defer(close_directory, directory);
    for (const struct dirent *entry; (entry = readdir(directory)) != NULL;)
        n += entry->d_name[0] != '.';
    return n;
}

static fl_upload_verdict skip_long(FL_UNUSED void *state, FL_UNUSED fl_str *chunk, fl_int start)
{
    return start >= 65536 ? FL_UPLOAD_SKIP_FILE : FL_UPLOAD_GO_ON;
}
static const fl_upload_handler skips_long = { .name = "skips long ones", .receive = skip_long };

/* A short file and a long one, which nobody gets: one is left on the disk. */
static void check_one_left(bool broken_off, const fl_error_class *is, const fl_upload_handler *before)
{
    fl_request_limits limits = fl_request_limits_default;
    char *filling = memset(fl_alloc(200000), 'x', 200000);
    source s = { .head = FL_LIT(FILE_PART("f", "a", "12345") "--X\r\nContent-Disposition: form-data; name=f; filename=b\r\n\r\n"),
                 .filling = { filling, 200000 },
                 .times = 1,
                 .tail = broken_off ? fl_lit("") : fl_lit("\r\n" CLOSING),
                 .end = broken_off ? -ECONNRESET : 0 };
    fl_request *request = request_from(&s, MULTIPART, -1);

    limits.temporary_directory = fl_test_directory();
    fl_request_use_limits(request, &limits);
    fl_request_upload_handlers(request, before, &fl_temporary_upload);
    if (is != NULL)
        (void)fl_expect_raises_(is, parse, request, "parse", __FILE__, __LINE__);
    fl_expect_equal(fl_len(fl_uploads(request, "f")), is == NULL);
    fl_expect_equal(files_in(limits.temporary_directory), 1);
}

FL_TEST(a_skipped_file_is_removed_from_the_disk_at_once, .no_torture = true) { check_one_left(false, NULL, &skips_long); }

FL_TEST(a_file_that_broke_off_is_removed_from_the_disk_at_once, .no_torture = true)
{
    check_one_left(true, &FL_UNREADABLE_BODY, &fl_memory_upload);
}

/* -- large ones -------------------------------------------------------------------------------------------------------------- */

static fl_int counted;
static fl_upload_verdict count(FL_UNUSED void *state, fl_str *chunk, FL_UNUSED fl_int start)
{
    counted += (fl_int)chunk->size;
    (void)fl_alloc(chunk->size);                     /* what a handler takes for a chunk goes with it */
    return FL_UPLOAD_TAKEN;
}
static const fl_upload_handler counter = { .name = "counter", .receive = count };

static source *long_file(size_t megabytes)
{
    source *s = fl_new_of(source);
    char *filling = memset(fl_alloc(1 << 20), 'x', 1 << 20);

    *s = (source){ .head = FL_LIT("--X\r\nContent-Disposition: form-data; name=f; filename=a\r\n\r\n"),
                   .filling = { filling, 1 << 20 },
                   .times = megabytes,
                   .tail = FL_LIT("\r\n" CLOSING) };
    return s;
}

FL_TEST(a_file_of_five_gigabytes_takes_the_memory_of_a_chunk, .no_torture = true, .timeout = 120)
{
    size_t megabytes = FL_ASAN ? 64 : 5120;
    fl_request *request = request_from(long_file(megabytes), MULTIPART, -1);

    counted = 0;
    fl_request_upload_handlers(request, &counter);
    fl_expect_arena (1 << 20) {
        (void)fl_post_all(request);
    }
    fl_expect_equal(counted, (fl_int)megabytes << 20);
}

FL_TEST(a_large_file_goes_to_the_disk_in_chunks, .no_torture = true, .timeout = 120)
{
    fl_request_limits limits = fl_request_limits_default;
    fl_request *request = request_from(long_file(24), MULTIPART, -1);

    limits.temporary_directory = fl_test_directory();
    fl_request_use_limits(request, &limits);
    fl_expect_arena (1 << 20) {
        fl_expect_equal(fl_file_size(fl_upload(request, "f")), 24 << 20);
    }
}
