/* Commands as a process runs them: on a fiber or not, to real descriptors. */
#include <fcntl.h>
#include <fleche/fiber.h>
#include <stdlib.h>
#include <sys/wait.h>
#include "../helpers.h"
#include "commands.h"

FL_COMMAND(nap, "", );
static int nap(const nap_args *args)
{
    (void)args;
    fl_print("%s\n", fl_fiber_here() == NULL ? "alone" : "on a fiber");
    fl_sleep(FL_MICROSECONDS(1));
    return 6;
}

FL_COMMAND(fork_first, "", Options(.no_loop = true));
static int fork_first(const fork_first_args *args)
{
    (void)args;
    fl_print("%s\n", fl_fiber_here() == NULL ? "alone" : "on a fiber");
    return 7;
}

static void say_part(void *data)
{
    fl_sleep(FL_MICROSECONDS(1));
    fl_print("%s of %s\n", (const char *)data, fl_command_here()->command->name);
}

FL_COMMAND(crowd, "", );
static int crowd(const crowd_args *args)
{
    static char one[] = "one", two[] = "two";

    (void)args;
    fl_gather({ say_part, one }, { say_part, two });
    return 0;
}

static const fl_command_set process_sets[] = {
    { "app", FL_COMMANDS(&nap_command, &fork_first_command, &crowd_command) },
    { 0 },
};

FL_TEST(a_command_runs_on_a_fiber_unless_it_says_otherwise, .plain = true)
{
    said napping = manage_in(process_sets, (fl_commands_options){ 0 }, FL_STRINGS("nap"));
    said alone = manage_in(process_sets, (fl_commands_options){ 0 }, FL_STRINGS("fork_first"));

    fl_expect_text(napping.out, "on a fiber\n");
    fl_expect_equal(napping.status, 6);
    fl_expect_text(alone.out, "alone\n");
    fl_expect_equal(alone.status, 7);
}

FL_TEST(what_a_command_gathers_prints_to_its_output, .plain = true)
{
    said s = manage_in(process_sets, (fl_commands_options){ 0 }, FL_STRINGS("crowd"));

    fl_expect_contains(s.out, "one of crowd\n");
    fl_expect_contains(s.out, "two of crowd\n");
}

/* -- real output ----------------------------------------------------------------------------------------------------------- */

/* The command line in a child whose output and errors go to these files; its exit code. */
static int manage_to(const char *out, const char *err, const char *word, const char *option)
{
    const char *const words[] = { "manage", word, option, NULL };

    (void)fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        int to = open(out, O_WRONLY | O_CREAT | O_TRUNC, 0600), errors = open(err, O_WRONLY | O_CREAT | O_TRUNC, 0600);
        if (dup2(to, STDOUT_FILENO) < 0 || dup2(errors, STDERR_FILENO) < 0)
            _exit(99);
        int code = fl_commands_run(option == NULL ? 2 : 3, (char *const *)(uintptr_t)words, blog_and_shop, .built_in = built_in,
                                   .version = "1");
        _exit(code);
    }
    int ended = 0;
    fl_expect_equal(waitpid(child, &ended, 0), child);
    fl_expect(WIFEXITED(ended));
    return WEXITSTATUS(ended);
}

static const char *read_back(const char *path)
{
    char *text = fl_alloc(4096);
    FILE *file = fopen(path, "re");

    fl_expect(file != NULL);
    (void)!fread(text, 1, 4095, file);
    (void)fclose(file);
    return text;
}

FL_TEST(output_and_errors_reach_their_descriptors, .plain = true)
{
    const char *out = fl_text("%s/out", fl_test_directory()), *err = fl_text("%s/err", fl_test_directory());

    fl_expect_equal(manage_to(out, err, "say", NULL), 0);
    fl_expect_text(read_back(out), "manage shop say v1 -\ngreen\nhead\n");
    fl_expect_text(read_back(err), "careful\nwrong");
    fl_expect_equal(manage_to(out, err, "say", "--force-color"), 0);
    fl_expect_contains(read_back(out), "\n\x1b[32;1mgreen\x1b[0m\n");
    fl_expect_equal(manage_to(out, err, "say", "--onyl=x"), 2);
    fl_expect_text(read_back(out), "");
    fl_expect_contains(read_back(err), "did you mean --only?\n");
}

FL_TEST(output_that_cannot_be_written_is_a_failure, .plain = true)
{
    const char *err = fl_text("%s/err", fl_test_directory());

    if (access("/dev/full", W_OK) != 0)
        fl_skip("there is no /dev/full");
    fl_expect_equal(manage_to("/dev/full", err, "say", NULL), 1);
    fl_expect_contains(read_back(err), "cannot be written: no space left on device");
}

FL_TEST(outside_of_commands_prints_go_to_standard_output)
{
    fl_expect(fl_command_here() == NULL);
    fl_print("plain %d\n", 1);
    fl_print_as(FL_STYLE_SUCCESS, "fine\n");
    fl_print_error("bad\n");
    fl_expect_text(fl_styled(FL_STYLE_ERROR, "text"), "text");
}

/* -- the terminal's width -------------------------------------------------------------------------------------------------- */

FL_TEST(help_takes_the_width_of_the_environment, .plain = true)
{
    const char *out = fl_text("%s/out", fl_test_directory()), *err = fl_text("%s/err", fl_test_directory());

    fl_expect_equal(setenv("COLUMNS", "40", 1), 0);
    fl_expect_equal(manage_to(out, err, "help", NULL), 0);
    fl_expect_contains(read_back(out), "Import articles\n");
    fl_expect_equal(setenv("COLUMNS", "100", 1), 0);
    fl_expect_equal(manage_to(out, err, "help", NULL), 0);
    fl_expect_contains(read_back(out), "Import articles from a CSV file.\n");
}
