/* Inside the settings: the table of all members. */
#pragma once
#include <fleche/settings.h>

typedef enum setting_kind {
    SETTING_TEXT,
    SETTING_BOOL,
    SETTING_INT,
    SETTING_BIG,
    SETTING_SIZE,
    SETTING_LIST,
    SETTING_SECONDS,
    SETTING_DURATION,
    SETTING_HEADER,
    SETTING_CSP,
    SETTING_DATABASES,
    SETTING_CACHES,
    SETTING_LOGGING,
    SETTING_OPAQUE,
    SETTING_VIEW,
} setting_kind;

/* A member: how Django calls it, what it is, its default, and what it may be. */
typedef struct setting {
    const char *name;
    setting_kind kind;
    bool own;                                        /* not among Django's */
    bool or_none;                                    /* numbers: FL_NO_NUMBER is None */
    size_t offset;
    const char *text;                                /* defaults, by kind */
    fl_int number;
    const char *const *list;
    fl_int least, most;                              /* numbers */
    const char *const *choices;                      /* text; NULL is always one */
} setting;

extern const setting fl_setting_rows[];              /* sorted by name */
extern const size_t fl_setting_count;

const setting *fl_setting_named(fl_str name);
fl_value fl_setting_value(const setting *row, const fl_settings *s);   /* as Python would have it; in the current arena */
void fl_settings_check(const fl_settings *s);        /* raises FL_IMPROPERLY_CONFIGURED with all that is wrong */
bool fl_setting_of(const fl_settings *s, const char *name, fl_value *ret);
