/* Links in running text: Django's urlize(). The text is taken apart at white space, brackets of tags and quotes; each word is
 * looked at by itself, a word of more than 2,048 characters not as a URL. */
#include <fleche/codec.h>
#include <fleche/html.h>
#include "text/characters.h"
#include "text/links.h"

/* Whether the character at the front parts words; *ret_size is its size. */
static inline bool parts_words(fl_str text, size_t *ret_size)
{
    static const bool parts[128] = {
        ['\t' ... '\r'] = true, [0x1C ... ' '] = true, ['<'] = true, ['>'] = true, ['"'] = true, ['\''] = true
    };
    uint32_t code_point = (uint8_t)text.data[0];
    fl_str rest = text;

    *ret_size = 1;
    if (FL_LIKELY(code_point < 0x80))
        return parts[code_point];
    (void)fl_utf8_next(&rest, &code_point);
    *ret_size = text.size - rest.size;
    return fl_is_space(code_point);
}

/* The run at the front of characters that all part words, or all do not. */
static size_t run(fl_str text, bool *ret_parts)
{
    size_t at, size;

    *ret_parts = parts_words(text, &size);
    for (at = size; at < text.size; at += size)
        if (parts_words(fl_str_from_(text, at), &size) != *ret_parts)
            break;
    return at;
}

static bool may_be_link(fl_str word)
{
    for (size_t i = 0; i < word.size; i++)
        if (word.data[i] == '.' || word.data[i] == '@' || word.data[i] == ':')
            return true;
    return false;
}

static fl_str mail_url(fl_str address)
{
    fl_buf out = fl_result_();
    size_t at = 0;

    (void)fl_str_find_last(address, '@', &at);
    fl_buf_add(&out, fl_lit("mailto:"));
    fl_percent_encode(fl_str_slice(address, 0, at), "", &out);
    fl_buf_add_char(&out, '@');
    fl_percent_encode(fl_str_from_(address, at + 1), "", &out);
    return fl_made_(&out);
}

static fl_str host_url(fl_str host, bool https)
{
    fl_buf out = fl_result_();

    fl_buf_add(&out, https ? fl_lit("https://") : fl_lit("http://"));
    fl_buf_add(&out, host);
    return fl_smart_urlquote(fl_made_(&out));
}

/* Where the word leads; false if nowhere. */
static bool target(fl_str word, const fl_urlize_options *options, fl_str *ret_url, bool *ret_mail)
{
    *ret_mail = false;
    if (fl_is_url_(word)) {
        *ret_url = fl_smart_urlquote(fl_unescape(word));
    } else if (fl_is_host_(word)) {
        *ret_url = host_url(fl_unescape(word), options->https);
    } else if (!fl_str_find_char(word, ':', NULL) && fl_is_mail_address_(word)) {
        *ret_url = mail_url(word);
        *ret_mail = true;
    } else {
        return false;
    }
    return true;
}

static void put(fl_buf *out, fl_str text, const fl_urlize_options *options)
{
    if (options->escape && !options->safe)
        fl_escape_to(out, text);
    else
        fl_buf_add(out, text);
}

static void put_label(fl_buf *out, fl_str text, const fl_urlize_options *options)
{
    bool cut = options->limit > 0 && text.size > options->limit && fl_utf8_count(text) > options->limit;

    put(out, cut ? fl_str_slice(text, 0, fl_offset_of_(text, options->limit - 1)) : text, options);
    if (cut)
        fl_buf_add(out, fl_lit("\u2026"));
}

static void put_word(fl_buf *out, fl_str word, const fl_urlize_options *options, size_t *work)
{
    fl_str lead, middle, trail, url;
    bool mail;

    fl_trim_link_(word, &lead, &middle, &trail, work);
    *work += middle.size;
    if (!target(middle, options, &url, &mail)) {
        put(out, word, options);
        return;
    }
    *work += url.size;
    put(out, lead, options);
    fl_buf_add(out, fl_lit("<a href=\""));
    fl_escape_to(out, url);
    fl_buf_add(out, options->nofollow && !mail ? fl_lit("\" rel=\"nofollow\">") : fl_lit("\">"));
    put_label(out, middle, options);
    fl_buf_add(out, fl_lit("</a>"));
    put(out, trail, options);
}

void fl_urlize_counted_(fl_buf *out, fl_str text, const fl_urlize_options *options, size_t *work)
{
    bool parts;

    while (text.size > 0 && !fl_buf_failed(out)) {
        size_t size = run(text, &parts);
        fl_str word = fl_str_slice(text, 0, size);
        if (!parts && may_be_link(word))
            put_word(out, word, options, work);
        else
            put(out, word, options);
        *work += 2 * size;
        text = fl_str_from_(text, size);
    }
}

void fl_urlize_to(fl_buf *out, fl_str text, const fl_urlize_options *options)
{
    size_t work = 0;
    fl_urlize_counted_(out, text, options, &work);
}

fl_str fl_urlize_(fl_str text, const fl_urlize_options *options)
{
    fl_buf out = fl_result_();

    fl_urlize_to(&out, text, options);
    return fl_made_(&out);
}
