/* Files, code without its comments, commands: see house.h. */
#include "house.h"
#include <dirent.h>
#include <errno.h>
#include <fleche/test.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>

enum { LARGEST_FILE = 16 << 20, LARGEST_OUTPUT = 1 << 20 };

const char *house_root(void) { return fl_test_file(".."); }

static int by_name(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

static void find(const char *root, const char *folder, house_paths *ret)
{
    DIR *opened = opendir(fl_text("%s/%s", root, folder));

    if (opened == NULL)
        return;
    for (struct dirent *entry; (entry = readdir(opened)) != NULL;) {
        const char *path = fl_text_is(folder, ".") ? fl_text("%s", entry->d_name) : fl_text("%s/%s", folder, entry->d_name);
        struct stat status;
        if (entry->d_name[0] == '.' || fl_starts_with(path, "build") || stat(fl_text("%s/%s", root, path), &status) != 0)
            continue;
        if (S_ISDIR(status.st_mode))
            find(root, path, ret);
        else
            fl_vec_push(ret, path);
    }
    closedir(opened);
}

void house_find(const char *root, const char *folder, house_paths *ret)
{
    find(root, folder, ret);
    if (ret->count > 0)
        qsort(ret->items, ret->count, sizeof *ret->items, by_name);
}

static void close_file(void *file) { fclose(file); }

fl_str house_read(const char *root, const char *path)
{
    FILE *file = fopen(fl_text("%s/%s", root, path), "rb");
    fl_str text = { 0 };

    if (file == NULL)
        fl_raise_code(-errno, "cannot read %s", path);
    fl_defer(close_file, file);
    fl_buf out = fl_buf_in(fl_arena_here(), LARGEST_FILE);
    while (fl_buf_room(&out, 65536)) {
        size_t n = fread(out.data + out.size, 1, 65536, file);
        if (n == 0)
            break;
        out.size += n;
    }
    text.size = out.size;
    text.data = fl_buf_c(&out);
    return text;
}

void house_write(const char *root, const char *path, const char *text)
{
    char *full = fl_text("%s/%s", root, path);

    for (char *slash = full + strlen(root) + 1; (slash = strchr(slash, '/')) != NULL; slash++) {
        *slash = '\0';
        if (mkdir(full, 0777) != 0 && errno != EEXIST)
            fl_raise_code(-errno, "cannot make the folder %s", full);
        *slash = '/';
    }
    FILE *file = fopen(full, "wb");
    bool written = file != NULL && fputs(text, file) >= 0;
    if (file == NULL || fclose(file) != 0 || !written)
        fl_raise_code(-errno, "cannot write %s", full);
}

/* The character that ends what begins at `at`: a line's end or a slash for comments, a quote, or 0 for code. */
static char ending_of(fl_str source, size_t at)
{
    char next = at + 1 < source.size ? source.data[at + 1] : '\0';

    switch (source.data[at]) {
    case '"': return '"';
    case '\'': return '\'';
    case '/': return next == '/' ? '\n' : next == '*' ? '/' : '\0';
    default: return '\0';
    }
}

/* Where the comment or literal that begins at `at` ends: the index behind it. */
static size_t end_of(fl_str source, size_t at, char ending)
{
    size_t i = at + (ending == '/' || ending == '\n' ? 2 : 1);

    for (; i < source.size; i++) {
        char c = source.data[i];
        if (ending == '/' ? c == '/' && source.data[i - 1] == '*' && i > at + 2 : c == ending)
            return ending == '\n' ? i : i + 1;
        if (c == '\\' && ending != '/')
            i++;
    }
    return source.size;
}

fl_str house_code(fl_str source)
{
    char *code = fl_str_c(source);

    for (size_t i = 0; i < source.size;) {
        char ending = ending_of(source, i);
        size_t end = ending == '\0' ? i + 1 : end_of(source, i, ending);
        bool quoted = ending == '"' || ending == '\'';
        for (size_t k = i + quoted; ending != '\0' && k + quoted < end; k++)
            if (code[k] != '\n')
                code[k] = ' ';
        i = end;
    }
    return fl_str_n(code, source.size);
}

bool house_is_generated(fl_str source) { return fl_str_find(fl_str_slice(source, 0, 1000), fl_lit("Written by tools/"), NULL); }

int house_run(const char **ret_output, const char *format, ...)
{
    va_list arguments;
    fl_buf command = fl_buf_in(fl_arena_here(), 1 << 16);
    fl_buf output = fl_buf_in(fl_arena_here(), LARGEST_OUTPUT);
    size_t n;

    va_start(arguments, format);
    fl_buf_add_c(&command, "exec 2>&1; ");
    fl_buf_format_v(&command, format, arguments);
    va_end(arguments);
    FILE *pipe = popen(fl_buf_c(&command), "r");
    if (pipe == NULL)
        fl_raise_code(-errno, "cannot run %s", command.data);
    while (fl_buf_room(&output, 4096) && (n = fread(output.data + output.size, 1, 4096, pipe)) > 0)
        output.size += n;
    int status = pclose(pipe);
    *ret_output = fl_buf_c(&output);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

fl_buf house_complaints(void) { return fl_buf_in(fl_arena_here(), LARGEST_OUTPUT); }

void house_expect_none(fl_buf *complaints)
{
    if (complaints->size > 0)
        fl_fail("the house has rules:\n%s", fl_buf_c(complaints));
}
