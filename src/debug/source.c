/* The source around a line: read from where the debugging information says that the file was, or from where the project is now.
 * Plain system calls, since reports are also made where no fiber may wait; source files are small. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include "debug/debug.h"

enum { LARGEST_SOURCE = 4 << 20, LONGEST_LINE = 400 };

/* -- paths ------------------------------------------------------------------------------------------------------------------- */

static void leave_directory(fl_buf *out, size_t root)
{
    while (out->size > root && out->data[out->size - 1] != '/')
        out->size--;
    if (out->size > root)
        out->size--;
}

static bool ends_above(const fl_buf *out, size_t root)
{
    fl_str whole = fl_str_slice(fl_buf_str(out), root, SIZE_MAX);
    return whole.size == 0 || fl_str_equal(whole, fl_lit("..")) || fl_str_ends(whole, fl_lit("/.."));
}

const char *fl_source_path(const char *path)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 64 << 10);
    fl_str rest = fl_str_of(path);
    size_t root = path[0] == '/' ? 1 : 0;

    fl_buf_add_n(&out, "/", root);
    for (fl_str part; fl_str_cut(&rest, '/', &part);) {
        bool up = fl_str_equal(part, fl_lit(".."));
        if (part.size == 0 || fl_str_equal(part, fl_lit(".")) || (up && root == 1 && out.size == 1))
            continue;
        if (up && !ends_above(&out, root)) {
            leave_directory(&out, root);
            continue;
        }
        if (out.size > root)
            fl_buf_add_char(&out, '/');
        fl_buf_add(&out, part);
    }
    return fl_buf_c(&out);
}

/* -- reading ----------------------------------------------------------------------------------------------------------------- */

/* All of an open file; data NULL if that is no text of a source file's size. */
static fl_str read_open(int fd)
{
    struct stat status;
    size_t size = 0;

    if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size > LARGEST_SOURCE)
        return (fl_str){ 0 };
    char *text = fl_arena_try_alloc(fl_arena_here(), (size_t)status.st_size + 1);
    while (text != NULL && size < (size_t)status.st_size) {
        ssize_t n = read(fd, text + size, (size_t)status.st_size - size);
        if (n <= 0 && errno != EINTR)
            break;
        size += n > 0 ? (size_t)n : 0;
    }
    return (fl_str){ text, size };
}

static fl_str read_path(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    fl_str text = fd < 0 ? (fl_str){ 0 } : read_open(fd);

    if (fd >= 0)
        (void)close(fd);
    return text;
}

static fl_str find(const char *file)
{
    const char *inside = fl_source_path(file);

    while (fl_starts_with(inside, "../"))
        inside += 3;
    const char *places[] = { file, fl_text("%s/%s", fl_base_dir(), inside), inside };
    for (size_t i = 0; i < FL_LENGTH(places); i++) {
        fl_str text = read_path(places[i]);
        if (text.data != NULL)
            return text;
        if (file[0] == '/')
            break;                                   /* a whole path is that file or none */
    }
    return (fl_str){ 0 };
}

bool fl_source_read(const char *file, int line, fl_source *ret)
{
    fl_str rest = file == NULL || line <= 0 ? (fl_str){ 0 } : find(file);
    int number = 0, first = line > FL_SOURCE_AROUND ? line - FL_SOURCE_AROUND : 1;
    bool found = false;

    *ret = (fl_source){ .first = first };
    for (fl_str text; number < line + FL_SOURCE_AROUND && fl_str_cut(&rest, '\n', &text);) {
        number++;
        found |= number == line;
        if (number >= first)
            ret->lines[ret->count++] = fl_str_slice(text, 0, LONGEST_LINE);
    }
    return found;
}
