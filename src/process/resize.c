/* More workers, fewer, none: how many slots there shall be while the supervisor runs. */
#include <fcntl.h>
#include <unistd.h>
#include "process/supervisor.h"

void fl_resize(fl_supervision *s, int slots)
{
    if (s->stopping || slots < 0 || slots > s->most_slots || slots == s->slot_count)
        return;
    s->slot_count = slots;
    fl_supervision_tell(s, (fl_supervisor_event){ .what = FL_SUPERVISOR_RESIZED, .slot = slots });
    for (size_t i = 0; i < s->capacity; i++)
        if (s->processes[i].slot >= slots)
            fl_process_leave(s, &s->processes[i]);
    for (int slot = slots; slot < (int)s->sockets.slots; slot++)
        fl_sockets_drop(&s->sockets, slot);
    for (int slot = slots; slot < s->most_slots; slot++)
        s->slots[slot] = (fl_slot){ 0 };
}

/* A terminal sends WINCH to its foreground processes whenever its size changes, which is no order. */
static bool has_terminal(void)
{
    int fd = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);

    if (fd >= 0)
        (void)close(fd);
    return fd >= 0;
}

void fl_resize_to_none(fl_supervision *s)
{
    if (s->slot_count == 0 || has_terminal())
        return;
    s->slots_before = s->slot_count;
    fl_resize(s, 0);
}
