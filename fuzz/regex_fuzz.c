/* Regular expressions: what compiles matches within the text and in order, agrees with itself, and never takes long.
 * The first byte has the flags; the pattern ends at the first line end, the text is the rest. */
#include <errno.h>
#include <fleche/base.h>
#include <fleche/regex.h>
#include <stdlib.h>

static void require(bool ok)
{
    if (!ok)
        abort();
}

static void check_groups(const fl_regex *regex, fl_str text, const fl_regex_groups *groups)
{
    require(groups->count == fl_regex_group_count(regex) + 1 && groups->items[0].data != NULL);
    for (size_t i = 0; i < groups->count; i++) {
        fl_str item = groups->items[i];
        require(item.data == NULL || text.size == 0 ||
                (item.data >= text.data && item.data + item.size <= text.data + text.size));
    }
}

static void check_ways(const fl_regex *regex, fl_str text)
{
    fl_regex_groups groups;

    for (fl_regex_how how = FL_REGEX_SEARCH; how <= FL_REGEX_FULL; how++) {
        int code = fl_regex_try_match(regex, text, how, &groups);
        require(code == 0 || code == 1 || code == -E2BIG || code == -EILSEQ);
        if (code == 1)
            check_groups(regex, text, &groups);
        if (code == 1 && how == FL_REGEX_FULL)
            require(groups.items[0].size == text.size);
        if (code == 1 && how == FL_REGEX_START && text.size > 0)
            require(groups.items[0].data == text.data);
    }
}

/* Every match replaced by itself is the text. */
static void check_replace(const fl_regex *regex, fl_str text)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);
    int count = fl_regex_try_replace(regex, text, fl_lit("\\g<0>"), 0, &out), walked = 0, code;

    require(count >= 0 ? fl_str_equal(fl_buf_str(&out), text) : count == -E2BIG || count == -EILSEQ);
    size_t end = 0;
    for (fl_regex_cursor cursor = { 0 }; (code = fl_regex_try_next(regex, text, &cursor, NULL)) > 0; walked++) {
        require(cursor.at >= end && cursor.at <= text.size);
        end = cursor.at;
    }
    require(count < 0 || code < 0 || walked == count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static fl_arena *arena;
    fl_str rest = { (const char *)data + 1, size - 1 }, pattern;
    fl_regex *regex;
    fl_regex_error why = { "", 0 };

    if (size == 0 || !fl_str_cut(&rest, '\n', &pattern))
        return 0;
    if (arena == NULL)
        arena = fl_arena_new("fuzz", FL_NO_LIMIT);
    (void)fl_arena_set_here(arena);
    int code = fl_regex_try_new(pattern, data[0] & 63, &regex, &why);
    require(code == 0 || ((code == -EINVAL || code == -E2BIG) && why.message[0] != '\0' && why.offset <= pattern.size));
    if (code == 0) {
        check_ways(regex, rest);
        check_replace(regex, rest);
    }
    (void)fl_regex_escape(rest);
    fl_arena_reset(arena);
    return 0;
}
