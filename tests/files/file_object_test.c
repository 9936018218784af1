/* File objects: of a path, of bytes, of a descriptor; opened late, read in chunks, written at the end. */
#include "files_help.h"

static const char *written(const char *name, fl_str bytes)
{
    const char *path = in_test_directory(name);

    fl_file_write(path, bytes);
    return path;
}

FL_TEST(a_file_of_a_path_is_opened_when_it_is_needed)
{
    const char *path = written("a.txt", fl_lit("hello"));
    int before = fl_test_open_files();
    fl_file *file = fl_file_of_path(path);

    fl_expect(fl_file_is_closed(file));
    fl_expect_equal(fl_test_open_files(), before);
    fl_expect_text(fl_file_name(file), "a.txt");
    fl_expect_text(fl_file_path(file), path);
    fl_expect_equal(fl_file_size(file), 5);
    fl_expect(!fl_file_is_closed(file));
    fl_expect_bytes(fl_file_read_whole(file, 5), fl_lit("hello"));
    fl_file_close(file);
    fl_expect(fl_file_is_closed(file));
    fl_expect_equal(fl_test_open_files(), before);
    fl_expect_bytes(fl_file_read_whole(file, 100), fl_lit("hello"));         /* opened again */
}

static fl_file *of_kind(const char *kind, fl_str bytes)
{
    fl_file *file;

    if (fl_text_is(kind, "bytes"))
        return fl_file_of_bytes("a", bytes);
    if (fl_text_is(kind, "path"))
        return fl_file_of_path(written("chunks", bytes));
    if (fl_text_is(kind, "descriptor"))
        return fl_file_of_fd("a", open(written("chunks", bytes), O_RDONLY | O_CLOEXEC));
    file = fl_file_temporary("a", .directory = fl_test_directory());
    fl_file_write_bytes(file, bytes);
    return file;
}

static const struct { const char *name; } kinds[] = { { "bytes" }, { "path" }, { "descriptor" }, { "temporary" } };

static void check_chunks(const void *kind)
{
    static const size_t sizes[] = { 0, 1, 65535, 65536, 65537, 131072, 200000 };

    for (size_t i = 0; i < FL_LENGTH(sizes); i++) {
        fl_str whole = pattern(sizes[i]), chunk;
        fl_file *file = of_kind(*(const char *const *)kind, whole);
        size_t cursor = 0, at = 0;
        fl_label("%s of %zu bytes", *(const char *const *)kind, sizes[i]);
        fl_expect_equal(fl_file_size(file), sizes[i]);
        fl_expect_equal(fl_file_multiple_chunks(file), (bool)(sizes[i] > 65536));
        for (; fl_file_next_chunk(file, &cursor, &chunk); at += chunk.size) {
            fl_expect_equal(chunk.size, sizes[i] - at < 65536 ? sizes[i] - at : 65536);
            fl_expect(memcmp(chunk.data, whole.data + at, chunk.size) == 0);
        }
        fl_expect_equal(at, sizes[i]);
        fl_expect(!fl_file_next_chunk(file, &cursor, &chunk));
    }
}

FL_TEST(chunks_are_64_kib) { fl_table(kinds, check_chunks); }

static void check_whole(const void *kind)
{
    static const size_t sizes[] = { 0, 1, 65536, 300000 };

    for (size_t i = 0; i < FL_LENGTH(sizes); i++) {
        fl_str whole = pattern(sizes[i]), got;
        fl_file *file = of_kind(*(const char *const *)kind, whole);
        got = fl_file_read_whole(file, sizes[i]);
        fl_expect(fl_str_equal(got, whole));
        fl_expect_equal(got.data[got.size], '\0');
        if (sizes[i] > 0)
            fl_expect_equal(fl_try_file_read_whole(file, sizes[i] - 1, &got), -EFBIG);
    }
}

FL_TEST(the_whole_has_a_limit) { fl_table(kinds, check_whole); }

FL_TEST(a_big_file_takes_one_chunk_of_memory)
{
    enum { SIZE = 40 << 20 };
    fl_file *file = fl_file_temporary("big", .directory = fl_test_directory());
    size_t cursor = 0, total = 0;

    fl_expect_equal(ftruncate(fl_file_fd(file), SIZE - 1), 0);
    fl_file_write_bytes(file, fl_lit("!"));
    fl_expect_equal(fl_file_size(file), SIZE);
    fl_expect_arena (100000) {
        char last = 0;
        for (fl_str chunk; fl_file_next_chunk(file, &cursor, &chunk); total += chunk.size)
            last = chunk.data[chunk.size - 1];
        fl_expect_equal(last, '!');
    }
    fl_expect_equal(total, (size_t)SIZE);
}

FL_TEST(files_of_unknown_size_are_read_to_their_end)
{
    fl_str status = fl_file_read_whole(fl_file_of_path("/proc/self/status"), 1 << 20), all;

    fl_expect(fl_str_starts(status, fl_lit("Name:")) && fl_str_ends(status, fl_lit("\n")));
    fl_expect_equal(fl_try_file_read_whole(fl_file_of_path("/proc/self/status"), 100, &all), -EFBIG);
}

FL_TEST(bytes_are_appended_to_every_kind)
{
    for (size_t i = 0; i < FL_LENGTH(kinds); i++) {
        fl_file *file = of_kind(kinds[i].name, fl_lit("one "));
        if (fl_text_is(kinds[i].name, "descriptor")) {
            fl_expect_equal(fl_try_file_write_bytes(file, fl_lit("x")), -EBADF);
            continue;
        }
        fl_file_write_bytes(file, fl_lit("two "));
        fl_file_write_bytes(file, fl_lit("three"));
        fl_expect_equal(fl_file_size(file), 13);
        fl_expect_bytes(fl_file_read_whole(file, 100), fl_lit("one two three"));
    }
}

FL_TEST(bytes_in_memory_are_not_copied_until_they_grow)
{
    static const char text[] = "hello";
    fl_file *file = fl_file_of_bytes("a.txt", fl_str_of(text));
    fl_str bytes;

    fl_expect(fl_file_in_memory(file, &bytes) && bytes.data == text);
    fl_file_write_bytes(file, fl_lit(" you"));
    fl_expect(fl_file_in_memory(file, &bytes) && bytes.data != text);
    fl_expect_bytes(bytes, fl_lit("hello you"));
    fl_expect_text(text, "hello");
    fl_expect(!fl_file_in_memory(fl_file_of_path("/tmp"), &bytes));
    fl_expect(!fl_file_is_closed(file));
    fl_file_close(file);
    fl_expect(!fl_file_is_closed(file));
}

static void write_over_limit(void *file) { fl_file_write_bytes(file, pattern(100000)); }

FL_TEST(memory_has_the_limit_of_its_arena)
{
    fl_arena *arena = freed_later(fl_arena_new("small", 50000)), *before = fl_arena_set_here(arena);
    fl_file *file = fl_file_of_bytes("a", fl_lit("kept"));

    (void)fl_arena_set_here(before);
    fl_expect_error(FL_MEMORY_LIMIT, write_over_limit, file);
    fl_expect_bytes(fl_file_read_whole(file, 100), fl_lit("kept"));
    fl_file_write_bytes(file, fl_lit("!"));
    fl_expect_bytes(fl_file_read_whole(file, 100), fl_lit("kept!"));
}

FL_TEST(modes_say_what_may_be_done)
{
    fl_file *file = fl_file_of_path(written("a.txt", fl_lit("hello")));

    fl_expect_text(fl_file_mode_text(file), "rb");
    fl_file_open(file, FL_FILE_READ);
    fl_expect_equal(fl_try_file_write_bytes(file, fl_lit("x")), -EBADF);
    fl_file_open(file, FL_FILE_APPEND);
    fl_expect_text(fl_file_mode_text(file), "ab+");
    fl_file_write_bytes(file, fl_lit("!"));
    fl_expect_bytes(fl_file_read_whole(file, 100), fl_lit("hello!"));
    fl_file_open(file, FL_FILE_WRITE);
    fl_expect_text(fl_file_mode_text(file), "wb+");
    fl_expect_equal(fl_file_size(file), 0);
    fl_file_write_bytes(file, fl_lit("new"));
    fl_expect_bytes(content_of(fl_file_path(file)), fl_lit("new"));

    fl_file *memory = fl_file_of_bytes("m", fl_lit("hello"));
    fl_file_open(memory, FL_FILE_READ);
    fl_expect_equal(fl_try_file_write_bytes(memory, fl_lit("x")), -EBADF);
    fl_file_open(memory, FL_FILE_WRITE);
    fl_expect_equal(fl_file_size(memory), 0);
    fl_file_write_bytes(memory, fl_lit("x"));
    fl_expect_bytes(fl_file_read_whole(memory, 1), fl_lit("x"));
}

static void open_file(void *file) { fl_file_open(file, FL_FILE_READ); }
static void read_file(void *file) { (void)fl_file_read_whole(file, 10); }
static void write_file(void *file) { fl_file_write_bytes(file, fl_lit("x")); }
static void fd_of_file(void *file) { (void)fl_file_fd(file); }

FL_TEST(what_cannot_be_opened_is_told)
{
    const char *pipe = in_test_directory("pipe");

    fl_expect_equal(mkfifo(pipe, 0600), 0);
    fl_expect_contains(fl_expect_raises(FL_OS_ERROR, open_file, fl_file_of_path("/no/such/file"))->message, "/no/such/file");
    fl_expect_equal(fl_try_file_open(fl_file_of_path("/tmp"), FL_FILE_READ), -EISDIR);
    fl_expect_equal(fl_try_file_open(fl_file_of_path(pipe), FL_FILE_READ), -EINVAL);         /* and does not wait for a writer */
    fl_expect_contains(fl_expect_raises(FL_MEMORY_LIMIT, read_file, fl_file_of_bytes("a", pattern(11)))->message, "10 bytes");
    fl_expect_contains(fl_expect_raises(FL_VALUE_ERROR, fd_of_file, fl_file_of_bytes("a.txt", pattern(1)))->message,
                       "a.txt is in memory");
    fl_file *file = fl_file_of_path(written("a", fl_lit("x")));
    fl_file_open(file, FL_FILE_READ);
    fl_expect_contains(fl_expect_raises(FL_VALUE_ERROR, write_file, file)->message, "reading only");
}

FL_TEST(a_descriptor_belongs_to_its_file)
{
    const char *path = written("a.txt", fl_lit("hello"));
    int fd = -1;

    fl_scope {
        fd = open(path, O_RDWR | O_CLOEXEC);
        fl_file *file = fl_file_of_fd("a.txt", fd);
        fl_expect_equal(fl_file_fd(file), fd);
        fl_expect_equal(fl_file_size(file), 5);
        fl_file_write_bytes(file, fl_lit("!"));
        fl_expect_bytes(fl_file_read_whole(file, 10), fl_lit("hello!"));
        fl_expect(fl_file_path(file) == NULL);
    }
    fl_expect_equal(fcntl(fd, F_GETFD), -1);         /* closed */
    fl_file *closed = fl_file_of_fd("b", open("/dev/null", O_RDONLY | O_CLOEXEC));
    fl_file_close(closed);
    fl_expect_equal(fl_try_file_open(closed, FL_FILE_READ), -EBADF);
    fl_expect_contains(fl_expect_raises(FL_VALUE_ERROR, open_file, closed)->message, "closed");
}

static fl_value attribute(fl_file *file, const char *name)
{
    fl_value value;

    fl_expect(fl_value_get(fl_box(file), fl_str_of(name), &value));
    return value;
}

FL_TEST(boxed_it_has_attributes)
{
    const char *path = written("photo.png", fl_lit("1234"));
    fl_file *file = fl_file_of_path(path), *memory = fl_file_of_bytes(NULL, fl_lit(""));
    fl_value none;

    fl_file_set_url(file, "/media/photo.png");
    fl_expect_equal(attribute(file, "closed"), FL_TRUE);
    fl_expect_equal(attribute(file, "name"), "photo.png");
    fl_expect_equal(attribute(file, "size"), 4);
    fl_expect_equal(attribute(file, "closed"), FL_FALSE);
    fl_expect_equal(attribute(file, "url"), "/media/photo.png");
    fl_expect_equal(attribute(file, "path"), path);
    fl_expect_equal(attribute(file, "mode"), "rb");
    fl_expect_equal(attribute(file, "content_type"), "image/png");
    fl_expect(fl_value_is_none(attribute(memory, "url")) && fl_value_is_none(attribute(memory, "name")));
    fl_expect(!fl_value_get(fl_box(file), fl_lit("other"), &none));
    fl_expect_text(fl_value_text(fl_box(file)), "photo.png");
    fl_buf repr = fl_buf_in(fl_arena_here(), 100);
    fl_value_repr(fl_box(file), &repr);
    fl_expect_text(fl_buf_c(&repr), "<File: photo.png>");
    fl_expect(fl_value_truth(fl_box(file)) && fl_value_truth(fl_box(memory)));
    fl_file_set_name(file, "");
    fl_expect(!fl_value_truth(fl_box(file)));
}

FL_TEST(its_type_is_guessed_unless_said)
{
    fl_file *file = fl_file_of_bytes("a.css", fl_lit(""));

    fl_expect_text(fl_file_content_type(file), "text/css");
    fl_file_set_content_type(file, "text/plain");
    fl_expect_text(fl_file_content_type(file), "text/plain");
    fl_expect_text(fl_file_content_type(fl_file_of_bytes(NULL, fl_lit(""))), "application/octet-stream");
}

typedef struct { fl_file *file; int code; } reader;

static void read_beside(void *data)
{
    reader *r = data;
    size_t cursor = 0;
    fl_str chunk;
    r->code = fl_try_file_next_chunk(r->file, &cursor, &chunk);
}

FL_TEST(of_two_fibers_in_one_file_the_second_is_told_so)
{
    reader a = { fl_file_of_path(written("a", fl_lit("hello"))), 9 }, b = a;

    fl_file_open(a.file, FL_FILE_READ);
    fl_gather({ read_beside, &a }, { read_beside, &b });
    fl_expect_equal(a.code, 1);
    fl_expect_equal(b.code, -EBUSY);
    read_beside(&b);
    fl_expect_equal(b.code, 1);
}

FL_TEST(a_failed_write_leaves_no_half)
{
    if (access("/dev/full", W_OK) != 0)
        fl_skip("there is no /dev/full");
    fl_file *full = fl_file_of_fd("full", open("/dev/full", O_RDWR | O_CLOEXEC));
    fl_expect_equal(fl_try_file_write_bytes(full, fl_lit("x")), -ENOSPC);
    fl_expect_equal(fl_file_size(full), 0);
}
