/* sweep_folder.h: the folder that a sweep lives in, from its first process to its last.
 *
 * What question it answers: which sweep does this folder belong to, and is it the one that is asked for?
 * Floor: report.
 *
 *     manifest.json      what is swept, from what, with what; made once
 *     inputs/            the design, the baseline, the scenarios, as they were read: the folder needs nothing else to go on, on any machine; inputs-2/ after an
 *                        extension
 *     parts/             what is done (experiment/parts.h)
 *     merged.csv.gz, summary.csv, datapackage.json       made by a merge
 *
 * Any number of processes may come at once. Each makes manifest and inputs in a hidden folder of its own beside the target and renames it into place: one wins,
 * the others find a folder that is there, whole, and hold their sweep to it. Two sweeps are the same if all that their rows depend on is the same
 * (pw_sweep_identity), comments and names of files aside. */
#ifndef PW_REPORT_SWEEP_FOLDER_H
#define PW_REPORT_SWEEP_FOLDER_H

#include "../experiment/sweep_rows.h"

typedef struct {
    char *path;
    pw_unit_name_t identity;
    pw_sweep_request_t request;                 /* with files in path/inputs: what makes the sweep again */
    int64_t stage[PW_MAX_SWEEP_STAGES];
    char *text[3 * PW_MAX_SWEEP_SETS];          /* owned texts of `request` */
    const char *list[3 * PW_MAX_SWEEP_SETS];
    int n_texts, n_list;
    int64_t points, units;
    int results_version;
    char *inputs;                               /* "inputs", after extensions "inputs-2" ...; owned */
    char *command, *started;                    /* of the process that made it; owned */
    bool made;                                  /* by this process */
    char message[768];                          /* a sentence; "" if nothing is wrong */
} pw_sweep_folder_t;

/* Whether there is a sweep at `path`: PW_OK; PW_ERROR_READ: nothing or an empty folder is there; PW_ERROR_EXISTS: something else is, and a message says
 * what. */
pw_status_t pw_sweep_folder_look(pw_sweep_folder_t *self, const char *path);

/* Reads the manifest. PW_ERROR_READ, PW_ERROR_INPUT, PW_ERROR_MISMATCH (another version of the results), PW_ERROR_MEMORY. `self` arrives zeroed; free it in
 * every case. */
pw_status_t pw_sweep_folder_read(pw_sweep_folder_t *self, const char *path);

/* Opens the sweep that the folder was made for, from its own inputs. PW_ERROR_INPUT with findings; PW_ERROR_MISMATCH: the inputs no longer give the sweep that
 * the manifest speaks of; PW_ERROR_MEMORY. `sweep` arrives zeroed and is the caller's to free. `self` must outlive it. */
pw_status_t pw_sweep_folder_open(pw_sweep_folder_t *self, pw_sweep_t *sweep, pw_findings_t *findings);

/* Holds `sweep` to the folder's: PW_OK or PW_ERROR_MISMATCH with what differs. */
pw_status_t pw_sweep_folder_same(pw_sweep_folder_t *self, const pw_sweep_t *sweep);

/* Makes the folder of `sweep` at `path`, or finds that another process has just made it: either way `self` is read from it and held to the sweep. `argc`,
 * `argv`: the command line, "pathways" first. PW_ERROR_EXISTS, PW_ERROR_WRITE, PW_ERROR_MISMATCH, PW_ERROR_MEMORY. */
pw_status_t pw_sweep_folder_make(pw_sweep_folder_t *self, const char *path, const pw_sweep_t *sweep, const pw_sweep_request_t *request, int argc,
                                 char *const *argv);

/* Puts another manifest, and inputs, in the place of the folder's: the sweep has more points or replications now. What is in parts stays, and is known by its
 * units' names. PW_ERROR_WRITE, PW_ERROR_MEMORY. */
pw_status_t pw_sweep_folder_extend(pw_sweep_folder_t *self, const pw_sweep_t *sweep, const pw_sweep_request_t *request, int argc, char *const *argv);

void pw_sweep_folder_free(pw_sweep_folder_t *self);

#endif
