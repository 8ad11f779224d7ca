#include "child.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "interrupt.h"
#include "memory.h"

enum { MOST_SAID = 4000, LOOK_MS = 5, PATIENCE_MS = 500 };

/* Text is read as UTF-8 and numbers with a point, whatever the user's language; nothing depends on the clock or on chance (font tools put the time
 * into what they write, unless told a date; Python shuffles its sets). Points into environ; NULL without memory. */
static char **make_environment(void)
{
    static const char fixed[][32] = { "LC_ALL=C.UTF-8", "SOURCE_DATE_EPOCH=0", "PYTHONHASHSEED=0" };
    enum { FIXED = sizeof fixed / sizeof fixed[0] };
    size_t n = 0, kept = 0;
    while (environ[n])
        n++;
    char **made = pw_alloc(n + FIXED + 1, sizeof made[0]);
    if (!made)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        bool ours = false;
        for (int k = 0; k < FIXED; k++)
            ours = ours || strncmp(environ[i], fixed[k], strcspn(fixed[k], "=") + 1) == 0;
        if (!ours)
            made[kept++] = environ[i];
    }
    for (int k = 0; k < FIXED; k++)
        made[kept++] = (char *)fixed[k];
    return made;
}

/* 0, or errno's number. */
static int start(const char *const *argv, const char *folder, int out, pid_t *child)
{
    posix_spawn_file_actions_t actions;
    char **environment = make_environment();
    int failed = environment ? posix_spawn_file_actions_init(&actions) : ENOMEM;
    if (failed) {
        pw_free(environment);
        return failed;
    }
    failed = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    for (int fd = STDOUT_FILENO; fd <= STDERR_FILENO && !failed; fd++)
        failed = posix_spawn_file_actions_adddup2(&actions, out, fd);
    if (!failed && folder)
        failed = posix_spawn_file_actions_addchdir_np(&actions, folder);
    if (!failed)
        failed = posix_spawnp(child, argv[0], &actions, NULL, (char *const *)argv, environment);
    posix_spawn_file_actions_destroy(&actions);
    pw_free(environment);
    return failed;
}

static void read_back(FILE *file, pw_text_t *said)
{
    char part[1024];
    rewind(file);
    for (size_t n; said->n < MOST_SAID && (n = fread(part, 1, sizeof part, file)) > 0;)
        pw_text_append_bytes(said, part, n);
}

/* posix_spawn may tell of a missing program at once or, as under valgrind, by a child that ends with 127 and has said nothing. A program that
 * ends with 127 and says why (a library of its own is missing) is there. */
static bool was_missing(int state, FILE *out)
{
    struct stat about;
    return WIFEXITED(state) && WEXITSTATUS(state) == 127 && fstat(fileno(out), &about) == 0 && about.st_size == 0;
}

static int64_t now_ms(void)
{
    struct timespec now = { 0 };
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Waits for the child's end, and looks now and then whether somebody wants it sooner. 0, or errno's number. */
static int await(pid_t child, int *state)
{
    const struct timespec pause = { .tv_nsec = LOOK_MS * 1000000L };
    int64_t asked_ms = -1;
    for (int ended; (ended = waitpid(child, state, WNOHANG)) != child;) {
        if (ended < 0 && errno != EINTR)
            return errno;
        if (pw_interrupt_asked() && asked_ms < 0) {
            asked_ms = now_ms();
            (void)kill(child, SIGTERM);
        } else if (asked_ms >= 0 && now_ms() - asked_ms >= PATIENCE_MS) {
            (void)kill(child, SIGKILL);
        }
        (void)nanosleep(&pause, NULL);
    }
    return 0;
}

enum pw_child pw_child_run(const char *const *argv, const char *folder, pw_text_t *said)
{
    int state = 0;
    pid_t child = 0;
    FILE *out = pw_interrupt_asked() ? NULL : tmpfile();
    if (!out)
        return pw_interrupt_asked() ? PW_CHILD_STOPPED : PW_CHILD_FAILED;
    int failed = start(argv, folder, fileno(out), &child);
    if (!failed)
        failed = await(child, &state);
    if (!failed && said)
        read_back(out, said);
    if (!failed && was_missing(state, out))
        failed = ENOENT;
    fclose(out);
    if (pw_interrupt_asked())
        return PW_CHILD_STOPPED;
    if (failed)
        return failed == ENOENT ? PW_CHILD_MISSING : failed == ENOMEM ? PW_CHILD_MEMORY : PW_CHILD_FAILED;
    return WIFEXITED(state) && WEXITSTATUS(state) == 0 ? PW_CHILD_DONE : PW_CHILD_FAILED;
}

char *pw_child_folder(void)
{
    const char *under = getenv("TMPDIR");
    pw_text_t path = { 0 };
    pw_text_printf(&path, "%s/pathways-XXXXXX", under && under[0] ? under : "/tmp");
    char *made = pw_text_take(&path);
    if (made && !mkdtemp(made)) {
        pw_free(made);
        made = NULL;
    }
    return made;
}

void pw_child_folder_remove(const char *path)
{
    DIR *folder = opendir(path);
    for (const struct dirent *entry; folder && (entry = readdir(folder));)
        (void)unlinkat(dirfd(folder), entry->d_name, 0);
    if (folder)
        closedir(folder);
    (void)rmdir(path);
}
