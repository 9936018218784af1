/* HTML in pieces: text, tags, and what is neither. Tolerant as browsers are: every input has pieces, and all are found in one
 * pass. */
#pragma once
#include <fleche/str.h>

typedef enum fl_html_kind {
    FL_HTML_TEXT,                                    /* up to the next <, or a < that begins nothing; has references */
    FL_HTML_RAW,                                     /* inside <script>, <style> …: no references */
    FL_HTML_OPEN,
    FL_HTML_CLOSE,
    FL_HTML_EMPTY, /* <a …>, </a>, <a …/> */
    FL_HTML_OTHER,                                   /* comments, declarations, instructions, </> */
    FL_HTML_UNFINISHED,                              /* any of these without its end: the rest of the text */
} fl_html_kind;

typedef struct fl_html_piece { fl_html_kind kind; fl_str source, name; } fl_html_piece;

typedef struct fl_html_scan {
    fl_str text;
    size_t at;
    fl_str inside;                                   /* the element whose content is not markup; or empty */
    bool references;                                 /* in that content */
    size_t work;                                     /* bytes looked at, for tests */
} fl_html_scan;

static inline fl_html_scan fl_html_scan_of(fl_str text) { return (fl_html_scan){ .text = text }; }
bool fl_html_next(fl_html_scan *scan, fl_html_piece *ret);      /* false at the end */
