/* Files as answers: length, type and name. */
#include "../helpers.h"
#include <fleche/http.h>

static const char *head_of(const fl_response *response)
{
    const char *disposition = fl_response_header(response, "Content-Disposition");

    return fl_text("%d; %s; %s; %s", response->status, response->content_type, fl_response_header(response, "Content-Length"),
                   disposition == NULL ? "-" : disposition);
}

static fl_file *file(const char *name) { return fl_file_of_bytes(name, fl_lit("12345")); }

FL_TEST(name_type_and_length_come_from_the_file)
{
    fl_response *response = fl_file_response(file("report.pdf"));

    fl_expect_text(head_of(response), "200; application/pdf; 5; inline; filename=\"report.pdf\"");
    fl_expect(response->streaming && response->file != NULL);
    fl_expect_equal(response->file_from, 0);
    fl_expect_equal(response->file_size, 5);
}

FL_TEST(a_name_of_ones_own_gives_the_type_too)
{
    fl_expect_text(head_of(fl_file_response(file("x.pdf"), .name = "table.csv", .as_attachment = true)),
                   "200; text/csv; 5; attachment; filename=\"table.csv\"");
    fl_expect_text(head_of(fl_file_response(file("x.pdf"), .name = "../../etc/table.csv")),
                   "200; text/csv; 5; inline; filename=\"table.csv\"");
    fl_expect_text(head_of(fl_file_response(file("x.pdf"), .name = "")), "200; application/pdf; 5; inline; filename=\"x.pdf\"");
}

FL_TEST(a_type_of_ones_own_wins)
{
    fl_expect_text(head_of(fl_file_response(file("x.pdf"), .content_type = "text/plain", .status = 203)),
                   "203; text/plain; 5; inline; filename=\"x.pdf\"");
}

FL_TEST(compressed_files_are_sent_as_such)
{
    static const struct {
        const char *name, *type;
    } rows[] = {
        { "a.tar.gz", "application/gzip" },      { "a.txt.bz2", "application/x-bzip" },
        { "a.tar.xz", "application/x-xz" },      { "a.js.br", "application/x-brotli" },
        { "a.tar.Z", "application/x-compress" }, { "a.unknown", "application/octet-stream" },
        { "a", "application/octet-stream" },
    };

    for (size_t i = 0; i < FL_LENGTH(rows); i++)
        fl_expect_text(fl_file_response(file(rows[i].name))->content_type, rows[i].type);
}

FL_TEST(a_name_beyond_ascii_is_encoded)
{
    fl_expect_text(
        fl_response_header(fl_file_response(file("a"), .as_attachment = true, .name = "naïve.txt"), "Content-Disposition"),
        "attachment; filename*=utf-8''na%C3%AFve.txt");
    fl_expect_text(fl_response_header(fl_file_response(file("a"), .name = "say \"hi\".txt"), "Content-Disposition"),
                   "inline; filename=\"say \\\"hi\\\".txt\"");
}

FL_TEST(without_a_name_only_attachments_say_so)
{
    fl_expect_text(head_of(fl_file_response(file(""))), "200; application/octet-stream; 5; -");
    fl_expect_text(head_of(fl_file_response(file(""), .as_attachment = true)), "200; application/octet-stream; 5; attachment");
}

FL_TEST(a_file_on_disk_knows_its_length)
{
    const char *path = fl_text("%s/page.html", fl_test_directory());
    FILE *out = fopen(path, "we");

    fl_expect(out != NULL && fputs("<p>hello</p>", out) >= 0 && fclose(out) == 0);
    fl_expect_text(head_of(fl_file_response(fl_file_of_path(path))), "200; text/html; 12; inline; filename=\"page.html\"");
}

static void answer_missing(void *path) { (void)fl_file_response(fl_file_of_path(path)); }

FL_TEST(a_file_that_is_not_there_is_an_error_before_anything_is_sent)
{
    fl_expect_error(FL_OS_ERROR, answer_missing, fl_text("%s/none", fl_test_directory()));
}
