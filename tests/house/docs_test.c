/* The documentation is true: its programs compile and run, its links lead somewhere, its features have tests. */
#include <fleche/test.h>
#include "house/build.h"
#include "house.h"

static house_paths pages(void)
{
    house_paths all = { 0 }, pages = { 0 };

    house_find(house_root(), ".", &all);
    fl_vec_each (house_path, path, &all)
        if (fl_str_ends(fl_str_of(*path), fl_lit(".md")))
            fl_vec_push(&pages, *path);
    fl_expect(pages.count > 0);
    return pages;
}

/* -- programs ----------------------------------------------------------------------------------------------------------------- */

static void compile_and_run(const char *page, int line, fl_str program, fl_buf *complaints)
{
    const char *output, *directory = fl_test_directory();

    house_write(directory, "program.c", fl_str_c(program));
    int status = house_run(&output,
                           "cd '%s' && " HOUSE_COMPILER
                           " -std=gnu17 -Wall -Wextra -Werror -g -I '%s/include' program.c '" HOUSE_LIBRARY
                           "' " HOUSE_LINK_ARGUMENTS " -o program",
                           directory, house_root());
    if (status != 0) {
        fl_buf_format(complaints, "%s:%d: this program does not compile:\n%s\n", page, line, output);
        return;
    }
    status = house_run(&output, "cd '%s' && timeout 20 ./program </dev/null", directory);
    if (status != 0)
        fl_buf_format(complaints, "%s:%d: this program ends with status %d:\n%s\n", page, line, status, output);
}

/* Runs each ```c block with a main(); gives their number. */
static size_t run_programs(const char *page, fl_buf *complaints)
{
    fl_str text = house_read(house_root(), page), rest = text, block = { 0 };
    size_t found = 0;
    int number = 0, start = 0;

    for (fl_str line; fl_str_cut(&rest, '\n', &line);) {
        number++;
        if (start == 0 && fl_str_equal(line, fl_lit("```c"))) {
            start = number;
            block = rest;
        } else if (start != 0 && fl_str_starts(line, fl_lit("```"))) {
            block.size = (size_t)(line.data - block.data);
            if (fl_str_find(block, fl_lit("int main"), NULL)) {
                compile_and_run(page, start, block, complaints);
                found++;
            }
            start = 0;
        }
    }
    return found;
}

FL_TEST(every_program_in_the_documentation_compiles_and_runs, .plain = true, .timeout = 300)
{
    fl_buf complaints = house_complaints();
    house_paths all = pages();
    size_t found = 0;

    fl_vec_each (house_path, page, &all)
        found += run_programs(*page, &complaints);
    house_expect_none(&complaints);
    fl_expect(found > 0);
}

/* -- links -------------------------------------------------------------------------------------------------------------------- */

static void check_link(const char *page, int line, fl_str target, fl_buf *complaints)
{
    fl_str path, folder = fl_str_of(page);
    const char *output;
    size_t slash = 0;

    if (fl_str_find(target, fl_lit("://"), NULL) || !fl_str_cut(&target, '#', &path) || path.size == 0)
        return;
    folder.size = fl_str_find_last(folder, '/', &slash) ? slash + 1 : 0;
    if (house_run(&output, "test -e '%s/%.*s%.*s'", house_root(), FL_SHOW(folder), FL_SHOW(path)) != 0)
        fl_buf_format(complaints, "%s:%d: there is no %.*s\n", page, line, FL_SHOW(path));
}

/* Every ](target) outside of code. */
static void check_links(const char *page, fl_buf *complaints)
{
    fl_str rest = house_read(house_root(), page);
    bool in_code = false;
    int number = 0;
    size_t at;

    for (fl_str line, target; fl_str_cut(&rest, '\n', &line);) {
        number++;
        if (fl_str_starts(line, fl_lit("```")))
            in_code = !in_code;
        while (!in_code && fl_str_find(line, fl_lit("]("), &at)) {
            line = fl_str_slice(line, at + 2, SIZE_MAX);
            if (fl_str_cut(&line, ')', &target))
                check_link(page, number, target, complaints);
        }
    }
}

FL_TEST(every_link_leads_to_a_file, .plain = true, .timeout = 120)
{
    fl_buf complaints = house_complaints();
    house_paths all = pages();

    fl_vec_each (house_path, page, &all)
        check_links(*page, &complaints);
    house_expect_none(&complaints);
}

/* -- features ----------------------------------------------------------------------------------------------------------------- */

extern const fl_test *const __start_fl_tests[], *const __stop_fl_tests[];

/* `wanted` is file.function, or file.* for all of a file. */
static bool test_exists(fl_str wanted)
{
    for (const fl_test *const *at = __start_fl_tests; at < __stop_fl_tests; at++) {
        fl_str file = fl_str_of((*at)->file), suffix = fl_lit("_test.c");
        size_t slash = 0;
        if (fl_str_find_last(file, '/', &slash))
            file = fl_str_slice(file, slash + 1, SIZE_MAX);
        if (fl_str_ends(file, suffix))
            file.size -= suffix.size;
        if (fl_str_equal(wanted, fl_str_of(fl_text("%.*s.%s", FL_SHOW(file), (*at)->name))) ||
            fl_str_equal(wanted, fl_str_of(fl_text("%.*s.*", FL_SHOW(file)))))
            return true;
    }
    return false;
}

/* | what | where | `tests`, … |: the names between backquotes in the last column. */
static void check_feature(int number, fl_str row, fl_buf *complaints)
{
    fl_str cells = fl_str_trim(row), name;
    size_t bar = 0, named = 0;

    cells.size -= fl_str_ends(cells, fl_lit("|"));
    if (fl_str_find_last(cells, '|', &bar))
        cells = fl_str_slice(cells, bar + 1, SIZE_MAX);
    while (fl_str_cut(&cells, '`', &name) && fl_str_cut(&cells, '`', &name)) {
        named++;
        if (!test_exists(name))
            fl_buf_format(complaints, "docs/features.md:%d: there is no test %.*s\n", number, FL_SHOW(name));
    }
    if (named == 0)
        fl_buf_format(complaints, "docs/features.md:%d: a feature without a test\n", number);
}

/* Names between backquotes that look like file.function: in the table of hazards, all of them. */
static void check_hazard(int number, fl_str row, fl_buf *complaints)
{
    fl_str name;

    while (fl_str_cut(&row, '`', &name) && fl_str_cut(&row, '`', &name)) {
        size_t dot = 0;
        bool is_test = fl_str_find_char(name, '.', &dot) && dot > 0 && fl_str_find_char(name, '_', NULL);
        if (is_test && !test_exists(name))
            fl_buf_format(complaints, "docs/architecture.md:%d: there is no test %.*s\n", number, FL_SHOW(name));
    }
}

FL_TEST(every_hazard_names_tests_that_exist, .plain = true)
{
    fl_buf complaints = house_complaints();
    fl_str rest = house_read(house_root(), "docs/architecture.md");
    int number = 0, rows = 0;

    for (fl_str line; fl_str_cut(&rest, '\n', &line);) {
        number++;
        if (!fl_str_starts(line, fl_lit("| ")))
            continue;
        rows++;
        check_hazard(number, line, &complaints);
    }
    fl_expect(rows > 20);
    house_expect_none(&complaints);
}

FL_TEST(every_feature_names_its_tests, .plain = true)
{
    fl_buf complaints = house_complaints();
    fl_str rest = house_read(house_root(), "docs/features.md");
    int number = 0, rows = 0;

    for (fl_str line; fl_str_cut(&rest, '\n', &line);) {
        number++;
        rows = fl_str_starts(line, fl_lit("|")) ? rows + 1 : 0;
        if (rows > 2)                            /* behind the heading and its rule */
            check_feature(number, line, &complaints);
    }
    house_expect_none(&complaints);
}
