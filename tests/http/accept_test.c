/* What the client takes: the examples of RFC 9110, 12.5.1 and 12.5.3, and Django's choices beyond them. */
#include "vectors.h"

static const struct taking {
    const char *accept, *type;
    bool takes;
} takings[] = {
    { NULL, "application/json", true },
    { "*/*", "application/json", true },
    { "", "application/json", false },
    { "text/html,application/xhtml+xml,application/xml;q=0.9", "application/xml", true },
    { "text/html,application/xhtml+xml,application/xml;q=0.9", "application/json", false },
    { "application/*", "application/json", true },
    { " application/* ;q=0.1", "application/json", true },
    { "TEXT/HTML", "text/html", true },
    { "text/html", "Text/Html", true },
    { "*/json", "application/json", true },
    { "application/json", "*/*", true },
    { "application/json", "text/*", false },
    { "application/json;q=0", "application/json", false },
    { "text/*;q=0, text/html", "text/html", true },
    { "text/*;q=0, text/html", "text/plain", false },
    { "text/html;q=0, */*", "text/html", false },
    { "text/html;q=0, */*", "application/json", true },
    { "*/*;q=0, application/json", "text/html", false },
    { "text/html;q=0.0004", "text/html", false },
    { "text/html;q=0.0005", "text/html", true },
    { "text/html;q=-1", "text/html", true },
    { "text/html;q=nan", "text/html", true },
    { "text/html;q=high", "text/html", true },
    { "text/html;q=\"0\"", "text/html", false },
    { "text/vcard; version=4.0", "text/vcard; version=4.0", true },
    { "text/vcard; version=4.0; q=0.7", "text/vcard;version=4.0", true },
    { "text/vcard; VERSION=4.0", "text/vcard; version=\"4.0\"", true },
    { "text/vcard; version=4.0", "text/vcard; version=3.0", false },
    { "text/vcard; version=4.0", "text/vcard", false },
    { "text/vcard", "text/vcard; version=3.0", true },
    { "text/vcard; a=1; b=2", "text/vcard; b=2; a=1", true },
    { "text/vcard; a=1", "text/vcard; a=1; b=2", false },
    { "text/vcard; a=\"x,y\", text/plain", "text/vcard; a=\"x,y\"", true },
    { "text", "text/*", false },
    { "text/", "text/html", false },
    { "/html", "text/html", false },
    { "*", "text/html", false },
    { ";q=1", "text/html", false },
    { "*/*", "text", false },
    { "*/*", "", false },
};

static void check_taking(const void *row)
{
    const struct taking *t = row;

    fl_label("%s: %s", t->accept == NULL ? "none" : t->accept, t->type);
    fl_expect_equal(fl_accepts(get_with("Accept", t->accept), t->type), t->takes);
}

FL_TEST(the_entry_that_names_a_type_most_exactly_decides) { fl_table(takings, check_taking); }

FL_TEST(json_is_taken_by_quality_and_exactness)
{
    fl_expect(fl_accepts(get_with("Accept", "text/html, application/*;q=0.5, application/json;q=0.1"), "application/json"));
    fl_expect(!fl_accepts(get_with("Accept", "text/html, application/*;q=0.5, application/json;q=0"), "application/json"));
    fl_expect(!fl_accepts(get_with("Accept", "text/html"), "application/json"));
}

FL_TEST(accept_in_several_lines_is_one_list)
{
    fl_request *request = get_with("Accept", "text/html");

    fl_headers_add(&request->headers, fl_lit("accept"), fl_lit("application/json;q=0.9"));
    fl_expect(fl_accepts(request, "application/json"));
    fl_expect_text(fl_preferred_type(request, "application/json", "text/html"), "text/html");
}

#define RFC_7231 "text/*;q=0.3,text/html;q=0.7,text/html;level=1,text/html;level=2;q=0.4,*/*;q=0.5"
#define RFC_9110 "text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, text/plain;format=fixed;q=0.4, */*;q=0.5"

static const struct liking {
    const char *accept, *types[5], *preferred;
} likings[] = {
    { "*/*", { "application/json", "text/plain" }, "application/json" },
    { NULL, { "text/plain", "application/json" }, "text/plain" },
    { "", { "application/json", "text/plain" }, NULL },
    { "*/*", { NULL }, NULL },
    { "text/html", { "application/json", "text/plain" }, NULL },
    { "text/html,application/xml;q=0.9,*/*;q=0.1,text/*;q=0.5", { "text/html", "application/xml" }, "text/html" },
    { "text/html,application/xml;q=0.9,*/*;q=0.1,text/*;q=0.5", { "application/xml", "application/json" }, "application/xml" },
    { "text/html,application/xml;q=0.9,*/*;q=0.1,text/*;q=0.5", { "application/json" }, "application/json" },
    { "text/html,application/xml;q=0.9,*/*;q=0.1,text/*;q=0.5", { "application/json", "text/plain" }, "text/plain" },
    { RFC_7231, { "text/html", "text/html; level=1" }, "text/html; level=1" },
    { RFC_7231, { "text/html; level=2", "text/html; level=3" }, "text/html; level=3" },
    { RFC_7231, { "text/plain", "image/jpeg" }, "image/jpeg" },
    { RFC_9110, { "text/plain", "text/plain; format=flowed" }, "text/plain; format=flowed" },
    { RFC_9110, { "text/html", "image/jpeg" }, "image/jpeg" },
    { RFC_9110, { "text/plain; format=fixed", "text/html;level=3" }, "text/plain; format=fixed" },
    { "text/vcard; version=3.0, text/html;q=0.5",
      { "text/vcard; version=4.0", "text/vcard; version=3.0", "text/vcard" },
      "text/vcard; version=3.0" },
    { "text/vcard; version=3.0, text/html;q=0.5", { "text/vcard; version=4.0", "text/vcard", "text/directory" }, NULL },
    { "text/vcard; version=3.0, text/html;q=0.5", { "text/vcard; version=4.0", "text/html" }, "text/html" },
    { "text/plain;q=0.5,text/html", { "text/html", "text/plain" }, "text/html" },
    { "text/*,image/jpeg", { "text/plain", "image/jpeg" }, "image/jpeg" },
    { "image/png, text/html", { "text/html", "image/png" }, "image/png" },
    { "text/html;q=0.8, application/json;q=0.8", { "application/json", "text/html" }, "text/html" },
};

static void check_liking(const void *row)
{
    const struct liking *l = row;

    fl_label("%s", l->accept == NULL ? "none" : l->accept);
    fl_expect_text(fl_preferred_type_(get_with("Accept", l->accept), l->types), l->preferred);
}

FL_TEST(the_best_liked_type_is_chosen_as_django_chooses) { fl_table(likings, check_liking); }

/* -- codings --------------------------------------------------------------------------------------------------------------------------- */

static const struct coding {
    const char *accept, *coding;
    double quality;
} codings[] = {
    { NULL, "gzip", 0 },
    { NULL, "identity", 1 },
    { "", "identity", 1 },
    { "gzip", "gzip", 1 },
    { "gzip", "br", 0 },
    { "GZip", "gzip", 1 },
    { "x-gzip", "gzip", 1 },
    { "gzip;q=0.5, br", "gzip", 0.5 },
    { "gzip ; q = 0.5 , br", "br", 1 },
    { "gzip;q=0", "gzip", 0 },
    { "*", "br", 1 },
    { "*;q=0.3", "br", 0.3 },
    { "gzip, *;q=0", "br", 0 },
    { "gzip, *;q=0", "identity", 0 },
    { "*;q=0, identity;q=0.2", "identity", 0.2 },
    { "identity;q=0", "identity", 0 },
    { "identity;q=0", "gzip", 0 },
    { "*;q=0.5", "identity", 0.5 },
    { "gzip;q=1.0, identity; q=0.5, *;q=0", "identity", 0.5 },
    { "gzipped", "gzip", 0 },
    { "deflate, gzip;q=1.0, *;q=0.5", "br", 0.5 },
};

static void check_coding(const void *row)
{
    const struct coding *c = row;

    fl_label("%s: %s", c->accept == NULL ? "none" : c->accept, c->coding);
    fl_expect_near(fl_accepts_encoding(get_with("Accept-Encoding", c->accept), c->coding), c->quality, 1e-9);
}

FL_TEST(codings_are_taken_by_name_else_by_star) { fl_table(codings, check_coding); }
