/* Saving and moving: whole or not at all, never over another's file. */
#include "files/files.h"
#include "files_help.h"

FL_TEST(a_temporary_file_is_moved)
{
    fl_file *file = fl_file_temporary("a.txt", .directory = fl_test_directory());
    const char *before = fl_text("%s", fl_file_path(file)), *path = in_test_directory("kept.txt");
    struct stat was, is;

    fl_file_write_bytes(file, fl_lit("hello"));
    fl_expect_equal(fstat(fl_file_fd(file), &was), 0);
    fl_file_save_to(file, path);
    fl_expect_equal(stat(path, &is), 0);
    fl_expect_equal(is.st_ino, was.st_ino);
    fl_expect(!is_there(before));
    fl_expect_equal(mode_at(path), 0644u);
    fl_expect_text(fl_file_path(file), path);
    fl_expect_bytes(fl_file_read_whole(file, 100), fl_lit("hello"));
}

FL_TEST(what_was_saved_outlives_the_arena)
{
    const char *path = in_test_directory("kept.txt");

    fl_scope {
        fl_file *file = fl_file_temporary("a.txt", .directory = fl_test_directory());
        fl_file_write_bytes(file, fl_lit("hello"));
        fl_file_close(file);
        fl_file_save_to(file, path, .permissions = 0600);
    }
    fl_expect_bytes(content_of(path), fl_lit("hello"));
    fl_expect_equal(mode_at(path), 0600u);
}

FL_TEST(other_files_are_copied)
{
    fl_str bytes = pattern(3000000);
    const char *source = in_test_directory("source"), *a = in_test_directory("a"), *b = in_test_directory("b");

    fl_file_write(source, bytes);
    fl_file_save_to(fl_file_of_path(source), a, .permissions = 0640);
    fl_file_save_to(fl_file_of_bytes("x", bytes), b);
    fl_expect(is_there(source));
    fl_expect(fl_str_equal(fl_file_read(a, bytes.size), bytes) && fl_str_equal(fl_file_read(b, bytes.size), bytes));
    fl_expect_equal(mode_at(a), 0640u);
    fl_expect_equal(mode_at(b), 0644u);
    fl_expect_equal(names_in(fl_test_directory()), 3u);          /* nothing beside them */
}

static void save_over(void *path) { fl_file_save_to(fl_file_of_bytes("x", fl_lit("new")), path); }

FL_TEST(what_has_the_name_is_replaced_only_if_that_is_said)
{
    char *path = fl_text("%s/a", fl_test_directory());
    fl_file *temporary = fl_file_temporary("t", .directory = fl_test_directory());

    fl_file_write(path, fl_lit("old"));
    fl_error *error = fl_expect_raises(FL_OS_ERROR, save_over, path);
    fl_expect_equal(error->code, -EEXIST);
    fl_expect_contains(error->hint, "allow_overwrite");
    fl_expect_equal(fl_try_file_save_to(temporary, path, &(fl_save_options){ 0 }), -EEXIST);
    fl_expect(is_there(fl_file_path(temporary)));    /* still what it was */
    fl_expect_bytes(content_of(path), fl_lit("old"));
    fl_file_save_to(fl_file_of_bytes("x", fl_lit("new")), path, .allow_overwrite = true);
    fl_expect_bytes(content_of(path), fl_lit("new"));
    fl_file_save_to(temporary, path, .allow_overwrite = true);
    fl_expect_bytes(content_of(path), fl_lit(""));
    fl_expect_equal(names_in(fl_test_directory()), 1u);
}

FL_TEST(a_link_at_the_target_is_not_followed)
{
    const char *victim = in_test_directory("victim"), *link = in_test_directory("link"),
               *dangling = in_test_directory("dangling");

    fl_file_write(victim, fl_lit("mine"));
    fl_expect_equal(symlink(victim, link), 0);
    fl_expect_equal(symlink("/no/such/file", dangling), 0);
    fl_file *file = fl_file_of_bytes("x", fl_lit("theirs"));
    fl_expect_equal(fl_try_file_save_to(file, link, &(fl_save_options){ 0 }), -EEXIST);
    fl_expect_equal(fl_try_file_save_to(file, dangling, &(fl_save_options){ 0 }), -EEXIST);
    fl_expect(fl_text_is(fl_file_save_new(fl_test_directory(), "link", file), "link") == false);
    fl_file_save_to(file, link, .allow_overwrite = true);            /* the link is replaced, not what it leads to */
    fl_expect_bytes(content_of(victim), fl_lit("mine"));
    fl_expect_bytes(content_of(link), fl_lit("theirs"));
}

FL_TEST(what_fails_leaves_nothing)
{
    const char *directory = in_test_directory("inner");
    fl_file *file = fl_file_of_bytes("x", fl_lit("x"));

    fl_expect_equal(mkdir(directory, 0700), 0);
    fl_expect_equal(fl_try_file_save_to(file, "/no/such/directory/a", &(fl_save_options){ 0 }), -ENOENT);
    fl_expect_equal(fl_try_file_save_to(file, directory, &(fl_save_options){ .allow_overwrite = true }), -EISDIR);
    fl_expect_equal(fl_try_file_save_to(fl_file_of_path("/no/file"), in_test_directory("a"), &(fl_save_options){ 0 }), -ENOENT);
    fl_expect_equal(names_in(fl_test_directory()), 1u);
}

/* -- new names ---------------------------------------------------------------------------------------------------------------------------- */

static void save_bad_name(void *name) { (void)fl_file_save_new(fl_test_directory(), name, fl_file_of_bytes("x", fl_lit(""))); }

FL_TEST(a_taken_name_gets_random_letters)
{
    const char *directory = fl_test_directory();
    char climbing[] = "../a", nothing[] = "..";

    fl_expect_text(fl_file_save_new(directory, "a.tar.gz", fl_file_of_bytes("x", fl_lit("1"))), "a.tar.gz");
    const char *second = fl_file_save_new(directory, "a.tar.gz", fl_file_of_bytes("x", fl_lit("2")), .permissions = 0600);
    fl_expect(fl_starts_with(second, "a_") && fl_str_ends(fl_str_of(second), fl_lit(".tar.gz")) && strlen(second) == 16);
    fl_expect_bytes(content_of(in_test_directory("a.tar.gz")), fl_lit("1"));
    fl_expect_bytes(content_of(in_test_directory(second)), fl_lit("2"));
    fl_expect_equal(mode_at(in_test_directory(second)), 0600u);
    fl_expect_error(FL_SUSPICIOUS_FILE, save_bad_name, climbing);
    fl_expect_error(FL_SUSPICIOUS_FILE, save_bad_name, nothing);
    fl_expect_equal(names_in(directory), 2u);
}

FL_TEST(a_long_name_that_is_taken_is_shortened)
{
    char name[256];

    memset(name, 'a', 255);
    memcpy(name + 250, ".text", 6);
    fl_expect_text(fl_file_save_new(fl_test_directory(), name, fl_file_of_bytes("x", fl_lit("1"))), name);
    const char *other = fl_file_save_new(fl_test_directory(), name, fl_file_of_bytes("x", fl_lit("2")));
    fl_expect(strlen(other) == 255 && fl_str_ends(fl_str_of(other), fl_lit(".text")));
}

enum { SAVES = 200 };
typedef struct { int number; const char *taken; } save;

static void save_one(void *data)
{
    save *s = data;
    char text[16];

    (void)snprintf(text, sizeof text, "%d", s->number);
    fl_file *file = s->number % 2 == 0 ? fl_file_of_bytes("x", fl_str_copy(fl_str_of(text)))
                                       : fl_file_temporary("x", .directory = fl_test_directory());
    if (s->number % 2 != 0)
        fl_file_write_bytes(file, fl_str_of(text));
    s->taken = fl_file_save_new(fl_test_directory(), "same.txt", file);
}

FL_TEST(of_200_saves_at_once_none_overwrites_another, .timeout = 120)
{
    save *saves = fl_new_array(save, SAVES);
    fl_map names = fl_set_of_keys();

    for (int i = 0; i < SAVES; i++)
        saves[i].number = i;
    fl_gather_each(saves, SAVES, 0, save_one);
    for (int i = 0; i < SAVES; i++) {
        fl_set_add(&names, fl_str_of(saves[i].taken));
        fl_expect_bytes(content_of(in_test_directory(saves[i].taken)), fl_str_of(fl_text("%d", i)));
    }
    fl_expect_equal(names.count, (size_t)SAVES);
    fl_expect(fl_map_has(&names, fl_lit("same.txt")));
    fl_expect_equal(names_in(fl_test_directory()), (size_t)SAVES);
}

FL_TEST(where_nothing_renames_without_replacing_the_name_is_claimed_first)
{
    const char *from = in_test_directory("from"), *to = in_test_directory("to");

    fl_file_write(from, fl_lit("new"));
    fl_expect_ok(fl_publish_by_claim(from, to));
    fl_expect(!is_there(from));
    fl_expect_bytes(content_of(to), fl_lit("new"));
    fl_file_write(from, fl_lit("newer"));
    fl_expect_equal(fl_publish_by_claim(from, to), -EEXIST);
    fl_expect_bytes(content_of(to), fl_lit("new"));
    fl_expect_equal(fl_publish_by_claim("/no/such/file", in_test_directory("third")), -ENOENT);
    fl_expect(!is_there(in_test_directory("third")));
}

/* -- moving -------------------------------------------------------------------------------------------------------------------------------- */

FL_TEST(moving_renames_and_keeps_permissions)
{
    const char *from = in_test_directory("from"), *to = in_test_directory("to");

    fl_file_write(from, fl_lit("hello"));
    fl_expect_equal(chmod(from, 0604), 0);
    fl_file_move(from, to);
    fl_expect(!is_there(from));
    fl_expect_equal(mode_at(to), 0604u);
    fl_file_move(to, to);                            /* nothing to do */
    fl_expect_bytes(content_of(to), fl_lit("hello"));
    fl_file_write(from, fl_lit("other"));
    fl_expect_equal(fl_try_file_move(from, to, &(fl_save_options){ 0 }), -EEXIST);
    fl_expect_bytes(content_of(to), fl_lit("hello"));
    fl_file_move(from, to, .allow_overwrite = true);
    fl_expect_bytes(content_of(to), fl_lit("other"));
    fl_expect_equal(fl_try_file_move(from, to, &(fl_save_options){ 0 }), -ENOENT);
}

static void remove_elsewhere(void *path) { (void)unlink(path); }

/* A path on a filesystem other than that of the test's directory; skips where there is none. */
static const char *elsewhere(const char *name)
{
    struct stat here, there;

    if (stat(fl_test_directory(), &here) != 0 || stat("/dev/shm", &there) != 0 || here.st_dev == there.st_dev ||
        access("/dev/shm", W_OK) != 0)
        fl_skip("there is no second filesystem to write to");
    char *path = fl_text("/dev/shm/fleche-test-%d-%s", (int)getpid(), name);
    fl_defer(remove_elsewhere, path);
    return path;
}

FL_TEST(to_another_filesystem_a_move_copies_and_removes)
{
    const char *from = elsewhere("from"), *to = in_test_directory("to");
    fl_str bytes = pattern(2500000);
    struct stat about;

    fl_file_write(from, bytes);
    fl_expect_equal(chmod(from, 0604), 0);
    fl_expect_equal(utimensat(AT_FDCWD, from, (const struct timespec[2]){ { .tv_sec = 1000 }, { .tv_sec = 2000 } }, 0), 0);
    fl_file_move(from, to);
    fl_expect(!is_there(from));
    fl_expect(fl_str_equal(fl_file_read(to, bytes.size), bytes));
    fl_expect_equal(mode_at(to), 0604u);
    fl_expect_equal(stat(to, &about), 0);
    fl_expect_equal(about.st_mtim.tv_sec, 2000);

    fl_file_write(from, fl_lit("other"));
    fl_expect_equal(fl_try_file_move(from, to, &(fl_save_options){ 0 }), -EEXIST);
    fl_expect(is_there(from));
    fl_file_move(from, to, .allow_overwrite = true);
    fl_expect_bytes(content_of(to), fl_lit("other"));
    fl_expect_equal(names_in(fl_test_directory()), 1u);
}

FL_TEST(to_another_filesystem_a_temporary_file_is_copied_and_removed)
{
    (void)elsewhere("any");
    fl_file *file = fl_file_temporary("a.txt", .directory = "/dev/shm"),
            *other = fl_file_temporary("b.txt", .directory = "/dev/shm");
    const char *before = fl_text("%s", fl_file_path(file));
    fl_str bytes = pattern(2500000);

    fl_file_write_bytes(file, bytes);
    fl_expect_text(fl_file_save_new(fl_test_directory(), "a.txt", file), "a.txt");
    fl_expect(!is_there(before));
    fl_expect(fl_str_equal(fl_file_read_whole(file, bytes.size), bytes));
    fl_expect_text(fl_file_path(file), in_test_directory("a.txt"));
    fl_expect_equal(mode_at(fl_file_path(file)), 0644u);
    fl_expect(fl_starts_with(fl_file_save_new(fl_test_directory(), "a.txt", other), "a_"));
    fl_expect_equal(names_in(fl_test_directory()), 2u);
}

typedef struct { const char *from, *to; bool ended; } long_save;

static void save_it(void *data)
{
    const long_save *s = data;
    fl_file_save_to(fl_file_of_path(s->from), s->to);
}

static void save_large(void *data)
{
    long_save *s = data;
    fl_error *error = fl_protect(save_it, s);

    s->ended = true;
    if (error != NULL)
        fl_reraise(error);
}

FL_TEST(a_cancelled_save_leaves_nothing)
{
    long_save large_save = { .from = in_test_directory("large"), .to = in_test_directory("target") };
    fl_file *large = fl_file_of_path(large_save.from);

    fl_file_open(large, FL_FILE_WRITE);
    fl_expect_equal(ftruncate(fl_file_fd(large), 1 << 30), 0);
    fl_file_close(large);
    fl_fiber *fiber = fl_spawn_joinable(save_large, &large_save);
    while (names_in(fl_test_directory()) < 2 && !large_save.ended)
        fl_sleep(FL_MILLISECONDS(1));
    fl_cancel(fiber);
    fl_expect(fl_error_is(fl_try_join(fiber), FL_CANCELLED));
    fl_expect_equal(names_in(fl_test_directory()), 1u);
}
