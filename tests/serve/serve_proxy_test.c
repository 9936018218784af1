/* Proxies in front: whom they are believed, and what they may say. */
#include <errno.h>
#include <string.h>
#include <unistd.h>
#include "server/proxy.h"
#include "served.h"

/* -- who is trusted ------------------------------------------------------------------------------------------------------------- */

typedef struct trust { const char *list, *peer; bool trusted; } trust;

static void check_trust(const void *row)
{
    const trust *it = row;
    const char *list[] = { it->list, NULL };

    fl_label("%s by %s", it->peer, it->list);
    fl_expect_equal(fl_proxy_is_trusted(list, fl_str_of(it->peer)), it->trusted);
}

FL_TEST(peers_are_trusted_by_address_and_network)
{
    static const trust cases[] = {
        { "127.0.0.1", "127.0.0.1", true },
        { "127.0.0.1", "127.0.0.2", false },
        { "10.0.0.0/8", "10.255.1.2", true },
        { "10.0.0.0/8", "11.0.0.1", false },
        { "10.1.2.128/25", "10.1.2.127", false },
        { "10.1.2.128/25", "10.1.2.200", true },
        { "0.0.0.0/0", "203.0.113.9", true },
        { "0.0.0.0/0", "::1", false },
        { "::1", "::1", true },
        { "2001:db8::/33", "2001:db8:7fff::1", true },
        { "2001:db8::/33", "2001:db8:8000::1", false },
        { "::1", "0:0:0:0:0:0:0:1", true },
        { "127.0.0.1", "::ffff:127.0.0.1", true },
        { "*", "203.0.113.9", true },
        { "*", "", true },
        { "unix", "", true },
        { "unix", "127.0.0.1", false },
        { "127.0.0.1", "", false },
        { "127.0.0.1/33", "127.0.0.1", false },
        { "127.0.0.1", "127.0.0.1x", false },
        { "10.0.0.0/", "10.0.0.0", false },
    };
    fl_table(cases, check_trust);
    fl_expect(!fl_proxy_is_trusted(NULL, fl_lit("127.0.0.1")));
    fl_expect(fl_proxy_is_entry(fl_lit("10.0.0.0/8")) && fl_proxy_is_entry(fl_lit("unix")) &&
              !fl_proxy_is_entry(fl_lit("localhost")));
}

/* -- the PROXY protocol --------------------------------------------------------------------------------------------------------- */

#define SIGNATURE "\r\n\r\n\0\r\nQUIT\n"
#define FOUR \
    SIGNATURE "\x21\x11\0\x0c" \
              "\xcb\0\x71\x09" \
              "\x0a\0\0\x01" \
              "\xc0\x01" \
              "\x01\xbb"
#define SIX \
    SIGNATURE "\x21\x21\0\x24" \
              "\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x01" \
              "\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x02" \
              "\xc0\x01" \
              "\x01\xbb"

typedef struct line { const char *name; fl_str bytes; int code; const char *address; int port; size_t left; } line;

static void check_line(const void *row)
{
    const line *it = row;
    fl_proxy_source source;
    size_t used = 0;

    fl_label("%s", it->name);
    fl_expect_equal(fl_proxy_parse(it->bytes, &source, &used), it->code);
    if (it->code != 0)
        return;
    fl_expect_text(source.known ? source.address : "", it->address);
    fl_expect_equal(source.port, it->port);
    fl_expect_equal(it->bytes.size - used, it->left);
    for (size_t i = 0; i < used; i++)                /* a part of it is never more than a part */
        fl_expect_equal(fl_proxy_parse(fl_str_slice(it->bytes, 0, i), &source, &(size_t){ 0 }), -EAGAIN);
}

FL_TEST(lines_of_the_proxy_protocol)
{
    static const line lines[] = {
        { "version 1", FL_LIT("PROXY TCP4 203.0.113.9 10.0.0.1 49153 443\r\nGET /"), 0, "203.0.113.9", 49153, 5 },
        { "version 1, IPv6", FL_LIT("PROXY TCP6 2001:db8::1 2001:db8::2 49153 443\r\n"), 0, "2001:db8::1", 49153, 0 },
        { "unknown", FL_LIT("PROXY UNKNOWN\r\n"), 0, "", 0, 0 },
        { "unknown with words", FL_LIT("PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535\r\nx"), 0, "", 0, 1 },
        { "nothing", FL_LIT(""), -EAGAIN, "", 0, 0 },
        { "another protocol", FL_LIT("GET / HTTP/1.1\r\n"), -EBADMSG, "", 0, 0 },
        { "small letters", FL_LIT("proxy TCP4 203.0.113.9 10.0.0.1 49153 443\r\n"), -EBADMSG, "", 0, 0 },
        { "no words", FL_LIT("PROXY \r\n"), -EBADMSG, "", 0, 0 },
        { "another family", FL_LIT("PROXY TCP5 203.0.113.9 10.0.0.1 49153 443\r\n"), -EBADMSG, "", 0, 0 },
        { "a family of the other addresses", FL_LIT("PROXY TCP4 2001:db8::1 2001:db8::2 49153 443\r\n"), -EBADMSG, "", 0, 0 },
        { "a family of the other address", FL_LIT("PROXY TCP6 203.0.113.9 10.0.0.1 49153 443\r\n"), -EBADMSG, "", 0, 0 },
        { "no address", FL_LIT("PROXY TCP4 203.0.113.999 10.0.0.1 49153 443\r\n"), -EBADMSG, "", 0, 0 },
        { "a word too few", FL_LIT("PROXY TCP4 203.0.113.9 10.0.0.1 49153\r\n"), -EBADMSG, "", 0, 0 },
        { "a word too many", FL_LIT("PROXY TCP4 203.0.113.9 10.0.0.1 49153 443 1\r\n"), -EBADMSG, "", 0, 0 },
        { "a port too large", FL_LIT("PROXY TCP4 203.0.113.9 10.0.0.1 65536 443\r\n"), -EBADMSG, "", 0, 0 },
        { "a port with a sign", FL_LIT("PROXY TCP4 203.0.113.9 10.0.0.1 +1 443\r\n"), -EBADMSG, "", 0, 0 },
        { "two spaces", FL_LIT("PROXY TCP4  203.0.113.9 10.0.0.1 49153 443\r\n"), -EBADMSG, "", 0, 0 },
        { "a space at the end", FL_LIT("PROXY TCP4 203.0.113.9 10.0.0.1 49153 443 \r\n"), -EBADMSG, "", 0, 0 },
        { "a line too long",
          FL_LIT(
              "PROXY UNKNOWN xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n"),
          -EBADMSG, "", 0, 0 },
        { "version 2", FL_LIT(FOUR "GET"), 0, "203.0.113.9", 49153, 3 },
        { "version 2, IPv6", FL_LIT(SIX), 0, "2001:db8::1", 49153, 0 },
        { "version 2, the proxy's own", FL_LIT(SIGNATURE "\x20\0\0\0GET"), 0, "", 0, 3 },
        { "version 2, a Unix socket's", FL_LIT(SIGNATURE "\x21\x31\0\4abcd"), 0, "", 0, 0 },
        { "version 2, more behind the addresses",
          FL_LIT(SIGNATURE "\x21\x11\0\x10"
                           "\1\2\3\4\5\6\7\x08\0\7\0\x08"
                           "\4\0\1x"
                           "G"),
          0, "1.2.3.4", 7, 1 },
        { "version 2, of another version", FL_LIT(SIGNATURE "\x31\x11\0\0"), -EBADMSG, "", 0, 0 },
        { "version 2, another command", FL_LIT(SIGNATURE "\x22\x11\0\0"), -EBADMSG, "", 0, 0 },
        { "version 2, too short for its addresses", FL_LIT(SIGNATURE "\x21\x11\0\4abcd"), -EBADMSG, "", 0, 0 },
        { "version 2, longer than any", FL_LIT(SIGNATURE "\x21\x11\xff\xff"), -EBADMSG, "", 0, 0 },
        { "a signature that goes astray", FL_LIT("\r\n\r\n\0\r\nQUIX\n"), -EBADMSG, "", 0, 0 },
    };
    fl_table(lines, check_line);
}

SERVED_TEST(connections_begin_with_their_clients_address)
{
    static const char get[] = "GET /client/ HTTP/1.1\r\nHost: site.test\r\nConnection: close\r\n\r\n";
    served *s = served_start(&(fl_serve_options){ .workers = 1, .proxy_protocol = true, .forwarded_allow_ips = "127.0.0.1" });
    fl_expect_contains(served_exchange(s, fl_text("PROXY TCP4 203.0.113.9 10.0.0.1 49153 443\r\n%s", get)),
                       "\r\n203.0.113.9 http\n");
    fl_expect_contains(served_exchange(s, fl_text("PROXY UNKNOWN\r\n%s", get)), "\r\n127.0.0.1 http\n");
    fl_expect_text(served_exchange(s, get), "");     /* who does not introduce himself gets no answer */
    int fd = served_connect(s);                      /* in pieces, and then two requests */
    served_send(fd, "PROXY TCP4 203.0.113");
    (void)usleep(20000);
    served_send(fd, ".7 10.0.0.1 1 2\r\n");
    (void)usleep(20000);
    served_send(fd, "GET /client/ HTTP/1.1\r\nHost: site.test\r\n\r\n");
    served_send(fd, get);
    fl_expect_equal(served_count(served_receive(fd), "\r\n203.0.113.7 http\n"), (size_t)2);
}

SERVED_TEST(the_proxy_protocol_is_for_trusted_peers)
{
    served *s = served_start(&(fl_serve_options){ .workers = 1, .proxy_protocol = true, .forwarded_allow_ips = "10.0.0.0/8" });
    fl_expect_text(served_exchange(s, "PROXY UNKNOWN\r\nGET /client/ HTTP/1.1\r\nHost: site.test\r\n\r\n"), "");
}

/* -- X-Forwarded-For ------------------------------------------------------------------------------------------------------------ */

typedef struct forwarded { const char *headers, *client; } forwarded;

static const char *client_of(const served *s, const char *headers)
{
    const char *answer = served_exchange(
        s, fl_text("GET /client/ HTTP/1.1\r\nHost: site.test\r\nConnection: close\r\n%s\r\n", headers));
    const char *body = strstr(answer, "\r\n\r\n");

    return body == NULL ? answer : fl_str_c(fl_str_trim(fl_str_of(body)));
}

SERVED_TEST(the_nearest_address_that_is_no_proxy_is_the_client)
{
    static const forwarded cases[] = {
        { "", "127.0.0.1 http" },
        { "X-Forwarded-For: 203.0.113.9\r\n", "203.0.113.9 http" },
        { "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\n", "203.0.113.9 https" },
        { "X-Forwarded-For: 6.6.6.6, 203.0.113.9\r\n", "203.0.113.9 http" },             /* 6.6.6.6 is what the client sent */
        { "X-Forwarded-For: 203.0.113.9, 10.1.2.3\r\n", "203.0.113.9 http" },            /* through two of ours */
        { "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: 203.0.113.9\r\n", "203.0.113.9 http" },
        { "X-Forwarded-For: 10.9.9.9, 10.1.2.3\r\n", "10.9.9.9 http" },                  /* ours asks itself */
        { "X-Forwarded-For: nonsense\r\n", "127.0.0.1 http" },
        { "X-Forwarded-For: nonsense, 203.0.113.9\r\n", "203.0.113.9 http" },
        { "X-Forwarded-For: 6.6.6.6, nonsense, 10.1.2.3\r\n", "10.1.2.3 http" },
        { "X-Forwarded-For:\r\n", "127.0.0.1 http" },
        { "X-Forwarded-For: 203.0.113.9:4711\r\n", "203.0.113.9 http" },
        { "X-Forwarded-For: [2001:db8::1]:4711\r\n", "2001:db8::1 http" },
        { "X-Forwarded-For: 2001:db8::1\r\n", "2001:db8::1 http" },
        { "X-Forwarded-Proto: https\r\n", "127.0.0.1 https" },
        { "X-Forwarded-Proto: gopher\r\n", "127.0.0.1 http" },
        { "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https, http\r\n", "203.0.113.9 http" },   /* the client's own word */
        { "X-Forwarded-For: 203.0.113.9, 10.1.2.3\r\nX-Forwarded-Proto: https, http\r\n", "203.0.113.9 https" },
    };
    served *s = served_start(&(fl_serve_options){ .workers = 1, .forwarded_allow_ips = "127.0.0.1, 10.0.0.0/8" });
    for (size_t i = 0; i < FL_LENGTH(cases); i++) {
        fl_label("%s", cases[i].headers);
        fl_expect_text(client_of(s, cases[i].headers), cases[i].client);
    }
}

SERVED_TEST(what_strangers_say_of_their_way_is_ignored)
{
    served *s = served_start(&(fl_serve_options){ .workers = 1, .forwarded_allow_ips = "10.0.0.0/8" });
    fl_expect_text(client_of(s, "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\n"), "127.0.0.1 http");
}
