/* A site in a test: set up, asked, taken down. */
#pragma once
#include <fleche/app.h>
#include <fleche/log.h>
#include <fleche/test.h>

static inline void take_down(void *unused)
{
    (void)unused;
    fl_use_template_engine(NULL);
    fl_use_debug_pages(NULL);
    fl_teardown();
    fl_log_set(NULL);
}

static inline void set_up(const fl_project *project, const char *settings)
{
    fl_defer(take_down, NULL);
    fl_setup(project, settings);
}

static inline fl_request *asked(const char *method, const char *target)
{
    fl_request *request = fl_request_new(method, target);

    fl_headers_put(&request->headers, fl_lit("Host"), fl_lit("testserver"));
    return request;
}

static inline fl_request *asked_with(const char *method, const char *target, const char *header, const char *value)
{
    fl_request *request = asked(method, target);

    fl_headers_put(&request->headers, fl_str_of(header), fl_str_of(value));
    return request;
}

static inline fl_response *answer(fl_request *request) { return fl_answer(request, NULL); }
static inline fl_response *got(const char *target) { return answer(asked("GET", target)); }
static inline const char *body_of(const fl_response *response) { return fl_str_c(fl_response_body(response)); }

static inline fl_list *any_host(void) { return fl_list_of("*"); }
