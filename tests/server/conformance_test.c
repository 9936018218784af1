/* RFC 9112 and 9110, section by section: what is taken, what is refused and with which status, and whether the connection stays. Behind
 * each request goes a second one, in the same packet: one that is answered shows that the server knows where the first one ended, and
 * one that is not, that it does not guess. */
#include "server/raw.h"

#define SECOND "GET /second HTTP/1.1\r\nHost: b\r\nConnection: close\r\n\r\n"
#define GET(...) "GET / HTTP/1.1\r\nHost: a\r\n" __VA_ARGS__ "\r\n"
#define POST(...) "POST / HTTP/1.1\r\nHost: a\r\n" __VA_ARGS__

typedef struct exchange_row {
    const char *what;
    fl_str bytes;
    int status, other;                               /* other: as good; 0: none */
    const char *answer;                              /* the body of a 200; NULL: not looked at */
    bool stays;
} exchange_row;

#define TAKEN(what, bytes, answer) \
    { \
        what, FL_LIT(bytes SECOND), 200, 0, answer, true \
    }
#define LAST(what, bytes, answer) \
    { \
        what, FL_LIT(bytes SECOND), 200, 0, answer, false \
    }
#define REFUSED(what, bytes, status) \
    { \
        what, FL_LIT(bytes SECOND), status, 0, NULL, false \
    }
#define EITHER(what, bytes, status, other) \
    { \
        what, FL_LIT(bytes SECOND), status, other, NULL, false \
    }

static void check_exchange(const void *data)
{
    const exchange_row *row = data;
    raw_server *server = raw_serve(.handler = raw_repeat);
    raw_client *client = raw_connect(server);

    fl_label("%s", row->what);
    raw_send(client, row->bytes);
    raw_answer first = raw_next(client), second = raw_next(client);
    if (first.status != row->other)
        fl_expect_equal(first.status, row->status);
    if (row->answer != NULL)
        raw_expect_body(first, row->answer);
    if (!row->stays) {
        fl_expect_equal(second.status, 0);
        fl_expect_text(raw_header(&first, "Connection"), "close");
    } else {
        fl_expect_equal(second.status, 200);
        raw_expect_body(second, "GET /second b []");
    }
    fl_expect(raw_is_closed(client));
}

/* -- 9112, 2.2 and 3: the message and its first line ---------------------------------------------------------------------------------- */

static const exchange_row request_lines[] = {
    TAKEN("origin-form", GET(), "GET / a []"),
    TAKEN("a query", "GET /a/b?c=d&e HTTP/1.1\r\nHost: a\r\n\r\n", "GET /a/b?c=d&e a []"),
    TAKEN("absolute-form overrides Host", "GET http://c.example:81/x?y HTTP/1.1\r\nHost: a\r\n\r\n", "GET /x?y c.example:81 []"),
    TAKEN("absolute-form without a path", "GET http://c.example HTTP/1.1\r\nHost: a\r\n\r\n", "GET / c.example []"),
    TAKEN("absolute-form with a query only", "GET http://c.example?q HTTP/1.1\r\nHost: a\r\n\r\n", "GET /?q c.example []"),
    TAKEN("absolute-form, https", "GET https://c.example/ HTTP/1.1\r\nHost: a\r\n\r\n", "GET / c.example []"),
    TAKEN("schemes know no case", "GET HTTP://c.example/ HTTP/1.1\r\nHost: a\r\n\r\n", "GET / c.example []"),
    REFUSED("absolute-form without a host", "GET http:///x HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    REFUSED("absolute-form with a user", "GET http://u@c.example/ HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    REFUSED("absolute-form without Host", "GET http://c.example/ HTTP/1.1\r\n\r\n", 400),
    REFUSED("another scheme", "GET ftp://c.example/ HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    TAKEN("asterisk-form of OPTIONS", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", "OPTIONS * a []"),
    REFUSED("asterisk-form of GET", "GET * HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    REFUSED("something behind the asterisk", "OPTIONS *a HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    REFUSED("authority-form", "CONNECT c.example:443 HTTP/1.1\r\nHost: c.example\r\n\r\n", 400),
    REFUSED("authority-form of GET", "GET c.example:443 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    REFUSED("a target without a slash", "GET x HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    REFUSED("a fragment", "GET /#a HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    REFUSED("no target", "GET HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    TAKEN("an empty line before", "\r\n" GET(), "GET / a []"),
    TAKEN("several empty lines before", "\r\n\r\n\r\n" GET(), "GET / a []"),
    EITHER("a space before", " " GET(), 400, 501),
    REFUSED("two spaces before the target", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    REFUSED("two spaces behind the target", "GET /  HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    EITHER("a space behind the version", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n", 400, 505),
    EITHER("a tab before the target", "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n", 400, 501),
    REFUSED("a tab behind the target", "GET /\tHTTP/1.1\r\nHost: a\r\n\r\n", 400),
    REFUSED("a space in the target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    REFUSED("a control character in the target", "GET /a\x01 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    REFUSED("DEL in the target", "GET /a\x7f HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    REFUSED("bytes beyond ASCII in the target", "GET /caf\xc3\xa9 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    LAST("HTTP/1.0", "GET / HTTP/1.0\r\nHost: a\r\n\r\n", "GET / a []"),
    EITHER("HTTP/0.9", "GET /\r\n\r\n", 400, 505),
    EITHER("HTTP/0.9 by name", "GET / HTTP/0.9\r\nHost: a\r\n\r\n", 400, 505),
    REFUSED("HTTP/2.0", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505),
    REFUSED("HTTP/3.0", "GET / HTTP/3.0\r\nHost: a\r\n\r\n", 505),
    EITHER("HTTP/2's preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, 505),
    EITHER("a version of two digits", "GET / HTTP/1.10\r\nHost: a\r\n\r\n", 400, 505),
    EITHER("a version in lower case", "GET / http/1.1\r\nHost: a\r\n\r\n", 400, 505),
    EITHER("another protocol", "GET / ICE/1.1\r\nHost: a\r\n\r\n", 400, 505),
    REFUSED("an unknown method", "BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 501),
    REFUSED("methods know case", "get / HTTP/1.1\r\nHost: a\r\n\r\n", 501),
    EITHER("a method that is no token", "G(T / HTTP/1.1\r\nHost: a\r\n\r\n", 400, 501),
    TAKEN("PATCH", "PATCH / HTTP/1.1\r\nHost: a\r\n\r\n", "PATCH / a []"),
    TAKEN("DELETE", "DELETE / HTTP/1.1\r\nHost: a\r\n\r\n", "DELETE / a []"),
    EITHER("the beginning of TLS", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400, 501),
};

FL_TEST(request_lines_are_taken_or_refused_as_rfc_9112_says) { fl_table(request_lines, check_exchange); }

/* -- 9112, 5 and 9110, 5: fields ---------------------------------------------------------------------------------------------------------- */

static const exchange_row fields[] = {
    TAKEN("an empty value", GET("X-A:\r\n"), NULL),
    TAKEN("spaces around a value", GET("X-A: \t b \t \r\n"), NULL),
    TAKEN("a tab inside of a value", GET("X-A: b\tc\r\n"), NULL),
    TAKEN("bytes beyond ASCII in a value", GET("X-A: caf\xc3\xa9 \xff\r\n"), NULL),
    TAKEN("all characters of a token", GET("!#$%&'*+-.^`|~09azAZ: b\r\n"), NULL),
    REFUSED("no colon", GET("X-A\r\n"), 400),
    REFUSED("no name", GET(": b\r\n"), 400),
    REFUSED("no first name", "GET / HTTP/1.1\r\n: b\r\nHost: a\r\n\r\n", 400),
    REFUSED("a colon only", GET(":\r\n"), 400),
    REFUSED("a space before the colon", GET("X-A : b\r\n"), 400),
    REFUSED("a tab before the colon", GET("X-A\t: b\r\n"), 400),
    REFUSED("a space in a name", GET("X A: b\r\n"), 400),
    REFUSED("a name that is no token", GET("X(A): b\r\n"), 400),
    REFUSED("a slash in a name", GET("X/A: b\r\n"), 400),
    REFUSED("a name beyond ASCII", GET("X-\xc3\xa9: b\r\n"), 400),
    REFUSED("a space before the first name", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400),
    REFUSED("obs-fold by a space", GET("X-A: b\r\n c\r\n"), 400),
    REFUSED("obs-fold by a tab", GET("X-A: b\r\n\tc\r\n"), 400),
    REFUSED("an empty line that is folded", GET("X-A: b\r\n \r\n"), 400),
    REFUSED("a bare CR in a value", GET("X-A: b\rc\r\n"), 400),
    REFUSED("a bare CR in a name", GET("X\r-A: b\r\n"), 400),
    REFUSED("a bare CR in the first line", "GET / HTTP/1.1\rHost: a\r\n\r\n", 400),
    REFUSED("CR CR LF", GET("X-A: b\r\r\n"), 400),
    REFUSED("a bare LF behind a value", GET("X-A: b\n"), 400),
    REFUSED("a bare LF behind the first line", "GET / HTTP/1.1\nHost: a\r\n\r\n", 400),
    REFUSED("bare LFs only", "GET / HTTP/1.1\nHost: a\n\n", 400),
    REFUSED("a bare LF as the empty line", "GET / HTTP/1.1\r\nHost: a\r\n\n", 400),
    REFUSED("NUL in a value", GET("X-A: b\0c\r\n"), 400),
    REFUSED("NUL in a name", GET("X\0A: b\r\n"), 400),
    REFUSED("a control character in a value", GET("X-A: b\x01\r\n"), 400),
    REFUSED("another control character in a value", GET("X-A: b\x1f\r\n"), 400),
    REFUSED("a vertical tab in a value", GET("X-A: b\vc\r\n"), 400),
    REFUSED("DEL in a value", GET("X-A: b\x7f\r\n"), 400),
};

FL_TEST(fields_are_taken_or_refused_as_rfc_9112_says) { fl_table(fields, check_exchange); }

static const exchange_row hosts[] = {
    TAKEN("a name and a port", "GET / HTTP/1.1\r\nHost: a.example:8000\r\n\r\n", "GET / a.example:8000 []"),
    TAKEN("an address", "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "GET / 127.0.0.1 []"),
    TAKEN("an address in brackets", "GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", "GET / [::1]:80 []"),
    TAKEN("an empty one", "GET / HTTP/1.1\r\nHost:\r\n\r\n", "GET /  []"),
    LAST("none in 1.0", "GET / HTTP/1.0\r\n\r\n", "GET /  []"),
    REFUSED("none in 1.1", "GET / HTTP/1.1\r\n\r\n", 400),
    REFUSED("two", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
    REFUSED("two that are equal", "GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n", 400),
    REFUSED("two in 1.0", "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", 400),
    REFUSED("two, the first of them empty", "GET / HTTP/1.1\r\nHost:\r\nHost: b\r\n\r\n", 400),
    REFUSED("a list", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", 400),
    REFUSED("a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400),
    REFUSED("a user", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", 400),
    REFUSED("a port that is no number", "GET / HTTP/1.1\r\nHost: a:b\r\n\r\n", 400),
    REFUSED("a port only", "GET / HTTP/1.1\r\nHost: :80\r\n\r\n", 400),
    REFUSED("two ports", "GET / HTTP/1.1\r\nHost: a:80:80\r\n\r\n", 400),
    REFUSED("a bracket that stays open", "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n", 400),
    REFUSED("a space", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400),
    REFUSED("markup", "GET / HTTP/1.1\r\nHost: <a>\r\n\r\n", 400),
    REFUSED("a bad one beside an absolute target", "GET http://a/ HTTP/1.1\r\nHost: b/c\r\n\r\n", 400),
};

FL_TEST(there_is_one_host_and_it_is_a_host) { fl_table(hosts, check_exchange); }

/* -- 9112, 6: how long a body is --------------------------------------------------------------------------------------------------------- */

static const exchange_row lengths[] = {
    TAKEN("a length", POST("Content-Length: 5\r\n\r\nhello"), "POST / a [hello]"),
    TAKEN("none is 0", POST("\r\n"), "POST / a []"),
    TAKEN("0", POST("Content-Length: 0\r\n\r\n"), "POST / a []"),
    TAKEN("leading zeros", POST("Content-Length: 0005\r\n\r\nhello"), "POST / a [hello]"),
    TAKEN("of a GET", GET("Content-Length: 5\r\n") "hello", "GET / a [hello]"),
    REFUSED("negative", POST("Content-Length: -5\r\n\r\nhello"), 400),
    REFUSED("with a plus", POST("Content-Length: +5\r\n\r\nhello"), 400),
    REFUSED("hexadecimal", POST("Content-Length: 0x5\r\n\r\nhello"), 400),
    REFUSED("a decimal point", POST("Content-Length: 5.0\r\n\r\nhello"), 400),
    REFUSED("words", POST("Content-Length: five\r\n\r\nhello"), 400),
    REFUSED("nothing", POST("Content-Length:\r\n\r\nhello"), 400),
    REFUSED("spaces", POST("Content-Length:  \r\n\r\nhello"), 400),
    REFUSED("a space inside", POST("Content-Length: 5 5\r\n\r\nhello"), 400),
    REFUSED("a list of equal ones", POST("Content-Length: 5, 5\r\n\r\nhello"), 400),
    REFUSED("a list", POST("Content-Length: 5,6\r\n\r\nhello"), 400),
    REFUSED("two that are equal", POST("Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello"), 400),
    REFUSED("two", POST("Content-Length: 5\r\ncontent-length: 6\r\n\r\nhello"), 400),
    REFUSED("2^63", POST("Content-Length: 9223372036854775808\r\n\r\nhello"), 400),
    REFUSED("2^64 - 1", POST("Content-Length: 18446744073709551615\r\n\r\nhello"), 400),
    REFUSED("2^64 + 5", POST("Content-Length: 18446744073709551621\r\n\r\nhello"), 400),
    REFUSED("very many digits", POST("Content-Length: 99999999999999999999999999999999999999\r\n\r\nhello"), 400),
    REFUSED("a vertical tab before it", POST("Content-Length: \v5\r\n\r\nhello"), 400),
};

FL_TEST(a_length_is_one_number_or_it_is_refused) { fl_table(lengths, check_exchange); }

static const exchange_row encodings[] = {
    TAKEN("chunked", POST("Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"), "POST / a [hello]"),
    TAKEN("its name knows no case", POST("transfer-encoding: CHUNKED\r\n\r\n5\r\nhello\r\n0\r\n\r\n"), "POST / a [hello]"),
    REFUSED("with a length behind it", POST("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"), 400),
    REFUSED("with a length before it", POST("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400),
    REFUSED("with a length of 0", POST("Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400),
    EITHER("identity", POST("Transfer-Encoding: identity\r\n\r\n"), 400, 501),
    EITHER("identity with a length", POST("Transfer-Encoding: identity\r\nContent-Length: 5\r\n\r\nhello"), 400, 501),
    EITHER("gzip", POST("Transfer-Encoding: gzip\r\n\r\n"), 400, 501),
    EITHER("gzip, chunked", POST("Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"), 400, 501),
    EITHER("chunked, gzip", POST("Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n"), 400, 501),
    EITHER("chunked, identity", POST("Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"), 400, 501),
    EITHER("chunked, chunked", POST("Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"), 400, 501),
    EITHER("chunked twice", POST("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400, 501),
    EITHER("chunked, then identity in a line of its own",
           POST("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n"), 400, 501),
    EITHER("identity, then chunked in a line of its own",
           POST("Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400, 501),
    EITHER("xchunked", POST("Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"), 400, 501),
    EITHER("chunkedx", POST("Transfer-Encoding: chunkedx\r\n\r\n0\r\n\r\n"), 400, 501),
    EITHER("chunked in quotes", POST("Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n"), 400, 501),
    EITHER("chunked with a parameter", POST("Transfer-Encoding: chunked;a=b\r\n\r\n0\r\n\r\n"), 400, 501),
    EITHER("an empty element before", POST("Transfer-Encoding: , chunked\r\n\r\n0\r\n\r\n"), 400, 501),
    EITHER("an empty element behind", POST("Transfer-Encoding: chunked,\r\n\r\n0\r\n\r\n"), 400, 501),
    EITHER("nothing", POST("Transfer-Encoding:\r\n\r\n"), 400, 501),
    TAKEN("a tab before it is space", POST("Transfer-Encoding:\tchunked\r\n\r\n0\r\n\r\n"), "POST / a []"),
    TAKEN("spaces behind it are space", POST("Transfer-Encoding: chunked  \r\n\r\n0\r\n\r\n"), "POST / a []"),
    EITHER("a vertical tab before it", POST("Transfer-Encoding: \vchunked\r\n\r\n0\r\n\r\n"), 400, 501),
    EITHER("in 1.0", "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, 501),
};

FL_TEST(only_plain_chunked_is_an_encoding_and_never_beside_a_length) { fl_table(encodings, check_exchange); }

/* -- 9112, 7: chunks ----------------------------------------------------------------------------------------------------------------------- */

#define CHUNKS(...) POST("Transfer-Encoding: chunked\r\n\r\n" __VA_ARGS__)

static const exchange_row chunks[] = {
    TAKEN("several", CHUNKS("3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n"), "POST / a [hello]"),
    TAKEN("none", CHUNKS("0\r\n\r\n"), "POST / a []"),
    TAKEN("lower case", CHUNKS("a\r\n0123456789\r\n0\r\n\r\n"), "POST / a [0123456789]"),
    TAKEN("upper case", CHUNKS("A\r\n0123456789\r\n0\r\n\r\n"), "POST / a [0123456789]"),
    TAKEN("leading zeros", CHUNKS("0005\r\nhello\r\n000\r\n\r\n"), "POST / a [hello]"),
    TAKEN("an extension", CHUNKS("5;a=b\r\nhello\r\n0\r\n\r\n"), "POST / a [hello]"),
    TAKEN("an extension without a value", CHUNKS("5;a\r\nhello\r\n0;b\r\n\r\n"), "POST / a [hello]"),
    TAKEN("an extension in quotes", CHUNKS("5;a=\"b c\"\r\nhello\r\n0\r\n\r\n"), "POST / a [hello]"),
    TAKEN("line ends in the content", CHUNKS("5\r\n\r\n0\r\n\r\n0\r\n\r\n"), "POST / a [\r\n0\r\n]"),
    TAKEN("a trailer", CHUNKS("5\r\nhello\r\n0\r\nX-A: b\r\n\r\n"), "POST / a [hello]"),
    TAKEN("trailers do not steer", CHUNKS("5\r\nhello\r\n0\r\nHost: c\r\nX-B: d\r\n\r\n"), "POST / a [hello]"),
    REFUSED("a chunk longer than it says", CHUNKS("4\r\nhello\r\n0\r\n\r\n"), 400),
    REFUSED("a chunk shorter than it says", CHUNKS("6\r\nhello\r\n0\r\n\r\n"), 400),
    REFUSED("no line end behind the content", CHUNKS("5\r\nhello0\r\n\r\n"), 400),
    REFUSED("a bare LF behind the size", CHUNKS("5\nhello\r\n0\r\n\r\n"), 400),
    REFUSED("a bare LF behind the content", CHUNKS("5\r\nhello\n0\r\n\r\n"), 400),
    REFUSED("a bare CR behind the size", CHUNKS("5\rhello\r\n0\r\n\r\n"), 400),
    REFUSED("a bare CR behind the content", CHUNKS("5\r\nhello\r0\r\n\r\n"), 400),
    REFUSED("a bare LF behind the last size", CHUNKS("5\r\nhello\r\n0\n\r\n"), 400),
    REFUSED("a bare LF at the end", CHUNKS("5\r\nhello\r\n0\r\n\n"), 400),
    REFUSED("a bare LF in an extension", CHUNKS("5;a\nhello\r\n0\r\n\r\n"), 400),
    REFUSED("a bare CR in an extension", CHUNKS("5;a\rb\r\nhello\r\n0\r\n\r\n"), 400),
    REFUSED("a line end in a quoted extension", CHUNKS("5;a=\"\r\nhello\r\n0\r\n\r\n"), 400),
    REFUSED("NUL in an extension", CHUNKS("5;a=\0\r\nhello\r\n0\r\n\r\n"), 400),
    REFUSED("negative", CHUNKS("-5\r\nhello\r\n0\r\n\r\n"), 400),
    REFUSED("with a plus", CHUNKS("+5\r\nhello\r\n0\r\n\r\n"), 400),
    REFUSED("0x", CHUNKS("0x5\r\nhello\r\n0\r\n\r\n"), 400),
    REFUSED("no size", CHUNKS("\r\nhello\r\n0\r\n\r\n"), 400),
    REFUSED("no size but an extension", CHUNKS(";a\r\nhello\r\n0\r\n\r\n"), 400),
    REFUSED("a space before the size", CHUNKS(" 5\r\nhello\r\n0\r\n\r\n"), 400),
    REFUSED("a space behind the size", CHUNKS("5 \r\nhello\r\n0\r\n\r\n"), 400),
    REFUSED("a tab behind the size", CHUNKS("5\t\r\nhello\r\n0\r\n\r\n"), 400),
    REFUSED("a letter that is no digit", CHUNKS("5g\r\nhello\r\n0\r\n\r\n"), 400),
    REFUSED("2^64 + 5", CHUNKS("10000000000000005\r\nhello\r\n0\r\n\r\n"), 400),
    REFUSED("2^64 - 1", CHUNKS("ffffffffffffffff\r\nhello\r\n0\r\n\r\n"), 400),
    REFUSED("very many digits", CHUNKS("00000000000000000000000000000000000000000000000000000000000000005z\r\n"), 400),
    REFUSED("a trailer that is none", CHUNKS("5\r\nhello\r\n0\r\nX A\r\n\r\n"), 400),
    REFUSED("a bare LF in a trailer", CHUNKS("5\r\nhello\r\n0\r\nX-A: b\n\r\n"), 400),
    REFUSED("a bare CR in a trailer", CHUNKS("5\r\nhello\r\n0\r\nX-A: b\rc\r\n\r\n"), 400),
    REFUSED("a folded trailer", CHUNKS("5\r\nhello\r\n0\r\nX-A: b\r\n c\r\n\r\n"), 400),
    REFUSED("a trailer without a name", CHUNKS("5\r\nhello\r\n0\r\n: b\r\n\r\n"), 400),
    REFUSED("CR CR LF at the end", CHUNKS("5\r\nhello\r\n0\r\n\r\r\n"), 400),
    REFUSED("NUL in a trailer", CHUNKS("5\r\nhello\r\n0\r\nX-A: \0\r\n\r\n"), 400),
};

FL_TEST(chunks_are_taken_or_refused_as_rfc_9112_says) { fl_table(chunks, check_exchange); }

/* -- 9112, 9: what becomes of the connection -------------------------------------------------------------------------------------------- */

static const exchange_row persistence[] = {
    TAKEN("1.1 stays", GET(), NULL),
    LAST("close", GET("Connection: close\r\n"), NULL),
    LAST("close knows no case", GET("Connection: Close\r\n"), NULL),
    LAST("close in a list", GET("Connection: foo, close\r\n"), NULL),
    LAST("close in another line", GET("Connection: foo\r\nConnection: close\r\n"), NULL),
    LAST("close beside keep-alive", GET("Connection: close, keep-alive\r\n"), NULL),
    LAST("close before keep-alive", GET("Connection: close\r\nConnection: keep-alive\r\n"), NULL),
    TAKEN("a word with close inside", GET("Connection: enclosed\r\n"), NULL),
    TAKEN("keep-alive", GET("Connection: keep-alive\r\n"), NULL),
    LAST("1.0 does not stay", "GET / HTTP/1.0\r\nHost: a\r\n\r\n", NULL),
    TAKEN("1.0 with keep-alive", "GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n", NULL),
    TAKEN("1.0 with Keep-Alive in a list", "GET / HTTP/1.0\r\nHost: a\r\nConnection: foo, Keep-Alive\r\n\r\n", NULL),
    LAST("1.0 with both", "GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive, close\r\n\r\n", NULL),
    LAST("1.0 with close before keep-alive", "GET / HTTP/1.0\r\nHost: a\r\nConnection: close\r\nConnection: keep-alive\r\n\r\n",
         NULL),
    TAKEN("an upgrade that nobody wants", GET("Connection: Upgrade\r\nUpgrade: h2c\r\n"), NULL),
    TAKEN("one with a body", POST("Connection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: 5\r\n\r\nhello"), "POST / a [hello]"),
    TAKEN("one with chunks",
          POST("Connection: Upgrade\r\nUpgrade: h2c\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
          "POST / a [hello]"),
};

FL_TEST(connections_stay_or_end_as_rfc_9112_says) { fl_table(persistence, check_exchange); }

/* -- requests inside of requests ------------------------------------------------------------------------------------------------------------ */

#define HIDDEN "GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n"

static const exchange_row smuggled[] = {
    REFUSED("CL.TE", POST("Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG" HIDDEN), 400),
    REFUSED("TE.CL", POST("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n27\r\n" HIDDEN "\r\n0\r\n\r\n"), 400),
    REFUSED("CL.CL", POST("Content-Length: 0\r\nContent-Length: 35\r\n\r\n" HIDDEN), 400),
    EITHER("TE.TE, an x before", POST("Transfer-Encoding: chunked\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" HIDDEN), 400,
           501),
    EITHER("TE.TE, another one behind", POST("Transfer-Encoding: chunked\r\nTransfer-encoding: x\r\n\r\n0\r\n\r\n" HIDDEN), 400,
           501),
    REFUSED("TE.TE, a space before the colon", POST("Transfer-Encoding : chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" HIDDEN),
            400),
    REFUSED("TE.TE, a space before the name", POST("Content-Length: 5\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" HIDDEN),
            400),
    REFUSED("TE.TE, folded", POST("Transfer-Encoding:\r\n chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" HIDDEN), 400),
    REFUSED("TE.TE, behind a bare LF", POST("Content-Length: 5\r\nX: y\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" HIDDEN),
            400),
    REFUSED("TE.TE, behind a bare CR", POST("Content-Length: 5\r\nX: y\rTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" HIDDEN),
            400),
    REFUSED("TE.TE, a NUL", POST("Transfer-Encoding: chunked\0\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" HIDDEN), 400),
    REFUSED("an end of a head by bare CRs", POST("Content-Length: 0\r\n\r\rGET /hidden HTTP/1.1\r\nHost: a\r\n\r\n"), 400),
    REFUSED("a length in a trailer-like place", POST("Content-Length: 5\r\n\tContent-Length: 50\r\n\r\nhello" HIDDEN), 400),
    REFUSED("a chunk's size that overflows", CHUNKS("100000000000000000\r\n" HIDDEN "0\r\n\r\n"), 400),
    REFUSED("a chunk's extension with a bare LF", CHUNKS("2;\nxx\r\n23\r\n0\r\n\r\n" HIDDEN "0\r\n\r\n"), 400),
    TAKEN("a request as a body is a body", POST("Content-Length: 33\r\n\r\n" HIDDEN), "POST / a [" HIDDEN "]"),
};

FL_TEST(no_request_is_smuggled) { fl_table(smuggled, check_exchange); }

/* Content_Length and Content-Length are one variable to CGI, and two headers to HTTP. */
static fl_response *list_headers(fl_request *request, void *data)
{
    fl_response *response = fl_text_response("");

    (void)data;
    for (size_t i = 0; i < request->headers.count; i++)
        fl_response_printf(response, "%.*s=%.*s;", FL_SHOW(request->headers.lines[i].name),
                           FL_SHOW(request->headers.lines[i].value));
    return response;
}

FL_TEST(headers_with_underscores_are_left_out)
{
    raw_server *server = raw_serve(.handler = list_headers);
    raw_answer answer = raw_ask(server,
                                GET("X_Foo: 1\r\nX-Foo: 2\r\nContent_Length: 5\r\nTransfer_Encoding: chunked\r\nX-Empty:\r\n"));

    fl_expect_equal(answer.status, 200);
    raw_expect_body(answer, "Host=a;X-Foo=2;X-Empty=;");
}

/* -- 9110, 4 and 7: paths as they are given to the application ---------------------------------------------------------------------------- */

static fl_response *show_path(fl_request *request, void *data)
{
    (void)data;
    return fl_text_response(fl_text("%s|%s|%s", request->path, request->query_string, request->full_path));
}

static const struct path_row {
    const char *target, *shown;
} paths[] = {
    { "/a%20b", "/a b||/a%20b" },
    { "/%61%62", "/ab||/ab" },
    { "/caf%C3%A9", "/caf\xc3\xa9||/caf%C3%A9" },
    { "/a%2Fb", "/a/b||/a/b" },
    { "/a%252Fb", "/a%2Fb||/a%252Fb" },
    { "/a/../b", "/a/../b||/a/../b" },
    { "/a/%2e%2e/b", "/a/../b||/a/../b" },
    { "/..%5cb", "/..\\b||/..%5Cb" },
    { "//a//b", "//a//b||//a//b" },
    { "/a%00b", "/a%00b||/a%2500b" },
    { "/a%", "/a%||/a%25" },
    { "/a%4", "/a%4||/a%254" },
    { "/a%zz", "/a%zz||/a%25zz" },
    { "/a%ff", "/a%FF||/a%25FF" },
    { "/%c3", "/%C3||/%25C3" },
    { "/%ed%a0%80", "/%ED%A0%80||/%25ED%25A0%2580" },
    { "/a?b=%00&c=%ff", "/a|b=%00&c=%ff|/a?b=%00&c=%ff" },
    { "/a?b?c", "/a|b?c|/a?b?c" },
    { "/?", "/||/" },
};

static void check_path(const void *data)
{
    const struct path_row *row = data;
    raw_server *server = raw_serve(.handler = show_path);

    fl_label("%s", row->target);
    raw_expect_body(raw_ask(server, fl_text("GET %s HTTP/1.1\r\nHost: a\r\n\r\n", row->target)), row->shown);
}

FL_TEST(paths_are_decoded_once_and_otherwise_as_they_were_sent) { fl_table(paths, check_path); }
