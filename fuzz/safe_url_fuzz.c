/* URLs of clients: what is let through has no other host, however it is read, and every redirect that is made fits one line. */
#include <fleche/http.h>
#include <stdlib.h>

static void require(bool ok)
{
    if (!ok)
        abort();
}

static void redirect(void *location) { (void)fl_redirect_to(location); }

/* What browsers leave out: tabs and line ends, control characters and spaces at both ends. */
static const char *as_browsers_read(const char *url)
{
    char *text = fl_alloc(strlen(url) + 1), *to = text;

    for (; *url != '\0'; url++)
        if (strchr("\t\r\n", *url) == NULL && (to > text || (unsigned char)*url > ' '))
            *to++ = *url;
    while (to > text && (unsigned char)to[-1] <= ' ')
        *--to = '\0';
    return text;
}

/* Where a browser would look for a host: behind two slashes or more of either kind, at the front or behind a scheme. Without one it goes
 * nowhere. */
static bool shows_another_host(const char *url)
{
    size_t scheme = strspn(url, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");
    bool begins_with_letter = (url[0] | 0x20) >= 'a' && (url[0] | 0x20) <= 'z';
    const char *rest = begins_with_letter && url[scheme] == ':' ? url + scheme + 1 : url;
    size_t slashes = strspn(rest, "/\\");

    return slashes >= 2 && strcspn(rest + slashes, "?#") > 0 && !fl_starts_with(rest + slashes, "site");
}

/* White space beyond ASCII is stripped too, and is no host. */
static bool is_ascii(fl_str text)
{
    for (size_t i = 0; i < text.size; i++)
        if ((unsigned char)text.data[i] >= 0x80)
            return false;
    return true;
}

static void check(fl_str text)
{
    const char *const hosts[] = { "site", NULL };

    if (memchr(text.data, '\0', text.size) != NULL)
        return;
    char *url = fl_str_c(text);
    bool by_http = fl_url_has_allowed_host_and_scheme(url, hosts, false),
         by_https = fl_url_has_allowed_host_and_scheme(url, hosts, true);
    require(!by_https || by_http);
    require(!by_http || !is_ascii(text) || !shows_another_host(as_browsers_read(url)));
    require(!by_http || fl_url_has_allowed_host_and_scheme(fl_text(" %s\t", url), hosts, false));
    fl_error *error = fl_protect(redirect, url);
    require(error == NULL || fl_error_is(error, FL_DISALLOWED_REDIRECT));
    require(!by_http || error == NULL || text.size > 16384 / 3);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static fl_arena *arena;

    if (arena == NULL)
        arena = fl_arena_new("fuzz", FL_NO_LIMIT);
    (void)fl_arena_set_here(arena);
    check(fl_str_n((const char *)data, size));
    fl_arena_reset(arena);
    return 0;
}
