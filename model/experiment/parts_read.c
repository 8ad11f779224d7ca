/* parts_read.c: see parts.h. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../base/folder_path.h"
#include "../base/memory.h"
#include "../base/number.h"
#include "parts.h"

enum { WINDOW = 1 << 16 };

/* The bytes of a file from `offset` on, as far as they are in memory. */
typedef struct {
    int file;
    unsigned char *bytes;
    size_t room, at, n;        /* bytes[at .. n) are not used yet */
    int64_t offset, size;      /* in the file, of bytes[at]; of the file as it was when it was opened */
    bool ended;
} reader_t;

/* Tries to have `wanted` bytes at hand. */
static pw_status_t have(reader_t *self, size_t wanted)
{
    if (self->n - self->at >= wanted)
        return PW_OK;
    memmove(self->bytes, self->bytes + self->at, self->n - self->at);
    self->n -= self->at;
    self->at = 0;
    if (wanted > self->room) {
        size_t room = wanted + WINDOW;
        unsigned char *grown = pw_realloc(self->bytes, room, 1);
        if (!grown)
            return PW_ERROR_MEMORY;
        self->bytes = grown;
        self->room = room;
    }
    while (self->n < wanted && !self->ended) {
        ssize_t got = read(self->file, self->bytes + self->n, self->room - self->n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return PW_ERROR_READ;
        self->ended = got == 0;
        self->n += (size_t)got;
    }
    return PW_OK;
}

static void step(reader_t *self, size_t n)
{
    self->at += n;
    self->offset += (int64_t)n;
}

static size_t at_hand(const reader_t *self) { return self->n - self->at; }

/* A whole record at the reader's place, or none. */
static pw_status_t record_here(reader_t *self, pw_member_t *about, bool *whole)
{
    *whole = false;
    pw_status_t status = have(self, PW_MEMBER_HEAD_BYTES);
    if (status != PW_OK || at_hand(self) < PW_MEMBER_HEAD_BYTES || !pw_member_head(self->bytes + self->at, about))
        return status;
    if (about->length > self->size - self->offset)
        return PW_OK;
    status = have(self, about->length);
    *whole = status == PW_OK && at_hand(self) >= about->length && pw_member_whole(self->bytes + self->at, about);
    return status;
}

static pw_status_t scan(reader_t *self, pw_part_visit_t *visit, void *context, pw_part_scan_t *out)
{
    pw_member_t about;
    bool whole, lost = false;
    for (;;) {
        pw_status_t status = record_here(self, &about, &whole);
        if (status != PW_OK)
            return status;
        if (whole) {
            out->records++;
            if (visit && (status = visit(context, &about, self->offset, self->bytes + self->at)) != PW_OK)
                return status;
            step(self, about.length);
        } else if (at_hand(self) > 0) {
            out->damaged += !lost;
            out->lost_bytes++;
            step(self, 1);
        } else {
            break;
        }
        lost = !whole;
    }
    out->torn = lost;
    out->bytes = self->offset;
    return PW_OK;
}

pw_status_t pw_part_scan(const char *path, pw_part_visit_t *visit, void *context, pw_part_scan_t *out)
{
    *out = (pw_part_scan_t){ 0 };
    struct stat about;
    reader_t reader = { .file = open(path, O_RDONLY | O_CLOEXEC), .bytes = pw_alloc(WINDOW, 1), .room = WINDOW };
    pw_status_t status = reader.file < 0 || fstat(reader.file, &about) != 0 ? PW_ERROR_READ : !reader.bytes ? PW_ERROR_MEMORY : PW_OK;
    reader.size = status == PW_OK ? about.st_size : 0;
    if (status == PW_OK)
        status = scan(&reader, visit, context, out);
    int why = errno;
    if (reader.file >= 0)
        close(reader.file);
    pw_free(reader.bytes);
    errno = why;
    return status;
}

/* ---- names ---- */

static bool is_part(const char *name)
{
    size_t n = strlen(name), ending = strlen(PW_PART_ENDING);
    return n > ending && name[0] != '.' && strcmp(name + n - ending, PW_PART_ENDING) == 0;
}

static int compare_names(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static pw_status_t add_name(char ***names, int64_t *n, int64_t *room, const char *name)
{
    if (*n + 1 >= *room) {
        char **grown = pw_realloc(*names, (size_t)(*room ? 2 * *room : 64), sizeof grown[0]);
        if (!grown)
            return PW_ERROR_MEMORY;
        *names = grown;
        *room = *room ? 2 * *room : 64;
    }
    (*names)[*n] = pw_strdup(name);
    if (!(*names)[*n])
        return PW_ERROR_MEMORY;
    (*names)[++*n] = NULL;
    return PW_OK;
}

pw_status_t pw_part_names(const char *folder, char ***names, int64_t *n)
{
    int64_t room = 0;
    *names = NULL;
    *n = 0;
    char *path = pw_folder_path_join(folder, PW_PARTS_FOLDER);
    DIR *parts = path ? opendir(path) : NULL;
    int why = errno;
    pw_free(path);
    if (!path)
        return PW_ERROR_MEMORY;
    errno = why;
    if (!parts)
        return errno == ENOENT ? PW_OK : PW_ERROR_READ;
    pw_status_t status = PW_OK;
    for (const struct dirent *entry; status == PW_OK && (entry = readdir(parts));)
        if (is_part(entry->d_name))
            status = add_name(names, n, &room, entry->d_name);
    closedir(parts);
    if (*n > 1)
        qsort(*names, (size_t)*n, sizeof (*names)[0], compare_names);
    if (status != PW_OK) {
        pw_part_names_free(*names);
        *names = NULL;
        *n = 0;
    }
    return status;
}

void pw_part_names_free(char **names)
{
    for (char **name = names; name && *name; name++)
        pw_free(*name);
    pw_free(names);
}

bool pw_part_shard(const char *name, int64_t *shard, int64_t *shards)
{
    char text[48];
    const char *end = strchr(name, '-');
    if (name[0] != 's' || !end || (size_t)(end - name) >= sizeof text)
        return false;
    memcpy(text, name + 1, (size_t)(end - name) - 1);
    text[end - name - 1] = '\0';
    char *of = strstr(text, "of");
    if (!of)
        return false;
    *of = '\0';
    return pw_number_read_integer(text, shard) && pw_number_read_integer(of + 2, shards);
}
