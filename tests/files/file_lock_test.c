/* Locks between descriptors, waited for without holding a thread. */
#include "files_help.h"

static int opened_anew(const char *path) { return closed_later(open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600)); }

FL_TEST(an_exclusive_lock_keeps_all_out_and_a_shared_one_writers)
{
    const char *path = in_test_directory("lock");
    int a = opened_anew(path), b = opened_anew(path);

    fl_file_lock(a, FL_LOCK_EXCLUSIVE);
    fl_expect_equal(fl_try_file_lock(b, FL_LOCK_EXCLUSIVE | FL_LOCK_NOW), -EAGAIN);
    fl_expect_equal(fl_try_file_lock(b, FL_LOCK_SHARED | FL_LOCK_NOW), -EAGAIN);
    fl_file_unlock(a);
    fl_expect_ok(fl_try_file_lock(b, FL_LOCK_SHARED | FL_LOCK_NOW));
    fl_expect_ok(fl_try_file_lock(a, FL_LOCK_SHARED | FL_LOCK_NOW));
    fl_expect_equal(fl_try_file_lock(a, FL_LOCK_EXCLUSIVE | FL_LOCK_NOW), -EAGAIN);
    fl_file_unlock(b);
    fl_expect_ok(fl_try_file_lock(a, FL_LOCK_EXCLUSIVE));
    fl_expect_equal(fl_try_file_lock(-1, FL_LOCK_SHARED), -EBADF);
}

typedef struct { const char *path; int inside, most, entered; } room;

static void enter(void *data)
{
    room *r = data;
    int fd = opened_anew(r->path);

    fl_file_lock(fd, FL_LOCK_EXCLUSIVE);
    r->entered++;
    if (++r->inside > r->most)
        r->most = r->inside;
    (void)fl_file_read(r->path, 1000);               /* needs the thread pool while others wait for the lock */
    r->inside--;
    fl_file_unlock(fd);
}

FL_TEST(who_waits_holds_no_thread)
{
    room r = { .path = in_test_directory("lock") };
    fl_call calls[40];

    for (size_t i = 0; i < FL_LENGTH(calls); i++)
        calls[i] = (fl_call){ enter, &r };
    fl_gather_(calls, FL_LENGTH(calls));
    fl_expect_equal(r.entered, 40);
    fl_expect_equal(r.most, 1);
}

static void wait_for_lock(void *data)
{
    fl_file_lock(*(int *)data, FL_LOCK_EXCLUSIVE);
    fl_fail("the lock was free");
}

static void wait_not_long(void *fd) { fl_deadline(FL_MILLISECONDS(20), wait_for_lock, fd); }

FL_TEST(waiting_for_a_lock_ends_with_its_deadline_or_by_cancelling)
{
    const char *path = in_test_directory("lock");
    int a = opened_anew(path), b = opened_anew(path);

    fl_file_lock(a, FL_LOCK_EXCLUSIVE);
    fl_fiber *fiber = fl_spawn_joinable(wait_for_lock, &b);
    fl_sleep(FL_MILLISECONDS(5));
    fl_cancel(fiber);
    fl_expect(fl_error_is(fl_try_join(fiber), FL_CANCELLED));
    fl_expect_error(FL_TIMEOUT, wait_not_long, &b);
}
