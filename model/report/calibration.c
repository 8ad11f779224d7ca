#include "calibration.h"

#include <inttypes.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/csv.h"
#include "../base/digest.h"
#include "../base/memory.h"
#include "../base/number.h"
#include "../base/text.h"
#include "../base/version.h"
#include "../experiment/calibrate_variant.h"
#include "calibration_text.h"
#include "densities_svg.h"
#include "inputs.h"
#include "learnt_rows.h"
#include "manifest.h"
#include "scorecard.h"

int pw_watched_measures(const pw_catalogue_t *catalogue, const char *out[PW_MAX_WATCHED])
{
    static const char *const wanted[] = { "renotified_21_months", "renotified_12_months", "notifications_per_month", "cohort_families",
                                          "screened_to_no_further_action",
                                          "screened_to_letter", "initial_assessments_per_month", "core_assessments_per_month", "open_cases_at_end",
                                          "within_statutory_initial_assessment", "within_statutory_core_assessment", "end_on_plan", "end_looked_after",
                                          "occupancy_assessment", "occupancy_long_term", "return_ratio_letter_to_no_further_action" };
    int n = 0;
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
        if (pw_catalogue_find(catalogue, wanted[i]) >= 0)
            out[n++] = wanted[i];
    return n;
}

/* ---- posterior.csv ---- */

static const char *estimate_name(const pw_calibration_t *c, int k) { return c->spec->evidence.estimate[c->particles.estimate[k]].name; }

static const char *quantity_name(const pw_calibration_t *c, int q)
{
    return q < c->targets->n ? c->targets->target[q].name : c->study.quantity[q].measure->name;
}

/* Whether a set says what the model expects of this under it. */
static bool is_carried(const pw_calibration_t *c, int q)
{
    const char *name = c->study.quantity[q].measure->name;
    return !c->options.base || (q >= c->targets->n && (strcmp(name, "renotified_21_months") == 0 || strcmp(name, "notifications_per_month") == 0));
}

static void posterior_header(const pw_calibration_t *c, pw_csv_t *csv)
{
    static const char *const first[] = { "set", "weight", "results", "evidence" };
    for (int i = 0; i < 4; i++)
        pw_csv_text(csv, first[i]);
    for (int k = 0; k < c->particles.dims; k++)
        pw_csv_text(csv, estimate_name(c, k));
    for (int q = 0; q < c->study.n; q++) {
        char name[160];
        if (!is_carried(c, q))
            continue;
        snprintf(name, sizeof name, "model.%s", quantity_name(c, q));
        pw_csv_text(csv, name);
    }
    pw_csv_end(csv);
}

static double round6(double value)
{
    char text[40];
    double out = value;
    if (isfinite(value)) {
        snprintf(text, sizeof text, "%.6g", value);
        (void)pw_number_read_real(text, &out);
    }
    return out;
}

static void write_posterior(const pw_calibration_report_t *self, FILE *to)
{
    const pw_calibration_t *c = self->calibration;
    char evidence[PW_EVIDENCE_DIGITS + 1];
    pw_csv_t csv = { .to = to };
    int n = 0;
    pw_posterior_evidence(&c->spec->evidence, evidence);
    posterior_header(c, &csv);
    for (int s = 0; s < c->n_sets; s++) {
        if (c->weight[s] <= 0.0)
            continue;
        pw_csv_integer(&csv, n++);
        pw_csv_number(&csv, round6(c->weight[s]));
        pw_csv_integer(&csv, PW_RESULTS_VERSION);
        pw_csv_text(&csv, evidence);
        for (int k = 0; k < c->particles.dims; k++)
            pw_csv_number(&csv, pw_calibrate_value(c, s, k));
        for (int q = 0; q < c->study.n; q++)
            if (is_carried(c, q))
                pw_csv_number(&csv, round6(pw_calibrate_expected(c, s, q, 2)));
        pw_csv_end(&csv);
    }
}

/* ---- what was learnt ---- */

static void write_learnt(const pw_calibration_report_t *self, FILE *to)
{
    const pw_calibration_t *c = self->calibration;
    pw_learnt_t *learnt = pw_alloc((size_t)c->particles.dims, sizeof *learnt);
    if (learnt && pw_learnt_of(c, learnt) == PW_OK)
        pw_learnt_csv(learnt, c->particles.dims, &c->spec->evidence, to);
    pw_free(learnt);
}

static void write_correlations(const pw_calibration_report_t *self, FILE *to)
{
    static const char *const head[] = { "estimate", "other", "correlation" };
    const pw_calibration_t *c = self->calibration;
    pw_csv_t csv = { .to = to };
    for (size_t i = 0; i < 3; i++)
        pw_csv_text(&csv, head[i]);
    pw_csv_end(&csv);
    for (int a = 0; a < c->particles.dims; a++)
        for (int b = 0; b < a; b++) {
            double r = pw_learnt_correlation(c, a, b);
            if (a >= c->particles.focus && !(fabs(r) >= 0.2))      /* pairs of calibrated estimates all; of others what stands out */
                continue;
            pw_csv_text(&csv, estimate_name(c, b));
            pw_csv_text(&csv, estimate_name(c, a));
            pw_csv_number(&csv, round6(r));
            pw_csv_end(&csv);
        }
}

static void write_densities(const pw_calibration_report_t *self, FILE *to)
{
    static const char *const head[] = { "estimate", "from", "to", "prior", "posterior" };
    const pw_calibration_t *c = self->calibration;
    pw_csv_t csv = { .to = to };
    for (size_t i = 0; i < 5; i++)
        pw_csv_text(&csv, head[i]);
    pw_csv_end(&csv);
    for (int k = 0; k < c->particles.focus; k++)
        for (int bin = PW_DENSITY_FIRST; bin <= PW_DENSITY_LAST; bin++) {
            pw_csv_text(&csv, estimate_name(c, k));
            pw_csv_number(&csv, pw_particles_value(&c->particles, k, 0.5 * bin));
            pw_csv_number(&csv, pw_particles_value(&c->particles, k, 0.5 * bin + 0.5));
            pw_csv_number(&csv, round6(pw_density_prior(bin)));
            pw_csv_number(&csv, round6(pw_density_posterior(c, k, bin)));
            pw_csv_end(&csv);
        }
}

static void write_picture(const pw_calibration_report_t *self, FILE *to) { pw_densities_svg(self->calibration, to); }

static void write_targets(const pw_calibration_report_t *self, FILE *to)
{
    pw_score_t *score = pw_alloc((size_t)self->calibration->targets->n, sizeof *score);
    if (score && pw_calibrate_scores(self->calibration, score) == PW_OK)
        pw_scorecard_csv(score, self->calibration->targets->n, to);
    pw_free(score);
}

/* ---- the folder ---- */

typedef struct { const char *name; void (*write)(const pw_calibration_report_t *self, FILE *to); } part_t;
static const part_t part[] = { { "posterior.csv", write_posterior }, { "targets.csv", write_targets }, { "learnt.csv", write_learnt },
                               { "correlations.csv", write_correlations }, { "densities.csv", write_densities },
                               { "densities.svg", write_picture } };
enum { N_PARTS = sizeof part / sizeof part[0] };

static json_t *options_json(const pw_calibration_t *c)
{
    const pw_calibrate_options_t *o = &c->options;
    char seed[32];
    snprintf(seed, sizeof seed, "%" PRIu64, o->seed);
    return json_pack("{s:s, s:i, s:i, s:i, s:i, s:f, s:f, s:f, s:i, s:i}", "seed", seed, "particles", o->points, "studies", o->samples, "pilot", o->pilot,
                     "worlds",
                     o->worlds, "keep", o->keep, "tolerance", o->tolerance, "acceptance", o->acceptance, "moves", o->most_moves, "refresh", o->most_refreshing);
}

static json_t *variant_json(const pw_calibration_report_t *self)
{
    const pw_calibration_t *c = self->calibration, *base = c->options.base;
    const pw_target_t *last = &c->targets->target[c->targets->n - 1];
    return json_pack("{s:s, s:s, s:f, s:f, s:f, s:f, s:s}", "return_rate", self->variant, "measure", last->measure, "low", last->low, "high", last->high,
                     "base_tolerance", base->smc.tolerance, "notifications_per_month", pw_calibrate_mean(base, "notifications_per_month"), "base_state",
                     base->digest);
}

static json_t *reached_json(const pw_calibration_t *c)
{
    return json_pack("{s:i, s:f, s:f, s:i, s:f, s:I, s:f}", "generations", c->smc.generation, "tolerance", c->smc.tolerance, "acceptance", c->smc.acceptance,
                     "sets_judged",
                     c->n_sets, "effective_sets", pw_calibrate_effective_sets(c), "worlds", (json_int_t)c->worlds, "seconds", pw_calibrate_seconds(c));
}

static pw_status_t write_manifest(const pw_calibration_report_t *self, pw_folder_t *folder, const pw_inputs_t *inputs, char digest[N_PARTS][PW_DIGEST_ROOM])
{
    const pw_calibration_t *c = self->calibration;
    char *command = pw_command_line(self->argc, self->argv);
    json_t *results = json_array(), *read = json_array();
    for (int i = 0; i < N_PARTS; i++)
        json_array_append_new(results, json_pack("{s:s, s:s}", "file", part[i].name, "sha256", digest[i]));
    for (int i = 0; i < inputs->n; i++)
        json_array_append_new(read, json_pack("{s:s, s:s}", "file", inputs->input[i].copy, "sha256", inputs->input[i].sha256));
    json_t *root = json_pack("{s:i, s:i, s:{s:s, s:s, s:s}, s:s, s:s, s:o, s:o, s:o, s:o}", "schema", 1, "results_version", PW_RESULTS_VERSION, "program",
                             "name", "pathways",
                             "version", PW_VERSION, "commit", pw_version_commit(), "command", command ? command : "", "started", self->started, "options",
                             options_json(c), "reached", reached_json(c), "inputs", read, "results", results);
    if (root && self->variant)
        json_object_set_new(root, "variant", variant_json(self));
    FILE *file = pw_folder_file(folder, PW_FOLDER_MARK);
    pw_status_t status = root && command ? folder->status : PW_ERROR_MEMORY;
    if (file && status == PW_OK && (json_dumpf(root, file, JSON_INDENT(2) | JSON_REAL_PRECISION(6)) != 0 || putc('\n', file) == EOF))
        status = PW_ERROR_WRITE;
    pw_status_t closed = pw_folder_close(folder, file);
    json_decref(root);
    pw_free(command);
    return status != PW_OK ? status : closed;
}

static pw_status_t write_part(const pw_calibration_report_t *self, pw_folder_t *folder, int i, char digest[PW_DIGEST_ROOM])
{
    pw_text_t path = { 0 };
    FILE *file = pw_folder_file(folder, part[i].name);
    if (!file)
        return folder->status;
    part[i].write(self, file);
    pw_status_t status = pw_folder_close(folder, file);
    pw_text_printf(&path, "%s/%s", folder->hidden, part[i].name);
    if (status == PW_OK)
        status = path.failed ? PW_ERROR_MEMORY : pw_digest_file(pw_text_get(&path), digest);
    pw_text_free(&path);
    return status;
}

static pw_status_t write_state(const pw_calibration_t *calibration, pw_folder_t *folder)
{
    pw_text_t text = { 0 };
    pw_status_t status = pw_calibrate_state(calibration, &text);
    if (status == PW_OK)
        status = pw_folder_write(folder, PW_SAMPLER_STATE, text.bytes, text.n);
    pw_text_free(&text);
    return status;
}

pw_status_t pw_calibration_write(const pw_calibration_report_t *self, pw_folder_t *folder)
{
    char digest[N_PARTS][PW_DIGEST_ROOM];
    pw_inputs_t inputs = { 0 };
    pw_status_t status = pw_inputs_add_tree(&inputs, self->calibration->spec->tree);
    if (status == PW_OK)
        status = pw_inputs_add(&inputs, self->targets_file);
    if (status == PW_OK)
        status = pw_inputs_copy(&inputs, folder);
    for (int i = 0; i < N_PARTS && status == PW_OK; i++)
        status = write_part(self, folder, i, digest[i]);
    if (status == PW_OK && !self->variant)
        status = write_state(self->calibration, folder);
    if (status == PW_OK)
        status = write_manifest(self, folder, &inputs, digest);
    pw_inputs_free(&inputs);
    return status == PW_OK ? pw_folder_commit(folder) : status;
}

/* ---- reading back ---- */

static bool read_options(const json_t *root, pw_calibrate_options_t *out)
{
    json_t *o = json_object_get(root, "options");
    const char *seed;
    return json_unpack(o, "{s:s, s:i, s:i, s:i, s:i, s:F, s:F, s:F, s:i, s:i}", "seed", &seed, "particles", &out->points, "studies", &out->samples, "pilot",
                       &out->pilot, "worlds", &out->worlds, "keep", &out->keep, "tolerance", &out->tolerance, "acceptance", &out->acceptance, "moves",
                       &out->most_moves, "refresh", &out->most_refreshing) == 0 &&
           (out->seed = strtoull(seed, NULL, 10), out->points > 0);
}

pw_status_t pw_calibration_options(const char *folder, pw_calibrate_options_t *out, pw_findings_t *findings)
{
    pw_text_t path = { 0 };
    pw_text_printf(&path, "%s/%s", folder, PW_FOLDER_MARK);
    json_t *root = path.failed ? NULL : json_load_file(pw_text_get(&path), 0, NULL);
    bool read = root && read_options(root, out);
    if (!read)
        pw_findings_add(findings, pw_text_get(&path), 0, NULL,
                        "this is not the manifest of a calibration; pathways calibrate makes one (--out), and --from names its folder");
    json_decref(root);
    pw_text_free(&path);
    return read ? PW_OK : PW_ERROR_INPUT;
}
