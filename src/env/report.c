/* What was read, told without any value: for people, and for a gate that fails on what is missing, wrong or unused. */
#include "env/env.h"

static bool unused_entry(size_t at, fl_env_entry *ret)
{
    const env_loaded *loaded = env_loaded_at(at);

    *ret = (fl_env_entry){
        .name = loaded->name, .type = "", .file = loaded->path, .line = loaded->line, .source = FL_ENV_UNUSED
    };
    ret->secret = fl_is_secret_name(loaded->name);
    return true;
}

bool fl_env_next(size_t *cursor, fl_env_entry *ret)
{
    size_t read = 0;
    const fl_env_entry *entry = env_recorded(*cursor);

    if (entry != NULL) {
        *ret = *entry;
        ++*cursor;
        return true;
    }
    while (env_recorded(read) != NULL)
        read++;
    for (const env_loaded *loaded; (loaded = env_loaded_at(*cursor - read)) != NULL;) {
        size_t at = (*cursor)++ - read;
        if (!loaded->used && !fl_starts_with(loaded->name, "FLECHE_"))      /* those are the framework's */
            return unused_entry(at, ret);
    }
    return false;
}

static const char *source_of(const fl_env_entry *e)
{
    if (e->missing)
        return "missing";
    switch (e->source) {
    case FL_ENV_UNSET: return "not set";
    case FL_ENV_SET: return "environment";
    case FL_ENV_UNUSED: return "unused";
    default: return e->from;
    }
}

static const char *fallback_of(const fl_env_entry *e)
{
    if (e->source == FL_ENV_UNUSED)
        return "";
    return e->required ? "required" : e->fallback == NULL ? "-" : e->fallback[0] == '\0' ? "''" : e->fallback;
}

enum { COLUMNS = 5 };

static void row_of(const fl_env_entry *e, const char *ret[COLUMNS])
{
    ret[0] = e->name;
    ret[1] = e->type;
    ret[2] = fallback_of(e);
    ret[3] = e->wrong ? fl_text("wrong (%s)", source_of(e)) : source_of(e);
    ret[4] = fl_text("%s:%d", e->file, e->line);
}

static void widen(const char *const *row, size_t *widths)
{
    for (size_t i = 0; i < COLUMNS; i++) {
        size_t width = strlen(row[i]);
        widths[i] = width > widths[i] ? width : widths[i];
    }
}

static void print_row(const char *const *row, const size_t *widths, fl_buf *out)
{
    for (size_t i = 0; i < COLUMNS; i++)
        fl_buf_format(out, "%-*s%s", i + 1 < COLUMNS ? (int)widths[i] : 0, row[i], i + 1 < COLUMNS ? "  " : "\n");
}

static void print_table(fl_buf *out)
{
    const char *row[COLUMNS] = { "variable", "type", "default", "from", "read at" };
    size_t widths[COLUMNS] = { 0 };
    fl_env_entry entry;

    widen(row, widths);
    for (size_t cursor = 0; fl_env_next(&cursor, &entry);) {
        const char *cells[COLUMNS];
        row_of(&entry, cells);
        widen(cells, widths);
    }
    print_row(row, widths, out);
    for (size_t cursor = 0; fl_env_next(&cursor, &entry);) {
        row_of(&entry, row);
        print_row(row, widths, out);
    }
}

const char *fl_env_report(void)
{
    fl_buf out = fl_buf_in(fl_arena_here(), ENV_TEXT_MOST);

    print_table(&out);
    return fl_buf_c(&out);
}

size_t fl_env_check(fl_buf *out)
{
    size_t problems = 0;
    fl_env_entry e;

    print_table(out);
    for (size_t cursor = 0; fl_env_next(&cursor, &e);) {
        const char *what = e.missing                   ? "is required and not set"
                           : e.wrong                   ? "cannot be read as its type"
                           : e.source == FL_ENV_UNUSED ? "is set there and never read"
                                                       : NULL;
        if (what == NULL)
            continue;
        fl_buf_format(out, "%s:%d: %s %s\n", e.file, e.line, e.name, what);
        problems++;
    }
    return problems;
}
