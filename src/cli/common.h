/* The arguments of every command. */
#pragma once
#include <fleche/arguments.h>

FL_ARGUMENTS(fl_common, Stop(help, .short_name = "h", .help = "show this and exit"),
             Stop(version, .help = "show the version and exit"),
             Int(verbosity, .short_name = "v", .choices = "0 1 2 3", .default_value = "1",
                 .help = "how much is said: 0 nothing, 1 as usual, 2 more, 3 everything"),
             Text(settings, .help = "the settings to use"), Flag(traceback, .help = "show where an error was raised"),
             Flag(no_color, .help = "write without colors"), Flag(force_color, .help = "write with colors, whoever reads it"),
             Flag(skip_checks, .help = "run no system checks before"));
