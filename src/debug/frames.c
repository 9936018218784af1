/* The calls that an error came through, and which of them are the application's. The framework's sources are known by the
 * directory that this file has in the debugging information; what has no file at all (the C library) is not the application's either. */
#include <fleche/context.h>
#include "debug/debug.h"

enum { MOST_CALLS = 96 };

/* "/home/somebody/fleche/src/": what stands before this module's files. */
static fl_str framework_directory(const char *own_file)
{
    fl_str path = fl_str_of(own_file == NULL ? "" : fl_source_path(own_file));

    if (fl_str_ends(path, fl_lit("debug/frames.c")))
        return fl_str_slice(path, 0, path.size - strlen("debug/frames.c"));
    return (fl_str){ 0 };
}

static bool is_own(const char *file, fl_str framework)
{
    return file != NULL && (framework.size == 0 || !fl_str_starts(fl_str_of(file), framework));
}

/* Builds that stand beside the sources name them from there. */
static const char *from_the_project(const char *file)
{
    while (file != NULL && fl_starts_with(file, "../"))
        file += 3;
    return file;
}

size_t fl_call_places(const fl_error *error, const fl_call_place **ret)
{
    size_t n = error->frame_count < MOST_CALLS ? error->frame_count : MOST_CALLS;
    fl_call_place *places = fl_new_array(fl_call_place, n + 1);
    fl_frame_place found[MOST_CALLS + 1];
    void *addresses[MOST_CALLS + 1];

    *ret = places;
    if (n == 0)
        return 0;
    memcpy(addresses, error->frames, n * sizeof *addresses);
    addresses[n] = (void *)((uintptr_t)fl_call_places + 1);      /* looked up with them, to know the framework's directory */
    fl_frames_places(addresses, n + 1, found);
    fl_str framework = framework_directory(found[n].file);
    for (size_t i = 0; i < n; i++) {
        const char *file = found[i].file == NULL ? NULL : fl_source_path(found[i].file);
        places[i] = (fl_call_place){ .function = found[i].function == NULL ? fl_text("%p", found[i].address) : found[i].function,
                                     .file = from_the_project(file),
                                     .line = found[i].line,
                                     .own = is_own(file, framework) };
    }
    return n;
}
