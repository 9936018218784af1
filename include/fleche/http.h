/* HTTP: what was asked and what is answered, whatever protocol carries it.
 *
 *     static fl_response *hello(fl_request *req)
 *     {
 *         const char *name = fl_query(req, "name");              // ?name=…; NULL when absent
 *         fl_response *response = fl_text_response(fl_text("Hello, %s!", name == NULL ? "World" : name));
 *         fl_set_header(response, "X-Greeted", "%zu", strlen(response->content_type));
 *         return response;
 *     }
 *
 * A request and its response live in the request's arena and end with it. Header names know no case and keep their order; values
 * are checked where they are set (no CR, LF or NUL: FL_BAD_HEADER). What a request carries is parsed when it is first asked for: a
 * view that looks at nothing pays for nothing. What waits (a body that is still on its way) says so. */
#pragma once
#include "files.h"
#include "json.h"
#include "querydict.h"

typedef struct fl_request fl_request;
typedef struct fl_response fl_response;
struct fl_conn;
typedef fl_response *fl_view(fl_request *request);            /* fl_view article_list, article_detail; declares views in a header */

/* -- errors: what a hostile or broken client causes; each answers with its status and is logged under its own name ------------------ */
extern const fl_error_class FL_BAD_HEADER,                    /* a header's name or value that cannot be sent (500) */
    FL_DISALLOWED_HOST, FL_DISALLOWED_REDIRECT, FL_REQUEST_DATA_TOO_BIG, FL_TOO_MANY_FIELDS, FL_TOO_MANY_FILES,
    FL_SUSPICIOUS_MULTIPART, FL_MULTIPART_ERROR,              /* 400 each; FL_SUSPICIOUS_OPERATION but for the last */
    FL_UNREADABLE_BODY,                                       /* the client went away, or its body is broken (400), too slow (408), or
                                                                 longer than the server's own limit (413) */
    FL_BODY_CONSUMED,                                         /* the body was read in parts and is asked for as a whole (500) */
    FL_REQUEST_ABORTED;                                       /* the client has gone: nobody will see the answer (400) */

/* -- header tables ------------------------------------------------------------------------------------------------------------- */
typedef struct fl_header_line { fl_str name, value; } fl_header_line;         /* value ends with a NUL */
typedef struct fl_headers { fl_header_line *lines; size_t count, capacity; fl_arena *arena; } fl_headers;

const char *fl_headers_get(const fl_headers *headers, const char *name);      /* the first one's value; NULL when absent */
fl_str fl_headers_get_str(const fl_headers *headers, fl_str name);            /* data NULL when absent */
const char *fl_headers_joined(const fl_headers *headers, const char *name);   /* of several: "a, b" ("a; b" of Cookie); NULL when absent */
size_t fl_headers_count_of(const fl_headers *headers, fl_str name);
/* These copy, into the table's arena (NULL: the current one, which becomes the table's). They raise FL_BAD_HEADER for a name that is no
 * token, and for a value with CR, LF or NUL, or of more than 64 KiB. */
void fl_headers_add(fl_headers *headers, fl_str name, fl_str value);          /* one more of that name */
void fl_headers_put(fl_headers *headers, fl_str name, fl_str value);          /* in place of those of that name, where the first stood */
bool fl_headers_delete(fl_headers *headers, fl_str name);

/* -- requests -------------------------------------------------------------------------------------------------------------------- */
struct fl_request {
    fl_tag tag;
    const char *method;                          /* "GET", as it was sent: methods know case */
    const char *path;                            /* decoded: "/articles/caf\u00e9/", with the script's prefix */
    const char *path_info;                       /* the same without it: what URL tables see */
    const char *query_string;                    /* as it was sent, without "?"; "" */
    const char *full_path;                       /* path, escaped, and query: "/articles/caf%C3%A9/?page=2" */
    const char *scheme;                          /* "http" or "https": the connection's, or what a trusted proxy says */
    const char *host;                            /* "example.com:8000": checked; "" if there is none */
    const char *content_type;                    /* lower case, without parameters: "application/json"; "" */
    const char *remote_address;                  /* "203.0.113.7": the connection's peer, or what a trusted proxy says; "" of a
                                                    Unix socket */
    int remote_port;
    int version;                                 /* 10, 11, 20 */
    fl_bytes body;                               /* all of it, if it was read before the view (see fl_body) */
    long long content_length;                    /* -1: not said (chunked) */
    fl_headers headers;
    const char *script_name;                     /* "" or the prefix this site is mounted at: "/shop" */

    /* what routing and middleware leave here */
    const char *view_name;                       /* "article_list"; NULL before it is known */
    const struct fl_match *match;                /* urls.h: route, names, namespaces, arguments; NULL before it is known */
    const struct fl_urls *urlconf;               /* in place of the settings' root; NULL */
    const char *current_app;                     /* which instance of an app's URLs this is, for fl_reverse */
    struct fl_row *user;
    void *app_data;                              /* the application's own */

    fl_arena *arena;                             /* where all of it lives; what is parsed later, too */
    const struct fl_request_limits *limits;      /* upload.h: what it may carry; NULL: the defaults */
    struct fl_exchange *exchange;                /* what carries it; NULL for one made by a test. Private, as the rest */
    struct fl_request_parts *parts;
};

/* fl_request_new makes one without a connection, for tests and tools: method, target ("/a/?b=1"), headers by fl_headers_add. */
fl_request *fl_request_new(const char *method, const char *target);
void fl_request_set_body(fl_request *request, fl_str body, const char *content_type);
fl_request *fl_current_request(void);            /* the one this fiber answers; raises FL_PROGRAMMING_ERROR outside of one */
fl_request *fl_current_request_or_null(void);

bool fl_is_get(const fl_request *request);       /* GET or HEAD: HEAD is answered as GET, without the body */
bool fl_is_post(const fl_request *request);
bool fl_is_safe_method(const fl_request *request);         /* GET, HEAD, OPTIONS, TRACE */
bool fl_is_secure(const fl_request *request);              /* https */
bool fl_is_ajax(const fl_request *request);                /* X-Requested-With: XMLHttpRequest */

const char *fl_header(const fl_request *request, const char *name);        /* "" when absent; several are joined by ", " */
const char *fl_header_or_null(const fl_request *request, const char *name);
const char *fl_meta(const fl_request *request, const char *name);          /* CGI's names: "HTTP_HOST", "REMOTE_ADDR"; NULL when absent */
const char *fl_cookie(const fl_request *request, const char *name);        /* NULL when absent */
const fl_querydict *fl_cookies(const fl_request *request);
const char *fl_query(const fl_request *request, const char *name);         /* of the query string; NULL when absent */
const fl_querydict *fl_query_all(const fl_request *request);               /* request.GET */
const char *fl_port(const fl_request *request);            /* "443": of the host, else of the scheme */
/* fl_absolute_url makes "https://example.com/a/?b=1" of a location relative to this request; NULL: of itself. */
const char *fl_absolute_url(const fl_request *request, const char *location);

/* Accept: fl_accepts says whether the client takes a type; fl_preferred_type which of several it likes best, or NULL. */
bool fl_accepts(const fl_request *request, const char *type);
const char *fl_preferred_type_(const fl_request *request, const char *const *types);
#define fl_preferred_type(request, ...) fl_preferred_type_(request, FL_STRINGS(__VA_ARGS__))

/* What a middleware leaves for the view. */
void fl_request_put_(fl_request *request, const char *key, fl_value value);
#define fl_request_put(request, key, value) fl_request_put_(request, key, fl_box(value))
fl_value fl_request_get(const fl_request *request, const char *key);       /* none when absent */

/* -- bodies ---------------------------------------------------------------------------------------------------------------------- */
/* A body is read before the view if it is announced, no form with files, and no longer than the limit (data_upload_max_memory_size):
 * then it is request->body. Anything else waits for the view:
 *   fl_body         all of it; waits; raises FL_REQUEST_DATA_TOO_BIG beyond the limit, FL_BODY_CONSUMED after fl_body_read
 *   fl_body_read    the next bytes, at most `size`; waits; 0 at the end; as much as one likes
 *   fl_post, …      parse forms, files through upload handlers (upload.h); wait
 * All raise FL_UNREADABLE_BODY when the client breaks off. A view that reads nothing costs the client its connection at most. */
fl_bytes fl_body(fl_request *request);
size_t fl_body_read(fl_request *request, void *ret, size_t size);
const fl_json *fl_body_json(fl_request *request);          /* raises FL_BAD_JSON (400) with line and column */
const char *fl_post(const fl_request *request, const char *name);          /* a field of a form; NULL when absent */
const fl_querydict *fl_post_all(const fl_request *request);                /* request.POST; empty if there is no form */
fl_file *fl_upload(const fl_request *request, const char *name);           /* the last file of that name; NULL when absent */
const fl_list *fl_uploads(const fl_request *request, const char *name);    /* all files of that name, as objects */

/* -- responses ------------------------------------------------------------------------------------------------------------------- */
/* fl_stream_body is called again and again until it returns false; what it takes from the arena goes after each call. It
 * writes with fl_response_write() and may wait. */
typedef bool fl_stream_body(void *state, fl_response *response);

struct fl_response {
    fl_tag tag;
    int status;
    const char *content_type;                    /* what Content-Type will say; NULL: no such header */
    fl_bytes body;
    bool streaming;                              /* the body comes later: from a stream or a file */

    fl_arena *arena;                             /* where it lives: what setters copy goes there, even inside an fl_scope */
    const char *reason;                          /* NULL: the status's usual phrase */
    fl_headers headers;                          /* without Content-Type, and Set-Cookie, which stand before and behind */
    struct fl_set_cookie *cookies;               /* in the order they were first set; the rest is private */
    fl_file *file;                               /* what is sent with sendfile(); NULL */
    fl_int file_from, file_size;                 /* of it: a part; -1: to its end */
    fl_stream_body *stream;
    void *stream_state;
    void (*upgrade)(void *state, struct fl_conn *conn, fl_str early);      /* behind a 101: takes the connection over; waits */
    void *upgrade_state;
    struct fl_closer *closers;                   /* run when the last byte is sent, or the client has gone */
    struct fl_template_response *lazy;           /* web.h: a template that is not rendered yet; NULL */
    unsigned marks;                              /* what decorators tell middleware: fl_response_mark */
    struct fl_exchange *exchange;                /* while it streams */
    size_t body_capacity;
    bool sent, close;                            /* its head has left; the connection ends behind it */
};

typedef struct fl_response_options { int status; const char *content_type, *template_block, *reason; } fl_response_options;

/* Text is text/plain, HTML text/html; both say utf-8. They do not copy the text. */
fl_response *fl_text_response_(const char *text, const fl_response_options *options);
fl_response *fl_html_response_(const char *html, const fl_response_options *options);
fl_response *fl_bytes_response_(fl_bytes bytes, const fl_response_options *options);   /* application/octet-stream */
fl_response *fl_json_response_(const fl_json *json, const fl_response_options *options);   /* as Django's JsonResponse writes it */
#define fl_text_response(text, ...) fl_text_response_(text, &(const fl_response_options){ __VA_ARGS__ })
#define fl_html_response(html, ...) fl_html_response_(html, &(const fl_response_options){ __VA_ARGS__ })
#define fl_bytes_response(bytes, ...) fl_bytes_response_(bytes, &(const fl_response_options){ __VA_ARGS__ })
#define fl_json_response(json, ...) fl_json_response_(json, &(const fl_response_options){ __VA_ARGS__ })
fl_response *fl_status_response(int status);                               /* an empty body */
fl_response *fl_not_allowed_(const char *const *permitted);                /* 405 with Allow */
#define fl_not_allowed(...) fl_not_allowed_(FL_STRINGS(__VA_ARGS__))
fl_response *fl_not_modified(void);                                        /* 304 */

/* fl_redirect_to answers with a location as it is given: 302, or 301, 307, 308. Schemes other than http, https and ftp raise
 * FL_DISALLOWED_REDIRECT, and so do more than max_length characters, counted as they are sent (0: 16384, as Django). By name of a
 * view: fl_redirect, urls.h. */
typedef struct fl_redirect_options { bool permanent, preserve_request; size_t max_length; } fl_redirect_options;
fl_response *fl_redirect_to_(const char *location, const fl_redirect_options *options);
#define fl_redirect_to(location, ...) fl_redirect_to_(location, &(const fl_redirect_options){ __VA_ARGS__ })

fl_response *fl_stream_response(const char *content_type, fl_stream_body *body, void *state);
typedef struct fl_file_options { bool as_attachment; const char *name, *content_type; int status; } fl_file_options;
fl_response *fl_file_response_(fl_file *file, const fl_file_options *options);   /* name and type from the file; ranges: conditional.h */
#define fl_file_response(file, ...) fl_file_response_(file, &(const fl_file_options){ __VA_ARGS__ })

/* Writing: to the body while it is being made; to the client, in chunks, inside a stream (then it waits, and raises
 * FL_REQUEST_ABORTED when the client has gone). */
void fl_response_write(fl_response *response, const char *text);
void fl_response_write_bytes(fl_response *response, fl_str bytes);
void fl_response_printf(fl_response *response, const char *format, ...) FL_PRINTF(2, 3);
void fl_response_flush(fl_response *response);             /* in a stream: what was written leaves now */
void fl_response_set_body(fl_response *response, fl_str body);             /* not copied */
static inline fl_str fl_response_body(const fl_response *response)
{
    return (fl_str){ (const char *)response->body.data, response->body.size };
}
/* Marks: what a view's decorators tell the middleware around it. */
typedef enum fl_response_mark { FL_XFRAME_EXEMPT = 1, FL_CSP_EXEMPT = 2, FL_CSP_REPORT_EXEMPT = 4, FL_NO_GZIP = 8, FL_CSRF_DONE = 16 } fl_response_mark;
/* fl_response_on_close runs run(data) when the response has been sent or given up, the last one first. */
void fl_response_on_close(fl_response *response, void (*run)(void *data), void *data);
void fl_response_close(fl_response *response);             /* runs them, once */

/* Headers. Content-Type is response->content_type in every way. */
void fl_set_header(fl_response *response, const char *name, const char *format, ...) FL_PRINTF(3, 4);
void fl_put_header(fl_response *response, fl_str name, fl_str value);      /* the same without a format */
void fl_add_header(fl_response *response, fl_str name, fl_str value);      /* one more of that name */
void fl_set_default_header(fl_response *response, const char *name, const char *value);   /* unless it is there */
const char *fl_response_header(const fl_response *response, const char *name);            /* NULL when absent */
bool fl_delete_header(fl_response *response, const char *name);
/* fl_vary_on adds names to Vary, each once. */
void fl_vary_on_(fl_response *response, const char *const *names);
#define fl_vary_on(response, ...) fl_vary_on_(response, FL_STRINGS(__VA_ARGS__))
/* fl_patch_cache_control adds directives to Cache-Control as Django's patch_cache_control: "max-age=60", "no-cache", "private"… */
void fl_patch_cache_control_(fl_response *response, const char *const *directives);
#define fl_patch_cache_control(response, ...) fl_patch_cache_control_(response, FL_STRINGS(__VA_ARGS__))
void fl_never_cache(fl_response *response);                /* Expires now, max-age=0, no-cache, no-store, must-revalidate, private */

/* Cookies: one of a name; a later one takes its place. Attributes in Django's order and quoting. max_age 0: a session cookie unless
 * `expires` is set (one of them, not both: FL_VALUE_ERROR); FL_COOKIE_GONE deletes. What cannot be sent raises FL_BAD_HEADER: names that
 * are none, values with characters beyond U+00FF. */
#define FL_COOKIE_GONE FL_SECONDS(-1)
typedef struct fl_cookie_options {
    fl_duration max_age;
    fl_datetime expires;
    const char *path, *domain, *same_site;       /* path NULL: "/", "" none; same_site "Lax", "Strict" or "None" */
    bool secure, http_only;
} fl_cookie_options;
typedef struct fl_set_cookie { struct fl_set_cookie *next; fl_str name; const char *header; } fl_set_cookie;
void fl_set_cookie_(fl_response *response, const char *name, const char *value, const fl_cookie_options *options);
#define fl_set_cookie(response, name, value, ...) fl_set_cookie_(response, name, value, &(const fl_cookie_options){ __VA_ARGS__ })
void fl_delete_cookie_(fl_response *response, const char *name, const fl_cookie_options *options);
#define fl_delete_cookie(response, name, ...) fl_delete_cookie_(response, name, &(const fl_cookie_options){ __VA_ARGS__ })
/* Signed ones need the site's key: fl_set_signed_cookie and fl_signed_cookie in web.h. */

const char *fl_status_phrase(int status);                  /* "Not Found"; "Unknown Status Code" */

/* -- locations --------------------------------------------------------------------------------------------------------------------- */
const char *fl_iri_to_uri(const char *iri);                /* what may not stand in a URI is percent-encoded; itself if all may */
const char *fl_escape_path(const char *path);              /* a decoded path for a URI: "?", "#" and "%" encoded too */

/* fl_url_has_allowed_host_and_scheme tells whether a URL that a client gave ("?next=") leads nowhere but to these hosts ("example.com:8000"
 * exactly; the list ends with a NULL, and may be NULL) by http or https. Paths of this site are fine; "" and NULL are not. */
bool fl_url_has_allowed_host_and_scheme(const char *url, const char *const *hosts, bool require_https);
bool fl_is_same_domain(fl_str host, fl_str pattern);       /* ".example.com" is example.com and all below it; host in lower case */
