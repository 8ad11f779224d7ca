/* centres.h: each covariate's average in the baseline, at each place where a chance is taken.
 *
 * What question it answers: what does a ratio count from, so that every percentage reads as the average?
 * Floor: spec. The pilot (`pathways centres`) makes them from a census of the baseline; params/centres.cfg holds them:
 *
 *   centres = ( { at = "incident"; child_present = 0.52; ... }, { at = "stages.screening"; ... } );
 *   risk: { centre = -0.8; scale = 1.1; auc = ( 0.51, 0.7, 0.82 ); noise_sd = ( 21.5, 2.3, 0.0 ); };
 *
 * Places (world/census.h): entry, time, incident, police, engagement, stages.NAME, services.NAME. */
#ifndef PW_SPEC_CENTRES_H
#define PW_SPEC_CENTRES_H

#include "../base/text.h"
#include "schema.h"

/* Reads the list `centres` of the reader's tree into its spec. */
void pw_centres_read(pw_reader_t *reader);

/* The centre of a covariate (a bit, or PW_MAX_BITS + a number) at a place. What the scenario itself brings (a stage, service, team or
 * attribute that its base has not) counts from 0, and so does in_stage_, in_service_ and completed_ where the file has none.
 * False: there should be one and there is none; *out is then 0. */
bool pw_centre_get(const pw_spec_t *spec, int place, int covariate, double *out);

/* Averages of a census of `spec` (sums over all worlds and areas): every attribute, built-in covariate, count and workload of the
 * model at every place that was visited; in_stage_ and the like where they were ever 1. Rounded to 6 digits. */
void pw_centres_from_census(const pw_spec_t *spec, const pw_census_t *census, pw_centres_t *out);

/* Appends the file's text: `centres`, and `risk` with the noise that gives each of n areas under the ROC curve. */
void pw_centres_write(const pw_spec_t *spec, const pw_centres_t *centres, double risk_centre, double risk_scale, const double *auc,
                      const double *noise_sd, int n, pw_text_t *out);

/* Writes a place's name: "incident", "stages.screening". */
void pw_place_name(const pw_spec_t *spec, int place, char *out, size_t room);

#endif
