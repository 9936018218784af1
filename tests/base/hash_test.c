/* Seeded hashes. */
#include <fleche/test.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

FL_TEST(equal_bytes_have_equal_hashes_wherever_they_lie)
{
    char bytes[200];

    for (size_t size = 0; size < 60; size++) {
        uint64_t first = 0;
        for (size_t offset = 0; offset < 17; offset++) {
            for (size_t i = 0; i < size; i++)
                bytes[offset + i] = (char)(i * 7);
            bytes[offset + size] = (char)offset;     /* behind the end: must not matter */
            uint64_t hash = fl_hash_bytes(bytes + offset, size);
            if (offset == 0)
                first = hash;
            fl_expect(hash == first);
        }
    }
    fl_expect(fl_hash_bytes(NULL, 0) == fl_hash_bytes("", 0));
}

FL_TEST(each_bit_and_the_size_matter)
{
    char bytes[40] = { 0 };

    for (size_t size = 1; size <= 40; size++) {
        uint64_t hash = fl_hash_bytes(bytes, size);
        fl_expect(hash != fl_hash_bytes(bytes, size - 1));
        for (size_t bit = 0; bit < size * 8; bit++) {
            bytes[bit / 8] ^= (char)(1 << bit % 8);
            fl_expect(fl_hash_bytes(bytes, size) != hash);
            bytes[bit / 8] ^= (char)(1 << bit % 8);
        }
    }
}

/* Changing one bit of the input changes about half of the bits of the hash. */
FL_TEST(hashes_of_numbers_avalanche)
{
    int changed = 0;

    for (uint64_t n = 0; n < 100; n++)
        for (int bit = 0; bit < 64; bit++)
            changed += __builtin_popcountll(fl_hash_int(n) ^ fl_hash_int(n ^ (uint64_t)1 << bit));
    fl_expect(changed > 64 * 100 * 31 && changed < 64 * 100 * 33);
}

/* The key is drawn when a program starts: this program is started again, and tells a hash through its exit. */
static const char *hash_of_another_run(const char *seed)
{
    int ends[2], status;
    static char text[8][32];
    static size_t next;
    char *out = text[next++ % 8], self[4096];
    ssize_t size = readlink("/proc/self/exe", self, sizeof self - 1);

    fl_expect(size > 0 && pipe(ends) == 0);
    self[size] = '\0';
    pid_t child = fork();
    if (child == 0) {
        (void)dup2(ends[1], 9);
        (void)setenv("FLECHE_TEST_HASH", "9", 1);
        if (seed == NULL)
            (void)unsetenv("FLECHE_HASH_SEED");
        else
            (void)setenv("FLECHE_HASH_SEED", seed, 1);
        execl(self, self, "--list", (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    memset(out, 0, 32);
    fl_expect(read(ends[0], out, 16) == 16);
    close(ends[0]);
    fl_expect(waitpid(child, &status, 0) == child && WEXITSTATUS(status) == 0);
    return out;
}

__attribute__((constructor)) static void tell_a_hash(void)
{
    const char *where = getenv("FLECHE_TEST_HASH");

    if (where == NULL)
        return;
    dprintf((int)strtol(where, NULL, 10), "%016llx", (unsigned long long)fl_hash_bytes("key", 3));
    _exit(0);
}

/* They fork. */
FL_TEST(hashes_differ_between_processes, .no_torture = true)
{
    const char *first = hash_of_another_run(NULL), *second = hash_of_another_run(NULL);

    fl_expect(!fl_text_is(first, second));
}

FL_TEST(a_seed_for_debugging_makes_them_equal, .no_torture = true)
{
    fl_expect_text(hash_of_another_run("7"), hash_of_another_run("7"));
    fl_expect(!fl_text_is(hash_of_another_run("7"), hash_of_another_run("8")));
}
