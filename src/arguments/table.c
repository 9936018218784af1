/* From declarations to names and places. What is wrong with a declaration is said here, the first time it is used. */
#include <fleche/error.h>
#include "arguments/table.h"

static bool is_true(const char *text) { return fl_text_is(text, "true"); }

bool fl_argument_default_is_true(const fl_argument *argument) { return is_true(argument->options.default_value); }

bool fl_argument_is_needed(const fl_argument *argument)
{
    return argument->options.required || (argument->kind == FL_ARGUMENT_WORD && argument->options.default_value == NULL);
}

/* -- names ----------------------------------------------------------------------------------------------------------------- */

static const char *long_name(const char *prefix, const char *name)
{
    char *text = fl_text("%s%s", prefix, name);

    for (char *c = text; *c != '\0'; c++)
        if (*c == '_')
            *c = '-';
    return text;
}

const char *fl_argument_long_name(const fl_argument *argument)
{
    bool is_off_only = argument->kind == FL_ARGUMENT_FLAG && fl_argument_default_is_true(argument);

    return is_off_only ? NULL : long_name("--", argument->name);
}

const char *fl_argument_no_name(const fl_argument *argument)
{
    bool has = argument->kind == FL_ARGUMENT_BOOL || fl_argument_long_name(argument) == NULL;

    return has ? long_name("--no-", argument->name) : NULL;
}

const char *fl_argument_shown(const fl_argument *argument)
{
    if (!fl_argument_is_option(argument))
        return argument->name;
    const char *name = fl_argument_long_name(argument);
    if (name == NULL)
        name = fl_argument_no_name(argument);
    return argument->options.short_name == NULL ? name : fl_text("-%s/%s", argument->options.short_name, name);
}

static _Noreturn void refuse(const fl_argument *argument, const char *why)
{
    fl_raise(FL_PROGRAMMING_ERROR, "argument %s %s", argument->name, why);
}

static void add_name(fl_table *table, const char *text, fl_place *place, bool sets)
{
    if (text == NULL)
        return;
    fl_vec_each (fl_option_name, other, &table->names)
        if (fl_text_is(other->text, text))
            refuse(place->is, fl_text("is not the only one named %s", text));
    fl_vec_push(&table->names, (fl_option_name){ text, place, sets });
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static const char *short_name(const fl_argument *argument)
{
    const char *name = argument->options.short_name;

    if (name == NULL)
        return NULL;
    if (!(is_letter(name[0]) || is_digit(name[0])) || name[1] != '\0')
        refuse(argument, "has a short name that is not one letter or digit");
    return fl_text("-%s", name);
}

static void add_names(fl_table *table, fl_place *place)
{
    const fl_argument *argument = place->is;
    const char *name = short_name(argument), *positive = fl_argument_long_name(argument);

    if (!fl_argument_is_option(argument)) {
        if (name != NULL)
            refuse(argument, "is no option and has no short name");
        return;
    }
    table->has_digit |= name != NULL && is_digit(name[1]);
    add_name(table, name, place, positive != NULL);
    add_name(table, positive, place, true);
    add_name(table, fl_argument_no_name(argument), place, false);
}

/* -- defaults -------------------------------------------------------------------------------------------------------------- */

static const size_t sizes[] = {
    [FL_ARGUMENT_WORD] = sizeof(char *),      [FL_ARGUMENT_TEXT] = sizeof(char *),    [FL_ARGUMENT_REST] = sizeof(fl_list *),
    [FL_ARGUMENT_TEXTS] = sizeof(fl_list *),  [FL_ARGUMENT_INT] = sizeof(fl_int),     [FL_ARGUMENT_FLOAT] = sizeof(double),
    [FL_ARGUMENT_TIME] = sizeof(fl_datetime), [FL_ARGUMENT_DATA] = sizeof(fl_json *), [FL_ARGUMENT_FLAG] = sizeof(bool),
    [FL_ARGUMENT_BOOL] = sizeof(bool),        [FL_ARGUMENT_STOP] = sizeof(bool),
};

static void set_default(const fl_place *place)
{
    const fl_argument *argument = place->is;
    const char *text = argument->options.default_value;

    memset(place->at, 0, sizes[argument->kind]);
    if (fl_argument_is_list(argument)) {
        fl_list *none = fl_list_new();
        memcpy(place->at, &none, sizeof none);
    }
    if (text == NULL)
        return;
    if (fl_argument_is_list(argument))
        refuse(argument, "is a list and has no default");
    if (!fl_argument_is_flag(argument)) {
        const char *wrong = fl_argument_read(argument, text, place->at);
        if (wrong != NULL)
            refuse(argument, fl_text("has a default that is none: %s", wrong));
        return;
    }
    if (!is_true(text) && !fl_text_is(text, "false"))
        refuse(argument, "is a flag and has a default that is neither true nor false");
    *(bool *)place->at = is_true(text);
}

/* -- the table ------------------------------------------------------------------------------------------------------------- */

fl_table fl_table_of(const fl_argument_group *groups, size_t count)
{
    fl_table table = { 0 };
    const fl_argument *rest = NULL;

    for (size_t i = 0; i < count; i++)
        for (const fl_argument *a = groups[i].arguments; a->name != NULL; a++)
            table.count++;
    table.places = fl_new_array(fl_place, table.count);
    fl_place *place = table.places;
    for (size_t i = 0; i < count; i++)
        for (const fl_argument *a = groups[i].arguments; a->name != NULL; a++, place++) {
            if (a->kind == FL_ARGUMENT_REST && rest != NULL)
                refuse(a, fl_text("cannot take what is left: %s does already", rest->name));
            if (a->kind == FL_ARGUMENT_REST)
                rest = a;
            *place = (fl_place){ .is = a, .at = (char *)groups[i].into + a->offset };
            set_default(place);
            add_names(&table, place);
        }
    return table;
}
