#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "memory.h"
#include "text.h"

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
