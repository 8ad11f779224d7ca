/* local.h: what a council's own numbers say, on a terminal and in a folder.
 *
 * What question it answers: does this place lie inside what the model can speak about, and where are the parameter sets for it?
 * Floor: report.
 *
 *   posterior.csv   set, weight, results, evidence, size (how many times as large as the files' areas), the estimates; without model.*: those
 *                   were of the places that the sets came from
 *   local.csv       each number: value, sd, mean and spread over the posterior, implausibility, mean afterwards       manifest.json; inputs/ */
#ifndef PW_REPORT_LOCAL_H
#define PW_REPORT_LOCAL_H

#include "../base/folder.h"
#include "../experiment/local.h"

pw_status_t pw_local_print(const pw_local_t *self, FILE *to);
/* The folder, whole; `files` are the inputs. */
pw_status_t pw_local_write(const pw_local_t *self, const pw_posterior_t *posterior, pw_folder_t *folder, const char *const *files, int n_files, int argc,
                           char *const *argv);

#endif
