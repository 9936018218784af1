/* Text: slugs, truncation, wrapping, file names, lists in words, gzip.
 *
 *     fl_slugify(fl_lit("Été à Paris!"))                                   // ete-a-paris
 *     fl_truncate_words(body, 20, NULL)                                     // the first 20 words and …
 *     fl_get_text_list(fl_list_of("a", "b", "c"), "and")                    // a, b and c
 *     fl_urlencode("page", 2, "q", "c & web")                               // page=2&q=c+%26+web
 *
 * Results are those of Django 6.1's django.utils.text and .http: views of copies in the current arena with a NUL behind, where
 * it is not said otherwise. The work is linear in the size of the input. */
#pragma once
#include "buf.h"
#include "value.h"

/* -- words and names ----------------------------------------------------------------------------------------------------- */
fl_str fl_slugify(fl_str text);                            /* a-z 0-9 _ and single -: accents dropped, all else too */
fl_str fl_slugify_unicode(fl_str text);                    /* letters of every script stay */
fl_str fl_capfirst(fl_str text);
fl_str fl_camel_case_to_spaces(fl_str text);               /* HTTPRequest: http request */
fl_str fl_phone2numeric(fl_str phone);                     /* 0800 NIX: 0800 649 */
fl_str fl_normalize_newlines(fl_str text);                 /* \r\n and \r as \n */
/* The name of an upload without what a file's name should not have. Raises FL_BAD_REQUEST if nothing, . or .. is left. */
fl_str fl_get_valid_filename(fl_str name);

/* -- truncating ---------------------------------------------------------------------------------------------------------- */
/* At most so many characters (with the ending, marks not counted) or words; 0 or less give nothing. `ending` NULL is "…"; with
 * %(truncated_text)s in it, the text goes there. */
fl_str fl_truncate_chars(fl_str text, fl_int most, const char *ending);
fl_str fl_truncate_words(fl_str text, fl_int most, const char *ending);
/* The same of HTML: tags do not count and are closed, references (&eacute;) are one character. */
fl_str fl_truncate_chars_html(fl_str html, fl_int most, const char *ending);
fl_str fl_truncate_words_html(fl_str html, fl_int most, const char *ending);

/* Lines of at most `width` characters, broken at spaces; longer words stay whole. Raises FL_VALUE_ERROR for a width below 1. */
fl_str fl_wrap_words(fl_str text, fl_int width);

/* -- lists, quotes, queries ---------------------------------------------------------------------------------------------- */
fl_str fl_get_text_list(const fl_list *list, const char *last_word);     /* a, b or c; last_word NULL is "or" */
/* fl_smart_split takes the next word: quoted phrases are one, with their quotes. Views; false when nothing is left.
 *     for (fl_split words = { .rest = text }; fl_smart_split(&words, &word);) … */
typedef struct fl_split { fl_str rest; bool unclosed[2]; } fl_split;
bool fl_smart_split(fl_split *words, fl_str *ret_word);
fl_str fl_unescape_string_literal(fl_str literal);         /* "a \"b\"" without its quotes; raises FL_VALUE_ERROR if it is none */

/* Pairs as a query: a=1&b=2. The second form repeats a name for each value of a list. Raises FL_TYPE_ERROR for a value of
 * none. */
fl_str fl_urlencode_(const fl_value *pairs, size_t count, bool each);
#define fl_urlencode(...) fl_urlencode_(FL_PAIRS(__VA_ARGS__), false)
#define fl_urlencode_lists(...) fl_urlencode_(FL_PAIRS(__VA_ARGS__), true)
fl_str fl_escape_leading_slashes(fl_str url);              /* //host as /%2Fhost, so that no browser goes there */

/* -- gzip ---------------------------------------------------------------------------------------------------------------- */
/* One gzip member, without a time. With `most_random` > 0 its header has a file name of 0 to most_random - 1 characters, so
 * that the size of what a server compresses tells less of the secrets in it. FL_OUT_OF_MEMORY is raised without memory for
 * zlib; a full buffer keeps its error. */
void fl_compress_string(fl_buf *out, fl_str bytes, size_t most_random);

/* The same in pieces: what is ready is appended to `out`, which may be another one each time. It ends with the current arena. */
typedef struct fl_gzip_writer fl_gzip_writer;
fl_gzip_writer *fl_gzip_new(size_t most_random);
void fl_gzip_write(fl_gzip_writer *gzip, fl_str bytes, fl_buf *out);
void fl_gzip_flush(fl_gzip_writer *gzip, fl_buf *out);            /* all that was written so far can be read behind this */
void fl_gzip_finish(fl_gzip_writer *gzip, fl_buf *out);           /* the rest and the checksum; then it is empty and takes no more */
