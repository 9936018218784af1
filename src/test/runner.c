/* The runner's first form: each test in a process of its own, one after the other. */
#include <fleche/test.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

extern const fl_test *const __start_fl_tests[], *const __stop_fl_tests[];

static void run(void *data) { ((const fl_test *)data)->run(); }

int fl_test_main(int count, char **arguments)
{
    int passed = 0, failed = 0;
    const char *filter = count > 2 && fl_text_is(arguments[1], "--filter") ? arguments[2] : "";

    for (const fl_test *const *at = __start_fl_tests; at < __stop_fl_tests; at++) {
        int status;
        if (!fl_str_find(fl_str_of((*at)->file), fl_str_of(filter), NULL) && !fl_str_find(fl_str_of((*at)->name), fl_str_of(filter), NULL))
            continue;
        fflush(stdout);
        pid_t pid = fork();
        if (pid == 0) {
            if (!(*at)->options.plain)
                exit(fl_run(run, (void *)*at));
            fl_error *error = fl_protect(run, (void *)*at);
            if (error != NULL)
                printf("FAILED %s %s\n%s", (*at)->file, (*at)->name, fl_error_report(error));
            exit(error != NULL);
        }
        waitpid(pid, &status, 0);
        if (status != 0)
            printf("FAILED %s %s (status %d)\n", (*at)->file, (*at)->name, status);
        status == 0 ? passed++ : failed++;
    }
    printf("%d passed, %d failed\n", passed, failed);
    return failed > 0 || passed == 0;
}
