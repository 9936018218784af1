/* What the tests of files share: vectors (tests/data/files.tsv, made by tests/oracle/files.py) of one kind, and a look at the disk. */
#pragma once
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fleche/files.h>
#include <fleche/io.h>
#include <sys/stat.h>
#include "../codec/vectors.h"

/* The text of a field, "!" where there is none. */
static inline fl_str or_refused(const char *text) { return text == NULL ? fl_lit("!") : fl_str_of(text); }

static inline bool is_there(const char *path)
{
    struct stat about;
    return lstat(path, &about) == 0;
}

static inline unsigned mode_at(const char *path)
{
    struct stat about;
    fl_expect_equal(stat(path, &about), 0);
    return about.st_mode & 07777;
}

/* How many names the directory has, hidden ones too. */
static inline size_t names_in(const char *path)
{
    DIR *directory = opendir(path);
    size_t count = 0;

    fl_expect(directory != NULL);
    for (const struct dirent *at; (at = readdir(directory)) != NULL;)
        count += !fl_text_in(at->d_name, ".", "..");
    (void)closedir(directory);
    return count;
}

static inline fl_str content_of(const char *path) { return fl_file_read(path, 1 << 20); }
static inline const char *in_test_directory(const char *name) { return fl_text("%s/%s", fl_test_directory(), name); }

/* Bytes that are nowhere the same. */
static inline fl_str pattern(size_t size)
{
    char *bytes = fl_alloc(size + 1);

    for (size_t i = 0; i < size; i++)
        bytes[i] = (char)(i * 31 + (i >> 8) * 7 + (i >> 16));
    return fl_str_n(bytes, size);
}
