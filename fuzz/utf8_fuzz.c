/* UTF-8 against a slow reference: the table of well-formed sequences of the Unicode standard, row by row. */
#include <fleche/base.h>
#include <stdlib.h>

typedef struct row { uint8_t low[4], high[4]; size_t size; } row;
static const row rows[] = {
    { { 0x00 }, { 0x7F }, 1 },
    { { 0xC2, 0x80 }, { 0xDF, 0xBF }, 2 },
    { { 0xE0, 0xA0, 0x80 }, { 0xE0, 0xBF, 0xBF }, 3 },
    { { 0xE1, 0x80, 0x80 }, { 0xEC, 0xBF, 0xBF }, 3 },
    { { 0xED, 0x80, 0x80 }, { 0xED, 0x9F, 0xBF }, 3 },
    { { 0xEE, 0x80, 0x80 }, { 0xEF, 0xBF, 0xBF }, 3 },
    { { 0xF0, 0x90, 0x80, 0x80 }, { 0xF0, 0xBF, 0xBF, 0xBF }, 4 },
    { { 0xF1, 0x80, 0x80, 0x80 }, { 0xF3, 0xBF, 0xBF, 0xBF }, 4 },
    { { 0xF4, 0x80, 0x80, 0x80 }, { 0xF4, 0x8F, 0xBF, 0xBF }, 4 },
};

static void require(bool ok)
{
    if (!ok)
        abort();
}

/* How many bytes of the best row fit the front; *ret_whole is whether it fits to its end. */
static size_t reference(const uint8_t *data, size_t size, bool *ret_whole)
{
    size_t best = 1;

    *ret_whole = false;
    for (size_t r = 0; r < FL_LENGTH(rows); r++) {
        size_t n = 0;
        while (n < rows[r].size && n < size && data[n] >= rows[r].low[n] && data[n] <= rows[r].high[n])
            n++;
        if (n == rows[r].size) {
            *ret_whole = true;
            return n;
        }
        best = n > best ? n : best;
    }
    return best;
}

static void check(fl_str text)
{
    fl_buf repaired = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);
    size_t prefix = text.size, count = 0;
    fl_str rest = text;

    for (size_t at = 0; at < text.size; count++) {
        bool whole;
        uint32_t code_point;
        size_t size = reference((const uint8_t *)text.data + at, text.size - at, &whole);
        fl_str sequence = fl_str_slice(text, at, size);
        if (!whole && prefix == text.size)
            prefix = at;
        fl_buf_add(&repaired, whole ? sequence : fl_lit("\xEF\xBF\xBD"));
        require(fl_utf8_next(&rest, &code_point));
        char bytes[4];
        require(fl_str_equal(fl_str_n(bytes, fl_utf8_put(code_point, bytes)), whole ? sequence : fl_lit("\xEF\xBF\xBD")));
        at += size;
        require(rest.size == text.size - at);
    }
    require(fl_utf8_valid_prefix(text) == prefix);
    require(fl_utf8_count(text) == count);
    require(fl_str_equal(fl_utf8_repair(text), fl_buf_str(&repaired)));
}

/* What holds for every text: normal forms are stable, and all results are valid. */
static void check_text(fl_str text)
{
    for (int form = FL_NFC; form <= FL_NFKD; form++) {
        fl_str normal = fl_normalize(text, (fl_normal_form)form);
        require(fl_utf8_valid(normal));
        require(fl_str_equal(fl_normalize(normal, (fl_normal_form)form), normal));
    }
    fl_str folded = fl_casefold(text);
    require(fl_utf8_valid(folded) && fl_str_equal(fl_casefold(folded), folded));
    require(fl_utf8_valid(fl_lower(text)) && fl_utf8_valid(fl_upper(text)) && fl_utf8_valid(fl_strip_marks(text)));

    size_t graphemes = fl_grapheme_count(text);
    require(graphemes <= fl_utf8_count(text));
    require(fl_grapheme_prefix(text, graphemes).size == text.size);
    require(graphemes == 0 || fl_grapheme_prefix(text, graphemes - 1).size < text.size);
    require(fl_grapheme_count(fl_str_of(fl_truncate(fl_str_c(text), 5))) <= 5);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static fl_arena *arena;

    if (arena == NULL)
        arena = fl_arena_new("fuzz", FL_NO_LIMIT);
    (void)fl_arena_set_here(arena);
    check(fl_str_n((const char *)data, size));
    check_text(fl_str_n((const char *)data, size));
    fl_arena_reset(arena);
    return 0;
}
