/* What a report says beside the error: the request in parts, the settings, the process. Nothing here waits, and what cannot be
 * read is said to be so: the request may be the very reason for the report. */
#include <unistd.h>
#include "debug/debug.h"
#include "http/request.h"

enum { LONGEST_VALUE = 4096 };

typedef struct collection { const fl_reporter *reporter; const fl_request *request; fl_facts *facts; } collection;

static void add(fl_facts *facts, const char *name, const char *value)
{
    size_t size = strlen(value);

    if (size > LONGEST_VALUE)
        value = fl_text("%.*s … <%zu bytes in all>", LONGEST_VALUE, value, size);
    fl_vec_push(&facts->rows, (fl_fact){ name, value });
}

static void add_shown(collection *it, const char *name, const char *value)
{
    add(it->facts, name, fl_report_shown(it->reporter, name, value));
}

/* Reading may fail as it did for the view. */
static void collect(collection *it, void (*run)(void *data))
{
    fl_error *error = fl_protect(run, it);

    if (error != NULL)
        it->facts->empty = fl_text("could not be read: %s", error->message);
}

/* -- the query and forms ----------------------------------------------------------------------------------------------------- */

static bool hides_in(const collection *it, const char *name, bool form)
{
    return form ? fl_report_hides_field(it->reporter, it->request, name) : fl_report_hides(it->reporter, name);
}

static void add_fields(collection *it, const fl_querydict *fields, bool form)
{
    const char *substitute = it->reporter->filter.substitute != NULL ? it->reporter->filter.substitute : FL_CLEANSED;
    const fl_list *values;
    size_t cursor = 0;

    for (fl_str text; fl_querydict_next(fields, &cursor, &text, &values);) {
        const char *name = fl_str_c(text);
        bool hidden = hides_in(it, name, form);
        for (size_t i = 0; i < values->count; i++)
            add(it->facts, name, hidden ? substitute : fl_value_text(values->items[i]));
    }
}

static void add_query(void *data)
{
    collection *it = data;
    add_fields(it, fl_query_all(it->request), false);
}

static void add_cookies(void *data)
{
    collection *it = data;
    add_fields(it, fl_cookies(it->request), false);
}

static void add_form(void *data)
{
    collection *it = data;
    add_fields(it, fl_post_all(it->request), true);
}

/* Whether a form can be looked at without waiting for the client or a disk. */
static bool form_is_here(const fl_request *request)
{
    const fl_request_parts *parts = fl_request_parts_of(request);

    if (parts->form != NULL)
        return true;
    return parts->body_state == FL_BODY_WHOLE && fl_text_is(request->content_type, "application/x-www-form-urlencoded");
}

static bool may_have_form(const fl_request *request)
{
    return fl_text_in(request->content_type, "application/x-www-form-urlencoded", "multipart/form-data") &&
           request->content_length != 0;
}

static void add_files(void *data)
{
    collection *it = data;
    const fl_dict *files = fl_request_parts_of(it->request)->files;
    fl_value name, list;

    for (size_t cursor = 0; files != NULL && fl_dict_next(files, &cursor, &name, &list);)
        for (size_t i = 0; i < list.list->count; i++) {
            const fl_file *file = (const void *)list.list->items[i].object;
            add(it->facts, fl_value_text(name), fl_text("%s (%s)", fl_file_name(file), fl_file_content_type(file)));
        }
}

const char *fl_facts_url(const fl_reporter *reporter, const fl_request *request)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 1 << 20);
    fl_str rest = fl_str_of(request->query_string);
    const char *before = "?";

    fl_buf_format(&out, "%s://%s%s", request->scheme, request->host, fl_escape_path(request->path));
    for (fl_str pair; rest.size > 0 && fl_str_cut(&rest, '&', &pair); before = "&") {
        size_t equals = pair.size;
        (void)fl_str_find_char(pair, '=', &equals);
        const char *name = fl_str_c(fl_str_slice(pair, 0, equals));
        fl_buf_add_c(&out, before);
        fl_buf_add_c(&out, name);
        if (equals < pair.size)
            fl_buf_format(&out, "=%s", fl_report_shown(reporter, name, fl_str_c(fl_str_slice(pair, equals + 1, SIZE_MAX))));
    }
    return fl_buf_c(&out);
}

/* -- the request itself ------------------------------------------------------------------------------------------------------ */

static void add_route(fl_facts *facts, const fl_match *match)
{
    if (match->route->file != NULL)
        add(facts, "Route", fl_text("\"%s\", at %s:%d", match->pattern, match->route->file, match->route->line));
    add(facts, "View", match->route->label == NULL ? match->view_name : match->route->label);
    if (match->url_name != NULL)
        add(facts, "URL name", match->view_name);
    for (size_t i = 0; i < match->argument_count; i++) {
        const fl_match_argument *argument = &match->arguments[i];
        const char *text = argument->text == NULL ? "" : argument->text;
        add(facts, "Argument", argument->name == NULL ? text : fl_text("%s = %s", argument->name, text));
    }
}

static void add_general(collection *it)
{
    const fl_request *request = it->request;

    add(it->facts, "Method", request->method);
    add(it->facts, "URL", fl_facts_url(it->reporter, request));
    if (request->match != NULL)
        add_route(it->facts, request->match);
    add(it->facts, "Client", request->remote_address[0] == '\0' ? "unknown" : request->remote_address);
}

static const char *meta_name(fl_str header)
{
    char *name = fl_text("HTTP_%.*s", FL_SHOW(header));

    for (char *c = name; *c != '\0'; c++)
        *c = *c == '-' ? '_' : *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c;
    return name;
}

static void add_meta(void *data)
{
    static const char *const names[] = { "CONTENT_LENGTH", "CONTENT_TYPE", "PATH_INFO",   "REMOTE_ADDR",    "REQUEST_METHOD",
                                         "SCRIPT_NAME",    "SERVER_NAME",  "SERVER_PORT", "SERVER_PROTOCOL" };
    collection *it = data;

    for (size_t i = 0; i < FL_LENGTH(names); i++) {
        const char *value = fl_meta(it->request, names[i]);
        if (value != NULL)
            add_shown(it, names[i], value);
    }
    for (size_t i = 0; i < it->request->headers.count; i++) {
        const fl_header_line *line = &it->request->headers.lines[i];
        const char *name = meta_name(line->name);
        if (!fl_text_in(name, "HTTP_CONTENT_LENGTH", "HTTP_CONTENT_TYPE"))
            add_shown(it, name, fl_str_c(line->value));
    }
}

size_t fl_facts_of_request(const fl_reporter *reporter, const fl_request *request, fl_facts ret[FL_FACTS_MOST])
{
    const struct {
        fl_facts facts;
        void (*run)(void *data);
    } parts[] = {
        { { .title = "GET", .empty = "No GET data" }, add_query },
        { { .title = "POST", .empty = "No POST data" }, add_form },
        { { .title = "FILES", .empty = "No FILES data" }, add_files },
        { { .title = "COOKIES", .empty = "No cookie data" }, add_cookies },
        { { .title = "META", .empty = "No headers" }, add_meta },
    };
    collection it = { reporter, request, &ret[0] };

    ret[0] = (fl_facts){ .title = "Request", .empty = "" };
    add_general(&it);
    for (size_t i = 0; i < FL_LENGTH(parts); i++) {
        ret[i + 1] = parts[i].facts;
        it.facts = &ret[i + 1];
        if (parts[i].run != add_form || form_is_here(request))
            collect(&it, parts[i].run);
        else if (may_have_form(request))
            it.facts->empty = "The form was not read before the error";
    }
    return FL_LENGTH(parts) + 1;
}

/* -- settings and process ---------------------------------------------------------------------------------------------------- */

fl_facts fl_facts_of_settings(const fl_reporter *reporter)
{
    fl_facts facts = { .title = "Settings", .empty = "No settings are loaded" };
    collection it = { reporter, NULL, &facts };
    fl_value name, value;

    if (!fl_settings_are_loaded())
        return facts;
    const fl_dict *dump = fl_settings_safe_dump();
    for (size_t cursor = 0; fl_dict_next(dump, &cursor, &name, &value);) {
        fl_buf out = fl_buf_in(fl_arena_here(), FL_REPORT_MOST);
        fl_value_repr(value, &out);
        const char *text = fl_value_text(name);
        add_shown(&it, text, fl_buf_c(&out));
    }
    return facts;
}

static const char *labels_of_apps(void)
{
    const fl_app *const *apps;
    fl_buf out = fl_buf_in(fl_arena_here(), 64 << 10);
    size_t n = fl_apps_are_ready() ? fl_apps_list(&apps) : 0;

    for (size_t i = 0; i < n; i++)
        fl_buf_format(&out, "%s%s", i == 0 ? "" : ", ", apps[i]->label);
    return n == 0 ? "none" : fl_buf_c(&out);
}

static const char *names_of_middleware(const fl_settings *settings)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 64 << 10);
    size_t n = 0;

    for (; settings->middleware != NULL && settings->middleware[n] != NULL; n++)
        fl_buf_format(&out, "%s%s", n == 0 ? "" : ", ", settings->middleware[n]->name);
    return n == 0 ? "none" : fl_buf_c(&out);
}

fl_facts fl_facts_of_process(void)
{
    fl_facts facts = { .title = "Process", .empty = "" };
    const fl_project *project = fl_project_now();

    add(&facts, "Flèche", FL_VERSION);
    if (project != NULL)
        add(&facts, "Project", project->name);
    if (fl_settings_are_loaded() && fl_settings_now()->settings_module != NULL)
        add(&facts, "Settings", fl_settings_now()->settings_module);
    add(&facts, "Apps", labels_of_apps());
    if (fl_settings_are_loaded())
        add(&facts, "Middleware", names_of_middleware(fl_settings_now()));
    add(&facts, "Time", fl_datetime_text(fl_now(), FL_HTTP_DATE));
    add(&facts, "Process", fl_text("%d", (int)getpid()));
    return facts;
}
