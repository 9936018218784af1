/* Command lines: what reads, written again in its plainest form, reads the same; what does not read says why. Words are apart by
 * line ends; the first byte chooses the table. */
#include <fleche/arguments.h>
#include <fleche/base.h>
#include <stdlib.h>

FL_ARGUMENTS(wide, Argument(path), Argument(second, .default_value = "none"), Rest(rest), Text(name, .short_name = "n"),
             Texts(tag, .short_name = "t"), Int(limit, .short_name = "l", .default_value = "-5"), Float(ratio), Time(since),
             Data(data), Flag(dry_run, .short_name = "d"), Flag(verbose, .short_name = "v"), Bool(input),
             Flag(color, .default_value = "true"), Text(output, .choices = "json xml", .default_value = "xml"));
FL_ARGUMENTS(narrow, Argument(first), Rest(rest, .required = true), Argument(last), Flag(one, .short_name = "1"),
             Int(needed, .short_name = "n", .required = true), Texts(naming), Stop(help, .short_name = "h"));

static void check(bool ok)
{
    if (!ok)
        abort();
}

typedef fl_vec(const char *) words;

/* -- writing a struct as words --------------------------------------------------------------------------------------------- */

static const char *option(const char *name) { return fl_str_replace(fl_str_of(name), fl_lit("_"), fl_lit("-")).data; }

static void write_value(const char *name, const char *text, words *out)
{
    fl_vec_push(out, fl_text("--%s=%s", option(name), text));
}

static void write_option(const fl_argument *a, const void *at, words *out)
{
    const fl_list *list;
    const char *text;
    fl_json *data;
    bool on;

    switch (a->kind) {
    case FL_ARGUMENT_INT: write_value(a->name, fl_text("%lld", *(const fl_int *)at), out); return;
    case FL_ARGUMENT_FLOAT: write_value(a->name, fl_value_text(fl_box(*(const double *)at)), out); return;
    case FL_ARGUMENT_TIME:
        if (!fl_is_none_datetime(*(const fl_datetime *)at))
            write_value(a->name, fl_datetime_text(*(const fl_datetime *)at, FL_ISO_8601), out);
        return;
    case FL_ARGUMENT_DATA:
        memcpy(&data, at, sizeof data);
        if (data != NULL)
            write_value(a->name, fl_json_dump(data), out);
        return;
    case FL_ARGUMENT_TEXT:
        memcpy(&text, at, sizeof text);
        if (text != NULL)
            write_value(a->name, text, out);
        return;
    case FL_ARGUMENT_TEXTS:
        memcpy(&list, at, sizeof list);
        for (size_t i = 0; i < fl_len(list); i++)
            write_value(a->name, list->items[i].text.data, out);
        return;
    default:
        memcpy(&on, at, sizeof on);
        if (on != (a->options.default_value != NULL))
            fl_vec_push(out, fl_text("--%s%s", on ? "" : "no-", option(a->name)));
    }
}

static void write_words(const fl_argument *a, const void *at, words *out)
{
    const fl_list *list;
    const char *text;

    if (a->kind == FL_ARGUMENT_REST) {
        memcpy(&list, at, sizeof list);
        for (size_t i = 0; i < fl_len(list); i++)
            fl_vec_push(out, list->items[i].text.data);
    } else {
        memcpy(&text, at, sizeof text);
        fl_vec_push(out, text);
    }
}

static const char *const *write_all(const fl_argument *arguments, const void *args)
{
    words out = { 0 };

    for (int plain = 0; plain < 2; plain++) {
        if (plain)
            fl_vec_push(&out, "--");
        for (const fl_argument *a = arguments; a->name != NULL; a++) {
            bool is_word = a->kind == FL_ARGUMENT_WORD || a->kind == FL_ARGUMENT_REST;
            if (is_word == plain)
                (plain ? write_words : write_option)(a, (const char *)args + a->offset, &out);
        }
    }
    fl_vec_push(&out, NULL);
    return out.items;
}

/* -- reading --------------------------------------------------------------------------------------------------------------- */

static void check_line(const fl_argument *arguments, const char *const *line)
{
    union {
        wide_args wide;
        narrow_args narrow;
    } args, again;
    const fl_argument_group group = { .arguments = arguments, .into = &args },
                            second = { .arguments = arguments, .into = &again };

    memset(&args, 0, sizeof args);
    const char *wrong = fl_arguments_parse(&group, 1, line);
    check(wrong == NULL || (strlen(wrong) > 0 && strlen(wrong) < 2000 && fl_utf8_valid(fl_str_of(wrong))));
    if (wrong != NULL || (arguments == narrow_arguments && args.narrow.help))
        return;
    const char *const *plain = write_all(arguments, &args);
    check(fl_arguments_parse(&second, 1, plain) == NULL);
    const char *const *same = write_all(arguments, &again);
    for (size_t i = 0; plain[i] != NULL || same[i] != NULL; i++)
        check(fl_text_is(plain[i], same[i]));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static fl_arena *arena;
    words line = { 0 };

    if (arena == NULL)
        arena = fl_arena_new("fuzz", FL_NO_LIMIT);
    if (size == 0 || size > 4096)
        return 0;
    (void)fl_arena_set_here(arena);
    for (fl_str word, rest = fl_str_n((const char *)data + 1, size - 1); rest.size > 0 && fl_str_cut(&rest, '\n', &word);)
        fl_vec_push(&line, fl_str_c(word));
    fl_vec_push(&line, NULL);
    check_line(data[0] % 2 == 0 ? wide_arguments : narrow_arguments, line.items);
    fl_arena_reset(arena);
    return 0;
}
