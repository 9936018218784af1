/* Return addresses, and what they are called. libdw (elfutils) knows functions, files and lines from the debugging information of
 * the binary and its libraries; without it the dynamic linker's names have to do. */
#include <dlfcn.h>
#include <execinfo.h>
#include <fleche/buf.h>
#include <fleche/context.h>
#include <string.h>
#include <unistd.h>

enum { MOST_FRAMES = 96 };

size_t fl_frames_now(void **ret, size_t capacity, size_t skip)
{
    void *frames[MOST_FRAMES];
    int n = backtrace(frames, MOST_FRAMES);
    size_t first = skip + 1, count = 0;              /* this function is never of interest */

    for (size_t i = first; i < (size_t)n && count < capacity; i++)
        if (frames[i] != NULL)
            ret[count++] = frames[i];
    return count;
}

/* What the dynamic linker knows. */
static fl_frame_place linked_place(const void *address)
{
    Dl_info info = { 0 };

    (void)dladdr(address, &info);
    return (fl_frame_place){ .address = address, .function = info.dli_sname };
}

static void print_unknown(size_t number, const void *address, fl_buf *out)
{
    Dl_info info = { 0 };

    if (dladdr(address, &info) != 0 && info.dli_fname != NULL)
        fl_buf_format(out, "  #%zu %p in %s\n", number, address, info.dli_fname);
    else
        fl_buf_format(out, "  #%zu %p\n", number, address);
}

static void print_place(size_t number, const fl_frame_place *place, fl_buf *out)
{
    if (place->function == NULL) {
        print_unknown(number, place->address, out);
        return;
    }
    fl_buf_format(out, "  #%zu %s", number, place->function);
    if (place->file != NULL)
        fl_buf_format(out, " at %s:%d", place->file, place->line);
    fl_buf_add_char(out, '\n');
}

/* Runs while the names are still the library's: it copies or prints them. Never raises. */
typedef void seen(void *data, size_t number, const fl_frame_place *place);

#ifdef FL_HAVE_LIBDW
#include <elfutils/libdwfl.h>
#include <pthread.h>

static Dwfl *open_debugging_information(void)
{
    static char *path;
    static const Dwfl_Callbacks callbacks = {
        .find_elf = dwfl_linux_proc_find_elf,
        .find_debuginfo = dwfl_standard_find_debuginfo,
        .debuginfo_path = &path,
    };
    Dwfl *dwfl = dwfl_begin(&callbacks);

    if (dwfl == NULL)
        return NULL;
    if (dwfl_linux_proc_report(dwfl, getpid()) != 0 || dwfl_report_end(dwfl, NULL, NULL) != 0) {
        dwfl_end(dwfl);
        return NULL;
    }
    return dwfl;
}

/* clang writes no table from addresses to units (.debug_aranges), without which libdwfl finds none: then each unit is asked. */
static const char *file_and_line(Dwfl_Module *module, Dwarf_Addr at, int *ret_line)
{
    Dwfl_Line *known = dwfl_module_getsrc(module, at);
    Dwarf_Addr bias;

    if (known != NULL)
        return dwfl_lineinfo(known, NULL, ret_line, NULL, NULL, NULL);
    for (Dwarf_Die *unit = NULL; (unit = dwfl_module_nextcu(module, unit, &bias)) != NULL;) {
        Dwarf_Line *line = dwarf_haspc(unit, at - bias) > 0 ? dwarf_getsrc_die(unit, at - bias) : NULL;
        if (line != NULL && dwarf_lineno(line, ret_line) == 0)
            return dwarf_linesrc(line, NULL, NULL);
    }
    return NULL;
}

static fl_frame_place known_place(Dwfl *dwfl, void *address)
{
    Dwarf_Addr at = (Dwarf_Addr)(uintptr_t)address - 1;      /* inside the call, not behind it */
    Dwfl_Module *module = dwfl_addrmodule(dwfl, at);
    fl_frame_place place = { .address = address, .function = module == NULL ? NULL : dwfl_module_addrname(module, at) };

    if (place.function == NULL)
        return linked_place(address);
    place.file = file_and_line(module, at, &place.line);
    return place;
}

static void each_place(void *const *frames, size_t count, seen *tell, void *data)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

    (void)pthread_mutex_lock(&lock);
    Dwfl *dwfl = open_debugging_information();
    for (size_t i = 0; i < count; i++) {
        fl_frame_place place = dwfl != NULL ? known_place(dwfl, frames[i]) : linked_place(frames[i]);
        tell(data, i, &place);
    }
    if (dwfl != NULL)
        dwfl_end(dwfl);
    (void)pthread_mutex_unlock(&lock);
}
#else
static void each_place(void *const *frames, size_t count, seen *tell, void *data)
{
    for (size_t i = 0; i < count; i++) {
        fl_frame_place place = linked_place(frames[i]);
        tell(data, i, &place);
    }
}
#endif

static void print_into(void *data, size_t number, const fl_frame_place *place) { print_place(number, place, data); }

void fl_frames_text(void *const *frames, size_t count, fl_buf *out) { each_place(frames, count, print_into, out); }

typedef struct copies { fl_arena *arena; fl_frame_place *places; } copies;

/* NULL without memory, since raising would leave the lock held. */
static const char *try_copy(fl_arena *arena, const char *text)
{
    size_t size = text == NULL ? 0 : strlen(text) + 1;
    char *copy = text == NULL ? NULL : fl_arena_try_alloc(arena, size);

    return copy == NULL ? NULL : memcpy(copy, text, size);
}

static void copy_into(void *data, size_t number, const fl_frame_place *place)
{
    const copies *to = data;

    to->places[number] = (fl_frame_place){ .address = place->address,
                                           .function = try_copy(to->arena, place->function),
                                           .file = try_copy(to->arena, place->file),
                                           .line = place->line };
}

void fl_frames_places(void *const *frames, size_t count, fl_frame_place *ret)
{
    each_place(frames, count, copy_into, &(copies){ fl_arena_here(), ret });
}
