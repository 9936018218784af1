/* Uuids: what is read prints as itself without its dress, and reads back; nothing else has 32 digits. */
#include <fleche/base.h>
#include <stdlib.h>

static size_t digits_in(fl_str text)
{
    size_t count = 0;

    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        count += (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
    }
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static fl_arena *arena;
    fl_str text = { (const char *)data, size };
    fl_uuid id, again;

    if (arena == NULL)
        arena = fl_arena_new("fuzz", FL_NO_LIMIT);
    (void)fl_arena_set_here(arena);
    if (fl_uuid_try_parse(text, &id) == 0) {
        fl_str printed = fl_str_of(fl_uuid_text(id));
        if (printed.size != 36 || digits_in(text) < 32 || fl_uuid_try_parse(printed, &again) != 0)
            abort();
        if (memcmp(&id, &again, sizeof id) != 0)
            abort();
    }
    fl_arena_reset(arena);
    return 0;
}
