/* The report that build servers read: JUnit's XML. */
#include <errno.h>
#include <fleche/unicode.h>
#include "test/plan.h"

/* XML has no way to write most control characters, and a report that cannot be parsed helps nobody. */
static void put_text(FILE *out, fl_str text)
{
    text = fl_utf8_repair(text);
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];
        switch (c) {
        case '&': (void)fputs("&amp;", out); break;
        case '<': (void)fputs("&lt;", out); break;
        case '>': (void)fputs("&gt;", out); break;
        case '"': (void)fputs("&quot;", out); break;
        case '\r': (void)fputs("&#13;", out); break;
        default:
            if (c < 0x20 && c != '\n' && c != '\t')
                (void)fputs("\uFFFD", out);
            else
                (void)fputc(c, out);
        }
    }
}

static void put_named(FILE *out, const char *before, fl_str text, const char *behind)
{
    (void)fputs(before, out);
    put_text(out, text);
    (void)fputs(behind, out);
}

static void put_turn(FILE *out, const fl_turn *turn)
{
    fl_str name = fl_str_of(turn->name), class_name, first_line, rest = turn->text;

    (void)fl_str_cut(&name, '.', &class_name);
    if (!fl_str_cut(&rest, '\n', &first_line))
        first_line = fl_lit("");
    put_named(out, "    <testcase classname=\"", class_name, "\" name=\"");
    put_named(out, "", name, "\" file=\"");
    put_named(out, "", fl_str_of(fl_place_of(turn->test->file)), "\"");
    fprintf(out, " line=\"%d\" time=\"%.6f\">\n", turn->test->line, turn->seconds);
    if (turn->outcome == FL_FAILED) {
        put_named(out, "      <failure message=\"", first_line, "\">");
        put_named(out, "", turn->text, "</failure>\n");
    } else if (turn->outcome == FL_SKIPPED) {
        put_named(out, "      <skipped message=\"", first_line, "\"/>\n");
    }
    if (turn->output.size > 0)
        put_named(out, "      <system-out>", turn->output, "</system-out>\n");
    (void)fputs("    </testcase>\n", out);
}

int fl_junit_write(const fl_settings *settings, const fl_plan *plan)
{
    FILE *out = fopen(settings->junit, "we");
    const char *slash = strrchr(settings->program, '/');

    if (out == NULL)
        return -errno;
    (void)fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n", out);
    put_named(out, "  <testsuite name=\"", fl_str_of(slash == NULL ? settings->program : slash + 1), "\"");
    fprintf(out, " tests=\"%zu\" failures=\"%zu\" errors=\"0\" skipped=\"%zu\" time=\"%.6f\">\n", plan->count,
            plan->outcomes[FL_FAILED], plan->outcomes[FL_SKIPPED], plan->seconds);
    for (size_t i = 0; i < plan->count; i++)
        fl_scope {
            put_turn(out, &plan->turns[i]);
        }
    (void)fputs("  </testsuite>\n</testsuites>\n", out);
    bool failed = ferror(out) != 0;
    return fclose(out) != 0 ? -errno : failed ? -EIO : 0;
}
