/* Values against Python's answers: str(), repr(), bool(), ==, <, int(), float(), uuid.UUID(). */
#include <errno.h>
#include <stdlib.h>
#include "../helpers.h"

static fl_str unescaped(fl_str text)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 1 << 16);

    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c == '\\') {
            c = text.data[++i];
            c = c == 't' ? '\t' : c == 'n' ? '\n' : c == 'r' ? '\r' : c == '0' ? '\0' : c;
        }
        fl_buf_add_char(&out, c);
    }
    size_t size = out.size;
    return (fl_str){ fl_buf_c(&out), size };
}

static fl_value bytes_of(fl_str hex)
{
    uint8_t *bytes = fl_alloc(hex.size / 2 + 1);

    for (size_t i = 0; i < hex.size / 2; i++)
        bytes[i] = (uint8_t)strtol(fl_str_c(fl_str_slice(hex, 2 * i, 2)), NULL, 16);
    return fl_box_bytes((fl_bytes){ bytes, hex.size / 2 });
}

static fl_value read_value(fl_str written)
{
    fl_str text = fl_str_slice(written, 2, SIZE_MAX);
    const char *c = fl_str_c(text);

    switch (written.data[0]) {
    case 'n': return FL_NONE_VALUE;
    case 'b': return fl_box((bool)(c[0] == '1'));
    case 'i': return fl_box(strtoll(c, NULL, 10));
    case 'u': return fl_box(strtoull(c, NULL, 10));
    case 'g': return (fl_value){ .kind = FL_V_BIG, .text = fl_str_of(c) };
    case 'f': return fl_box(strtod(c, NULL));
    case 'd': return fl_box(fl_decimal_parse(c));
    case 't': return (fl_value){ .kind = FL_V_TEXT, .text = unescaped(text) };
    case 'y': return bytes_of(text);
    case 'W': return fl_box((fl_datetime){ strtoll(c, NULL, 10) + 1 });
    case 'D': return fl_box((fl_date){ (int32_t)strtol(c, NULL, 10) });
    case 'T': return fl_box((fl_time){ strtoll(c, NULL, 10) + 1 });
    case 'P': return fl_box((fl_duration){ strtoll(c, NULL, 10) });
    default: fl_fail("no such kind of value: %.*s", FL_SHOW(written));
    }
}

static fl_str repr_of(fl_value v)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 1 << 16);

    fl_value_repr(v, &out);
    return fl_buf_str(&out);
}

static fl_str printed(fl_value v)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 1 << 16);

    fl_value_print(v, &out);
    return fl_buf_str(&out);
}

static const char *equality(fl_value a, fl_value b)
{
    bool equal = fl_value_equal(a, b);

    if (equal && fl_value_hash(a) != fl_value_hash(b))
        return "equal, but with other hashes";
    return equal ? "1" : "0";
}

static const char *uuid_text(fl_str text)
{
    fl_uuid id;
    int code = fl_uuid_try_parse(text, &id);

    return code == 0 ? fl_uuid_text(id) : code == -EINVAL ? "EINVAL" : "another code";
}

static fl_str answer(fl_str question, fl_str a, fl_str b)
{
    fl_value v = fl_str_equal(question, fl_lit("uuid")) ? FL_NONE_VALUE : read_value(a);
    double f;
    fl_int i;
    int order;

    switch (question.data[0]) {
    case 's': return printed(v);
    case 'r': return repr_of(v);
    case 't': return fl_str_of(fl_value_truth(v) ? "1" : "0");
    case 'i': return fl_str_of(fl_value_to_int(v, &i) ? fl_text("%lld", i) : "none");
    case 'e': return fl_str_of(equality(v, read_value(b)));
    case 'u': return fl_str_of(uuid_text(a));
    case 'c': return fl_str_of(fl_value_compare(v, read_value(b), &order) ? (order < 0 ? "-1" : order > 0 ? "1" : "0") : "none");
    case 'f':
        return fl_value_to_double(v, &f)
                   ? fl_value_equal(fl_box(f), fl_box(0.0)) ? fl_lit("0x0.0p+0") : fl_str_of(fl_text("%a", f))
                   : fl_lit("none");
    default: fl_fail("no such question: %.*s", FL_SHOW(question));
    }
}

static bool agrees(fl_str question, fl_str given, fl_str expected)
{
    if (question.data[0] != 'f' || fl_str_equal(expected, fl_lit("none")) || fl_str_equal(given, fl_lit("none")))
        return fl_str_equal(given, expected);
    double a = strtod(fl_str_c(given), NULL), b = strtod(fl_str_c(expected), NULL);
    return !(a < b) && !(a > b);
}

static void check(char *line, int number)
{
    fl_str rest = fl_str_of(line), question = { 0 }, a = { 0 }, b = { 0 };

    fl_expect(fl_str_cut(&rest, '\t', &question) && fl_str_cut(&rest, '\t', &a) && fl_str_cut(&rest, '\t', &b));
    fl_str expected = unescaped(rest), given = answer(question, a, b);
    if (!agrees(question, given, expected))
        fl_fail("line %d: %.*s of %.*s and %.*s is %.*s, expected %.*s", number, FL_SHOW(question), FL_SHOW(a), FL_SHOW(b),
                FL_SHOW(given), FL_SHOW(expected));
}

FL_TEST(every_vector_of_python_agrees)
{
    FILE *file = opened("data/value.tsv");
    char line[4096];
    int count = 0;

    while (fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        fl_scope {
            check(line, ++count);
        }
    }
    fl_expect(count > 2000);
}
