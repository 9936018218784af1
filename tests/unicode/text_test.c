/* Normal forms, case and classes against Python's answers: chosen texts, and every code point by a hash. */
#include <inttypes.h>
#include "../codec/vectors.h"

static fl_str nfc(fl_str text) { return fl_normalize(text, FL_NFC); }
static fl_str nfd(fl_str text) { return fl_normalize(text, FL_NFD); }
static fl_str nfkc(fl_str text) { return fl_normalize(text, FL_NFKC); }
static fl_str nfkd(fl_str text) { return fl_normalize(text, FL_NFKD); }

static fl_str classes(fl_str text)
{
    uint32_t c = 0;

    (void)fl_utf8_next(&text, &c);
    return fl_str_of(fl_text("%d%d%d%d", fl_is_letter(c), fl_is_digit(c), fl_is_space(c), fl_is_printable(c)));
}

static const struct {
    const char *name;
    fl_str (*run)(fl_str text);
} functions[] = {
    { "casefold", fl_casefold },
    { "lower", fl_lower },
    { "upper", fl_upper },
    { "strip", fl_strip_marks },
    { "nfc", nfc },
    { "nfd", nfd },
    { "nfkc", nfkc },
    { "nfkd", nfkd },
    { "classes", classes },
};

static bool assigned[0x110000];

static void note_assigned(const vector *v)
{
    if (vector_is(v, "assigned"))
        memset(assigned + vector_int(v, 1), true, (size_t)(vector_int(v, 2) - vector_int(v, 1) + 1));
}

static const char *hash_of_block(fl_str (*run)(fl_str text), size_t first)
{
    uint64_t hash = 0xCBF29CE484222325;

    for (size_t c = first; c < first + 4096; c++) {
        char bytes[4];
        if (!assigned[c])
            continue;
        fl_scope {
            fl_str result = run(fl_str_n(bytes, fl_utf8_put((uint32_t)c, bytes)));
            for (size_t i = 0; i < result.size; i++)
                hash = (hash ^ (uint8_t)result.data[i]) * 0x100000001B3;
            hash = (hash ^ 0xFF) * 0x100000001B3;
        }
    }
    return fl_text("%016" PRIx64, hash);
}

static void check(const vector *v)
{
    bool is_hash = vector_is(v, "hash");

    for (size_t i = 0; i < FL_LENGTH(functions); i++) {
        if (!fl_str_equal(v->fields[is_hash], fl_str_of(functions[i].name)))
            continue;
        if (is_hash)
            fl_expect_text(hash_of_block(functions[i].run, (size_t)vector_int(v, 2)), fl_str_c(v->fields[3]));
        else
            fl_expect_bytes(functions[i].run(v->fields[1]), v->fields[2]);
    }
}

FL_TEST(text_becomes_what_python_makes_of_it, .timeout = 120)
{
    each_vector("unicode", note_assigned);
    each_vector("unicode", check);
}

FL_TEST(broken_bytes_count_as_replacement_characters)
{
    fl_str broken = fl_lit("A\xFF"
                           "B\xE4\xB8");

    fl_expect_bytes(fl_lower(broken), fl_lit("a\uFFFD"
                                             "b\uFFFD"));
    fl_expect_bytes(fl_normalize(broken, FL_NFC), fl_lit("A\uFFFD"
                                                         "B\uFFFD"));
    fl_expect(fl_grapheme_count(broken) == 4);
}

FL_TEST(results_end_in_a_nul)
{
    fl_expect_text(fl_casefold(fl_lit("Straße")).data, "strasse");
    fl_expect_text(fl_normalize(fl_lit("plain"), FL_NFC).data, "plain");
    fl_expect_text(fl_strip_marks(fl_lit("Crème Brûlée")).data, "Creme Brulee");
}

FL_TEST(a_text_of_nothing_but_marks_is_ordered_in_time)
{
    enum { MARKS = 200000 };
    fl_buf text = fl_buf_in(fl_arena_here(), 1 << 20);

    for (int i = 0; i < MARKS; i++)
        fl_buf_add(&text, i % 2 == 0 ? fl_lit("\u0301") : fl_lit("\u0323"));         /* by exchanges: 10^10 of them */
    fl_str ordered = fl_normalize(fl_buf_str(&text), FL_NFD);
    fl_expect(ordered.size == text.size);
    fl_expect(fl_str_starts(ordered, fl_lit("\u0323\u0323")) && fl_str_ends(ordered, fl_lit("\u0301\u0301")));
}

FL_TEST(numbers_beyond_unicode_have_no_class)
{
    fl_expect(!fl_is_letter(0x110000) && !fl_is_digit(UINT32_MAX) && !fl_is_space(UINT32_MAX) && !fl_is_printable(0x80000000));
    fl_expect(!fl_is_letter(0xD800) && !fl_is_printable(0xDFFF));
}
