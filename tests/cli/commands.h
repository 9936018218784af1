/* The commands of two small apps and of the framework's own, and a manage that keeps what it says. */
#pragma once
#include <fleche/buf.h>
#include <fleche/cli.h>
#include <fleche/test.h>

extern const fl_command import_articles_command, status_command, hold_command, say_command, check_command;
extern const fl_command_set blog_and_shop[];
extern const fl_command *const built_in[];

typedef struct said { int status; const char *out, *err; } said;
said manage_in(const fl_command_set *sets, fl_commands_options options, const char *const *words);
#define manage_with(options, words) manage_in(blog_and_shop, options, words)
#define manage(...) manage_with(((fl_commands_options){ .built_in = built_in }), FL_STRINGS(__VA_ARGS__))
