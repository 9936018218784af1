/* URL tables: which view answers a path, and which path leads to a view.
 *
 *     FL_URLS(blog_urls,
 *         Path("",                     article_list, .name = "article-list"),
 *         Path("<int:year>/",          year_archive, .name = "year"),
 *         RePath("^old/(?P<slug>[-a-z]+)/$", old_article, .decorators = { FL_METHODS("GET") }));
 *
 *     FL_URLS(site_urls,
 *         Include("blog/", blog_urls, .namespace = "blog"),
 *         Path("about/", about, .name = "about"));
 *
 *     fl_kwarg_int(req, "year")                            // in the view
 *     fl_reverse("blog:year", "year", 2026)                // "/blog/2026/"
 *
 * The first route that matches, in the order written, answers: exactly as Django reads its urlpatterns. All tables of a site become one
 * matcher at start, which looks at each character of a path about once, however many routes there are. */
#pragma once
#include "http.h"

/* -- declarations ------------------------------------------------------------------------------------------------------------- */
typedef struct fl_next fl_next;                  /* what stands behind a middleware or decorator: web.h */

/* A decorator is a table that a route carries; its wrap() stands around the view. */
typedef struct fl_decorator {
    const char *name, *text;
    fl_duration age;
    const char *methods[8];
    fl_response *(*wrap)(fl_request *request, fl_next *next, const struct fl_decorator *self);
    bool (*test)(const void *user);
    const void *data;
} fl_decorator;

typedef struct fl_urls fl_urls;
enum { FL_ROUTE_DECORATORS = 6, FL_ROUTE_EXTRA = 8 };
typedef enum fl_route_kind { FL_ROUTE_PATH = 1, FL_ROUTE_REGEX, FL_ROUTE_INCLUDE, FL_ROUTE_MOUNT } fl_route_kind;
typedef struct fl_route {
    fl_route_kind kind;
    const char *pattern;
    fl_view *view;
    const fl_urls *include;
    const fl_urls *(*expand)(const void *mount); /* a mount: routers, admin sites… make their table when the site starts */
    const void *mount;                           /* what the view or expand() is about */
    const char *label;                           /* the view's name in the source */
    const char *name, *namespace, *app_name;     /* an included table without app_name has its namespace */
    bool regex_prefix;                           /* of an include: the pattern is a regular expression */
    const char *file;
    int line;
    fl_decorator decorators[FL_ROUTE_DECORATORS];    /* the first stands outermost; those of an include around all of its routes */
    const char *extra[FL_ROUTE_EXTRA];           /* name, value, name, value: further arguments of the view */
} fl_route;
struct fl_urls { const char *name; const fl_route *routes; size_t count; };

#define FL_U(c, item) FL_U_##item
#define FL_U_
#define FL_U_Path(p, v, ...)    { .kind = FL_ROUTE_PATH, .pattern = p, .view = v, .label = #v, .file = __FILE__, .line = __LINE__, __VA_ARGS__ },
#define FL_U_RePath(p, v, ...)  { .kind = FL_ROUTE_REGEX, .pattern = p, .view = v, .label = #v, .file = __FILE__, .line = __LINE__, __VA_ARGS__ },
#define FL_U_Include(p, u, ...) { .kind = FL_ROUTE_INCLUDE, .pattern = p, .include = &u, .label = #u, .file = __FILE__, .line = __LINE__, __VA_ARGS__ },
#define FL_U_Mount(p, make, what, ...) \
    { .kind = FL_ROUTE_MOUNT, .pattern = p, .expand = make, .mount = what, .label = #what, .file = __FILE__, .line = __LINE__, __VA_ARGS__ },
#define FL_URLS(id, ...) \
    static const fl_route id##_routes[] = { FL_MAP(FL_U, , __VA_ARGS__) }; \
    const fl_urls id = { .name = #id, .routes = id##_routes, .count = sizeof id##_routes / sizeof *id##_routes }

/* Handlers of errors, of the root table only (web.h): FL_ERROR_HANDLERS. */

/* -- converters ------------------------------------------------------------------------------------------------------------------ */
/* int, str, slug, uuid and path are there. One's own:
 *     static bool parse_year(fl_str text, fl_value *ret);      // false: no match
 *     static const char *year_text(fl_value value);            // for fl_reverse; NULL: no such value
 *     FL_CONVERTER(yyyy, .regex = "[0-9]{4}", .parse = parse_year, .text = year_text);
 *     fl_converter_register(&yyyy_converter);                   // before the site starts; a second of one name raises */
typedef struct fl_converter {
    const char *name, *regex;
    bool (*parse)(fl_str text, fl_value *ret);   /* NULL: the text itself */
    const char *(*text)(fl_value value);         /* NULL: fl_value_text() */
} fl_converter;
#define FL_CONVERTER(id, ...) static const fl_converter id##_converter = { .name = #id, __VA_ARGS__ }
void fl_converter_register(const fl_converter *converter);

/* -- resolving --------------------------------------------------------------------------------------------------------------------- */
typedef struct fl_match_argument { const char *name; const char *text; fl_value value; bool extra; } fl_match_argument;
typedef struct fl_match {                        /* Django's ResolverMatch */
    const fl_route *route;
    fl_view *view;
    const char *pattern;                         /* of all tables it went through: "blog/<int:year>/" */
    const char *url_name;                        /* NULL if it has none */
    const char *view_name;                       /* "blog:year", or the view's own with the namespaces in front: never NULL */
    const char *const *namespaces, *const *app_names;    /* outermost first */
    size_t namespace_count;
    const fl_decorator *const *decorators;       /* outermost first, those of includes too */
    size_t decorator_count;
    const fl_match_argument *arguments;          /* captured ones first; name NULL: by position */
    size_t argument_count;
} fl_match;

typedef struct fl_url_table fl_url_table;        /* a root table and all that it includes, compiled */

/* fl_urls_compile reads the tables once a process: raises FL_IMPROPERLY_CONFIGURED with file, line and what is wrong with a pattern. */
const fl_url_table *fl_urls_compile(const fl_urls *root);
/* fl_url_resolve finds the view of a path ("/blog/2026/"): NULL if there is none. The match lives in the current arena. */
const fl_match *fl_url_resolve(const fl_url_table *table, const char *path);
const fl_match *fl_resolve(const char *path);    /* in the site's root table, or the current request's; raises FL_NOT_FOUND (Resolver404) */
bool fl_is_valid_path(const char *path);

/* What was captured: by name, in the view. */
const char *fl_kwarg(const fl_request *request, const char *name);         /* its text; NULL when absent */
fl_int fl_kwarg_int(const fl_request *request, const char *name);         /* raises FL_VALUE_ERROR if it is none */
fl_value fl_kwarg_value(const fl_request *request, const char *name);     /* what the converter made of it; none when absent */
const char *fl_arg(const fl_request *request, size_t at);                  /* an unnamed group of RePath; NULL when absent */

/* -- reversing ---------------------------------------------------------------------------------------------------------------------- */
extern const fl_error_class FL_NO_REVERSE_MATCH;           /* lists the patterns that were tried */
typedef struct fl_reverse_options {
    const fl_url_table *table;                   /* NULL: the current request's, or the site's root */
    const char *current_app;                     /* NULL: the current request's */
    const fl_value *args; size_t arg_count;      /* by position, instead of names */
    const fl_querydict *query;                   /* "?a=1&a=2" */
    const char *fragment;                        /* "#f" */
} fl_reverse_options;
const char *fl_reverse_(const char *name, const fl_value *kwargs, size_t n);
#define fl_reverse(name, ...) fl_reverse_(name, FL_PAIRS(__VA_ARGS__))
const char *fl_reverse_with(const char *name, const fl_value *kwargs, size_t n, const fl_reverse_options *options);
const char *fl_try_reverse(const char *name, const fl_value *kwargs, size_t n, const fl_reverse_options *options);   /* NULL if there is none */
/* fl_set_script_prefix: what all paths begin with in this line of work ("/shop/"); NULL: "/". */
void fl_set_script_prefix(const char *prefix);
const char *fl_script_prefix(void);
/* fl_urls_root is the site's table, for fl_reverse and fl_resolve outside of requests; set by who starts the site. */
void fl_urls_set_root(const fl_urls *root);
void fl_urls_forget(void);                       /* all compiled tables: for tests, and a site that is taken down */
const fl_url_table *fl_urls_root(void);

/* -- looking at the tables ------------------------------------------------------------------------------------------------------------ */
typedef struct fl_route_line {                   /* one way to a view, as `show_urls` prints it */
    const char *pattern, *name, *view, *file;    /* "/blog/<int:year>/", "blog:year" or "", "year_archive" */
    int line;
    const fl_decorator *const *decorators;
    size_t decorator_count;
} fl_route_line;
/* fl_urls_list gives all of them in order, in the current arena. */
size_t fl_urls_list(const fl_url_table *table, const fl_route_line **ret);
/* fl_urls_tried gives the patterns that were looked at for a path, in order, for the page that says why there is none: each a list of parts. */
const fl_list *fl_urls_tried(const fl_url_table *table, const char *path);
/* fl_urls_check collects what is doubtful: duplicate namespaces (urls.W005), patterns that begin with a slash (W002), "$" in an include
 * (W001), names with ":" (W003), a path() that looks like a regular expression (2_0.W001). */
typedef struct fl_url_problem { const char *id, *text, *hint, *file; int line; bool error; } fl_url_problem;
size_t fl_urls_check(const fl_urls *root, const fl_url_problem **ret);
