/* Who the client is: the connection's peer, or what a proxy that is trusted says of it. */
#include "server/server.h"

/* "127.0.0.1:51324", "[::1]:8000": the address and the port apart. Of a Unix socket there is neither. */
static void take_peer(fl_http1 *c)
{
    const char *peer = fl_conn_peer(c->conn), *colon = strrchr(peer, ':');
    long long port;

    if (colon == NULL || fl_starts_with(peer, "unix:") || !fl_str_int(fl_str_of(colon + 1), &port))
        return;
    fl_str address = fl_str_n(peer, (size_t)(colon - peer));
    if (address.size > 2 && address.data[0] == '[')
        address = fl_str_slice(address, 1, address.size - 2);
    memcpy(c->remote, address.data, address.size);
    c->remote[address.size] = '\0';
    c->remote_port = (int)port;
}

void fl_http1_forwarded(fl_http1 *c)
{
    if (c->remote[0] == '\0')
        take_peer(c);
    c->request->remote_address = c->remote;
    c->request->remote_port = c->remote_port;
}
