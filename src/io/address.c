/* Addresses: "host:port", "[v6]:port", ":port", "unix:/path", "unix:@abstract". */
#include "io/io.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/un.h>
#include "offload/offload.h"

enum { HOST = 256, PORT = 16 };

static int parse_unix(fl_str path, fl_address *ret)
{
    struct sockaddr_un *at = (struct sockaddr_un *)&ret->at;

    if (path.size < 2 || (path.data[0] != '/' && path.data[0] != '@'))
        return -EINVAL;
    if (path.size >= sizeof at->sun_path)
        return -ENAMETOOLONG;
    *ret = (fl_address){ 0 };
    at->sun_family = AF_UNIX;
    memcpy(at->sun_path, path.data, path.size);
    ret->size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + path.size + 1);
    if (path.data[0] == '@') {
        at->sun_path[0] = '\0';
        ret->size--;
    }
    return 0;
}

typedef struct { char host[HOST], port[PORT]; } host_and_port;

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static int split(fl_str text, host_and_port *ret)
{
    size_t colon;
    fl_str host, port;
    unsigned long long number;

    if (!fl_str_find_last(text, ':', &colon))
        return -EINVAL;
    host = fl_str_slice(text, 0, colon);
    port = fl_str_slice(text, colon + 1, SIZE_MAX);
    bool in_brackets = host.size > 1 && host.data[0] == '[' && host.data[host.size - 1] == ']';
    if (in_brackets)
        host = fl_str_slice(host, 1, host.size - 2);
    if (in_brackets != fl_str_find_char(host, ':', NULL))
        return -EINVAL;                              /* a bare IPv6 address: where does its port begin? */
    if (host.size >= HOST || port.size >= PORT || !fl_str_uint(port, &number) || number > 65535 || !is_digit(port.data[0]))
        return -EINVAL;
    memcpy(ret->host, host.data, host.size);
    ret->host[host.size] = '\0';
    memcpy(ret->port, port.data, port.size);
    ret->port[port.size] = '\0';
    return 0;
}

typedef struct { const host_and_port *name; struct addrinfo hints, *found; int status; } lookup;

/* RFC 6761: this name is the loopback's, whatever the host's files say; they may say nothing. */
static bool is_localhost(const host_and_port *name) { return fl_str_equal_ascii(fl_str_of(name->host), fl_lit("localhost")); }

static void look_up(void *data)
{
    lookup *l = data;
    const char *host = l->name->host[0] == '\0' || is_localhost(l->name) ? NULL : l->name->host;
    l->status = getaddrinfo(host, l->name->port[0] == '\0' ? "0" : l->name->port, &l->hints, &l->found);
}

/* getaddrinfo's codes are libuv's plus an offset, as fl_code_text knows them. */
static int code_of(int status)
{
    switch (status) {
    case 0: return 0;
    case EAI_MEMORY: return -ENOMEM;
    case EAI_SYSTEM: return -EIO;
    case EAI_AGAIN: return UV_EAI_AGAIN;
    case EAI_FAMILY: return UV_EAI_FAMILY;
    case EAI_FAIL: return UV_EAI_FAIL;
    default: return UV_EAI_NONAME;
    }
}

/* Numbers are read here and now; only names wait for the pool. */
static int look_up_name(lookup *l)
{
    l->hints.ai_flags |= AI_NUMERICSERV | AI_NUMERICHOST;
    if (is_localhost(l->name))
        l->hints.ai_flags &= ~AI_PASSIVE;            /* no host and not passive: the loopback's addresses */
    look_up(l);
    if (l->status != EAI_NONAME)
        return code_of(l->status);
    l->hints.ai_flags &= ~AI_NUMERICHOST;
    if (fl_loop_here_ == NULL || fl_fiber_here() == NULL)
        look_up(l);                                  /* a supervisor before its loop: it may block */
    else {
        int code = fl_pool_run(look_up, l);
        if (code != 0)
            return code;
    }
    return code_of(l->status);
}

int fl_address_parse(const char *text, bool listening, fl_address *ret, size_t capacity, size_t *ret_count)
{
    const char *path = fl_after_prefix(text, "unix:");
    host_and_port name;

    *ret_count = 1;
    if (path != NULL)
        return parse_unix(fl_str_of(path), ret);
    int code = split(fl_str_of(text), &name);
    if (code != 0 || (!listening && name.host[0] == '\0'))
        return -EINVAL;
    lookup l = { .name = &name, .hints = { .ai_socktype = SOCK_STREAM, .ai_flags = listening ? AI_PASSIVE : 0 } };
    code = look_up_name(&l);
    if (code != 0)
        return code;
    *ret_count = 0;
    for (const struct addrinfo *at = l.found; at != NULL && *ret_count < capacity; at = at->ai_next) {
        fl_address *one = &ret[(*ret_count)++];
        one->size = at->ai_addrlen;
        memcpy(&one->at, at->ai_addr, at->ai_addrlen);
    }
    freeaddrinfo(l.found);
    return 0;
}

void fl_address_text(const struct sockaddr *address, socklen_t size, char *ret, size_t capacity)
{
    char host[INET6_ADDRSTRLEN] = "";

    if (size == 0) {
        (void)snprintf(ret, capacity, "a closed connection");
    } else if (address->sa_family == AF_INET) {
        const struct sockaddr_in *at = (const struct sockaddr_in *)(const void *)address;
        (void)snprintf(ret, capacity, "%s:%u", inet_ntop(AF_INET, &at->sin_addr, host, sizeof host), ntohs(at->sin_port));
    } else if (address->sa_family == AF_INET6) {
        const struct sockaddr_in6 *at = (const struct sockaddr_in6 *)(const void *)address;
        bool mapped = IN6_IS_ADDR_V4MAPPED(&at->sin6_addr);         /* an IPv4 peer of a socket for both */
        if (mapped)
            (void)inet_ntop(AF_INET, &at->sin6_addr.s6_addr[12], host, sizeof host);
        else
            (void)inet_ntop(AF_INET6, &at->sin6_addr, host, sizeof host);
        (void)snprintf(ret, capacity, mapped ? "%s:%u" : "[%s]:%u", host, ntohs(at->sin6_port));
    } else if (address->sa_family == AF_UNIX) {
        const struct sockaddr_un *at = (const struct sockaddr_un *)(const void *)address;
        int length = (int)(size - offsetof(struct sockaddr_un, sun_path));
        bool abstract = length > 1 && at->sun_path[0] == '\0';
        (void)snprintf(ret, capacity, "unix:%s%.*s", abstract ? "@" : "", abstract ? length - 1 : length,
                       at->sun_path + abstract);
    } else {
        (void)snprintf(ret, capacity, "address family %d", address->sa_family);
    }
}

static void free_found(void *found) { freeaddrinfo(found); }

int fl_try_resolve(const char *host, const char **ret, size_t capacity, size_t *ret_count)
{
    host_and_port name = { .port = "" };
    char text[INET6_ADDRSTRLEN];

    if (strlen(host) >= HOST || host[0] == '\0')
        return -EINVAL;
    memcpy(name.host, host, strlen(host) + 1);
    lookup l = { .name = &name, .hints = { .ai_socktype = SOCK_STREAM } };
    int code = look_up_name(&l);
    if (code != 0)
        return code;
    *ret_count = 0;
    fl_defer(free_found, l.found);                   /* the arena may be at its limit */
    for (const struct addrinfo *at = l.found; at != NULL && *ret_count < capacity; at = at->ai_next) {
        const void *bytes = at->ai_family == AF_INET
                                ? (const void *)&((const struct sockaddr_in *)(const void *)at->ai_addr)->sin_addr
                                : (const void *)&((const struct sockaddr_in6 *)(const void *)at->ai_addr)->sin6_addr;
        if (inet_ntop(at->ai_family, bytes, text, sizeof text) != NULL)
            ret[(*ret_count)++] = fl_text("%s", text);
    }
    (void)fl_undefer(free_found, l.found);
    freeaddrinfo(l.found);
    return 0;
}
