/* parts.c: see parts.h. Writing; reading is in parts_read.c. */
#include "parts.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../base/folder_path.h"
#include "../base/memory.h"
#include "../base/moment.h"

static atomic_long fail_at;      /* 0: never */

void pw_part_fail_at(long n) { atomic_store(&fail_at, n); }

static bool step_fails(void)
{
    if (atomic_load(&fail_at) == 0 || atomic_fetch_sub(&fail_at, 1) != 1)
        return false;
    errno = ENOSPC;
    return true;
}

static pw_status_t fail(pw_part_t *self, pw_status_t status, const char *what)
{
    int why = errno;
    if (self->status < 0)
        return self->status;
    if (status == PW_ERROR_MEMORY)
        snprintf(self->message, sizeof self->message, "There is not enough memory to write %s", what);
    else
        snprintf(self->message, sizeof self->message, "%s cannot be written: %s", what, strerror(why));
    return self->status = status;
}

pw_status_t pw_part_begin(pw_part_t *self, const char *folder, const char *label, const char *job, const pw_unit_name_t *sweep, uint32_t results_version,
                          const char *header)
{
    self->folder = pw_folder_path_join(folder, PW_PARTS_FOLDER);
    self->header = pw_alloc(strlen(header) + 2, 1);
    self->locks = pthread_mutex_init(&self->lock, NULL) == 0;
    self->head = (pw_member_t){ .kind = PW_MEMBER_HEAD, .results_version = results_version, .name = *sweep };
    snprintf(self->label, sizeof self->label, "%s", label);
    snprintf(self->job, sizeof self->job, "%s", job);
    if (!self->folder || !self->header || !self->locks || pw_member_maker_init(&self->maker) != PW_OK)
        return fail(self, PW_ERROR_MEMORY, folder);
    sprintf(self->header, "%s\n", header);
    if (mkdir(self->folder, 0777) != 0 && errno != EEXIST)
        return fail(self, PW_ERROR_WRITE, self->folder);
    if (access(self->folder, W_OK | X_OK) != 0)
        return fail(self, PW_ERROR_WRITE, self->folder);
    return PW_OK;
}

/* This host's name, of characters that a file name may hold. */
static void host_name(char out[64])
{
    if (gethostname(out, 64) != 0 || !out[0])
        snprintf(out, 64, "host");
    out[63] = '\0';
    for (char *c = out; *c; c++)
        if (!isalnum((unsigned char)*c) && *c != '.' && *c != '_')
            *c = '_';
}

/* Creates the file under the first name that is free. */
static pw_status_t create(pw_part_t *self)
{
    char host[64];
    host_name(host);
    for (int attempt = 1; attempt < 10000; attempt++) {
        pw_text_t name = { 0 };
        pw_text_printf(&name, "%s/%s-%s-%ld", self->folder, self->label, host, (long)getpid());
        if (self->job[0])
            pw_text_printf(&name, "-%s", self->job);
        if (attempt > 1)
            pw_text_printf(&name, "-%d", attempt);
        pw_text_append(&name, PW_PART_ENDING);
        pw_free(self->name);
        if (!(self->name = pw_text_take(&name)))
            return fail(self, PW_ERROR_MEMORY, self->folder);
        int file = step_fails() ? -1 : open(self->name, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0666);
        if (file >= 0) {
            self->file = file + 1;
            pw_folder_path_sync_parent(self->name);
            return PW_OK;
        }
        if (errno != EEXIST)
            break;
    }
    return fail(self, PW_ERROR_WRITE, self->name);
}

static bool write_bytes(pw_part_t *self)
{
    const char *at = self->bytes.bytes;
    size_t n = self->bytes.n;
    bool broken = step_fails();
    if (broken)
        n /= 2;
    while (n > 0) {
        ssize_t wrote = write(self->file - 1, at, n);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote <= 0)
            return false;
        at += wrote;
        n -= (size_t)wrote;
    }
    if (broken)
        errno = ENOSPC;
    return !broken && !step_fails() && fdatasync(self->file - 1) == 0;
}

/* Writes what is in self->bytes; cuts it off again if not all of it arrives. */
static pw_status_t write_out(pw_part_t *self)
{
    if (write_bytes(self)) {
        self->size += (int64_t)self->bytes.n;
        return PW_OK;
    }
    int why = errno;
    if (ftruncate(self->file - 1, self->size) != 0 || self->size > 0) {
        errno = why;
        return fail(self, PW_ERROR_WRITE, self->name);
    }
    unlink(self->name);      /* it holds nothing */
    errno = why;
    return fail(self, PW_ERROR_WRITE, self->name);
}

static pw_status_t add(pw_part_t *self, pw_member_t *about, const char *rows, size_t n, const char *reason)
{
    pw_status_t status = PW_OK;
    if (self->status < 0)
        return self->status;
    if (!self->file && (status = create(self)) != PW_OK)
        return status;
    pw_text_clear(&self->bytes);
    if (self->size == 0)
        status = pw_member_make(&self->maker, &self->head, self->header, strlen(self->header), NULL, &self->bytes);
    if (status == PW_OK)
        status = pw_member_make(&self->maker, about, rows, n, reason, &self->bytes);
    return status == PW_OK ? write_out(self) : fail(self, PW_ERROR_MEMORY, self->name);
}

pw_status_t pw_part_add(pw_part_t *self, const pw_unit_name_t *name, int64_t point, int64_t block, const char *rows, size_t n, const char *reason)
{
    pw_member_t about = { .kind = reason ? PW_MEMBER_FAILED : PW_MEMBER_DONE, .results_version = self->head.results_version, .point = point, .block = block,
                          .name = *name };
    pthread_mutex_lock(&self->lock);
    double from = pw_moment_seconds();
    pw_status_t status = add(self, &about, rows, reason ? 0 : n, reason);
    self->seconds += pw_moment_seconds() - from;
    pthread_mutex_unlock(&self->lock);
    return status;
}

pw_status_t pw_part_end(pw_part_t *self)
{
    if (self->file && close(self->file - 1) != 0)
        fail(self, PW_ERROR_WRITE, self->name);
    self->file = 0;
    pw_member_maker_free(&self->maker);
    pw_text_free(&self->bytes);
    pw_free(self->folder);
    pw_free(self->name);
    pw_free(self->header);
    self->folder = self->name = self->header = NULL;
    if (self->locks)
        pthread_mutex_destroy(&self->lock);
    self->locks = false;
    return self->status;
}
