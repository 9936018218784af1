/* Files of tests: those kept with them, and a temporary directory that goes with the test. */
#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>
#include "test/record.h"

const char *fl_test_file(const char *path)
{
    const char *tests = getenv("FLECHE_TESTS");

    return fl_text("%s/%s", tests != NULL && tests[0] != '\0' ? tests : FL_TESTS_DIRECTORY, path);
}

const char *fl_test_directory(void)
{
    const char *parent = getenv("TMPDIR");
    char *path = fl_test_record->directory;

    if (path[0] != '\0')
        return path;
    if (parent == NULL || parent[0] == '\0')
        parent = "/tmp";
    int size = snprintf(path, FL_RECORD_PATH, "%s/fleche-test-XXXXXX", parent);
    if (size >= FL_RECORD_PATH || mkdtemp(path) == NULL) {
        path[0] = '\0';
        fl_raise_code(size >= FL_RECORD_PATH ? -ENAMETOOLONG : -errno, "no temporary directory in %s", parent);
    }
    return path;
}

static int remove_entry(const char *path, const struct stat *about, int kind, struct FTW *walk)
{
    (void)about, (void)walk;
    if (kind == FTW_DNR && chmod(path, S_IRWXU) == 0)
        return nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    (void)remove(path);
    return 0;
}

void fl_test_directory_end(fl_record *record)
{
    if (record->directory[0] != '\0')
        (void)nftw(record->directory, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    record->directory[0] = '\0';
}

int fl_test_open_files(void)
{
    DIR *directory = opendir("/proc/self/fd");
    int count = -3;                                  /* "." and ".." and the descriptor of the listing */

    if (directory == NULL)
        fl_raise_code(-errno, "/proc/self/fd cannot be read");
    while (readdir(directory) != NULL)
        count++;
    (void)closedir(directory);
    return count;
}
