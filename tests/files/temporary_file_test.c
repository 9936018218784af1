/* Temporary files: named, private, and gone with their arena. */
#include <stdlib.h>
#include "files_help.h"

FL_TEST(its_name_says_what_it_is)
{
    fl_file *file = fl_file_temporary("report.tar.gz", .directory = fl_test_directory());
    fl_str name = fl_str_of(fl_file_name(fl_file_of_path(fl_file_path(file))));

    fl_expect(fl_starts_with(fl_file_path(file), fl_test_directory()));
    fl_expect(fl_str_starts(name, fl_lit("tmp")) && fl_str_ends(name, fl_lit(".upload.gz")));
    fl_expect_equal(name.size, strlen("tmpXXXXXXXX.upload.gz"));
    fl_expect_text(fl_file_name(file), "report.tar.gz");
    fl_expect_equal(mode_at(fl_file_path(file)), 0600u);
    fl_expect(!fl_file_is_closed(file));
    fl_expect_equal(fl_file_size(file), 0);
}

FL_TEST(it_lies_in_the_directory_for_such_files)
{
    fl_expect_equal(setenv("TMPDIR", fl_test_directory(), 1), 0);
    fl_expect(fl_starts_with(fl_file_path(fl_file_temporary("a")), fl_test_directory()));
    fl_expect_equal(unsetenv("TMPDIR"), 0);
    fl_expect(fl_starts_with(fl_file_path(fl_file_temporary("a")), "/tmp/tmp"));
}

FL_TEST(it_is_removed_when_its_arena_ends)
{
    fl_arena *arena = freed_later(fl_arena_new("request", FL_NO_LIMIT)), *before = fl_arena_set_here(arena);
    fl_file *file = fl_file_temporary("a.txt", .directory = fl_test_directory());

    (void)fl_arena_set_here(before);
    const char *path = fl_text("%s", fl_file_path(file));
    fl_file_write_bytes(file, fl_lit("hello"));
    fl_expect_bytes(content_of(path), fl_lit("hello"));
    int open_before = fl_test_open_files();
    free_now(arena);
    fl_expect(!is_there(path));
    fl_expect_equal(fl_test_open_files(), open_before - 1);
}

static void write_and_fail(void *path)
{
    fl_scope {
        fl_file *file = fl_file_temporary("a.txt", .directory = fl_test_directory());
        *(const char **)path = fl_keep_text(fl_file_path(file));
        fl_file_write_bytes(file, fl_lit("half"));
        fl_raise(FL_VALUE_ERROR, "the upload broke off");
    }
}

FL_TEST(it_is_removed_when_an_error_unwinds)
{
    const char *path = NULL;

    fl_expect_error(FL_VALUE_ERROR, write_and_fail, &path);
    fl_expect(path != NULL && !is_there(path));
}

FL_TEST(it_stays_if_it_is_kept)
{
    const char *path = NULL;

    fl_scope {
        fl_file *file = fl_file_temporary("a.txt", .directory = fl_test_directory());
        path = fl_keep_text(fl_file_path(file));
        fl_file_write_bytes(file, fl_lit("kept"));
        fl_file_keep(file);
    }
    fl_expect_bytes(content_of(path), fl_lit("kept"));
}

static void make_nowhere(void *data)
{
    (void)data;
    (void)fl_file_temporary("a.txt", .directory = "/no/such/directory");
}

FL_TEST(a_directory_that_is_missing_is_named)
{
    fl_expect_contains(fl_expect_raises(FL_OS_ERROR, make_nowhere, NULL)->message, "in /no/such/directory");
}

FL_TEST(an_extension_without_end_is_left_out)
{
    char name[300] = "a.";

    memset(name + 2, 'b', sizeof name - 3);
    const char *path = fl_file_path(fl_file_temporary(name, .directory = fl_test_directory()));
    fl_expect(fl_str_ends(fl_str_of(path), fl_lit(".upload")));
}

static void make_cancelled(void *data)
{
    fl_file *file;

    if (fl_try_sleep(FL_HOURS(1)) == -ECANCELED)
        *(int *)data = fl_try_file_temporary("a", &(fl_temporary_options){ .directory = fl_test_directory() }, &file);
}

FL_TEST(a_cancelled_fiber_makes_none)
{
    int code = 1;
    size_t before = names_in(fl_test_directory());
    fl_fiber *fiber = fl_spawn_joinable(make_cancelled, &code);

    fl_yield();
    fl_cancel(fiber);
    fl_join(fiber);
    fl_expect_equal(code, -ECANCELED);
    fl_expect_equal(names_in(fl_test_directory()), before);
}
