/* Who is connected: a list for each signal, in the order of connection.
 *
 * A signal is constant and points to its state, so the question whether anybody listens is two loads. Everything else happens
 * under one lock: connections change while a process starts and hardly ever after. */
#include <errno.h>
#include <fleche/heap.h>
#include <pthread.h>
#include "signals/signals.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const fl_signal *listed;                      /* that ever had a receiver, the last one first */

static bool is_same(const fl_connection *connection, fl_receive *run, const fl_connect_options *options)
{
    if (connection->sender != options->sender)
        return false;
    if (options->uid != NULL || connection->uid != NULL)
        return fl_text_is(connection->uid, options->uid);
    return connection->run == run;
}

/* Its place, or the count. */
static size_t place_of(const fl_signal_state *state, fl_receive *run, const fl_connect_options *options)
{
    size_t at = 0;

    while (at < state->count && !is_same(&state->items[at], run, options))
        at++;
    return at;
}

static int grow(fl_signal_state *state)
{
    size_t capacity = state->capacity == 0 ? 4 : state->capacity * 2;
    fl_connection *items = fl_heap_resize(state->items, capacity * sizeof *items);

    if (items == NULL)
        return -ENOMEM;
    state->items = items;
    state->capacity = capacity;
    return 0;
}

static char *copied(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = fl_heap_alloc(size);

    if (copy != NULL)
        memcpy(copy, text, size);
    return copy;
}

static void list(const fl_signal *signal)
{
    if (signal->state->listed)
        return;
    signal->state->listed = true;
    signal->state->next = listed;
    listed = signal;
}

/* 1 if it is new, 0 if it was there, or -ENOMEM. */
static int add(const fl_signal *signal, fl_receive *run, const fl_connect_options *options)
{
    fl_signal_state *state = signal->state;
    fl_connection new = { run, options->sender, NULL, options->name, options->file, options->line };

    if (place_of(state, run, options) < state->count)
        return 0;
    if (state->count == state->capacity && grow(state) != 0)
        return -ENOMEM;
    if (options->uid != NULL && (new.uid = copied(options->uid)) == NULL)
        return -ENOMEM;
    state->items[state->count] = new;
    list(signal);
    __atomic_store_n(&state->count, state->count + 1, __ATOMIC_RELEASE);
    return 1;
}

static bool take_out(fl_signal_state *state, fl_receive *run, const fl_connect_options *options)
{
    size_t at = place_of(state, run, options);

    if (at == state->count)
        return false;
    fl_heap_free(state->items[at].uid);
    memmove(state->items + at, state->items + at + 1, (state->count - at - 1) * sizeof *state->items);
    __atomic_store_n(&state->count, state->count - 1, __ATOMIC_RELEASE);
    if (state->count == 0) {
        fl_heap_free(state->items);
        state->items = NULL;
        state->capacity = 0;
    }
    return true;
}

bool fl_signal_connect_(const fl_signal *signal, fl_receive *run, const fl_connect_options *options)
{
    if (run == NULL)
        fl_raise(FL_PROGRAMMING_ERROR, "no function is given to be connected to %s", signal->name);
    (void)pthread_mutex_lock(&lock);
    int code = add(signal, run, options);
    (void)pthread_mutex_unlock(&lock);
    if (code < 0)
        fl_raise_code(code, "connecting %s to %s", options->name == NULL ? "a receiver" : options->name, signal->name);
    return code > 0;
}

bool fl_signal_disconnect_(const fl_signal *signal, fl_receive *run, const fl_connect_options *options)
{
    (void)pthread_mutex_lock(&lock);
    bool was_there = take_out(signal->state, run, options);
    (void)pthread_mutex_unlock(&lock);
    return was_there;
}

void fl_receiver_connect(const fl_receiver *receiver)
{
    const fl_connect_options options = { receiver->sender, NULL, receiver->name, receiver->file, receiver->line };

    for (const fl_signal *const *at = receiver->signals; *at != NULL; at++)
        (void)fl_signal_connect_(*at, receiver->run, &options);
}

void fl_receiver_disconnect(const fl_receiver *receiver)
{
    const fl_connect_options options = { .sender = receiver->sender };

    for (const fl_signal *const *at = receiver->signals; *at != NULL; at++)
        (void)fl_signal_disconnect_(*at, receiver->run, &options);
}

/* -- asking ------------------------------------------------------------------------------------------------------------------ */

size_t fl_signal_hearers(const fl_signal *signal, const void *sender, fl_connection *room, size_t size)
{
    const fl_signal_state *state = signal->state;
    size_t found = 0;

    (void)pthread_mutex_lock(&lock);
    for (size_t i = 0; i < state->count; i++) {
        if (!fl_connection_hears(&state->items[i], sender))
            continue;
        if (found < size)
            room[found] = state->items[i];
        found++;
    }
    (void)pthread_mutex_unlock(&lock);
    return found;
}

bool fl_signal_has_listeners(const fl_signal *signal, const void *sender)
{
    return fl_signal_count(signal) > 0 && fl_signal_hearers(signal, sender, NULL, 0) > 0;
}

/* The uid moves into the arena of the caller, who may keep it longer than the connection lasts; but only what found room is
 * copied, and allocating must wait until the lock is open again. */
static size_t list_all(fl_signal_listener *room, size_t size)
{
    size_t found = 0;

    for (const fl_signal *signal = listed; signal != NULL; signal = signal->state->next)
        for (size_t i = 0; i < signal->state->count; i++, found++) {
            const fl_connection *c = &signal->state->items[i];
            if (found < size)
                room[found] = (fl_signal_listener){ signal, c->sender, c->name, c->uid, c->file, c->line };
        }
    return found;
}

static size_t uids_size(const fl_signal_listener *items, size_t count)
{
    size_t size = 0;

    for (size_t i = 0; i < count; i++)
        size += items[i].uid == NULL ? 0 : strlen(items[i].uid) + 1;
    return size;
}

/* False, and what room is needed, if there is too little. */
static bool copy_all(fl_signal_listener *room, size_t *count, char *texts, size_t *size)
{
    size_t found = list_all(room, *count), needed = uids_size(room, found < *count ? found : *count);
    bool fits = found <= *count && needed <= *size;

    for (size_t i = 0; fits && i < found; i++)
        if (room[i].uid != NULL) {
            size_t length = strlen(room[i].uid) + 1;
            room[i].uid = memcpy(texts, room[i].uid, length);
            texts += length;
        }
    *count = found;
    *size = needed;
    return fits;
}

size_t fl_signal_listeners(const fl_signal_listener **ret)
{
    fl_signal_listener *items = NULL;
    char *texts = NULL;
    size_t count = 0, size = 0;

    for (bool fits = false; !fits;) {
        (void)pthread_mutex_lock(&lock);
        fits = copy_all(items, &count, texts, &size);
        (void)pthread_mutex_unlock(&lock);
        if (!fits) {
            items = fl_new_array(fl_signal_listener, count);
            texts = fl_arena_alloc_text(fl_arena_here(), size + 1);
        }
    }
    *ret = items;
    return count;
}
