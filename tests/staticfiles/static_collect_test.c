/* collectstatic: hashed names and style sheets as Django's, only what changed, compressed forms. */
#include "site.h"

static void collect(fl_collected *ret) { *ret = fl_static_collect(.no_compress = true); }

/* The tree of tests/oracle/staticfiles.py, which made the expectations below with Django's own ManifestStaticFilesStorage. */
static void put_oracle_tree(void)
{
    put_file("assets/css/a.css", "body{background:url(../img/x.png)}\n@import \"sub/b.css\";\n@import 'c.css';\n"
                                 "h1{background:URL(\"../img/x.png\")}\n");
    put_file("assets/css/sub/b.css",
             "@font-face{src:url(\"../../fonts/f.eot?#iefix\") format(\"x\"), url('../../fonts/f.svg#name')}\n"
             "p{background:url(data:image/gif;base64,AAAA)}a{background:url(//cdn.example/x.png)}"
             "b{background:url(https://e.x/y.png)}d{background:url(\"/media/z.png\")}e{background:url(\"/static/img/x.png\")}\n");
    put_file("assets/css/c.css", "/* nothing */\nq{background:url(\"../img/y%20z.png\")}\n");
    put_file("assets/css/q.css",
             "q{background:url(../img/x.png?v=1)}r{background:url(../fonts/f.eot?a=1#x)}s{background:url(dir/)}\n");
    put_file("assets/img/x.png", "PNG");
    put_file("assets/img/y z.png", "y z");
    put_file("assets/fonts/f.eot", "eot");
    put_file("assets/fonts/f.svg", "<svg/>");
    put_file("assets/plain.txt", "hello\n");
    put_file("assets/noext", "no");
    put_file("assets/a.tar.gz", "gz");
}

static const struct {
    const char *name, *hashed;
} names[] = {
    { "a.tar.gz", "a.tar.c9317245afa8.gz" },           { "css/a.css", "css/a.1b91a77d21cf.css" },
    { "css/c.css", "css/c.33e5b46d47bb.css" },         { "css/q.css", "css/q.0097acf4a44e.css" },
    { "css/sub/b.css", "css/sub/b.23937e33bb3a.css" }, { "fonts/f.eot", "fonts/f.8cc16517b421.eot" },
    { "fonts/f.svg", "fonts/f.677433a0892a.svg" },     { "img/x.png", "img/x.55505ba281b0.png" },
    { "img/y z.png", "img/y z.b313872d4f82.png" },     { "noext", "noext.7fa3b767c460" },
    { "plain.txt", "plain.b1946ac92492.txt" },
};

FL_TEST(hashed_names_and_style_sheets_are_those_of_django)
{
    fl_collected done;
    fl_json *manifest;

    set_up(NULL);
    put_oracle_tree();
    collect(&done);
    fl_expect_equal(done.copied, 11);
    fl_expect_equal(done.processed, 11);
    manifest = fl_json_parse(content_of("out/staticfiles.json"));
    const fl_dict *paths = fl_json_at(manifest, "paths")->value.dict;
    fl_expect_equal(fl_dict_count(paths), FL_LENGTH(names));
    for (size_t i = 0; i < FL_LENGTH(names); i++) {
        fl_label("%s", names[i].name);
        fl_expect_bytes(fl_dict_get(paths, fl_str_of(names[i].name)).text, fl_str_of(names[i].hashed));
        fl_expect(is_there(fl_text("out/%s", names[i].hashed)));
    }
    fl_expect_text(content_of("out/css/a.1b91a77d21cf.css"),
                   "body{background:url(\"../img/x.55505ba281b0.png\")}\n@import url(\"sub/b.23937e33bb3a.css\");\n"
                   "@import url(\"c.33e5b46d47bb.css\");\nh1{background:url(\"../img/x.55505ba281b0.png\")}\n");
    fl_expect_contains(content_of("out/css/q.0097acf4a44e.css"), "url(\"../fonts/f.8cc16517b421.eot?a=1#x\")");
    fl_expect_contains(content_of("out/css/sub/b.23937e33bb3a.css"), "url(\"../../fonts/f.8cc16517b421.eot?#iefix\")");
}

/* Captured from Django 6.1.1. */
FL_TEST(the_manifest_is_that_of_django_to_the_byte)
{
    fl_collected done;

    set_up(NULL);
    put_file("assets/img/x.png", "PNG");
    put_file("assets/css/a.css", "body{background:url(../img/x.png)}\n/* c */");
    collect(&done);
    fl_expect_text(content_of("out/css/a.b132f9589593.css"), "body{background:url(\"../img/x.55505ba281b0.png\")}\n/* c */");
    fl_expect_text(content_of("out/staticfiles.json"),
                   "{\"paths\": {\"css/a.css\": \"css/a.b132f9589593.css\", \"img/x.png\": \"img/x.55505ba281b0.png\"}, "
                   "\"version\": \"1.1\", \"hash\": \"ebb385977431\"}");
}

FL_TEST(collecting_twice_writes_nothing)
{
    fl_collected done;

    set_up(NULL);
    put_oracle_tree();
    collect(&done);
    collect(&done);
    fl_expect_equal(done.copied, 0);
    fl_expect_equal(done.unmodified, 11);
    fl_expect_equal(done.processed, 0);
    fl_expect_text(fl_collected_text(&done, false), fl_text("0 static files copied to '%s', 11 unmodified.", in_test("out")));
}

FL_TEST(a_changed_file_is_copied_again)
{
    fl_collected done;

    set_up(NULL);
    put_file("assets/a.txt", "one");
    put_file("assets/b.txt", "two");
    collect(&done);
    fl_file_write(in_test("assets/a.txt"), fl_lit("new"));
    fl_expect_equal(
        utimensat(AT_FDCWD, in_test("assets/a.txt"), (const struct timespec[]){ { 4000000000, 0 }, { 4000000000, 0 } }, 0), 0);
    collect(&done);
    fl_expect_equal(done.copied, 1);
    fl_expect_text(content_of("out/a.txt"), "new");
    fl_expect_text(fl_collected_text(&done, false),
                   fl_text("1 static file copied to '%s', 1 unmodified, 1 post-processed.", in_test("out")));
}

FL_TEST(the_first_directory_wins_and_patterns_are_left_out)
{
    set_up(NULL);
    put_file("assets/a.txt", "first");
    put_file("more/a.txt", "second");
    put_file("more/.hidden", "");
    put_file("more/CVS/x", "");
    put_file("more/old~", "");
    put_file("more/x.scss", "");
    fl_collected done = fl_static_collect(.ignore = fl_list_of("*.scss"), .no_post_process = true);
    fl_expect_equal(done.copied, 1);
    fl_expect_text(content_of("out/a.txt"), "first");
    fl_expect(!is_there("out/staticfiles.json"));
    done = fl_static_collect(.no_default_ignore = true, .no_post_process = true);
    fl_expect_equal(done.copied, 4);
    fl_expect(is_there("out/.hidden"));
}

FL_TEST(a_dry_run_writes_nothing)
{
    set_up(NULL);
    put_file("assets/a.txt", "a");
    fl_collected done = fl_static_collect(.dry_run = true);
    fl_expect_equal(done.copied, 1);
    fl_expect(!is_there("out/a.txt") && !is_there("out/staticfiles.json"));
}

FL_TEST(clearing_removes_what_was_there)
{
    set_up(NULL);
    put_file("out/left/over.txt", "");
    put_file("assets/a.txt", "a");
    fl_collected done = fl_static_collect(.clear = true, .no_post_process = true);
    fl_expect_equal(done.deleted, 1);
    fl_expect(!is_there("out/left/over.txt") && is_there("out/a.txt"));
}

FL_TEST(links_stand_for_copies)
{
    char target[4096];

    set_up(NULL);
    put_file("assets/css/a.txt", "a");
    fl_collected done = fl_static_collect(.link = true, .no_post_process = true);
    fl_expect_equal(done.linked, 1);
    ssize_t size = readlink(in_test("out/css/a.txt"), target, sizeof target);
    fl_expect_bytes(fl_str_n(target, (size_t)size), fl_str_of(in_test("assets/css/a.txt")));
    done = fl_static_collect(.link = true, .no_post_process = true);
    fl_expect_equal(done.linked, 0);
    fl_expect_equal(done.unmodified, 1);
}

static void collect_and_ignore(void *data)
{
    (void)data;
    (void)fl_static_collect(.no_compress = true);
}

FL_TEST(a_reference_to_nothing_is_an_error_that_names_both)
{
    set_up(NULL);
    put_file("assets/css/a.css", "a{background:url(../img/none.png)}");
    fl_error *error = fl_expect_raises(FL_STATIC_MISSING, collect_and_ignore, NULL);
    fl_expect_contains(error->message, "css/a.css");
    fl_expect_contains(error->message, "img/none.png");
}

FL_TEST(a_circle_of_references_is_an_error)
{
    set_up(NULL);
    put_file("assets/a.css", "@import 'b.css';");
    put_file("assets/b.css", "@import 'a.css';");
    fl_expect_error(FL_VALUE_ERROR, collect_and_ignore, NULL);
}

FL_TEST(references_above_the_root_are_refused)
{
    set_up(NULL);
    put_file("assets/css/a.css", "a{background:url(../../secret.png)}");
    put_file("secret.png", "");
    fl_expect_error(FL_STATIC_MISSING, collect_and_ignore, NULL);
}

/* -- compressed forms ------------------------------------------------------------------------------------------------------------------- */

static fl_str long_text(size_t size)
{
    char *text = fl_alloc(size + 1);

    for (size_t i = 0; i < size; i++)
        text[i] = "let the sun shine;\n"[i % 19];
    return fl_str_n(text, size);
}

FL_TEST(what_gets_smaller_is_compressed_once)
{
    struct stat plain, gz;

    set_up(NULL);
    write_file("assets/app.js", long_text(5000));
    write_file("assets/photo.jpg", long_text(5000));
    put_file("assets/tiny.txt", "abc");
    fl_collected done = fl_static_collect();
    fl_expect(is_there("out/app.js.gz") && !is_there("out/photo.jpg.gz") && !is_there("out/tiny.txt.gz"));
#if FL_HAVE_BROTLI
    fl_expect(is_there("out/app.js.br"));
    fl_expect_equal(done.compressed, 4);
#else
    fl_expect_equal(done.compressed, 2);
#endif
    fl_expect_equal(stat(in_test("out/app.js"), &plain) + stat(in_test("out/app.js.gz"), &gz), 0);
    fl_expect_equal(plain.st_mtim.tv_nsec, gz.st_mtim.tv_nsec);
    fl_str bytes = fl_file_read(in_test("out/app.js.gz"), 1 << 20);
    fl_expect_bytes(fl_str_slice(bytes, 0, 8), ((fl_str){ "\x1f\x8b\x08\x00\x00\x00\x00\x00", 8 }));
    done = fl_static_collect();
    fl_expect_equal(done.compressed, 0);
}

FL_TEST(a_form_that_does_not_help_any_more_goes)
{
    set_up(NULL);
    write_file("assets/a.txt", long_text(5000));
    (void)fl_static_collect();
    fl_expect(is_there("out/a.txt.gz"));
    fl_file_write(in_test("assets/a.txt"), fl_lit("now short"));
    (void)fl_static_collect();
    fl_expect(!is_there("out/a.txt.gz") && !is_there("out/a.txt.br"));
}
