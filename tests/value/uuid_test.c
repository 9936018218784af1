/* UUIDs: versions, order, text. */
#include <fleche/test.h>
#include <pthread.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int compare(fl_uuid a, fl_uuid b) { return memcmp(a.bytes, b.bytes, sizeof a.bytes); }

FL_TEST(random_ids_are_of_version_4_and_differ)
{
    fl_map seen = fl_set_of_keys();

    for (int i = 0; i < 1000; i++) {
        fl_uuid id = fl_uuid4();
        fl_expect(id.bytes[6] >> 4 == 4 && id.bytes[8] >> 6 == 2);
        fl_set_add(&seen, fl_str_n((const char *)id.bytes, sizeof id.bytes));
    }
    fl_expect_equal(seen.count, 1000);
}

FL_TEST(a_child_process_makes_other_ids)
{
    int ends[2];
    fl_uuid ours, its;

    (void)fl_uuid4();
    fl_expect(pipe(ends) == 0);
    pid_t child = fork();
    if (child == 0) {
        its = fl_uuid4();
        _exit(write(ends[1], its.bytes, sizeof its.bytes) != sizeof its.bytes);
    }
    ours = fl_uuid4();
    fl_expect(read(ends[0], its.bytes, sizeof its.bytes) == sizeof its.bytes);
    fl_expect(waitpid(child, NULL, 0) == child);
    fl_expect(compare(ours, its) != 0);
    close(ends[0]);
    close(ends[1]);
}

FL_TEST(ids_by_time_only_grow_even_if_the_clock_stands_or_goes_back)
{
    fl_clock_freeze(fl_datetime_of_unix(1800000000, 123456));
    fl_uuid last = fl_uuid7();

    fl_expect_contains(fl_uuid_text(last), fl_text("%08llx", 1800000000123ULL >> 16));
    for (int i = 0; i < 10000; i++) {
        if (i == 5000)
            fl_clock_advance(FL_SECONDS(-3600));
        fl_uuid next = fl_uuid7();
        fl_expect(next.bytes[6] >> 4 == 7 && next.bytes[8] >> 6 == 2);
        fl_expect(compare(next, last) > 0);
        last = next;
    }
    fl_clock_thaw();
}

enum { THREADS = 4, EACH = 5000 };
typedef struct batch { fl_uuid ids[EACH]; } batch;

static void *make_batch(void *data)
{
    batch *b = data;
    for (int i = 0; i < EACH; i++)
        b->ids[i] = fl_uuid7();
    return NULL;
}

FL_TEST(ids_by_time_of_several_threads_differ_in_their_time)
{
    batch *batches = fl_new_array(batch, THREADS);
    pthread_t threads[THREADS];
    fl_map ticks = fl_set_of_keys();

    for (int i = 0; i < THREADS; i++)
        fl_expect(pthread_create(&threads[i], NULL, make_batch, &batches[i]) == 0);
    for (int i = 0; i < THREADS; i++)
        fl_expect(pthread_join(threads[i], NULL) == 0);
    for (int i = 0; i < THREADS; i++)
        for (int j = 0; j < EACH; j++)
            fl_set_add(&ticks, fl_str_n((const char *)batches[i].ids[j].bytes, 8));
    fl_expect_equal(ticks.count, THREADS * EACH);
}

static void parse(void *text) { (void)fl_uuid_parse(text); }

FL_TEST(text_goes_there_and_back)
{
    const char *text = "01234567-89ab-cdef-0123-456789abcdef";

    fl_expect_text(fl_uuid_text(fl_uuid_parse(text)), text);
    fl_expect_contains(fl_expect_raises(FL_VALUE_ERROR, parse, (char[]){ "not-a-uuid" })->message, "'not-a-uuid'");
    fl_expect(fl_default_uuid4().kind == FL_V_UUID);
}
