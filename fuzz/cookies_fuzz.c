/* Cookies: the same whether they come in one header or in several; every text is UTF-8 with a NUL behind. */
#include <fleche/base.h>
#include <fleche/http.h>
#include <stdlib.h>

static void require(bool ok)
{
    if (!ok)
        abort();
}

static const fl_querydict *cookies_of(const fl_str *headers, size_t count)
{
    fl_request *request = fl_request_new("GET", "/");
    fl_header_line *lines = fl_new_array(fl_header_line, count);

    for (size_t i = 0; i < count; i++)
        lines[i] = (fl_header_line){ fl_lit("cookie"), headers[i] };
    request->headers = (fl_headers){ .lines = lines, .count = count, .capacity = count };
    return fl_cookies(request);
}

static void check(fl_str text)
{
    const fl_querydict *whole = cookies_of(&text, 1);
    const fl_list *values;
    size_t cursor = 0, at = text.size;

    for (fl_str name; fl_querydict_next(whole, &cursor, &name, &values);) {
        require(values->count == 1 && name.data[name.size] == '\0' && fl_utf8_valid(name));
        fl_str value = values->items[0].text;
        require(value.data[value.size] == '\0' && fl_utf8_valid(value));
        require(name.size > 0 || value.size > 0 || fl_str_find(text, fl_lit("\""), NULL));
    }
    if (!fl_str_find_char(text, ';', &at))
        return;
    fl_str parts[] = { fl_str_slice(text, 0, at), fl_str_slice(text, at + 1, SIZE_MAX) };
    require(fl_text_is(fl_value_text(fl_box(cookies_of(parts, 2))), fl_value_text(fl_box(whole))));
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
