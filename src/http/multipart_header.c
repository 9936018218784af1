/* The headers of a part of multipart/form-data. Lines that are none (folded, without a colon, no UTF-8) are passed over; of equal names
 * the last one counts: as Django does. */
#include <errno.h>
#include <fleche/unicode.h>
#include "http/header_value.h"
#include "http/multipart.h"
#include "http/strip.h"

static fl_str parameter(const fl_header_value *header, const char *name)
{
    fl_str value = fl_querydict_get_str(header->parameters, fl_str_of(name));
    return value.data == NULL ? fl_lit("") : value;
}

static void read_disposition(const fl_header_value *header, fl_multipart_part *part)
{
    fl_str name = fl_querydict_get_str(header->parameters, fl_lit("name"));

    part->field = name.data == NULL ? name : fl_str_copy(fl_str_trim(name));
    part->file_name = parameter(header, "filename");
    part->is_file = part->file_name.size > 0;
}

static void read_type(const fl_header_value *header, fl_multipart_part *part)
{
    part->content_type = header->value;
    part->charset = parameter(header, "charset");
    part->extra = header->parameters;
}

static void read_encoding(const fl_header_value *header, fl_multipart_part *part) { part->encoding = header->value; }

static void read_length(const fl_header_value *header, fl_multipart_part *part)
{
    fl_int length;
    part->content_length = fl_str_int(header->value, &length) && length >= 0 ? length : -1;
}

static void read_line(fl_str line, fl_multipart_part *part)
{
    static const struct {
        fl_str name;
        void (*read)(const fl_header_value *header, fl_multipart_part *part);
    } known[] = {
        { FL_LIT("content-disposition"), read_disposition },
        { FL_LIT("content-type"), read_type },
        { FL_LIT("content-transfer-encoding"), read_encoding },
        { FL_LIT("content-length"), read_length },
    };
    fl_header_value header;
    size_t at, size;

    if (!fl_str_find_char(line, ':', &at) || !fl_utf8_valid(line))
        return;
    for (size = at; size > 0 && line.data[size - 1] == ' '; size--)
        ;
    for (size_t i = 0; i < FL_LENGTH(known); i++)
        if (fl_str_equal_ascii(fl_str_slice(line, 0, size), known[i].name) &&
            fl_header_value_parse(fl_str_slice(line, at + 1, SIZE_MAX), &header))
            known[i].read(&header, part);
}

/* Takes a line off, up to CRLF: a bare LF or CR is a part of the line. */
static fl_str next_line(fl_str *rest)
{
    size_t end = rest->size;
    fl_str line;

    (void)fl_str_find(*rest, fl_lit("\r\n"), &end);
    line = fl_str_slice(*rest, 0, end);
    *rest = fl_str_slice(*rest, end + 2, SIZE_MAX);
    return line;
}

int fl_part_read(fl_str headers, fl_multipart_part *ret)
{
    const fl_str none = FL_LIT("");
    fl_multipart_part part = { none, none, none, none, none, .content_length = -1 };
    size_t lines = 0;

    part.field.data = NULL;
    for (; headers.size > 0; lines++) {
        if (lines > FL_PART_HEADER_LINES)
            return -E2BIG;
        read_line(next_line(&headers), &part);
    }
    if (part.field.data == NULL)
        return 0;
    if (part.extra == NULL)
        part.extra = fl_querydict_new();
    *ret = part;
    return 1;
}
