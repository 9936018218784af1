/* Lists of regular expressions in settings. */
#include "middleware/patterns.h"
#include <errno.h>
#include <fleche/settings.h>

static const fl_regex *compile(const char *pattern, const char *setting, unsigned flags)
{
    fl_regex_error why;
    fl_regex *regex;

    int code = fl_regex_try_new(fl_str_of(pattern), flags, &regex, &why);
    if (code == 0)
        return regex;
    if (code == -ENOMEM)
        fl_raise_code(code, "%s cannot be compiled", setting);
    fl_error *error = fl_error_new(FL_IMPROPERLY_CONFIGURED, "%s has '%s', which is no regular expression: %s", setting, pattern,
                                   why.message);
    error->hint = fl_text("look at what stands %zu bytes into it", why.offset);
    fl_reraise(error);
}

fl_patterns fl_patterns_compile(const fl_list *list, const char *setting, unsigned flags)
{
    fl_patterns all = { .count = fl_len(list) };

    if (all.count > 0)
        all.items = fl_new_array(const fl_regex *, all.count);
    for (size_t i = 0; i < all.count; i++)
        all.items[i] = compile(fl_value_text(fl_list_at(list, (fl_int)i)), setting, flags);
    return all;
}

bool fl_patterns_match(const fl_patterns *patterns, fl_str text, fl_regex_how how)
{
    for (size_t i = 0; i < patterns->count; i++) {
        int code = fl_regex_try_match(patterns->items[i], text, how, NULL);
        if (code > 0)
            return true;
        if (code == -ENOMEM)
            fl_raise_code(code, "a pattern of the settings cannot be matched");
    }
    return false;
}
