/* What the security checks say: Django's words, which operators know, and which documentation and scripts refer to. */
#pragma once

typedef struct fl_security_message { const char *id, *text, *hint; } fl_security_message;

static const fl_security_message fl_w001 = {
    .id = "security.W001",
    .text = "You do not have 'django.middleware.security.SecurityMiddleware' in your MIDDLEWARE so the SECURE_HSTS_SECONDS, "
            "SECURE_CONTENT_TYPE_NOSNIFF, SECURE_REFERRER_POLICY, SECURE_CROSS_ORIGIN_OPENER_POLICY, and "
            "SECURE_SSL_REDIRECT settings will have no effect.",
};
static const fl_security_message fl_w002 = {
    .id = "security.W002",
    .text = "You do not have 'django.middleware.clickjacking.XFrameOptionsMiddleware' in your MIDDLEWARE, so your pages "
            "will not be served with an 'x-frame-options' header. Unless there is a good reason for your site to be served "
            "in a frame, you should consider enabling this header to help prevent clickjacking attacks.",
};
static const fl_security_message fl_w004 = {
    .id = "security.W004",
    .text = "You have not set a value for the SECURE_HSTS_SECONDS setting. If your entire site is served only over SSL, you "
            "may want to consider setting a value and enabling HTTP Strict Transport Security. Be sure to read the "
            "documentation first; enabling HSTS carelessly can cause serious, irreversible problems.",
};
static const fl_security_message fl_w005 = {
    .id = "security.W005",
    .text = "You have not set the SECURE_HSTS_INCLUDE_SUBDOMAINS setting to True. Without this, your site is potentially "
            "vulnerable to attack via an insecure connection to a subdomain. Only set this to True if you are certain that "
            "all subdomains of your domain should be served exclusively via SSL.",
};
static const fl_security_message fl_w006 = {
    .id = "security.W006",
    .text = "Your SECURE_CONTENT_TYPE_NOSNIFF setting is not set to True, so your pages will not be served with an "
            "'X-Content-Type-Options: nosniff' header. You should consider enabling this header to prevent the browser from "
            "identifying content types incorrectly.",
};
static const fl_security_message fl_w008 = {
    .id = "security.W008",
    .text = "Your SECURE_SSL_REDIRECT setting is not set to True. Unless your site should be available over both SSL and "
            "non-SSL connections, you may want to either set this setting True or configure a load balancer or "
            "reverse-proxy server to redirect all connections to HTTPS.",
};
static const fl_security_message fl_w018 = {
    .id = "security.W018",
    .text = "You should not have DEBUG set to True in deployment.",
};
static const fl_security_message fl_w019 = {
    .id = "security.W019",
    .text = "You have 'django.middleware.clickjacking.XFrameOptionsMiddleware' in your MIDDLEWARE, but X_FRAME_OPTIONS is "
            "not set to 'DENY'. Unless there is a good reason for your site to serve other parts of itself in a frame, you "
            "should change it to 'DENY'.",
};
static const fl_security_message fl_w020 = {
    .id = "security.W020",
    .text = "ALLOWED_HOSTS must not be empty in deployment.",
};
static const fl_security_message fl_w021 = {
    .id = "security.W021",
    .text = "You have not set the SECURE_HSTS_PRELOAD setting to True. Without this, your site cannot be submitted to the "
            "browser preload list.",
};
static const fl_security_message fl_w022 = {
    .id = "security.W022",
    .text = "You have not set the SECURE_REFERRER_POLICY setting. Without this, your site will not send a Referrer-Policy "
            "header. You should consider enabling this header to protect user privacy.",
};
static const fl_security_message fl_w010 = {
    .id = "security.W010",
    .text = "You have 'django.contrib.sessions' in your INSTALLED_APPS, but you have not set SESSION_COOKIE_SECURE to True. "
            "Using a secure-only session cookie makes it more difficult for network traffic sniffers to hijack user "
            "sessions.",
};
static const fl_security_message fl_w011 = {
    .id = "security.W011",
    .text = "You have 'django.contrib.sessions.middleware.SessionMiddleware' in your MIDDLEWARE, but you have not set "
            "SESSION_COOKIE_SECURE to True. Using a secure-only session cookie makes it more difficult for network traffic "
            "sniffers to hijack user sessions.",
};
static const fl_security_message fl_w012 = {
    .id = "security.W012",
    .text = "SESSION_COOKIE_SECURE is not set to True. Using a secure-only session cookie makes it more difficult for "
            "network traffic sniffers to hijack user sessions.",
};
static const fl_security_message fl_w013 = {
    .id = "security.W013",
    .text = "You have 'django.contrib.sessions' in your INSTALLED_APPS, but you have not set SESSION_COOKIE_HTTPONLY to "
            "True. Using an HttpOnly session cookie makes it more difficult for cross-site scripting attacks to hijack user "
            "sessions.",
};
static const fl_security_message fl_w014 = {
    .id = "security.W014",
    .text = "You have 'django.contrib.sessions.middleware.SessionMiddleware' in your MIDDLEWARE, but you have not set "
            "SESSION_COOKIE_HTTPONLY to True. Using an HttpOnly session cookie makes it more difficult for cross-site "
            "scripting attacks to hijack user sessions.",
};
static const fl_security_message fl_w015 = {
    .id = "security.W015",
    .text = "SESSION_COOKIE_HTTPONLY is not set to True. Using an HttpOnly session cookie makes it more difficult for "
            "cross-site scripting attacks to hijack user sessions.",
};
static const fl_security_message fl_w003 = {
    .id = "security.W003",
    .text = "You don't appear to be using Django's built-in cross-site request forgery protection via the middleware "
            "('django.middleware.csrf.CsrfViewMiddleware' is not in your MIDDLEWARE). Enabling the middleware is the safest "
            "approach to ensure you don't leave any holes.",
};
static const fl_security_message fl_w016 = {
    .id = "security.W016",
    .text = "You have 'django.middleware.csrf.CsrfViewMiddleware' in your MIDDLEWARE, but you have not set "
            "CSRF_COOKIE_SECURE to True. Using a secure-only CSRF cookie makes it more difficult for network traffic "
            "sniffers to steal the CSRF token.",
};
static const fl_security_message fl_e023 = {
    .id = "security.E023",
    .text = "You have set the SECURE_REFERRER_POLICY setting to an invalid value.",
    .hint = "Valid values are: no-referrer, no-referrer-when-downgrade, origin, origin-when-cross-origin, same-origin, "
            "strict-origin, strict-origin-when-cross-origin, unsafe-url.",
};
static const fl_security_message fl_e024 = {
    .id = "security.E024",
    .text = "You have set the SECURE_CROSS_ORIGIN_OPENER_POLICY setting to an invalid value.",
    .hint = "Valid values are: same-origin, same-origin-allow-popups, unsafe-none.",
};
static const fl_security_message fl_w027 = {
    .id = "security.W027",
    .text = "A content security policy has CSP.NONCE, but 'django.template.context_processors.csp' is not configured: "
            "templates cannot show the nonce.",
    .hint = "Add fl_csp_context to fl_use_context_processors().",
};

/* Behind "Your SECRET_KEY". */
static const char fl_weak_key[] =
    " has less than 50 characters, less than 5 unique characters, or it's prefixed with 'django-insecure-' "
    "indicating that it was generated automatically by Django. Please generate a long and random value, otherwise "
    "many of Django's security-critical features will be vulnerable to attack.";
#define fl_trusted_origin_format \
    "As of Django 4.0, the values in the CSRF_TRUSTED_ORIGINS setting must start with a scheme (usually " \
    "http:// or https://) but found %s. See the release notes for details."
