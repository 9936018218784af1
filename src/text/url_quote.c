/* URLs as a browser wants them in an attribute: Django's smart_urlquote(). Each part is decoded and encoded again, so that what
 * was encoded already is not encoded twice. The parts are those of Python's urlsplit(). Names of hosts beyond ASCII are
 * percent-encoded like everything else: what to make of them is the browser's to say. */
#include <arpa/inet.h>
#include <fleche/codec.h>
#include <fleche/html.h>
#include "text/characters.h"

typedef struct parts { fl_str scheme, host, path, query, fragment; } parts;

static fl_str decoded(fl_str part)
{
    fl_buf out = fl_result_();

    fl_percent_decode(part, &out);
    return fl_utf8_repair(fl_made_(&out));
}

static void put_quoted(fl_buf *out, fl_str part) { fl_percent_encode(decoded(part), "!*'();:@&=+$,/?#[]~", out); }

/* -- parts ------------------------------------------------------------------------------------------------------------------- */

/* Without control characters and spaces before it, and without line ends and tabs anywhere. */
static fl_str cleaned(fl_str text)
{
    fl_buf out = fl_result_();

    while (text.size > 0 && (uint8_t)text.data[0] <= ' ')
        text = fl_str_from_(text, 1);
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] != '\t' && text.data[i] != '\n' && text.data[i] != '\r')
            fl_buf_add_char(&out, text.data[i]);
    return fl_made_(&out);
}

static fl_str take_scheme(fl_str *rest)
{
    size_t colon;

    if (!fl_str_find_char(*rest, ':', &colon) || colon == 0 || !fl_is_ascii_letter_(rest->data[0]))
        return fl_lit("");
    for (size_t i = 0; i < colon; i++)
        if (!fl_is_ascii_alnum_(rest->data[i]) && strchr("+-.", rest->data[i]) == NULL)
            return fl_lit("");
    fl_str scheme = fl_str_lower_ascii(fl_str_slice(*rest, 0, colon));
    *rest = fl_str_from_(*rest, colon + 1);
    return scheme;
}

static fl_str take_host(fl_str *rest)
{
    fl_str whole;
    size_t size = 0;

    if (!fl_str_after(*rest, fl_lit("//"), &whole))
        return fl_lit("");
    while (size < whole.size && strchr("/?#", whole.data[size]) == NULL)
        size++;
    *rest = fl_str_from_(whole, size);
    return fl_str_slice(whole, 0, size);
}

/* What stands between brackets: an address of version 6, or "v", its version, a point and anything. */
static bool is_bracketed_host(fl_str name)
{
    unsigned char address[16];
    size_t at = 1;

    if (name.size == 0 || name.data[0] != 'v') {
        fl_str digits = name;
        (void)fl_str_cut(&name, '%', &digits);       /* behind it: which interface */
        return inet_pton(AF_INET6, fl_str_c(digits), address) == 1;
    }
    while (at < name.size && fl_is_ascii_hex_(name.data[at]))
        at++;
    return at > 1 && at + 1 < name.size && name.data[at] == '.';
}

/* Brackets are only around the whole host, behind a user and before a port. */
static bool has_sound_brackets(fl_str host)
{
    size_t user, close;

    if (!fl_str_find_char(host, '[', NULL) && !fl_str_find_char(host, ']', NULL))
        return true;
    if (fl_str_find_last(host, '@', &user))
        host = fl_str_from_(host, user + 1);
    if (!fl_str_starts(host, fl_lit("[")) || !fl_str_find_char(host, ']', &close))
        return false;
    fl_str behind = fl_str_from_(host, close + 1);
    return (behind.size == 0 || behind.data[0] == ':') && is_bracketed_host(fl_str_slice(host, 1, close - 1));
}

/* A host that gets a character which would end it by composing its letters could lead elsewhere than it seems to. */
static bool has_sound_letters(fl_str host)
{
    fl_buf letters = fl_result_();

    for (size_t i = 0; i < host.size; i++)
        if (host.data[i] == '\0' || strchr("@:#?", host.data[i]) == NULL)
            fl_buf_add_char(&letters, host.data[i]);
    fl_str composed = fl_normalize(fl_made_(&letters), FL_NFKC);
    for (size_t i = 0; i < composed.size; i++)
        if (composed.data[i] != '\0' && strchr("/?#@:", composed.data[i]) != NULL)
            return false;
    return true;
}

static bool split(fl_str text, parts *ret)
{
    size_t at;

    ret->scheme = take_scheme(&text);
    ret->host = take_host(&text);
    ret->query = ret->fragment = fl_lit("");
    if (fl_str_find_char(text, '#', &at)) {
        ret->fragment = fl_str_from_(text, at + 1);
        text.size = at;
    }
    if (fl_str_find_char(text, '?', &at)) {
        ret->query = fl_str_from_(text, at + 1);
        text.size = at;
    }
    ret->path = text;
    return has_sound_brackets(ret->host) && has_sound_letters(ret->host);
}

/* -- together again ---------------------------------------------------------------------------------------------------------- */

/* Names and values apart, so that a & inside a value does not become one between two. */
static void put_query(fl_buf *out, fl_str query)
{
    fl_buf pairs = fl_result_();
    fl_str name, value;

    while (fl_form_next(&query, &name, &value))
        fl_form_encode(decoded(fl_utf8_repair(name)), decoded(fl_utf8_repair(value)), &pairs);
    if (pairs.size == 0)
        return;
    fl_buf_add_char(out, '?');
    fl_buf_add(out, fl_str_n(fl_buf_c(&pairs), pairs.size));
}

static bool has_hosts(fl_str scheme)
{
    static const fl_str schemes[] = {
        FL_LIT("file"),    FL_LIT("ftp"),           FL_LIT("git"),   FL_LIT("git+ssh"), FL_LIT("gopher"), FL_LIT("http"),
        FL_LIT("https"),   FL_LIT("imap"),          FL_LIT("mms"),   FL_LIT("nfs"),     FL_LIT("nntp"),   FL_LIT("rsync"),
        FL_LIT("rtsp"),    FL_LIT("rtsps"),         FL_LIT("rtspu"), FL_LIT("sftp"),    FL_LIT("shttp"),  FL_LIT("snews"),
        FL_LIT("svn"),     FL_LIT("telnet"),        FL_LIT("wais"),  FL_LIT("ws"),      FL_LIT("wss"),    FL_LIT("prospero"),
        FL_LIT("svn+ssh"), FL_LIT("itms-services"),
    };

    for (size_t i = 0; i < FL_LENGTH(schemes); i++)
        if (fl_str_equal(scheme, schemes[i]))
            return true;
    return false;
}

static void put_url(fl_buf *out, const parts *url)
{
    bool rooted = fl_str_starts(url->path, fl_lit("/"));

    if (url->scheme.size > 0) {
        fl_buf_add(out, url->scheme);
        fl_buf_add_char(out, ':');
    }
    if (url->host.size > 0 || fl_str_starts(url->path, fl_lit("//")) ||
        (has_hosts(url->scheme) && (rooted || url->path.size == 0)))
        fl_buf_add(out, fl_lit("//"));
    put_quoted(out, url->host);
    if (url->host.size > 0 && url->path.size > 0 && !rooted)
        fl_buf_add_char(out, '/');
    put_quoted(out, url->path);
    put_query(out, url->query);
    if (url->fragment.size > 0) {
        fl_buf_add_char(out, '#');
        put_quoted(out, url->fragment);
    }
}

fl_str fl_smart_urlquote(fl_str url)
{
    fl_buf out = fl_result_();
    parts url_parts;

    if (split(cleaned(url), &url_parts))
        put_url(&out, &url_parts);
    else
        put_quoted(&out, url);
    return fl_made_(&out);
}
