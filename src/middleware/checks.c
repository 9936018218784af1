/* System checks of what stands between a site and its attackers: Django's ids, texts and hints, so that what operators know, search for
 * and silence stays as it is. */
#include <fleche/middleware.h>
#include "middleware/check_texts.h"

enum { LEAST_KEY = 50, LEAST_CHARACTERS = 5 };

static bool uses_name(const char *name)
{
    const fl_middleware *const *list = fl_settings_now()->middleware;

    for (; list != NULL && *list != NULL; list++)
        if (fl_text_is((*list)->name, name))
            return true;
    return false;
}

static bool uses(const fl_middleware *middleware) { return uses_name(middleware->name); }

static bool has_app(const char *label)
{
    const fl_project *project = fl_project_now();

    for (size_t i = 0; project != NULL && project->apps != NULL && project->apps[i] != NULL; i++)
        if (fl_text_is(project->apps[i]->label, label))
            return true;
    return false;
}

static void warn(fl_checks *report, fl_security_message message)
{
    fl_check_warning(report, .id = message.id, .text = message.text);
}

/* -- the security middleware ------------------------------------------------------------------------------------------------------------ */

static bool is_valid_referrer_policy(const char *setting)
{
    static const char *const valid[] = { "no-referrer",
                                         "no-referrer-when-downgrade",
                                         "origin",
                                         "origin-when-cross-origin",
                                         "same-origin",
                                         "strict-origin",
                                         "strict-origin-when-cross-origin",
                                         "unsafe-url",
                                         NULL };
    fl_str rest = fl_str_of(setting), word;

    while (fl_str_cut(&rest, ',', &word))
        if (!fl_text_in_(fl_str_c(fl_str_trim(word)), valid))
            return false;
    return true;
}

static void check_hsts(fl_checks *report, const fl_settings *s)
{
    if (s->secure_hsts_seconds == 0) {
        warn(report, fl_w004);
        return;
    }
    if (!s->secure_hsts_include_subdomains)
        warn(report, fl_w005);
    if (!s->secure_hsts_preload)
        warn(report, fl_w021);
}

static void check_headers(fl_checks *report, const fl_settings *s)
{
    const char *referrer = s->secure_referrer_policy, *opener = s->secure_cross_origin_opener_policy;

    if (!s->secure_content_type_nosniff)
        warn(report, fl_w006);
    if (!s->secure_ssl_redirect)
        warn(report, fl_w008);
    if (referrer == NULL)
        warn(report, fl_w022);
    else if (!is_valid_referrer_policy(referrer))
        fl_check_error(report, .id = fl_e023.id, .text = fl_e023.text, .hint = fl_e023.hint);
    if (opener != NULL && !fl_text_in(opener, "same-origin", "same-origin-allow-popups", "unsafe-none"))
        fl_check_error(report, .id = fl_e024.id, .text = fl_e024.text, .hint = fl_e024.hint);
}

FL_CHECK(security_middleware, .tags = { "security" }, .deploy = true);
static void security_middleware(fl_checks *report, const fl_check_scope *scope)
{
    const fl_settings *s = fl_settings_now();

    (void)scope;
    if (!uses(&fl_security)) {
        warn(report, fl_w001);
        return;
    }
    check_hsts(report, s);
    check_headers(report, s);
}

FL_CHECK(security_frames, .tags = { "security" }, .deploy = true);
static void security_frames(fl_checks *report, const fl_check_scope *scope)
{
    (void)scope;
    if (!uses(&fl_clickjacking))
        warn(report, fl_w002);
    else if (!fl_text_is(fl_settings_now()->x_frame_options, "DENY"))
        warn(report, fl_w019);
}

/* -- keys, debug, hosts -------------------------------------------------------------------------------------------------------------------- */

static bool is_strong(const char *key)
{
    bool seen[256] = { false };
    size_t different = 0;

    if (key == NULL || strlen(key) < LEAST_KEY || fl_starts_with(key, "django-insecure-"))
        return false;
    for (const unsigned char *at = (const unsigned char *)key; *at != '\0'; at++) {
        different += !seen[*at];
        seen[*at] = true;
    }
    return different >= LEAST_CHARACTERS;
}

static void check_key(fl_checks *report, const char *id, const char *name, const char *key)
{
    if (!is_strong(key))
        fl_check_warning(report, .id = id, .text = fl_text("Your %s%s", name, fl_weak_key));
}

FL_CHECK(security_keys, .tags = { "security" }, .deploy = true);
static void security_keys(fl_checks *report, const fl_check_scope *scope)
{
    const fl_settings *s = fl_settings_now();

    (void)scope;
    check_key(report, "security.W009", "SECRET_KEY", s->secret_key);
    for (size_t i = 0; i < fl_len(s->secret_key_fallbacks); i++)
        check_key(report, "security.W025", fl_text("SECRET_KEY_FALLBACKS[%zu]", i),
                  fl_value_text(fl_list_at(s->secret_key_fallbacks, (fl_int)i)));
}

FL_CHECK(security_deployment, .tags = { "security" }, .deploy = true);
static void security_deployment(fl_checks *report, const fl_check_scope *scope)
{
    (void)scope;
    if (fl_settings_now()->debug)
        warn(report, fl_w018);
    if (fl_len(fl_settings_now()->allowed_hosts) == 0)
        warn(report, fl_w020);
}

/* -- sessions ---------------------------------------------------------------------------------------------------------------------------------- */

/* One message for the app, one for the middleware, or one for both. */
static void check_session(fl_checks *report, fl_security_message app, fl_security_message middleware, fl_security_message both)
{
    bool is_app = has_app("sessions"), is_used = uses_name("fl_sessions");

    if (is_app && is_used)
        warn(report, both);
    else if (is_app)
        warn(report, app);
    else if (is_used)
        warn(report, middleware);
}

FL_CHECK(security_sessions, .tags = { "security" }, .deploy = true);
static void security_sessions(fl_checks *report, const fl_check_scope *scope)
{
    (void)scope;
    if (!fl_settings_now()->session_cookie_secure)
        check_session(report, fl_w010, fl_w011, fl_w012);
    if (!fl_settings_now()->session_cookie_httponly)
        check_session(report, fl_w013, fl_w014, fl_w015);
}

/* -- CSRF ---------------------------------------------------------------------------------------------------------------------------------------- */

FL_CHECK(security_csrf, .tags = { "security" }, .deploy = true);
static void security_csrf(fl_checks *report, const fl_check_scope *scope)
{
    const fl_settings *s = fl_settings_now();

    (void)scope;
    if (!uses(&fl_csrf))
        warn(report, fl_w003);
    else if (!s->csrf_use_sessions && !s->csrf_cookie_secure)
        warn(report, fl_w016);
}

FL_CHECK(trusted_origins, .tags = { "compatibility" });
static void trusted_origins(fl_checks *report, const fl_check_scope *scope)
{
    const fl_list *origins = fl_settings_now()->csrf_trusted_origins;

    (void)scope;
    for (size_t i = 0; i < fl_len(origins); i++) {
        const char *origin = fl_value_text(fl_list_at(origins, (fl_int)i));
        if (!fl_str_find(fl_str_of(origin), fl_lit("://"), NULL))
            fl_check_error(report, .id = "4_0.E001", .text = fl_text(fl_trusted_origin_format, origin));
    }
}

/* -- content security policies ----------------------------------------------------------------------------------------------------------------- */

static bool has_nonce(const fl_csp_directive *table)
{
    for (; table != NULL && table->name != NULL; table++)
        if (fl_text_in_(FL_CSP_NONCE, (const char *const *)table->sources))
            return true;
    return false;
}

static bool has_csp_context(const fl_settings *s)
{
    for (fl_context_processor *const *at = s->context_processors; at != NULL && *at != NULL; at++)
        if (*at == fl_csp_context)
            return true;
    return false;
}

FL_CHECK(security_csp, .tags = { "security" });
static void security_csp(fl_checks *report, const fl_check_scope *scope)
{
    const fl_settings *s = fl_settings_now();

    (void)scope;
    if (uses(&fl_csp) && (has_nonce(s->secure_csp) || has_nonce(s->secure_csp_report_only)) && !has_csp_context(s))
        fl_check_warning(report, .id = fl_w027.id, .text = fl_w027.text, .hint = fl_w027.hint);
}

/* -- order -------------------------------------------------------------------------------------------------------------------------------------- */

/* The order to use, outermost first; what is not in it may stand anywhere. */
static const char *const order[] = {
    "fl_request_id",  "fl_timing",   "fl_security",        "fl_hosts",          "fl_update_cache", "fl_cors",
    "fl_gzip",        "fl_sessions", "fl_conditional_get", "fl_locale",         "fl_broken_links", "fl_common",
    "fl_fetch_cache", "fl_csrf",     "fl_authentication",  "fl_login_required", "fl_messages",
};

static size_t place_of(const char *name)
{
    for (size_t i = 0; i < FL_LENGTH(order); i++)
        if (fl_text_is(order[i], name))
            return i;
    return SIZE_MAX;
}

FL_CHECK(middleware_order, .tags = { "security" });
static void middleware_order(fl_checks *report, const fl_check_scope *scope)
{
    const fl_middleware *const *list = fl_settings_now()->middleware;
    const char *last = NULL;
    size_t last_place = 0;

    (void)scope;
    for (; list != NULL && *list != NULL; list++) {
        size_t place = place_of((*list)->name);
        if (place == SIZE_MAX)
            continue;
        if (last != NULL && place < last_place) {
            fl_check_warning(
                report, .id = "middleware.W001", .object = "fl_use_middleware",
                .text = fl_text("%s stands behind %s: it sees requests later, and responses earlier, than it should.",
                                (*list)->name, last),
                .hint = fl_text("Move %s above %s.", (*list)->name, last));
            continue;
        }
        last = (*list)->name;
        last_place = place;
    }
}

void fl_middleware_checks_register(void)
{
    static const fl_check *const all[] = {
        &security_middleware_check, &security_frames_check,   &security_keys_check,
        &security_deployment_check, &security_sessions_check, &security_csrf_check,
        &trusted_origins_check,     &security_csp_check,      &middleware_order_check,
    };

    for (size_t i = 0; i < FL_LENGTH(all); i++)
        fl_check_register(all[i]);
}
