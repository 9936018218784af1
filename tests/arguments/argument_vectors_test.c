/* Command lines against argparse's readings of them. */
#include <fleche/arguments.h>
#include "../codec/vectors.h"

FL_ARGUMENTS(options, Argument(path), Rest(rest), Text(name, .short_name = "n"),
             Int(limit, .short_name = "l", .default_value = "1000"), Int(line_length),
             Float(ratio, .short_name = "r", .default_value = "0.5"), Flag(dry_run, .short_name = "d"),
             Flag(verbose, .short_name = "v"), Bool(input, .default_value = "true"), Texts(ignore, .short_name = "i"),
             Text(output, .short_name = "o", .choices = "json xml jsonl", .default_value = "json"));
FL_ARGUMENTS(words, Argument(first), Argument(second, .default_value = "none"), Rest(rest), Argument(last),
             Flag(x, .short_name = "x"), Int(needed, .required = true));
FL_ARGUMENTS(digits, Argument(number, .default_value = "0"), Flag(one, .short_name = "1"), Int(two, .short_name = "2"),
             Flag(three, .default_value = "true"));

static void show_value(const fl_argument *argument, const void *at, fl_buf *out)
{
    const char *text;
    const fl_list *list;

    switch (argument->kind) {
    case FL_ARGUMENT_INT: fl_buf_add_int(out, *(const fl_int *)at); return;
    case FL_ARGUMENT_FLOAT: fl_buf_add_double(out, *(const double *)at); return;
    case FL_ARGUMENT_FLAG:
    case FL_ARGUMENT_BOOL: fl_buf_add_c(out, *(const bool *)at ? "True" : "False"); return;
    case FL_ARGUMENT_REST:
    case FL_ARGUMENT_TEXTS:
        memcpy(&list, at, sizeof list);
        fl_buf_add_char(out, '[');
        for (size_t i = 0; i < fl_len(list); i++)
            fl_buf_format(out, "%s%s", i == 0 ? "" : ",", fl_value_text(list->items[i]));
        fl_buf_add_char(out, ']');
        return;
    default: memcpy(&text, at, sizeof text); fl_buf_add_c(out, text == NULL ? "" : text);
    }
}

static fl_str show(const fl_argument *arguments, const void *args)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 1 << 12);

    for (; arguments->name != NULL; arguments++) {
        show_value(arguments, (const char *)args + arguments->offset, &out);
        fl_buf_add_char(&out, '\x1f');
    }
    return fl_buf_str(&out);
}

static void check(const vector *v)
{
    static const struct {
        const char *name;
        const fl_argument *arguments;
    } tables[] = {
        { "options", options_arguments },
        { "words", words_arguments },
        { "digits", digits_arguments },
    };
    union {
        options_args options;
        words_args words;
        digits_args digits;
    } args;
    const fl_argument *arguments = NULL;
    fl_vec(const char *) words = { 0 };

    for (size_t i = 0; i < FL_LENGTH(tables); i++)
        if (vector_is(v, tables[i].name))
            arguments = tables[i].arguments;
    fl_expect(arguments != NULL);
    for (fl_str word, rest = v->fields[1]; rest.size > 0 && fl_str_cut(&rest, '\x1f', &word);)
        fl_vec_push(&words, fl_str_c(word));
    fl_vec_push(&words, NULL);
    const fl_argument_group group = { .arguments = arguments, .into = &args };
    const char *wrong = fl_arguments_parse(&group, 1, words.items);
    if (wrong != NULL)
        fl_label("%zu: %s", v->line, wrong);
    fl_expect_bytes(wrong == NULL ? show(arguments, &args) : fl_lit("error"), v->fields[2]);
}

FL_TEST(command_lines_read_as_argparse_reads_them) { each_vector("arguments", check); }
