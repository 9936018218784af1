/* Accept and Accept-Encoding: every quality is from 0 to 1, what is preferred is taken, and a type that is named alone is taken. */
#include <fleche/conditional.h>
#include <stdlib.h>

static void require(bool ok)
{
    if (!ok)
        abort();
}

/* The text is a header, and in its first line types of one's own. */
static void check(fl_str text)
{
    fl_request *request = fl_request_new("GET", "/");
    fl_str own = { "", 0 };

    if (memchr(text.data, '\0', text.size) != NULL || memchr(text.data, '\r', text.size) != NULL)
        return;
    if (fl_str_find_char(text, '\n', NULL))
        (void)fl_str_cut(&text, '\n', &own);
    if (fl_str_find_char(text, '\n', NULL) || text.size > 65536)
        return;
    fl_headers_add(&request->headers, fl_lit("Accept"), text);
    fl_headers_add(&request->headers, fl_lit("Accept-Encoding"), text);
    const char *type = fl_str_c(own);
    const char *const types[] = { "text/html", type, "application/json;version=1", NULL };
    const char *preferred = fl_preferred_type_(request, types);
    bool any = false;
    for (size_t i = 0; types[i] != NULL; i++)
        any |= fl_accepts(request, types[i]);
    require(any == (preferred != NULL));
    require(preferred == NULL || fl_accepts(request, preferred));

    static const char *const codings[] = { "gzip", "br", "identity", "" };
    for (size_t i = 0; i < FL_LENGTH(codings); i++) {
        double quality = fl_accepts_encoding(request, codings[i]);
        require(quality >= 0 && quality <= 1);
    }
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
