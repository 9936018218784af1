/* Running checks, and what they find. */
#include "check/check.h"

static const struct {
    const char *name;
    fl_check_level level;
} levels[] = {
    { "CRITICAL", FL_CHECK_CRITICAL }, { "ERROR", FL_CHECK_ERROR }, { "WARNING", FL_CHECK_WARNING },
    { "INFO", FL_CHECK_INFO },         { "DEBUG", FL_CHECK_DEBUG },
};

bool fl_check_level_named(const char *name, fl_check_level *ret)
{
    for (size_t i = 0; i < FL_LENGTH(levels); i++)
        if (fl_text_is(levels[i].name, name)) {
            *ret = levels[i].level;
            return true;
        }
    return false;
}

fl_checks *fl_checks_new(const char *const *silenced)
{
    fl_checks *report = fl_new_of(fl_checks);

    report->silenced = silenced;
    return report;
}

void fl_check_add_(fl_checks *report, const fl_check_message *message)
{
    fl_check_message new = *message;

    if (new.object == NULL)
        new.object = report->about.object;
    if (new.file == NULL) {
        new.file = report->about.file;
        new.line = report->about.line;
    }
    if (report->count == report->capacity) {
        size_t more = report->capacity == 0 ? 8 : report->capacity * 2;
        fl_check_message *items = fl_new_array(fl_check_message, more);
        if (report->count > 0)
            memcpy(items, report->items, report->count * sizeof *items);
        report->items = items;
        report->capacity = more;
    }
    report->items[report->count++] = new;
}

fl_check_message fl_check_about_(fl_checks *report, const fl_check_message *object)
{
    fl_check_message before = report->about;

    report->about = *object;
    return before;
}

static void demand_tags(const char *const *tags, bool deploy)
{
    for (; *tags != NULL; tags++)
        if (!fl_checks_has_tag(*tags, deploy)) {
            fl_error *error = fl_error_new(FL_UNKNOWN_TAG, "there is no system check with the \"%s\" tag", *tags);
            error->hint = "check --list-tags shows those that there are";
            fl_reraise(error);
        }
}

fl_checks *fl_checks_run_(const fl_checks_options *options)
{
    const fl_check_scope scope = { options->apps, options->databases, options->deploy };
    fl_checks *report = fl_checks_new(options->silenced);

    if (options->tags != NULL)
        demand_tags(options->tags, options->deploy);
    const fl_check *check;
    for (size_t i = 0; (check = fl_check_at(i)) != NULL; i++) {
        if ((check->deploy && !options->deploy) || (options->tags != NULL && !fl_check_has_tag(check, options->tags)))
            continue;
        report->about = (fl_check_message){ 0 };
        check->run(report, &scope);
    }
    report->about = (fl_check_message){ 0 };
    return report;
}

/* -- judging ----------------------------------------------------------------------------------------------------------------- */

bool fl_check_is_silenced(const fl_checks *report, const fl_check_message *message)
{
    return message->id != NULL && report->silenced != NULL && fl_text_in_(message->id, report->silenced);
}

size_t fl_checks_visible(const fl_checks *report)
{
    size_t visible = 0;

    for (size_t i = 0; i < report->count; i++)
        visible += !fl_check_is_silenced(report, &report->items[i]);
    return visible;
}

bool fl_checks_fail(const fl_checks *report, int fail_level)
{
    for (size_t i = 0; i < report->count; i++)
        if (report->items[i].level >= fail_level && !fl_check_is_silenced(report, &report->items[i]))
            return true;
    return false;
}
