/* The house stands in its order; and the checker that says so sees what is wrong in small trees. */
#include <fleche/test.h>
#include "layers.h"

FL_TEST(the_house_stands_in_its_order, .plain = true)
{
    fl_buf complaints = house_complaints();

    layers_check(house_root(), &complaints);
    house_expect_none(&complaints);
}

/* The lists of modules in the meson.build files of src/ and tests/, in the order of floors.txt. */
static void expect_modules_of(const char *path)
{
    fl_str text = house_read(house_root(), path), list;
    fl_buf names = house_complaints();
    size_t at;

    fl_label("%s", path);
    fl_expect(fl_str_find(text, fl_lit("foreach module : ["), &at));
    text = fl_str_slice(text, at, SIZE_MAX);
    fl_expect(fl_str_cut(&text, '[', &list) && fl_str_cut(&text, ']', &list));
    for (fl_str part; fl_str_cut(&list, ',', &part);) {
        part = fl_str_trim(part);
        fl_buf_format(&names, "%s%.*s", names.size == 0 ? "" : " ", FL_SHOW(fl_str_slice(part, 1, part.size - 2)));
    }
    fl_expect(fl_starts_with(fl_buf_c(&names), layers_modules(house_root())));
}

FL_TEST(meson_builds_the_modules_in_the_order_of_the_floors, .plain = true)
{
    expect_modules_of("src/meson.build");
    expect_modules_of("tests/meson.build");
}

/* -- the checker, on trees of two floors: stone (base: stone) and wood (house: door roof) --------------------------------------- */

#define FLOORS "# a comment\nfloor 0 stone\nbase: stone\n\nfloor 1 wood\nhouse: door roof\n"

static const char *tree(const char *floors)
{
    const char *root = fl_test_directory();

    house_write(root, "floors.txt", floors);
    house_write(root, "include/fleche/stone.h", "#pragma once\n#include <stddef.h>\n");
    house_write(root, "include/fleche/door.h", "#pragma once\n#include \"stone.h\"\n");
    house_write(root, "include/fleche/roof.h", "#pragma once\n#include \"door.h\"\n");
    house_write(root, "src/base/stone.c", "#include <fleche/stone.h>\n");
    house_write(root, "src/house/roof.c", "#include <fleche/stone.h>\n#include \"base/stone.h\"\n#include \"house/beam.h\"\n");
    return root;
}

static const char *complaints_in(const char *root)
{
    fl_buf complaints = house_complaints();

    layers_check(root, &complaints);
    return fl_buf_c(&complaints);
}

FL_TEST(a_tree_in_order_has_no_complaints, .plain = true) { fl_expect_text(complaints_in(tree(FLOORS)), ""); }

FL_TEST(an_include_of_a_higher_floor_is_named_with_both_floors, .plain = true)
{
    const char *root = tree(FLOORS);

    house_write(root, "src/base/stone.c", "/* Stone. */\n\n  #  include <fleche/door.h>\n");
    fl_expect_text(complaints_in(root),
                   "src/base/stone.c:3: base (floor 0, stone) includes <fleche/door.h> of house (floor 1, wood), "
                   "which stands above it\n");
}

FL_TEST(a_private_header_of_a_higher_floor_is_refused, .plain = true)
{
    const char *root = tree(FLOORS);

    house_write(root, "src/base/stone.c", "#include \"house/beam.h\"\n");
    fl_expect_contains(complaints_in(root), "src/base/stone.c:1: base (floor 0, stone) includes \"house/beam.h\" of house");
}

FL_TEST(a_public_header_includes_nothing_above_it, .plain = true)
{
    const char *root = tree(FLOORS);

    house_write(root, "include/fleche/stone.h", "#include \"roof.h\"\n");
    fl_expect_contains(complaints_in(root),
                       "include/fleche/stone.h:1: base (floor 0, stone) includes \"roof.h\" of house (floor 1, wood)");
}

FL_TEST(on_one_floor_too_the_later_module_is_out_of_reach, .plain = true)
{
    const char *root = tree("floor 0 ground\nbase: stone\nhouse: door roof\n");

    house_write(root, "src/base/stone.c", "#include <fleche/door.h>\n");
    fl_expect_contains(complaints_in(root), "base (floor 0, ground) includes <fleche/door.h> of house (floor 0, ground)");
}

FL_TEST(what_no_floor_knows_is_refused, .plain = true)
{
    const char *root = tree(FLOORS);

    house_write(root, "src/base/stone.c", "#include <fleche/cellar.h>\n#include \"stone.h\"\n#include \"cellar/wine.h\"\n");
    house_write(root, "src/cellar/wine.c", "int wine;\n");
    house_write(root, "include/fleche/wine.h", "#pragma once\n");
    const char *text = complaints_in(root);
    fl_expect_contains(text, "src/base/stone.c:1: <fleche/cellar.h> is in no module of floors.txt");
    fl_expect_contains(text, "src/base/stone.c:2: \"stone.h\" is in no module");
    fl_expect_contains(text, "src/base/stone.c:3: \"cellar/wine.h\" is in no module");
    fl_expect_contains(text, "src/cellar/wine.c: belongs to no module");
    fl_expect_contains(text, "include/fleche/wine.h: belongs to no module");
}

FL_TEST(a_public_header_does_not_include_a_private_one, .plain = true)
{
    const char *root = tree(FLOORS);

    house_write(root, "include/fleche/door.h", "#include \"house/beam.h\"\n");
    fl_expect_contains(complaints_in(root), "include/fleche/door.h:1: \"house/beam.h\" is in no module");
}

FL_TEST(floors_that_cannot_be_read_are_named_by_line, .plain = true)
{
    const char *text = complaints_in(tree(FLOORS "floor two glass\nhouse: door\nattic: door\nattic2: window\n"));

    fl_expect_contains(text, "floors.txt:7: neither");           /* no number */
    fl_expect_contains(text, "floors.txt:8: neither");           /* a second time */
    fl_expect_contains(text, "floors.txt:9: neither");           /* a header of two modules */
    fl_expect_contains(text, "floors.txt: include/fleche/window.h does not exist");
}
