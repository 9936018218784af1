/* What reports do not show: what sounds secret never, and outside of debugging the fields that a view's decorator names. */
#include "debug/debug.h"

static bool hides_usually(const char *name) { return fl_is_secret_name(name); }

bool fl_report_hides(const fl_reporter *reporter, const char *name)
{
    bool (*hides)(const char *name) = reporter->filter.hides != NULL ? reporter->filter.hides : hides_usually;
    const fl_settings *settings = fl_settings_are_loaded() ? fl_settings_now() : NULL;

    /* the session's key opens what the session holds, whatever its cookie is called */
    return hides(name) || (settings != NULL && fl_text_is(name, settings->session_cookie_name));
}

const char *fl_report_shown(const fl_reporter *reporter, const char *name, const char *value)
{
    if (!fl_report_hides(reporter, name))
        return value;
    return reporter->filter.substitute != NULL ? reporter->filter.substitute : FL_CLEANSED;
}

static bool is_active(const fl_reporter *reporter, const fl_request *request)
{
    if (reporter->filter.is_active != NULL)
        return reporter->filter.is_active(request);
    return !fl_settings_are_loaded() || !fl_settings_now()->debug;
}

bool fl_report_hides_field(const fl_reporter *reporter, const fl_request *request, const char *name)
{
    const char *const *sensitive = fl_sensitive_post(request);

    if (fl_report_hides(reporter, name))
        return true;
    if (sensitive == NULL || !is_active(reporter, request))
        return false;
    return fl_text_is(sensitive[0], "*") || fl_text_in_(name, sensitive);
}
