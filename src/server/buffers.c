/* Buffers for connections that are being served: a few are kept, so that a request costs no malloc. */
#include <fleche/heap.h>
#include "server/server.h"

enum { KEPT = 64 };

static _Thread_local char *kept[KEPT];
static _Thread_local size_t count;

char *fl_server_buffer_take(void) { return count > 0 ? kept[--count] : fl_heap_alloc(FL_SERVER_BUFFER); }

void fl_server_buffer_give(char *buffer)
{
    if (buffer == NULL)
        return;
    if (count < KEPT)
        kept[count++] = buffer;
    else
        fl_heap_free(buffer);
}

void fl_server_buffers_end(void)
{
    while (count > 0)
        fl_heap_free(kept[--count]);
}
