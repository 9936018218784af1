/* Randomness: nothing twice, not after a fork either, and every outcome as likely as the next. */
#include <fleche/test.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TAKEN = 48 };

static void child_writes_random(int to)
{
    uint8_t bytes[TAKEN];

    fl_random_bytes(bytes, sizeof bytes);
    _exit(write(to, bytes, sizeof bytes) == sizeof bytes ? 0 : 1);
}

static void random_of_child(uint8_t *ret)
{
    int ends[2], status = -1;

    fl_expect(pipe(ends) == 0);
    pid_t pid = fork();
    if (pid == 0)
        child_writes_random(ends[1]);
    fl_expect(pid > 0 && read(ends[0], ret, TAKEN) == TAKEN);
    fl_expect(waitpid(pid, &status, 0) == pid && status == 0);
    close(ends[0]);
    close(ends[1]);
}

FL_TEST(two_children_and_their_parent_get_different_bytes, .plain = true)
{
    uint8_t first[TAKEN], second[TAKEN], own[TAKEN];

    fl_random_bytes(own, 1);                         /* now there is a pool to inherit */
    random_of_child(first);
    random_of_child(second);
    fl_random_bytes(own, sizeof own);
    fl_expect(memcmp(first, second, TAKEN) != 0);
    fl_expect(memcmp(first, own, TAKEN) != 0);
    fl_expect(memcmp(second, own, TAKEN) != 0);
}

FL_TEST(random_bytes_of_every_size_fill_and_stay_within)
{
    for (size_t size = 0; size < 3000; size += size < 40 ? 1 : 333) {
        uint8_t *bytes = fl_alloc(size + 1), *again = fl_alloc(size + 1);
        fl_random_bytes(bytes, size);
        fl_random_bytes(again, size);
        fl_expect(bytes[size] == 0 && again[size] == 0);
        fl_expect(size < 8 || memcmp(bytes, again, size) != 0);
        fl_expect(size < 8 || memcmp(bytes + size - 8, "\0\0\0\0\0\0\0\0", 8) != 0);
    }
}

/* Chi squared with 9 degrees of freedom is above 60 once in 10^9 runs. */
static void expect_even(const size_t counts[10], double each)
{
    double chi = 0;

    for (size_t i = 0; i < 10; i++)
        chi += ((double)counts[i] - each) * ((double)counts[i] - each) / each;
    fl_expect(chi < 60);
}

FL_TEST(random_numbers_are_below_their_bound_and_even)
{
    size_t counts[10] = { 0 };

    for (int i = 0; i < 100000; i++) {
        uint64_t number = fl_random_below(10);
        fl_expect(number < 10);
        counts[number]++;
    }
    expect_even(counts, 10000);
    fl_expect(fl_random_below(1) == 0);
    for (int i = 0; i < 100; i++)
        fl_expect(fl_random_below(UINT64_MAX / 2 + 2) <= UINT64_MAX / 2 + 1);
}

FL_TEST(random_text_has_its_length_and_its_letters_evenly)
{
    size_t counts[10] = { 0 };
    const char *digits = fl_random_text_of(100000, "0123456789");

    fl_expect(strlen(digits) == 100000);
    for (; *digits != '\0'; digits++)
        counts[*digits - '0']++;
    expect_even(counts, 10000);
    fl_expect(strlen(fl_random_text(0)) == 0 && strlen(fl_random_text(65)) == 65);
    fl_expect(strspn(fl_random_text(500), "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789") == 500);
    fl_expect(!fl_text_is(fl_random_text(20), fl_random_text(20)));
    fl_expect_text(fl_random_text_of(3, "x"), "xxx");
}

static void below_nothing(void *data) { (void)data, (void)fl_random_below(0); }
static void of_no_letters(void *data) { (void)data, (void)fl_random_text_of(4, ""); }

FL_TEST(nothing_to_choose_from_is_a_programming_error)
{
    fl_expect_error(FL_PROGRAMMING_ERROR, below_nothing, NULL);
    fl_expect_error(FL_PROGRAMMING_ERROR, of_no_letters, NULL);
}
