/* Names and paths that strangers choose: what is made of them stays where it may be, and says what a second look says. */
#include <errno.h>
#include <fleche/base.h>
#include <fleche/files.h>
#include <stdlib.h>

enum { LONGEST = 255 };

static void require(bool ok)
{
    if (!ok)
        abort();
}

/* By its parts, as the kernel reads it. */
static bool is_below(fl_str path, fl_str base)
{
    fl_str rest;

    if (!fl_str_after(path, base, &rest) || (rest.size > 0 && rest.data[0] != '/'))
        return false;
    for (fl_str part; fl_str_cut(&rest, '/', &part);)
        if (fl_str_equal(part, fl_lit("..")) || fl_str_equal(part, fl_lit(".")))
            return false;
    return true;
}

static void check_join(fl_str input)
{
    fl_str parts[8], rest = input;
    const char *path, *again;
    size_t n = 0;

    while (n < FL_LENGTH(parts) && fl_str_cut(&rest, '\n', &parts[n]))
        n++;
    int code = fl_try_safe_join("/srv/media", parts, n, &path);
    require(code == 0 || code == -EPERM || code == -ENAMETOOLONG);
    if (code != 0)
        return;
    require(is_below(fl_str_of(path), fl_lit("/srv/media")));
    fl_str whole = fl_str_of(path);
    require(fl_try_safe_join("/srv/media", &whole, 1, &again) == 0 && fl_text_is(path, again));
}

static void check_name(fl_str name)
{
    require(name.size <= LONGEST && fl_utf8_valid(name));
    require(fl_try_file_name_check(name, false) == 0);
    require(!fl_str_find_char(name, '/', NULL) && !fl_str_find_char(name, '\0', NULL));
}

static void check_names(fl_str input)
{
    const char *name = fl_upload_name(input), *valid, *other;

    if (name != NULL) {
        check_name(fl_str_of(name));
        require(strchr(name, '\\') == NULL);
        if (fl_try_alternative_name(fl_str_of(name), 0, &other) == 0)
            check_name(fl_str_of(other));
    }
    if (fl_try_valid_file_name(input, &valid) == 0) {
        require(fl_try_file_name_check(fl_str_of(valid), false) == 0);
        require(fl_text_is(valid, fl_valid_file_name(fl_str_of(valid))));
    }
    (void)!fl_try_file_name_check(input, true);
    (void)!fl_try_alternative_name(input, input.size, &other);
}

static void check_headers(fl_str input)
{
    const char *encoding, *type = fl_guess_type(input, &encoding);
    fl_str value = fl_str_of(fl_content_disposition(true, input));

    require(type == NULL || strchr(type, '/') != NULL);
    require(strchr(fl_sent_type(input), '/') != NULL);
    require(fl_str_starts(value, fl_lit("attachment")));
    for (size_t i = 0; i < value.size; i++)
        require(value.data[i] == '\t' || (value.data[i] >= ' ' && value.data[i] <= '~'));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static fl_arena *arena;
    fl_str input = fl_str_n((const char *)data, size);

    if (arena == NULL)
        arena = fl_arena_new("fuzz", FL_NO_LIMIT);
    (void)fl_arena_set_here(arena);
    check_join(input);
    check_names(input);
    check_headers(input);
    fl_arena_reset(arena);
    return 0;
}
