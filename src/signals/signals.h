/* What the files of this module share: the registry. */
#pragma once
#include <fleche/signals.h>

/* Names and files are texts of the program, the uid is a copy of our own. */
typedef struct fl_connection {
    fl_receive *run;
    const void *sender;
    char *uid;
    const char *name, *file;
    int line;
} fl_connection;

static inline bool fl_connection_hears(const fl_connection *connection, const void *sender)
{
    return connection->sender == NULL || connection->sender == sender;
}

static inline size_t fl_signal_count(const fl_signal *signal) { return __atomic_load_n(&signal->state->count, __ATOMIC_ACQUIRE); }

/* fl_signal_hearers copies those who hear this sender, in order, into `room` for so many: their number, which may be more. */
size_t fl_signal_hearers(const fl_signal *signal, const void *sender, fl_connection *room, size_t size);
