/* Typed arguments: declared once, as a struct and the table that describes it. What commands (cli.h) and tasks share.
 *
 *     FL_ARGUMENTS(import,
 *         Argument(path, .help = "the file"),
 *         Int(limit, .help = "stop after so many rows", .default_value = "1000", .short_name = "l"),
 *         Flag(dry_run, .help = "change nothing"));
 *
 * declares struct import_args { const char *path; fl_int limit; bool dry_run; } and its table. A command line fills it:
 *
 *     import_args args;
 *     const fl_argument_group group = FL_ARGUMENT_GROUP(import, &args);
 *     const char *wrong = fl_arguments_parse(&group, 1, FL_STRINGS("list.csv", "-l5", "--dry-run"));
 *     if (wrong != NULL) …                        // "argument -l/--limit: 'x' is not a whole number"
 *
 * The kinds, and how each is written on a command line (_ in a name is - there):
 *
 *     Argument(path)   const char *         the next word; one without .default_value must be there
 *     Rest(paths)      const fl_list *      all words that are left; .required: at least one; never NULL
 *     Text(name)       const char *         --name TEXT; NULL without .default_value
 *     Texts(name)      const fl_list *      --name A --name B: each of them; never NULL
 *     Int(n) Float(n)  fl_int, double       --n 5; 0 without .default_value
 *     Time(at)         fl_datetime          --at 2026-11-20T09:30, in the current zone, or with an offset; or a date
 *     Data(json)       fl_json *            --json '{"a": 1}'; NULL without .default_value
 *     Flag(on)         bool                 --on; with .default_value = "true" it is --no-on
 *     Bool(on)         bool                 --on and --no-on
 *     Stop(help)       bool                 --help: ends the reading at once, whatever else is missing
 *
 * Command lines read as Python's argparse reads them: --name value, --name=value, -n value, -nvalue, -n=value, flags in one
 * (-xvf), names cut short where that is clear (--dry), -- ends the options, -5 is a number. Of an option given twice, the last
 * counts. Options may stand anywhere between the words. */
#pragma once
#include "json.h"
#include "value.h"

typedef enum fl_argument_kind {
    FL_ARGUMENT_WORD = 1, FL_ARGUMENT_REST, FL_ARGUMENT_TEXT, FL_ARGUMENT_TEXTS, FL_ARGUMENT_INT, FL_ARGUMENT_FLOAT,
    FL_ARGUMENT_TIME, FL_ARGUMENT_DATA,
    FL_ARGUMENT_FLAG, FL_ARGUMENT_BOOL, FL_ARGUMENT_STOP,          /* these have no value behind them */
} fl_argument_kind;

typedef struct fl_argument_options {
    const char *help;                              /* what it is for, in a few words: "stop after so many rows" */
    const char *default_value;                     /* as it would be written on the command line; not for Rest and Texts */
    const char *short_name;                        /* "l" for -l: one ASCII letter or digit */
    const char *choices;                           /* the only values there are, apart by spaces: "json xml" */
    bool required;
} fl_argument_options;

typedef struct fl_argument { const char *name; fl_argument_kind kind; size_t offset; fl_argument_options options; } fl_argument;

/* FL_ARGUMENTS(id, …) declares the type id_args and the table id_arguments, which ends with an empty entry. Inside other macros:
 * FL_ARGUMENT_MEMBERS(…) are the struct's members, FL_ARGUMENT_TABLE(T, …) initializes a table for the struct T. */
#define FL_ARGUMENTS(id, ...) \
    typedef struct { FL_ARGUMENT_MEMBERS(__VA_ARGS__) } id##_args; \
    static const fl_argument id##_arguments[] = FL_ARGUMENT_TABLE(id##_args, __VA_ARGS__)
#define FL_ARGUMENT_MEMBERS(...) char fl_none[0]; FL_MAP(FL_TS, , __VA_ARGS__)
#define FL_ARGUMENT_TABLE(T, ...) { FL_MAP(FL_TD, T, __VA_ARGS__) { 0 } }
/* What stands in Options(…) among the arguments belongs to the command or the task: initializers of its options. */
#define FL_ARGUMENT_EXTRAS(...) FL_MAP(FL_TO, , __VA_ARGS__)

#define FL_KT_
#define FL_KT_Argument(n, ...) ARG, const char *, FL_ARGUMENT_WORD, n, __VA_ARGS__
#define FL_KT_Rest(n, ...)     ARG, const fl_list *, FL_ARGUMENT_REST, n, __VA_ARGS__
#define FL_KT_Text(n, ...)     ARG, const char *, FL_ARGUMENT_TEXT, n, __VA_ARGS__
#define FL_KT_Texts(n, ...)    ARG, const fl_list *, FL_ARGUMENT_TEXTS, n, __VA_ARGS__
#define FL_KT_Int(n, ...)      ARG, fl_int, FL_ARGUMENT_INT, n, __VA_ARGS__
#define FL_KT_Float(n, ...)    ARG, double, FL_ARGUMENT_FLOAT, n, __VA_ARGS__
#define FL_KT_Time(n, ...)     ARG, fl_datetime, FL_ARGUMENT_TIME, n, __VA_ARGS__
#define FL_KT_Data(n, ...)     ARG, fl_json *, FL_ARGUMENT_DATA, n, __VA_ARGS__
#define FL_KT_Flag(n, ...)     ARG, bool, FL_ARGUMENT_FLAG, n, __VA_ARGS__
#define FL_KT_Bool(n, ...)     ARG, bool, FL_ARGUMENT_BOOL, n, __VA_ARGS__
#define FL_KT_Stop(n, ...)     ARG, bool, FL_ARGUMENT_STOP, n, __VA_ARGS__
#define FL_KT_Options(...)     OPTIONS, , , , __VA_ARGS__
#define FL_TS(c, item) FL_APPLY(TS, c, FL_KT_##item)
#define FL_TS_ARG(c, type, k, n, ...) type n;
#define FL_TS_OPTIONS(...)
#define FL_TD(T, item) FL_APPLY(TD, T, FL_KT_##item)
#define FL_TD_ARG(T, type, k, n, ...) { .name = #n, .kind = k, .offset = offsetof(T, n), .options = { __VA_ARGS__ } },
#define FL_TD_OPTIONS(...)
#define FL_TO(c, item) FL_APPLY(TO, c, FL_KT_##item)
#define FL_TO_ARG(...)
#define FL_TO_OPTIONS(c, a, b, d, ...) __VA_ARGS__
/* An item of a declaration, by its shape: FL_APPLY(pass, T, shape, …) is FL_pass_shape(T, …), and nothing for an empty item. */
#define FL_APPLY(pass, T, ...) FL_APPLY_(pass, T, __VA_ARGS__)
#define FL_APPLY_(pass, T, ...) __VA_OPT__(FL_APPLY__(pass, T, __VA_ARGS__))
#define FL_APPLY__(pass, T, shape, ...) FL_##pass##_##shape(T, __VA_ARGS__)

/* -- reading --------------------------------------------------------------------------------------------------------------- */

/* A table, and the struct it fills; NULL where only help is written. The groups of one command line share its names. */
typedef struct fl_argument_group { const fl_argument *arguments; void *into; const char *title; } fl_argument_group;
#define FL_ARGUMENT_GROUP(id, args) { .arguments = id##_arguments, .into = 1 ? (args) : (id##_args *)NULL }

/* fl_arguments_parse reads a command line, a list that ends with NULL and begins behind the program's name, and fills each
 * group's struct. NULL, or what is wrong: text in the current arena, as are lists; texts are the command line's own. Raises
 * FL_PROGRAMMING_ERROR for a table that makes no sense (two of one name, a default that is none). */
FL_MUST_CHECK const char *fl_arguments_parse(const fl_argument_group *groups, size_t count, const char *const *words);

/* fl_arguments_usage appends "usage: <program> [--limit LIMIT] [--dry-run] path", and fl_arguments_help all arguments with their
 * help, group by group; in lines of `width` columns. Titles stand above the groups that have one. */
void fl_arguments_usage(const char *program, const fl_argument_group *groups, size_t count, size_t width, struct fl_buf *out);
void fl_arguments_help(const fl_argument_group *groups, size_t count, size_t width, struct fl_buf *out);

/* -- did you mean ---------------------------------------------------------------------------------------------------------- */

/* fl_edit_distance counts the bytes to insert, delete, replace or exchange with their neighbour to make b of a; SIZE_MAX if one
 * has more than 64. */
size_t fl_edit_distance(fl_str a, fl_str b);
/* fl_nearest_name gives the name that was probably meant: of a list that ends with NULL, the first of those with the fewest
 * edits, where these are at most a third of it; NULL if none is that near. */
const char *fl_nearest_name(const char *name, const char *const *names);
