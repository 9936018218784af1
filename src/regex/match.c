/* Matching, with a bound on the work of it.
 *
 * PCRE2 counts steps for each place that a match may begin at, not for the whole, and some of its steps read all of the text. So
 * texts short enough for a count to bound the time are matched with one, small enough that the whole cannot take long; and what
 * goes beyond it, as all that is longer, is matched by the form that calls us on its way, so that we can look at the clock. That
 * costs some nanoseconds for each part of the pattern tried.
 *
 * What PCRE2 works in is kept for each thread; nothing in here waits, so fibers may share it. */
#include <errno.h>
#include <fleche/heap.h>
#include <fleche/unicode.h>
#include <pthread.h>
#include <time.h>
#include "regex/regex.h"

/* From our heap, so that tests can count it and make it fail. */
static void *take(size_t size, FL_UNUSED void *data) { return fl_heap_alloc(size); }
static void give_back(void *block, FL_UNUSED void *data) { fl_heap_free(block); }

enum { SHORT = 512, STEPS = 1 << 20, UNBOUND_STEPS = INT32_MAX, FIRST_PAIRS = 16 };
enum { STACK_LEAST = 32 << 10, STACK_MOST = 1 << 20, HEAP_KIB = 16 << 10 };
enum { CALLS_BETWEEN_LOOKS = 64, LONGEST_US = 250000, BYTES_A_US = 16 };

typedef struct workplace {
    pcre2_general_context *memory;
    pcre2_match_context *context;
    pcre2_jit_stack *stack;
    pcre2_match_data *data;
    size_t pairs;                                    /* groups that data has room for */
    unsigned calls;
    int64_t deadline, longest;
    int64_t cpu_deadline;                            /* of the thread's own time; 0: the deadline has not come yet */
} workplace;

static _Thread_local workplace mine;
static pthread_key_t thread_end;

static void clear(void *of_thread)
{
    workplace *w = of_thread;

    pcre2_match_data_free(w->data);
    pcre2_match_context_free(w->context);
    pcre2_jit_stack_free(w->stack);
    pcre2_general_context_free(w->memory);
    *w = (workplace){ 0 };
}

static void make_key(void) { (void)pthread_key_create(&thread_end, clear); }

/* The main thread's key destructors do not run at exit(). */
__attribute__((destructor)) static void end_main_thread(void) { clear(&mine); }

/* To some milliseconds, in as many nanoseconds: it is asked twice for each match of a text's many. */
static int64_t now_us(void)
{
#ifdef CLOCK_MONOTONIC_COARSE
    const clockid_t clock = CLOCK_MONOTONIC_COARSE;
#else
    const clockid_t clock = CLOCK_MONOTONIC;
#endif
    struct timespec now;

    (void)clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static int64_t thread_us(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* On a busy machine much of the time was others': behind the deadline, what counts is the thread's own, once more as much. */
static bool has_had_its_share(workplace *w)
{
    int64_t now = thread_us();

    if (w->cpu_deadline == 0)
        w->cpu_deadline = now + w->longest;
    return now > w->cpu_deadline;
}

static int look_at_the_clock(FL_UNUSED pcre2_callout_block *block, void *data)
{
    workplace *w = data;

    if (FL_LIKELY(++w->calls % CALLS_BETWEEN_LOOKS != 0))
        return 0;
    return now_us() > w->deadline && has_had_its_share(w) ? PCRE2_ERROR_CALLOUT : 0;
}

FL_COLD static bool set_up(workplace *w)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    (void)pthread_once(&once, make_key);
    (void)pthread_setspecific(thread_end, w);
    if (w->memory == NULL)
        w->memory = pcre2_general_context_create(take, give_back, NULL);
    if (w->memory != NULL && w->stack == NULL && !fl_heap_fails())
        w->stack = pcre2_jit_stack_create(STACK_LEAST, STACK_MOST, w->memory);
    if (w->stack == NULL)
        return false;
    w->context = pcre2_match_context_create(w->memory);
    if (w->context == NULL)
        return false;
    (void)pcre2_set_heap_limit(w->context, HEAP_KIB);
    (void)pcre2_set_callout(w->context, look_at_the_clock, w);
    pcre2_jit_stack_assign(w->context, NULL, w->stack);
    return true;
}

static bool make_room(workplace *w, size_t pairs)
{
    if (w->context == NULL && !set_up(w))
        return false;
    if (pairs < FIRST_PAIRS)
        pairs = FIRST_PAIRS;
    pcre2_match_data *data = pcre2_match_data_create((uint32_t)pairs, w->memory);
    if (data == NULL)
        return false;
    pcre2_match_data_free(w->data);
    w->data = data;
    w->pairs = pairs;
    return true;
}

/* What PCRE2 gave, as our codes. */
static int outcome(int result)
{
    switch (result) {
    case PCRE2_ERROR_NOMATCH: return 0;
    case PCRE2_ERROR_CALLOUT:
    case PCRE2_ERROR_MATCHLIMIT:
    case PCRE2_ERROR_DEPTHLIMIT:
    case PCRE2_ERROR_HEAPLIMIT:
    case PCRE2_ERROR_JIT_STACKLIMIT: return -E2BIG;
    case PCRE2_ERROR_NOMEMORY: return -ENOMEM;
    default: return result >= 0 ? 1 : -EINVAL;
    }
}

typedef struct search {
    const fl_regex *regex;
    fl_str text;
    fl_regex_how how;
    size_t from;
    uint32_t options;
    int64_t longest;                                 /* µs that it may take */
} search;

static int run(workplace *w, const search *s, bool watched, uint32_t steps)
{
    const pcre2_code *code = fl_regex_form(s->regex, s->how, watched);

    if (code == NULL)
        return -ENOMEM;
    (void)pcre2_set_match_limit(w->context, steps);
    return outcome(
        pcre2_match(code, (PCRE2_SPTR)s->text.data, s->text.size, s->from, s->options | PCRE2_NO_UTF_CHECK, w->data, w->context));
}

static int run_bounded(workplace *w, const search *s)
{
    size_t starts = s->how == FL_REGEX_SEARCH ? s->text.size - s->from + 1 : 1;

    if (s->text.size <= SHORT) {
        int code = run(w, s, false, (uint32_t)(STEPS / starts));
        if (FL_LIKELY(code != -E2BIG))
            return code;
    }
    w->deadline = now_us() + s->longest;
    w->longest = s->longest;
    w->cpu_deadline = 0;
    return run(w, s, true, UNBOUND_STEPS);
}

static int give_groups(const workplace *w, const search *s, fl_regex_groups *ret)
{
    size_t count = s->regex->groups + 1;
    const PCRE2_SIZE *places = pcre2_get_ovector_pointer(w->data);
    fl_str *items = fl_arena_try_alloc(fl_arena_here(), count * sizeof *items);

    if (items == NULL)
        return -ENOMEM;
    for (size_t i = 0; i < count; i++) {
        PCRE2_SIZE start = places[2 * i], end = places[2 * i + 1];
        items[i] = start == PCRE2_UNSET ? (fl_str){ 0 } : (fl_str){ s->text.data + start, end - start };
    }
    *ret = (fl_regex_groups){ items, count };
    return 1;
}

/* *ret_place is where the match begins and ends. */
static int find(search *s, bool check, fl_regex_groups *ret, size_t ret_place[2])
{
    workplace *w = &mine;

    if (s->text.data == NULL)
        s->text.data = "";                           /* so that an empty group differs from one that took no part */
    if (s->text.size > FL_REGEX_LONGEST_TEXT)
        return -E2BIG;
    if (check && (s->regex->flags & FL_REGEX_BYTES) == 0 && !fl_utf8_valid(s->text))
        return -EILSEQ;
    if (FL_UNLIKELY(w->pairs <= s->regex->groups) && !make_room(w, s->regex->groups + 1))
        return -ENOMEM;
    int code = run_bounded(w, s);
    if (code <= 0)
        return code;
    memcpy(ret_place, pcre2_get_ovector_pointer(w->data), 2 * sizeof *ret_place);
    return ret == NULL ? 1 : give_groups(w, s, ret);
}

int fl_regex_try_match(const fl_regex *regex, fl_str text, fl_regex_how how, fl_regex_groups *ret)
{
    search s = { .regex = regex, .text = text, .how = how, .longest = LONGEST_US };
    size_t place[2];

    return find(&s, true, ret, place);
}

/* As in Python: behind an empty match the next one may begin at the same place, but not be empty there. Many matches, each within
 * its bounds, could still take hours: so the time of all is counted. */
int fl_regex_try_next(const fl_regex *regex, fl_str text, fl_regex_cursor *cursor, fl_regex_groups *ret)
{
    search s = { .regex = regex, .text = text, .from = cursor->at, .options = cursor->past_empty ? PCRE2_NOTEMPTY_ATSTART : 0 };
    size_t place[2];

    if (cursor->at > text.size)
        return 0;
    s.longest = LONGEST_US + (int64_t)(text.size / BYTES_A_US) - cursor->spent;
    if (s.longest <= 0)
        return -E2BIG;
    int64_t before = now_us();
    int code = find(&s, !cursor->checked, ret, place);
    cursor->spent += now_us() - before;
    if (code > 0)
        *cursor = (fl_regex_cursor){ place[1], true, place[0] == place[1], cursor->spent };
    return code;
}

/* -- raising ----------------------------------------------------------------------------------------------------------------- */

_Noreturn void fl_regex_raise(int code, const fl_regex *regex, fl_str text)
{
    fl_str pattern = fl_str_slice(regex->pattern, 0, 200);

    if (code == -EILSEQ)
        fl_raise(FL_VALUE_ERROR, "the text is not UTF-8 from byte %zu on, and the pattern '%.*s' matches text",
                 fl_utf8_valid_prefix(text), FL_SHOW(pattern));
    if (code != -E2BIG)
        fl_raise_code(code, "matching '%.*s'", FL_SHOW(pattern));
    fl_error *error = fl_error_new(FL_REGEX_TOO_HARD, "the pattern '%.*s' takes too long in a text of %zu bytes",
                                   FL_SHOW(pattern), text.size);
    error->hint =
        text.size > FL_REGEX_LONGEST_TEXT
            ? "match parts of the text: at most 16 MiB at once"
            : "a repeat inside of a repeat, as in (a+)+, tries every way to share out the text: make each part begin with "
              "what the one before cannot match, or use possessive repeats, as in a++";
    error->code = code;
    fl_reraise(error);
}

bool fl_regex_match(const fl_regex *regex, fl_str text, fl_regex_how how, fl_regex_groups *ret)
{
    int code = fl_regex_try_match(regex, text, how, ret);

    if (code < 0)
        fl_regex_raise(code, regex, text);
    return code > 0;
}

bool fl_regex_next(const fl_regex *regex, fl_str text, fl_regex_cursor *cursor, fl_regex_groups *ret)
{
    int code = fl_regex_try_next(regex, text, cursor, ret);

    if (code < 0)
        fl_regex_raise(code, regex, text);
    return code > 0;
}

fl_str fl_regex_group(const fl_regex *regex, const fl_regex_groups *groups, const char *name)
{
    for (size_t i = 0; i < regex->names; i++)
        if (fl_text_is(regex->name[i].name, name))
            return groups->items[regex->name[i].number];
    fl_raise(FL_PROGRAMMING_ERROR, "the pattern '%.*s' has no group named '%s'", FL_SHOW(regex->pattern), name);
}
