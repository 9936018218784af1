/* Apps and projects: tables of contents.
 *
 *     FL_APP(blog,
 *         Label("The blog"),
 *         Receivers(log_visit),
 *         Commands(import_articles),
 *         Ready(blog_ready));
 *
 *     FL_PROJECT(mysite,
 *         Apps(blog, shop),
 *         Settings(development, production),                   // fl_configure development, production;
 *         Urls(site_urls),
 *         Handlers(.not_found = our_not_found));
 *
 * What an app names are strong symbols: what is named and not there is a link error that says its name. Other floors add words of
 * their own (Models, Tasks, Admin …): each is FL_KP_Word, which picks the macros for what stands at file scope (FL_X_…), inside the
 * app's setup function (FL_Y_…), and in its table (FL_Z_…). */
#pragma once
#include "arguments.h"
#include "web.h"

#define FL_X(app, item) FL_APPLY(X, app, FL_KP_##item)
#define FL_Y(app, item) FL_APPLY(Y, app, FL_KP_##item)
#define FL_Z(app, item) FL_APPLY(Z, app, FL_KP_##item)
#define FL_KP_
#define FL_KP_Label(text)     LABEL, text
#define FL_KP_Ready(fn)       READY, fn
#define FL_KP_Receivers(...)  RECEIVERS, __VA_ARGS__
#define FL_KP_Commands(...)   COMMANDS, __VA_ARGS__
#define FL_KP_Checks(...)     CHECKS, __VA_ARGS__

#define FL_X_LABEL(...)
#define FL_Y_LABEL(...)
#define FL_Z_LABEL(app, text) .verbose_name = text,
#define FL_X_READY(app, fn)   void fn(void);
#define FL_Y_READY(...)
#define FL_Z_READY(app, fn)   .ready = fn,
#define FL_X_RECEIVERS(app, ...) FL_EACH(FL_X_RECEIVER, app, __VA_ARGS__)
#define FL_X_RECEIVER(app, id)   extern const fl_receiver id##_receiver;
#define FL_Y_RECEIVERS(...)
#define FL_Z_RECEIVER(app, id)   &id##_receiver,
#define FL_Z_RECEIVERS(app, ...) .receivers = (const fl_receiver *const[]){ FL_EACH(FL_Z_RECEIVER, app, __VA_ARGS__) NULL },
#define FL_X_COMMANDS(app, ...)  FL_EACH(FL_X_COMMAND, app, __VA_ARGS__)
#define FL_X_COMMAND(app, id)    extern const struct fl_command id##_command;
#define FL_Y_COMMANDS(...)
#define FL_Z_COMMAND(app, id)    &id##_command,
#define FL_Z_COMMANDS(app, ...)  .commands = (const struct fl_command *const[]){ FL_EACH(FL_Z_COMMAND, app, __VA_ARGS__) NULL },
#define FL_X_CHECKS(app, ...)    FL_EACH(FL_X_CHECK, app, __VA_ARGS__)
#define FL_X_CHECK(app, id)      extern const fl_check id##_check;
#define FL_Y_CHECKS(...)
#define FL_Z_CHECK(app, id)      &id##_check,
#define FL_Z_CHECKS(app, ...)    .checks = (const fl_check *const[]){ FL_EACH(FL_Z_CHECK, app, __VA_ARGS__) NULL },

#define FL_APP(id, ...) \
    FL_MAP(FL_X, id, __VA_ARGS__) \
    static void id##_setup(void) { FL_MAP(FL_Y, id, __VA_ARGS__) } \
    const fl_app id##_app = { .label = #id, .path = __FILE__, .setup = id##_setup, FL_MAP(FL_Z, id, __VA_ARGS__) }

#define FL_J(c, item) FL_J_##item
#define FL_J_
#define FL_J_Apps(...)       .apps = (const fl_app *const[]){ FL_EACH(FL_J_APP, , __VA_ARGS__) NULL },
#define FL_J_APP(c, id)      &id##_app,
#define FL_J_Settings(...)   .settings = { FL_EACH(FL_J_SETTINGS, , __VA_ARGS__) },
#define FL_J_SETTINGS(c, id) { #id, id },
#define FL_J_Urls(id)        .urls = &id,
#define FL_J_Handlers(...)   .handlers = &(const fl_error_handlers){ __VA_ARGS__ },
/* An app's table, and what settings and URL tables are named, must be declared before: extern const fl_app blog_app; */
#define FL_W(c, item) FL_W_##item
#define FL_W_
#define FL_W_Apps(...)       FL_EACH(FL_W_APP, , __VA_ARGS__)
#define FL_W_APP(c, id)      extern const fl_app id##_app;
#define FL_W_Settings(...)   FL_EACH(FL_W_SETTINGS, , __VA_ARGS__)
#define FL_W_SETTINGS(c, id) fl_configure id;
#define FL_W_Urls(id)        extern const fl_urls id;
#define FL_W_Handlers(...)

/* FL_SITE makes the table alone; FL_PROJECT makes main() as well. */
int fl_main(int argc, char **argv, const fl_project *project);         /* <fleche/cli.h>: commands and their exit codes */
#define FL_SITE(id, ...) \
    FL_MAP(FL_W, , __VA_ARGS__) \
    const fl_project id = { .name = #id, FL_MAP(FL_J, , __VA_ARGS__) }
#define FL_PROJECT(id, ...) \
    FL_SITE(id, __VA_ARGS__); \
    int main(int argc, char **argv) { return fl_main(argc, argv, &id); } \
    struct fl_project
