/* What a request carries is read as Django reads it: queries, forms, files, headers, paths, hosts, cookies. */
#include "differential.h"

#define FORM "application/x-www-form-urlencoded"
#define MULTI "multipart/form-data; boundary=BoUnD"
#define FIELD(name, value) "--BoUnD\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n" value "\r\n"
#define UPLOAD(name, file, type, content) \
    "--BoUnD\r\nContent-Disposition: form-data; name=\"" name "\"; filename=\"" file "\"\r\nContent-Type: " type \
    "\r\n\r\n" content "\r\n"
#define END "--BoUnD--\r\n"

/* Why some differ. */
#define ONLY_ASCII "a target has ASCII alone (RFC 9112): the server refuses anything else"
#define NO_NUL "texts end with a NUL: fl_query stops at one, the lists have all of it"
#define BY_SERVER "what no host can be, the server refuses, in plain text, before the site is asked"
#define FIRST "the host is checked before any middleware runs, so none adds its headers"
#define AS_SENT "gunicorn reads headers as Latin-1; ours are the bytes as they came"
#define BY_NAME "a file without a type has the one that its name tells"
#define NEWER "Django 6.1's rule: a wildcard on either side matches"

static const asking queries[] = {
    { "GET", "/query/" },
    { "GET", "/query/?" },
    { "GET", "/query/?a" },
    { "GET", "/query/?a=" },
    { "GET", "/query/?=a" },
    { "GET", "/query/?a=1" },
    { "GET", "/query/?a=1&a=2" },
    { "GET", "/query/?b=2&a=1&b=3&c=4" },
    { "GET", "/query/?a=1&&a=2&" },
    { "GET", "/query/?&&&" },
    { "GET", "/query/?a=1;b=2" },
    { "GET", "/query/?a=b+c" },
    { "GET", "/query/?a=b%20c%2Bd" },
    { "GET", "/query/?a%20b=c&x%5B%5D=1" },
    { "GET", "/query/?a=caf%C3%A9" },
    { "GET", "/query/?a=%F0%9F%98%80" },
    { "GET", "/query/?a=%E9" },
    { "GET", "/query/?a=%FF%FE" },
    { "GET", "/query/?a=%C3" },
    { "GET", "/query/?a=%ED%A0%80" },
    { "GET", "/query/?a=%F0%9F%98" },
    { "GET", "/query/?a=%C0%AF" },
    { "GET", "/query/?a=%" },
    { "GET", "/query/?a=%1" },
    { "GET", "/query/?a=%zz&b=%2" },
    { "GET", "/query/?a=%%41" },
    { "GET", "/query/?a=%00", .differs = BODY, .why = NO_NUL, .ours = "[\"\\u0000\"]" },
    { "GET", "/query/?a=1=2==" },
    { "GET", "/query/?a=1?b=2" },
    { "GET", "/query/?a=/../x//" },
    { "GET", "/query/?a='%22%3Cb%3E" },
    { "GET", "/query/?a=!*()-._~:@$," },
    { "GET", "/query/?A=1&a=2" },
    { "GET", "/query/?a=%26&b=%3D&c=%25" },
    { "GET", "/query/?a=+&b=++x+" },
    { "GET", "/query/?a=\xC3\xA9", .differs = STATUS | HEADERS | BODY, .why = ONLY_ASCII, .ours = "400" },
    { "GET", "/query/?a=\xE9", .differs = STATUS | HEADERS | BODY, .why = ONLY_ASCII, .ours = "400" },
    { "GET", "/query/?caf%C3%A9=1&a=%0A%0D%09" },
    { "POST", "/query/?a=1", .type = FORM, .body = "a=2" },
};

FL_TEST_WITH(sites, queries_are_read_as_django_reads_them, .timeout = 90) { ask_both(t, queries, FL_LENGTH(queries)); }

static const asking forms[] = {
    { "GET", "/form/?a=1" },
    { "POST", "/form/", .type = FORM, .body = "" },
    { "POST", "/form/", .type = FORM, .body = "a=1&a=2&b=3" },
    { "POST", "/form/", .type = FORM, .body = "a=caf%C3%A9+x&b=%F0%9F%98%80" },
    { "POST", "/form/", .type = FORM, .body = "a=%E9&b=%FF" },
    { "POST", "/form/", .type = FORM, .body = "a=1;b=2" },
    { "POST", "/form/", .type = FORM, .body = "a&b=&=c" },
    { "POST", "/form/", .type = FORM, .body = "a=1\r\n&b=2" },
    { "POST", "/form/", .type = FORM, .body = "a=\xC3\xA9" },
    { "POST", "/form/", .type = FORM "; charset=utf-8", .body = "a=caf%C3%A9" },
    { "POST", "/form/", .type = "APPLICATION/X-WWW-FORM-URLENCODED", .body = "a=1", .differs = BODY,
      .why = "media types know no case", .ours = "[[\"a\", [\"1\"]]]" },
    { "POST", "/form/", .type = "text/plain", .body = "a=1" },
    { "POST", "/form/", .type = "application/json", .body = "{\"a\": 1}" },
    { "POST", "/form/", .body = "a=1" },
    { "POST", "/form/?a=0", .type = FORM, .body = "a=1" },
    { "PUT", "/form/", .type = FORM, .body = "a=1" },
    { "PATCH", "/form/", .type = FORM, .body = "a=1" },
    { "POST", "/form/", .type = FORM, .body = "a=1&", .repeat = 1000 },
    { "POST", "/form/", .type = FORM, .body = "a=1&", .repeat = 1001 },
    { "POST", "/form/", .type = FORM, .body = "x", .repeat = 2621440 / 64 },
    { "POST", "/form-then-body/", .type = FORM, .body = "a=1&b=2" },
    { "POST", "/body/", .type = "text/plain", .body = "as it is \xFF\x01" },
    { "POST", "/body/", .type = "text/plain", .body = "0123456789abcdef", .repeat = 163840 },
    { "POST", "/body/", .type = "text/plain", .body = "0123456789abcdefg", .repeat = 163840 },
    { "POST", "/form/", .type = FORM, .body = "0123456789abcdefg", .repeat = 163840 },
    { "PUT", "/body/", .type = "application/json", .body = "{}" },
    { "DELETE", "/body/", .body = "x" },
    { "POST", "/body/", .headers = "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3\r\nabc\r\n0\r\n", .differs = BODY,
      .why = "WSGI reads by Content-Length alone", .ours = "helloabc" },
};

FL_TEST_WITH(sites, forms_and_bodies_are_read_as_django_reads_them, .timeout = 90) { ask_both(t, forms, FL_LENGTH(forms)); }

static const asking uploads[] = {
    { "POST", "/form/", .type = MULTI, .body = END },
    { "POST", "/form/", .type = MULTI, .body = FIELD("a", "1") END },
    { "POST", "/form/", .type = MULTI, .body = FIELD("a", "1") FIELD("a", "2") FIELD("b", "") END },
    { "POST", "/form/", .type = MULTI, .body = FIELD("caf\xC3\xA9", "\xC3\xA9t\xC3\xA9") END },
    { "POST", "/form/", .type = MULTI, .body = FIELD("a", "\xFF\xFE") END },
    { "POST", "/form/", .type = MULTI, .body = FIELD("a", "line 1\r\nline 2\r\n") END },
    { "POST", "/form/", .type = MULTI, .body = FIELD("a", "--BoUnDx and --BoUn") END },
    { "POST", "/form/", .type = MULTI, .body = FIELD("a", "1") UPLOAD("f", "a.txt", "text/plain", "hello") END },
    { "POST", "/form/", .type = MULTI,
      .body = UPLOAD("f", "a.txt", "text/plain", "1") UPLOAD("f", "b.txt", "text/plain", "22") END },
    { "POST", "/form/", .type = MULTI, .body = UPLOAD("f", "empty.txt", "text/plain", "") END },
    { "POST", "/form/", .type = MULTI, .body = UPLOAD("f", "", "text/plain", "no name") END },
    { "POST", "/form/", .type = MULTI, .body = UPLOAD("f", "C:\\\\dir\\\\name.txt", "text/plain", "x") END },
    { "POST", "/form/", .type = MULTI, .body = UPLOAD("f", "../../etc/passwd", "text/plain", "x") END },
    { "POST", "/form/", .type = MULTI, .body = UPLOAD("f", "..", "text/plain", "x") END },
    { "POST", "/form/", .type = MULTI, .body = UPLOAD("f", "/", "text/plain", "x") END },
    { "POST", "/form/", .type = MULTI, .body = UPLOAD("f", "na\xC3\xAFve \xF0\x9F\x98\x80.png", "image/png", "x") END },
    { "POST", "/form/", .type = MULTI, .body = UPLOAD("f", "a&quot;b&amp;c.txt", "text/plain", "x") END },
    { "POST", "/form/", .type = MULTI, .body = UPLOAD("f", "a;b=c.txt", "text/plain", "x") END },
    { "POST", "/form/", .type = MULTI, .body = UPLOAD("f", "a.txt", "text/html; charset=latin-1", "\xE9") END },
    { "POST", "/form/", .type = MULTI, .body = UPLOAD("f", "a.bin", "APPLICATION/Octet-Stream", "\x01\x02\r\n\r\n--Bo") END },
    { "POST", "/form/", .type = MULTI,
      .body = UPLOAD("caf\xC3\xA9", "a.txt", "text/plain", "x") UPLOAD("a b", "b", "a/b", "y") END },
    { "POST", "/form/", .type = MULTI, .body = "preamble\r\n" FIELD("a", "1") END "epilogue" },
    { "POST", "/form/", .type = MULTI, .body = "--BoUnD\r\ncontent-disposition: form-data; name=a\r\n\r\n1\r\n" END },
    { "POST", "/form/", .type = MULTI,
      .body = "--BoUnD\r\nContent-Disposition: form-data\r\n\r\nno name\r\n" FIELD("b", "2") END },
    { "POST", "/form/", .type = MULTI, .body = "--BoUnD\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n" END },
    { "POST", "/form/", .type = MULTI, .body = "--BoUnD\r\nX-Other: 1\r\n\r\nno disposition\r\n" FIELD("b", "2") END },
    { "POST", "/form/", .type = MULTI,
      .body = "--BoUnD\r\nContent-Disposition: form-data; name=\"f\"; filename*=utf-8''na%C3%AFve.txt\r\n\r\nx\r\n" END,
      .differs = BODY, .why = BY_NAME, .ours = "text/plain" },
    { "POST", "/form/", .type = MULTI,
      .body = "--BoUnD\r\nContent-Disposition: form-data; name=\"f\"; filename=\"b.txt\"\r\n"
              "Content-Transfer-Encoding: base64\r\n\r\naGVsbG8=\r\n" END,
      .differs = BODY, .why = BY_NAME, .ours = "text/plain" },
    { "POST", "/form/", .type = MULTI,
      .body = "--BoUnD\r\nContent-Disposition: form-data; name=\"a\"\r\n"
              "Content-Transfer-Encoding: base64\r\n\r\naGVsbG8=\r\n" END },
    { "POST", "/form/", .type = "multipart/form-data", .body = END },
    { "POST", "/form/", .type = "multipart/form-data; boundary=", .body = END },
    { "POST", "/form/", .type = "multipart/form-data; boundary=\"BoUnD\"", .body = FIELD("a", "1") END },
    { "POST", "/form/", .type = "multipart/form-data; charset=utf-8; boundary=BoUnD", .body = FIELD("a", "1") END },
    { "POST", "/form/", .type = "multipart/mixed; boundary=BoUnD", .body = FIELD("a", "1") END },
    { "POST", "/form/", .type = MULTI, .body = FIELD("a", "1"), .repeat = 1000, .end = END },
    { "POST", "/form/", .type = MULTI, .body = FIELD("a", "1"), .repeat = 1001, .end = END },
    { "POST", "/form/", .type = MULTI, .body = FIELD("a", "1"), .differs = STATUS | HEADERS | BODY,
      .why = "a form that breaks off is not taken for a whole one", .ours = "400" },
    { "POST", "/form/", .type = MULTI, .body = UPLOAD("f", "a", "text/plain", "x"), .repeat = 101, .end = END },
};

FL_TEST_WITH(sites, uploads_are_read_as_django_reads_them, .timeout = 90) { ask_both(t, uploads, FL_LENGTH(uploads)); }

static const asking heads[] = {
    { "GET", "/meta/" },
    { "GET", "/meta/?a=b%20c" },
    { "GET", "/meta/", .headers = "X-Foo: 1\r\nX-Bar: 2\r\n" },
    { "GET", "/meta/", .headers = "x-foo: 1\r\nX-FOO: 2\r\n", .differs = BODY, .why = "gunicorn joins without a space",
      .ours = "\"1, 2\"" },
    { "GET", "/meta/", .headers = "X-Foo:   spaces around   \r\n", .differs = BODY,
      .why = "gunicorn leaves spaces behind a value", .ours = "\"spaces around\"" },
    { "GET", "/meta/", .headers = "X-Foo:\r\n" },
    { "GET", "/meta/", .headers = "X_Foo: ours leaves this out\r\n", .differs = BODY,
      .why = "X_Foo could be taken for X-Foo: it is left out, as by Django's own server", .ours = "[\"HTTP_X_FOO\", null]" },
    { "GET", "/meta/", .headers = "X-Foo: caf\xE9\r\n", .differs = STATUS | HEADERS | BODY,
      .why = AS_SENT ", which JSON cannot say", .ours = "500" },
    { "GET", "/meta/", .headers = "X-Foo: caf\xC3\xA9\r\n", .differs = BODY, .why = AS_SENT, .ours = "caf\\u00e9" },
    { "GET", "/meta/",
      .headers = "X-123: digits\r\nUser-Agent: test/1.0 (x)\r\nAccept: */*\r\nAccept-Language: fr\r\nReferer: http://x/\r\n" },
    { "GET", "/meta/", .headers = "Cookie: a=1\r\nCookie: b=2\r\n", .differs = BODY,
      .why = "gunicorn joins by commas, which no cookie survives", .ours = "a=1; b=2" },
    { "POST", "/meta/", .type = "text/plain; charset=utf-8", .body = "12345" },
    { "POST", "/meta/", .type = "text/plain", .body = "" },
    { "PROPFIND", "/meta/" },
    { "GET", "/headers/", .headers = "X-Foo: 1\r\nUser-Agent: x\r\nX-Foo: 2\r\n", .differs = BODY,
      .why = "gunicorn joins without a space", .ours = "\"1, 2\"" },
    { "GET", "/headers/" },
    { "POST", "/headers/", .type = "a/b", .body = "" },
    { "GET", "/accepts/" },
    { "GET", "/accepts/", .headers = "Accept: text/html\r\n", .differs = BODY, .why = NEWER,
      .ours = "[true, false, false, true, true]" },
    { "GET", "/accepts/", .headers = "Accept: text/*, application/json;q=0.5\r\n", .differs = BODY, .why = NEWER,
      .ours = "[true, true, false, true, true]" },
    { "GET", "/accepts/", .headers = "Accept: \r\n" },
    { "GET", "/accepts/", .headers = "Accept: */*\r\n" },
    { "GET", "/accepts/", .headers = "Accept: image/png, garbage\r\n", .differs = BODY, .why = NEWER,
      .ours = "[false, false, true, false, true]" },
    { "OPTIONS", "/query/" },
    { "HEAD", "/query/?a=1" },
    { "HEAD", "/meta/" },
    { "GET", "http://testserver/query/?a=1" },
};

FL_TEST_WITH(sites, headers_are_seen_as_django_sees_them, .timeout = 90) { ask_both(t, heads, FL_LENGTH(heads)); }

static const asking targets[] = {
    { "GET", "/paths/" },
    { "GET", "/paths/x" },
    { "GET", "/paths/a/b/c" },
    { "GET", "/paths/a%20b" },
    { "GET", "/paths/a%2Fb" },
    { "GET", "/paths/caf%C3%A9/" },
    { "GET", "/paths/caf\xC3\xA9/", .differs = STATUS | HEADERS | BODY, .why = ONLY_ASCII, .ours = "400" },
    { "GET", "/paths/%F0%9F%98%80" },
    { "GET", "/paths/%E9" },
    { "GET", "/paths/%FF%FEx" },
    { "GET", "/paths/%C3" },
    { "GET", "/paths/a%3Fb%23c" },
    { "GET", "/paths/a%25b" },
    { "GET", "/paths/a%" },
    { "GET", "/paths/a%zz" },
    { "GET", "/paths/a+b" },
    { "GET", "/paths/a;b=1" },
    { "GET", "/paths/a:b@c!$&'()*,=~" },
    { "GET", "/paths/../paths/x" },
    { "GET", "/paths/./x" },
    { "GET", "/paths/%2e%2e/x" },
    { "GET", "/paths//x//y/", .differs = BODY, .why = "Python's urljoin() drops empty parts of the base, RFC 3986 keeps them",
      .ours = "/paths//x//y/x/?y=1" },
    { "GET", "//paths/x" },
    { "GET", "///paths/x" },
    { "GET", "/paths/x?a=1&b=%20" },
    { "GET", "/paths/x?caf\xC3\xA9", .differs = STATUS | HEADERS | BODY, .why = ONLY_ASCII, .ours = "400" },
    { "GET", "/paths/x?" },
    { "GET", "/paths/a%0Ab" },
    { "GET", "/paths/a%00b", .differs = BODY, .why = "texts end with a NUL: in a path it stays encoded",
      .ours = "\"rest\": \"a%00b\"" },
    { "GET", "/paths/a%5Cb%22c%3Ce%3E" },
    { "GET", "/paths/x#fragment", .differs = STATUS | HEADERS | BODY,
      .why = "a fragment is no part of a target (RFC 9112): the server refuses it", .ours = "400" },
};

FL_TEST_WITH(sites, paths_are_decoded_as_django_decodes_them, .timeout = 90) { ask_both(t, targets, FL_LENGTH(targets)); }

static const asking hosts[] = {
    { "GET", "/host/" },
    { "GET", "/host/", .host = "testserver:8000" },
    { "GET", "/host/", .host = "testserver:80" },
    { "GET", "/host/", .host = "TestServer" },
    { "GET", "/host/", .host = "example.com" },
    { "GET", "/host/", .host = "www.example.com" },
    { "GET", "/host/", .host = "a.b.example.com:81" },
    { "GET", "/host/", .host = "example.com." },
    { "GET", "/host/", .host = "notexample.com", .differs = HEADERS, .why = FIRST, .ours = "400" },
    { "GET", "/host/", .host = "example.com.evil", .differs = HEADERS, .why = FIRST, .ours = "400" },
    { "GET", "/host/", .host = "evil", .differs = HEADERS, .why = FIRST, .ours = "400" },
    { "GET", "/host/", .host = "127.0.0.1:9" },
    { "GET", "/host/", .host = "127.0.0.2", .differs = HEADERS, .why = FIRST, .ours = "400" },
    { "GET", "/host/", .host = "[::1]" },
    { "GET", "/host/", .host = "[::1]:8000" },
    { "GET", "/host/", .host = "[::2]", .differs = HEADERS, .why = FIRST, .ours = "400" },
    { "GET", "/host/", .host = "testserver:port", .differs = HEADERS | BODY, .why = BY_SERVER, .ours = "400" },
    { "GET", "/host/", .host = "testserver:", .differs = HEADERS, .why = FIRST, .ours = "400" },
    { "GET", "/host/", .host = "test_server", .differs = HEADERS, .why = FIRST, .ours = "400" },
    { "GET", "/host/", .host = "user@testserver", .differs = HEADERS | BODY, .why = BY_SERVER, .ours = "400" },
    { "GET", "/host/", .host = "testserver/path", .differs = HEADERS | BODY, .why = BY_SERVER, .ours = "400" },
    { "GET", "/host/", .host = "test server", .differs = HEADERS | BODY, .why = BY_SERVER, .ours = "400" },
    { "GET", "/host/", .host = "testserver:80:80", .differs = HEADERS | BODY, .why = BY_SERVER, .ours = "400" },
    { "GET", "/host/?port=1", .host = "testserver:8000", .differs = BODY, .why = "the port of the host, not the one listened at",
      .ours = "\"port\": \"8000\"" },
    { "GET", "/host/", .headers = "X-Forwarded-Host: evil\r\n" },
    { "GET", "/host/", .headers = "X-Forwarded-Proto: https\r\n" },
    { "GET", "/host/", .headers = "X-Forwarded-Proto: http\r\n" },
    { "GET", "/host/", .headers = "X-Forwarded-Port: 444\r\n" },
};

FL_TEST_WITH(sites, hosts_are_checked_as_django_checks_them, .timeout = 90) { ask_both(t, hosts, FL_LENGTH(hosts)); }

static const asking jars[] = {
    { "GET", "/cookies/" },
    { "GET", "/cookies/", .headers = "Cookie: a=1\r\n" },
    { "GET", "/cookies/", .headers = "Cookie: a=1; b=2;c=3\r\n" },
    { "GET", "/cookies/", .headers = "Cookie: a=1; a=2\r\n" },
    { "GET", "/cookies/", .headers = "Cookie: a=1\r\nCookie: b=2\r\n", .differs = BODY,
      .why = "gunicorn joins by commas, which no cookie survives", .ours = "[[\"a\", \"1\"], [\"b\", \"2\"]]" },
    { "GET", "/cookies/", .headers = "Cookie: a=\"quoted \\\"x\\\" \\054 \\303\\251\"\r\n" },
    { "GET", "/cookies/", .headers = "Cookie: a=b=c; d\r\n" },
    { "GET", "/cookies/", .headers = "Cookie: =x; y=\r\n" },
    { "GET", "/cookies/", .headers = "Cookie: ;;a=1; ;\r\n" },
    { "GET", "/cookies/", .headers = "Cookie:   a  =  1  \r\n" },
    { "GET", "/cookies/", .headers = "Cookie: a=caf\xC3\xA9; b=caf%C3%A9\r\n" },
    { "GET", "/cookies/", .headers = "Cookie: a=\xFF\r\n" },
    { "GET", "/cookies/", .headers = "Cookie: [x]=1; a b=2; c=x y\r\n" },
    { "GET", "/cookies/", .headers = "Cookie: a=\"unclosed; b=1\r\n" },
    { "GET", "/cookies/", .headers = "Cookie: a=1, b=2\r\n" },
    { "GET", "/set-cookie/?value=x" },
    { "GET", "/set-cookie/?value=" },
    { "GET", "/set-cookie/?value=a%20b" },
    { "GET", "/set-cookie/?value=a,b;c%22d%5C" },
    { "GET", "/set-cookie/?value=caf%C3%A9" },
    { "GET", "/set-cookie/?value=a/b:c@d!%23$%25%26'*%2B-.%5E_%60|~()" },
    { "GET", "/set-cookie/?value=%01%09%7F" },
    { "GET", "/set-cookie/?value=1&value=2" },
    { "GET", "/set-cookie/?name=caf%C3%A9&value=1" },
    { "GET", "/set-cookie/?name=a%20b&value=1" },
    { "GET", "/set-cookie/?name=path&value=1" },
    { "GET", "/set-cookie/?value=x&max_age=3600" },
    { "GET", "/set-cookie/?value=x&max_age=0", .differs = HEADERS,
      .why = "an age of 0 is FL_COOKIE_GONE, a deletion; Django says the present time",
      .ours = "expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0" },
    { "GET", "/set-cookie/?value=x&expires=1" },
    { "GET", "/set-cookie/?value=x&path=/a/" },
    { "GET", "/set-cookie/?value=x&path=" },
    { "GET", "/set-cookie/?value=x&domain=.example.com" },
    { "GET", "/set-cookie/?value=x&secure=1&httponly=1" },
    { "GET", "/set-cookie/?value=x&samesite=Lax" },
    { "GET", "/set-cookie/?value=x&samesite=strict" },
    { "GET", "/set-cookie/?value=x&samesite=None&secure=1" },
    { "GET", "/set-cookie/?value=x&samesite=wrong" },
    { "GET", "/set-cookie/?value=x&max_age=60&path=/p&domain=d.example&secure=1&httponly=1&samesite=Strict" },
    { "GET", "/delete-cookie/" },
    { "GET", "/delete-cookie/?name=x&path=/a/&domain=d.example" },
    { "GET", "/delete-cookie/?samesite=None" },
    { "GET", "/delete-cookie/?name=__Secure-x" },
    { "GET", "/delete-cookie/?name=__Host-x" },
    { "GET", "/signed-cookie/?name=s" },
    { "GET", "/signed-cookie/?name=s", .headers = "Cookie: s=value\r\n" },
    { "GET", "/signed-cookie/?name=s", .headers = "Cookie: s=value:1r31eq:GOufQWx9855wrong\r\n" },
};

FL_TEST_WITH(sites, cookies_are_read_and_set_as_django_does, .timeout = 90) { ask_both(t, jars, FL_LENGTH(jars)); }

/* What Django 3.2 signs, we read, with SIGNED_COOKIE_LEGACY_SALT_FALLBACK; ours has the salt of Django 6.1, which 3.2 does not know. Name,
 * salt and value are a part of the signature. */
static void carry_over(const char *from, const char *to, const char *salt, const char *value, const char *expected)
{
    asking sign = { "GET", fl_text("/sign-cookie/?name=s&salt=%s&value=%s", salt, value) };
    answer signed_there = ask(from, &sign);
    const char *cookie = answer_header(&signed_there, "set-cookie");

    fl_expect(cookie != NULL);
    asking read = { "GET", fl_text("/signed-cookie/?name=s&salt=%s", salt),
                    .headers = fl_text("Cookie: %.*s\r\n", (int)strcspn(cookie, ";"), cookie) };
    answer here = ask(to, &read);
    fl_expect_bytes(here.body, fl_str_of(expected));
    asking other = read;
    other.target = "/signed-cookie/?name=s&salt=another";
    answer refused = ask(to, &other);
    fl_expect_bytes(refused.body, fl_lit("refused"));
}

FL_TEST_WITH(sites, what_django_signed_is_read_by_us, .timeout = 90)
{
    carry_over(t->django, t->fleche, "", "7", "7");
    carry_over(t->django, t->fleche, "salt", "ada:1:2", "ada:1:2");
    carry_over(t->django, t->fleche, "salt", "a%20b%2Cc", "a b,c");
    carry_over(t->fleche, t->fleche, "salt", "own", "own");
}
