/* output.h: a run's folder, output/NAME/.
 *
 * What question it answers: where do a run's results go, and are they all there?
 * Floor: report. Everything goes through the one writer (base/folder.h): the folder comes into being whole, or not at all. */
#ifndef PW_REPORT_OUTPUT_H
#define PW_REPORT_OUTPUT_H

#include "../experiment/posterior.h"
#include "../experiment/targets.h"
#include "inputs.h"
#include "manifest.h"

enum { PW_MAX_WRITTEN = 24 };

typedef struct {
    pw_folder_t folder;
    pw_inputs_t inputs;
    pw_written_t written[PW_MAX_WRITTEN];
    int n_written;
    FILE *world;                          /* world.csv while the run goes on; NULL: not asked */
} pw_output_t;

/* Refuses before any work what cannot be written, and copies the inputs as read. `self` arrives zeroed; free it in every case. */
pw_status_t pw_output_begin(pw_output_t *self, const char *path, bool force);
pw_status_t pw_output_inputs(pw_output_t *self, const pw_spec_t *const *specs, int n_specs, const char *targets_file, const char *parameter_file);

/* world.csv, chunk by chunk: begin it, and hand pw_output_watch with the output as context to the run. */
pw_status_t pw_output_begin_worlds(pw_output_t *self, const pw_run_t *run);
pw_status_t pw_output_watch(void *output, const pw_run_t *run, const pw_worlds_t *worlds);

/* All files, manifest last; then the folder takes its place. `posterior`: what the draws are from, for learnt.csv; NULL: not from one. PW_ERROR_STOPPED if
 * somebody asked to stop meanwhile. manifest->written, inputs and run are filled in here. */
pw_status_t pw_output_finish(pw_output_t *self, const pw_run_t *run, const pw_targets_t *targets, const pw_posterior_t *posterior, pw_manifest_t *manifest);

void pw_output_free(pw_output_t *self);

#endif
