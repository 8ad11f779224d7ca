/* folder.c: see folder.h. Paths and removing are in folder_path.c. */
#include "folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "folder_path.h"
#include "memory.h"

struct pw_folder_file {
    pw_folder_file_t *next;
    pw_folder_t *folder;
    FILE *stream;
    char *name;
    int descriptor;
};

static atomic_long steps;      /* since pw_folder_fail_at was last called */
static atomic_long fail_at;    /* 0: never */

long pw_folder_fail_at(long n)
{
    atomic_store(&fail_at, n);
    return atomic_exchange(&steps, 0);
}

/* True if a test wants this step to fail; errno says why, as the system would. */
static bool step_fails(void)
{
    long step = atomic_fetch_add(&steps, 1) + 1, limit = atomic_load(&fail_at);
    if (limit == 0 || step < limit) return false;
    errno = ENOSPC;
    return true;
}

/* Remembers the first failure; the later ones only follow from it. */
static pw_status_t fail(pw_folder_t *self, pw_status_t status, const char *format, ...) __attribute__((format(printf, 3, 4)));
static pw_status_t fail(pw_folder_t *self, pw_status_t status, const char *format, ...)
{
    if (self->status < 0) return self->status;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(self->message, sizeof self->message, format, arguments);
    va_end(arguments);
    return self->status = status;
}

static pw_status_t fail_write(pw_folder_t *self, const char *what)
{
    return fail(self, PW_ERROR_WRITE, "%s cannot be written: %s", what, strerror(errno));
}

static pw_status_t fail_memory(pw_folder_t *self)
{
    return fail(self, PW_ERROR_MEMORY, "There is not enough memory to write %s", self->target ? self->target : "the folder");
}

const char *pw_folder_message(const pw_folder_t *self) { return self->message; }

/* ---------------------------------------------------------------- begin */

/* Is there a folder of ours to add to? */
static pw_status_t refuse_missing(pw_folder_t *self)
{
    struct stat there;
    if (stat(self->target, &there) != 0) return fail(self, PW_ERROR_READ, "%s cannot be read: %s", self->target, strerror(errno));
    if (!S_ISDIR(there.st_mode)) return fail(self, PW_ERROR_READ, "%s is not a folder; name the folder of a run", self->target);
    if (!pw_folder_path_is_marked(self->target)) {
        return fail(self, PW_ERROR_READ, "%s is not a folder that this program wrote (it holds no %s)", self->target, PW_FOLDER_MARK);
    }
    return PW_OK;
}

static pw_status_t refuse_existing(pw_folder_t *self)
{
    struct stat there;
    if (self->adding) return refuse_missing(self);
    if (lstat(self->target, &there) != 0) {
        return errno == ENOENT ? PW_OK : fail(self, PW_ERROR_WRITE, "%s cannot be looked at: %s", self->target, strerror(errno));
    }
    if (!S_ISDIR(there.st_mode)) return fail(self, PW_ERROR_EXISTS, "%s exists and is not a folder; choose another place", self->target);
    if (!self->force) return fail(self, PW_ERROR_EXISTS, "%s exists already; choose another place, or replace it with --force", self->target);
    if (!pw_folder_path_is_ours(self->target)) {
        return fail(self, PW_ERROR_EXISTS, "%s is not a folder that this program wrote (it holds no %s), so it is not replaced; choose another place",
                    self->target, PW_FOLDER_MARK);
    }
    return PW_OK;
}

/* Takes the lock of a folder. False if a living process holds it or the folder is another one by now; errno is EWOULDBLOCK then. */
static bool lock_folder(const char *path, int *descriptor)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0) return false;
    struct stat opened, there;
    if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
        if (fstat(fd, &opened) == 0 && lstat(path, &there) == 0 && opened.st_ino == there.st_ino && opened.st_dev == there.st_dev) {
            *descriptor = fd;
            return true;
        }
        errno = EWOULDBLOCK;
    }
    int why = errno;
    close(fd);
    errno = why;
    return false;
}

/* What a killed process left behind goes; what a living one is writing stays. */
static pw_status_t remove_leftover(pw_folder_t *self)
{
    struct stat there;
    if (lstat(self->hidden, &there) != 0) return PW_OK;
    int fd = -1;
    if (S_ISDIR(there.st_mode) && !lock_folder(self->hidden, &fd)) {
        if (errno == EWOULDBLOCK) return fail(self, PW_ERROR_WRITE, "%s is being written by another run; wait for it, or choose another place", self->target);
        return fail(self, PW_ERROR_WRITE, "%s cannot be opened: %s", self->hidden, strerror(errno));
    }
    bool gone = pw_folder_path_remove(self->hidden);
    int why = errno;
    if (fd >= 0) close(fd);
    return gone ? PW_OK : fail(self, PW_ERROR_WRITE, "%s was left by an earlier run and cannot be removed: %s", self->hidden, strerror(why));
}

static pw_status_t make_hidden(pw_folder_t *self)
{
    if (step_fails() || !pw_folder_path_make_parents(self->hidden, &self->made_parents)) return fail_write(self, self->target);
    if (remove_leftover(self) < 0) return self->status;
    if (step_fails() || mkdir(self->hidden, 0777) != 0) return fail_write(self, self->target);
    int fd;
    if (!lock_folder(self->hidden, &fd)) return fail(self, PW_ERROR_WRITE, "%s cannot be locked: %s", self->hidden, strerror(errno));
    self->lock = fd + 1;
    return PW_OK;
}

pw_status_t pw_folder_begin(pw_folder_t *self, const char *path, bool force)
{
    *self = (pw_folder_t){ .force = force };
    if (!pw_folder_path_is_usable(path)) return fail(self, PW_ERROR_USAGE, "\"%s\" is not the name of a folder that could be written", path);
    if (!pw_folder_path_hidden(path, &self->target, &self->hidden)) return fail_memory(self);
    if (refuse_existing(self) < 0) return self->status;
    return make_hidden(self);
}

/* The folder itself, where `path` is a link to it: its place is what changes. */
static bool follow_link(pw_folder_t *self)
{
    char *real = realpath(self->target, NULL), *target = NULL, *hidden = NULL;
    if (!real) return true;      /* refused in a moment, with the name that was given */
    bool done = pw_folder_path_hidden(real, &target, &hidden);
    free(real);
    pw_free(done ? self->target : target);
    pw_free(done ? self->hidden : hidden);
    if (done) {
        self->target = target;
        self->hidden = hidden;
    }
    return done;
}

pw_status_t pw_folder_add(pw_folder_t *self, const char *path)
{
    *self = (pw_folder_t){ .force = true, .adding = true };
    struct stat about;
    if (!pw_folder_path_is_usable(path)) return fail(self, PW_ERROR_USAGE, "\"%s\" is not the name of a folder; name it from outside", path);
    if (!pw_folder_path_hidden(path, &self->target, &self->hidden)) return fail_memory(self);
    if (lstat(self->target, &about) == 0 && S_ISLNK(about.st_mode) && !follow_link(self)) return fail_memory(self);
    if (refuse_existing(self) < 0 || make_hidden(self) < 0) return self->status;
    if (step_fails() || !pw_folder_path_link_all(self->target, self->hidden, true)) return fail_write(self, self->target);
    return PW_OK;
}

/* ---------------------------------------------------------------- files */

static ssize_t cookie_write(void *cookie, const char *bytes, size_t n)
{
    pw_folder_file_t *file = cookie;
    size_t done = 0;
    while (done < n) {
        ssize_t wrote = step_fails() ? -1 : write(file->descriptor, bytes + done, n - done);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) {
            fail_write(file->folder, file->name);
            return 0;      /* what a cookie returns for an error */
        }
        done += (size_t)wrote;
    }
    return (ssize_t)n;
}

static void forget(pw_folder_t *self, pw_folder_file_t *file)
{
    pw_folder_file_t **at = &self->open;
    while (*at != file) at = &(*at)->next;
    *at = file->next;
}

static void file_free(pw_folder_file_t *file)
{
    if (!file) return;
    if (file->descriptor >= 0) close(file->descriptor);
    pw_free(file->name);
    pw_free(file);
}

/* Opens path for the file; false leaves the reason in self. */
static bool open_file(pw_folder_t *self, pw_folder_file_t *file, const char *path)
{
    int ignored = 0;
    if (step_fails() || !pw_folder_path_make_parents(path, &ignored)) {
        fail_write(self, file->name);
        return false;
    }
    if (self->adding && unlink(path) != 0 && errno != ENOENT) {      /* it is a link: the older file itself stays as it is */
        fail_write(self, file->name);
        return false;
    }
    file->descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file->descriptor < 0) {
        fail_write(self, file->name);
        return false;
    }
    file->stream = fopencookie(file, "w", (cookie_io_functions_t){ .write = cookie_write });
    if (!file->stream) fail_memory(self);
    return file->stream != NULL;
}

FILE *pw_folder_file(pw_folder_t *self, const char *name)
{
    if (self->status < 0) return NULL;
    pw_folder_file_t *file = pw_alloc(1, sizeof *file);
    char *path = pw_folder_path_join(self->hidden, name);
    if (file) {
        file->descriptor = -1;
        file->folder = self;
        file->name = pw_folder_path_join(self->target, name);
    }
    if (!file || !path || !file->name) fail_memory(self);
    else if (open_file(self, file, path)) {
        file->next = self->open;
        self->open = file;
    }
    pw_free(path);
    if (file && self->status == PW_OK) return file->stream;
    file_free(file);
    return NULL;
}

pw_status_t pw_folder_close(pw_folder_t *self, FILE *stream)
{
    if (!stream) return self->status;
    pw_folder_file_t *file = self->open;
    while (file && file->stream != stream) file = file->next;
    if (!file) return fail(self, PW_ERROR_WRITE, "A file that is not open in %s was closed", self->target);
    if (fclose(stream) != 0 && self->status == PW_OK) fail_write(self, file->name);
    if (self->status == PW_OK && (step_fails() || fsync(file->descriptor) != 0)) fail_write(self, file->name);
    int descriptor = file->descriptor;
    file->descriptor = -1;
    if (close(descriptor) != 0) fail_write(self, file->name);
    forget(self, file);
    file_free(file);
    return self->status;
}

pw_status_t pw_folder_write(pw_folder_t *self, const char *name, const void *bytes, size_t n)
{
    FILE *file = pw_folder_file(self, name);
    if (file) fwrite(bytes, 1, n, file);
    return pw_folder_close(self, file);
}

pw_status_t pw_folder_copy(pw_folder_t *self, const char *name, const char *from)
{
    FILE *source = pw_file_open(from);
    if (!source) return fail(self, PW_ERROR_READ, "%s cannot be read: %s", from, pw_file_why(errno));
    FILE *file = pw_folder_file(self, name);
    char part[16384];
    for (size_t n; file && (n = fread(part, 1, sizeof part, source)) > 0;) fwrite(part, 1, n, file);
    if (ferror(source)) fail(self, PW_ERROR_READ, "%s cannot be read to its end", from);
    fclose(source);
    return pw_folder_close(self, file);
}

/* ---------------------------------------------------------------- the end */

/* Puts the hidden folder in the target's place; the old one, if any, is in the hidden one's place then. */
static bool change_places(pw_folder_t *self)
{
    if (step_fails()) return false;
    if (renameat2(AT_FDCWD, self->hidden, AT_FDCWD, self->target, RENAME_NOREPLACE) == 0) return true;
    if (errno == EEXIST && !self->force) return false;
    if (errno == EEXIST && renameat2(AT_FDCWD, self->hidden, AT_FDCWD, self->target, RENAME_EXCHANGE) == 0) return true;
    if (errno != EINVAL && errno != ENOSYS && errno != EEXIST) return false;
    return pw_folder_path_replace(self->hidden, self->target, self->force);
}

static void unlock(pw_folder_t *self)
{
    if (self->lock > 0) close(self->lock - 1);
    self->lock = 0;
}

pw_status_t pw_folder_commit(pw_folder_t *self)
{
    while (self->open) pw_folder_close(self, self->open->stream);
    if (self->status == PW_OK && self->lock > 0 && !self->committed) {
        if (step_fails() || fsync(self->lock - 1) != 0) fail_write(self, self->target);
        else if (refuse_existing(self) == PW_OK) {       /* once more: a run takes minutes */
            if (change_places(self)) self->committed = true;
            else fail_write(self, self->target);
        }
    }
    if (!self->committed) {
        pw_folder_discard(self);
        return self->status;
    }
    pw_folder_path_remove(self->hidden);                 /* the old one; if it stays, the next run removes it */
    pw_folder_path_sync_parent(self->target);
    unlock(self);
    return PW_OK;
}

void pw_folder_discard(pw_folder_t *self)
{
    if (self->committed) return;
    if (self->status == PW_OK) fail(self, PW_ERROR_STOPPED, "%s was not written", self->target ? self->target : "The folder");
    while (self->open) pw_folder_close(self, self->open->stream);
    if (self->lock > 0) pw_folder_path_remove(self->hidden);
    if (self->target) pw_folder_path_remove_parents(self->target, &self->made_parents);
    unlock(self);
}

void pw_folder_free(pw_folder_t *self)
{
    if (self->target && !self->committed) pw_folder_discard(self);
    pw_free(self->target);
    pw_free(self->hidden);
    self->target = self->hidden = NULL;
}
