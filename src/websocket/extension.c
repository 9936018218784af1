/* Sec-WebSocket-Extensions: a list of offers, of which one, permessage-deflate, is known. An offer with parameters that
 * cannot be is declined, as RFC 7692 has it; a header that is no list at all fails the handshake. */
#include <errno.h>
#include <stdio.h>
#include "websocket/handshake.h"

enum { LEAST_BITS = 8, MOST_BITS = 15, LEAST_OURS = 9 };         /* zlib cannot compress with a window of 8 bits */

static fl_str trim(fl_str text)
{
    while (text.size > 0 && (text.data[0] == ' ' || text.data[0] == '\t'))
        text = fl_str_slice(text, 1, SIZE_MAX);
    while (text.size > 0 && (text.data[text.size - 1] == ' ' || text.data[text.size - 1] == '\t'))
        text.size--;
    return text;
}

/* A token, or a quoted string that has a token inside, as RFC 6455 9.1 wants it. */
static int read_value(fl_str text, fl_str *ret)
{
    if (text.size >= 2 && text.data[0] == '"' && text.data[text.size - 1] == '"')
        text = fl_str_slice(text, 1, text.size - 2);
    *ret = text;
    return fl_websocket_is_token(text) ? 0 : -EINVAL;
}

static bool read_bits(fl_str text, int *ret)
{
    unsigned long long bits;

    if (*ret != 0 || text.size == 0 || text.size > 2 || text.data[0] < '1' || text.data[0] > '9' || !fl_str_uint(text, &bits) ||
        bits < LEAST_BITS || bits > MOST_BITS)
        return false;
    *ret = (int)bits;
    return true;
}

static bool set_once(bool *flag, bool has_value)
{
    bool fine = !*flag && !has_value;

    *flag = true;
    return fine;
}

/* Whether permessage-deflate may have this parameter, here, for the first time. */
static bool read_term(fl_str name, bool has_value, fl_str value, fl_websocket_deflate_terms *terms)
{
    if (fl_str_equal_ascii(name, fl_lit("server_no_context_takeover")))
        return set_once(&terms->server_fresh, has_value);
    if (fl_str_equal_ascii(name, fl_lit("client_no_context_takeover")))
        return set_once(&terms->client_fresh, has_value);
    if (fl_str_equal_ascii(name, fl_lit("server_max_window_bits")))
        return has_value && read_bits(value, &terms->server_bits);
    if (!fl_str_equal_ascii(name, fl_lit("client_max_window_bits")) || terms->client_bits_bare)
        return false;
    if (has_value)
        return read_bits(value, &terms->client_bits);
    return terms->client_bits == 0 && set_once(&terms->client_bits_bare, false);
}

int fl_websocket_extensions_next(fl_str *rest, bool *ret_is_deflate, fl_websocket_deflate_terms *ret)
{
    fl_str element, part, value = { 0 };
    size_t equals;

    *ret = (fl_websocket_deflate_terms){ 0 };
    if (!fl_websocket_list_next(rest, &element))
        return 0;
    if (!fl_str_cut(&element, ';', &part) || !fl_websocket_is_token(trim(part)))
        return -EINVAL;
    *ret_is_deflate = fl_str_equal_ascii(trim(part), fl_lit("permessage-deflate"));
    while (fl_str_cut(&element, ';', &part)) {
        fl_str name = trim(part);
        bool has_value = fl_str_find_char(name, '=', &equals);
        if (has_value && read_value(trim(fl_str_slice(name, equals + 1, SIZE_MAX)), &value) != 0)
            return -EINVAL;
        if (has_value)
            name = trim(fl_str_slice(name, 0, equals));
        if (!fl_websocket_is_token(name))
            return -EINVAL;
        if (!read_term(name, has_value, value, ret))
            *ret_is_deflate = false;
    }
    return 1;
}

static int least(int a, int b) { return b == 0 || a < b ? a : b; }
static int usable(int bits) { return bits < LEAST_OURS ? 0 : bits; }

static void agree(const fl_websocket_deflate_terms *offer, const fl_websocket_options *options, fl_websocket_agreed *ret)
{
    int ours = options->deflate_window_bits, bits = least(ours, offer->server_bits);

    ret->deflate = true;
    ret->fresh_out = offer->server_fresh || options->no_context_takeover;
    ret->fresh_in = offer->client_fresh || options->no_context_takeover;
    ret->bits_out = usable(bits);
    ret->bits_in = MOST_BITS;
    fl_buf out = { .data = ret->extensions, .capacity = sizeof ret->extensions - 1, .limit = sizeof ret->extensions - 1 };
    fl_buf_add(&out, fl_lit("permessage-deflate"));
    if (ret->fresh_out)
        fl_buf_add(&out, fl_lit("; server_no_context_takeover"));
    if (ret->fresh_in)
        fl_buf_add(&out, fl_lit("; client_no_context_takeover"));
    if (offer->server_bits != 0)
        fl_buf_format(&out, "; server_max_window_bits=%d", bits);
    if (offer->client_bits != 0 || offer->client_bits_bare) {
        ret->bits_in = least(ours, offer->client_bits);
        fl_buf_format(&out, "; client_max_window_bits=%d", ret->bits_in);
    }
    ret->extensions[out.size] = '\0';
}

int fl_websocket_extensions_choose(fl_str offers, const fl_websocket_options *options, fl_websocket_agreed *ret)
{
    fl_websocket_deflate_terms terms;
    bool is_deflate;
    int code;

    while ((code = fl_websocket_extensions_next(&offers, &is_deflate, &terms)) > 0)
        if (is_deflate && options->deflate && !ret->deflate)
            agree(&terms, options, ret);
    return code;
}

void fl_websocket_extensions_offer(const fl_websocket_options *options, fl_buf *out)
{
    fl_buf_format(out, "permessage-deflate; client_max_window_bits; server_max_window_bits=%d", options->deflate_window_bits);
    if (options->no_context_takeover)
        fl_buf_add(out, fl_lit("; server_no_context_takeover; client_no_context_takeover"));
}

int fl_websocket_extensions_accept(fl_str chosen, const fl_websocket_options *options, fl_websocket_agreed *ret)
{
    fl_websocket_deflate_terms terms, again;
    bool is_deflate;
    int code = fl_websocket_extensions_next(&chosen, &is_deflate, &terms);

    if (code <= 0)
        return code;
    if (!options->deflate || !is_deflate || terms.client_bits_bare ||
        fl_websocket_extensions_next(&chosen, &is_deflate, &again) != 0)
        return -EINVAL;
    if (terms.server_bits > options->deflate_window_bits || terms.server_bits == 0)
        return -EINVAL;                              /* it was offered with no more */
    if (options->no_context_takeover && !terms.server_fresh)
        return -EINVAL;
    ret->deflate = true;
    ret->fresh_in = terms.server_fresh;
    ret->fresh_out = terms.client_fresh || options->no_context_takeover;
    ret->bits_in = terms.server_bits;
    ret->bits_out = usable(least(options->deflate_window_bits, terms.client_bits));
    return 0;
}
