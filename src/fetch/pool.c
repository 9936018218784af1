/* Connections kept for the next request: a short list a thread, the last used first. One on which something has happened meanwhile (the
 * server's end, most often) is thrown away when it is looked at. */
#include <fleche/heap.h>
#include "fetch/fetch.h"

enum { KEPT = 32, SECONDS_KEPT = 30 };

typedef struct kept { fl_conn *conn; char address[FL_ADDRESS_TEXT]; int64_t since; } kept;

static _Thread_local kept list[KEPT];
static _Thread_local size_t count;

static void drop(size_t at)
{
    fl_conn_close(list[at].conn);
    memmove(&list[at], &list[at + 1], (--count - at) * sizeof *list);
}

static bool still_stands(const kept *it, int64_t now)
{
    return !it->conn->watch.readable && !it->conn->watch.ended && now - it->since < FL_SECONDS(SECONDS_KEPT).us;
}

fl_conn *fl_fetch_take(const char *address)
{
    int64_t now = fl_monotonic_us();

    for (size_t i = count; i-- > 0;) {
        if (!still_stands(&list[i], now)) {
            drop(i);
        } else if (fl_text_is(list[i].address, address)) {
            fl_conn *conn = list[i].conn;
            memmove(&list[i], &list[i + 1], (--count - i) * sizeof *list);
            return conn;
        }
    }
    return NULL;
}

void fl_fetch_keep(const char *address, fl_conn *conn)
{
    size_t size = strlen(address);

    if (size >= FL_ADDRESS_TEXT) {
        fl_conn_close(conn);
        return;
    }
    if (count == KEPT)
        drop(0);
    list[count] = (kept){ .conn = conn, .since = fl_monotonic_us() };
    memcpy(list[count++].address, address, size + 1);
}

void fl_fetch_forget(void)
{
    while (count > 0)
        drop(count - 1);
}
