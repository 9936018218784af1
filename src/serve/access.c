/* The access log's format: gunicorn's "%(name)s", taken apart once into text and atoms.
 *
 * What clients send is escaped as Apache does, so that a line is a line and a quote ends a field: \" \\ and \xhh. What is not there is
 * "-". */
#include <fleche/codec.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <fleche/settings.h>
#include "serve/serve.h"

/* -- texts ---------------------------------------------------------------------------------------------------------------------- */

void fl_access_add_escaped(fl_buf *out, fl_str text)
{
    size_t from = 0;

    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c >= ' ' && c < 0x7f && c != '"' && c != '\\')
            continue;
        fl_buf_add_n(out, text.data + from, i - from);
        from = i + 1;
        if (c == '"' || c == '\\')
            fl_buf_format(out, "\\%c", c);
        else
            fl_buf_format(out, "\\x%02x", c);
    }
    if (from < text.size)
        fl_buf_add_n(out, text.data + from, text.size - from);
}

static void add_or_dash(fl_buf *out, fl_str text)
{
    if (text.size == 0)
        fl_buf_add_char(out, '-');
    else
        fl_access_add_escaped(out, text);
}

static fl_str header_of(const fl_access_line *line, fl_str name)
{
    const fl_request *request = line->access->request;
    return request == NULL ? (fl_str){ 0 } : fl_headers_get_str(&request->headers, name);
}

fl_str fl_access_user(const fl_access *access)
{
    const fl_request *request = access->request;
    fl_str value = request == NULL ? (fl_str){ 0 } : fl_headers_get_str(&request->headers, fl_lit("Authorization")), user;
    fl_buf plain = fl_buf_in(fl_arena_here(), 1 << 16);

    if (value.size < 6 || !fl_str_equal_ascii(fl_str_slice(value, 0, 6), fl_lit("basic ")))
        return (fl_str){ 0 };
    if (fl_base64_decode(fl_str_trim(fl_str_slice(value, 6, SIZE_MAX)), FL_BASE64, &plain) != 0 || fl_buf_failed(&plain))
        return (fl_str){ 0 };
    fl_str rest = fl_buf_str(&plain);
    return fl_str_cut(&rest, ':', &user) ? user : (fl_str){ 0 };
}

/* -- atoms ---------------------------------------------------------------------------------------------------------------------- */

static void add_host(const fl_access_line *line)
{
    const fl_access *access = line->access;
    add_or_dash(line->out, fl_str_of(access->request != NULL ? access->request->remote_address : access->peer));
}

static void add_dash(const fl_access_line *line) { fl_buf_add_char(line->out, '-'); }
static void add_user(const fl_access_line *line) { add_or_dash(line->out, fl_access_user(line->access)); }

/* [20/Nov/2026:10:15:00 +0000], in the machine's own zone. */
static void add_time(const fl_access_line *line)
{
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    time_t at = (time_t)fl_datetime_unix(line->access->started);
    struct tm parts;

    (void)localtime_r(&at, &parts);
    long minutes = parts.tm_gmtoff / 60, whole = minutes < 0 ? -minutes : minutes;
    fl_buf_format(line->out, "[%02d/%s/%d:%02d:%02d:%02d %c%02ld%02ld]", parts.tm_mday, months[parts.tm_mon],
                  parts.tm_year + 1900, parts.tm_hour, parts.tm_min, parts.tm_sec, minutes < 0 ? '-' : '+', whole / 60,
                  whole % 60);
}

static void add_method(const fl_access_line *line)
{
    const fl_request *request = line->access->request;
    add_or_dash(line->out, fl_str_of(request == NULL ? NULL : request->method));
}

static void add_path(const fl_access_line *line)
{
    const fl_request *request = line->access->request;
    fl_str path = fl_str_of(request == NULL ? NULL : request->full_path), without = path;

    if (path.size > 0)
        (void)fl_str_cut(&path, '?', &without);
    add_or_dash(line->out, without);
}

static void add_query(const fl_access_line *line)
{
    const fl_request *request = line->access->request;
    fl_access_add_escaped(line->out, fl_str_of(request == NULL ? NULL : request->query_string));
}

static void add_protocol(const fl_access_line *line)
{
    const fl_request *request = line->access->request;

    if (request == NULL)
        fl_buf_add_char(line->out, '-');
    else
        fl_buf_format(line->out, "HTTP/%d.%d", request->version / 10, request->version % 10);
}

static void add_request(const fl_access_line *line)
{
    const fl_request *request = line->access->request;

    if (request == NULL) {
        fl_buf_add_char(line->out, '-');
        return;
    }
    add_method(line);
    fl_buf_add_char(line->out, ' ');
    add_or_dash(line->out, fl_str_of(request->full_path));
    fl_buf_add_char(line->out, ' ');
    add_protocol(line);
}

static void add_status(const fl_access_line *line) { fl_buf_add_int(line->out, line->access->status); }
static void add_bytes(const fl_access_line *line) { fl_buf_add_int(line->out, line->access->bytes); }

static void add_bytes_or_dash(const fl_access_line *line)
{
    if (line->access->bytes > 0)
        add_bytes(line);
    else
        fl_buf_add_char(line->out, '-');
}

static void add_referer(const fl_access_line *line) { add_or_dash(line->out, header_of(line, fl_lit("Referer"))); }
static void add_agent(const fl_access_line *line) { add_or_dash(line->out, header_of(line, fl_lit("User-Agent"))); }
static void add_seconds(const fl_access_line *line) { fl_buf_add_int(line->out, line->access->took.us / 1000000); }
static void add_milliseconds(const fl_access_line *line) { fl_buf_add_int(line->out, line->access->took.us / 1000); }
static void add_microseconds(const fl_access_line *line) { fl_buf_add_int(line->out, line->access->took.us); }
static void add_process(const fl_access_line *line) { fl_buf_format(line->out, "<%d>", (int)getpid()); }

static void add_decimal_seconds(const fl_access_line *line)
{
    long long us = line->access->took.us;
    fl_buf_format(line->out, "%lld.%06lld", us / 1000000, us % 1000000);
}

static void add_request_header(const fl_access_line *line) { add_or_dash(line->out, header_of(line, line->name)); }

static void add_response_header(const fl_access_line *line)
{
    const fl_response *response = line->access->response;
    fl_str value = response == NULL ? (fl_str){ 0 } : fl_headers_get_str(&response->headers, line->name);

    if (response != NULL && fl_str_equal_ascii(line->name, fl_lit("content-type")))
        value = fl_str_of(response->content_type);
    add_or_dash(line->out, value);
}

static void add_variable(const fl_access_line *line) { add_or_dash(line->out, fl_str_of(getenv(fl_str_c(line->name)))); }

static const struct {
    char name;
    fl_access_atom *add;
} atoms[] = {
    { 'h', add_host },         { 'l', add_dash },          { 'u', add_user },
    { 't', add_time },         { 'r', add_request },       { 's', add_status },
    { 'm', add_method },       { 'U', add_path },          { 'q', add_query },
    { 'H', add_protocol },     { 'b', add_bytes_or_dash }, { 'B', add_bytes },
    { 'f', add_referer },      { 'a', add_agent },         { 'T', add_seconds },
    { 'D', add_microseconds }, { 'M', add_milliseconds },  { 'L', add_decimal_seconds },
    { 'p', add_process },
};
static const struct {
    char name;
    fl_access_atom *add;
} named_atoms[] = {
    { 'i', add_request_header },
    { 'o', add_response_header },
    { 'e', add_variable },
};

/* -- formats -------------------------------------------------------------------------------------------------------------------- */

static _Noreturn void refuse(const char *format, const char *why)
{
    fl_error *error = fl_error_new(FL_IMPROPERLY_CONFIGURED, "the access log's format \"%s\": %s", format, why);
    error->hint = "atoms are written %(h)s, %({user-agent}i)s; the page on deployment lists them; %% is a per cent sign";
    fl_reraise(error);
}

static fl_access_piece find_atom(const char *format, fl_str name)
{
    for (size_t i = 0; name.size == 1 && i < FL_LENGTH(atoms); i++)
        if (atoms[i].name == name.data[0])
            return (fl_access_piece){ .atom = atoms[i].add };
    bool braced = name.size > 3 && name.data[0] == '{' && name.data[name.size - 2] == '}';
    for (size_t i = 0; braced && i < FL_LENGTH(named_atoms); i++)
        if (named_atoms[i].name == name.data[name.size - 1])
            return (fl_access_piece){ .atom = named_atoms[i].add, .text = fl_str_slice(name, 1, name.size - 3) };
    refuse(format, fl_text("there is no atom '%.*s'", FL_SHOW(name)));
}

static void add_piece(fl_access_format *format, const char *text, fl_access_piece piece)
{
    if (piece.atom == NULL && piece.text.size == 0)
        return;
    if (format->count == FL_ACCESS_PIECES)
        refuse(text, "it has too many parts");
    format->pieces[format->count++] = piece;
}

void fl_access_format_read(fl_access_format *ret, const char *format)
{
    fl_str rest = fl_str_of(format == NULL ? FL_ACCESS_COMBINED : format);
    size_t at, end;

    *ret = (fl_access_format){ 0 };
    if (fl_str_equal(rest, fl_lit("json"))) {
        add_piece(ret, format, (fl_access_piece){ .atom = fl_access_json });
        return;
    }
    while (fl_str_find_char(rest, '%', &at)) {
        add_piece(ret, format, (fl_access_piece){ .text = fl_str_slice(rest, 0, at) });
        rest = fl_str_slice(rest, at + 1, SIZE_MAX);
        if (fl_str_starts(rest, fl_lit("%"))) {
            add_piece(ret, format, (fl_access_piece){ .text = fl_lit("%") });
            rest = fl_str_slice(rest, 1, SIZE_MAX);
            continue;
        }
        if (!fl_str_starts(rest, fl_lit("(")) || !fl_str_find(rest, fl_lit(")s"), &end))
            refuse(format, "a % begins no atom");
        add_piece(ret, format, find_atom(format, fl_str_slice(rest, 1, end - 1)));
        rest = fl_str_slice(rest, end + 2, SIZE_MAX);
    }
    add_piece(ret, format, (fl_access_piece){ .text = rest });
}

void fl_access_format_write(const fl_access_format *format, const fl_access *access, fl_buf *out)
{
    for (size_t i = 0; i < format->count; i++) {
        const fl_access_piece *piece = &format->pieces[i];
        if (piece->atom == NULL)
            fl_buf_add(out, piece->text);
        else
            piece->atom(&(fl_access_line){ out, access, piece->text });
    }
    fl_buf_add_char(out, '\n');
}
