/* The table of all settings, sorted by name: what each is called, where it is, what it begins as and what it may be.
 * Everything that goes through the settings (defaults, checks, differences, pages for developers) goes through this. A row
 * whose type is not its member's does not compile. */
#include "settings/settings.h"

/* clang-format off */
#define TYPED(type, member) .offset = offsetof(fl_settings, member) + 0 * sizeof(struct { \
    _Static_assert(__builtin_types_compatible_p(type, __typeof__(((fl_settings *)NULL)->member)), "a row of another type"); \
    char c; })
#define ROW(name_, kind_, type, member, ...) { .name = #name_, .kind = kind_, TYPED(type, member), __VA_ARGS__ }
#define TEXT(name, member, value, ...)     ROW(name, SETTING_TEXT, const char *, member, .text = value, __VA_ARGS__)
#define BOOL(name, member, value, ...)     ROW(name, SETTING_BOOL, bool, member, .number = value, __VA_ARGS__)
#define LIST(name, member, value, ...)     ROW(name, SETTING_LIST, const fl_list *, member, .list = value, __VA_ARGS__)
#define NUMBER(name, kind, type, member, value, from, to, ...) \
    ROW(name, kind, type, member, .number = value, .least = from, .most = to, __VA_ARGS__)
#define INT(name, member, ...) NUMBER(name, SETTING_INT, int, member, __VA_ARGS__)
#define BIG(name, member, ...) NUMBER(name, SETTING_BIG, fl_int, member, __VA_ARGS__)
#define DURATION(name, kind, member, value, is_own) ROW(name, kind, fl_duration, member, .number = value, .own = is_own)
#define OWN_ROW(name, kind, type, member)       ROW(name, kind, type, member, .own = true)
#define OWN_TEXT(name, member, value)           TEXT(name, member, value, .own = true)
#define OWN_BOOL(name, member, value)           BOOL(name, member, value, .own = true)
#define OWN_LIST(name, member, value)           LIST(name, member, value, .own = true)
#define OWN_BIG(name, member, value, from, to)  BIG(name, member, value, from, to, .own = true)
#define OWN_SIZE(name, member)                  ROW(name, SETTING_SIZE, size_t, member, .own = true)
#define TEXTS static const char *const

TEXTS samesite[] = { "Lax", "Strict", "None", NULL };
TEXTS frame_options[] = { "DENY", "SAMEORIGIN", NULL };
TEXTS auth_backends[] = { "model", NULL };
TEXTS upload_handlers[] = { "memory", "temporary", NULL };
TEXTS finders[] = { "directories", "apps", NULL };
TEXTS cors_methods[] = { "DELETE", "GET", "OPTIONS", "PATCH", "POST", "PUT", NULL };
TEXTS cors_headers[] = { "accept", "authorization", "content-type", "user-agent", "x-csrftoken", "x-requested-with", NULL };
TEXTS date_inputs[] = { "%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y", "%b %d %Y", "%b %d, %Y", "%d %b %Y", "%d %b, %Y", "%B %d %Y",
    "%B %d, %Y", "%d %B %Y", "%d %B, %Y", NULL };
TEXTS datetime_inputs[] = { "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%d %H:%M", "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M:%S.%f", "%m/%d/%Y %H:%M", "%m/%d/%y %H:%M:%S", "%m/%d/%y %H:%M:%S.%f", "%m/%d/%y %H:%M", NULL };
TEXTS time_inputs[] = { "%H:%M:%S", "%H:%M:%S.%f", "%H:%M", NULL };

const setting fl_setting_rows[] = {
    LIST(ADMINS, admins, NULL),
    LIST(ALLOWED_HOSTS, allowed_hosts, NULL),
    BOOL(APPEND_SLASH, append_slash, true),
    LIST(AUTHENTICATION_BACKENDS, auth_backend_names, auth_backends),
    TEXT(AUTH_USER_MODEL, auth_user_model, "auth.User"),
    OWN_TEXT(BASE_DIR, base_dir, NULL),
    ROW(CACHES, SETTING_CACHES, const fl_cache_setting *, caches),
    TEXT(CACHE_MIDDLEWARE_ALIAS, cache_middleware_alias, "default"),
    TEXT(CACHE_MIDDLEWARE_KEY_PREFIX, cache_middleware_key_prefix, ""),
    BIG(CACHE_MIDDLEWARE_SECONDS, cache_middleware_seconds, 600, 0, INT64_MAX),
    OWN_TEXT(CHANNEL_LAYER, channel_layer, NULL),
    OWN_LIST(CONTEXT_PROCESSORS, context_processor_names, NULL),
    OWN_LIST(CORS_ALLOWED_ORIGINS, cors_allowed_origins, NULL),
    OWN_LIST(CORS_ALLOWED_ORIGIN_REGEXES, cors_allowed_origin_regexes, NULL),
    OWN_BOOL(CORS_ALLOW_ALL_ORIGINS, cors_allow_all_origins, false),
    OWN_BOOL(CORS_ALLOW_CREDENTIALS, cors_allow_credentials, false),
    OWN_LIST(CORS_ALLOW_HEADERS, cors_allow_headers, cors_headers),
    OWN_LIST(CORS_ALLOW_METHODS, cors_allow_methods, cors_methods),
    OWN_BOOL(CORS_ALLOW_PRIVATE_NETWORK, cors_allow_private_network, false),
    OWN_LIST(CORS_EXPOSE_HEADERS, cors_expose_headers, NULL),
    OWN_BIG(CORS_PREFLIGHT_MAX_AGE, cors_preflight_max_age, 86400, 0, INT64_MAX),
    OWN_TEXT(CORS_URLS_REGEX, cors_urls_regex, "^.*$"),
    BIG(CSRF_COOKIE_AGE, csrf_cookie_age, 31449600, 0, INT64_MAX, .or_none = true),
    TEXT(CSRF_COOKIE_DOMAIN, csrf_cookie_domain, NULL),
    BOOL(CSRF_COOKIE_HTTPONLY, csrf_cookie_httponly, false),
    TEXT(CSRF_COOKIE_NAME, csrf_cookie_name, "csrftoken"),
    TEXT(CSRF_COOKIE_PATH, csrf_cookie_path, "/"),
    TEXT(CSRF_COOKIE_SAMESITE, csrf_cookie_samesite, "Lax", .choices = samesite),
    BOOL(CSRF_COOKIE_SECURE, csrf_cookie_secure, false),
    ROW(CSRF_FAILURE_VIEW, SETTING_VIEW, fl_view *, csrf_failure_view),
    TEXT(CSRF_HEADER_NAME, csrf_header_name, "HTTP_X_CSRFTOKEN"),
    LIST(CSRF_TRUSTED_ORIGINS, csrf_trusted_origins, NULL),
    BOOL(CSRF_USE_SESSIONS, csrf_use_sessions, false),
    ROW(DATABASES, SETTING_DATABASES, const fl_database_setting *, databases),
    BIG(DATA_UPLOAD_MAX_MEMORY_SIZE, data_upload_max_memory_size, 2621440, 0, INT64_MAX, .or_none = true),
    BIG(DATA_UPLOAD_MAX_NUMBER_FIELDS, data_upload_max_number_fields, 1000, 0, INT64_MAX, .or_none = true),
    BIG(DATA_UPLOAD_MAX_NUMBER_FILES, data_upload_max_number_files, 100, 0, INT64_MAX, .or_none = true),
    TEXT(DATETIME_FORMAT, datetime_format, "N j, Y, P"),
    LIST(DATETIME_INPUT_FORMATS, datetime_input_formats, datetime_inputs),
    TEXT(DATE_FORMAT, date_format, "N j, Y"),
    LIST(DATE_INPUT_FORMATS, date_input_formats, date_inputs),
    BOOL(DEBUG, debug, false),
    BOOL(DEBUG_PROPAGATE_EXCEPTIONS, debug_propagate_exceptions, false),
    TEXT(DECIMAL_SEPARATOR, decimal_separator, "."),
    TEXT(DEFAULT_CHARSET, default_charset, "utf-8"),
    TEXT(DEFAULT_FROM_EMAIL, default_from_email, "webmaster@localhost"),
    OWN_TEXT(DEFAULT_PERMISSION, default_permission, NULL),
    LIST(DISALLOWED_USER_AGENTS, disallowed_user_agents, NULL),
    TEXT(EMAIL_BACKEND, email_backend, "smtp"),
    OWN_TEXT(EMAIL_FILE_PATH, email_file_path, NULL),
    TEXT(EMAIL_HOST, email_host, "localhost"),
    TEXT(EMAIL_HOST_PASSWORD, email_host_password, ""),
    TEXT(EMAIL_HOST_USER, email_host_user, ""),
    INT(EMAIL_PORT, email_port, 25, 0, 65535),
    TEXT(EMAIL_SSL_CERTFILE, email_ssl_certfile, NULL),
    TEXT(EMAIL_SSL_KEYFILE, email_ssl_keyfile, NULL),
    TEXT(EMAIL_SUBJECT_PREFIX, email_subject_prefix, "[Django] "),
    BIG(EMAIL_TIMEOUT, email_timeout, FL_NO_NUMBER, 0, INT64_MAX, .or_none = true),
    BOOL(EMAIL_USE_LOCALTIME, email_use_localtime, false),
    BOOL(EMAIL_USE_SSL, email_use_ssl, false),
    BOOL(EMAIL_USE_TLS, email_use_tls, false),
    BIG(FILE_UPLOAD_DIRECTORY_PERMISSIONS, file_upload_directory_permissions, FL_NO_NUMBER, 0, 07777, .or_none = true),
    LIST(FILE_UPLOAD_HANDLERS, file_upload_handlers, upload_handlers),
    BIG(FILE_UPLOAD_MAX_MEMORY_SIZE, file_upload_max_memory_size, 2621440, 0, INT64_MAX),
    BIG(FILE_UPLOAD_PERMISSIONS, file_upload_permissions, 0644, 0, 07777, .or_none = true),
    TEXT(FILE_UPLOAD_TEMP_DIR, file_upload_temp_dir, NULL),
    INT(FIRST_DAY_OF_WEEK, first_day_of_week, 0, 0, 6),
    TEXT(FORCE_SCRIPT_NAME, force_script_name, NULL),
    LIST(IGNORABLE_404_URLS, ignorable_404_urls, NULL),
    LIST(INTERNAL_IPS, internal_ips, NULL),
    DURATION(JWT_ACCESS_LIFETIME, SETTING_DURATION, jwt_access_lifetime, 300, true),
    DURATION(JWT_REFRESH_LIFETIME, SETTING_DURATION, jwt_refresh_lifetime, 86400, true),
    TEXT(LANGUAGE_CODE, language_code, "en-us"),
    BIG(LANGUAGE_COOKIE_AGE, language_cookie_age, FL_NO_NUMBER, 0, INT64_MAX, .or_none = true),
    TEXT(LANGUAGE_COOKIE_DOMAIN, language_cookie_domain, NULL),
    BOOL(LANGUAGE_COOKIE_HTTPONLY, language_cookie_httponly, false),
    TEXT(LANGUAGE_COOKIE_NAME, language_cookie_name, "django_language"),
    TEXT(LANGUAGE_COOKIE_PATH, language_cookie_path, "/"),
    TEXT(LANGUAGE_COOKIE_SAMESITE, language_cookie_samesite, NULL, .choices = samesite),
    BOOL(LANGUAGE_COOKIE_SECURE, language_cookie_secure, false),
    ROW(LOGGING, SETTING_LOGGING, const fl_log_config *, logging),
    TEXT(LOGIN_REDIRECT_URL, login_redirect_url, "/accounts/profile/"),
    TEXT(LOGIN_URL, login_url, "/accounts/login/"),
    TEXT(LOGOUT_REDIRECT_URL, logout_redirect_url, NULL),
    LIST(MANAGERS, managers, NULL),
    TEXT(MEDIA_ROOT, media_root, ""),
    TEXT(MEDIA_URL, media_url, ""),
    TEXT(MESSAGE_STORAGE, message_storage, "fallback"),
    LIST(MIDDLEWARE, middleware_names, NULL),
    TEXT(MONTH_DAY_FORMAT, month_day_format, "F j"),
    INT(NUMBER_GROUPING, number_grouping, 0, 0, 99),
    OWN_SIZE(PAGE_SIZE, page_size),
    OWN_ROW(PAGINATION, SETTING_OPAQUE, const void *, pagination),
    BIG(PASSWORD_RESET_TIMEOUT, password_reset_timeout, 259200, 0, INT64_MAX),
    BOOL(PREPEND_WWW, prepend_www, false),
    OWN_ROW(ROOT_URLCONF, SETTING_OPAQUE, const fl_urls *, root_urlconf),
    TEXT(SECRET_KEY, secret_key, ""),
    LIST(SECRET_KEY_FALLBACKS, secret_key_fallbacks, NULL),
    BOOL(SECURE_CONTENT_TYPE_NOSNIFF, secure_content_type_nosniff, true),
    TEXT(SECURE_CROSS_ORIGIN_OPENER_POLICY, secure_cross_origin_opener_policy, "same-origin"),
    ROW(SECURE_CSP, SETTING_CSP, const fl_csp_directive *, secure_csp),
    ROW(SECURE_CSP_REPORT_ONLY, SETTING_CSP, const fl_csp_directive *, secure_csp_report_only),
    BOOL(SECURE_HSTS_INCLUDE_SUBDOMAINS, secure_hsts_include_subdomains, false),
    BOOL(SECURE_HSTS_PRELOAD, secure_hsts_preload, false),
    INT(SECURE_HSTS_SECONDS, secure_hsts_seconds, 0, 0, INT32_MAX),
    ROW(SECURE_PROXY_SSL_HEADER, SETTING_HEADER, fl_proxy_header, secure_proxy_ssl_header),
    LIST(SECURE_REDIRECT_EXEMPT, secure_redirect_exempt, NULL),
    TEXT(SECURE_REFERRER_POLICY, secure_referrer_policy, "same-origin"),
    TEXT(SECURE_SSL_HOST, secure_ssl_host, NULL),
    BOOL(SECURE_SSL_REDIRECT, secure_ssl_redirect, false),
    TEXT(SERVER_EMAIL, server_email, "root@localhost"),
    TEXT(SESSION_CACHE_ALIAS, session_cache_alias, "default"),
    DURATION(SESSION_COOKIE_AGE, SETTING_SECONDS, session_age, 1209600, false),
    TEXT(SESSION_COOKIE_DOMAIN, session_cookie_domain, NULL),
    BOOL(SESSION_COOKIE_HTTPONLY, session_cookie_httponly, true),
    TEXT(SESSION_COOKIE_NAME, session_cookie_name, "sessionid"),
    TEXT(SESSION_COOKIE_PATH, session_cookie_path, "/"),
    TEXT(SESSION_COOKIE_SAMESITE, session_cookie_samesite, "Lax", .choices = samesite),
    BOOL(SESSION_COOKIE_SECURE, session_cookie_secure, false),
    TEXT(SESSION_ENGINE, session_engine, "db"),
    BOOL(SESSION_EXPIRE_AT_BROWSER_CLOSE, session_expire_at_browser_close, false),
    TEXT(SESSION_FILE_PATH, session_file_path, NULL),
    BOOL(SESSION_SAVE_EVERY_REQUEST, session_save_every_request, false),
    TEXT(SESSION_SERIALIZER, session_serializer, "json"),
    OWN_TEXT(SETTINGS_MODULE, settings_module, NULL),
    TEXT(SHORT_DATETIME_FORMAT, short_datetime_format, "m/d/Y P"),
    TEXT(SHORT_DATE_FORMAT, short_date_format, "m/d/Y"),
    BOOL(SIGNED_COOKIE_LEGACY_SALT_FALLBACK, signed_cookie_legacy_salt_fallback, false),
    TEXT(SIGNING_BACKEND, signing_backend, "timestamp"),
    LIST(SILENCED_SYSTEM_CHECKS, silenced_system_checks, NULL),
    LIST(STATICFILES_DIRS, staticfiles_dirs, NULL),
    LIST(STATICFILES_FINDERS, staticfiles_finders, finders),
    TEXT(STATIC_ROOT, static_root, NULL),
    TEXT(STATIC_URL, static_url, NULL),
    OWN_TEXT(TASK_BROKER, task_broker, NULL),
    OWN_TEXT(TASK_RESULTS, task_results, NULL),
    TEXT(THOUSAND_SEPARATOR, thousand_separator, ","),
    TEXT(TIME_FORMAT, time_format, "P"),
    LIST(TIME_INPUT_FORMATS, time_input_formats, time_inputs),
    TEXT(TIME_ZONE, time_zone, "America/Chicago"),
    BOOL(URLIZE_ASSUME_HTTPS, urlize_assume_https, false),
    BOOL(USE_I18N, use_i18n, true),
    BOOL(USE_THOUSAND_SEPARATOR, use_thousand_separator, false),
    BOOL(USE_TZ, use_tz, true),
    BOOL(USE_X_FORWARDED_HOST, use_x_forwarded_host, false),
    BOOL(USE_X_FORWARDED_PORT, use_x_forwarded_port, false),
    TEXT(X_FRAME_OPTIONS, x_frame_options, "DENY", .choices = frame_options),
    TEXT(YEAR_MONTH_FORMAT, year_month_format, "F Y"),
};
/* clang-format on */

const size_t fl_setting_count = FL_LENGTH(fl_setting_rows);

const setting *fl_setting_named(fl_str name)
{
    size_t from = 0, to = fl_setting_count;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = fl_str_compare(name, fl_str_of(fl_setting_rows[middle].name));
        if (order == 0)
            return &fl_setting_rows[middle];
        if (order < 0)
            to = middle;
        else
            from = middle + 1;
    }
    return NULL;
}
