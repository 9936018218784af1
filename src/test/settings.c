/* Reading command lines from a table. */
#include "test/settings.h"

bool fl_filters_take(const fl_filters *filters, const char *name)
{
    for (size_t i = 0; i < filters->count; i++) {
        const char *exact = fl_after_prefix(filters->items[i], "=");
        if (exact != NULL ? fl_text_is(exact, name) : strstr(name, filters->items[i]) != NULL)
            return true;
    }
    return filters->count == 0;
}

static void help(const fl_option *options, size_t n, const char *program)
{
    printf("%s [OPTION]…\n", program);
    for (size_t i = 0; i < n; i++)
        printf("  %-18s %-8s %s\n", options[i].name, options[i].value == NULL ? "" : options[i].value, options[i].help);
    printf("  %-18s %-8s %s\n", "--help", "", "this");
}

static const fl_option *find(const fl_option *options, size_t n, fl_str name)
{
    for (size_t i = 0; i < n; i++)
        if (fl_str_equal(fl_str_of(options[i].name), name))
            return &options[i];
    return NULL;
}

/* NULL, or what was expected instead. */
static const char *put(const fl_option *option, const char *value)
{
    unsigned long long count;

    switch (option->kind) {
    case FL_OPTION_FLAG: *(bool *)option->into = true; return NULL;
    case FL_OPTION_COUNT:
        if (!fl_str_uint(fl_str_of(value), &count) || count < option->least)
            return option->least == 0 ? "a whole number" : "a whole number of 1 or more";
        *(unsigned long long *)option->into = count;
        return NULL;
    case FL_OPTION_NUMBER:
        return fl_str_double(fl_str_of(value), option->into) && *(double *)option->into > 0 ? NULL : "a number above 0";
    case FL_OPTION_TEXT: *(const char **)option->into = value; return NULL;
    case FL_OPTION_FILTER: {
        fl_filters *filters = option->into;
        if (filters->count == FL_FILTERS)
            return "at most 128 of them";
        filters->items[filters->count++] = value;
        return NULL;
    }
    }
    return NULL;
}

bool fl_options_read(const fl_option *options, size_t n, int count, char **arguments, int *ret_status)
{
    *ret_status = 2;
    for (int i = 1; i < count; i++) {
        fl_str name = fl_str_of(arguments[i]);
        const char *value = strchr(arguments[i], '=');
        if (value != NULL)
            name.size = (size_t)(value++ - arguments[i]);
        if (fl_str_equal(name, fl_lit("--help"))) {
            help(options, n, arguments[0]);
            *ret_status = 0;
            return false;
        }
        const fl_option *option = find(options, n, name);
        if (option == NULL || (option->kind == FL_OPTION_FLAG && value != NULL)) {
            fprintf(stderr, "%s: unknown option %s (--help lists them)\n", arguments[0], arguments[i]);
            return false;
        }
        if (option->kind != FL_OPTION_FLAG && value == NULL && (value = i + 1 < count ? arguments[++i] : NULL) == NULL) {
            fprintf(stderr, "%s: %s needs %s\n", arguments[0], option->name, option->value);
            return false;
        }
        const char *expected = put(option, value);
        if (expected != NULL) {
            fprintf(stderr, "%s: %s takes %s, not \"%s\"\n", arguments[0], option->name, expected, value);
            return false;
        }
    }
    return true;
}
