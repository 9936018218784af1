/* What reads must be written so that it reads as the same again; what does not read must say where, inside the text. */
#include <errno.h>
#include <fleche/base.h>
#include <stdlib.h>

static void check(bool ok)
{
    if (!ok)
        abort();
}

static fl_str write(const fl_json *json, fl_json_style style)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    check(fl_json_write(json->value, &style, &out) == 0);
    return fl_buf_str(&out);
}

/* Written once more in the first style, every other style must say the same. */
static void check_style(fl_str expected, const fl_json *json, fl_json_style style)
{
    fl_json *again;

    check(fl_json_try_parse(write(json, style), NULL, &again, NULL) == 0);
    check(fl_str_equal(write(again, (fl_json_style){ 0 }), expected));
}

/* Any limit reached or kept must be the document's own. */
static void check_limits(fl_str text, size_t values)
{
    const fl_json_limits limits = { .values = values, .depth = values };
    fl_json *json;
    fl_json_error why = { 0 };

    int code = fl_json_try_parse(text, &limits, &json, &why);
    check(code == 0 || code == -EINVAL || (code == -E2BIG && why.offset < text.size));
}

static void check_document(fl_str text)
{
    const fl_json_limits unique = { .refuse_duplicates = true };
    fl_json *json, *again;
    fl_json_error why = { 0 };

    int code = fl_json_try_parse(text, NULL, &json, &why);
    check(code == 0 || code == -EINVAL || code == -E2BIG);
    if (code != 0) {
        check(why.message != NULL && why.offset <= text.size && why.line >= 1 && why.column >= 1);
        check((size_t)why.line <= text.size + 1 && (size_t)why.column <= why.offset + 1);
        check(fl_json_try_parse(text, &unique, &again, NULL) != 0);
        return;
    }
    fl_str first = write(json, (fl_json_style){ 0 });
    for (size_t i = 0; i < first.size; i++)
        check(first.data[i] >= ' ' && first.data[i] < 0x7f);
    check_style(first, json, (fl_json_style){ 0 });
    check_style(first, json, (fl_json_style){ .utf8 = true, .indent = 3 });
    check_style(first, json, (fl_json_style){ .compact = true, .html_safe = true });
    check_limits(text, 1);
    check_limits(text, 5);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static fl_arena *arena;

    if (arena == NULL)
        arena = fl_arena_new("fuzz", FL_NO_LIMIT);
    fl_arena_set_here(arena);
    check_document((fl_str){ (const char *)data, size });
    fl_arena_reset(arena);
    return 0;
}
