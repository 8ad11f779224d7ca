/* compile.h: the model as plain structs and one value for every estimate, made into the world's flat arrays.
 *
 * What question it answers: which numbers does the simulation run on, in this area, under this scenario, for this parameter set?
 * Floor: spec. Units are converted here, once: percent to probabilities, per year to per day, days to ticks.
 *
 * How draws are held to what is lawful: a drawn value beyond its setting's range is brought to the range's edge; a remainder that the
 * other shares leave below 0 is 0 (the shares then count as weights); a 95th percentile drawn below its median is brought just above it.
 *
 * What a scenario changes takes hold at day 0; its places and new services at its from_month. What it takes out stays as a ghost: a
 * stage, team or service is marked `removed`; an effect keeps its index and its slot with ratio 1; a cost keeps its index at 0 pounds. */
#ifndef PW_SPEC_COMPILE_H
#define PW_SPEC_COMPILE_H

#include "spec.h"

/* Compiles `spec` with `values` (of spec->evidence) for an area. For a scenario, `baseline` gives the order of stages, teams, services,
 * effects and costs, and `baseline_model` (the baseline compiled for the same area and draw) what does not depend on a policy: who enters
 * (entry_reported, entry_notifies), and places before the policy starts. The baseline itself is compiled with NULL for both.
 * Returns PW_OK; PW_ERROR_INPUT with findings (it does not fit `baseline`, or a fixed limit); PW_ERROR_NUMBER; PW_ERROR_MEMORY.
 * `out` is large (about half a megabyte) and owned by the caller; it holds no pointers. */
pw_status_t pw_compile(const pw_spec_t *spec, const pw_values_t *values, const pw_spec_t *baseline, const pw_model_t *baseline_model, int area,
                       pw_model_t *out, pw_findings_t *findings);

/* The reference world of a baseline model: no notification is sent, nothing acts on anybody. */
pw_status_t pw_compile_reference(const pw_model_t *baseline_model, pw_model_t *out);

/* ---- its parts ---- */
typedef struct {
    const pw_spec_t *spec, *baseline;          /* baseline: NULL for the baseline itself */
    const pw_values_t *values;
    const pw_model_t *before;                  /* the baseline's model; NULL for the baseline itself */
    int area;
    pw_model_t *model;
    pw_findings_t *findings;
    pw_ticks_t start;                          /* when the policy's places and new services begin */
    pw_status_t status;
} pw_compiler_t;

double pw_compile_number(const pw_compiler_t *self, const pw_setting_t *setting);
pw_ticks_t pw_compile_days(const pw_compiler_t *self, const pw_setting_t *setting);
pw_span_t pw_compile_span(const pw_compiler_t *self, const pw_length_t *length);
void pw_compile_chance(const pw_compiler_t *self, const pw_chance_t *chance, pw_predictor_t *out);
void pw_compile_choice(const pw_compiler_t *self, const pw_exits_t *exits, pw_choice_t *out);
void pw_compile_families(pw_compiler_t *self);         /* compile_family.c */
void pw_compile_pathway(pw_compiler_t *self);          /* compile_pathway.c: stages, teams, services */
void pw_compile_effects(pw_compiler_t *self);          /* compile_effects.c: effects and costs, with the owners' masks */

#endif
