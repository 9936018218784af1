/* A record as one line: for people or as a JSON object.
 *
 * Whatever the message holds, the line stays one line of valid UTF-8 that does nothing to a terminal: control characters, line
 * and paragraph separators, characters that turn the direction of writing, and broken bytes are escaped. Room is reckoned
 * before the message is written: what stands behind it has its place, and the message gets the rest. */
#include <fleche/time.h>
#include <fleche/unicode.h>
#include <stdio.h>
#include "log/log.h"

enum {
    LOGGER = 128,
    FILE_NAME = 256,
    FIBER = 128, /* the most bytes that these take in a line */
    TAIL = 512,                                      /* the most of what JSON has behind the message, without fields */
    NO_FIELDS = 64,                                  /* the most that says that the fields are missing */
};
_Static_assert(FILE_NAME + FIBER + 100 < TAIL, "the tail holds its parts");

/* -- text that stays on its line --------------------------------------------------------------------------------------------- */

static bool is_simple(char c, fl_log_escape how)
{
    return c >= 0x20 && c < 0x7f && (how != FL_LOG_AS_TEXT || (c != '"' && c != '\\'));
}

/* The code point of a valid sequence, if a line must not show it, else 0: C1 controls, U+2028, U+2029 and bidirectional
 * controls. */
static unsigned hidden(fl_str c)
{
    const unsigned char *b = (const unsigned char *)c.data;

    if (c.size == 2 && b[0] == 0xC2 && b[1] < 0xA0)
        return b[1];
    if (c.size != 3 || b[0] != 0xE2)
        return 0;
    unsigned code = 0x2000u | (b[1] & 0x3Fu) << 6 | (b[2] & 0x3Fu);
    return (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) ? code : 0;
}

static fl_str escape(char escaped[12], const char *prefix, int digits, unsigned code)
{
    return fl_str_n(escaped, (size_t)snprintf(escaped, 12, "%s%0*x", prefix, digits, code));
}

static fl_str escape_ascii(char c, fl_log_escape how, char escaped[12])
{
    switch (c) {
    case '\n': return fl_lit("\\n");
    case '\r': return fl_lit("\\r");
    case '\t': return fl_lit("\\t");
    case '"': return fl_lit("\\\"");
    case '\\': return fl_lit("\\\\");
    default:
        if (how == FL_LOG_AS_PLAIN)
            return escape(escaped, "\\x", 2, (unsigned char)c);
        return escape(escaped, "\\u", 4, (unsigned char)c);
    }
}

/* Takes the next piece off text: a run of simple characters, or one that is not. The result is its size; *ret_piece what the
 * line has for it. */
static size_t step(fl_str text, fl_log_escape how, char escaped[12], fl_str *ret_piece)
{
    static const char *const broken[] = { "\\x", "\\\\x" };
    unsigned char first = (unsigned char)text.data[0];
    size_t n = 0;

    while (n < text.size && is_simple(text.data[n], how))
        n++;
    if (n > 0) {
        *ret_piece = fl_str_slice(text, 0, n);
        return n;
    }
    if (first < 0x80) {
        *ret_piece = escape_ascii(text.data[0], how, escaped);
        return 1;
    }
    n = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    *ret_piece = fl_str_slice(text, 0, n);
    if (ret_piece->size < n || fl_utf8_valid_prefix(*ret_piece) < n) {
        *ret_piece = how == FL_LOG_AS_MEMBERS ? fl_lit("\\ufffd") : escape(escaped, broken[how], 2, first);
        return 1;
    }
    unsigned code = hidden(*ret_piece);
    if (code != 0)
        *ret_piece = escape(escaped, "\\u", 4, code);
    return n;
}

size_t fl_log_put_(fl_buf *out, fl_str text, fl_log_escape how, size_t most)
{
    char escaped[12];
    fl_str piece;

    if (most > out->capacity - out->size)
        most = out->capacity - out->size;
    while (text.size > 0) {
        size_t taken = step(text, how, escaped, &piece);
        if (piece.size > most && is_simple(text.data[0], how))
            piece.size = taken = most;
        if (piece.size > most || taken == 0)
            break;
        fl_buf_add(out, piece);
        most -= piece.size;
        text = fl_str_slice(text, taken, SIZE_MAX);
    }
    return text.size;
}

static size_t size_in_line(fl_str text, fl_log_escape how)
{
    char escaped[12];
    size_t size = 0;
    fl_str piece;

    while (text.size > 0) {
        text = fl_str_slice(text, step(text, how, escaped, &piece), SIZE_MAX);
        size += piece.size;
    }
    return size;
}

void fl_log_put_more_(fl_buf *out, size_t more)
{
    if (more > 0)
        fl_buf_format(out, "…(%zu bytes more)", more);
}

/* -- the parts of a line
 * ------------------------------------------------------------------------------------------------------- */

const char *fl_log_level_name_(fl_level level)
{
    static const char *const names[] = { "DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL" };
    return names[(unsigned)level < FL_LENGTH(names) ? level : FL_CRITICAL];
}

static void put_time(fl_buf *out, int64_t unix_us)
{
    const int64_t first = -62135596800, last = 253402300799;           /* of the years 1 and 9999 */
    int64_t seconds = unix_us / 1000000 - (unix_us % 1000000 < 0);
    int milliseconds = (int)((unix_us % 1000000 + 1000000) % 1000000 / 1000);

    seconds = seconds < first ? first : seconds > last ? last : seconds;
    fl_datetime_print(fl_datetime_of_unix(seconds, 0), FL_ISO_8601, FL_UTC, out);
    out->size--;                                     /* its Z: milliseconds are there even if they are 0 */
    fl_buf_format(out, ".%03dZ", milliseconds);
}

/* The message, and `reserve` bytes left behind it; the result is how many of its bytes found no room. */
static size_t put_message(fl_buf *out, const fl_log_record *record, fl_log_escape how, size_t reserve)
{
    size_t left = fl_log_put_(out, record->message, how, out->capacity - out->size - FL_LOG_MORE - reserve);

    fl_log_put_more_(out, left + record->cut);
    return left;
}

/* The room that the fields need; 0 if there is none for them. */
static size_t room_for_fields(const fl_log_record *record, size_t room, size_t reserve)
{
    size_t needed = record->fields.size > room ? room : size_in_line(record->fields, FL_LOG_AS_MEMBERS) + 2;
    return needed + reserve + FL_LOG_MORE + NO_FIELDS < room ? needed : 0;
}

/* The size of a name or a value at the start of JSON members: up to the `end` that stands outside of quotes and brackets. */
static size_t token(fl_str members, char end)
{
    bool quoted = false;
    int depth = 0;
    size_t i;

    for (i = 0; i < members.size; i++) {
        char c = members.data[i];
        if (quoted && c == '\\')
            i++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && depth == 0 && c == end)
            return i;
        else if (!quoted)
            depth += (c == '[' || c == '{') - (c == ']' || c == '}');
    }
    return members.size;
}

/* "order" is order where nothing in it can be mistaken. */
static fl_str bare(fl_str name)
{
    fl_str inner = fl_str_slice(name, 1, name.size < 2 ? 0 : name.size - 2);

    for (size_t i = 0; i < inner.size; i++) {
        char c = inner.data[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.'))
            return name;
    }
    return inner.size == 0 ? name : inner;
}

/* `"order": 7, "total": "12.50"` as ` order=7 total="12.50"`. */
void fl_log_put_fields_(fl_buf *out, fl_str members)
{
    while (members.size > 0) {
        size_t size = token(members, ':');
        fl_buf_add_char(out, ' ');
        (void)fl_log_put_(out, bare(fl_str_slice(members, 0, size)), FL_LOG_AS_MEMBERS, SIZE_MAX);
        members = fl_str_trim(fl_str_slice(members, size + 1, SIZE_MAX));
        size = token(members, ',');
        fl_buf_add_char(out, '=');
        (void)fl_log_put_(out, fl_str_slice(members, 0, size), FL_LOG_AS_MEMBERS, SIZE_MAX);
        members = fl_str_trim(fl_str_slice(members, size + 1, SIZE_MAX));
    }
}

/* -- lines
 * ----------------------------------------------------------------------------------------------------------------------- */

size_t fl_log_body_(const fl_log_record *record, fl_buf *out)
{
    enum { HELD_BACK = 32 };

    (void)fl_log_put_(out, record->logger, FL_LOG_AS_PLAIN, LOGGER);
    fl_buf_add(out, fl_lit(": "));
    size_t fields = room_for_fields(record, out->capacity - out->size, HELD_BACK);
    size_t more = put_message(out, record, FL_LOG_AS_PLAIN, HELD_BACK + (fields == 0 ? NO_FIELDS : fields));
    if (record->held_back > 0)
        fl_buf_format(out, " (+%u held back)", record->held_back);
    if (fields > 0) {
        fl_log_put_fields_(out, record->fields);
        return more;
    }
    if (record->fields.size > 0)
        fl_buf_add_char(out, ' ');
    fl_log_put_more_(out, record->fields.size);
    return more + record->fields.size;
}

static size_t plain_line(const fl_log_record *record, fl_buf *out)
{
    put_time(out, record->unix_us);
    fl_buf_format(out, " %-5s ", fl_log_level_name_(record->level));
    out->limit = --out->capacity;                    /* the newline's place */
    size_t more = fl_log_body_(record, out);
    out->limit = ++out->capacity;
    fl_buf_add_char(out, '\n');
    return more;
}

static void put_text(fl_buf *out, const char *before, const char *text, size_t most)
{
    if (text == NULL)
        return;
    fl_buf_add_c(out, before);
    fl_buf_add_char(out, '"');
    (void)fl_log_put_(out, fl_str_of(text), FL_LOG_AS_TEXT, most);
    fl_buf_add_char(out, '"');
}

static size_t json_line(const fl_log_record *record, fl_buf *out)
{
    fl_buf_add(out, fl_lit("{\"time\": \""));
    put_time(out, record->unix_us);
    fl_buf_format(out, "\", \"level\": \"%s\", \"logger\": \"", fl_log_level_name_(record->level));
    (void)fl_log_put_(out, record->logger, FL_LOG_AS_TEXT, LOGGER);
    fl_buf_add(out, fl_lit("\", \"message\": \""));
    size_t fields = room_for_fields(record, out->capacity - out->size, TAIL);
    size_t more = put_message(out, record, FL_LOG_AS_TEXT, TAIL + (fields == 0 ? NO_FIELDS : fields));
    fl_buf_add_char(out, '"');
    put_text(out, ", \"file\": ", record->file, FILE_NAME);
    if (record->file != NULL)
        fl_buf_format(out, ", \"line\": %d", record->line);
    fl_buf_format(out, ", \"pid\": %d", record->pid);
    put_text(out, ", \"fiber\": ", record->fiber, FIBER);
    if (record->held_back > 0)
        fl_buf_format(out, ", \"held_back\": %u", record->held_back);
    if (record->fields.size > 0 && fields > 0) {
        fl_buf_add(out, fl_lit(", "));
        (void)fl_log_put_(out, record->fields, FL_LOG_AS_MEMBERS, SIZE_MAX);
    } else if (record->fields.size > 0) {
        fl_buf_add(out, fl_lit(", \"fields\": \""));
        fl_log_put_more_(out, record->fields.size);
        fl_buf_add_char(out, '"');
        more += record->fields.size;
    }
    fl_buf_add(out, fl_lit("}\n"));
    return more;
}

fl_str fl_log_line(const fl_log_record *record, fl_log_form form, char *room, size_t size, size_t *ret_more)
{
    fl_buf out = fl_log_over_(room, size);
    size_t more = record->message.size + record->fields.size;

    static size_t (*const lines[])(const fl_log_record *record, fl_buf *out) = {
        [FL_LOG_PLAIN] = plain_line,
        [FL_LOG_JSON] = json_line,
        [FL_LOG_CONSOLE] = fl_log_console_line_,
        [FL_LOG_SERVER] = fl_log_server_line_,
    };

    if (size >= FL_LOG_LINE_LEAST)
        more = lines[form](record, &out);
    if (ret_more != NULL)
        *ret_more = more;
    return fl_buf_str(&out);
}
