/* What a supervisor shares with its host: the pid file, systemd's ear, users. */
#include "process/process.h"
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* -- the pid file: the lock on it says whether its process lives, not the number inside -------------------------------------- */

static int fail(int fd, const char *what, const char *path)
{
    fprintf(stderr, "fleche: cannot %s the pid file %s: %s\n", what, path, fl_code_text(-errno));
    if (fd >= 0)
        (void)close(fd);
    return -1;
}

static int is_held(int fd, const char *path)
{
    char text[32];
    ssize_t n = read(fd, text, sizeof text);
    fl_str pid = fl_str_trim(fl_str_n(text, n < 0 ? 0 : (size_t)n));

    fprintf(stderr, "fleche: it runs already: the pid file %s is held by process %.*s\n", path, FL_SHOW(pid));
    (void)close(fd);
    return -1;
}

/* Whether the path still leads to the file that was opened: who held it may have removed it before letting go. */
static bool is_at(int fd, const char *path)
{
    struct stat ours, there;
    return fstat(fd, &ours) == 0 && stat(path, &there) == 0 && ours.st_ino == there.st_ino && ours.st_dev == there.st_dev;
}

int fl_pid_file_take(const char *path, int *ret_fd)
{
    char text[32];
    int fd = -1;

    do {
        if (fd >= 0)
            (void)close(fd);
        fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
        if (fd < 0)
            return fail(fd, "open", path);
        if (flock(fd, LOCK_EX | LOCK_NB) != 0)
            return errno == EWOULDBLOCK ? is_held(fd, path) : fail(fd, "lock", path);
    } while (!is_at(fd, path));
    int size = snprintf(text, sizeof text, "%d\n", (int)getpid());
    if (ftruncate(fd, 0) != 0 || write(fd, text, (size_t)size) != size)
        return fail(fd, "write", path);
    *ret_fd = fd;
    return 0;
}

void fl_pid_file_drop(const char *path, int fd)
{
    (void)unlink(path);
    (void)close(fd);
}

/* -- systemd ----------------------------------------------------------------------------------------------------------------- */

void fl_notify_systemd(const char *state)
{
    const char *path = getenv("NOTIFY_SOCKET");
    struct sockaddr_un to = { .sun_family = AF_UNIX };
    size_t size = path == NULL ? 0 : strlen(path);

    if (size < 2 || size >= sizeof to.sun_path || (path[0] != '/' && path[0] != '@'))
        return;
    memcpy(to.sun_path, path, size);
    if (path[0] == '@')
        to.sun_path[0] = '\0';
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return;
    socklen_t to_size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + size);
    (void)!sendto(fd, state, strlen(state), MSG_NOSIGNAL, (struct sockaddr *)&to, to_size);
    (void)close(fd);
}

/* -- users ------------------------------------------------------------------------------------------------------------------- */

int fl_privileges_look_up(const fl_supervisor *how, uid_t *ret_user, gid_t *ret_group)
{
    *ret_user = getuid();
    *ret_group = getgid();
    if (how->user != NULL) {
        const struct passwd *user = getpwnam(how->user);
        if (user == NULL) {
            fprintf(stderr, "fleche: there is no user '%s' to run as\n", how->user);
            return -1;
        }
        *ret_user = user->pw_uid;
        *ret_group = user->pw_gid;
    }
    if (how->group != NULL) {
        const struct group *group = getgrnam(how->group);
        if (group == NULL) {
            fprintf(stderr, "fleche: there is no group '%s' to run as\n", how->group);
            return -1;
        }
        *ret_group = group->gr_gid;
    }
    if ((*ret_user != getuid() || *ret_group != getgid()) && geteuid() != 0) {
        fprintf(stderr, "fleche: only root can change to the user '%s' and group '%s'\n",
                how->user == NULL ? "(the same)" : how->user, how->group == NULL ? "(the user's)" : how->group);
        return -1;
    }
    return 0;
}

int fl_privileges_drop(const fl_supervisor *how, uid_t user, gid_t group)
{
    if (user == getuid() && group == getgid())
        return 0;
    bool dropped = (how->user != NULL ? initgroups(how->user, group) : setgroups(0, NULL)) == 0 &&
                   setresgid(group, group, group) == 0 && setresuid(user, user, user) == 0;
    if (dropped && (user == 0 || setuid(0) != 0))
        return 0;
    fprintf(stderr, "fleche: cannot change to user %u and group %u: %s\n", user, group, fl_code_text(-errno));
    return -1;
}
