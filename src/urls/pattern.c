/* Patterns: "articles/<int:year>/" to its tokens, and to the regular expression that says the same. */
#include "urls/urls.h"
#include <fleche/buf.h>
#include <stdio.h>

_Noreturn void fl_url_bad_pattern(const fl_route *route, const char *format, ...)
{
    va_list arguments;
    fl_buf text = fl_buf_in(fl_arena_here(), 4096);

    va_start(arguments, format);
    fl_buf_format_v(&text, format, arguments);
    va_end(arguments);
    fl_raise(FL_IMPROPERLY_CONFIGURED, "%s:%d: the URL pattern \"%s\" %s", route->file, route->line, route->pattern,
             fl_buf_c(&text));
}

/* -- path() ------------------------------------------------------------------------------------------------------------------------------- */

static bool is_identifier(fl_str name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";

    for (size_t i = 0; i < name.size; i++)
        if (name.data[i] == '\0' || strchr(letters, name.data[i]) == NULL)
            return false;
    return name.size > 0 && !(name.data[0] >= '0' && name.data[0] <= '9');
}

/* "<int:year>" is at the start of *rest. */
static fl_url_token take_parameter(const fl_route *route, fl_str *rest)
{
    size_t end, colon;

    if (!fl_str_find_char(*rest, '>', &end))
        fl_url_bad_pattern(route, "has a \"<\" without its \">\"");
    fl_str inside = fl_str_slice(*rest, 1, end - 1), kind = fl_lit("str"), name = inside;
    *rest = fl_str_slice(*rest, end + 1, SIZE_MAX);
    if (fl_str_find_char(inside, ':', &colon)) {
        kind = fl_str_slice(inside, 0, colon);
        name = fl_str_slice(inside, colon + 1, SIZE_MAX);
    }
    for (size_t i = 0; i < inside.size; i++)
        if (strchr(" \t\r\n\f\v", inside.data[i]) != NULL)
            fl_url_bad_pattern(route, "cannot contain whitespace in angle brackets <…>");
    if (!is_identifier(name))
        fl_url_bad_pattern(route, "uses the parameter name '%.*s', which is no valid identifier", FL_SHOW(name));
    const fl_converter *converter = fl_converter_named(kind);
    if (converter == NULL)
        fl_url_bad_pattern(route, "uses the invalid converter '%.*s'", FL_SHOW(kind));
    return (fl_url_token){ .text = name, .converter = converter, .class = fl_url_class_of(converter) };
}

static void check_new_name(const fl_url_part *part, fl_str name)
{
    for (size_t i = 0; i + 1 < part->token_count; i++)
        if (part->tokens[i].converter != NULL && fl_str_equal(part->tokens[i].text, name))
            fl_url_bad_pattern(part->route, "uses the parameter name '%.*s' more than once", FL_SHOW(name));
}

static void read_path(fl_url_part *part)
{
    fl_str rest = fl_str_of(part->route->pattern);

    part->tokens = fl_new_array(fl_url_token, rest.size + 1);
    while (rest.size > 0) {
        size_t open = rest.size;
        (void)fl_str_find_char(rest, '<', &open);
        if (open > 0)
            part->tokens[part->token_count++] = (fl_url_token){ .text = fl_str_slice(rest, 0, open) };
        rest = fl_str_slice(rest, open, SIZE_MAX);
        if (rest.size == 0)
            break;
        part->tokens[part->token_count++] = take_parameter(part->route, &rest);
        check_new_name(part, part->tokens[part->token_count - 1].text);
    }
}

/* -- as a regular expression ---------------------------------------------------------------------------------------------------------------- */

static const char *regex_of_path(const fl_url_part *part, bool last)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 1 << 20);

    fl_buf_add(&out, fl_lit("^"));
    for (size_t i = 0; i < part->token_count; i++) {
        const fl_url_token *token = &part->tokens[i];
        if (token->converter == NULL)
            fl_buf_add(&out, fl_regex_escape(token->text));
        else
            fl_buf_format(&out, "(?P<%.*s>%s)", FL_SHOW(token->text), token->converter->regex);
    }
    if (last)
        fl_buf_add(&out, fl_lit("\\Z"));
    return fl_buf_c(&out);
}

static const fl_converter *converter_of(const fl_url_part *part, const char *name)
{
    for (size_t i = 0; i < part->token_count; i++)
        if (part->tokens[i].converter != NULL && fl_str_equal(part->tokens[i].text, fl_str_of(name)))
            return part->tokens[i].converter;
    return NULL;
}

static void compile(fl_url_part *part, const char *pattern)
{
    fl_regex_error why;
    const fl_regex_name *names;
    int code = fl_regex_try_new(fl_str_of(pattern), 0, &part->regex, &why);

    if (code != 0)
        fl_url_bad_pattern(part->route, "is no regular expression: %s at %zu", why.message, why.offset);
    part->group_count = fl_regex_group_count(part->regex);
    part->group_names = fl_new_array(const char *, part->group_count + 1);
    part->group_converters = fl_new_array(const fl_converter *, part->group_count + 1);
    size_t named = fl_regex_names(part->regex, &names);
    for (size_t i = 0; i < named; i++) {
        part->group_names[names[i].number] = names[i].name;
        part->group_converters[names[i].number] = converter_of(part, names[i].name);
    }
    part->named = named > 0;
    if (part->group_count >= FL_URL_ARGUMENTS)
        fl_url_bad_pattern(part->route, "captures more than %d groups", FL_URL_ARGUMENTS - 1);
}

void fl_url_part_read(fl_url_part *part, const fl_route *route, bool last, bool with_regex)
{
    bool regex = route->kind == FL_ROUTE_REGEX || route->regex_prefix;

    *part = (fl_url_part){ .route = route, .how = FL_REGEX_SEARCH };
    if (route->pattern == NULL)
        fl_raise(FL_IMPROPERLY_CONFIGURED, "%s:%d: a route has no pattern", route->file, route->line);
    if (regex) {
        compile(part, route->pattern);
        fl_str text = fl_str_of(route->pattern);
        if (last && fl_str_ends(text, fl_lit("$")) && !fl_str_ends(text, fl_lit("\\$")))
            part->how = FL_REGEX_FULL;
        return;
    }
    read_path(part);
    if (with_regex)
        compile(part, regex_of_path(part, last));
}
