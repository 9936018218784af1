/* Content security policies: tables of the settings, or of a view, as headers. Those without a nonce are written once, at start. */
#include <fleche/buf.h>
#include <fleche/codec.h>
#include <fleche/crypto.h>
#include <fleche/middleware.h>

typedef struct policy {
    const fl_csp_directive *table;
    const char *text;
    bool has_nonce;
} policy; /* text: without a nonce */
static policy enforced, reported; /* one a process */

/* -- texts --------------------------------------------------------------------------------------------------------------------------------- */

static bool is_nonce(const char *source) { return fl_text_is(source, FL_CSP_NONCE); }

static void add_directive(fl_buf *out, const fl_csp_directive *directive, const char *nonce)
{
    size_t count = 0, written = 0, before = out->size;

    if (before > 0)
        fl_buf_add(out, fl_lit("; "));
    fl_buf_add_c(out, directive->name);
    for (; count < FL_CSP_SOURCES && directive->sources[count] != NULL; count++) {
        const char *source = directive->sources[count];
        if (is_nonce(source) && nonce == NULL)
            continue;
        fl_buf_add_char(out, ' ');
        is_nonce(source) ? fl_buf_format(out, "'nonce-%s'", nonce) : fl_buf_add_c(out, source);
        written++;
    }
    if (count > 0 && written == 0 && !fl_buf_failed(out))
        out->size = before; /* nothing but a nonce, and none was made */
}

static const char *text_of(const fl_csp_directive *table, const char *nonce)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 64 << 10);

    for (; table != NULL && table->name != NULL; table++)
        add_directive(&out, table, nonce);
    return out.size == 0 ? NULL : fl_buf_c(&out);
}

static bool has_nonce(const fl_csp_directive *table)
{
    for (; table != NULL && table->name != NULL; table++)
        for (size_t i = 0; i < FL_CSP_SOURCES && table->sources[i] != NULL; i++)
            if (is_nonce(table->sources[i]))
                return true;
    return false;
}

static policy policy_of(const fl_csp_directive *table) { return (policy){ table, text_of(table, NULL), has_nonce(table) }; }

static bool start(const fl_settings *settings)
{
    enforced = policy_of(settings->secure_csp);
    reported = policy_of(settings->secure_csp_report_only);
    return true;
}

/* -- nonces ---------------------------------------------------------------------------------------------------------------------------------- */

static const char key[] = "fleche.csp_nonce";

static const char *nonce_or_null(const fl_request *request)
{
    fl_value v = fl_request_get(request, key);
    return fl_value_is_none(v) ? NULL : v.text.data;
}

/* As secrets.token_urlsafe(16): 22 characters. */
const char *fl_csp_nonce(fl_request *request)
{
    const char *nonce = nonce_or_null(request);
    uint8_t bytes[16];

    if (nonce != NULL)
        return nonce;
    fl_random_bytes(bytes, sizeof bytes);
    fl_arena *before = fl_arena_set_here(request->arena);
    fl_buf out = fl_buf_in(request->arena, 64);
    fl_base64_encode(fl_str_n((const char *)bytes, sizeof bytes), FL_BASE64URL, &out);
    nonce = fl_buf_c(&out);
    fl_arena_set_here(before);
    fl_request_put(request, key, nonce);
    return nonce;
}

/* -- each request ------------------------------------------------------------------------------------------------------------------------------ */

static const fl_csp_directive *override_of(const fl_request *request, fl_wrap *wrap)
{
    const fl_csp_directive *table = NULL;

    for (size_t i = 0; i < request->match->decorator_count; i++)
        if (request->match->decorators[i]->wrap == wrap)
            table = request->match->decorators[i]->data;
    return table;
}

static void add_policy(const fl_request *request, fl_response *response, const char *name, const policy *of)
{
    const char *nonce = of->has_nonce ? nonce_or_null(request) : NULL;
    const char *text = nonce == NULL ? of->text : text_of(of->table, nonce);

    if (text != NULL)
        fl_set_default_header(response, name, text);
}

static void add(const fl_request *request, fl_response *response, const char *name, const policy *of, unsigned mark,
                fl_wrap *wrap)
{
    if (FL_LIKELY(!(response->marks & mark))) {
        add_policy(request, response, name, of);
        return;
    }
    policy own = policy_of(override_of(request, wrap));
    add_policy(request, response, name, &own);
}

static fl_response *call(fl_request *request, fl_next *next)
{
    fl_response *response = fl_call_next(next, request);

    add(request, response, "Content-Security-Policy", &enforced, FL_CSP_EXEMPT, fl_wrap_csp);
    add(request, response, "Content-Security-Policy-Report-Only", &reported, FL_CSP_REPORT_EXEMPT, fl_wrap_csp_report_only);
    return response;
}

FL_MIDDLEWARE(fl_csp, .call = call, .start = start);

/* -- decorators ---------------------------------------------------------------------------------------------------------------------------------- */

/* The header is written by the middleware, when the nonce is known: templates are rendered behind decorators. */
fl_response *fl_wrap_csp(fl_request *request, fl_next *next, const fl_decorator *self)
{
    fl_response *response = fl_call_next(next, request);

    (void)self;
    response->marks |= FL_CSP_EXEMPT;
    return response;
}

fl_response *fl_wrap_csp_report_only(fl_request *request, fl_next *next, const fl_decorator *self)
{
    fl_response *response = fl_call_next(next, request);

    (void)self;
    response->marks |= FL_CSP_REPORT_EXEMPT;
    return response;
}

/* -- templates ------------------------------------------------------------------------------------------------------------------------------------ */

/* Prints itself as the nonce: a page that does not show it has a policy without one. */
typedef struct lazy_nonce {
    fl_tag tag;
    fl_request *request;
} lazy_nonce;

static void print_nonce(const void *object, fl_buf *out)
{
    const lazy_nonce *it = object;
    fl_buf_add_c(out, fl_csp_nonce(it->request));
}

static bool is_made(const void *object)
{
    const lazy_nonce *it = object;
    return nonce_or_null(it->request) != NULL;
}

static const fl_type lazy_nonce_type = { .name = "csp_nonce", .print = print_nonce, .truth = is_made };

void fl_csp_context(fl_request *request, fl_json *context)
{
    lazy_nonce *it = fl_new_of(lazy_nonce);

    *it = (lazy_nonce){ FL_OBJECT(lazy_nonce_type), request };
    fl_json_put(context, "csp_nonce", it);
}
