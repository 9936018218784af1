/* Differences as Django's diffsettings prints them. */
#include <fleche/buf.h>
#include "settings/settings.h"

enum { DIFF_MOST = 1 << 20 };

typedef struct diff { const fl_settings *now, *base; const fl_settings_diff_options *options; fl_buf out; } diff;

static const char *repr_of(const diff *d, const char *name, fl_value value)
{
    fl_buf out = fl_buf_in(fl_arena_here(), DIFF_MOST);

    fl_value_repr(d->options->safe ? fl_cleanse(name, value) : value, &out);
    return fl_buf_c(&out);
}

/* Whether the name is one of the settings compared with: Django's are, Flèche's own where those set them. */
static bool is_in_base(const diff *d, const char *name, const fl_settings *defaults)
{
    const setting *row = fl_setting_named(fl_str_of(name));
    fl_value mine, begun;

    if (row == NULL || !fl_setting_of(d->base, name, &mine))
        return row == NULL && d->base->own != NULL && fl_dict_find(d->base->own, fl_str_of(name), &mine);
    return !row->own || !fl_setting_of(defaults, name, &begun) || !fl_value_equal(mine, begun);
}

static void line(diff *d, const char *before, const char *name, const char *value, const char *behind)
{
    fl_buf_format(&d->out, "%s%s%s = %s%s", d->out.size == 0 ? "" : "\n", before, name, value, behind);
}

/* One setting that both have, and one that is only in these settings: in hash form, in unified form. */
static void compared(diff *d, const char *name, bool same, const char *own, const char *base)
{
    bool unified = d->options->unified;

    if (same && d->options->all)
        line(d, unified ? "  " : "### ", name, own, "");
    if (!same && unified)
        line(d, "- ", name, base, "");
    if (!same)
        line(d, unified ? "+ " : "", name, own, "");
}

static void added(diff *d, const char *name, const char *own)
{
    line(d, d->options->unified ? "+ " : "", name, own, d->options->unified ? "" : "  ###");
}

static void setting_line(diff *d, const char *name, const fl_settings *defaults)
{
    fl_value own, base = FL_NONE_VALUE;

    (void)fl_setting_of(d->now, name, &own);
    bool known = fl_setting_of(d->base, name, &base);
    bool changed = !known || !fl_value_equal(own, base);
    if (is_in_base(d, name, defaults) || (!changed && d->options->all))
        compared(d, name, !changed, repr_of(d, name, own), repr_of(d, name, base));
    else if (changed)
        added(d, name, repr_of(d, name, own));
}

const char *fl_settings_diff_(const fl_settings_diff_options *options)
{
    fl_settings *defaults = fl_new_of(fl_settings), *base = fl_new_of(fl_settings);
    diff d = { .now = fl_settings_now(), .base = base, .options = options, .out = fl_buf_in(fl_arena_here(), DIFF_MOST) };

    fl_settings_begin(defaults);
    fl_settings_begin(base);
    if (options->against != NULL) {
        base->settings_module = options->default_name == NULL ? "default" : options->default_name;
        options->against(base);
    }
    fl_list *names = fl_settings_names(d.now);
    for (size_t i = 0; i < names->count; i++)
        setting_line(&d, names->items[i].text.data, defaults);
    return fl_buf_c(&d.out);
}
