/* Telling options from words as argparse does: by the table alone, not by what stands before them. */
#include "arguments/match.h"
#include <fleche/buf.h>

static const fl_option_name *find(const fl_table *table, fl_str name)
{
    fl_vec_each (const fl_option_name, option, &table->names)
        if (fl_str_equal(fl_str_of(option->text), name))
            return option;
    return NULL;
}

const fl_option_name *fl_match_letter(const fl_table *table, char letter)
{
    return find(table, fl_str_n((const char[]){ '-', letter }, 2));
}

/* "a, b or c" of the names that begin so; how many there are, and one of them. */
static size_t find_cut_short(const fl_table *table, fl_str start, const fl_option_name **ret, const char **ret_names)
{
    fl_buf names = fl_buf_in(fl_arena_here(), 1 << 16);
    size_t count = 0, last = 0;

    fl_vec_each (const fl_option_name, option, &table->names) {
        if (!fl_str_starts(fl_str_of(option->text), start))
            continue;
        last = names.size;
        fl_buf_format(&names, "%s%s", count++ == 0 ? "" : ", ", option->text);
        *ret = option;
    }
    *ret_names = count < 2 ? NULL : fl_text("%.*s or %s", (int)last, fl_buf_c(&names), fl_buf_c(&names) + last + 2);
    return count;
}

/* -5, -.5 and -1e3 are numbers where no option is a digit; what has a space in it was meant as text. */
static fl_match not_an_option(const fl_table *table, const char *text)
{
    const char *digit = text + 1 + (text[1] == '.');
    bool is_word = (!table->has_digit && *digit >= '0' && *digit <= '9') || strchr(text, ' ') != NULL;

    return (fl_match){ .kind = is_word ? FL_MATCH_WORD : FL_MATCH_UNKNOWN };
}

static fl_match match_long(const fl_table *table, const char *text)
{
    const char *equals = strchr(text, '=');
    fl_match match = { FL_MATCH_OPTION, .value = equals == NULL ? NULL : equals + 1 };
    fl_str name = fl_str_n(text, equals == NULL ? strlen(text) : (size_t)(equals - text));

    match.name = find(table, name);
    if (match.name != NULL)
        return match;
    size_t count = find_cut_short(table, name, &match.name, &match.others);
    if (count > 1)
        match.kind = FL_MATCH_UNCLEAR;
    return count > 0 ? match : not_an_option(table, text);
}

static fl_match match_short(const fl_table *table, const char *text)
{
    fl_match match = { FL_MATCH_OPTION, .name = fl_match_letter(table, text[1]) };

    if (match.name == NULL)
        return not_an_option(table, text);
    match.attached = text[2] != '\0' && text[2] != '=';
    match.value = text[2] == '\0' ? NULL : text + 2 + !match.attached;
    return match;
}

fl_match fl_match_word(const fl_table *table, const char *text)
{
    if (text[0] != '-' || text[1] == '\0')
        return (fl_match){ .kind = FL_MATCH_WORD };
    return text[1] == '-' ? match_long(table, text) : match_short(table, text);
}

const char *fl_match_nearest(const fl_table *table, const char *text)
{
    const char *equals = strchr(text, '='), **names = fl_new_array(const char *, table->names.count + 1);
    fl_str name = fl_str_n(text, equals == NULL ? strlen(text) : (size_t)(equals - text));
    bool is_short = name.size == 2 && name.data[1] != '-';

    for (size_t i = 0; i < table->names.count; i++)
        names[i] = table->names.items[i].text;
    if (is_short)
        return NULL;                             /* any letter is near any other */
    return fl_nearest_name(fl_text("%s%.*s", name.data[1] == '-' ? "" : "-", FL_SHOW(name)), names);
}
