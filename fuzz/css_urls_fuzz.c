/* Style sheets and scripts of strangers' making: references lie inside of the text, one behind the other. All
 * of the text is looked at. */
#include <fleche/base.h>
#include <fleche/staticfiles.h>
#include <stdlib.h>

static void require(bool ok)
{
    if (!ok)
        abort();
}

static void check(fl_str text, bool script)
{
    size_t at = 0, end = 0;

    for (fl_css_reference found; fl_css_next_reference(text, script, &at, &found);) {
        size_t from = (size_t)(found.whole.data - text.data),
               url = found.url.size == 0 ? from : (size_t)(found.url.data - text.data);
        require(from >= end && found.whole.size > 0 && from + found.whole.size == at && at <= text.size);
        require(url >= from && url + found.url.size <= at);
        require(memchr(found.url.data, '\n', found.url.size) == NULL);
        end = at;
    }
    require(at == text.size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static fl_arena *arena;

    if (arena == NULL)
        arena = fl_arena_new("fuzz", FL_NO_LIMIT);
    (void)fl_arena_set_here(arena);
    fl_str text = fl_str_n(fl_arena_copy(arena, data, size), size);
    if (size > 0) {
        check(text, false);
        check(text, true);
    }
    fl_arena_reset(arena);
    return 0;
}
