/* A report as Django's `check` command prints it, byte for byte. */
#include <stdlib.h>
#include <fleche/buf.h>
#include "check/check.h"

FL_ERROR_CLASS(FL_CHECKS_FAILED, FL_ERROR_BASE, .message = "System checks found errors.");

/* The most serious first; each has those from its level to the one above. */
static const struct {
    const char *name;
    int from, below;
} groups[] = {
    { "CRITICALS", FL_CHECK_CRITICAL, INT32_MAX },    { "ERRORS", FL_CHECK_ERROR, FL_CHECK_CRITICAL },
    { "WARNINGS", FL_CHECK_WARNING, FL_CHECK_ERROR }, { "INFOS", FL_CHECK_INFO, FL_CHECK_WARNING },
    { "DEBUGS", INT32_MIN, FL_CHECK_INFO },
};

static const char red[] = "\x1b[31;1m", yellow[] = "\x1b[33;1m", plain[] = "\x1b[0m";

static const char *object_of(const fl_check_message *m)
{
    if (m->object != NULL)
        return m->object;
    return m->file == NULL ? "?" : fl_text("%s:%d", m->file, m->line);
}

static const char *text_of(const fl_check_message *m, const fl_checks_format_options *options)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    if (options->color)
        fl_buf_add_c(&out, m->level >= FL_CHECK_ERROR ? red : yellow);
    fl_buf_format(&out, "%s: ", object_of(m));
    if (m->id != NULL && m->id[0] != '\0')
        fl_buf_format(&out, "(%s) ", m->id);
    fl_buf_add_c(&out, m->text == NULL ? "" : m->text);
    if (m->hint != NULL && m->hint[0] != '\0')
        fl_buf_format(&out, "\n\tHINT: %s", m->hint);
    if (options->places && m->file != NULL)
        fl_buf_format(&out, "\n\tAT: %s:%d", m->file, m->line);
    if (options->color)
        fl_buf_add_c(&out, plain);
    return fl_buf_c(&out);
}

static int compare(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

/* The messages of a group, sorted by what is printed. */
static void add_group(const fl_checks *report, size_t group, const fl_checks_format_options *options, fl_buf *out)
{
    const char **texts = fl_new_array(const char *, report->count);
    size_t n = 0;

    for (size_t i = 0; i < report->count; i++) {
        const fl_check_message *m = &report->items[i];
        if (m->level >= groups[group].from && m->level < groups[group].below && !fl_check_is_silenced(report, m))
            texts[n++] = text_of(m, options);
    }
    if (n == 0)
        return;
    qsort(texts, n, sizeof *texts, compare);
    fl_buf_format(out, "\n%s:\n", groups[group].name);
    for (size_t i = 0; i < n; i++)
        fl_buf_format(out, "%s\n", texts[i]);
}

static void add_header(bool failed, size_t visible, const fl_checks_format_options *options, fl_buf *out)
{
    if (failed && options->color)
        fl_buf_add_c(out, red);
    if (failed)
        fl_buf_add_c(out, "SystemCheckError: ");
    if (visible > 0)
        fl_buf_add_c(out, "System check identified some issues:\n");
    if (failed && options->color)
        fl_buf_add_c(out, plain);
}

static void add_count(size_t visible, size_t all, fl_buf *out)
{
    const char *what = visible == 0 ? "no issues" : visible == 1 ? "1 issue" : fl_text("%zu issues", visible);

    fl_buf_format(out, "%sSystem check identified %s (%zu silenced).", visible > 0 ? "\n" : "", what, all - visible);
}

const char *fl_checks_format_(const fl_checks *report, const fl_checks_format_options *options)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);
    size_t visible = fl_checks_visible(report);

    add_header(fl_checks_fail(report, options->fail_level == 0 ? FL_CHECK_ERROR : options->fail_level), visible, options, &out);
    for (size_t i = 0; i < FL_LENGTH(groups); i++)
        add_group(report, i, options, &out);
    if (options->count)
        add_count(visible, report->count, &out);
    return fl_buf_c(&out);
}

void fl_checks_demand(const fl_checks *report, int fail_level)
{
    if (fl_checks_fail(report, fail_level))
        fl_raise(FL_CHECKS_FAILED, "%s", fl_checks_format(report, .fail_level = fail_level));
}
