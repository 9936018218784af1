/* Texts: UTF-8 in whole frames, cut at every byte, and refused with the first byte that nothing can mend. */
#include "wire.h"

static const fl_websocket_agreed server = { .status = 101 };

static const char *const valid[] = {
    "",
    "Hello-\xC2\xB5@\xC3\x9F\xC3\xB6\xC3\xA4\xC3\xBC\xC3\xA0\xC3\xA1-UTF-8!!",
    "\xCE\xBA\xE1\xBD\xB9\xCF\x83\xCE\xBC\xCE\xB5",
    "\x7F",                                          /* the edges of each length */
    "\xC2\x80",
    "\xDF\xBF",
    "\xE0\xA0\x80",
    "\xEF\xBF\xBF",
    "\xF0\x90\x80\x80",
    "\xF4\x8F\xBF\xBF",
    "\xED\x9F\xBF",                                  /* around the surrogates */
    "\xEE\x80\x80",
    "\xEF\xBF\xBD",
    "\xEF\xBF\xBE",                                  /* no characters, but code points */
    "\xF0\x9F\xBF\xBE",
    "\xF4\x8F\xBF\xBE",
    "\xF0\x9F\x98\x80\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD",
};

static const char *fragments_of(fl_str text, size_t cut, bool final)
{
    fl_buf wire = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    put_frame(&wire, TEXT, true, fl_str_slice(text, 0, cut));
    put_frame(&wire, (final ? FIN : 0) | CONT, true, fl_str_slice(text, cut, SIZE_MAX));
    return told(fl_buf_str(&wire), SIZE_MAX / 2, &server, NULL);
}

static void check_valid(const void *data)
{
    fl_str text = fl_str_of(*(const char *const *)data);
    const char *expected = fl_text("text '%.*s'", FL_SHOW(text));

    fl_label("%s", text.data);
    expect_told(frame_of(FIN | TEXT, true, text), &server, NULL, expected);
    for (size_t cut = 0; cut <= text.size; cut++)
        fl_expect_text(fragments_of(text, cut, true), expected);
}
FL_TEST(valid_texts_come_whole_wherever_they_are_cut) { fl_table(valid, check_valid); }

FL_TEST(a_text_in_fragments_of_a_byte_comes_whole)
{
    fl_str text = fl_str_of(valid[2]);
    fl_buf wire = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    for (size_t i = 0; i < text.size; i++) {
        put_frame(&wire, i == 0 ? TEXT : CONT, true, fl_str_slice(text, i, 1));
        put_frame(&wire, PING, true, fl_lit(""));
    }
    put_frame(&wire, FIN | CONT, true, fl_lit(""));
    const char *all = told(fl_buf_str(&wire), 3, &server, NULL);
    fl_expect_contains(all, fl_text("text '%s'", text.data));
}

/* `fatal`: how many bytes it takes until nothing can mend it. 0: only its end is the fault. */
typedef struct broken { const char *text; size_t fatal; } broken;

static const broken invalid[] = {
    { "\x80", 1 },                                   /* what only goes on */
    { "\xBF", 1 },
    { "a\x80", 2 },
    { "\xC0\x80", 1 },                               /* too long for what they say */
    { "\xC1\xBF", 1 },
    { "\xE0\x80\x80", 2 },
    { "\xE0\x9F\xBF", 2 },
    { "\xF0\x80\x80\x80", 2 },
    { "\xF0\x8F\xBF\xBF", 2 },
    { "\xED\xA0\x80", 2 },                           /* surrogates */
    { "\xED\xBF\xBF", 2 },
    { "\xED\xA0\x80\xED\xB0\x80", 2 },
    { "\xF4\x90\x80\x80", 2 },                       /* beyond U+10FFFF */
    { "\xF5\x80\x80\x80", 1 },
    { "\xF8\x88\x80\x80\x80", 1 },
    { "\xFC\x84\x80\x80\x80\x80", 1 },
    { "\xFE", 1 },
    { "\xFF", 1 },
    { "\xC2", 0 },                                   /* cut short */
    { "\xE2\x82", 0 },
    { "\xF0\x9F\x98", 0 },
    { "ok \xF0\x9F", 0 },
    { "\xC2z", 2 },
    { "\xE2\x82z", 3 },
    { "\xE2z", 2 },
    { "\xF0\x9F\x98z", 4 },
    { "\xCE\xBA\xE1\xBD\xB9\xCF\x83\xCE\xBC\xCE\xB5\xED\xA0\x80\x65\x64", 13 },
    { "\xCE\xBA\xE1\xBD\xB9\xCF\x83\xCE\xBC\xCE\xB5\xF4\x90\x80\x80", 13 },
};

static void check_invalid(const void *data)
{
    const broken *b = data;
    fl_str text = fl_str_of(b->text);

    fl_label("%zu bytes, fatal at %zu", text.size, b->fatal);
    expect_told(frame_of(FIN | TEXT, true, text), &server, NULL, "fail 1007");
    for (size_t cut = 0; cut <= text.size; cut++)
        fl_expect_text(fragments_of(text, cut, true), "fail 1007");
}
FL_TEST(invalid_texts_are_refused_wherever_they_are_cut) { fl_table(invalid, check_invalid); }

/* An unfinished frame that announces much and brings the first bytes only. */
static const char *begun(fl_str text, size_t size)
{
    fl_buf wire = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    put_frame(&wire, TEXT, true, repeated("z", 1000));
    fl_str whole = frame_of(FIN | TEXT, true, fl_str_slice(text, 0, size));
    fl_buf_clear(&wire);
    fl_buf_add(&wire, fl_lit("\x81\xFE\x03\xE8"));           /* 1000 bytes */
    fl_buf_add(&wire, fl_str_slice(whole, 2, SIZE_MAX));     /* mask and payload */
    return told(fl_buf_str(&wire), SIZE_MAX / 2, &server, NULL);
}

static void check_fast(const void *data)
{
    const broken *b = data;
    fl_str text = fl_str_of(b->text);
    size_t fatal = b->fatal == 0 ? text.size + 1 : b->fatal;

    fl_label("%zu bytes, fatal at %zu", text.size, b->fatal);
    for (size_t size = 1; size <= text.size; size++) {
        const char *expected = size < fatal ? "" : "fail 1007";
        fl_expect_text(begun(text, size), expected);
        fl_expect_text(fragments_of(fl_str_slice(text, 0, size), size / 2, false), expected);
    }
}
FL_TEST(a_fault_is_seen_with_its_byte_not_at_the_end) { fl_table(invalid, check_fast); }

FL_TEST(bytes_need_not_be_text)
{
    for (size_t i = 0; i < FL_LENGTH(invalid); i++) {
        fl_str text = fl_str_of(invalid[i].text);
        expect_told(frame_of(FIN | BIN, true, text), &server, NULL, fl_text("bytes '%.*s'", FL_SHOW(text)));
    }
}
