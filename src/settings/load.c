/* The process's settings: made in an arena of their own, checked, and only then the current ones. */
#include <fleche/buf.h>
#include <stdlib.h>
#include "settings/settings.h"

enum { ARENA_MOST = 16 << 20 };

static const fl_settings *now;                       /* what is current: loaded, or an override of that */
static fl_arena *arena, *arena_before;               /* of what was loaded last, and before that */

void (*fl_settings_changed_hook)(const char *name, fl_value value, bool begins);

static const fl_settings *current(void) { return __atomic_load_n(&now, __ATOMIC_ACQUIRE); }
static void make_current(const fl_settings *s) { __atomic_store_n(&now, s, __ATOMIC_RELEASE); }

bool fl_settings_are_loaded(void) { return current() != NULL; }

const fl_settings *fl_settings_now(void)
{
    const fl_settings *s = current();

    if (FL_LIKELY(s != NULL))
        return s;
    fl_error *error = fl_error_new(FL_IMPROPERLY_CONFIGURED, "settings are not configured yet");
    error->hint = "call fl_settings_load() or fl_settings_load_chosen() at start, before what needs them";
    fl_reraise(error);
}

/* -- loading ----------------------------------------------------------------------------------------------------------------- */

typedef struct load_call { const char *name; fl_configure *configure; fl_arena *arena; fl_settings *settings; } load_call;

static void run_configure(void *data)
{
    load_call *call = data;

    call->configure(call->settings);
}

static void build(void *data)
{
    load_call *call = data;

    (void)fl_arena_set_here(call->arena);
    call->settings = fl_new_of(fl_settings);
    fl_settings_begin(call->settings);
    call->settings->settings_module = fl_text("%s", call->name);
    fl_env_together(run_configure, call);
    fl_settings_check(call->settings);
    if (call->settings->logging != NULL)
        fl_log_set(call->settings->logging);
}

void fl_settings_load(const char *name, fl_configure *configure)
{
    load_call call = { .name = name, .configure = configure, .arena = fl_arena_new("settings", ARENA_MOST) };
    fl_error *error = fl_protect(build, &call);

    if (error != NULL) {
        fl_arena_free(call.arena);
        fl_reraise(error);
    }
    fl_arena_free(arena_before);
    arena_before = arena;
    arena = call.arena;
    make_current(call.settings);
}

void fl_settings_forget(void)
{
    make_current(NULL);
    fl_arena_free(arena_before);
    fl_arena_free(arena);
    arena = arena_before = NULL;
}

static const char *names_of(const fl_settings_choice *choices, size_t n)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 1 << 16);

    for (size_t i = 0; i < n; i++)
        fl_buf_format(&out, "%s%s", i == 0 ? "" : i + 1 == n ? " or " : ", ", choices[i].name);
    return fl_buf_c(&out);
}

void fl_settings_load_chosen_(const fl_settings_choice *choices, size_t n)
{
    const char *name = getenv("FLECHE_SETTINGS");

    if (name == NULL || name[0] == '\0')
        name = choices[0].name;
    for (size_t i = 0; i < n; i++)
        if (strcmp(choices[i].name, name) == 0) {
            fl_settings_load(name, choices[i].configure);
            return;
        }
    fl_error *error = fl_error_new(FL_IMPROPERLY_CONFIGURED, "there are no settings %s", name);
    error->hint = fl_text("set FLECHE_SETTINGS to %s", names_of(choices, n));
    fl_reraise(error);
}

/* -- the secret key ---------------------------------------------------------------------------------------------------------- */

const char *fl_secret_key(void)
{
    const char *key = fl_settings_now()->secret_key;

    if (key != NULL && key[0] != '\0')
        return key;
    fl_error *error = fl_error_new(FL_IMPROPERLY_CONFIGURED, "the SECRET_KEY setting must not be empty");
    error->hint = "s->secret_key = fl_env_required(\"DJANGO_SECRET_KEY\"), and at least 50 random characters in that variable";
    fl_reraise(error);
}

fl_list *fl_secret_keys(void)
{
    const fl_list *fallbacks = fl_settings_now()->secret_key_fallbacks;
    fl_list *keys = fl_list_of(fl_secret_key());

    for (size_t i = 0; i < fl_len(fallbacks); i++)
        fl_list_push(keys, fallbacks->items[i]);
    return keys;
}

/* -- overrides --------------------------------------------------------------------------------------------------------------- */

typedef struct override { const fl_settings *before, *during; } override;

static void tell(const fl_settings *from, const fl_settings *to, bool begins)
{
    fl_value a, b;

    if (fl_settings_changed_hook == NULL)
        return;
    fl_list *names = fl_settings_names(to);
    for (size_t i = 0; i < names->count; i++) {
        const char *name = names->items[i].text.data;
        bool there = fl_setting_of(from, name, &a);
        if (fl_setting_of(to, name, &b) && !(there && fl_value_equal(a, b)))
            fl_settings_changed_hook(name, b, begins);
    }
}

static const fl_settings *or_defaults(const fl_settings *s)
{
    if (s != NULL)
        return s;
    fl_settings *defaults = fl_new_of(fl_settings);
    fl_settings_begin(defaults);
    return defaults;
}

static void restore(void *data)
{
    const override *o = data;

    make_current(o->before);
    tell(o->during, or_defaults(o->before), false);
}

fl_settings *fl_settings_override_begin_(void)
{
    return fl_arena_copy(fl_arena_here(), or_defaults(current()), sizeof(fl_settings));
}

void fl_settings_override_end_(fl_settings *s)
{
    override *o = fl_new_of(override);

    *o = (override){ .before = current(), .during = s };
    fl_defer(restore, o);
    make_current(s);
    tell(or_defaults(o->before), s, true);
}

void fl_settings_override_with(fl_configure *change)
{
    fl_settings *s = fl_settings_override_begin_();

    change(s);
    fl_settings_override_end_(s);
}
