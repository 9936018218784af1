/* The report as plain text: for terminals, scripts, mails, and to be pasted where somebody is asked for help. */
#include "debug/debug.h"

static void add_source(fl_buf *out, const char *file, int line)
{
    fl_source source;

    if (!fl_source_read(file, line, &source))
        return;
    fl_buf_format(out, "         %.*s\n", FL_SHOW(fl_str_trim(source.lines[line - source.first])));
}

static void add_calls(fl_buf *out, const fl_error *error)
{
    const fl_call_place *places;
    size_t n = fl_call_places(error, &places);

    if (n > 0)
        fl_buf_add(out, fl_lit("\nBacktrace, innermost call first:\n"));
    for (size_t i = 0; i < n; i++) {
        fl_buf_format(out, "  #%-3zu %s", i, places[i].function);
        if (places[i].file != NULL)
            fl_buf_format(out, " at %s:%d", places[i].file, places[i].line);
        fl_buf_add_char(out, '\n');
        if (places[i].own)
            add_source(out, places[i].file, places[i].line);
    }
}

static void add_error(fl_buf *out, const fl_error *error, const char *relation, int depth)
{
    if (error == NULL || depth == FL_REPORT_CAUSES)
        return;
    fl_buf_format(out, "%s%s: %s\n  at %s:%d\n", relation, error->is->name, error->message, error->file, error->line);
    if (error->frame_count == 0)
        add_source(out, error->file, error->line);
    if (error->detail != NULL)
        fl_buf_format(out, "  detail: %s\n", error->detail);
    if (error->hint != NULL)
        fl_buf_format(out, "  hint: %s\n", error->hint);
    add_calls(out, error);
    add_error(out, error->cause, "\nCaused by ", depth + 1);
    add_error(out, error->suppressed, "\nWhile it unwound, ", depth + 1);
}

static void add_facts(fl_buf *out, const fl_facts *facts)
{
    fl_buf_format(out, "\n%s:\n", facts->title);
    for (size_t i = 0; i < facts->rows.count; i++)
        fl_buf_format(out, "  %s = %s\n", facts->rows.items[i].name, facts->rows.items[i].value);
    if (facts->rows.count == 0)
        fl_buf_format(out, "  %s\n", facts->empty);
}

const char *fl_reporter_text(const fl_reporter *self, const fl_request *request, const fl_error *error, int status)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_REPORT_MOST);
    fl_facts facts[FL_FACTS_MOST], process = fl_facts_of_process(), settings = fl_facts_of_settings(self);
    size_t n = request == NULL ? 0 : fl_facts_of_request(self, request, facts);

    if (request != NULL)
        fl_buf_format(&out, "%d %s: %s %s\n\n", status, fl_status_phrase(status), request->method, request->path);
    add_error(&out, error, "", 0);
    for (size_t i = 0; i < n; i++)
        add_facts(&out, &facts[i]);
    add_facts(&out, &process);
    add_facts(&out, &settings);
    return fl_buf_c(&out);
}
