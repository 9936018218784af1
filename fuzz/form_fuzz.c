/* Forms: the pairs read are those a plain reading by bytes finds, and written again they read the same. */
#include <fleche/base.h>
#include <stdlib.h>

static void require(bool ok)
{
    if (!ok)
        abort();
}

/* What one side of a pair means: plus signs first, then the percent decoder. */
static fl_str plain(fl_str part)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    fl_percent_decode(fl_str_replace(part, fl_lit("+"), fl_lit(" ")), &out);
    return fl_buf_str(&out);
}

static void check(fl_str form)
{
    fl_buf again = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);
    fl_str rest = form, name, value;
    size_t count = 0;

    for (fl_str part, parts = form; fl_str_cut(&parts, '&', &part);) {
        size_t at = part.size;
        if (part.size == 0)
            continue;
        bool has_value = fl_str_find_char(part, '=', &at);
        require(fl_form_next(&rest, &name, &value));
        require(fl_str_equal(name, plain(fl_str_slice(part, 0, at))));
        require(fl_str_equal(value, plain(fl_str_slice(part, at + has_value, SIZE_MAX))));
        fl_form_encode(name, value, &again);
        count++;
    }
    require(!fl_form_next(&rest, &name, &value));

    fl_str first = form, second = fl_buf_str(&again), other_name, other_value;
    for (; count > 0; count--) {
        require(fl_form_next(&first, &name, &value) && fl_form_next(&second, &other_name, &other_value));
        require(fl_str_equal(name, other_name) && fl_str_equal(value, other_value));
    }
    require(!fl_form_next(&second, &name, &value));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static fl_arena *arena;

    if (arena == NULL)
        arena = fl_arena_new("fuzz", FL_NO_LIMIT);
    (void)fl_arena_set_here(arena);
    check(fl_str_n((const char *)data, size));
    fl_arena_reset(arena);
    return 0;
}
