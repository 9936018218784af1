/* Regular expressions turned round: from a pattern to the texts that it takes, with a hole for each group that captures.
 *
 * Each construct gives its simplest text: a class its first character, "x*" nothing, "x+" one, a group without a capture what is inside.
 * A capturing group is a hole, named, or "_0", "_1" …; one that may be absent gives two shapes, without and with it. A pattern with "|"
 * outside of a hole has no single shape: it cannot be reversed. */
#include <fleche/buf.h>
#include "urls/urls.h"

typedef struct reader {
    const char *at;
    size_t unnamed;                                  /* groups without a name so far */
    bool named_only, failed;
} reader;

typedef struct shapes { fl_url_shape items[FL_URL_SHAPES]; size_t count; } shapes;

/* -- building shapes -------------------------------------------------------------------------------------------------------------------------- */

static void add_piece(fl_url_shape *shape, fl_url_piece piece)
{
    fl_url_piece *last = shape->count > 0 ? &shape->pieces[shape->count - 1] : NULL;

    if (last != NULL && last->parameter == NULL && piece.parameter == NULL) {
        last->text = fl_str_of(fl_text("%.*s%.*s", FL_SHOW(last->text), FL_SHOW(piece.text)));
        return;
    }
    shape->pieces = fl_arena_resize(fl_arena_here(), shape->pieces, shape->count * sizeof *shape->pieces,
                                    (shape->count + 1) * sizeof *shape->pieces);
    shape->pieces[shape->count++] = piece;
    shape->parameters += piece.parameter != NULL;
}

static fl_url_shape join(const fl_url_shape *a, const fl_url_shape *b)
{
    fl_url_shape both = { .count = 0 };

    for (size_t i = 0; i < a->count; i++)
        add_piece(&both, a->pieces[i]);
    for (size_t i = 0; i < b->count; i++)
        add_piece(&both, b->pieces[i]);
    return both;
}

/* Every shape of `to`, followed by every one of `more`. */
static void append(shapes *to, const shapes *more, bool *failed)
{
    shapes all = { .count = 0 };

    for (size_t i = 0; i < to->count; i++)
        for (size_t k = 0; k < more->count; k++) {
            if (all.count == FL_URL_SHAPES) {
                *failed = true;
                return;
            }
            all.items[all.count++] = join(&to->items[i], &more->items[k]);
        }
    *to = all;
}

static shapes of_piece(fl_url_piece piece)
{
    shapes one = { .count = 1 };

    add_piece(&one.items[0], piece);
    return one;
}

static shapes of_text(fl_str text) { return text.size == 0 ? (shapes){ .count = 1 } : of_piece((fl_url_piece){ .text = text }); }

/* -- reading ------------------------------------------------------------------------------------------------------------------------------------ */

static shapes read_alternatives(reader *r);

/* The character that stands for \d and its like; as it is for all others. Empty for places: \b, \A, \Z. */
static fl_str escaped(char c)
{
    static const struct {
        char class;
        const char *text;
    } classes[] = {
        { 'd', "0" }, { 'D', "x" }, { 'w', "x" }, { 'W', "!" }, { 's', " " }, { 'S', "x" },
        { 'A', "" },  { 'b', "" },  { 'B', "" },  { 'Z', "" },  { 'z', "" },
    };
    for (size_t i = 0; i < FL_LENGTH(classes); i++)
        if (classes[i].class == c)
            return fl_str_of(classes[i].text);
    return fl_str_copy(fl_str_n(&c, 1));
}

/* "[a-z]": "a". */
static fl_str read_class(reader *r)
{
    const char *at = r->at;                          /* behind "[" */
    fl_str first = fl_str_n(at, 1);

    if (*at == '^')
        first = fl_str_n(++at, 1);
    if (*at == '\\')
        first = escaped(at[1]);
    for (const char *start = at; *at != '\0' && (*at != ']' || at == start); at++)
        at += *at == '\\' && at[1] != '\0';
    r->failed |= *at == '\0';
    r->at = *at == '\0' ? at : at + 1;
    return first;
}

static void skip_to_group_end(reader *r)
{
    for (int depth = 1; *r->at != '\0';) {
        char c = *r->at++;
        if (c == '\\' && *r->at != '\0')
            r->at++;
        else if (c == '[')
            (void)read_class(r);
        else if (c == '(')
            depth++;
        else if (c == ')' && --depth == 0)
            return;
    }
    r->failed = true;
}

static shapes read_hole(reader *r, const char *name)
{
    skip_to_group_end(r);
    return of_piece((fl_url_piece){ .parameter = name });
}

/* Behind "(". */
static shapes read_group(reader *r)
{
    if (r->at[0] != '?')
        return read_hole(r, fl_text("_%zu", r->unnamed++));
    if (r->at[1] == 'P' && r->at[2] == '<') {
        const char *name = r->at + 3, *end = strchr(name, '>');
        r->at = end == NULL ? name : end + 1;
        r->failed |= end == NULL;
        return read_hole(r, fl_text("%.*s", end == NULL ? 0 : (int)(end - name), name));
    }
    if (r->at[1] == ':') {
        r->at += 2;
        shapes inside = read_alternatives(r);
        r->failed |= *r->at != ')';
        r->at += *r->at == ')';
        return inside;
    }
    if (r->at[1] == '#' || r->at[1] == '=' || r->at[1] == '!' || r->at[1] == '<') {
        skip_to_group_end(r);                        /* a comment, or a condition on what stands around */
        return of_text(fl_lit(""));
    }
    if (strchr("iLmsu", r->at[1]) != NULL) {
        skip_to_group_end(r);
        return of_text(fl_lit(""));
    }
    r->failed = true;
    return of_text(fl_lit(""));
}

/* "?", "*", "+", "{2,3}": how often at least. -1: there is none. */
static int read_quantifier(reader *r)
{
    int least = -1;
    char c = *r->at;

    if (c == '*' || c == '?')
        least = 0;
    else if (c == '+')
        least = 1;
    else if (c == '{' && r->at[1] >= '0' && r->at[1] <= '9' && strchr(r->at, '}') != NULL)
        for (least = 0, r->at++; *r->at >= '0' && *r->at <= '9' && least < 1000; r->at++)
            least = least * 10 + *r->at - '0';
    if (least < 0)
        return -1;
    r->at += c == '{' ? strcspn(r->at, "}") + 1 : 1;
    r->at += *r->at == '?' || *r->at == '+';         /* how greedy it is does not matter */
    return least;
}

static bool has_hole(const shapes *s)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->items[i].parameters > 0)
            return true;
    return false;
}

static shapes repeated(const shapes *one, int least, bool *failed)
{
    shapes many = { .count = 1 };

    if (least == 0 && has_hole(one)) {
        for (size_t i = 0; i < one->count && many.count < FL_URL_SHAPES; i++)
            many.items[many.count++] = one->items[i];
        return many;
    }
    for (int i = 0; i < least && i < 64; i++)
        append(&many, one, failed);
    return many;
}

static shapes read_one(reader *r)
{
    char c = *r->at++;

    if (c == '^' || c == '$')
        return of_text(fl_lit(""));
    if (c == '.')
        return of_text(fl_lit("."));
    if (c == '[')
        return of_text(read_class(r));
    if (c == '(')
        return read_group(r);
    if (c == '\\' && *r->at != '\0')
        return of_text(escaped(*r->at++));
    return of_text(fl_str_n(r->at - 1, 1));
}

static shapes read_alternatives(reader *r)
{
    shapes all = { .count = 1 };

    while (*r->at != '\0' && *r->at != ')' && !r->failed) {
        if (*r->at == '|') {
            r->failed = true;
            break;
        }
        shapes one = read_one(r);
        int least = read_quantifier(r);
        if (least >= 0)
            one = repeated(&one, least, &r->failed);
        append(&all, &one, &r->failed);
    }
    return all;
}

/* -- ways ----------------------------------------------------------------------------------------------------------------------------------------- */

static shapes of_path(const fl_url_part *part)
{
    shapes all = { .count = 1 };

    for (size_t i = 0; i < part->token_count; i++) {
        const fl_url_token *token = &part->tokens[i];
        if (token->converter == NULL)
            add_piece(&all.items[0], (fl_url_piece){ .text = token->text });
        else
            add_piece(&all.items[0], (fl_url_piece){ .parameter = fl_str_c(token->text), .converter = token->converter });
    }
    return all;
}

void fl_url_shapes_make(fl_url_way *way)
{
    shapes all = { .count = 1 };
    reader r = { .at = NULL };

    for (size_t i = 0; i < way->part_count; i++) {
        const fl_route *route = way->parts[i].route;
        bool regex = route->kind == FL_ROUTE_REGEX || route->regex_prefix;
        r.at = route->pattern;
        shapes part = regex ? read_alternatives(&r) : of_path(&way->parts[i]);
        append(&all, &part, &r.failed);
    }
    if (r.failed)
        return;
    way->shapes = fl_new_array(fl_url_shape, all.count);
    memcpy(way->shapes, all.items, all.count * sizeof *all.items);
    way->shape_count = all.count;
}
