#include "calibrate.h"

#include <math.h>
#include <string.h>

#include "../base/digest.h"
#include "../base/memory.h"
#include "../base/moment.h"
#include "../base/number.h"
#include "../base/progress.h"
#include "../base/text.h"
#include "calibrate_variant.h"

enum { BLOCK = 64 };
static const double DIFFERENT = 0.8;                   /* effective share of different points that refreshing aims at */

double pw_calibrate_seconds(const pw_calibration_t *self) { return self->seconds + pw_moment_seconds() - self->started; }

/* ---- making ---- */

/* What a state must agree with: everything that its points depend on. How long to refresh and in how many worlds to judge may be asked for anew. */
static pw_status_t digest(pw_calibration_t *self)
{
    const pw_calibrate_options_t *o = &self->options;
    pw_text_t text = { 0 };
    pw_text_printf(&text, "%d %d %d %d %.17g %.17g %.17g %d %llu\n", PW_RESULTS_VERSION, o->points, o->samples, o->pilot, o->keep, o->tolerance,
                   o->acceptance, o->most_moves, (unsigned long long)o->seed);
    for (int k = 0; k < self->spec->evidence.n; k++) {
        const pw_estimate_t *e = &self->spec->evidence.estimate[k];
        pw_text_printf(&text, "%s %d %d %d %.17g %.17g %.17g\n", e->name, e->quantity, e->distribution, e->calibrate, e->value, e->a, e->b);
    }
    for (int t = 0; t < self->targets->n; t++) {
        const pw_target_t *x = &self->targets->target[t];
        pw_text_printf(&text, "%s %s %s %s %d %d %.17g %.17g %.17g %.17g %.17g\n", x->name, x->measure, x->subgroup ? x->subgroup : "",
                       x->divided_by ? x->divided_by : "", x->kind, x->use, x->low, x->high, x->of, x->least, x->most);
    }
    for (int q = 0; q < self->study.n; q++)
        pw_text_printf(&text, "%s\n", self->study.quantity[q].measure->name);
    if (o->base)
        pw_text_printf(&text, "of %s, generation %d\n", o->base->digest, o->base->smc.generation);
    bool failed = text.failed;
    pw_digest_bytes(pw_text_get(&text), strlen(pw_text_get(&text)), self->digest);
    pw_text_free(&text);
    return failed ? PW_ERROR_MEMORY : PW_OK;
}

static void check(const pw_calibration_t *self, pw_findings_t *findings)
{
    bool fitted = false, to_fit = false;
    for (int t = 0; t < self->targets->n; t++)
        fitted |= self->targets->target[t].use == PW_TARGET_FITTED;
    for (int k = 0; k < self->spec->evidence.n; k++)
        to_fit |= self->spec->evidence.estimate[k].calibrate;
    if (!fitted)
        pw_findings_add(findings, NULL, 0, "targets", "no target is fitted (use = \"fitted\"): there is nothing to calibrate to");
    if (!to_fit)
        pw_findings_add(findings, self->spec->file, 0, "evidence", "no estimate says calibrate = true: there is nothing to calibrate");
}

pw_status_t pw_calibrate_init(pw_calibration_t *self, const pw_calibrate_options_t *options, const pw_spec_t *spec, const pw_targets_t *targets,
                              const pw_run_t *run, const char *const *others, int n_others, pw_findings_t *findings)
{
    size_t before = findings->n, n_targets = (size_t)targets->n;
    *self = (pw_calibration_t){ .options = *options, .spec = spec, .targets = targets, .run = run, .started = pw_moment_seconds() };
    pw_targets_check_measures(targets, &run->catalogue, findings);
    pw_targets_check_evidence(targets, &spec->evidence, findings);
    check(self, findings);
    if (findings->n > before)
        return PW_ERROR_INPUT;
    pw_status_t status = pw_study_init(&self->study, targets, &run->layout, &run->catalogue, others, n_others, findings);
    if (status == PW_OK)
        status = pw_particles_init(&self->particles, spec, run, &self->study, options->seed, options->threads, options->stop);
    self->spread = pw_alloc(n_targets, sizeof(double));
    self->pilot_low = pw_alloc(n_targets, sizeof(double));
    self->pilot_high = pw_alloc(n_targets, sizeof(double));
    if (!self->spread || !self->pilot_low || !self->pilot_high)
        return PW_ERROR_MEMORY;
    return status == PW_OK ? digest(self) : status;
}

void pw_calibrate_free(pw_calibration_t *self)
{
    pw_smc_free(&self->smc);
    pw_particles_free(&self->particles);
    pw_study_free(&self->study);
    pw_free(self->spread);
    pw_free(self->pilot_low);
    pw_free(self->pilot_high);
    pw_free(self->point);
    pw_free(self->copies);
    pw_free(self->factor);
    pw_free(self->first);
    pw_free(self->second);
    pw_free(self->found);
    pw_free(self->weight);
    *self = (pw_calibration_t){ 0 };
}

/* ---- distances ---- */

double pw_calibrate_gap(const pw_target_t *target, double found, double expected, double spread)
{
    if (target->use != PW_TARGET_FITTED || target->kind == PW_TARGET_EQUALITY)
        return 0.0;
    double low = target->low, high = target->high, value = expected;
    if (pw_target_is_counted(target)) {
        double share = fmin(target->of - 0.5, fmax(0.5, 0.5 * (target->least + target->most))) / target->of;
        low = target->least;
        high = target->most;
        value = found;
        spread = sqrt(target->of * share * (1.0 - share));
    }
    if (isnan(value))
        return INFINITY;
    double gap = value < low ? low - value : value > high ? value - high : 0.0;      /* nan ends are open */
    return gap == 0.0 ? 0.0 : pw_target_is_counted(target) ? gap / spread : gap / (0.25 * spread);
}

static void distances_of(const pw_calibration_t *self, const double *sums, const double *found, double *distance)
{
    for (int m = 0; m < self->options.samples; m++)
        distance[m] = 0.0;
    for (int t = 0; t < self->targets->n; t++) {
        double expected = pw_study_expected(&self->study, sums, t);
        for (int m = 0; m < self->options.samples; m++) {
            double gap = pw_calibrate_gap(&self->targets->target[t], found[m * self->targets->n + t], expected, self->spread[t]);
            if (self->options.base)
                distance[m] = pw_calibrate_variant_gap(self, t, distance[m], gap);
            else
                distance[m] = gap > distance[m] ? gap : distance[m];
        }
    }
}

static pw_status_t simulate(void *context, int n, const double *z, const uint64_t *number, double *distance)
{
    pw_calibration_t *self = context;
    pw_progress_t progress = { 0 };
    size_t n_sums = (size_t)self->study.n * PW_STUDY_SUMS, samples = (size_t)self->options.samples, n_found = samples * (size_t)self->targets->n;
    double *sums = pw_alloc(BLOCK * n_sums, sizeof *sums), *found = pw_alloc(BLOCK * n_found, sizeof *found);
    pw_status_t status = sums && found ? PW_OK : PW_ERROR_MEMORY;
    pw_progress_begin(&progress, self->options.say, "sets of this move", n, !self->options.say);
    for (int from = 0; from < n && status == PW_OK; from += BLOCK) {
        int block = n - from < BLOCK ? n - from : BLOCK;
        status = pw_particles_run(&self->particles, block, z + (size_t)from * (size_t)self->particles.dims, number + from, NULL, 1, (int)samples, sums, found);
        for (int i = 0; i < block && status == PW_OK; i++)
            distances_of(self, sums + (size_t)i * n_sums, found + (size_t)i * n_found, distance + (size_t)(from + i) * samples);
        pw_progress_set(&progress, from + block);
    }
    pw_progress_end(&progress);
    self->worlds += status == PW_OK ? n : 0;
    pw_free(sums);
    pw_free(found);
    return status;
}

/* ---- going ---- */

static void say(const pw_calibration_t *self, double before)
{
    const pw_smc_t *smc = &self->smc;
    char left[64] = "";
    if (!self->options.say)
        return;
    double seconds = pw_calibrate_seconds(self), end = self->options.tolerance;
    if (before < 1e9 && smc->tolerance < before && smc->tolerance > end && end > 0.0) {
        char span[32];
        double generations = log(smc->tolerance / end) / log(before / smc->tolerance);
        snprintf(left, sizeof left, ", about %s to the tolerance asked for", pw_progress_span(generations * seconds / smc->generation, span, sizeof span));
    }
    fprintf(self->options.say, "generation %d: tolerance %.3f, acceptance %.2f, %d moves, effective sample size %.0f of %d, %.0f different; %lld "
            "worlds, %.0f a second%s\n",
            smc->generation, smc->tolerance, smc->acceptance, smc->moves, smc->ess, smc->options.points, pw_smc_distinct(smc), (long long)self->worlds,
            (double)self->worlds / fmax(seconds, 1e-9), left);
    fflush(self->options.say);
}

static pw_status_t sample(pw_calibration_t *self)
{
    const pw_calibrate_options_t *o = &self->options;
    pw_smc_model_t model = { simulate, self };
    pw_smc_options_t options = { .points = o->points, .samples = o->samples, .dims = self->particles.dims, .focus = self->particles.focus, .keep = o->keep,
                                 .tolerance_end = o->tolerance, .acceptance_end = o->acceptance, .most_moves = o->most_moves, .seed = o->seed };
    pw_status_t status = PW_OK;
    if (!self->smc.z) {
        pw_smc_free(&self->smc);
        status = o->base ? pw_smc_continue(&self->smc, &options, &o->base->smc, &model) : pw_smc_begin(&self->smc, &options, &model);
        if (status == PW_OK)
            status = pw_calibrate_save(self);
    }
    while (status == PW_OK && !pw_smc_ended(&self->smc)) {
        double before = self->smc.tolerance;
        status = pw_smc_step(&self->smc, &model);
        if (status == PW_OK) {
            say(self, before);
            status = pw_calibrate_save(self);
        }
    }
    return status;
}

static pw_status_t refresh(pw_calibration_t *self)
{
    pw_smc_model_t model = { simulate, self };
    pw_status_t status = PW_OK;
    while (status == PW_OK && self->refreshed < self->options.most_refreshing && pw_smc_distinct(&self->smc) < DIFFERENT * self->options.points) {
        status = pw_smc_move(&self->smc, &model);
        if (status == PW_OK) {
            self->refreshed++;
            say(self, INFINITY);
            status = pw_calibrate_save(self);
        }
    }
    return status;
}

static pw_status_t go_on(pw_calibration_t *self, pw_findings_t *findings)
{
    pw_status_t status = PW_OK;
    if (self->phase == PW_CALIBRATE_PILOT) {
        status = pw_calibrate_variant_spreads(self) ? PW_OK : pw_calibrate_pilot(self, findings);
        self->phase += status == PW_OK;
    }
    if (status == PW_OK && self->phase == PW_CALIBRATE_SAMPLER) {
        status = sample(self);
        self->phase += status == PW_OK;
    }
    if (status == PW_OK && self->phase == PW_CALIBRATE_REFRESHING) {
        status = refresh(self);
        if (status == PW_OK)
            status = pw_calibrate_judge_make(self);
        if (status == PW_OK && self->options.base)
            status = pw_calibrate_variant_sizes(self);
        self->phase += status == PW_OK;
    }
    if (status == PW_OK && self->phase == PW_CALIBRATE_JUDGING) {
        status = pw_calibrate_judge(self);
        self->phase += status == PW_OK;
    }
    return status;
}

pw_status_t pw_calibrate_go(pw_calibration_t *self, pw_findings_t *findings)
{
    pw_status_t status = pw_calibrate_load(self, findings);
    self->started = pw_moment_seconds();
    if (status == PW_OK)
        status = go_on(self, findings);
    return status == PW_ERROR_STOPPED ? PW_INCOMPLETE : status;
}
