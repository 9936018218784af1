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

static void plain_frame(size_t number, const void *address, fl_buf *out)
{
    Dl_info info;

    if (dladdr(address, &info) != 0 && info.dli_sname != NULL)
        fl_buf_format(out, "  #%zu %s\n", number, info.dli_sname);
    else if (info.dli_fname != NULL)
        fl_buf_format(out, "  #%zu %p in %s\n", number, address, info.dli_fname);
    else
        fl_buf_format(out, "  #%zu %p\n", number, address);
}

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

/* clang writes no index of addresses: then each compilation unit is asked. */
static const char *place_of(Dwfl_Module *module, Dwarf_Addr at, int *ret_line)
{
    Dwfl_Line *indexed = dwfl_module_getsrc(module, at);
    Dwarf_Die *unit = NULL;
    Dwarf_Addr bias;

    if (indexed != NULL)
        return dwfl_lineinfo(indexed, NULL, ret_line, NULL, NULL, NULL);
    while ((unit = dwfl_module_nextcu(module, unit, &bias)) != NULL)
        if (dwarf_haspc(unit, at - bias) > 0) {
            Dwarf_Line *line = dwarf_getsrc_die(unit, at - bias);
            return line == NULL || dwarf_lineno(line, ret_line) != 0 ? NULL : dwarf_linesrc(line, NULL, NULL);
        }
    return NULL;
}

static void frame_text(Dwfl *dwfl, size_t number, void *address, fl_buf *out)
{
    Dwarf_Addr at = (Dwarf_Addr)(uintptr_t)address - 1;      /* inside the call, not behind it */
    Dwfl_Module *module = dwfl_addrmodule(dwfl, at);
    const char *function = module == NULL ? NULL : dwfl_module_addrname(module, at);

    if (function == NULL) {
        plain_frame(number, address, out);
        return;
    }
    fl_buf_format(out, "  #%zu %s", number, function);
    int line = 0;
    const char *file = place_of(module, at, &line);
    if (file != NULL)
        fl_buf_format(out, " at %s:%d", file, line);
    fl_buf_add_char(out, '\n');
}

void fl_frames_text(void *const *frames, size_t count, fl_buf *out)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

    (void)pthread_mutex_lock(&lock);
    Dwfl *dwfl = open_debugging_information();
    for (size_t i = 0; i < count; i++) {
        if (dwfl != NULL)
            frame_text(dwfl, i, frames[i], out);
        else
            plain_frame(i, frames[i], out);
    }
    if (dwfl != NULL)
        dwfl_end(dwfl);
    (void)pthread_mutex_unlock(&lock);
}
#else
void fl_frames_text(void *const *frames, size_t count, fl_buf *out)
{
    for (size_t i = 0; i < count; i++)
        plain_frame(i, frames[i], out);
}
#endif
