/* HTML cut to a number of characters or words of its text: tags go through and do not count, and those open at the cut are
 * closed.
 *
 * As Django does since 5.0, each run of text between two tags is one piece: of words, white space at a piece's ends stays with
 * the word there, so a piece of nothing else counts as a word. A closing tag takes back only the tag opened last, so that each
 * costs the same (CVE-2024-39614's kind, CVE-2026-1285). Text comes out with its references read and escaped again. */
#include <fleche/html.h>
#include <fleche/text.h>
#include <fleche/vec.h>
#include "text/characters.h"
#include "text/truncate.h"
#include "text/unescape.h"

typedef struct cutting {
    fl_buf out;
    size_t left;                                     /* characters or words that may follow */
    size_t most, seen;                               /* characters: the limit with the ending's, and how many there were */
    size_t written, whole;                           /* characters in `out`, and in the input */
    const char *ending;
    bool words;
    fl_vec(fl_str) open;                             /* names, the innermost last */
    size_t work;
} cutting;

static bool is_void(fl_str name)
{
    static const fl_str elements[] = {
        FL_LIT("area"),   FL_LIT("base"),   FL_LIT("br"),    FL_LIT("col"),  FL_LIT("embed"), FL_LIT("frame"),
        FL_LIT("hr"),     FL_LIT("img"),    FL_LIT("input"), FL_LIT("link"), FL_LIT("meta"),  FL_LIT("param"),
        FL_LIT("source"), FL_LIT("spacer"), FL_LIT("track"), FL_LIT("wbr"),
    };

    for (size_t i = 0; i < FL_LENGTH(elements); i++)
        if (fl_str_equal(name, elements[i]))
            return true;
    return false;
}

static void put(cutting *c, fl_str text)
{
    fl_buf_add(&c->out, text);
    c->written += fl_utf8_count(text);
    c->work += text.size;
}

static void put_close(cutting *c, fl_str name)
{
    fl_buf_add(&c->out, fl_lit("</"));
    fl_buf_add(&c->out, name);
    fl_buf_add(&c->out, fl_lit(">"));
    c->written += 3 + fl_utf8_count(name);
    c->work += 3 + name.size;
}

static void open_tag(cutting *c, const fl_html_piece *piece)
{
    fl_str name = fl_lower(piece->name);

    put(c, piece->source);
    if (is_void(name))
        return;
    if (piece->kind == FL_HTML_EMPTY)
        put_close(c, name);
    else
        fl_vec_push(&c->open, name);
}

static void close_tag(cutting *c, fl_str name)
{
    name = fl_lower(name);
    if (is_void(name))
        return;
    put_close(c, name);
    if (c->open.count > 0 && fl_str_equal(c->open.items[c->open.count - 1], name))
        (void)fl_vec_pop(&c->open);
}

static fl_str escaped(fl_str text)
{
    fl_buf out = fl_result_();

    fl_escape_to(&out, text);
    return fl_made_(&out);
}

/* The first `most` characters; *ret_count is how many the text has. */
static fl_str first_characters(fl_str text, size_t most, size_t *ret_count)
{
    *ret_count = fl_utf8_count(text);
    return *ret_count <= most ? text : fl_str_slice(text, 0, fl_offset_of_(text, most));
}

/* The first `most` words with one space between each; *ret_count is how many pieces the text has. */
static fl_str first_words(fl_str text, size_t most, size_t *ret_count)
{
    fl_buf out = fl_result_();
    fl_str gap, word, rest = text;

    *ret_count = 1;
    if (!fl_next_word_(&rest, &gap, &word))
        return most == 0 ? fl_lit("") : text;        /* white space */
    if (most > 0)
        fl_buf_add_n(&out, text.data, gap.size + word.size);
    while (fl_next_word_(&rest, &gap, &word)) {
        if (++*ret_count > most)
            continue;
        fl_buf_add_char(&out, ' ');
        fl_buf_add(&out, word);
    }
    if (*ret_count <= most)
        fl_buf_add(&out, gap);
    return fl_made_(&out);
}

/* False at the cut. */
static bool put_text(cutting *c, fl_str text)
{
    size_t count;

    c->work += text.size;
    if (!c->words) {
        size_t characters = fl_utf8_count(text);
        c->seen += characters;
        if (c->seen == c->most && c->written + characters == c->whole) {
            fl_buf_add(&c->out, text);               /* it ends here and fits without the ending */
            return false;
        }
    }
    fl_str kept = escaped(c->words ? first_words(text, c->left, &count) : first_characters(text, c->left, &count));
    if (c->left < count) {
        fl_add_ending_(&c->out, kept, c->ending);
        return false;
    }
    c->left -= count;
    put(c, kept);
    return true;
}

static bool put_piece(cutting *c, const fl_html_piece *piece)
{
    switch (piece->kind) {
    case FL_HTML_TEXT: return put_text(c, fl_unescape(piece->source));
    case FL_HTML_RAW: return put_text(c, piece->source);
    case FL_HTML_OPEN:
    case FL_HTML_EMPTY: open_tag(c, piece); return true;
    case FL_HTML_CLOSE: close_tag(c, piece->name); return true;
    default: return true;
    }
}

fl_str fl_truncate_html_(fl_str html, size_t most, const char *ending, bool words, size_t *work)
{
    cutting c = { .out = fl_result_(), .most = most, .ending = ending, .words = words };
    fl_html_scan scan = fl_html_scan_of(html);
    fl_html_piece piece;

    c.left = words ? most : fl_without_ending_(most, ending);
    c.whole = fl_utf8_count(html);
    bool more = true;
    while (more && fl_html_next(&scan, &piece))
        more = put_piece(&c, &piece);
    while (!more && c.open.count > 0)
        put_close(&c, fl_vec_pop(&c.open));
    *work += scan.work + c.work;
    return fl_made_(&c.out);
}
