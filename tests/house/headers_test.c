/* Public headers: each stands on its own, in plain C17, for both compilers. */
#include <fleche/test.h>
#include "house/build.h"
#include "house.h"

static void compile_alone(const char *header, fl_buf *complaints)
{
    const char *output;
    int status = house_run(&output,
                           "printf '#include <%s>\\n#include <%s>\\n' | " HOUSE_COMPILER
                           " -std=c17 -Wall -Wextra -Werror -fsyntax-only -I '%s/include' -x c -",
                           header, header, house_root());

    if (status != 0)
        fl_buf_format(complaints, "%s does not compile alone:\n%s\n", header, output);
}

FL_TEST(every_public_header_compiles_alone_as_c17, .plain = true, .timeout = 120)
{
    fl_buf complaints = house_complaints();
    house_paths paths = { 0 };

    house_find(house_root(), "include/fleche", &paths);
    fl_expect(paths.count > 0);
    fl_vec_each (house_path, path, &paths)
        compile_alone(fl_after_prefix(*path, "include/"), &complaints);
    house_expect_none(&complaints);
}

FL_TEST(macros_h_is_what_its_generator_writes, .plain = true)
{
    const char *output;

    fl_expect_equal(house_run(&output, "'%s/tools/generate-macros'", house_root()), 0);
    fl_expect_text(output, house_read(house_root(), "include/fleche/macros.h").data);
}
