/* Replacing matches: Python's sub(), with templates or a function. */
#include <errno.h>
#include "regex/regex.h"

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_octal(char c) { return c >= '0' && c <= '7'; }

/* -- templates --------------------------------------------------------------------------------------------------------------- */

typedef struct template { const fl_regex *regex; fl_str text; size_t at; const char *wrong; } template;

static char ahead(const template *t, size_t by) { return by < t->text.size - t->at ? t->text.data[t->at + by] : '\0'; }

static const struct {
    char letter, means;
} letters[] = {
    { 'a', '\a' }, { 'b', '\b' }, { 'f', '\f' }, { 'n', '\n' }, { 'r', '\r' }, { 't', '\t' }, { 'v', '\v' }, { '\\', '\\' },
};

static bool wrong(template *t, const char *why)
{
    t->wrong = why;
    return false;
}

static bool add_group(template *t, unsigned long long number, const fl_regex_groups *groups, fl_buf *out)
{
    if (number > t->regex->groups)
        return wrong(t, "there is no such group");
    if (groups != NULL)
        fl_buf_add(out, groups->items[number]);
    return true;
}

/* \g<name> or \g<1> */
static bool add_named(template *t, const fl_regex_groups *groups, fl_buf *out)
{
    fl_str name = fl_str_slice(t->text, t->at + 3, SIZE_MAX);
    size_t end;
    unsigned long long number;

    if (ahead(t, 2) != '<' || !fl_str_find_char(name, '>', &end) || end == 0)
        return wrong(t, "\\g wants a group's name or number between < and >");
    name.size = end;
    t->at += 3 + end + 1;
    if (is_digit(name.data[0]))
        return fl_str_uint(name, &number) ? add_group(t, number, groups, out) : wrong(t, "there is no such group");
    for (size_t i = 0; i < t->regex->names; i++)
        if (fl_str_equal(name, fl_str_of(t->regex->name[i].name)))
            return add_group(t, t->regex->name[i].number, groups, out);
    return wrong(t, "there is no group of that name");
}

/* \1 and \12 are groups, \012 and \123 characters. */
static bool add_number(template *t, const fl_regex_groups *groups, fl_buf *out)
{
    bool octal = ahead(t, 1) == '0' || (is_octal(ahead(t, 1)) && is_octal(ahead(t, 2)) && is_octal(ahead(t, 3)));
    unsigned base = octal ? 8 : 10, value = 0;
    size_t i = 0, most = octal ? 3 : 2;

    for (; i < most && (octal ? is_octal(ahead(t, 1 + i)) : is_digit(ahead(t, 1 + i))); i++)
        value = value * base + (unsigned)(ahead(t, 1 + i) - '0');
    t->at += 1 + i;
    if (!octal)
        return add_group(t, value, groups, out);
    if (value > 0x7F && (t->regex->flags & FL_REGEX_BYTES) == 0)
        return wrong(t, "an octal escape is at most \\177");
    fl_buf_add_char(out, (char)value);
    return true;
}

static bool add_escape(template *t, const fl_regex_groups *groups, fl_buf *out)
{
    char c = ahead(t, 1);

    if (t->at + 1 == t->text.size)
        return wrong(t, "a backslash at the end");
    if (c == 'g')
        return add_named(t, groups, out);
    if (is_digit(c))
        return add_number(t, groups, out);
    for (size_t i = 0; i < FL_LENGTH(letters); i++)
        if (letters[i].letter == c) {
            fl_buf_add_char(out, letters[i].means);
            t->at += 2;
            return true;
        }
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
        return wrong(t, "an escape that means nothing here");
    fl_buf_add(out, fl_str_slice(t->text, t->at, 2));
    t->at += 2;
    return true;
}

/* Writes the template for these groups; without groups only reads it. False with t->wrong. */
static bool add_template(template *t, const fl_regex_groups *groups, fl_buf *out)
{
    t->at = 0;
    while (t->at < t->text.size) {
        size_t size = 0;
        if (!fl_str_find_char(fl_str_slice(t->text, t->at, SIZE_MAX), '\\', &size))
            size = t->text.size - t->at;
        fl_buf_add(out, fl_str_slice(t->text, t->at, size));
        t->at += size;
        if (t->at < t->text.size && !add_escape(t, groups, out))
            return false;
    }
    return true;
}

/* A template is read once before anything is matched, so that a wrong one is found without a match too. */
static bool check(template *t)
{
    char room[64];
    fl_buf nowhere = { .data = room, .capacity = sizeof room - 1, .limit = sizeof room - 1 };

    return add_template(t, NULL, &nowhere);
}

static void write_template(const fl_regex_groups *groups, void *data, fl_buf *out) { (void)add_template(data, groups, out); }

/* -- the text ---------------------------------------------------------------------------------------------------------------- */

typedef struct job {
    const fl_regex *regex;
    fl_str text;
    size_t most;
    fl_regex_writer *run;
    void *data;
    fl_buf *out;
} job;

/* Appends the text, its matches rewritten; gives their number or a code. */
static int rewrite(const job *j)
{
    fl_regex_cursor cursor = { 0 };
    fl_regex_groups groups;
    size_t done = 0;
    int count = 0, code = 0;

    while ((j->most == 0 || (size_t)count < j->most) && !fl_buf_failed(j->out) &&
           (code = fl_regex_try_next(j->regex, j->text, &cursor, &groups)) > 0) {
        size_t start = (size_t)(groups.items[0].data - (j->text.data == NULL ? groups.items[0].data : j->text.data));
        fl_buf_add(j->out, fl_str_slice(j->text, done, start - done));
        j->run(&groups, j->data, j->out);
        done = start + groups.items[0].size;
        count++;
    }
    fl_buf_add(j->out, fl_str_slice(j->text, done, SIZE_MAX));
    return code < 0 ? code : fl_buf_failed(j->out) ? j->out->error : count;
}

int fl_regex_try_replace(const fl_regex *regex, fl_str text, fl_str with, size_t most, fl_buf *out)
{
    template t = { .regex = regex, .text = with };
    size_t before = out->size;

    if (!check(&t))
        return -EINVAL;
    int code = rewrite(&(job){ regex, text, most, write_template, &t, out });
    if (code < 0)
        out->size = before;
    return code;
}

fl_str fl_regex_replace_by(const fl_regex *regex, fl_str text, fl_regex_writer *run, void *data)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);
    int code = rewrite(&(job){ regex, text, 0, run, data, &out });

    if (code == 0)
        return text;
    if (code < 0 && !fl_buf_failed(&out))
        fl_regex_raise(code, regex, text);
    return (fl_str){ fl_buf_c(&out), out.size };
}

fl_str fl_regex_replace(const fl_regex *regex, fl_str text, const char *with)
{
    template t = { .regex = regex, .text = fl_str_of(with) };

    if (!check(&t))
        fl_raise(FL_BAD_REGEX, "the replacement '%s' is wrong at %zu: %s", with, t.at, t.wrong);
    return fl_regex_replace_by(regex, text, write_template, &t);
}
