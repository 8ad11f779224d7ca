/* folder.h: the one writer. A folder of results comes into being whole, or not at all.
 *
 * What question it answers: did every byte arrive, and what stands there if it did not?
 * Floor: base.
 *
 * Files are written into a hidden sibling (output/.name.partial), flushed to the disk, and the sibling is renamed to the
 * target when all is well. A folder that is replaced changes places with the new one in one step (renameat2); only then is the old one removed. A process
 * that is killed half-way leaves the hidden sibling, which the next run to the same place removes; a living one holds a lock on it.
 *
 *     pw_folder_t folder = { 0 };
 *     pw_status_t status = pw_folder_begin(&folder, "output/first-run", force);      before any work: refuses what cannot be
 *     FILE *file = pw_folder_file(&folder, "summary.csv");                           NULL: remembered in folder
 *     if (file) { fprintf(file, ...);  pw_folder_close(&folder, file); }              any failed write is remembered
 *     status = pw_folder_commit(&folder);                                            refuses if anything had failed
 *     if (status < 0) fprintf(stderr, "pathways: %s\n", pw_folder_message(&folder));
 *     pw_folder_free(&folder);                                                       discards what was not committed
 *
 * Files are added to a finished folder in the same way: pw_folder_add in place of pw_folder_begin. The hidden sibling then begins with
 * everything that stands in the folder (links to the same files, copies where the file system has no links), and takes its place at the
 * commit: a reader finds the old folder or the new one, never one with half of the files.
 *
 * One folder is written by one thread at a time. */
#ifndef PW_BASE_FOLDER_H
#define PW_BASE_FOLDER_H

#include <stdbool.h>
#include <stdio.h>

#include "error.h"

/* The file that marks a folder as one of ours: `force` replaces only an empty folder or one that holds it, never a folder of somebody's work. */
#define PW_FOLDER_MARK "manifest.json"

typedef struct pw_folder_file pw_folder_file_t;

typedef struct {
    char *target, *hidden;          /* paths; NULL before begin */
    pw_folder_file_t *open;         /* files not closed yet */
    int lock;                       /* descriptor of the locked hidden folder + 1; 0: none */
    int made_parents;               /* parents that begin created, removed again by a discard */
    bool force, adding, committed;
    pw_status_t status;             /* the first failure; all later calls return it */
    char message[768];              /* a sentence that says where, for people */
} pw_folder_t;

/* Prepares to write the folder `path` (parents are created). Refuses before any work: PW_ERROR_EXISTS if something is there and `force`
 * is false, or if `force` is true and it is a file, a link or a folder that is not ours; PW_ERROR_WRITE if the place cannot be
 * written or another living process is writing there. Always followed by pw_folder_free. */
pw_status_t pw_folder_begin(pw_folder_t *self, const char *path, bool force);

/* Prepares to add files to the finished folder `path`, or to replace some of its files; all others stay as they are. PW_ERROR_READ if there
 * is no such folder or it is not ours; PW_ERROR_USAGE for "." and the like: the folder changes places with a new one, so it is named from outside;
 * PW_ERROR_WRITE if another living process is writing there. Call it when what is to be written is ready: what others put into the folder between
 * this and the commit is lost. Always followed by pw_folder_free. */
pw_status_t pw_folder_add(pw_folder_t *self, const char *path);

/* Opens a new buffered file; `name` is relative and may hold folders ("inputs/baseline.cfg"). Every write is checked and remembered.
 * NULL on failure. Close it with pw_folder_close, not fclose. */
FILE *pw_folder_file(pw_folder_t *self, const char *name);
/* Flushes, brings the file to the disk and closes it. Returns the folder's status. `file` may be NULL. */
pw_status_t pw_folder_close(pw_folder_t *self, FILE *file);
/* Writes n bytes as a file of its own. */
pw_status_t pw_folder_write(pw_folder_t *self, const char *name, const void *bytes, size_t n);
/* Copies a file into the folder, byte for byte. PW_ERROR_READ if it cannot be read. */
pw_status_t pw_folder_copy(pw_folder_t *self, const char *name, const char *from);

/* Everything is there: puts the folder in its place. On failure nothing is left, and what stood there before still stands. */
pw_status_t pw_folder_commit(pw_folder_t *self);
/* Removes everything written so far. */
void pw_folder_discard(pw_folder_t *self);
/* Discards what was not committed and frees all. */
void pw_folder_free(pw_folder_t *self);

/* What went wrong, with the path, as one sentence; "" if nothing. */
const char *pw_folder_message(const pw_folder_t *self);

/* Tests: the n-th step on the disk from now (make, open, write, flush, rename; 1, 2, ...) fails as on a full disk, and all after it;
 * 0 switches off. Returns steps since last set. Removing is never made to fail. */
long pw_folder_fail_at(long n);

#endif
