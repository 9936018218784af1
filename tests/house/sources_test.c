/* Rules that neither compiler knows: what is not called, how long a file may be, that each file is built, tidy lines. */
#include <ctype.h>
#include <fleche/test.h>
#include "house.h"

enum { LONGEST_FILE = 800 };

static bool ends_in(const char *path, const char *const *endings)
{
    for (; *endings != NULL; endings++)
        if (fl_str_ends(fl_str_of(path), fl_str_of(*endings)))
            return true;
    return false;
}
#define ends_in(path, ...) ends_in(path, (const char *const[]){ __VA_ARGS__, NULL })

/* All of these folders' C files go through `check`, which complains. */
static void check_sources(const char *folders, void (*check)(const char *path, fl_str source, fl_buf *complaints))
{
    fl_buf complaints = house_complaints();
    house_paths paths = { 0 };

    for (fl_str folder, rest = fl_str_of(folders); fl_str_cut(&rest, ' ', &folder);)
        house_find(house_root(), fl_str_c(folder), &paths);
    fl_expect(paths.count > 0);
    fl_vec_each (house_path, path, &paths)
        if (ends_in(*path, ".c", ".h", ".S"))
            check(*path, house_read(house_root(), *path), &complaints);
    house_expect_none(&complaints);
}

/* -- banned functions --------------------------------------------------------------------------------------------------------- */

static bool is_word(char c) { return isalnum((unsigned char)c) || c == '_'; }

/* A call of `name` in code: the word, and a parenthesis behind it. Definitions of macros with that name are none. */
static bool calls(fl_str line, fl_str name)
{
    size_t at;

    if (fl_str_starts(fl_str_trim(line), fl_lit("#define")))
        return false;
    for (; fl_str_find(line, name, &at); line = fl_str_slice(line, at + name.size, SIZE_MAX)) {
        fl_str behind = fl_str_trim(fl_str_slice(line, at + name.size, SIZE_MAX));
        if ((at == 0 || !is_word(line.data[at - 1])) && fl_str_starts(behind, fl_lit("(")))
            return true;
    }
    return false;
}

static void check_calls(const char *path, fl_str source, const char *names, const char *why, fl_buf *complaints)
{
    fl_str rest = house_code(source);
    int number = 0;

    for (fl_str line, name; fl_str_cut(&rest, '\n', &line);) {
        number++;
        for (fl_str list = fl_str_of(names); fl_str_cut(&list, ' ', &name);)
            if (calls(line, name))
                fl_buf_format(complaints, "%s:%d: %.*s() %s\n", path, number, FL_SHOW(name), why);
    }
}

static const char *banned_names(void)
{
    fl_str rest = house_read(house_root(), "src/banned.h"), name;
    fl_buf names = house_complaints();

    for (fl_str line; fl_str_cut(&rest, '\n', &line);)
        if (fl_str_after(line, fl_lit("#define "), &line) && fl_str_find(line, fl_lit("(...) FL_BANNED("), NULL) &&
            fl_str_cut(&line, '(', &name))
            fl_buf_format(&names, "%s%.*s", names.size == 0 ? "" : " ", FL_SHOW(name));
    return fl_buf_c(&names);
}

static void no_banned_call(const char *path, fl_str source, fl_buf *complaints)
{
    if (!fl_str_find(source, fl_lit("#define FL_THE_HEAP_ITSELF"), NULL))
        check_calls(path, source, banned_names(), "is banned: src/banned.h says what to use", complaints);
}

FL_TEST(banned_functions_are_not_called, .plain = true)
{
    fl_expect_contains(banned_names(), "strcpy");
    check_sources("src include", no_banned_call);
}

static void no_jump(const char *path, fl_str source, fl_buf *complaints)
{
    if (!fl_text_is(path, "src/base/raise.c"))
        check_calls(path, source, "setjmp _setjmp sigsetjmp longjmp _longjmp siglongjmp", "belongs to src/base/raise.c",
                    complaints);
}

FL_TEST(only_raise_c_jumps, .plain = true) { check_sources("src include tests bench fuzz examples", no_jump); }

FL_TEST(code_is_told_from_comments_and_text, .plain = true)
{
    fl_expect_bytes(house_code(fl_lit("a /* b\n* / c */ d // e\nf")), fl_lit("a     \n         d     \nf"));
    fl_expect_bytes(house_code(fl_lit("\"a\\\"/*\" b '\"' c '/*'")), fl_lit("\"     \" b ' ' c '  '"));
    fl_expect_bytes(house_code(fl_lit("/*/ a */ b /* c")), fl_lit("         b     "));
    fl_expect(calls(fl_lit("x = free (y)"), fl_lit("free")));
    fl_expect(!calls(fl_lit("x = fl_heap_free(y), free_all(), a_free"), fl_lit("free")));
    fl_expect(!calls(fl_lit("#define free(...) x"), fl_lit("free")));
}

/* -- form --------------------------------------------------------------------------------------------------------------------- */

static void not_too_long(const char *path, fl_str source, fl_buf *complaints)
{
    int lines = 0;

    for (fl_str line, rest = source; fl_str_cut(&rest, '\n', &line);)
        lines++;
    if (lines > LONGEST_FILE && !house_is_generated(source))
        fl_buf_format(complaints, "%s: %d lines; a file has one responsibility and at most %d\n", path, lines, LONGEST_FILE);
}

FL_TEST(no_file_is_too_long, .plain = true) { check_sources("src include tests bench fuzz examples", not_too_long); }

static void begins_with_its_purpose(const char *path, fl_str source, fl_buf *complaints)
{
    if (!fl_str_starts(source, fl_lit("/* ")))
        fl_buf_format(complaints, "%s:1: the head comment is missing that says what the file is for\n", path);
}

FL_TEST(every_file_begins_with_its_purpose, .plain = true)
{
    check_sources("src include tests bench fuzz examples", begins_with_its_purpose);
}

static void check_lines(const char *path, fl_buf *complaints)
{
    fl_str source = house_read(house_root(), path), rest = source;
    int number = 0;

    for (fl_str line; fl_str_cut(&rest, '\n', &line);) {
        number++;
        if (fl_str_find_char(line, '\t', NULL) || fl_str_find_char(line, '\r', NULL))
            fl_buf_format(complaints, "%s:%d: a tab or a carriage return\n", path, number);
        if (fl_str_ends(line, fl_lit(" ")))
            fl_buf_format(complaints, "%s:%d: white space at the end of the line\n", path, number);
    }
    if (source.size > 0 && (source.data[source.size - 1] != '\n' || fl_str_ends(source, fl_lit("\n\n"))))
        fl_buf_format(complaints, "%s:%d: a file ends with one line end\n", path, number);
}

FL_TEST(lines_are_tidy, .plain = true)
{
    fl_buf complaints = house_complaints();
    house_paths paths = { 0 };

    house_find(house_root(), ".", &paths);
    fl_vec_each (house_path, path, &paths)
        if (ends_in(*path, ".c", ".h", ".S", ".md", ".py", ".txt", "meson.build", "dev") &&
            !fl_starts_with(*path, "tests/data/") && !fl_starts_with(*path, "fuzz/corpus/"))
            check_lines(*path, &complaints);
    house_expect_none(&complaints);
}

/* -- every file is built ------------------------------------------------------------------------------------------------------ */

/* How meson.build names a file: fuzz targets by what stands before _fuzz.c. */
static const char *name_in_meson(fl_str file)
{
    fl_str suffix = fl_lit("_fuzz.c");

    if (fl_str_ends(file, suffix))
        file.size -= suffix.size;
    return fl_text("'%.*s'", FL_SHOW(file));
}

static void check_is_built(const char *path, fl_buf *complaints)
{
    fl_str file = fl_str_of(path), folder;
    size_t slash = 0;

    if (!fl_str_find_last(file, '/', &slash))
        return;
    folder = fl_str_slice(file, 0, slash);
    file = fl_str_slice(file, slash + 1, SIZE_MAX);
    const char *list = fl_text("%.*s/meson.build", FL_SHOW(folder));
    if (!fl_str_find(house_read(house_root(), list), fl_str_of(name_in_meson(file)), NULL))
        fl_buf_format(complaints, "%s: is not in %s\n", path, list);
}

FL_TEST(every_source_is_built, .plain = true)
{
    fl_buf complaints = house_complaints();
    house_paths paths = { 0 };

    for (fl_str folder, rest = fl_lit("src tests bench fuzz examples"); fl_str_cut(&rest, ' ', &folder);)
        house_find(house_root(), fl_str_c(folder), &paths);
    fl_vec_each (house_path, path, &paths)
        if (ends_in(*path, ".c"))
            check_is_built(*path, &complaints);
    house_expect_none(&complaints);
}
