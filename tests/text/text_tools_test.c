/* Lists in words, queries, file names, gzip: what has no vectors. */
#include <fleche/text.h>
#include <zlib.h>
#include "../helpers.h"

FL_TEST(lists_are_read_with_a_last_word)
{
    fl_expect_text(fl_get_text_list(fl_list_of("a", "b", "c", "d"), NULL).data, "a, b, c or d");
    fl_expect_text(fl_get_text_list(fl_list_of("a", "b", 3), "and").data, "a, b and 3");
    fl_expect_text(fl_get_text_list(fl_list_of("a", "b"), "and").data, "a and b");
    fl_expect_text(fl_get_text_list(fl_list_of("a"), NULL).data, "a");
    fl_expect_text(fl_get_text_list(fl_list_new(), NULL).data, "");
    fl_expect_text(fl_get_text_list(NULL, NULL).data, "");
}

FL_TEST(pairs_become_a_query)
{
    fl_expect_text(fl_urlencode("page", 2, "q", "c & web", "\u00e9", FL_TRUE).data, "page=2&q=c+%26+web&%C3%A9=True");
    fl_expect_text(fl_urlencode("a", fl_list_of(1, 2)).data, "a=%5B1%2C+2%5D");
    fl_expect_text(fl_urlencode_lists("a", fl_list_of(1, "x y"), "b", "ab").data, "a=1&a=x+y&b=ab");
    fl_expect_text(fl_urlencode_lists("a", fl_list_new(), "b", 1).data, "b=1");
    fl_expect_text(fl_urlencode("raw", ((fl_bytes){ (const uint8_t *)"\xff/", 2 })).data, "raw=%FF%2F");
}

static void encode_none(FL_UNUSED void *data) { (void)fl_urlencode("page", FL_NONE_VALUE); }
static void encode_none_in_list(FL_UNUSED void *data) { (void)fl_urlencode_lists("page", fl_list_of(FL_NONE_VALUE)); }

FL_TEST(none_has_no_place_in_a_query)
{
    fl_expect_contains(fl_expect_raises(FL_TYPE_ERROR, encode_none, NULL)->message, "\"page\"");
    fl_expect_error(FL_TYPE_ERROR, encode_none_in_list, NULL);
}

static void name_dots(void *name) { (void)fl_get_valid_filename(fl_str_of(name)); }

FL_TEST(uploads_without_a_usable_name_are_refused)
{
    fl_expect_error(FL_BAD_REQUEST, name_dots, "..");
    fl_expect_error(FL_BAD_REQUEST, name_dots, ".");
    fl_expect_error(FL_BAD_REQUEST, name_dots, "");
    fl_expect_error(FL_BAD_REQUEST, name_dots, "/?");
    fl_expect_text(fl_get_valid_filename(fl_lit("../etc/my file.txt")).data, "..etcmy_file.txt");
}

static void unquote(void *text) { (void)fl_unescape_string_literal(fl_str_of(text)); }

FL_TEST(what_is_no_literal_is_refused)
{
    fl_expect_error(FL_VALUE_ERROR, unquote, "abc");
    fl_expect_error(FL_VALUE_ERROR, unquote, "");
    fl_expect_error(FL_VALUE_ERROR, unquote, "'a\"");
}

static void wrap_to_nothing(FL_UNUSED void *data) { (void)fl_wrap_words(fl_lit("a"), 0); }
FL_TEST(a_width_of_nothing_is_refused) { fl_expect_error(FL_VALUE_ERROR, wrap_to_nothing, NULL); }

/* What html.parser holds back at the end, as a start of something that may follow, is text here. */
FL_TEST(an_ampersand_near_the_end_keeps_the_text)
{
    fl_expect_text(fl_truncate_chars_html(fl_lit("<b>AT&T</b> and M&M"), 40, NULL).data, "<b>AT&amp;T</b> and M&amp;M");
    fl_expect_text(fl_truncate_words_html(fl_lit("<textarea>a b c"), 2, NULL).data, "<textarea>a b\u2026</textarea>");
}

/* -- gzip -------------------------------------------------------------------------------------------------------------------- */

static fl_str gunzip(fl_str packed)
{
    static char plain[1 << 17];
    z_stream stream = { 0 };

    fl_expect_equal(inflateInit2(&stream, 15 + 16), Z_OK);
    stream.next_in = (Bytef *)(uintptr_t)packed.data;
    stream.avail_in = (unsigned)packed.size;
    stream.next_out = (Bytef *)plain;
    stream.avail_out = sizeof plain;
    int code = inflate(&stream, Z_FINISH);
    size_t size = sizeof plain - stream.avail_out;
    (void)inflateEnd(&stream);
    fl_expect_equal(code, Z_STREAM_END);
    fl_expect_equal(stream.avail_in, 0);
    return fl_str_n(plain, size);
}

static fl_buf *packed_of(fl_str text, size_t most_random)
{
    fl_buf *out = heap_buf(1 << 20);

    fl_compress_string(out, text, most_random);
    fl_expect(!fl_buf_failed(out));
    return out;
}

static fl_str some_text(size_t size)
{
    char *text = fl_alloc(size);

    for (size_t i = 0; i < size; i++)
        text[i] = (char)('a' + i * i % 23);
    return fl_str_n(text, size);
}

FL_TEST(what_is_compressed_comes_back)
{
    static const size_t sizes[] = { 0, 1, 100, 4096, 100000 };

    for (size_t i = 0; i < FL_LENGTH(sizes); i++) {
        fl_str text = some_text(sizes[i]);
        fl_expect_bytes(gunzip(fl_buf_str(packed_of(text, 0))), text);
        fl_expect_bytes(gunzip(fl_buf_str(packed_of(text, 100))), text);
    }
}

FL_TEST(the_header_has_no_time_and_no_name_unless_asked)
{
    static const char header[] = { 0x1f, (char)0x8b, 8, 0, 0, 0, 0, 0, 0, 3 };
    fl_expect_bytes(fl_str_slice(fl_buf_str(packed_of(fl_lit("x"), 0)), 0, 10), fl_str_n(header, 10));
}

FL_TEST(a_random_name_makes_sizes_differ)
{
    fl_map sizes = fl_set_of_keys();

    for (int i = 0; i < 40; i++) {
        fl_buf *packed = packed_of(fl_lit("the same text"), 100);
        fl_str header = fl_buf_str(packed), name;
        fl_expect_equal((int)header.data[3], 8);
        header = fl_str_slice(header, 10, SIZE_MAX);
        fl_expect(fl_str_cut(&header, '\0', &name));
        fl_expect(name.size < 100);
        for (size_t at = 0; at < name.size; at++)
            fl_expect_equal(name.data[at], 'a');
        fl_set_add_int(&sizes, (long long)packed->size);
    }
    fl_expect(sizes.count > 10);
}

FL_TEST(pieces_can_be_read_behind_a_flush)
{
    fl_gzip_writer *gzip = fl_gzip_new(0);
    fl_buf *out = heap_buf(1 << 20);
    z_stream stream = { 0 };
    char plain[64];

    fl_gzip_write(gzip, fl_lit("first "), out);
    fl_gzip_flush(gzip, out);
    fl_expect_equal(inflateInit2(&stream, 15 + 16), Z_OK);
    stream.next_in = (Bytef *)out->data;
    stream.avail_in = (unsigned)out->size;
    stream.next_out = (Bytef *)plain;
    stream.avail_out = sizeof plain;
    int code = inflate(&stream, Z_SYNC_FLUSH);
    size_t size = sizeof plain - stream.avail_out;
    (void)inflateEnd(&stream);
    fl_expect_equal(code, Z_OK);
    fl_expect_bytes(fl_str_n(plain, size), fl_lit("first "));
    fl_gzip_write(gzip, fl_lit("second"), out);
    fl_gzip_finish(gzip, out);
    size = out->size;
    fl_gzip_write(gzip, fl_lit("too late"), out);
    fl_gzip_flush(gzip, out);
    fl_gzip_finish(gzip, out);
    fl_expect_equal(out->size, size);
    fl_expect_bytes(gunzip(fl_buf_str(out)), fl_lit("first second"));
}

FL_TEST(a_full_buffer_ends_compressing)
{
    fl_buf *out = heap_buf(10);

    fl_compress_string(out, some_text(50000), 0);
    fl_expect(fl_buf_failed(out));
    fl_expect(out->size <= 10);
}
