#include "file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "memory.h"

static bool write_all(int file, const char *bytes, size_t n)
{
    while (n > 0) {
        ssize_t written = write(file, bytes, n);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes += written;
        n -= (size_t)written;
    }
    return fsync(file) == 0;
}

FILE *pw_file_open(const char *path)
{
    struct stat about;
    int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC), why = 0;
    if (file >= 0 && fstat(file, &about) != 0)
        why = errno;
    else if (file >= 0 && !S_ISREG(about.st_mode))
        why = S_ISDIR(about.st_mode) ? EISDIR : ESPIPE;
    FILE *stream = file >= 0 && why == 0 ? fdopen(file, "rb") : NULL;
    if (!stream && file >= 0) {
        why = why ? why : errno;
        close(file);
        errno = why;
    }
    return stream;
}

const char *pw_file_why(int number)
{
    return number == ESPIPE ? "it is a pipe or a device, no ordinary file; write what comes out of it to a file first" : strerror(number);
}

enum { NAME = 256 };

/* A name without its ending, if the other has the same one. */
static void stem(const char *name, const char *other, char out[NAME])
{
    const char *dot = strrchr(name, '.'), *its = strrchr(other, '.');
    bool same = dot && its && strcmp(dot, its) == 0;
    snprintf(out, NAME, "%.*s", same ? (int)(dot - name) : NAME - 1, name);
}

/* How far a name is from the given one; -1: too far. */
static int slips(const char *given, const char *name)
{
    char a[NAME], b[NAME];
    const char *near = b;
    size_t n = strlen(given);
    if (n > 0 && strncmp(given, name, n) == 0 && name[n] == '.')
        return 0;
    stem(given, name, a);
    stem(name, given, b);
    return pw_text_nearest(a, &near, 1) < 0 ? -1 : pw_text_distance(a, b);
}

const char *pw_file_nearest(const char *path, char *out, size_t room)
{
    const char *slash = strrchr(path, '/'), *given = slash ? slash + 1 : path;
    char best[NAME] = "";
    int least = -1;
    out[0] = '\0';
    pw_text_t folder = { 0 };
    pw_text_append_bytes(&folder, path, (size_t)(given - path));
    DIR *names = folder.failed ? NULL : opendir(folder.n > 0 ? pw_text_get(&folder) : ".");
    for (const struct dirent *entry; names && (entry = readdir(names));) {
        int n = entry->d_name[0] == '.' || entry->d_type == DT_DIR ? -1 : slips(given, entry->d_name);
        if (n < 0 || (least >= 0 && (n > least || (n == least && strcmp(entry->d_name, best) > 0))))
            continue;
        least = n;
        snprintf(best, sizeof best, "%s", entry->d_name);
    }
    if (names)
        closedir(names);
    if (least >= 0)
        snprintf(out, room, " (did you mean \"%.300s%s\"?)", pw_text_get(&folder), best);
    pw_text_free(&folder);
    return out;
}

pw_status_t pw_file_read(const char *path, pw_text_t *out)
{
    char part[65536];
    FILE *file = pw_file_open(path);
    if (!file)
        return PW_ERROR_READ;
    for (size_t n; !out->failed && (n = fread(part, 1, sizeof part, file)) > 0;)
        pw_text_append_bytes(out, part, n);
    int why = ferror(file) ? errno : 0;
    fclose(file);
    errno = why;
    return out->failed ? PW_ERROR_MEMORY : why ? PW_ERROR_READ : PW_OK;
}

pw_status_t pw_file_replace(const char *path, const void *bytes, size_t n)
{
    pw_text_t beside = { 0 };
    pw_text_printf(&beside, "%s.%ld.partial", path, (long)getpid());
    if (beside.failed) {
        pw_text_free(&beside);
        return PW_ERROR_MEMORY;
    }
    const char *name = pw_text_get(&beside);
    int file = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    bool good = file >= 0 && write_all(file, bytes, n);
    int why = errno;
    if (file >= 0 && close(file) != 0 && good) {
        good = false;
        why = errno;
    }
    if (good && rename(name, path) != 0) {
        good = false;
        why = errno;
    }
    if (!good && file >= 0)
        unlink(name);
    pw_text_free(&beside);
    errno = why;
    return good ? PW_OK : PW_ERROR_WRITE;
}

/* ---- bit by bit ---- */

static void forget(pw_file_t *self)
{
    pw_free(self->path);
    pw_free(self->beside);
    *self = (pw_file_t){ 0 };
}

pw_status_t pw_file_begin(pw_file_t *self, const char *path)
{
    pw_text_t beside = { 0 };
    pw_text_printf(&beside, "%s.%ld.partial", path, (long)getpid());
    *self = (pw_file_t){ .path = pw_strdup(path), .beside = pw_text_take(&beside) };
    if (!self->path || !self->beside) {
        forget(self);
        return PW_ERROR_MEMORY;
    }
    int file = open(self->beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    self->stream = file >= 0 ? fdopen(file, "wb") : NULL;
    if (self->stream)
        return PW_OK;
    int why = errno;
    if (file >= 0) {
        close(file);
        unlink(self->beside);
    }
    forget(self);
    errno = why;
    return PW_ERROR_WRITE;
}

pw_status_t pw_file_commit(pw_file_t *self)
{
    if (!self->stream)
        return PW_ERROR_WRITE;
    errno = EIO;      /* a stream that failed before does not remember why */
    bool good = !ferror(self->stream) && fflush(self->stream) == 0 && fsync(fileno(self->stream)) == 0;
    int why = errno;
    if (fclose(self->stream) != 0 && good) {
        good = false;
        why = errno;
    }
    self->stream = NULL;
    if (good && rename(self->beside, self->path) != 0) {
        good = false;
        why = errno;
    }
    if (!good)
        unlink(self->beside);
    forget(self);
    errno = why;
    return good ? PW_OK : PW_ERROR_WRITE;
}

void pw_file_discard(pw_file_t *self)
{
    if (self->stream) {
        fclose(self->stream);
        unlink(self->beside);
    }
    forget(self);
}
