/* parts.h: the files in which a sweep's processes leave what they have done.
 *
 * What question it answers: which records stand in this file, and is each of them whole?
 * Floor: experiment. Files and bytes; what a record means is member.h's and stock.h's.
 *
 * A process writes one part, parts/LABEL-HOST-PID[-JOB].csv.gz, that no other process ever writes to (O_EXCL; a name that is taken gets a number). The part
 * appears with its first record: a head with the rows' header line, then a record for each unit; each is one write, and has reached the disk (fdatasync) when
 * add returns. So what is killed loses what it was computing, and whoever reads a part, at any time, finds whole records and at most one torn one, at the end.
 * A write that fails is cut off again. Any gzip reader can read a part that has no torn end, also while it grows.
 *
 * One writer per file, no locks, no shared file: this is what network file systems can keep (their O_APPEND is not atomic between hosts). */
#ifndef PW_EXPERIMENT_PARTS_H
#define PW_EXPERIMENT_PARTS_H

#include <pthread.h>

#include "member.h"

#define PW_PARTS_FOLDER "parts"
#define PW_PART_ENDING ".csv.gz"

/* ---- writing ---- */

typedef struct {
    char *folder, *name, *header;         /* name: of the file, once it is there; owned */
    char label[96], job[96];
    int file;                             /* descriptor + 1; 0: not there yet */
    int64_t size;                         /* bytes that are whole */
    pw_member_t head;
    pw_member_maker_t maker;
    pw_text_t bytes;
    pthread_mutex_t lock;
    bool locks;
    double seconds;                       /* spent making and writing */
    pw_status_t status;                   /* the first failure; later calls return it */
    char message[512];                    /* a sentence that says where */
} pw_part_t;

/* Prepares to write a part in folder/parts (made if it is missing). `label`: "s3of64"; `job`: of the batch system, or "". `sweep` and `results_version` go into
 * every record, `header` (without a line end) is the first line of the rows. Creates no file yet. PW_ERROR_MEMORY, PW_ERROR_WRITE. `self` arrives zeroed; end
 * it in every case. */
pw_status_t pw_part_begin(pw_part_t *self, const char *folder, const char *label, const char *job, const pw_unit_name_t *sweep, uint32_t results_version,
                          const char *header);
/* Adds a unit's rows (n bytes, whole lines), or, with `reason`, a unit that failed. May be called by several threads. PW_ERROR_WRITE: nothing of it is in the
 * file. */
pw_status_t pw_part_add(pw_part_t *self, const pw_unit_name_t *name, int64_t point, int64_t block, const char *rows, size_t n, const char *reason);
/* Closes the file. Returns the first failure. */
pw_status_t pw_part_end(pw_part_t *self);

/* Tests: the n-th write or flush from now fails as on a full disk, after half of its bytes; 0 switches off. */
void pw_part_fail_at(long n);

/* ---- reading ---- */

/* What a scan found besides records. */
typedef struct {
    int64_t records, bytes;               /* whole ones, the head too; the file's size */
    int64_t damaged;                      /* places with bytes that are no whole record, the torn end too */
    int64_t lost_bytes;
    bool torn;                            /* ... at the end: killed while writing, or growing just now */
} pw_part_scan_t;

/* Told of each whole record, in order. `bytes` is valid during the call. Returning anything but PW_OK ends the scan. */
typedef pw_status_t pw_part_visit_t(void *context, const pw_member_t *about, int64_t offset, const unsigned char *bytes);

/* Reads a part from the start. After bytes that are no record it goes on at the next one that is. PW_ERROR_READ (errno), PW_ERROR_MEMORY, or what `visit`
 * returned. */
pw_status_t pw_part_scan(const char *path, pw_part_visit_t *visit, void *context, pw_part_scan_t *out);

/* The names of the parts in folder/parts in the order of their bytes; "names" ends in NULL and is freed with pw_part_names_free. No folder: none.
 * PW_ERROR_READ, PW_ERROR_MEMORY. */
pw_status_t pw_part_names(const char *folder, char ***names, int64_t *n);
void pw_part_names_free(char **names);

/* Splits "s3of64-..." into 3 and 64. False: the name is of another kind. */
bool pw_part_shard(const char *name, int64_t *shard, int64_t *shards);

#endif
