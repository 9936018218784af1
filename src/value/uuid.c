/* UUIDs (RFC 9562): random ones, ones that sort by time, and their text.
 *
 * Random bytes come from the kernel, a few hundred at a time for each thread; a child of fork() starts with none, or it would make
 * the ids of its parent again. */
#include <errno.h>
#include <fleche/error.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/random.h>
#include "value/inside.h"

enum { POOL = 512, SIZE = sizeof(fl_uuid) };

static atomic_uint forks;
static void count_fork(void) { atomic_fetch_add(&forks, 1); }
static void watch_forks(void) { (void)pthread_atfork(NULL, NULL, count_fork); }

static void fill(uint8_t *at, size_t size)
{
    while (size > 0) {
        ssize_t got = getrandom(at, size, 0);
        if (got < 0 && errno != EINTR)
            fl_raise_code(-errno, "no random bytes for a uuid");
        if (got > 0) {
            at += got;
            size -= (size_t)got;
        }
    }
}

static fl_uuid random_uuid(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    static _Thread_local struct { uint8_t bytes[POOL]; size_t left; unsigned forks; } pool;
    fl_uuid id;

    (void)pthread_once(&once, watch_forks);
    unsigned now = atomic_load_explicit(&forks, memory_order_relaxed);
    if (pool.left == 0 || pool.forks != now) {
        pool.left = 0;
        fill(pool.bytes, POOL);
        pool.left = POOL;
        pool.forks = now;
    }
    pool.left -= SIZE;
    memcpy(id.bytes, pool.bytes + pool.left, SIZE);
    explicit_bzero(pool.bytes + pool.left, SIZE);
    return id;
}

static fl_uuid marked(fl_uuid id, int version)
{
    id.bytes[6] = (uint8_t)((id.bytes[6] & 0x0f) | version << 4);
    id.bytes[8] = (uint8_t)((id.bytes[8] & 0x3f) | 0x80);
    return id;
}

fl_uuid fl_uuid4(void) { return marked(random_uuid(), 4); }

/* Milliseconds, and in the 12 bits behind them the fraction of one: 60 bits that only grow, whatever the clock does. */
static uint64_t next_tick(void)
{
    static atomic_uint_least64_t last;
    uint64_t us = (uint64_t)fl_datetime_between(fl_datetime_of_unix(0, 0), fl_now()).us;
    uint64_t now = us / 1000 << 12 | us % 1000 * 4096 / 1000, before = atomic_load(&last), tick;

    do
        tick = now > before ? now : before + 1;
    while (!atomic_compare_exchange_weak(&last, &before, tick));
    return tick;
}

fl_uuid fl_uuid7(void)
{
    fl_uuid id = random_uuid();
    uint64_t tick = next_tick(), ms = tick >> 12;

    for (int i = 0; i < 6; i++)
        id.bytes[i] = (uint8_t)(ms >> (40 - 8 * i));
    id.bytes[6] = (uint8_t)(tick >> 8 & 0x0f);
    id.bytes[7] = (uint8_t)tick;
    return marked(id, 7);
}

fl_value fl_default_uuid4(void) { return fl_box_uuid(fl_uuid4()); }

/* -- text ------------------------------------------------------------------------------------------------------------------------ */

static int digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool is_brace(char c) { return c == '{' || c == '}'; }

int fl_uuid_try_parse(fl_str text, fl_uuid *ret)
{
    fl_uuid id = { { 0 } };
    size_t digits = 0;

    (void)fl_str_after(text, fl_lit("urn:"), &text);
    (void)fl_str_after(text, fl_lit("uuid:"), &text);
    while (text.size > 0 && is_brace(text.data[0]))
        text = fl_str_slice(text, 1, SIZE_MAX);
    while (text.size > 0 && is_brace(text.data[text.size - 1]))
        text.size--;
    for (size_t i = 0; i < text.size; i++) {
        int digit = digit_of(text.data[i]);
        if (text.data[i] == '-')
            continue;
        if (digit < 0 || digits == 2 * SIZE)
            return -EINVAL;
        id.bytes[digits / 2] = (uint8_t)(id.bytes[digits / 2] << 4 | digit);
        digits++;
    }
    if (digits != 2 * SIZE)
        return -EINVAL;
    *ret = id;
    return 0;
}

fl_uuid fl_uuid_parse(const char *text)
{
    fl_uuid id;

    if (fl_uuid_try_parse(fl_str_of(text), &id) != 0)
        fl_raise(FL_VALUE_ERROR, "'%s' is not a uuid", text == NULL ? "" : text);
    return id;
}

char *fl_uuid_text(fl_uuid id)
{
    static const char hex[] = "0123456789abcdef";
    char *text = fl_arena_alloc_text(fl_arena_here(), 37), *at = text;

    for (int i = 0; i < SIZE; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *at++ = '-';
        *at++ = hex[id.bytes[i] >> 4];
        *at++ = hex[id.bytes[i] & 15];
    }
    *at = '\0';
    return text;
}
