/* URLs of clients: what is let through has no other host, however it is read, and every redirect that is made fits one line. */
#include <fleche/http.h>
#include <stdlib.h>

static void require(bool ok)
{
    if (!ok)
        abort();
}

static void redirect(void *location) { (void)fl_redirect_to(location); }

/* Where a browser would look for a host: behind two slashes of either kind, at the front or behind a scheme. */
static bool shows_another_host(const char *url)
{
    while (*url != '\0' && (unsigned char)*url <= ' ')
        url++;
    size_t scheme = strcspn(url, ":/\\?#");
    const char *rest = url[scheme] == ':' ? url + scheme + 1 : url;

    return strspn(rest, "/\\") >= 2 && !fl_starts_with(rest + 2, "site");
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
    require(!by_http || !shows_another_host(url));
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
