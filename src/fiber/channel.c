/* Channels: a ring of items, and behind it the senders that found it full. A receiver that finds it empty leaves the address for
 * its item, and a sender fills that directly. */
#include "fiber/fiber.h"
#include <errno.h>
#include <string.h>

struct fl_chan {
    size_t room, count, first;
    bool closed;
    fl_waiters senders, receivers;
    void *items[];
};

fl_chan *fl_chan_new(size_t room)
{
    if (room > (SIZE_MAX - sizeof(fl_chan)) / sizeof(void *))
        fl_raise(FL_OUT_OF_MEMORY, "a channel with room for %zu items is larger than memory", room);
    fl_chan *chan = fl_alloc(sizeof *chan + room * sizeof(void *));
    chan->room = room;
    return chan;
}

size_t fl_chan_count(const fl_chan *chan) { return chan->count; }

int fl_chan_try_send(fl_chan *chan, void *item)
{
    if (chan->closed)
        return -EPIPE;
    fl_waiter *receiver = fl_waiters_take(&chan->receivers);
    if (receiver != NULL) {
        memcpy(receiver->item, &item, sizeof item);
        fl_wake(receiver->fiber, 0);
        return 0;
    }
    if (chan->count == chan->room)
        return -EAGAIN;
    chan->items[(chan->first + chan->count++) % chan->room] = item;
    return 0;
}

void fl_chan_send(fl_chan *chan, void *item)
{
    int code = fl_chan_try_send(chan, item);

    if (code == -EAGAIN)
        code = fl_waiters_wait(&chan->senders, item);
    if (code == -EPIPE)
        fl_raise(FL_PROGRAMMING_ERROR, "sending on a closed channel");
    if (code != 0)
        fl_raise_wait(code, "to send on a channel");
}

int fl_chan_try_receive(fl_chan *chan, void *ret_item)
{
    fl_waiter *sender;

    if (chan->count > 0) {
        memcpy(ret_item, &chan->items[chan->first], sizeof(void *));
        chan->first = (chan->first + 1) % chan->room;
        chan->count--;
        sender = fl_waiters_take(&chan->senders);
        if (sender != NULL)                          /* into the place that has become free: order is kept */
            chan->items[(chan->first + chan->count++) % chan->room] = sender->item;
    } else if ((sender = fl_waiters_take(&chan->senders)) != NULL) {
        memcpy(ret_item, &sender->item, sizeof(void *));
    } else {
        return chan->closed ? -EPIPE : -EAGAIN;
    }
    if (sender != NULL)
        fl_wake(sender->fiber, 0);
    return 0;
}

bool fl_chan_receive(fl_chan *chan, void *ret_item)
{
    int code = fl_chan_try_receive(chan, ret_item);

    if (code == -EAGAIN)
        code = fl_waiters_wait(&chan->receivers, ret_item);
    if (code != 0 && code != -EPIPE)
        fl_raise_wait(code, "to receive from a channel");
    return code == 0;
}

void fl_chan_close(fl_chan *chan)
{
    chan->closed = true;
    while (fl_waiters_wake(&chan->receivers, -EPIPE))
        ;
    while (fl_waiters_wake(&chan->senders, -EPIPE))
        ;
}
