/* A small HTTP client: what a server answers is looked at before it is measured. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#include "peers.h"

enum { PATIENCE_S = 10, MOST_ANSWER = 1 << 16 };

static struct sockaddr_in loopback(int port)
{
    return (struct sockaddr_in){
        .sin_family = AF_INET,
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
        .sin_port = htons((uint16_t)port),
    };
}

int client_connect(int port)
{
    struct sockaddr_in at = loopback(port);
    struct timeval patience = { .tv_sec = PATIENCE_S };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd < 0)
        fl_raise_code(-errno, "socket");
    (void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (connect(fd, (struct sockaddr *)&at, sizeof at) == 0)
        return fd;
    (void)close(fd);
    return -1;
}

int free_port(void)
{
    struct sockaddr_in at = loopback(0);
    socklen_t size = sizeof at;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd < 0 || bind(fd, (struct sockaddr *)&at, sizeof at) != 0 || getsockname(fd, (struct sockaddr *)&at, &size) != 0)
        fl_raise_code(-errno, "a free port");
    (void)close(fd);
    return ntohs(at.sin_port);
}

static void ask(int fd, int port, const char *path, const char *connection)
{
    char *request = fl_text("GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: %s\r\n\r\n", path, port, connection);
    size_t size = strlen(request);

    if (send(fd, request, size, MSG_NOSIGNAL) != (ssize_t)size)
        fl_raise_code(-errno, "send");
}

static fl_str header(fl_str head, fl_str name)
{
    for (fl_str line, label; fl_str_cut(&head, '\n', &line);)
        if (fl_str_cut(&line, ':', &label) && fl_str_equal_ascii(label, name))
            return fl_str_trim(line);
    return fl_lit("");
}

/* A body in chunks becomes one; an unreadable one becomes empty, which no check takes for right. */
static fl_str dechunked(fl_str rest)
{
    fl_buf body = fl_buf_in(fl_arena_here(), MOST_ANSWER);

    for (fl_str line; fl_str_cut(&rest, '\n', &line);) {
        unsigned long size = strtoul(fl_str_c(line), NULL, 16);
        if (size == 0)
            return fl_buf_str(&body);
        fl_buf_add(&body, fl_str_slice(rest, 0, size));
        rest = fl_str_slice(rest, size + 2, SIZE_MAX);
    }
    return fl_lit("");
}

static answer parse(fl_str text)
{
    fl_str prefix = fl_lit("HTTP/1.1 "), rest;
    answer a = { 0 };
    size_t end;
    long long status;

    if (!fl_str_after(text, prefix, &rest) || !fl_str_find(text, fl_lit("\r\n\r\n"), &end) ||
        !fl_str_int(fl_str_slice(rest, 0, 3), &status))
        fl_raise(FL_VALUE_ERROR, "no HTTP/1.1: %.*s", FL_SHOW(fl_str_slice(text, 0, 80)));
    fl_str head = fl_str_slice(text, 0, end + 2);
    a.status = (int)status;
    a.type = header(head, fl_lit("content-type"));
    a.date = header(head, fl_lit("date"));
    a.body = fl_str_slice(text, end + 4, SIZE_MAX);
    if (fl_str_equal_ascii(header(head, fl_lit("transfer-encoding")), fl_lit("chunked")))
        a.body = dechunked(a.body);
    return a;
}

answer client_get(int port, const char *path)
{
    fl_buf text = fl_buf_in(fl_arena_here(), MOST_ANSWER);
    char bytes[4096];
    int fd = client_connect(port);
    ssize_t n;

    if (fd < 0)
        fl_raise_code(-errno, "connect");
    ask(fd, port, path, "close");
    while ((n = recv(fd, bytes, sizeof bytes, 0)) > 0)
        fl_buf_add_n(&text, bytes, (size_t)n);
    (void)close(fd);
    return parse(fl_buf_str(&text));
}

void client_hold(int port, const char *path, int *fds, size_t n)
{
    char bytes[4096];

    for (size_t i = 0; i < n; i++) {
        if ((fds[i] = client_connect(port)) < 0)
            fl_raise_code(-errno, "connection %zu of %zu", i, n);
        ask(fds[i], port, path, "keep-alive");
        if (recv(fds[i], bytes, sizeof bytes, 0) <= 0)           /* small answers come in one piece */
            fl_raise(FL_VALUE_ERROR, "connection %zu of %zu got no answer", i, n);
    }
}
