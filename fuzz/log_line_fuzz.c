/* Any bytes in a record give exactly one line of valid UTF-8 without control characters, and in JSON one valid object; what is
 * said to have found no room is what is missing. The input is cut at its bytes 0xFE: options, logger, message, fiber, then
 * names and values in turn. The checks are written anew here, slowly, from the RFCs. */
#include <fleche/context.h>
#include <stdlib.h>
#include "../src/log/log.h"

enum { MOST_PAIRS = 8, DEPTH = 64 };

static void check(bool ok)
{
    if (!ok)
        abort();
}

/* Size of the UTF-8 sequence at the start (RFC 3629), 0 if there is none; *ret is its code point. */
static size_t sequence(fl_str s, unsigned *ret)
{
    static const unsigned least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    unsigned char first = (unsigned char)s.data[0];
    size_t size = first < 0x80 ? 1 : first >> 5 == 6 ? 2 : first >> 4 == 14 ? 3 : first >> 3 == 30 ? 4 : 0;
    unsigned code = size == 1 ? first : first & (0x7Fu >> size);

    for (size_t i = 1; i < size; i++) {
        if (i >= s.size || ((unsigned char)s.data[i] & 0xC0) != 0x80)
            return 0;
        code = code << 6 | ((unsigned char)s.data[i] & 0x3F);
    }
    *ret = code;
    return size == 0 || code < least[size] || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000) ? 0 : size;
}

static void check_line(fl_str line)
{
    check(line.size > 0 && line.data[line.size - 1] == '\n');
    line.size--;
    while (line.size > 0) {
        unsigned code = 0;
        size_t size = sequence(line, &code);
        check(size > 0);
        check(code >= 0x20 && (code < 0x7F || code > 0x9F));
        check((code < 0x2028 || code > 0x202E) && (code < 0x2066 || code > 0x2069));
        line = fl_str_slice(line, size, SIZE_MAX);
    }
}

/* -- JSON (RFC 8259): each takes its part off the text, which is followed by a NUL
 * ------------------------------------------------ */

static const char *text_end(const char *at)
{
    check(*at++ == '"');
    for (; *at != '"'; at++) {
        check((unsigned char)*at >= 0x20);
        if (*at != '\\')
            continue;
        check(*++at != '\0' && strchr("\"\\/bfnrtu", *at) != NULL);
        for (int i = 0; *at == 'u' && i < 4; i++)
            check(strchr("0123456789abcdefABCDEF", at[i + 1]) != NULL && at[i + 1] != '\0');
    }
    return at + 1;
}

static const char *number_end(const char *at)
{
    char *end;

    check((*at == '-' && at[1] >= '0' && at[1] <= '9') || (*at >= '0' && *at <= '9'));
    check(!(*at == '0' && at[1] >= '0' && at[1] <= '9'));
    (void)strtod(at, &end);
    return end;
}

static const char *value_end(const char *at, int depth)
{
    static const char *const words[] = { "null", "true", "false" };

    check(depth < DEPTH);
    if (*at == '"')
        return text_end(at);
    if (*at == '{' || *at == '[') {
        char close = *at == '{' ? '}' : ']';
        if (*++at == close)
            return at + 1;
        for (;; at += 2) {
            if (close == '}') {
                at = text_end(at);
                check(at[0] == ':' && at[1] == ' ');
                at += 2;
            }
            at = value_end(at, depth + 1);
            if (*at == close)
                return at + 1;
            check(at[0] == ',' && at[1] == ' ');
        }
    }
    for (size_t i = 0; i < FL_LENGTH(words); i++)
        if (fl_after_prefix(at, words[i]) != NULL)
            return fl_after_prefix(at, words[i]);
    return number_end(at);
}

/* -- the target
 * -------------------------------------------------------------------------------------------------------------------- */

static fl_value value_of(fl_str text, unsigned char kind)
{
    uint64_t bits = 0;
    double number;

    memcpy(&bits, text.data, text.size < sizeof bits ? text.size : sizeof bits);
    memcpy(&number, &bits, sizeof number);
    switch (kind % 6) {
    case 0: return fl_box_int((fl_int)bits);
    case 1: return fl_box_uint(bits);
    case 2: return fl_box_float(number);
    case 3: return fl_box_bytes((fl_bytes){ (const uint8_t *)text.data, text.size });
    default: return (fl_value){ .kind = FL_V_TEXT, .text = text };
    }
}

static void check_record(const fl_log_record *record, size_t room_size)
{
    static char room[FL_LOG_LINE + 1];
    size_t more;

    for (int form = FL_LOG_PLAIN; form <= FL_LOG_JSON; form++) {
        fl_str line = fl_log_line(record, (fl_log_form)form, room, room_size, &more);
        check(line.size <= room_size && more <= record->message.size + record->fields.size);
        check(room_size < FL_LOG_LINE || more == 0 || record->message.size + record->fields.size > FL_LOG_LINE / 12);
        check_line(line);
        if (form == FL_LOG_JSON) {
            room[line.size - 1] = '\0';
            check(strlen(room) == line.size - 1 && *room == '{' && *value_end(room, 0) == '\0');
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static fl_arena *arena;
    static char fields[2048];
    fl_str rest = fl_str_n(size == 0 ? "" : (const char *)data, size), parts[4 + 2 * MOST_PAIRS];
    fl_value pairs[2 * MOST_PAIRS];
    size_t count = 0, n = 0, left;

    if (arena == NULL)
        arena = fl_arena_new("fuzz", FL_NO_LIMIT);
    fl_arena_set_here(arena);
    while (count < FL_LENGTH(parts) && fl_str_cut(&rest, '\xFE', &parts[count]))
        count++;
    for (size_t i = count; i < 4; i++)
        parts[i] = (fl_str){ "", 0 };
    for (; 4 + 2 * n + 1 < count; n++) {
        pairs[2 * n] = (fl_value){ .kind = FL_V_TEXT, .text = parts[4 + 2 * n] };
        pairs[2 * n + 1] = value_of(parts[5 + 2 * n], parts[0].size > n + 2 ? (unsigned char)parts[0].data[n + 2] : 5);
    }
    unsigned char option = parts[0].size > 0 ? (unsigned char)parts[0].data[0] : 0;
    fl_log_record record = {
        .level = option & 7,
        .logger = parts[1],
        .message = parts[2],
        .fiber = fl_str_c(parts[3]),
        .cut = option & 8,
        .held_back = option & 16,
        .file = option & 32 ? fl_str_c(parts[1]) : NULL,
        .unix_us = (int64_t)((uint64_t)option << 56 | size),
        .pid = (int)size,
        .fields = fl_log_fields_(pairs, n, fields, option & 64 ? sizeof fields : 256, &left),
    };
    size_t little = FL_LOG_LINE_LEAST + (parts[0].size > 1 ? (unsigned char)parts[0].data[1] : 0u);
    check_record(&record, option & 128 ? little : FL_LOG_LINE);
    fl_arena_reset(arena);
    return 0;
}
