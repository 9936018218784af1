/* Which words are links, and the URLs behind them. */
#pragma once
#include <fleche/buf.h>

enum { FL_URL_LONGEST = 2048 };                      /* characters of a word that may be a URL: MAX_URL_LENGTH */

bool fl_is_url_(fl_str word);                        /* begins with http:// or https:// and a letter or digit behind it */
bool fl_is_host_(fl_str word);                       /* www.…, or a name below one of the first top-level domains */
bool fl_is_mail_address_(fl_str word);

/* fl_trim_links_ parts a word from the brackets before it and the punctuation and brackets behind it; *work counts bytes. */
void fl_trim_link_(fl_str word, fl_str *ret_lead, fl_str *ret_middle, fl_str *ret_trail, size_t *work);

/* Appends the text with its links, and counts the bytes looked at. */
struct fl_urlize_options;
void fl_urlize_counted_(fl_buf *out, fl_str text, const struct fl_urlize_options *options, size_t *work);
