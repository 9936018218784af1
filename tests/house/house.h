/* Reading the project's own files: what the tests of the house have in common. Paths are relative to a root, the project's folder or
 * a small tree made for a test; everything lives in the current arena. */
#pragma once
#include <fleche/base.h>

typedef const char *house_path;
typedef fl_vec(house_path) house_paths;

const char *house_root(void);                                    /* the project's folder */
/* house_find adds all files below root/folder, sorted, without hidden and build folders. */
void house_find(const char *root, const char *folder, house_paths *ret);
fl_str house_read(const char *root, const char *path);           /* raises FL_OS_ERROR */
void house_write(const char *root, const char *path, const char *text);  /* its folders are made too; raises FL_OS_ERROR */

/* house_code blanks comments and what stands between quotes; lines stay where they are. */
fl_str house_code(fl_str source);
bool house_is_generated(fl_str source);                          /* written by a program of tools/ */

/* house_run runs a shell command: its exit status (128 + signal), and what it wrote to both streams. */
int house_run(const char **ret_output, const char *format, ...) FL_PRINTF(2, 3);

/* Complaints: one line each, "file:line: what"; a test collects all and then fails with them. */
fl_buf house_complaints(void);
void house_expect_none(fl_buf *complaints);
