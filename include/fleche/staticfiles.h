/* Static files: found while developing, collected and hashed for production, and served from a table that is made once.
 *
 *     void production(fl_settings *s)
 *     {
 *         s->static_url = "/static/";
 *         s->static_root = "/srv/site/static";                  // where collectstatic puts them
 *         s->staticfiles_dirs = fl_list_of("/home/site/assets");
 *         fl_use_middleware(s, fl_security, fl_staticfiles);    // serves them
 *     }
 *
 *     fl_static("css/site.css")                                 // "/static/css/site.9a8b7c6d5e4f.css", "/static/css/site.css" in debug
 *     fl_serve_file(req, "/srv/media", path, .show_indexes = true)      // any directory, from a view of one's own
 *
 * What is found: the directories of staticfiles_dirs, then the folder `static` beside the source of each app; the first that has
 * a name wins. `collectstatic` copies all of it to static_root, gives each file a second name with the hash of its content, and puts
 * compressed forms beside them. Functions that look at the disk wait (on the thread pool) or, where they say so, block. */
#pragma once
#include "web.h"

/* -- finding ---------------------------------------------------------------------------------------------------------------------- */
/* fl_static_find gives the path of what would be served or collected by that name; NULL if there is none. Blocks for a look at
 * the disk. fl_static_find_all gives every file of that name, the one that wins first; fl_static_directories the directories that
 * are searched, in their order. */
const char *fl_static_find(const char *name);
fl_list *fl_static_find_all(const char *name);
fl_list *fl_static_directories(void);

/* -- links ------------------------------------------------------------------------------------------------------------------------ */
/* fl_static is the URL of a static file: by the manifest of static_root (staticfiles.json, read once), with the hash in its name;
 * in debug, or without a manifest, static_url and the name. Raises FL_STATIC_MISSING, with the nearest name there is, for what
 * the manifest does not have, and FL_IMPROPERLY_CONFIGURED without a static_url. "#fragment" and "?query" stay. */
extern const fl_error_class FL_STATIC_MISSING;
const char *fl_static(const char *name);
/* fl_static_url_of is what stands before the names: "/static/"; "" without a static_url. */
const char *fl_static_url_of(const fl_settings *settings);

/* -- one file of a directory ---------------------------------------------------------------------------------------------------- */
/* fl_serve_file answers with the file `relative` (decoded, as a route gives it) below `root`: type, encoding, ETag, Last-Modified;
 * 304, 206 and 416 as the request asks. Raises FL_NOT_FOUND for what is not there, leads outside (also through a symbolic link),
 * or is no regular file; for a directory too, unless indexes are shown. Waits. */
typedef struct fl_serve_file_options {
    bool show_indexes;                           /* a directory is answered with a list of what is in it */
    bool follow_links;                           /* symbolic links may lead out of the root */
    const char *cache_control;                   /* NULL: none is said */
} fl_serve_file_options;
#define fl_serve_file(request, root, relative, ...) \
    fl_serve_file_(request, root, relative, &(const fl_serve_file_options){ __VA_ARGS__ })
fl_response *fl_serve_file_(fl_request *request, const char *root, const char *relative, const fl_serve_file_options *options);

/* -- collecting ------------------------------------------------------------------------------------------------------------------- */
typedef struct fl_collect_options {
    bool dry_run;                                /* nothing is written */
    bool clear;                                  /* what is in static_root goes first */
    bool link;                                   /* symbolic links instead of copies */
    bool no_default_ignore;                      /* CVS, .*, and *~ are collected too */
    bool no_post_process;                        /* no hashed names, no manifest, nothing compressed */
    bool no_compress;                            /* no .gz and .br */
    const fl_list *ignore;                       /* more patterns, as of a shell: "*.scss" */
    void (*tell)(int verbosity, const char *line, void *data);     /* 0: what people want to know, 1: each step, 2: all; NULL: nobody */
    void *data;
} fl_collect_options;
typedef struct fl_collected { size_t copied, linked, unmodified, deleted, processed, compressed; } fl_collected;
/* fl_static_collect brings static_root up to date: only what changed is written, each file whole or not at all. In the CSS that
 * gets a hashed name, url(…), @import and source maps point to hashed names, as in Django 6.1. Raises FL_IMPROPERLY_CONFIGURED
 * without a static_root, FL_STATIC_MISSING for a reference to a file that is not there, FL_VALUE_ERROR for files that refer to one
 * another in a circle, FL_OS_ERROR. Blocks: for commands. */
#define fl_static_collect(...) fl_static_collect_(&(const fl_collect_options){ __VA_ARGS__ })
fl_collected fl_static_collect_(const fl_collect_options *options);
/* "2 static files copied to '/srv/static', 1 unmodified, 2 post-processed." */
const char *fl_collected_text(const fl_collected *collected, bool link);

/* fl_css_next_reference finds the next reference of a style sheet (or, with `script`, the source map of a script) from *at on, which
 * it moves behind it: comments are left out. The part `whole` is replaced by `before`, the new reference, `after`. */
typedef struct fl_css_reference { fl_str whole, url, before, after; } fl_css_reference;
bool fl_css_next_reference(fl_str text, bool script, size_t *at, fl_css_reference *ret);

/* -- serving all of them ---------------------------------------------------------------------------------------------------------- */
/* fl_staticfiles is the middleware: high in the list, behind fl_security. At start it makes a table of all files of static_root, with
 * their headers; GET and HEAD of what is in it are answered there, anything else goes on. In debug files are looked up for each
 * request, by the finders too. */
extern const fl_middleware fl_staticfiles;

typedef struct fl_mime_override { const char *suffix, *type; } fl_mime_override;       /* ".wasm", or a whole name "feed" */
typedef enum fl_send_by { FL_SEND_FILE, FL_SEND_X_ACCEL_REDIRECT, FL_SEND_X_SENDFILE } fl_send_by;
typedef struct fl_staticfiles_options {
    const char *root;                            /* files for "/" itself: robots.txt, favicon.ico; NULL: none */
    const char *index_file;                      /* "index.html": served for its directory; NULL: directories are not served */
    const fl_mime_override *types;               /* ends with { 0 }; NULL: none */
    const char *charset;                         /* of text/…; NULL: utf-8 */
    int max_age;                                 /* seconds, of names without a hash; 0: 60 (0 in debug); FL_NO_NUMBER: none is said */
    bool no_origin;                              /* no Access-Control-Allow-Origin: * */
    bool follow_links;                           /* symbolic links may lead out of the roots (collectstatic --link) */
    /* Whether a URL's content never changes; NULL: those whose names the manifest has hashed. */
    bool (*immutable)(const char *path, const char *url);
    void (*add_headers)(fl_headers *headers, const char *path, const char *url);   /* once for each file; NULL */
    fl_send_by send_by;                          /* a proxy in front sends the files itself … */
    const char *accel_prefix;                    /* … from this location: "/_static/"; for X-Accel-Redirect */
} fl_staticfiles_options;
/* fl_use_staticfiles sets the options, before the site is set up; they are not copied. NULL: the defaults again. */
void fl_use_staticfiles(const fl_staticfiles_options *options);

/* fl_staticfiles_answer is an fl_handler for development servers: what is below static_url is answered by the finders, all else
 * by fl_answer. */
fl_response *fl_staticfiles_answer(fl_request *request, void *data);

/* System checks: staticfiles.W004 (a directory of staticfiles_dirs does not exist), E002 (static_root is among them). */
extern const fl_check fl_staticfiles_check;
