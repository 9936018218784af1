/* What is missing or wrong: raised at once, or, inside fl_env_together(), collected and raised as one error at its end. */
#include <fleche/unicode.h>
#include "env/env.h"

FL_ERROR_CLASS(FL_IMPROPERLY_CONFIGURED, FL_ERROR_BASE, .status = 500, .message = "This server is not set up correctly.");

enum { SHOWN_MOST = 60 };

static fl_errors *collected;                         /* of the outermost fl_env_together() in progress; NULL outside */

static _Noreturn void raise_one(const fl_env_options *at, const char *message, const char *hint)
{
    fl_error *error = fl_error_new(FL_IMPROPERLY_CONFIGURED, "%s", message);

    error->hint = hint;
    if (at != NULL) {
        error->file = at->file;
        error->line = at->line;
    }
    fl_reraise(error);
}

void env_problem(const fl_env_options *at, const char *subject, const char *code, const char *hint, const char *message)
{
    const char *text = fl_text("%s: %s", subject, message);

    if (collected == NULL)
        raise_one(at, text, hint);
    fl_errors_add_code(collected, subject, code, "%s", text);
}

const char *env_shown(const char *value)
{
    fl_buf out = fl_buf_in(fl_arena_here(), ENV_TEXT_MOST);

    fl_value_repr(fl_box(fl_truncate(fl_utf8_repair(fl_str_of(value)).data, SHOWN_MOST)), &out);
    return fl_buf_c(&out);
}

void env_wrong(const env_variable *v, const char *expected, const char *shown)
{
    const char *from = v->from == NULL ? "" : fl_text(", from %s", v->from);
    const char *what = shown != NULL ? shown : v->secret ? FL_CLEANSED : env_shown(v->value);

    env_record_wrong(v->name);
    env_problem(v->options, v->name, "wrong", NULL, fl_text("%s is not %s%s", what, expected, from));
}

/* "A and B are not set; PORT is wrong": which are of that kind, with the verb that fits. */
static void name_all(const fl_errors *errors, const char *code, const char *one, const char *several, fl_buf *out)
{
    size_t count = 0, at = 0;

    for (size_t i = 0; i < errors->count; i++)
        count += fl_text_is(errors->items[i].code, code);
    if (count == 0)
        return;
    fl_buf_add_c(out, out->size == 0 ? "" : "; ");
    for (size_t i = 0; i < errors->count; i++) {
        if (!fl_text_is(errors->items[i].code, code))
            continue;
        fl_buf_add_c(out, at == 0 ? "" : at + 1 == count ? " and " : ", ");
        fl_buf_add_c(out, errors->items[i].field);
        at++;
    }
    fl_buf_format(out, " %s", count == 1 ? one : several);
}

static const char *details(const fl_errors *errors)
{
    fl_buf out = fl_buf_in(fl_arena_here(), ENV_TEXT_MOST);

    for (size_t i = 0; i < errors->count; i++)
        fl_buf_format(&out, "%s%s", i == 0 ? "" : "\n", errors->items[i].message);
    return fl_buf_c(&out);
}

static _Noreturn void raise_collected(const fl_errors *errors, fl_error *cause)
{
    fl_buf out = fl_buf_in(fl_arena_here(), ENV_TEXT_MOST);

    name_all(errors, "missing", "is not set", "are not set", &out);
    name_all(errors, "wrong", "is wrong", "are wrong", &out);
    name_all(errors, "dotenv", "cannot be read", "cannot be read", &out);
    fl_error *error = fl_error_new(FL_IMPROPERLY_CONFIGURED, "%s",
                                   errors->count == 1 ? errors->items[0].message : fl_buf_c(&out));
    error->detail = errors->count == 1 ? NULL : details(errors);
    error->hint = "set what is missing in the environment, in .env, or in a file that NAME_FILE names";
    error->cause = cause;
    fl_reraise(error);
}

void fl_env_together(void (*run)(void *data), void *data)
{
    if (collected != NULL) {
        run(data);
        return;
    }
    fl_errors *errors = fl_errors_new();
    collected = errors;
    fl_error *error = fl_protect(run, data);
    collected = NULL;
    if (errors->count > 0)
        raise_collected(errors, error);
    if (error != NULL)
        fl_reraise(error);
}
