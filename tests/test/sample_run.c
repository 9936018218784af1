/* Running the sample programs, whose tests fail, crash and hang, and what they wrote. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include "sample_run.h"

static const char *program_path(const char *program)
{
    char self[4096];
    ssize_t size = readlink("/proc/self/exe", self, sizeof self - 1);

    fl_expect(size > 0);
    self[size] = '\0';
    *strrchr(self, '/') = '\0';
    return fl_text("%s/test/sample/%s", self, program);
}

static const char *read_all(int fd)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 4 << 20);
    char bytes[4096];
    ssize_t n;

    while ((n = read(fd, bytes, sizeof bytes)) > 0 || (n < 0 && errno == EINTR))
        fl_buf_add_n(&out, bytes, n < 0 ? 0 : (size_t)n);
    (void)close(fd);
    return fl_buf_c(&out);
}

sample_run run_sample_(const char *program, const char *const *arguments)
{
    const char *path = program_path(program);
    const char *all[16] = { path };
    int ends[2], status;

    for (size_t i = 0; arguments[i] != NULL && i + 2 < FL_LENGTH(all); i++)
        all[i + 1] = arguments[i];
    fl_expect(pipe2(ends, O_CLOEXEC) == 0);
    pid_t pid = fork();
    if (pid == 0) {
        (void)dup2(ends[1], STDOUT_FILENO);
        (void)dup2(ends[1], STDERR_FILENO);
        (void)execv(path, (char *const *)all);
        _exit(127);
    }
    (void)close(ends[1]);
    const char *text = read_all(ends[0]);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    return (sample_run){ .status = WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status), .text = text };
}

const char *read_text(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    fl_expect(fd >= 0);
    return read_all(fd);
}
