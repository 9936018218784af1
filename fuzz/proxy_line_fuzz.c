/* Lines of the PROXY protocol, and lists of networks: what is read lies within the bytes, and a part of a line is never more than a part. */
#include <fleche/base.h>
#include <stdlib.h>
#include "server/proxy.h"

static void require(bool ok)
{
    if (!ok)
        abort();
}

static void check_line(fl_str bytes)
{
    fl_proxy_source source, of_part;
    size_t used = 0, used_of_part;

    if (fl_proxy_parse(bytes, &source, &used) != 0)
        return;
    require(used > 0 && used <= bytes.size);
    require(memchr(source.address, '\0', sizeof source.address) != NULL && source.port >= 0 && source.port <= 65535);
    require(source.known == (source.address[0] != '\0'));
    for (size_t i = 0; i < used; i++)
        require(fl_proxy_parse(fl_str_slice(bytes, 0, i), &of_part, &used_of_part) == -EAGAIN);
    if (source.known)
        require(fl_proxy_is_trusted((const char *const[]){ source.address, NULL }, fl_str_of(source.address)));
}

static void check_network(fl_str text)
{
    char entry[128];

    if (text.size >= sizeof entry || memchr(text.data, '\0', text.size) != NULL)
        return;
    memcpy(entry, text.data, text.size);
    entry[text.size] = '\0';
    bool trusted = fl_proxy_is_trusted((const char *const[]){ entry, NULL }, fl_lit("203.0.113.9"));
    require(!trusted || fl_proxy_is_entry(text));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fl_str bytes = fl_str_n((const char *)data, size);

    if (size == 0)
        return 0;
    check_line(bytes);
    check_network(bytes);
    return 0;
}
