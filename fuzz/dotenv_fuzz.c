/* .env files: whatever the bytes, reading ends; no statement of a fault sets anything; what was read, written in double quotes
 * again, reads the same. */
#include <fleche/base.h>
#include <fleche/env.h>
#include <stdlib.h>

static void require(bool ok)
{
    if (!ok)
        abort();
}

static void add_quoted(fl_str value, fl_buf *out)
{
    fl_buf_add_char(out, '"');
    for (size_t i = 0; i < value.size; i++) {
        bool carriage_return = value.data[i] == '\r';         /* between lines it would become \n */
        if (carriage_return || value.data[i] == '"')
            fl_buf_add_char(out, '\\');
        fl_buf_add_char(out, carriage_return ? 'r' : value.data[i]);
    }
    fl_buf_add_c(out, "\"\n");
}

/* What python-dotenv's form can say: how backslashes read depends on what follows, and names have no quotes for theirs. */
static bool can_be_written(fl_str name, fl_value value)
{
    return value.kind == FL_V_TEXT && !fl_str_find_char(value.text, '\\', NULL) && !fl_str_find_char(name, '\'', NULL);
}

static void check(fl_str text)
{
    static const fl_env_load_options literal = { .literal = true };
    fl_errors *errors = fl_errors_new(), *none = fl_errors_new();
    fl_buf again = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);
    fl_value name, value;

    (void)fl_dotenv_read(text, ".env", NULL, fl_errors_new());
    fl_dict *first = fl_dotenv_read(text, ".env", &literal, errors);
    for (size_t cursor = 0; fl_dict_next(first, &cursor, &name, &value);) {
        require(name.text.size > 0);
        if (!can_be_written(name.text, value))
            continue;
        fl_buf_format(&again, "'%.*s'=", FL_SHOW(name.text));
        add_quoted(value.text, &again);
    }
    fl_dict *second = fl_dotenv_read(fl_buf_str(&again), ".env", &literal, none);
    require(none->count == 0 || again.size > 1 << 20);
    for (size_t cursor = 0; fl_dict_next(second, &cursor, &name, &value);)
        require(fl_value_equal(fl_dict_get(first, name.text), value));
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
