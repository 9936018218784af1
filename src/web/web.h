/* Inside the web layer: what fl_setup() made of the project, and the steps of a request's way. */
#pragma once
#include <fleche/upload.h>
#include <fleche/web.h>

typedef struct fl_layer fl_layer;

/* A step on the way: a middleware, a decorator, or the view's side at the bottom. */
struct fl_next { fl_response *(*run)(const fl_next *self, fl_request *request); bool converts; };
struct fl_layer { fl_next next; const fl_middleware *middleware; const fl_layer *below; };

typedef struct fl_site {
    const fl_project *project;
    fl_arena *arena;                                 /* what lives as long as the process is set up */
    const fl_app **apps;
    size_t app_count;
    bool apps_ready;
    const fl_middleware **middleware;                /* those that take part, outermost first */
    size_t middleware_count;
    size_t view_hooks, error_hooks, template_hooks;  /* how many have one */
    fl_layer *layers;                                /* of those with a call(), and the view's side behind them */
    const fl_url_table *urls;
    fl_request_limits limits;                        /* of the settings */
} fl_site;
extern fl_site *fl_site_here;                        /* NULL before fl_setup(); one a process */
const fl_site *fl_site_now(void);                    /* raises FL_IMPROPERLY_CONFIGURED before fl_setup() */

void fl_middleware_start(fl_site *site, const fl_settings *settings);
void fl_site_limits(fl_site *site, const fl_settings *settings);
fl_response *fl_dispatch(const fl_next *self, fl_request *request);    /* the bottom: resolves, calls the view, renders */

/* host.c: scheme and host as the settings have it. Raises FL_DISALLOWED_HOST. */
void fl_request_check_host(fl_request *request, const fl_settings *settings);
bool fl_host_allowed(const char *host, const fl_list *allowed);

/* checks.c */
extern const fl_check fl_check_url_tables_check, fl_check_url_settings_check;

/* pages.c */
fl_response *fl_plain_page(fl_request *request, int status, const char *title, const char *details, const char *template_name,
                           const fl_error *error);
