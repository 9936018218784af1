/* Locations relative to a request, made absolute: RFC 3986, section 5.2. */
#include <fleche/buf.h>
#include "http/request.h"

/* "http" of "http://x": letters, digits, "+", "-", "." before a colon. */
static bool has_scheme(const char *location)
{
    size_t n = strspn(location, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");
    char first = (char)(location[0] | 0x20);

    return n > 0 && location[n] == ':' && first >= 'a' && first <= 'z';
}

static bool is_segment(const char *at, const char *end, const char *segment)
{
    return (size_t)(end - at) == strlen(segment) && memcmp(at, segment, (size_t)(end - at)) == 0;
}

/* Without "." and "..": "/a/b/../c" is "/a/c". What stands behind the path is kept. */
static const char *without_dots(const char *path)
{
    char *out = fl_arena_alloc_text(fl_arena_here(), strlen(path) + 2), *to = out;

    while (*path == '/') {
        const char *segment = path + 1, *end = segment + strcspn(segment, "/?#");
        bool up = is_segment(segment, end, "..");
        if (up)
            while (to > out && *--to != '/')
                ;
        if (!up && !is_segment(segment, end, ".")) {
            memcpy(to, path, (size_t)(end - path));
            to += end - path;
        } else if (*end != '/') {
            *to++ = '/';
        }
        path = end;
    }
    memcpy(to, path, strlen(path) + 1);
    return out;
}

/* The path up to its last slash, and the location behind it. */
static const char *beside(const char *path, const char *location)
{
    const char *slash = strrchr(path, '/');
    return fl_text("%.*s%s", (int)(slash - path + 1), path, location);
}

const char *fl_absolute_url(const fl_request *request, const char *location)
{
    const char *here = fl_escape_path(request->path);

    if (location == NULL && strstr(request->path, "/./") == NULL && strstr(request->path, "/../") == NULL)
        return fl_text("%s://%s%s", request->scheme, request->host, request->full_path);
    if (location == NULL)
        return fl_text("%s://%s%s", request->scheme, request->host, without_dots(request->full_path));
    if (has_scheme(location))
        return fl_iri_to_uri(location);
    if (fl_starts_with(location, "//"))
        return fl_text("%s:%s", request->scheme, fl_iri_to_uri(location));
    const char *path = *location == '/'                       ? location
                       : *location == '\0'                    ? here
                       : *location == '?' || *location == '#' ? fl_text("%s%s", here, location)
                                                              : beside(here, location);
    return fl_text("%s://%s%s", request->scheme, request->host, fl_iri_to_uri(without_dots(path)));
}
