/* Who the client is: the connection's peer, or what a proxy that is trusted says of it, in X-Forwarded-For and X-Forwarded-Proto or in a
 * line of the PROXY protocol before the first request. From anybody else these are nothing but text.
 *
 * X-Forwarded-For is read from its end: each proxy adds who spoke to it, so the first address from the right that is no proxy of
 * ours is the client; what stands left of it may be invented. */
#include <arpa/inet.h>
#include "server/proxy.h"

/* -- addresses ------------------------------------------------------------------------------------------------------------------ */

typedef struct address { uint8_t bytes[16]; int bits; } address;       /* bits: 32 or 128 */

/* An IPv4 address as IPv6 writes it is the IPv4 one. */
static bool read_address(fl_str text, address *ret)
{
    static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };
    char room[INET6_ADDRSTRLEN + 1];

    if (text.size == 0 || text.size >= sizeof room)
        return false;
    memcpy(room, text.data, text.size);
    room[text.size] = '\0';
    if (inet_pton(AF_INET, room, ret->bytes) == 1) {
        ret->bits = 32;
        return true;
    }
    if (inet_pton(AF_INET6, room, ret->bytes) != 1)
        return false;
    ret->bits = 128;
    if (memcmp(ret->bytes, mapped, sizeof mapped) == 0) {
        memmove(ret->bytes, ret->bytes + sizeof mapped, 4);
        ret->bits = 32;
    }
    return true;
}

static bool same_bits(const uint8_t *a, const uint8_t *b, int bits)
{
    int whole = bits / 8, rest = bits % 8;
    uint8_t mask = (uint8_t)(0xff00 >> rest);

    return memcmp(a, b, (size_t)whole) == 0 && (rest == 0 || ((a[whole] ^ b[whole]) & mask) == 0);
}

/* "10.0.0.0/8", "::1". */
static bool is_inside(const address *it, fl_str network)
{
    fl_str rest = network, base;
    address of;
    long long bits;

    if (!fl_str_cut(&rest, '/', &base) || !read_address(base, &of) || of.bits != it->bits)
        return false;
    bits = of.bits;
    if (base.size < network.size && (!fl_str_int(rest, &bits) || bits < 0 || bits > of.bits))
        return false;
    return same_bits(it->bytes, of.bytes, (int)bits);
}

bool fl_proxy_is_trusted(const char *const *trusted, fl_str peer)
{
    address it;
    bool is_unix = peer.size == 0, known = !is_unix && read_address(peer, &it);

    for (; trusted != NULL && *trusted != NULL; trusted++) {
        if (fl_text_is(*trusted, "*") || (is_unix && fl_text_is(*trusted, "unix")))
            return true;
        if (known && is_inside(&it, fl_str_of(*trusted)))
            return true;
    }
    return false;
}

bool fl_proxy_is_entry(fl_str text)
{
    fl_str base, rest = text;
    address it;

    if (fl_str_equal(text, fl_lit("*")) || fl_str_equal(text, fl_lit("unix")))
        return true;
    return fl_str_cut(&rest, '/', &base) && read_address(base, &it) && is_inside(&it, text);
}

/* -- the peer ------------------------------------------------------------------------------------------------------------------- */

/* "127.0.0.1:51324", "[::1]:8000": the address and the port apart. Of a Unix socket there is neither. */
static void take_peer(fl_http1 *c)
{
    const char *peer = fl_conn_peer(c->conn), *colon = strrchr(peer, ':');
    long long port;

    if (colon == NULL || fl_starts_with(peer, "unix:") || !fl_str_int(fl_str_of(colon + 1), &port))
        return;
    fl_str at = fl_str_n(peer, (size_t)(colon - peer));
    if (at.size > 2 && at.data[0] == '[')
        at = fl_str_slice(at, 1, at.size - 2);
    memcpy(c->remote, at.data, at.size);
    c->remote[at.size] = '\0';
    c->remote_port = (int)port;
}

static void know_peer(fl_http1 *c)
{
    if (c->knows_peer)
        return;
    c->knows_peer = true;
    take_peer(c);
    c->trusted = fl_proxy_is_trusted(c->server->options.trusted, fl_str_of(c->remote));
}

bool fl_server_trusts(const fl_request *request)
{
    return request->exchange != NULL && request->exchange->type == &fl_http1_exchange && ((fl_http1 *)request->exchange)->trusted;
}

/* -- X-Forwarded-For, X-Forwarded-Proto ----------------------------------------------------------------------------------------- */

/* The last part of a list behind `end`, which moves before it: several headers of one name are one list. */
typedef struct from_end { const fl_headers *headers; fl_str name, rest; size_t line; bool inside; } from_end;

static bool previous_part(from_end *it, fl_str *ret)
{
    size_t comma;

    while (!it->inside) {
        if (it->line == 0)
            return false;
        const fl_header_line *line = &it->headers->lines[--it->line];
        if (line->name.size != it->name.size || !fl_str_equal_ascii(line->name, it->name))
            continue;
        it->rest = line->value;
        it->inside = true;
    }
    if (fl_str_find_last(it->rest, ',', &comma)) {
        *ret = fl_str_trim(fl_str_slice(it->rest, comma + 1, SIZE_MAX));
        it->rest = fl_str_slice(it->rest, 0, comma);
    } else {
        *ret = fl_str_trim(it->rest);
        it->inside = false;
    }
    return true;
}

/* "1.2.3.4", "1.2.3.4:80", "::1", "[::1]", "[::1]:80" without their ports; false for anything that is no address. */
static bool bare_address(fl_str text, fl_str *ret)
{
    address it;
    size_t at;

    if (read_address(text, &it)) {
        *ret = text;
        return true;
    }
    if (text.size > 2 && text.data[0] == '[' && fl_str_find_char(text, ']', &at))
        text = fl_str_slice(text, 1, at - 1);
    else if (fl_str_find_char(text, ':', &at))
        text = fl_str_slice(text, 0, at);
    *ret = text;
    return read_address(text, &it);
}

static void take_client(fl_http1 *c, size_t *ret_hops)
{
    from_end list = { .headers = &c->request->headers, .name = fl_lit("x-forwarded-for"), .line = c->request->headers.count };
    fl_str part, client = { 0 }, found;

    while (previous_part(&list, &part) && bare_address(part, &found)) {
        client = found;
        ++*ret_hops;
        if (!fl_proxy_is_trusted(c->server->options.trusted, found))
            break;
    }
    if (client.size == 0)
        return;
    c->request->remote_address = fl_arena_copy_text(c->request->arena, client.data, client.size);
    c->request->remote_port = 0;
}

/* The scheme at the client's end: as many proxies from the right as its address. */
static void take_scheme(fl_http1 *c, size_t hops)
{
    from_end list = { .headers = &c->request->headers, .name = fl_lit("x-forwarded-proto"), .line = c->request->headers.count };
    fl_str scheme = { 0 };

    for (size_t i = 0; i < (hops == 0 ? 1 : hops); i++)
        if (!previous_part(&list, &scheme))
            break;
    if (fl_str_equal_ascii(scheme, fl_lit("https")))
        c->request->scheme = "https";
    else if (fl_str_equal_ascii(scheme, fl_lit("http")))
        c->request->scheme = "http";
}

void fl_http1_forwarded(fl_http1 *c)
{
    size_t hops = 0;

    know_peer(c);
    c->request->remote_address = c->remote;
    c->request->remote_port = c->remote_port;
    if (FL_LIKELY(!c->trusted))
        return;
    take_client(c, &hops);
    take_scheme(c, hops);
}

/* -- the PROXY protocol --------------------------------------------------------------------------------------------------------- */

static const char signature[12] = "\r\n\r\n\0\r\nQUIT\n";

enum { FIRST_MOST = 107, SECOND_HEAD = 16, SECOND_MOST = 4096 };

static bool is_prefix(fl_str bytes, const char *whole, size_t size)
{
    return memcmp(bytes.data, whole, bytes.size < size ? bytes.size : size) == 0;
}

static bool read_port(fl_str text, int *ret)
{
    long long port;

    if (text.size == 0 || text.size > 5 || text.data[0] < '0' || text.data[0] > '9' || !fl_str_int(text, &port) || port > 65535)
        return false;
    *ret = (int)port;
    return true;
}

static int read_first(fl_str line, fl_proxy_source *ret)
{
    fl_str rest = fl_str_slice(line, 6, SIZE_MAX), words[5];
    size_t n = 0;
    address source, target;
    int port;

    if (fl_str_equal(rest, fl_lit("UNKNOWN")) || fl_str_starts(rest, fl_lit("UNKNOWN ")))
        return 0;
    while (n < FL_LENGTH(words) && fl_str_cut(&rest, ' ', &words[n]))
        n++;
    int bits = n == FL_LENGTH(words) && fl_str_equal(words[0], fl_lit("TCP4"))   ? 32
               : n == FL_LENGTH(words) && fl_str_equal(words[0], fl_lit("TCP6")) ? 128
                                                                                 : 0;
    if (bits == 0 || rest.size > 0 || line.data[line.size - 1] == ' ')
        return -EBADMSG;
    if (!read_address(words[1], &source) || !read_address(words[2], &target) || !read_port(words[3], &ret->port) ||
        !read_port(words[4], &port))
        return -EBADMSG;
    bool is_four = memchr(words[1].data, ':', words[1].size) == NULL;
    if (is_four != (bits == 32))
        return -EBADMSG;
    memcpy(ret->address, words[1].data, words[1].size);
    ret->address[words[1].size] = '\0';
    ret->known = true;
    return 0;
}

static int parse_first(fl_str bytes, fl_proxy_source *ret, size_t *ret_used)
{
    size_t end;

    if (!fl_str_find(fl_str_slice(bytes, 0, FIRST_MOST), fl_lit("\r\n"), &end))
        return bytes.size >= FIRST_MOST ? -EBADMSG : -EAGAIN;
    if (end < 7)
        return -EBADMSG;
    *ret_used = end + 2;
    return read_first(fl_str_slice(bytes, 0, end), ret);
}

static int port_at(const uint8_t *at) { return at[0] << 8 | at[1]; }

static int parse_second(fl_str bytes, fl_proxy_source *ret, size_t *ret_used)
{
    const uint8_t *head = (const uint8_t *)bytes.data;

    if (bytes.size < SECOND_HEAD)
        return -EAGAIN;
    size_t size = (size_t)port_at(head + 14);
    int command = head[12] & 15, family = head[13];
    if (head[12] >> 4 != 2 || command > 1 || size > SECOND_MOST)
        return -EBADMSG;
    if (bytes.size < SECOND_HEAD + size)
        return -EAGAIN;
    *ret_used = SECOND_HEAD + size;
    if (command == 0 || (family != 0x11 && family != 0x21))
        return 0;                                    /* the proxy's own, or of no address that we know */
    if (size < (family == 0x11 ? 12 : 36))
        return -EBADMSG;
    const uint8_t *body = head + SECOND_HEAD;
    ret->port = port_at(body + (family == 0x11 ? 8 : 32));
    ret->known = inet_ntop(family == 0x11 ? AF_INET : AF_INET6, body, ret->address, sizeof ret->address) != NULL;
    return ret->known ? 0 : -EBADMSG;
}

int fl_proxy_parse(fl_str bytes, fl_proxy_source *ret, size_t *ret_used)
{
    *ret = (fl_proxy_source){ 0 };
    if (bytes.size == 0)
        return -EAGAIN;
    if (is_prefix(bytes, "PROXY ", 6))
        return bytes.size < 6 ? -EAGAIN : parse_first(bytes, ret, ret_used);
    if (is_prefix(bytes, signature, sizeof signature))
        return bytes.size < sizeof signature ? -EAGAIN : parse_second(bytes, ret, ret_used);
    return -EBADMSG;
}

int fl_http1_proxy_line(fl_http1 *c)
{
    fl_proxy_source source;
    size_t used;

    know_peer(c);
    if (!c->trusted)
        return -EBADMSG;
    int code = fl_proxy_parse(fl_str_n(c->in + c->start, c->end - c->start), &source, &used);
    if (code != 0)
        return code;
    c->start += used;
    c->scanned = c->start;
    c->introduced = true;
    if (!source.known)
        return 0;
    memcpy(c->remote, source.address, sizeof source.address);
    c->remote_port = source.port;
    c->trusted = fl_proxy_is_trusted(c->server->options.trusted, fl_str_of(c->remote));
    return 0;
}
