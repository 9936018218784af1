/* Joined paths stay below their base, as Django's do. */
#include <limits.h>
#include "files_help.h"

static void check_vector(const vector *v)
{
    long long count = vector_is(v, "join") ? vector_int(v, 3) : 0;
    const char *path = NULL;

    if (!vector_is(v, "join"))
        return;
    int code = fl_try_safe_join(fl_str_c(v->fields[2]), v->fields + 4, (size_t)count, &path);
    fl_expect(code == 0 || code == -EPERM);
    fl_expect_bytes(or_refused(code == 0 ? path : NULL), v->fields[1]);
}

FL_TEST(paths_are_those_of_django) { each_vector("files", check_vector); }

FL_TEST(parts_are_text_and_views)
{
    char part[] = "a";

    fl_expect_text(fl_safe_join("/srv", "x", fl_lit("y"), part), "/srv/x/y/a");
    fl_expect_text(fl_safe_join("/srv/"), "/srv");
}

FL_TEST(a_relative_base_is_that_of_the_working_directory)
{
    char here[PATH_MAX];

    fl_expect(getcwd(here, sizeof here) != NULL);
    fl_expect_text(fl_safe_join("media", "a"), fl_text("%s/media/a", here));
    fl_expect_text(fl_safe_join(".", "a"), fl_text("%s/a", here));
    fl_expect_text(fl_safe_join("", "a"), fl_text("%s/a", here));
}

static void join_upward(void *data) { (void)fl_safe_join("/srv/media", *(fl_str *)data); }

FL_TEST(what_leads_outside_is_a_suspicious_file_and_a_bad_request)
{
    static const fl_str paths[] = { FL_LIT("../../etc/passwd"), FL_LIT("/etc/passwd"), FL_LIT("a/../../mediax"), FL_LIT("a\0b"),
                                    FL_LIT("\0") };

    for (size_t i = 0; i < FL_LENGTH(paths); i++) {
        fl_error *error = fl_expect_raises(FL_SUSPICIOUS_FILE, join_upward, &paths[i]);
        fl_expect(fl_error_is(error, FL_SUSPICIOUS_OPERATION) && fl_error_is(error, FL_BAD_REQUEST));
        fl_expect_equal(fl_error_status(error), 400);
        fl_expect_equal(error->code, -EPERM);
        fl_expect_contains(error->message, "outside of /srv/media");
    }
    fl_error *error = fl_expect_raises(FL_SUSPICIOUS_FILE, join_upward, &paths[3]);
    fl_expect_contains(error->message, "a\\x00b");          /* the log's line stays one */
}

FL_TEST(a_path_that_no_system_call_takes_is_refused)
{
    static char long_part[200000];
    const char *path;
    fl_str parts[] = { { long_part, 4090 }, FL_LIT("/srv/a") };

    memset(long_part, 'a', sizeof long_part);
    fl_expect_ok(fl_try_safe_join("/", parts, 1, &path));
    parts[0].size = 4096;
    fl_expect_equal(fl_try_safe_join("/", parts, 1, &path), -ENAMETOOLONG);
    parts[0].size = sizeof long_part;
    fl_expect_equal(fl_try_safe_join("/", parts, 1, &path), -ENAMETOOLONG);
    fl_expect_ok(fl_try_safe_join("/srv", parts, 2, &path));         /* what stands before an absolute part does not count */
    fl_expect_text(path, "/srv/a");
    fl_str part = { long_part, 5000 };
    fl_expect_contains(fl_expect_raises(FL_SUSPICIOUS_FILE, join_upward, &part)->message, "too long");
}

/* A path is taken in its parts, as a reader would; none of them may lead above the base. */
static bool stays_below(const char *path, const char *base)
{
    const char *rest = fl_after_prefix(path, base);
    fl_str text = fl_str_of(path);

    for (fl_str part; fl_str_cut(&text, '/', &part);)
        if (fl_str_equal(part, fl_lit("..")) || fl_str_equal(part, fl_lit(".")))
            return false;
    return rest != NULL && (*rest == '\0' || *rest == '/') && strstr(path, "//") == NULL;
}

FL_TEST(no_mixture_of_parts_leaves_the_base)
{
    static const char *const pieces[] = { "..", ".",   "/",  "a",    "//",         "media", "srv",
                                          "",   "../", "\\", "b/..", "/srv/media", "%2e",   "..." };
    size_t joined = 0;

    for (int round = 0; round < 20000; round++)
        fl_scope {
            fl_buf text[3] = { fl_buf_in(fl_arena_here(), 1000), fl_buf_in(fl_arena_here(), 1000),
                               fl_buf_in(fl_arena_here(), 1000) };
            fl_str parts[3];
            const char *path;
            for (size_t i = 0; i < 3; i++) {
                for (uint64_t n = fl_random_below(5); n > 0; n--)
                    fl_buf_add_c(&text[i], pieces[fl_random_below(FL_LENGTH(pieces))]);
                parts[i] = fl_buf_str(&text[i]);
            }
            int code = fl_try_safe_join("/srv/media", parts, 3, &path);
            fl_expect(code == 0 || code == -EPERM);
            joined += code == 0;
            fl_expect(code != 0 || stays_below(path, "/srv/media"));
        }
    fl_expect(joined > 1000 && joined < 19000);
}
