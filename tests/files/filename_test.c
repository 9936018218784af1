/* Names: tidy ones, those of uploads, those that are taken; as Django's. */
#include "files_help.h"

static void check_vector(const vector *v)
{
    const char *name = NULL;

    if (vector_is(v, "valid")) {
        int code = fl_try_valid_file_name(v->fields[2], &name);
        fl_expect(code == 0 || code == -EPERM);
        fl_expect_bytes(or_refused(code == 0 ? name : NULL), v->fields[1]);
    } else if (vector_is(v, "upload")) {
        fl_expect_bytes(or_refused(fl_upload_name(v->fields[2])), v->fields[1]);
    } else if (vector_is(v, "name")) {
        int code = fl_try_file_name_check(v->fields[3], vector_int(v, 2) != 0);
        fl_expect_bytes(code == 0 ? fl_lit("ok") : fl_lit("!"), v->fields[1]);
    } else if (vector_is(v, "suffixes")) {
        fl_str other = fl_str_of(fl_alternative_name(v->fields[3], 0)), root = v->fields[1], suffixes = v->fields[2];
        fl_expect_equal(other.size, root.size + 8 + suffixes.size);
        fl_expect(fl_str_starts(other, root) && fl_str_ends(other, suffixes) && other.data[root.size] == '_');
    }
}

FL_TEST(names_are_those_of_django) { each_vector("files", check_vector); }

FL_TEST(an_upload_that_climbs_is_saved_by_its_last_part)
{
    fl_expect_text(fl_upload_name(fl_lit("../../etc/passwd")), "passwd");
    fl_expect_text(fl_upload_name(fl_lit("C:\\fakepath\\photo.png")), "photo.png");
    fl_expect(fl_upload_name(fl_lit("..")) == NULL && fl_upload_name(fl_lit("")) == NULL);
}

FL_TEST(the_name_of_an_upload_is_at_most_255_bytes_and_keeps_its_extension)
{
    fl_buf name = fl_buf_in(fl_arena_here(), 1 << 16);

    for (int i = 0; i < 200; i++)
        fl_buf_add_c(&name, "é");
    fl_buf_add_c(&name, ".jpeg");
    fl_str upload = fl_str_of(fl_upload_name(fl_buf_str(&name)));
    fl_expect_equal(upload.size, 255u);              /* 125 times é, and .jpeg */
    fl_expect(fl_utf8_valid(upload) && fl_str_ends(upload, fl_lit("é.jpeg")));
    upload = fl_str_of(fl_upload_name(fl_str_slice(fl_buf_str(&name), 1, SIZE_MAX)));     /* begins inside of a character */
    fl_expect(fl_utf8_valid(upload) && upload.size <= 255 && fl_str_ends(upload, fl_lit("é.jpeg")));
}

FL_TEST(bytes_that_are_no_utf_8_are_shown_as_such)
{
    fl_expect_text(fl_upload_name(fl_lit("a\xff.txt")), "a\xef\xbf\xbd.txt");
    fl_expect_text(fl_valid_file_name(fl_lit("a\xff.txt")), "a.txt");
}

static void check_name(void *name) { fl_file_name_check(fl_str_of(name), false); }
static void check_path(void *name) { fl_file_name_check(fl_str_of(name), true); }
static void check_with_nul(void *data) { fl_file_name_check(fl_str_n("a\0b.png", 7), data != NULL); }
static void make_valid(void *name) { (void)fl_valid_file_name(fl_str_of(name)); }

FL_TEST(names_that_are_none_are_suspicious_and_told_why)
{
    char climbing[] = "a/../b", absolute[] = "/etc/passwd", empty[] = "a/", folder[] = "a/b", dots[] = "\n..";

    fl_expect_contains(fl_expect_raises(FL_SUSPICIOUS_FILE, check_path, climbing)->message, "leads upward");
    fl_expect_contains(fl_expect_raises(FL_SUSPICIOUS_FILE, check_path, absolute)->message, "absolute");
    fl_expect_contains(fl_expect_raises(FL_SUSPICIOUS_FILE, check_path, empty)->message, "no name");
    fl_expect_contains(fl_expect_raises(FL_SUSPICIOUS_FILE, check_name, folder)->message, "slash");
    fl_expect_contains(fl_expect_raises(FL_SUSPICIOUS_FILE, check_with_nul, NULL)->message, "NUL");
    fl_expect_contains(fl_expect_raises(FL_SUSPICIOUS_FILE, check_with_nul, empty)->message, "NUL");
    fl_expect_contains(fl_expect_raises(FL_SUSPICIOUS_FILE, make_valid, dots)->message, "'\\n..'");
    fl_file_name_check(fl_lit("a/b.txt"), true);
    fl_file_name_check(fl_lit("b.txt"), false);
}

FL_TEST(alternatives_keep_all_suffixes_and_differ)
{
    fl_map seen = fl_set_of_keys();

    for (int i = 0; i < 1000; i++) {
        fl_str other = fl_str_of(fl_alternative_name(fl_lit("a.tar.gz"), 0));
        fl_expect(other.size == 16 && fl_str_starts(other, fl_lit("a_")) && fl_str_ends(other, fl_lit(".tar.gz")));
        for (size_t at = 2; at < 9; at++)
            fl_expect(
                fl_str_find_char(fl_lit("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"), other.data[at], NULL));
        fl_set_add(&seen, other);
    }
    fl_expect_equal(seen.count, 1000u);
}

static void alternative_of_20(void *name) { (void)fl_alternative_name(fl_str_of(name), 20); }

FL_TEST(alternatives_are_shortened_in_front_until_nothing_is_left)
{
    char impossible[] = "a.extension-of-20-by";
    const char *name;

    fl_expect_equal(strlen(fl_alternative_name(fl_lit("portrait.tar.gz"), 20)), 20u);
    fl_expect(fl_starts_with(fl_alternative_name(fl_lit("portrait.tar.gz"), 20), "portr_"));
    fl_expect(fl_starts_with(fl_alternative_name(fl_lit("ééééé.txt"), 20), "éééé_"));
    fl_expect_equal(fl_try_alternative_name(fl_lit("a.tar.gz"), 15, &name), -ENAMETOOLONG);
    fl_expect_ok(fl_try_alternative_name(fl_lit("a.tar.gz"), 16, &name));
    fl_expect(fl_starts_with(fl_alternative_name(fl_lit("folder.d/a.txt"), 0), "folder.d/a_"));
    fl_expect_equal(fl_try_alternative_name(fl_lit("folder/a.txt"), 19, &name), -ENAMETOOLONG);
    fl_expect_contains(fl_expect_raises(FL_SUSPICIOUS_FILE, alternative_of_20, impossible)->message, "at most 20 bytes");
}
