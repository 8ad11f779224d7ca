#include "switches.h"

#include <math.h>
#include <string.h>

#include "../base/memory.h"
#include "breakeven.h"
#include "lever.h"

static const double SLOW_RATIO = 2.0;      /* times as long for one more team's worth of load */
static const double LOW_RETURN = 39.0, HIGH_RETURN = 65.0;      /* % of the cohort: no figure is known */
static const char RETURNED[] = "renotified_21_months", VOLUME[] = "notifications_per_month";
static const char INCIDENTS[] = "incidents_per_year", ENTRIES[] = "families_per_month";
enum { MOST_MEASURES = 96, RETURN_WORLDS = 12 };

const char *pw_switch_name(int which)
{
    static const char *const name[] = {
#define X(name, meaning) #name,
        PW_SWITCHES(X)
#undef X
    };
    return name[which];
}

const char *pw_switch_meaning(int which)
{
    static const char *const text[] = {
#define X(name, meaning) meaning,
        PW_SWITCHES(X)
#undef X
    };
    return text[which];
}

const char *pw_conclusion_name(int conclusion)
{
    static const char *const name[] = { "cannot tell", "better", "worse", "no difference" };
    return name[conclusion];
}

/* ---- the work on one question ---- */

typedef struct {
    pw_switches_t *out;
    const pw_switches_asked_t *asked;
    pw_text_t *why;
    pw_findings_t *findings;
    double workload[PW_MAX_TEAMS];             /* of the baseline's teams, as the files say; nan: not limited */
    pw_mean_t *outcome, *pounds;               /* [scenario]: the parts of the net benefit, as the files say */
} work_t;

static pw_switch_cell_t *cell(const pw_switches_t *self, int which, int scenario, int measure)
{
    return &self->cell[((size_t)which * (size_t)self->n_scenarios + (size_t)scenario) * (size_t)self->n_measures + (size_t)measure];
}

const pw_switch_cell_t *pw_switches_cell(const pw_switches_t *self, int which, int scenario, int measure) { return cell(self, which, scenario, measure); }

static int conclude(const pw_mean_t *change, int direction)
{
    if (change->mean == 0.0 && change->se == 0.0)
        return PW_CONCLUSION_SAME;
    if (isnan(change->mean) || !pw_gain_is_clear(change))
        return PW_CONCLUSION_CANNOT_TELL;
    return change->mean * direction > 0.0 ? PW_CONCLUSION_BETTER : PW_CONCLUSION_WORSE;
}

static bool has_net_benefit(const work_t *self) { return !isnan(self->asked->goal.threshold); }

/* ---- the share that comes back ---- */

/* Two estimates multiplied, in the baseline and the scenarios alike. */
typedef struct { double incidents, entries; } factors_t;

static pw_status_t multiply(void *factors, const pw_spec_t *spec, int scenario, int64_t draw, pw_values_t *inout)
{
    const factors_t *self = factors;
    int incidents = pw_evidence_find(&spec->evidence, INCIDENTS), entries = pw_evidence_find(&spec->evidence, ENTRIES);
    (void)scenario;
    (void)draw;
    if (incidents >= 0)
        pw_values_put(inout, &spec->evidence, incidents, inout->drawn[incidents] * self->incidents);
    if (entries >= 0)
        pw_values_put(inout, &spec->evidence, entries, inout->drawn[entries] * self->entries);
    return PW_OK;
}

typedef struct { const work_t *work; double target, volume; } returning_t;      /* volume: of the last look */

/* The baseline alone, every estimate at its value: its share that comes back, less the target. */
static pw_status_t return_at(void *context, double factor, pw_mean_t *out)
{
    returning_t *self = context;
    factors_t factors = { factor, 1.0 };
    pw_run_request_t request = self->work->asked->request;
    request.spec = self->work->asked->spec;
    request.n_scenarios = 1;
    request.draws = 0;
    request.replications = RETURN_WORLDS;
    request.values = (pw_values_hook_t){ multiply, &factors };
    pw_evaluation_t *evaluation = pw_alloc(1, sizeof *evaluation);
    pw_status_t status = evaluation ? pw_evaluation_prepare(evaluation, &request, self->work->findings) : PW_ERROR_MEMORY;
    if (status == PW_OK) {
        const pw_catalogue_t *catalogue = &evaluation->run.catalogue;
        int all = evaluation->run.roster.n_areas;
        int share = pw_evaluation_follow(evaluation, pw_catalogue_find(catalogue, RETURNED), all),
            volume = pw_evaluation_follow(evaluation, pw_catalogue_find(catalogue, VOLUME), all);
        status = pw_evaluation_go(evaluation, self->work->findings);
        if (status == PW_OK) {
            *out = pw_evaluation_mean(evaluation, 0, -1, share);
            out->mean -= self->target;
            self->volume = pw_evaluation_mean(evaluation, 0, -1, volume).mean;
        }
    }
    if (evaluation)
        pw_evaluation_free(evaluation);
    pw_free(evaluation);
    return status;
}

static bool has_return(const work_t *self)
{
    const pw_evidence_t *evidence = &self->asked->spec[0]->evidence;
    bool estimates = pw_evidence_find(evidence, INCIDENTS) >= 0 && pw_evidence_find(evidence, ENTRIES) >= 0;
    for (int m = 0; m < self->out->n_measures && estimates; m++)
        if (strcmp(self->out->measure[m], RETURNED) == 0)
            return true;
    return false;
}

/* What to multiply by; *found is false where nothing within a tenth and ten times the rate brings the share. */
static pw_status_t find_factors(const work_t *self, int which, factors_t *out, bool *found)
{
    returning_t returning = { self, which == PW_SWITCH_return_low ? LOW_RETURN : HIGH_RETURN, NAN };
    pw_breakeven_range_t range = { .low = 0.1, .high = 10.0, .logarithmic = true };
    pw_breakeven_t answer;
    pw_mean_t unread;
    pw_status_t status = return_at(&returning, 1.0, &unread);
    double volume = returning.volume;
    if (status == PW_OK)
        status = pw_breakeven_find(return_at, &returning, &range, &answer);
    *found = status == PW_OK && answer.verdict == PW_BREAKEVEN_FOUND;
    if (*found)
        status = return_at(&returning, answer.value, &unread);
    *out = (factors_t){ answer.value, volume / returning.volume };
    return status;
}

/* ---- what is looked at ---- */

static bool is_displaced(const pw_definition_t *d) { return strcmp(d->theme, "harm") == 0 || strcmp(d->name, "repeat_notifications") == 0; }

static pw_status_t list_measures(work_t *self, const pw_catalogue_t *catalogue)
{
    pw_switches_t *out = self->out;
    int room = catalogue->n + 1;
    out->n_scenarios = self->asked->n_specs - 1;
    out->measure = pw_alloc((size_t)room, sizeof out->measure[0]);
    out->unit = pw_alloc((size_t)room, sizeof out->unit[0]);
    out->direction = pw_alloc((size_t)room, sizeof out->direction[0]);
    out->displaced = pw_alloc((size_t)room, sizeof out->displaced[0]);
    self->outcome = pw_alloc((size_t)out->n_scenarios, sizeof self->outcome[0]);
    self->pounds = pw_alloc((size_t)out->n_scenarios, sizeof self->pounds[0]);
    if (!out->measure || !out->unit || !out->direction || !out->displaced || !self->outcome || !self->pounds)
        return PW_ERROR_MEMORY;
    for (int m = 0; m < catalogue->n; m++) {
        const pw_measure_t *measure = &catalogue->measure[m];
        if (!measure->headline || measure->if_changed || measure->definition->direction == PW_NO_DIRECTION)
            continue;
        int k = out->n_measures++;
        snprintf(out->measure[k], sizeof out->measure[k], "%s", measure->name);
        out->unit[k] = measure->definition->unit;
        out->direction[k] = measure->definition->direction;
        out->displaced[k] = is_displaced(measure->definition);
    }
    if (has_net_benefit(self)) {
        snprintf(out->measure[out->n_measures], sizeof out->measure[0], "%s", PW_GOAL_NET_BENEFIT);
        out->direction[out->n_measures++] = PW_HIGHER_IS_BETTER;
    }
    out->cell = pw_alloc((size_t)(PW_SWITCH_N * out->n_scenarios) * (size_t)out->n_measures, sizeof out->cell[0]);
    return out->cell ? PW_OK : PW_ERROR_MEMORY;
}

/* ---- the models of an alternative ---- */

static void slow_down(const work_t *self, pw_spec_t *spec)
{
    for (int t = 0; t < spec->teams.n; t++)
        spec->teams.item[t].limits = false;
    for (int i = 0; i < spec->stages.n; i++) {
        pw_stage_spec_t *stage = &spec->stages.item[i];
        int team = stage->team;
        if (team < 0 || team >= PW_MAX_TEAMS || isnan(self->workload[team]) || stage->duration_ratio.node)
            continue;
        int number = PW_NUMBER_WORKLOAD_0 + team, place = PW_PLACE_STAGE_0 + i;
        stage->duration_ratio.node = stage->is.node;
        for (int a = 0; a < PW_MAX_AREAS; a++)
            stage->duration_ratio.workload.number[a] = SLOW_RATIO;
        spec->centres.have_number[place] |= UINT32_C(1) << number;
        spec->centres.number[place][number] = self->workload[team];
    }
}

/* The estimate that an alternative holds, and where; NULL: none. */
static const char *held_estimate(const pw_spec_t *baseline, int which, double *value)
{
    const char *name = which == PW_SWITCH_separation_only_lowers ? "separation_early"
                       : which == PW_SWITCH_gap_shape_low || which == PW_SWITCH_gap_shape_high ? "gap_shape" : NULL;
    int e = name ? pw_evidence_find(&baseline->evidence, name) : -1;
    if (e < 0)
        return name;
    const pw_estimate_t *estimate = &baseline->evidence.estimate[e];
    *value = which == PW_SWITCH_separation_only_lowers ? 1.0 : which == PW_SWITCH_gap_shape_low ? estimate->low : estimate->high;
    return name;
}

/* ---- one run ---- */

static int find_team_measure(const pw_catalogue_t *catalogue, const char *team)
{
    char name[2 * PW_NAME_LENGTH];
    snprintf(name, sizeof name, "occupancy_%s", team);
    return pw_catalogue_find(catalogue, name);
}

typedef struct { int line[MOST_MEASURES], occupancy[PW_MAX_TEAMS]; pw_goal_t goal; } lines_t;

static pw_status_t follow(work_t *self, pw_evaluation_t *evaluation, lines_t *lines)
{
    const pw_catalogue_t *catalogue = &evaluation->run.catalogue;
    const pw_spec_t *baseline = self->asked->spec[0];
    int all = evaluation->run.roster.n_areas, n = self->out->n_measures - (has_net_benefit(self) ? 1 : 0);
    if (n > MOST_MEASURES)
        return PW_ERROR_FULL;
    for (int m = 0; m < n; m++)
        lines->line[m] = pw_evaluation_follow(evaluation, pw_catalogue_find(catalogue, self->out->measure[m]), all);
    for (int t = 0; t < baseline->teams.n; t++) {
        int measure = find_team_measure(catalogue, baseline->teams.item[t].is.name);
        lines->occupancy[t] = measure < 0 ? -1 : pw_evaluation_follow(evaluation, measure, all);
    }
    return has_net_benefit(self) ? pw_goal_follow(&self->asked->goal, evaluation, &lines->goal, self->why) : PW_OK;
}

static void keep(work_t *self, int which, const pw_evaluation_t *evaluation, const lines_t *lines)
{
    pw_switches_t *out = self->out;
    for (int s = 0; s < out->n_scenarios; s++)
        for (int m = 0; m < out->n_measures; m++) {
            pw_switch_cell_t *to = cell(out, which, s, m);
            bool net = has_net_benefit(self) && m == out->n_measures - 1;
            to->baseline = net ? NAN : pw_evaluation_mean(evaluation, 0, -1, lines->line[m]).mean;
            to->change = net ? pw_goal_gain(&lines->goal, evaluation, s + 1, 0) : pw_evaluation_mean(evaluation, s + 1, 0, lines->line[m]);
            to->conclusion = conclude(&to->change, out->direction[m]);
        }
    if (has_net_benefit(self))
        out->unit[out->n_measures - 1] = lines->goal.unit;
}

static void keep_reference(work_t *self, const pw_evaluation_t *evaluation, const lines_t *lines)
{
    for (int t = 0; t < self->asked->spec[0]->teams.n; t++)
        self->workload[t] = lines->occupancy[t] < 0 ? NAN : pw_evaluation_mean(evaluation, 0, -1, lines->occupancy[t]).mean / 100.0;
    for (int s = 0; s < self->out->n_scenarios && has_net_benefit(self); s++) {
        self->outcome[s] = pw_evaluation_weighed(evaluation, s + 1, 0, &lines->goal.part[0], 1);
        self->pounds[s] = pw_evaluation_weighed(evaluation, s + 1, 0, &lines->goal.part[1], 1);
    }
}

static pw_status_t evaluate(work_t *self, int which, const pw_spec_t *const *specs, pw_values_hook_t hook)
{
    pw_run_request_t request = self->asked->request;
    lines_t lines = { 0 };
    request.spec = specs;
    request.n_scenarios = self->asked->n_specs;
    pw_values_chain_t chain = { request.values, hook };
    request.values = pw_values_chain_hook(&chain);
    pw_evaluation_t *evaluation = pw_alloc(1, sizeof *evaluation);
    if (!evaluation)
        return PW_ERROR_MEMORY;
    pw_status_t status = pw_evaluation_prepare(evaluation, &request, self->findings);
    if (status == PW_OK && which == PW_SWITCH_as_files)
        status = list_measures(self, &evaluation->run.catalogue);
    if (status == PW_OK)
        status = follow(self, evaluation, &lines);
    if (status == PW_OK)
        status = pw_evaluation_go(evaluation, self->findings);
    if (status == PW_OK) {
        keep(self, which, evaluation, &lines);
        if (which == PW_SWITCH_as_files)
            keep_reference(self, evaluation, &lines);
    }
    pw_evaluation_free(evaluation);
    pw_free(evaluation);
    return status;
}

/* Reads the files anew and switches them over. */
static pw_status_t run_alternative(work_t *self, int which)
{
    pw_spec_t *specs[PW_MAX_SCENARIOS] = { 0 };
    double value = NAN;
    const char *name = held_estimate(self->asked->spec[0], which, &value);
    pw_lever_holds_t holds = { .n = name ? 1 : 0, .held = { { name, &value } } };
    pw_values_hook_t hook = { pw_lever_adjust, &holds };
    factors_t factors;
    pw_status_t status = PW_OK;
    bool is_return = which == PW_SWITCH_return_low || which == PW_SWITCH_return_high;
    bool drawn = is_return && self->asked->returning[which - PW_SWITCH_return_low].adjust;
    self->out->has[which] = drawn ? true : is_return ? has_return(self) : !name || !isnan(value);
    if (drawn)
        hook = self->asked->returning[which - PW_SWITCH_return_low];
    else if (self->out->has[which] && is_return) {
        status = find_factors(self, which, &factors, &self->out->has[which]);
        hook = (pw_values_hook_t){ multiply, &factors };
    }
    if (status != PW_OK || !self->out->has[which])
        return status;
    for (int s = 0; s < self->asked->n_specs && status == PW_OK; s++) {
        status = pw_spec_load(self->asked->spec[s]->file, self->asked->sets, self->asked->n_sets, &specs[s], self->findings);
        if (status == PW_OK && which == PW_SWITCH_slow_down)
            slow_down(self, specs[s]);
    }
    if (status == PW_OK && self->findings->n > 0)
        status = PW_ERROR_INPUT;
    if (status == PW_OK)
        status = evaluate(self, which, (const pw_spec_t *const *)specs, hook);
    for (int s = 0; s < self->asked->n_specs; s++)
        pw_spec_free(specs[s]);
    return status;
}

/* ---- displacement: done to the outcome ---- */

/* What is averted (of a measure of which less is better) counts only for the share that does not fall on others. */
static void displace(work_t *self, int which, double share)
{
    pw_switches_t *out = self->out;
    for (int s = 0; s < out->n_scenarios; s++)
        for (int m = 0; m < out->n_measures; m++) {
            pw_switch_cell_t *to = cell(out, which, s, m);
            *to = *cell(out, PW_SWITCH_as_files, s, m);
            if (out->displaced[m] && to->change.mean * out->direction[m] > 0.0) {
                to->change.mean *= 1.0 - share;
                to->change.se *= 1.0 - share;
            }
            if (has_net_benefit(self) && m == out->n_measures - 1 && self->outcome[s].mean > 0.0) {
                to->change.mean = (1.0 - share) * self->outcome[s].mean + self->pounds[s].mean;
                to->change.se = (1.0 - share) * self->outcome[s].se + self->pounds[s].se;      /* at most: as if the two erred together */
            }
            to->conclusion = conclude(&to->change, out->direction[m]);
        }
    out->has[which] = true;
}

pw_status_t pw_switches_go(pw_switches_t *self, const pw_switches_asked_t *asked, pw_text_t *why, pw_findings_t *findings)
{
    work_t work = { .out = self, .asked = asked, .why = why, .findings = findings };
    pw_status_t status = PW_OK;
    for (int which = 0; which < PW_SWITCH_N && status == PW_OK; which++) {
        if (which == PW_SWITCH_displacement_20 || which == PW_SWITCH_displacement_40)
            displace(&work, which, which == PW_SWITCH_displacement_20 ? 0.2 : 0.4);
        else
            status = run_alternative(&work, which);
        if (status == PW_OK && asked->done)
            asked->done(asked->done_context, which);
    }
    pw_free(work.outcome);
    pw_free(work.pounds);
    return status;
}

void pw_switches_free(pw_switches_t *self)
{
    pw_free(self->measure);
    pw_free(self->unit);
    pw_free(self->direction);
    pw_free(self->displaced);
    pw_free(self->cell);
    *self = (pw_switches_t){ 0 };
}

bool pw_switches_survives(const pw_switches_t *self, int scenario, int measure)
{
    int here = cell(self, PW_SWITCH_as_files, scenario, measure)->conclusion;
    bool same = here != PW_CONCLUSION_CANNOT_TELL;
    for (int which = 1; same && which < PW_SWITCH_N; which++)
        same = !self->has[which] || cell(self, which, scenario, measure)->conclusion == here;
    return same;
}
