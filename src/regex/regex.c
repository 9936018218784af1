/* Patterns: compiled, asked, freed; how a wrong one is told. */
#include <errno.h>
#include <fleche/heap.h>
#include <fleche/unicode.h>
#include "regex/regex.h"

FL_ERROR_CLASS(FL_BAD_REGEX, FL_VALUE_ERROR, .message = "That is no regular expression.");
FL_ERROR_CLASS(FL_REGEX_TOO_HARD, FL_VALUE_ERROR, .message = "That text takes too long to look through.");

static const struct {
    unsigned flag;
    uint32_t option;
} options[] = {
    { FL_REGEX_IGNORECASE, PCRE2_CASELESS },
    { FL_REGEX_MULTILINE, PCRE2_MULTILINE | PCRE2_ALT_CIRCUMFLEX },
    { FL_REGEX_DOTALL, PCRE2_DOTALL },
    { FL_REGEX_VERBOSE, PCRE2_EXTENDED },
};

static const uint32_t ways[WAYS] = {
    [FL_REGEX_START] = PCRE2_ANCHORED,
    [FL_REGEX_FULL] = PCRE2_ANCHORED | PCRE2_ENDANCHORED,
};

static uint32_t options_of(unsigned flags)
{
    uint32_t all = PCRE2_NEVER_BACKSLASH_C;

    for (size_t i = 0; i < FL_LENGTH(options); i++)
        if ((flags & options[i].flag) != 0)
            all |= options[i].option;
    if ((flags & FL_REGEX_BYTES) == 0)
        all |= PCRE2_UTF | ((flags & FL_REGEX_ASCII) == 0 ? PCRE2_UCP : 0);
    return all;
}

/* NULL with *ret_error (PCRE2's, above 100) and the place. PCRE2 takes memory of its own here: its compiler for machine code
 * does not survive every failure that tests would make of ours. */
static pcre2_code *compile(const fl_regex *regex, uint32_t more, int *ret_error, size_t *ret_offset)
{
    pcre2_compile_context *context = fl_heap_fails() ? NULL : pcre2_compile_context_create(NULL);
    pcre2_code *code = NULL;

    *ret_error = PCRE2_ERROR_HEAP_FAILED;
    *ret_offset = 0;
    if (context != NULL) {
        (void)pcre2_set_newline(context, PCRE2_NEWLINE_LF);
        (void)pcre2_set_parens_nest_limit(context, FL_REGEX_DEEPEST + 1);
        code = pcre2_compile((PCRE2_SPTR)regex->translated.data, regex->translated.size, options_of(regex->flags) | more,
                             ret_error, ret_offset, context);
        if (code != NULL)
            (void)pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);      /* where it cannot, matching is slower and no different */
    }
    pcre2_compile_context_free(context);
    return code;
}

const pcre2_code *fl_regex_form(const fl_regex *regex, fl_regex_how how, bool watched)
{
    _Atomic(pcre2_code *) *form = &regex->forms[how + (watched ? WAYS : 0)];
    pcre2_code *code = atomic_load_explicit(form, memory_order_acquire), *first = NULL;
    size_t offset;
    int error;

    if (FL_LIKELY(code != NULL))
        return code;
    code = compile(regex, ways[how] | (watched ? PCRE2_AUTO_CALLOUT : 0), &error, &offset);
    if (code == NULL || atomic_compare_exchange_strong(form, &first, code))
        return code;
    pcre2_code_free(code);                           /* another thread was first */
    return first;
}

/* -- making ------------------------------------------------------------------------------------------------------------------ */

static int refuse(const fl_regex *regex, unsigned flags, int error, size_t offset, fl_regex_error *reterr)
{
    char message[sizeof reterr->message];

    if (error == PCRE2_ERROR_HEAP_FAILED)
        return fl_regex_fault(reterr, -ENOMEM, 0, "no memory for the pattern");
    (void)pcre2_get_error_message(error, (PCRE2_UCHAR *)message, sizeof message);
    bool large = error == PCRE2_ERROR_PATTERN_TOO_LARGE || error == PCRE2_ERROR_PARENTHESES_NEST_TOO_DEEP ||
                 error == PCRE2_ERROR_PATTERN_TOO_COMPLICATED;
    return fl_regex_fault(reterr, large ? -E2BIG : -EINVAL, fl_regex_place(regex->pattern, flags, offset), "%s", message);
}

/* Names as PCRE2 keeps them: two bytes of the number, the name, a NUL; sorted by name. */
static void read_names(fl_regex *regex, const pcre2_code *code)
{
    PCRE2_SPTR table;
    uint32_t size;

    (void)pcre2_pattern_info(code, PCRE2_INFO_NAMETABLE, &table);
    (void)pcre2_pattern_info(code, PCRE2_INFO_NAMEENTRYSIZE, &size);
    for (size_t i = 0; i < regex->names; i++, table += size) {
        fl_regex_name name = { (const char *)table + 2, (size_t)table[0] << 8 | table[1] };
        size_t at = i;
        for (; at > 0 && regex->name[at - 1].number > name.number; at--)
            regex->name[at] = regex->name[at - 1];
        regex->name[at] = name;
    }
}

static int count_names(fl_regex *regex, const pcre2_code *code)
{
    uint32_t groups, names;

    (void)pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &groups);
    (void)pcre2_pattern_info(code, PCRE2_INFO_NAMECOUNT, &names);
    regex->groups = groups;
    regex->names = names;
    regex->name = fl_heap_alloc((names + 1) * sizeof *regex->name);
    if (regex->name == NULL)
        return -ENOMEM;
    read_names(regex, code);
    return 0;
}

static fl_str kept(char **at, fl_str text)
{
    fl_str copy = { *at, text.size };

    if (text.size > 0)
        memcpy(*at, text.data, text.size);
    (*at)[text.size] = '\0';
    *at += text.size + 1;
    return copy;
}

static fl_regex *new_regex(fl_str pattern, fl_str translated, unsigned flags)
{
    size_t forms = FORMS * sizeof(_Atomic(pcre2_code *));
    fl_regex *regex = fl_heap_zalloc(sizeof *regex + forms + pattern.size + translated.size + 2);

    if (regex == NULL)
        return NULL;
    regex->forms = (void *)(regex + 1);
    char *at = (char *)(regex + 1) + forms;
    regex->pattern = kept(&at, pattern);
    regex->translated = kept(&at, translated);
    regex->flags = flags;
    return regex;
}

static int make_translated(fl_str pattern, unsigned given, unsigned flags, fl_str translated, fl_regex **ret,
                           fl_regex_error *reterr)
{
    fl_regex *regex = new_regex(pattern, translated, flags);
    size_t offset = 0;
    int error = PCRE2_ERROR_HEAP_FAILED;

    pcre2_code *code = regex == NULL ? NULL : compile(regex, 0, &error, &offset);
    int status = code == NULL ? refuse(regex, given, error, offset, reterr) : 0;
    if (code != NULL) {
        atomic_store(&regex->forms[0], code);
        status = count_names(regex, code);
    }
    if (status != 0) {
        fl_regex_free(regex);
        return status;
    }
    *ret = regex;
    return 0;
}

int fl_regex_make(fl_str pattern, unsigned flags, fl_regex **ret, fl_regex_error *reterr)
{
    fl_buf translated = fl_buf_heap(8 * (size_t)FL_REGEX_LONGEST_PATTERN);
    unsigned all;
    size_t valid = (flags & FL_REGEX_BYTES) != 0 ? pattern.size : fl_utf8_valid_prefix(pattern);

    if (pattern.size > FL_REGEX_LONGEST_PATTERN)
        return fl_regex_fault(reterr, -E2BIG, FL_REGEX_LONGEST_PATTERN, "the pattern is longer than %d bytes",
                              FL_REGEX_LONGEST_PATTERN);
    if (valid < pattern.size)
        return fl_regex_fault(reterr, -EINVAL, valid, "the pattern is not UTF-8");
    int code = fl_regex_translate(pattern, flags, &translated, &all, reterr);
    if (code == 0)
        code = make_translated(pattern, flags, all, fl_buf_str(&translated), ret, reterr);
    fl_buf_free(&translated);
    return code;
}

void fl_regex_free(void *data)
{
    fl_regex *regex = data;

    if (regex == NULL)
        return;
    for (size_t i = 0; i < FORMS; i++)
        pcre2_code_free(atomic_load(&regex->forms[i]));
    fl_heap_free(regex->name);
    fl_heap_free(regex);
}

/* -- for applications -------------------------------------------------------------------------------------------------------- */

static void free_at_end(void *regex) { fl_arena_on_end(fl_arena_here(), fl_regex_free, regex); }

int fl_regex_try_new(fl_str pattern, unsigned flags, fl_regex **ret, fl_regex_error *reterr)
{
    fl_regex *regex;
    int code = fl_regex_make(pattern, flags, &regex, reterr);

    if (code != 0)
        return code;
    if (fl_protect(free_at_end, regex) != NULL)
        return fl_regex_fault(reterr, -ENOMEM, 0, "no memory for the pattern");
    *ret = regex;
    return 0;
}

/* The line of the pattern that has the place, and a caret below it. */
static const char *shown(fl_str pattern, size_t offset)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 2 * (size_t)FL_REGEX_LONGEST_PATTERN + 64);
    fl_str before = fl_str_slice(pattern, 0, offset), line;
    size_t start = fl_str_find_last(before, '\n', &start) ? start + 1 : 0;
    fl_str rest = fl_str_slice(pattern, start, SIZE_MAX);

    if (!fl_str_cut(&rest, '\n', &line))
        line = fl_lit("");
    fl_buf_add(&out, line);
    fl_buf_format(&out, "\n%*s^", (int)fl_display_width(fl_str_slice(before, start, SIZE_MAX)), "");
    return fl_buf_c(&out);
}

_Noreturn static void raise_bad(fl_str pattern, int code, const fl_regex_error *why)
{
    if (code == -ENOMEM)
        fl_raise_code(code, "the pattern '%.*s'", FL_SHOW(fl_str_slice(pattern, 0, 80)));
    fl_error *error = fl_error_new(FL_BAD_REGEX, "the pattern is wrong at %zu: %s", why->offset, why->message);
    error->detail = shown(pattern, why->offset);
    error->code = code;
    fl_reraise(error);
}

fl_regex *fl_regex_new(const char *pattern, unsigned flags)
{
    fl_regex *regex;
    fl_regex_error why = { 0 };
    int code = fl_regex_try_new(fl_str_of(pattern), flags, &regex, &why);

    if (code != 0)
        raise_bad(fl_str_of(pattern), code, &why);
    return regex;
}

fl_str fl_regex_pattern(const fl_regex *regex) { return regex->pattern; }
unsigned fl_regex_flags(const fl_regex *regex) { return regex->flags; }
size_t fl_regex_group_count(const fl_regex *regex) { return regex->groups; }

size_t fl_regex_names(const fl_regex *regex, const fl_regex_name **ret)
{
    *ret = regex->name;
    return regex->names;
}

fl_str fl_regex_escape(fl_str text)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c != '\0' && strchr("()[]{}?*+-|^$\\.&~# \t\n\r\v\f", c) != NULL)
            fl_buf_add_char(&out, '\\');
        fl_buf_add_char(&out, c);
    }
    return (fl_str){ fl_buf_c(&out), out.size };
}
