/* What stands around a link in running text: brackets before it, punctuation and closing brackets behind it. Closing brackets
 * that belong to the link stay (…/wiki/Link_(film)), and so does the semicolon that ends a reference (…?a=b&amp;). */
#include "text/characters.h"
#include "text/links.h"
#include "text/unescape.h"

static const char punctuation[] = ".,:;!", without_semicolon[] = ".,:!";

/* The link as it is cut from behind. What is known of it is kept while it shrinks, so that each step costs what it takes off. */
typedef struct shrinking {
    fl_str middle;
    size_t more_closings[2];                         /* of ) and ], than opening ones */
    size_t ampersand;                                /* the last one, SIZE_MAX for none */
    size_t *work;
} shrinking;

static void count_brackets(shrinking *s)
{
    static const char openings[] = "([", closings[] = ")]";
    size_t opened[2] = { 0 }, closed[2] = { 0 };

    for (size_t i = 0; i < s->middle.size; i++)
        for (size_t kind = 0; kind < 2; kind++) {
            opened[kind] += s->middle.data[i] == openings[kind];
            closed[kind] += s->middle.data[i] == closings[kind];
        }
    for (size_t kind = 0; kind < 2; kind++)
        s->more_closings[kind] = closed[kind] > opened[kind] ? closed[kind] - opened[kind] : 0;
    *s->work += s->middle.size;
}

static void find_ampersand(shrinking *s)
{
    if (s->ampersand != SIZE_MAX && s->ampersand < s->middle.size)
        return;
    size_t end = s->ampersand == SIZE_MAX ? 0 : s->middle.size;
    s->ampersand = SIZE_MAX;
    (void)fl_str_find_last(fl_str_slice(s->middle, 0, end), '&', &s->ampersand);
    *s->work += s->ampersand == SIZE_MAX ? end : end - s->ampersand;
}

static bool ends_in_one_of(fl_str text, const char *characters)
{
    char last = text.size == 0 ? '\0' : text.data[text.size - 1];
    return last != '\0' && strchr(characters, last) != NULL;
}

static bool shrink_to(shrinking *s, size_t size)
{
    bool shrunk = size < s->middle.size;

    *s->work += s->middle.size - size + 1;
    s->middle.size = size;
    return shrunk;
}

static size_t without_any(fl_str text, const char *characters)
{
    while (ends_in_one_of(text, characters))
        text.size--;
    return text.size;
}

/* Takes off as many characters as closing brackets are too many, if it ends in one. */
static bool take_brackets(shrinking *s, size_t kind, char closing)
{
    size_t size = s->middle.size;

    if (s->more_closings[kind] == 0 || size == 0 || s->middle.data[size - 1] != closing)
        return false;
    for (; s->more_closings[kind] > 0 && size > 0; s->more_closings[kind]--)
        do {
            size--;
        } while (size > 0 && ((uint8_t)s->middle.data[size] & 0xC0) == 0x80);
    s->more_closings[kind] = 0;
    return shrink_to(s, size);
}

/* Whether the semicolon at the end is one of the text's own: no reference ends with it. */
static bool semicolon_is_punctuation(const shrinking *s)
{
    char room[64];
    fl_buf characters = { .data = room, .capacity = sizeof room - 1, .limit = sizeof room - 1 };

    if (s->ampersand == SIZE_MAX)
        return true;
    fl_str reference = fl_str_from_(s->middle, s->ampersand);
    size_t size = fl_reference_(reference, &characters);
    return size < reference.size || ends_in_one_of(fl_buf_str(&characters), ";");
}

static bool take_semicolons(shrinking *s)
{
    if (!ends_in_one_of(s->middle, ";") || !semicolon_is_punctuation(s))
        return false;
    size_t start = without_any(s->middle, punctuation), first;
    size_t semicolons = s->middle.size - without_any(s->middle, ";");
    if (s->ampersand != SIZE_MAX && semicolons > 1 && fl_str_find_char(fl_str_from_(s->middle, start), ';', &first))
        start += first + 1;                          /* a reference may end with the first */
    return shrink_to(s, start);
}

void fl_trim_link_(fl_str word, fl_str *ret_lead, fl_str *ret_middle, fl_str *ret_trail, size_t *work)
{
    size_t lead = 0;

    while (lead < word.size && (word.data[lead] == '(' || word.data[lead] == '['))
        lead++;
    shrinking s = { .middle = fl_str_from_(word, lead), .ampersand = word.size, .work = work };
    *work += lead;
    count_brackets(&s);
    for (bool again = true; again && s.middle.size > 0;) {
        again = take_brackets(&s, 0, ')');
        again |= take_brackets(&s, 1, ']');
        find_ampersand(&s);
        again |= shrink_to(&s, without_any(s.middle, s.ampersand == SIZE_MAX ? punctuation : without_semicolon));
        again |= take_semicolons(&s);
    }
    *ret_lead = fl_str_slice(word, 0, lead);
    *ret_middle = s.middle;
    *ret_trail = fl_str_slice(word, lead + s.middle.size, SIZE_MAX);
}
