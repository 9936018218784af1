/* Reading a command line: options as they come, then the words that are left are dealt to the arguments that want them. The first
 * thing that is wrong ends it, but an unknown option only once it is clear that nobody asked for help behind it. */
#include <fleche/buf.h>
#include "arguments/match.h"

typedef struct reading {
    fl_table table;
    const char *const *next;                     /* the word to look at */
    fl_vec(const char *) words;                  /* that are no options */
    const char *wrong, *unknown;
    bool stopped;
} reading;

static void be_wrong(reading *r, const fl_argument *argument, const char *what)
{
    r->wrong = fl_text("argument %s: %s", fl_argument_shown(argument), what);
}

/* -- options --------------------------------------------------------------------------------------------------------------- */

static bool next_is_word(const reading *r)
{
    return *r->next != NULL && !fl_text_is(*r->next, "--") && fl_match_word(&r->table, *r->next).kind == FL_MATCH_WORD;
}

static void take_value(reading *r, fl_place *place, const char *value)
{
    if (value == NULL && !next_is_word(r)) {
        be_wrong(r, place->is, fl_text("%s is expected behind it", fl_argument_wants(place->is)));
        return;
    }
    if (value == NULL)
        value = *r->next++;
    const char *wrong = fl_argument_read(place->is, value, place->at);
    if (wrong != NULL)
        be_wrong(r, place->is, wrong);
}

static void take_option(reading *r, fl_match match);

/* What stands behind a flag in the same word: more short options, or it is wrong. */
static void take_attached(reading *r, const fl_match *flag)
{
    const char *rest = flag->value;
    fl_match match = { FL_MATCH_OPTION, .name = flag->attached ? fl_match_letter(&r->table, rest[0]) : NULL };

    if (match.name == NULL) {
        be_wrong(r, flag->name->place->is,
                 flag->attached ? fl_text("it takes no value, and %s is no option", fl_argument_quoted(fl_text("-%s", rest)))
                                : "it takes no value");
        return;
    }
    match.attached = rest[1] != '\0' && rest[1] != '=';
    match.value = rest[1] == '\0' ? NULL : rest + 1 + !match.attached;
    take_option(r, match);
}

static void take_option(reading *r, fl_match match)
{
    fl_place *place = match.name->place;

    place->given = true;
    if (!fl_argument_is_flag(place->is)) {
        take_value(r, place, match.value);
        return;
    }
    *(bool *)place->at = match.name->sets;
    r->stopped |= place->is->kind == FL_ARGUMENT_STOP;
    if (match.value != NULL)
        take_attached(r, &match);
}

static void note_unknown(reading *r, const char *text)
{
    const char *near = fl_match_nearest(&r->table, text);

    if (r->unknown == NULL)
        r->unknown = fl_text("there is no option %s%s%s", fl_argument_quoted(text), near == NULL ? "" : "; did you mean ",
                             near == NULL ? "" : fl_text("%s?", near));
}

static void take_next(reading *r)
{
    const char *text = *r->next++;
    fl_match match = fl_match_word(&r->table, text);

    switch (match.kind) {
    case FL_MATCH_WORD: fl_vec_push(&r->words, text); break;
    case FL_MATCH_OPTION: take_option(r, match); break;
    case FL_MATCH_UNKNOWN: note_unknown(r, text); break;
    case FL_MATCH_UNCLEAR: r->wrong = fl_text("%s may be %s", fl_argument_quoted(text), match.others); break;
    }
}

/* -- words ----------------------------------------------------------------------------------------------------------------- */

/* Each takes as much as it can, as long as enough is left for those behind it that must have one. */
static void deal_words(reading *r)
{
    size_t needed = 0, at = 0;

    for (size_t i = 0; i < r->table.count; i++)
        needed += !fl_argument_is_option(r->table.places[i].is) && fl_argument_is_needed(r->table.places[i].is);
    for (size_t i = 0; i < r->table.count && r->wrong == NULL; i++) {
        fl_place *place = &r->table.places[i];
        if (fl_argument_is_option(place->is))
            continue;
        bool is_needed = fl_argument_is_needed(place->is);
        needed -= is_needed;
        size_t left = r->words.count - at, most = place->is->kind == FL_ARGUMENT_REST ? SIZE_MAX : 1;
        size_t free_ones = left > needed ? left - needed : is_needed && left > 0;
        for (size_t n = 0; n < most && n < free_ones && r->wrong == NULL; n++) {
            place->given = true;
            take_value(r, place, r->words.items[at++]);
        }
    }
    if (r->wrong == NULL && at < r->words.count)
        r->wrong = fl_text("%s is one argument too many", fl_argument_quoted(r->words.items[at]));
}

static void look_for_missing(reading *r)
{
    fl_buf names = fl_buf_in(fl_arena_here(), 1 << 16);

    for (size_t i = 0; i < r->table.count; i++) {
        const fl_place *place = &r->table.places[i];
        if (!place->given && fl_argument_is_needed(place->is))
            fl_buf_format(&names, "%s%s", names.size == 0 ? "" : ", ", fl_argument_shown(place->is));
    }
    if (names.size > 0)
        r->wrong = fl_text("what is missing: %s", fl_buf_c(&names));
}

const char *fl_arguments_parse(const fl_argument_group *groups, size_t count, const char *const *words)
{
    reading r = { .table = fl_table_of(groups, count), .next = words };

    while (*r.next != NULL && !fl_text_is(*r.next, "--") && r.wrong == NULL && !r.stopped)
        take_next(&r);
    if (r.wrong != NULL || r.stopped)
        return r.wrong;
    if (*r.next != NULL)
        r.next++;
    while (*r.next != NULL)
        fl_vec_push(&r.words, *r.next++);
    if (r.unknown != NULL)
        return r.unknown;
    deal_words(&r);
    if (r.wrong == NULL)
        look_for_missing(&r);
    return r.wrong;
}
