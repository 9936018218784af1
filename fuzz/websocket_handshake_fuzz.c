/* The opening handshake: header values of a client, a line each; what is agreed stands on what was asked. And the same bytes
 * as the answer of a server to a client. */
#include <fleche/base.h>
#include <stdlib.h>
#include "websocket/engine.h"
#include "websocket/handshake.h"

static const char *const ours[] = { "v2", "chat", NULL };
static const fl_websocket_options options = { .protocols = ours, .deflate = true, .deflate_window_bits = 11 };

static void require(bool ok)
{
    if (!ok)
        abort();
}

static void check_agreed(const fl_websocket_handshake *asked, int code, const fl_websocket_agreed *agreed)
{
    fl_websocket_deflate_terms terms;
    fl_str rest = fl_str_of(agreed->extensions);
    bool is_deflate;

    require((code == 0) == (agreed->status == 101) && (code == 0) == (agreed->why == NULL));
    if (code != 0) {
        require(agreed->status == 400 || agreed->status == 405 || agreed->status == 426);
        return;
    }
    require(strlen(agreed->accept) == 28);
    require(agreed->protocol == NULL || fl_str_find(asked->sec_websocket_protocol, fl_str_of(agreed->protocol), NULL));
    require(agreed->deflate == (agreed->extensions[0] != '\0'));
    if (!agreed->deflate)
        return;
    require(fl_websocket_extensions_next(&rest, &is_deflate, &terms) == 1 && is_deflate && rest.size == 0);
    require(terms.server_fresh == agreed->fresh_out && terms.client_fresh == agreed->fresh_in && !terms.client_bits_bare);
    require(agreed->bits_out == 0 || (agreed->bits_out >= 9 && agreed->bits_out <= 11));
    require(agreed->bits_in >= 8 && agreed->bits_in <= 15);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fl_str bytes = fl_str_n((const char *)data, size), rest = bytes, lines[4] = { 0 };
    fl_websocket_options filled = fl_websocket_filled(&options);
    fl_websocket_agreed agreed;

    for (size_t i = 0; i < FL_LENGTH(lines) && fl_str_cut(&rest, '\n', &lines[i]); i++)
        ;
    fl_websocket_handshake asked = { .method = fl_lit("GET"),
                                     .version = fl_lit("HTTP/1.1"),
                                     .upgrade = lines[0],
                                     .connection = lines[1],
                                     .sec_websocket_key = fl_lit("dGhlIHNhbXBsZSBub25jZQ=="),
                                     .sec_websocket_version = fl_lit("13"),
                                     .sec_websocket_protocol = lines[2],
                                     .sec_websocket_extensions = lines[3] };
    int code = fl_websocket_try_handshake(&asked, &options, &agreed);
    check_agreed(&asked, code, &agreed);
    asked.sec_websocket_key = bytes;
    (void)!fl_websocket_try_handshake(&asked, &options, &agreed);

    code = fl_websocket_read_answer(bytes, fl_lit("dGhlIHNhbXBsZSBub25jZQ=="), &filled, &agreed);
    require((code == 0) == (agreed.why == NULL) && agreed.client);
    require(code != 0 || !agreed.deflate || (agreed.bits_in <= 11 && agreed.bits_out <= 11));
    return 0;
}
