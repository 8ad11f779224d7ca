/* gzip.c: see gzip.h. */
#include "gzip.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <zlib.h>

#include "../base/memory.h"

enum { BATCH = 1 << 20, LEVEL = 1, LINE_ROOM = 1 << 16 };

struct pw_gzip {
    pw_file_t file;
    z_stream stream;
    bool streams, threads, ending;
    int broken;                /* errno of the first write that failed */
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    char *fresh, *full;        /* being filled; being compressed, NULL: none */
    size_t n_fresh, n_full;
    char *spare;
    unsigned char out[1 << 16];
};

static void compress_batch(pw_gzip_t *self, const char *bytes, size_t n, int flush)
{
    self->stream.next_in = (unsigned char *)(uintptr_t)bytes;
    self->stream.avail_in = (uInt)n;
    do {
        self->stream.next_out = self->out;
        self->stream.avail_out = sizeof self->out;
        deflate(&self->stream, flush);
        size_t made = sizeof self->out - self->stream.avail_out;
        errno = 0;
        if (!self->broken && fwrite(self->out, 1, made, self->file.stream) < made)
            self->broken = errno ? errno : EIO;
    } while (self->stream.avail_out == 0);
}

static void *compress_all(void *context)
{
    pw_gzip_t *self = context;
    pthread_mutex_lock(&self->lock);
    for (;;) {
        while (!self->full && !self->ending)
            pthread_cond_wait(&self->changed, &self->lock);
        if (!self->full)
            break;
        char *batch = self->full;
        size_t n = self->n_full;
        pthread_mutex_unlock(&self->lock);
        compress_batch(self, batch, n, Z_NO_FLUSH);
        pthread_mutex_lock(&self->lock);
        self->spare = batch;
        self->full = NULL;
        pthread_cond_signal(&self->changed);
    }
    pthread_mutex_unlock(&self->lock);
    compress_batch(self, "", 0, Z_FINISH);
    return NULL;
}

/* Hands the batch over; waits until the one before is done. */
static void hand_over(pw_gzip_t *self)
{
    pthread_mutex_lock(&self->lock);
    while (self->full)
        pthread_cond_wait(&self->changed, &self->lock);
    self->full = self->fresh;
    self->n_full = self->n_fresh;
    self->fresh = self->spare;
    self->n_fresh = 0;
    self->spare = NULL;
    pthread_cond_signal(&self->changed);
    pthread_mutex_unlock(&self->lock);
}

static void stop_thread(pw_gzip_t *self)
{
    if (!self->threads)
        return;
    if (self->n_fresh > 0)
        hand_over(self);
    pthread_mutex_lock(&self->lock);
    self->ending = true;
    pthread_cond_signal(&self->changed);
    pthread_mutex_unlock(&self->lock);
    pthread_join(self->thread, NULL);
    self->threads = false;
}

static void free_all(pw_gzip_t *self)
{
    if (self->streams)
        deflateEnd(&self->stream);
    pthread_cond_destroy(&self->changed);
    pthread_mutex_destroy(&self->lock);
    pw_free(self->fresh);
    pw_free(self->full);
    pw_free(self->spare);
    pw_free(self);
}

pw_status_t pw_gzip_begin(pw_gzip_t **out, const char *path)
{
    pw_gzip_t *self = *out = pw_alloc(1, sizeof *self);
    if (!self)
        return PW_ERROR_MEMORY;
    pthread_mutex_init(&self->lock, NULL);
    pthread_cond_init(&self->changed, NULL);
    self->fresh = pw_alloc(BATCH, 1);
    self->spare = pw_alloc(BATCH, 1);
    self->streams = deflateInit2(&self->stream, LEVEL, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK;
    pw_status_t status = self->fresh && self->spare && self->streams ? pw_file_begin(&self->file, path) : PW_ERROR_MEMORY;
    if (status == PW_OK) {
        self->threads = pthread_create(&self->thread, NULL, compress_all, self) == 0;
        status = self->threads ? PW_OK : PW_ERROR_MEMORY;
    }
    if (status == PW_OK)
        return PW_OK;
    int why = errno;
    pw_gzip_discard(self);
    *out = NULL;
    errno = why;
    return status;
}

void pw_gzip_add(pw_gzip_t *self, const char *bytes, size_t n)
{
    while (n > 0) {
        size_t now = n < BATCH - self->n_fresh ? n : BATCH - self->n_fresh;
        memcpy(self->fresh + self->n_fresh, bytes, now);
        self->n_fresh += now;
        bytes += now;
        n -= now;
        if (self->n_fresh == BATCH)
            hand_over(self);
    }
}

pw_status_t pw_gzip_commit(pw_gzip_t *self)
{
    stop_thread(self);
    pw_status_t status = pw_file_commit(&self->file);
    int why = self->broken ? self->broken : errno;
    free_all(self);
    errno = why;
    return status;
}

void pw_gzip_discard(pw_gzip_t *self)
{
    if (!self)
        return;
    stop_thread(self);
    pw_file_discard(&self->file);
    free_all(self);
}

/* ---- reading ---- */

/* Appends the next line, its end included if it has one. False: there is none. */
static bool next_line(gzFile file, pw_text_t *line)
{
    char part[LINE_ROOM];
    pw_text_clear(line);
    while (gzgets(file, part, sizeof part)) {
        pw_text_append(line, part);
        if (line->failed || (line->n > 0 && line->bytes[line->n - 1] == '\n'))
            return true;
    }
    return line->n > 0;
}

pw_status_t pw_gzip_lines(const char *path, pw_status_t (*each)(void *context, char *text, size_t n), void *context)
{
    gzFile file = gzopen(path, "rb");
    if (!file)
        return errno == 0 ? PW_ERROR_MEMORY : PW_ERROR_READ;
    pw_text_t line = { 0 };
    pw_status_t status = PW_OK;
    gzbuffer(file, 1 << 18);
    while (status == PW_OK && next_line(file, &line)) {
        if (line.failed)
            status = PW_ERROR_MEMORY;
        else if (line.bytes[line.n - 1] == '\n')
            line.bytes[--line.n] = '\0';
        if (status == PW_OK)
            status = each(context, line.bytes, line.n);
    }
    int code = Z_OK;
    gzerror(file, &code);
    if (status == PW_OK && code != Z_OK && code != Z_STREAM_END)
        status = PW_ERROR_READ;
    gzclose(file);
    pw_text_free(&line);
    return status;
}
