/* Files: whole and in parts, on the thread pool. */
#include <fcntl.h>
#include "net.h"

FL_TEST(what_is_written_is_read)
{
    const char *path = fl_text("%s/file", fresh_directory());
    static const size_t sizes[] = { 0, 1, 4096, 65535, 65536, 300000 };

    for (size_t i = 0; i < FL_LENGTH(sizes); i++) {
        char *bytes = fl_alloc(sizes[i] + 1);
        for (size_t at = 0; at < sizes[i]; at++)
            bytes[at] = (char)(at * 31 >> 2);
        fl_file_write(path, fl_str_n(bytes, sizes[i]));
        fl_str got = fl_file_read(path, sizes[i]);   /* the limit itself is within the limit */
        fl_expect_equal(got.size, sizes[i]);
        fl_expect(memcmp(got.data, bytes, sizes[i]) == 0);
        fl_expect_equal(got.data[got.size], '\0');
        if (sizes[i] > 0)
            fl_expect_equal(fl_try_file_read(path, sizes[i] - 1, &got), -EFBIG);
    }
}

FL_TEST(files_of_unknown_size_are_read_to_their_end)
{
    fl_str status = fl_file_read("/proc/self/status", 1 << 20), all;

    fl_expect(fl_str_starts(status, fl_lit("Name:")));
    fl_expect(fl_str_ends(status, fl_lit("\n")));
    fl_expect_equal(fl_try_file_read("/proc/self/status", 100, &all), -EFBIG);
    fl_expect_equal(fl_try_file_read("/dev/zero", 100000, &all), -EFBIG);
    fl_expect_ok(fl_try_file_read("/dev/null", 0, &all));
    fl_expect_equal(all.size, 0u);
}

static void read_small(void *path) { (void)fl_file_read(path, 10); }

FL_TEST(what_cannot_be_read_is_told)
{
    char missing[] = "/no/such/file", large[] = "/proc/self/status";
    fl_str bytes;

    fl_expect_equal(fl_try_file_read(missing, 10, &bytes), -ENOENT);
    fl_expect_equal(fl_try_file_read("/tmp", 10, &bytes), -EISDIR);
    fl_error *error = fl_expect_raises(FL_OS_ERROR, read_small, missing);
    fl_expect_contains(error->message, "cannot read /no/such/file");
    error = fl_expect_raises(FL_MEMORY_LIMIT, read_small, large);
    fl_expect_contains(error->message, "10 bytes");
}

static mode_t mode_of(const char *path)
{
    struct stat file;

    fl_expect_equal(stat(path, &file), 0);
    return file.st_mode & 07777;
}

FL_TEST(a_file_keeps_its_mode_and_a_new_one_has_the_usual)
{
    const char *directory = fresh_directory(), *path = fl_text("%s/file", directory);
    mode_t mask = umask(027);

    fl_file_write(path, fl_lit("new"));
    fl_expect_equal(mode_of(path), 0640u);
    fl_expect_equal(chmod(path, 0602), 0);
    fl_file_write(path, fl_lit("replaced"));
    fl_expect_equal(mode_of(path), 0602u);
    (void)umask(mask);
}

FL_TEST(a_write_that_fails_leaves_the_old_file_and_nothing_beside_it)
{
    const char *directory = fresh_directory(), *inner = fl_text("%s/directory", directory);

    fl_expect_equal(mkdir(inner, 0700), 0);
    fl_expect_equal(fl_try_file_write(inner, fl_lit("x")), -EISDIR);
    fl_expect_equal(rmdir(inner), 0);
    fl_expect_equal(rmdir(directory), 0);            /* nothing is left in it */
    fl_expect_equal(fl_try_file_write("/no/such/directory/file", fl_lit("x")), -ENOENT);
    char *long_name = fl_alloc(5000);
    memset(long_name, 'a', 4999);
    fl_expect_equal(fl_try_file_write(long_name, fl_lit("x")), -ENAMETOOLONG);
    if (geteuid() != 0)
        fl_expect_equal(fl_try_file_write("/proc/file", fl_lit("x")), -EACCES);
}

FL_TEST(parts_are_read_and_written_in_place)
{
    FILE *file = tmpfile();
    char bytes[16];

    fl_expect(file != NULL);
    fl_expect_equal(fl_try_file_write_at(fileno(file), "0123456789", 10, 2), (ssize_t)10);
    fl_expect_equal(fl_try_file_read_at(fileno(file), bytes, 4, 5), (ssize_t)4);
    fl_expect_bytes(fl_str_n(bytes, 4), fl_lit("3456"));
    fl_expect_equal(fl_try_file_read_at(fileno(file), bytes, 16, 10), (ssize_t)2);
    fl_expect_equal(fl_try_file_read_at(fileno(file), bytes, 16, 12), (ssize_t)0);
    fl_expect_equal(fl_try_file_read_at(-1, bytes, 16, 0), (ssize_t)-EBADF);
    fl_expect_equal(fl_try_file_write_at(-1, bytes, 16, 0), (ssize_t)-EBADF);
    int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
    if (full >= 0)
        fl_expect_equal(fl_try_file_write_at(full, "x", 1, 0), (ssize_t)-ENOSPC);
    (void)close(full);
    (void)fclose(file);
}

static void read_cancelled(void *data)
{
    fl_str bytes;

    if (fl_try_sleep(FL_HOURS(1)) == -ECANCELED)
        *(int *)data = fl_try_file_read("/dev/null", 1, &bytes);
}

FL_TEST(a_cancelled_fiber_reads_no_file)
{
    int code = 1;
    fl_fiber *fiber = fl_spawn_joinable(read_cancelled, &code);

    fl_yield();
    fl_cancel(fiber);
    fl_join(fiber);
    fl_expect_equal(code, -ECANCELED);
}
