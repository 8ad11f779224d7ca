/* stock.h: what a sweep's folder holds already.
 *
 * What question it answers: which units are done, which failed and why, which are missing, and where does each one's record stand?
 * Floor: experiment. Reads parts (parts.h), knows units by number and name only.
 *
 * A record of this very sweep (its head says so) is where its point and block say it is; one of another sweep, or of this one before it was extended, is known
 * by its unit's name alone: what exists is reused, whoever made it. A unit that failed and was done later is done. Records that are torn or damaged are
 * counted, and not there. Memory: 8 bytes a unit (a million units: 8 MB), and some for each failure, duplicate and part.
 *
 * Rows begin with point, replication, scenario and inputs. The rows of another sweep had another point and perhaps other columns of inputs: fetching them puts
 * this sweep's in their place, so that what is fetched does not depend on who made it. */
#ifndef PW_EXPERIMENT_STOCK_H
#define PW_EXPERIMENT_STOCK_H

#include "parts.h"

/* The units of a sweep: unit k is block k % blocks of point k / blocks. */
typedef struct {
    int64_t points, blocks;
    pw_unit_name_t sweep;
    uint32_t results_version;
    int columns, inputs;      /* of a row: in all; those that are inputs, behind point, replication and scenario */
    pw_status_t (*name)(void *context, int64_t unit, pw_unit_name_t *out);
    pw_status_t (*add_inputs)(void *context, int64_t point, pw_text_t *to);      /* ",2.385,north": the inputs as they stand in a row */
    void *context;
} pw_units_t;

typedef struct {
    int64_t unit;
    char *reason;             /* owned; NULL in a list of duplicates */
    uint64_t place;
} pw_stock_entry_t;

typedef struct {
    const pw_units_t *units;
    char *folder;
    char **part;              /* names of the files, in order */
    int64_t n_parts, parts_read;
    int *part_inputs;         /* [part]: how many inputs the rows of another sweep's part have; -1: a part of this sweep */
    uint64_t *place;          /* [unit]: part and offset; 0: not there */
    int64_t done;             /* units */
    pw_stock_entry_t *failed; /* units that are not done, by unit */
    int64_t n_failed, failed_room;
    pw_stock_entry_t *again;  /* further records of units that are done, by unit */
    int64_t n_again, again_room;
    int64_t records, damaged, lost_bytes, torn, bytes;
    int64_t strangers;        /* records of units that this sweep does not have */
    char message[768];        /* what is wrong, as a sentence */
} pw_stock_t;

/* Reads the parts of `folder`. `only_shard` >= 0: parts whose names say that they are of another shard of the same number of shards are left unread (they hold
 * other units; a thousand tasks need not open a thousand files each). PW_ERROR_MISMATCH: a part was written by another version of the results; PW_ERROR_READ;
 * PW_ERROR_MEMORY; with a message. `self` arrives zeroed; free it in every case. `units` must outlive it. */
pw_status_t pw_stock_read(pw_stock_t *self, const pw_units_t *units, const char *folder, int64_t only_shard, int64_t shards);
void pw_stock_free(pw_stock_t *self);

bool pw_stock_has(const pw_stock_t *self, int64_t unit);
int64_t pw_stock_missing(const pw_stock_t *self);      /* not done, failed ones too */

/* Fetches records: reads each part through a window of its own, so that units which lie in their parts in order cost few reads, whatever the number of
 * parts. */
typedef struct {
    const pw_stock_t *stock;
    struct pw_stock_window *window;      /* [part] */
    size_t window_bytes;
    unsigned char *bytes;
    size_t room;
    pw_member_reader_t reader;
    char message[768];
} pw_stock_fetch_t;

pw_status_t pw_stock_fetch_init(pw_stock_fetch_t *self, const pw_stock_t *stock);
void pw_stock_fetch_free(pw_stock_fetch_t *self);
/* Replaces `rows` by those of a unit that is done; *part is the number of its file. All its records must hold the same rows, or PW_ERROR_MISMATCH is returned
 * with a message that names two files. PW_ERROR_INPUT: the record is damaged; PW_ERROR_READ; PW_ERROR_MEMORY. Units may be asked for in any order; rising is
 * fast. */
pw_status_t pw_stock_fetch(pw_stock_fetch_t *self, int64_t unit, pw_text_t *rows, int64_t *part);

#endif
