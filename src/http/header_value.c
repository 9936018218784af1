/* Headers with parameters, read as Django reads them: parts between semicolons that stand in no quotes, names in lower case, values
 * in quotes or not, and RFC 2231's charset'language'text. One pass over the text, whatever it is. */
#include "http/header_value.h"
#include <fleche/codec.h>
#include <fleche/unicode.h>
#include "http/querydict.h"
#include "http/strip.h"

/* Takes the next part off: up to a semicolon outside of quotes. A quote behind a backslash neither opens nor closes. */
static fl_str next_part(fl_str *rest)
{
    fl_str s = *rest;
    bool quoted = false;
    size_t i = 0;

    for (; i < s.size && (quoted || s.data[i] != ';'); i++)
        if (s.data[i] == '"' && (i == 0 || s.data[i - 1] != '\\'))
            quoted = !quoted;
    if (quoted)                                      /* a quote that never closes: all that is left */
        i = s.size;
    *rest = fl_str_slice(s, i + 1, SIZE_MAX);
    return fl_strip(fl_str_slice(s, 0, i));
}

static fl_str without_quotes(fl_str value)
{
    if (value.size < 2 || value.data[0] != '"' || value.data[value.size - 1] != '"')
        return value;
    value = fl_str_slice(value, 1, value.size - 2);
    if (memchr(value.data, '\\', value.size) == NULL)
        return value;
    value = fl_str_replace(value, fl_lit("\\\\"), fl_lit("\\"));
    return fl_str_replace(value, fl_lit("\\\""), fl_lit("\""));
}

static size_t count_quotes(fl_str text)
{
    size_t n = 0;

    for (size_t i = 0; i < text.size; i++)
        n += text.data[i] == '\'';
    return n;
}

/* Escaped bytes as characters of Latin-1, beyond ASCII as U+FFFD where the charset is ASCII. */
static fl_str decode_single_bytes(fl_str text, bool ascii)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 3 * text.size + 1);

    for (size_t i = 0; i < text.size; i++) {
        fl_buf byte = fl_buf_in(fl_arena_here(), 3);
        char bytes[4];
        if (text.data[i] != '%') {
            fl_buf_add_char(&out, text.data[i]);
            continue;
        }
        fl_percent_decode(fl_str_slice(text, i, 3), &byte);
        if (byte.size != 1) {
            fl_buf_add_char(&out, '%');
            continue;
        }
        uint8_t c = (uint8_t)byte.data[0];
        fl_buf_add_n(&out, bytes, fl_utf8_put(ascii && c >= 0x80 ? 0xFFFD : c, bytes));
        i += 2;
    }
    return fl_buf_str(&out);
}

/* Charsets other than these are read as UTF-8, which is what nearly all who write them mean. */
static fl_str decode(fl_str charset, fl_str text)
{
    static const fl_str latin1[] = { FL_LIT("iso-8859-1"), FL_LIT("latin-1"), FL_LIT("latin1"), FL_LIT("iso8859-1") };

    for (size_t i = 0; i < FL_LENGTH(latin1); i++)
        if (fl_str_equal_ascii(charset, latin1[i]))
            return decode_single_bytes(text, false);
    if (fl_str_equal_ascii(charset, fl_lit("us-ascii")) || fl_str_equal_ascii(charset, fl_lit("ascii")))
        return decode_single_bytes(text, true);
    fl_buf out = fl_buf_in(fl_arena_here(), text.size + 1);
    fl_percent_decode(text, &out);
    return fl_utf8_repair(fl_buf_str(&out));
}

static bool with_charset(fl_str *value)
{
    fl_str rest = *value, charset, language;

    if (count_quotes(rest) != 2)
        return false;
    (void)fl_str_cut(&rest, '\'', &charset);
    (void)fl_str_cut(&rest, '\'', &language);
    *value = decode(charset, rest);
    return true;
}

static bool read_parameter(fl_str part, fl_querydict *parameters)
{
    size_t at;

    if (!fl_str_find_char(part, '=', &at))
        return true;
    fl_str name = fl_str_lower_ascii(fl_strip(fl_str_slice(part, 0, at)));
    fl_str value = without_quotes(fl_strip(fl_str_slice(part, at + 1, SIZE_MAX)));
    bool extended = fl_str_ends(name, fl_lit("*"));
    if (extended)
        name.size--;
    if (extended && count_quotes(part) == 2 && !with_charset(&value))
        return false;
    fl_querydict_entry *entry = fl_querydict_find(parameters, name);
    if (entry != NULL)
        entry->values.count = 0;
    fl_querydict_append_str(parameters, name, value);
    return true;
}

bool fl_header_value_parse(fl_str text, fl_header_value *ret)
{
    fl_querydict *parameters = fl_querydict_new();
    fl_str value = fl_str_lower_ascii(next_part(&text));

    while (text.size > 0)
        if (!read_parameter(next_part(&text), parameters))
            return false;
    *ret = (fl_header_value){ value, parameters };
    return true;
}
