/* Set-Cookie: one line a cookie, with Python's quoting and Django's order of attributes, so that both sites can share a cookie jar. */
#include <fleche/buf.h>
#include <fleche/unicode.h>
#include "http/header.h"
#include "http/response.h"

enum { LONGEST = 16384 };                         /* browsers take 4096 */

/* -- names and values ---------------------------------------------------------------------------------------------------------------------- */

/* Tokens, and the colon that Python allows too. */
static bool is_legal(fl_str text)
{
    fl_str part;

    for (fl_str rest = text; fl_str_cut(&rest, ':', &part);)
        if (part.size > 0 && !fl_header_is_token(part))
            return false;
    return text.size > 0;
}

static void check_name(fl_str name)
{
    static const fl_str reserved[] = {
        /* a browser would read them as attributes */
        FL_LIT("expires"), FL_LIT("path"),     FL_LIT("comment"), FL_LIT("domain"),   FL_LIT("max-age"),
        FL_LIT("secure"),  FL_LIT("httponly"), FL_LIT("version"), FL_LIT("samesite"),
    };

    if (!is_legal(name)) {
        fl_error *error = fl_error_new(FL_BAD_HEADER, "'%.*s' is no name of a cookie", FL_SHOW(fl_str_slice(name, 0, 80)));
        error->hint = "names are letters, digits and !#$%&'*+-.^_`|~:";
        fl_reraise(error);
    }
    for (size_t i = 0; i < FL_LENGTH(reserved); i++)
        if (fl_header_same_name(name, reserved[i]))
            fl_raise(FL_BAD_HEADER, "a cookie cannot be named '%.*s': that is an attribute", FL_SHOW(name));
}

static _Noreturn FL_COLD void refuse_value(fl_str name)
{
    fl_error *error = fl_error_new(FL_BAD_HEADER, "the value of the cookie '%.*s' has characters that cannot be sent",
                                   FL_SHOW(name));

    error->hint = "values have characters up to U+00FF; encode others, with fl_base64_encode() or as JSON";
    fl_reraise(error);
}

/* What stands between quotes as it is; the rest becomes \ooo, and so does "," and ";". */
static bool is_plain_in_quotes(uint32_t c) { return c >= ' ' && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\'; }

static void add_quoted(fl_buf *out, fl_str name, fl_str value)
{
    uint32_t c;

    if (!fl_utf8_valid(value))
        refuse_value(name);
    fl_buf_add_char(out, '"');
    while (fl_utf8_next(&value, &c)) {
        if (c > 0xff)
            refuse_value(name);
        if (is_plain_in_quotes(c))
            fl_buf_add_char(out, (char)c);
        else if (c == '"' || c == '\\')
            fl_buf_format(out, "\\%c", (char)c);
        else
            fl_buf_format(out, "\\%03o", c);
    }
    fl_buf_add_char(out, '"');
}

/* -- attributes ---------------------------------------------------------------------------------------------------------------------------- */

static void add_attribute(fl_buf *out, const char *attribute, const char *value)
{
    for (const char *c = value; *c != '\0'; c++)
        if ((uint8_t)*c < ' ' || (uint8_t)*c >= 0x7f || *c == ';')
            fl_raise(FL_BAD_HEADER, "the %s of a cookie has characters that cannot be sent", attribute);
    if (*value == '\0')
        return;
    fl_buf_add(out, fl_lit("; "));
    fl_buf_add_c(out, attribute);
    fl_buf_add_char(out, '=');
    fl_buf_add_c(out, value);
}

static void check_same_site(const char *same_site)
{
    static const fl_str known[] = { FL_LIT("lax"), FL_LIT("none"), FL_LIT("strict") };

    for (size_t i = 0; i < FL_LENGTH(known); i++)
        if (fl_header_same_name(fl_str_of(same_site), known[i]))
            return;
    fl_raise(FL_VALUE_ERROR, "same_site must be \"Lax\", \"None\" or \"Strict\"");
}

typedef struct life { bool ends; int64_t seconds; fl_datetime at; } life;

/* Both ways to say the end are sent, since old browsers know only one. A date counts in whole seconds from now. */
static life life_of(const fl_cookie_options *options)
{
    if (options->max_age.us < 0)
        return (life){ true, 0, fl_datetime_of_unix(0, 0) };
    if (options->max_age.us > 0 && !fl_is_none_datetime(options->expires))
        fl_raise(FL_VALUE_ERROR, "a cookie has either max_age or expires, not both");
    if (options->max_age.us > 0)
        return (life){ true, options->max_age.us / 1000000, fl_datetime_add(fl_now(), options->max_age) };
    if (fl_is_none_datetime(options->expires))
        return (life){ .ends = false };
    int64_t left = options->expires.us - fl_now().us;
    int64_t seconds = left <= 0 ? 0 : (left + 999999) / 1000000;
    return (life){ true, seconds, fl_datetime_add(fl_now(), FL_SECONDS(seconds)) };
}

static size_t size_of(const char *text) { return text == NULL ? 0 : strlen(text); }

static const char *text_of(fl_arena *arena, fl_str name, fl_str value, const fl_cookie_options *options)
{
    fl_buf out = fl_buf_in(arena, FL_NO_LIMIT);
    life lives = life_of(options);

    if (name.size + value.size + size_of(options->path) + size_of(options->domain) > LONGEST)
        fl_raise(FL_BAD_HEADER, "the cookie '%.*s' is longer than %d bytes", FL_SHOW(fl_str_slice(name, 0, 80)), LONGEST);
    fl_buf_add(&out, name);
    fl_buf_add_char(&out, '=');
    if (is_legal(value))
        fl_buf_add(&out, value);
    else
        add_quoted(&out, name, value);
    add_attribute(&out, "Domain", options->domain == NULL ? "" : options->domain);
    if (lives.ends) {
        fl_buf_add(&out, fl_lit("; expires="));
        fl_datetime_print(lives.at, FL_HTTP_DATE, FL_UTC, &out);
    }
    if (options->http_only)
        fl_buf_add(&out, fl_lit("; HttpOnly"));
    if (lives.ends) {
        fl_buf_add(&out, fl_lit("; Max-Age="));
        fl_buf_add_int(&out, lives.seconds);
    }
    add_attribute(&out, "Path", options->path == NULL ? "/" : options->path);
    if (options->same_site != NULL && *options->same_site != '\0') {
        check_same_site(options->same_site);
        add_attribute(&out, "SameSite", options->same_site);
    }
    if (options->secure)
        fl_buf_add(&out, fl_lit("; Secure"));
    return fl_buf_c(&out);
}

/* -- setting -------------------------------------------------------------------------------------------------------------------------------- */

void fl_set_cookie_(fl_response *response, const char *name, const char *value, const fl_cookie_options *options)
{
    fl_str named = fl_str_of(name);
    fl_set_cookie **at = &response->cookies;

    check_name(named);
    const char *header = text_of(response->arena, named, fl_str_of(value), options);
    while (*at != NULL && !fl_str_equal((*at)->name, named))
        at = &(*at)->next;
    if (*at == NULL) {
        fl_set_cookie *cookie = fl_arena_alloc(response->arena, sizeof *cookie);
        *cookie = (fl_set_cookie){ NULL, fl_str_n(fl_arena_copy_text(response->arena, name, named.size), named.size), NULL };
        *at = cookie;
    }
    (*at)->header = header;
}

/* Browsers obey only if the attributes are those that such a cookie must have. */
void fl_delete_cookie_(fl_response *response, const char *name, const fl_cookie_options *options)
{
    fl_cookie_options gone = *options;
    bool asks_for_secure = fl_starts_with(name, "__Secure-") || fl_starts_with(name, "__Host-") ||
                           (options->same_site != NULL && fl_header_same_name(fl_str_of(options->same_site), fl_lit("none")));

    gone.max_age = FL_COOKIE_GONE;
    gone.expires = FL_NEVER;
    gone.secure |= asks_for_secure;
    fl_set_cookie_(response, name, "", &gone);
}
