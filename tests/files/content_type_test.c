/* Types by name: Python's table where it has one, and what the web serves beside. */
#include "files_help.h"

static void check_vector(const vector *v)
{
    const char *encoding, *type;

    if (!vector_is(v, "type"))
        return;
    type = fl_guess_type(v->fields[3], &encoding);
    fl_expect_bytes(or_refused(type), v->fields[1]);
    fl_expect_bytes(or_refused(encoding), v->fields[2]);
}

FL_TEST(types_are_those_of_python) { each_vector("files", check_vector); }

static const struct known {
    const char *name, *type;
} web[] = {
    { "a.js", "text/javascript" },
    { "a.mjs", "text/javascript" },
    { "a.js.map", "application/json" },
    { "a.wasm", "application/wasm" },
    { "a.webp", "image/webp" },
    { "a.avif", "image/avif" },
    { "a.woff2", "font/woff2" },
    { "a.svg", "image/svg+xml" },
    { "favicon.ico", "image/vnd.microsoft.icon" },
    { "README.md", "text/markdown" },
    { "a.csv", "text/csv" },
    { "a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
    { "a.ogg", "audio/ogg" },
    { "site.webmanifest", "application/manifest+json" },
};

static void check_known(const void *row)
{
    const struct known *known = row;
    fl_expect_text(fl_guess_type(fl_str_of(known->name), NULL), known->type);
}

FL_TEST(the_web_of_today_has_its_types) { fl_table(web, check_known); }

static const struct known sent[] = {
    { "a.txt", "text/plain" },
    { "a.css.gz", "application/gzip" },
    { "a.tar.bz2", "application/x-bzip" },
    { "a.txz", "application/x-xz" },
    { "a.js.br", "application/x-brotli" },
    { "a.Z", "application/x-compress" },
    { "a.unknown", "application/octet-stream" },
    { "", "application/octet-stream" },
};

static void check_sent(const void *row)
{
    const struct known *known = row;
    fl_expect_text(fl_sent_type(fl_str_of(known->name)), known->type);
}

FL_TEST(downloads_of_compressed_files_are_sent_as_such) { fl_table(sent, check_sent); }
