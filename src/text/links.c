/* Words that are links: URLs, hosts, mail addresses. The rules are those of Django's Urlizer and its validators; each looks at a
 * word once. Letters beyond ASCII count in names of hosts, as browsers take them. */
#include "text/links.h"
#include <arpa/inet.h>
#include "text/characters.h"

enum { LABEL_LONGEST = 63, ADDRESS_LONGEST = 320 };

static bool starts_ascii(fl_str text, fl_str prefix)
{
    return text.size >= prefix.size && fl_str_equal_ascii(fl_str_slice(text, 0, prefix.size), prefix);
}

static bool fits(fl_str word, size_t most) { return word.size <= most || (word.size <= most * 4 && fl_utf8_count(word) <= most); }

bool fl_is_url_(fl_str word)
{
    uint32_t code_point;

    if (!starts_ascii(word, fl_lit("http")) || !fits(word, FL_URL_LONGEST))
        return false;
    fl_str rest = fl_str_from_(word, 4);
    if (rest.size > 0 && (rest.data[0] | 0x20) == 's')
        rest = fl_str_from_(rest, 1);
    if (!fl_str_after(rest, fl_lit("://"), &rest))
        return false;
    (void)fl_str_after(rest, fl_lit("["), &rest);
    return fl_utf8_next(&rest, &code_point) && fl_is_word_(code_point);
}

/* -- names of hosts ---------------------------------------------------------------------------------------------------------- */

/* One part of a name: 1 to 63 letters, digits and hyphens, no hyphen at its ends. */
static bool is_label(fl_str label)
{
    size_t count = 0;
    uint32_t code_point;

    if (label.size == 0 || label.data[0] == '-' || label.data[label.size - 1] == '-')
        return false;
    for (; fl_utf8_next(&label, &code_point); count++) {
        bool ascii = code_point < 0x80;
        if (ascii ? !fl_is_ascii_alnum_((char)code_point) && code_point != '-' : code_point < 0xA1 || code_point > 0xFFFF)
            return false;
    }
    return count <= LABEL_LONGEST;
}

/* Whether all parts of the name are labels but the last, which is given. */
static bool is_name(fl_str name, fl_str *ret_last)
{
    size_t dot;
    fl_str label;

    if (!fl_str_find_last(name, '.', &dot))
        return false;
    *ret_last = fl_str_from_(name, dot + 1);
    name.size = dot;
    if (fl_str_ends(name, fl_lit(".")))
        return false;
    while (fl_str_cut(&name, '.', &label))
        if (!is_label(label))
            return false;
    return dot > 0;
}

bool fl_is_host_(fl_str word)
{
    static const fl_str domains[] = { FL_LIT("com"), FL_LIT("edu"), FL_LIT("gov"), FL_LIT("int"),
                                      FL_LIT("mil"), FL_LIT("net"), FL_LIT("org") };
    size_t slash;
    fl_str last;

    if (!fits(word, FL_URL_LONGEST))
        return false;
    if (starts_ascii(word, fl_lit("www.")))
        return true;
    if (starts_ascii(word, fl_lit("http")))
        return false;
    if (fl_str_find_char(word, '/', &slash))
        word.size = slash;
    if (!is_name(word, &last))
        return false;
    for (size_t i = 0; i < FL_LENGTH(domains); i++)
        if (fl_str_equal_ascii(last, domains[i]))
            return true;
    return false;
}

/* -- mail addresses: words have no quotes, so neither have these ------------------------------------------------------------- */

static bool is_atom_character(char c) { return fl_is_ascii_alnum_(c) || (c != '\0' && strchr("-!#$%&'*+/=?^_`{}|~", c) != NULL); }

static bool is_user(fl_str user)
{
    char before = '.';

    for (size_t i = 0; i < user.size; before = user.data[i++])
        if (!is_atom_character(user.data[i]) && (user.data[i] != '.' || before == '.'))
            return false;
    return before != '.';
}

static bool is_literal(fl_str domain)                /* [127.0.0.1], [::1] */
{
    unsigned char address[16];
    char text[INET6_ADDRSTRLEN];

    if (domain.size < 3 || domain.size - 2 >= sizeof text || domain.data[0] != '[' || domain.data[domain.size - 1] != ']')
        return false;
    memcpy(text, domain.data + 1, domain.size - 2);
    text[domain.size - 2] = '\0';
    return inet_pton(AF_INET, text, address) == 1 || inet_pton(AF_INET6, text, address) == 1;
}

static bool is_mail_domain(fl_str domain)
{
    fl_str last;
    return (is_name(domain, &last) && is_label(last) && fl_utf8_count(last) >= 2) || is_literal(domain);
}

bool fl_is_mail_address_(fl_str word)
{
    size_t at;

    if (!fits(word, ADDRESS_LONGEST) || !fl_str_find_last(word, '@', &at))
        return false;
    return is_user(fl_str_slice(word, 0, at)) && is_mail_domain(fl_str_from_(word, at + 1));
}
