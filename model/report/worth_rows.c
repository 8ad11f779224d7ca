#include "worth_rows.h"

#include <math.h>
#include <string.h>

#include "../base/memory.h"
#include "../base/number.h"
#include "../measure/audit.h"
#include "../measure/voi.h"
#include "digits.h"
#include "wording.h"

#define FILE_NAME "answers/value_of_information.csv"

static const pw_column_t column[] = {
    { FILE_NAME, "of", "string", NULL, "the measure that the choice is judged by" },
    { FILE_NAME, "threshold", "number", "pounds", "what one unit of it is worth to whoever decides; empty: judged by the measure alone" },
    { FILE_NAME, "years", "number", "years", "how long the decision stands" },
    { FILE_NAME, "choice", "string", NULL, "the scenario, to have or not; all: between all scenarios and the baseline" },
    { FILE_NAME, "what", "string", NULL, "what would be known first: everything; grade: all estimates of a grade; estimate: one; sample: one of the ten most "
      "telling, as far as a study of `size` measures it" },
    { FILE_NAME, "name", "string", NULL, "of the grade or the estimate" },
    { FILE_NAME, "grade", "string", NULL, "grade of the estimate; fitted: assumed, then fitted to the study" },
    { FILE_NAME, "chosen", "string", NULL, "what today's evidence says: the option of the best mean" },
    { FILE_NAME, "value", "number", "unit", "what knowing it would gain on average: EVPI, EVPPI, or of a sample EVSI" },
    { FILE_NAME, "error", "number", "unit", "its standard error; of an estimate worth 0, how much could have been overlooked" },
    { FILE_NAME, "unit", "string", NULL, "unit of value and error" },
    { FILE_NAME, "share_of_all", "number", "share", "value as a share of knowing everything" },
    { FILE_NAME, "wrong", "number", "share", "chance that the option chosen then is not the best; of everything: that today's is not" },
    { FILE_NAME, "wrong_error", "number", "share", "its standard error" },
    { FILE_NAME, "scaled", "number", "scaled_unit", "value for all areas of the run over the years; pounds discounted; empty where the unit does not add up" },
    { FILE_NAME, "scaled_unit", "string", NULL, "unit of scaled" },
    { FILE_NAME, "audit", "string", NULL, "what could be counted to measure the estimate: the register's suggestion" },
    { FILE_NAME, "size", "number", NULL, "of a sample: what the study counts: files, family-years, families in each of two groups, or cases" },
    { FILE_NAME, "study", "string", NULL, "of a sample: the study that fits the estimate's kind: files, family-years, two groups, cases; none: no simple study "
      "measures it, and value is empty" },
    { FILE_NAME, "draws", "integer", NULL, "draws of the run: the fewer, the larger the errors" },
    { FILE_NAME, "replications", "integer", NULL, "worlds of each draw; with 1 the noise of the simulation counts as something that could be known" },
};
static const pw_answer_kind_t kind = { FILE_NAME, "what it would be worth to know before choosing: everything, a grade of evidence, an estimate, a sample", 6,
                                       column, (int)(sizeof column / sizeof column[0]) };

static void say(const pw_csv_table_t *table, int64_t row, pw_text_t *out);
static void close_with(const pw_csv_table_t *table, pw_text_t *out);
const pw_answer_words_t pw_worth_words = { &kind, say, close_with, "What would it be worth to know more first?", true };

/* ---- what a unit can bear ---- */

typedef struct {
    const char *cost;                  /* measure of pounds; NULL: none is set against it */
    double units, pounds;              /* weights of the measure and of the cost */
    const char *unit, *scaled_unit;
    double a_year;                     /* times this: all areas, a year; nan: does not add up */
    bool is_pounds;
} scale_t;

static bool has(const char *text, const char *part) { return strstr(text, part) != NULL; }
static bool by_family(const char *unit) { return strcmp(unit, "per 100 families") == 0 || strcmp(unit, "% of families") == 0; }

static scale_t scale_of(const pw_ground_t *ground, const pw_worth_asked_t *asked)
{
    const char *unit = pw_account_unit(ground->account, asked->of);
    double families = pw_account_value(ground->account, 0, "cohort_families", false).mean, a_year = families * 12.0 / ground->intake_months;
    bool priced = !isnan(asked->threshold);
    scale_t s = { .units = 1.0, .unit = unit, .scaled_unit = "units", .a_year = NAN };
    if (by_family(unit))
        s = (scale_t){ priced ? "own_use" : NULL, priced ? asked->threshold : 1.0, 100.0, priced ? "£ per 100 families" : unit,
                       strcmp(unit, "% of families") == 0 ? "families" : "times", a_year / 100.0, priced };
    else if (strcmp(unit, "a month") == 0)
        s = (scale_t){ priced ? "budget" : NULL, priced ? 12.0 * asked->threshold : 1.0, 1.0, priced ? "£ a year" : unit, "times", priced ? 1.0 : 12.0,
                       priced };
    else if (strcmp(unit, "£ per family") == 0)
        s = (scale_t){ NULL, 1.0, 0.0, unit, NULL, a_year, true };
    else if (strcmp(unit, "£ a year") == 0)
        s = (scale_t){ NULL, 1.0, 0.0, unit, NULL, 1.0, true };
    if (s.is_pounds)
        s.scaled_unit = "£";
    return s;
}

/* So many years' worth: pounds of later years discounted, from the start of each. */
static double years_worth(const pw_ground_t *ground, double years, bool discounted)
{
    double sum = 0.0, rate = 1.0 + ground->discount_percent / 100.0;
    for (double y = 0.0; y < years; y += 1.0)
        sum += (years - y < 1.0 ? years - y : 1.0) * (discounted ? pow(rate, -y) : 1.0);
    return sum;
}

pw_status_t pw_worth_check(const pw_ground_t *ground, const pw_worth_asked_t *asked, pw_text_t *why)
{
    const pw_account_t *account = ground->account;
    const pw_csv_table_t *draws = &account->table[PW_READ_draws];
    const char *unit = pw_account_unit(account, asked->of);
    if (pw_csv_find(draws, asked->of) < 2) {
        int nearest = pw_text_nearest(asked->of, (const char *const *)draws->column + 2, (size_t)draws->n_columns - 2);
        pw_text_printf(why, "the run has no measure \"%s\"%s%s%s; its measures.csv lists them all", asked->of, nearest < 0 ? "" : " (did you mean ",
                       nearest < 0 ? "" : draws->column[nearest + 2], nearest < 0 ? "" : "?)");
        return PW_ERROR_USAGE;
    }
    if (pw_account_direction(account, asked->of) == 0) {
        pw_text_printf(why, "%s has no better direction: more of it is neither better nor worse, so nothing can be chosen by it", asked->of);
        return PW_ERROR_USAGE;
    }
    if (!isnan(asked->threshold) && !by_family(unit) && strcmp(unit, "a month") != 0) {
        if (has(unit, "£"))
            pw_text_printf(why, "%s is in pounds itself (%s); --threshold puts a price on a measure of something else", asked->of, unit);
        else
            pw_text_printf(why, "no price can be put on %s (%s); --threshold goes with measures counted by the month, per 100 families or in %% of families",
                           asked->of, unit);
        return PW_ERROR_USAGE;
    }
    if (account->manifest.n_scenarios < 2) {
        pw_text_append(why, "the run holds the baseline alone: there is nothing to choose between");
        return PW_ERROR_USAGE;
    }
    double *room = pw_alloc((size_t)ground->n, sizeof room[0]);
    if (!room)
        return PW_ERROR_MEMORY;
    bool whole = true;
    for (int s = 1; s < account->manifest.n_scenarios; s++)
        whole = pw_ground_difference(ground, asked->of, s, 0, room) && whole;
    pw_free(room);
    if (!whole)
        pw_text_printf(why, "%s has no value in some draws (it is a share of something that then did not happen); take another measure, or more replications",
                       asked->of);
    return whole ? PW_OK : PW_ERROR_USAGE;
}

/* ---- one choice ---- */

enum { MOST = 256 };

typedef struct {
    const pw_ground_t *ground;
    const pw_worth_asked_t *asked;
    scale_t scale;
    double scaled;                     /* times this: all areas, all years */
    int n_options, option[PW_VOI_OPTIONS];      /* scenarios; option[0] is the baseline */
    double *benefit[PW_VOI_OPTIONS], noise[PW_VOI_OPTIONS];
    bool *in;                          /* [learnt][estimate] */
    pw_inquiry_t learnt[MOST];
    const char *what[MOST];
    int estimate[MOST];                /* or grade */
    pw_worth_t worth[MOST];
    int study[MOST];                   /* of a sample: enum pw_audit_study */
    int n_learnt;
} choice_t;

static void learn(choice_t *self, const char *what, int which, double ratio)
{
    int k = self->n_learnt++, p = self->ground->p;
    bool *in = self->in + (size_t)k * (size_t)p, grade = strcmp(what, "grade") == 0;
    for (int i = 0; i < p; i++)
        in[i] = grade ? self->ground->group[i] == which : i == which;
    self->learnt[k] = (pw_inquiry_t){ in, ratio };
    self->what[k] = what;
    self->estimate[k] = which;
}

/* What is learnt last is worth `worth`, if it shows; else it is not learnt. */
static pw_status_t weigh(choice_t *self, const pw_voi_t *voi, bool only_if_it_shows)
{
    int k = self->n_learnt - 1;
    bool shows;
    pw_status_t status = pw_voi_learnt(voi, &self->learnt[k], &self->worth[k], &shows);
    if (status == PW_OK && only_if_it_shows && !shows)
        self->n_learnt--;
    return status;
}

/* What families bring by themselves, for a comparison of two groups: notifications a year, and how unlike families are. */
static pw_audit_families_t families_of(const pw_ground_t *ground)
{
    int months = pw_account_follow_up(ground->account);
    pw_audit_families_t out = { months > 0 ? pw_account_value(ground->account, 0, "repeat_notifications", false).mean / 100.0 * 12.0 / months : 0.0, 0.0 };
    for (int i = 0; i < ground->p; i++)
        if (strcmp(ground->estimate[i].label, "frailty_variance") == 0)
            for (int d = 0; d < ground->n; d++)
                out.unlike += ground->column[i][d] / ground->n;
    return out;
}

/* Of the most telling estimates, in their order: what the study that fits its kind would tell. */
static pw_status_t list_samples(choice_t *self, const pw_voi_t *voi)
{
    const pw_ground_t *ground = self->ground;
    bool taken[MOST] = { false };
    int listed = self->n_learnt;
    pw_status_t status = PW_OK;
    for (int n = 0; n < PW_WORTH_AUDITED && self->n_learnt < MOST && status == PW_OK; n++) {
        int best = -1;
        for (int k = 0; k < listed; k++)
            if (!taken[k] && strcmp(self->what[k], "estimate") == 0 && (best < 0 || self->worth[k].value > self->worth[best].value))
                best = k;
        if (best < 0)
            break;
        taken[best] = true;
        int i = self->estimate[best], study = pw_audit_study_of(ground->estimate[i].kind, ground->estimate[i].label);
        double ratio = study == PW_AUDIT_none ? NAN : pw_audit_resolves(study, ground->column[i], ground->n, self->asked->audit, families_of(ground));
        self->study[self->n_learnt] = isnan(ratio) ? PW_AUDIT_none : study;
        learn(self, "sample", i, isnan(ratio) ? 1.0 : ratio);
        if (isnan(ratio))
            self->worth[self->n_learnt - 1] = (pw_worth_t){ NAN, NAN, NAN, NAN };
        else
            status = weigh(self, voi, false);
    }
    return status;
}

/* The grades that there are; every estimate that some option's difference goes with; studies of those that tell most. */
static pw_status_t list_learnt(choice_t *self, const pw_voi_t *voi)
{
    const pw_ground_t *ground = self->ground;
    pw_status_t status = PW_OK;
    for (int g = 0; g < PW_GROUND_GROUPS; g++)
        for (int i = 0; i < ground->p && status == PW_OK; i++)
            if (ground->group[i] == g) {
                learn(self, "grade", g, 1.0);
                status = weigh(self, voi, false);
                break;
            }
    for (int i = 0; i < ground->p && self->n_learnt + PW_WORTH_AUDITED < MOST && status == PW_OK; i++) {
        learn(self, "estimate", i, 1.0);
        status = weigh(self, voi, true);
    }
    return status == PW_OK ? list_samples(self, voi) : status;
}

static pw_status_t fill_benefits(choice_t *self)
{
    const pw_ground_t *ground = self->ground;
    const scale_t *s = &self->scale;
    double direction = pw_account_direction(ground->account, self->asked->of);
    double *cost = pw_alloc((size_t)ground->n, sizeof cost[0]);
    pw_status_t status = cost ? PW_OK : PW_ERROR_MEMORY;
    for (int d = 0; d < self->n_options && status == PW_OK; d++) {
        self->benefit[d] = pw_alloc((size_t)ground->n, sizeof(double));
        if (!self->benefit[d]) {
            status = PW_ERROR_MEMORY;
            break;
        }
        int scenario = self->option[d];
        double noise = pw_ground_noise(ground, self->asked->of, scenario, 0), of_cost = s->cost ? pw_ground_noise(ground, s->cost, scenario, 0) : 0.0;
        (void)pw_ground_difference(ground, self->asked->of, scenario, 0, self->benefit[d]);
        (void)pw_ground_difference(ground, s->cost, scenario, 0, cost);
        for (int i = 0; i < ground->n; i++)
            self->benefit[d][i] = direction * s->units * self->benefit[d][i] - (s->cost ? s->pounds * cost[i] : 0.0);
        double shared = s->cost && d > 0 ? pw_ground_shared_noise(ground, self->asked->of, s->cost, scenario) : 0.0;
        double sum = (isnan(noise) ? 0.0 : s->units * s->units * noise) + (isnan(of_cost) ? 0.0 : s->pounds * s->pounds * of_cost) - 2.0 * direction *
            s->units * s->pounds * shared;
        self->noise[d] = sum > 0.0 ? sum : 0.0;
    }
    pw_free(cost);
    return status;
}

static void put(const choice_t *self, const char *choice, const char *chosen, int k, const pw_worth_t *worth, double all, pw_csv_t *csv)
{
    const pw_ground_t *ground = self->ground;
    bool grade = k >= 0 && strcmp(self->what[k], "grade") == 0, one = k >= 0 && !grade, sample = k >= 0 && strcmp(self->what[k], "sample") == 0;
    const pw_ground_estimate_t *e = one ? &ground->estimate[self->estimate[k]] : NULL;
    pw_csv_text(csv, self->asked->of);
    pw_csv_number(csv, self->asked->threshold);
    pw_csv_number(csv, self->asked->years);
    pw_csv_text(csv, choice);
    pw_csv_text(csv, k < 0 ? "everything" : self->what[k]);
    pw_csv_text(csv, e ? e->label : grade ? pw_ground_group_name(self->estimate[k]) : NULL);
    pw_csv_text(csv, e ? pw_ground_group_name(ground->group[self->estimate[k]]) : NULL);
    pw_csv_text(csv, chosen);
    pw_csv_number(csv, worth->value);
    pw_csv_number(csv, worth->value_error);
    pw_csv_text(csv, self->scale.unit);
    pw_csv_number(csv, all > 0.0 ? worth->value / all : NAN);
    pw_csv_number(csv, worth->wrong);
    pw_csv_number(csv, worth->wrong_error);
    pw_csv_number(csv, worth->value * self->scaled);
    pw_csv_text(csv, isnan(self->scaled) ? NULL : self->scale.scaled_unit);
    pw_csv_text(csv, e && e->audit[0] ? e->audit : NULL);
    pw_csv_number(csv, sample ? self->asked->audit : NAN);
    pw_csv_text(csv, sample ? pw_audit_study_name(self->study[k]) : NULL);
    pw_csv_integer(csv, ground->n);
    pw_csv_integer(csv, ground->account->manifest.replications);
    pw_csv_end(csv);
}

static pw_status_t work(choice_t *self, const char *name, pw_csv_t *csv)
{
    pw_voi_t voi = { 0 };
    const double *benefit[PW_VOI_OPTIONS];
    for (int d = 0; d < self->n_options; d++)
        benefit[d] = self->benefit[d];
    pw_voi_choice_t choice = { self->n_options, benefit, self->noise };
    pw_status_t status = pw_voi_init(&voi, &self->ground->given, &choice);
    if (status == PW_OK)
        status = list_learnt(self, &voi);
    if (status == PW_OK) {
        pw_worth_t perfect = pw_voi_everything(&voi);
        const char *chosen = self->ground->account->manifest.scenario[self->option[voi.best]].name;
        put(self, name, chosen, -1, &perfect, perfect.value, csv);
        for (int k = 0; k < self->n_learnt; k++)
            put(self, name, chosen, k, &self->worth[k], perfect.value, csv);
    }
    pw_voi_free(&voi);
    return status;
}

static pw_status_t write_choice(const pw_ground_t *ground, const pw_worth_asked_t *asked, int scenario, pw_csv_t *csv)
{
    int n_scenarios = ground->account->manifest.n_scenarios;
    choice_t self = { .ground = ground, .asked = asked, .scale = scale_of(ground, asked) };
    self.scaled = self.scale.a_year * years_worth(ground, asked->years, self.scale.is_pounds);
    self.n_options = scenario > 0 ? 2 : n_scenarios;
    for (int d = 1; d < self.n_options; d++)
        self.option[d] = scenario > 0 ? scenario : d;
    self.in = pw_alloc((size_t)MOST * (size_t)ground->p, sizeof self.in[0]);
    pw_status_t status = self.in ? fill_benefits(&self) : PW_ERROR_MEMORY;
    if (status == PW_OK)
        status = work(&self, scenario > 0 ? ground->account->manifest.scenario[scenario].name : "all", csv);
    for (int d = 0; d < self.n_options; d++)
        pw_free(self.benefit[d]);
    pw_free(self.in);
    return status;
}

pw_status_t pw_worth_write(const pw_ground_t *ground, const pw_worth_asked_t *asked, pw_csv_t *csv)
{
    int n = ground->account->manifest.n_scenarios;
    pw_status_t status = PW_OK;
    for (int s = 1; s < n && status == PW_OK; s++)
        status = write_choice(ground, asked, s, csv);
    return status == PW_OK && n > 2 ? write_choice(ground, asked, 0, csv) : status;
}

/* ---- words ---- */

static const double SETTLED = 0.05;      /* a chance to choose wrongly that is as good as none */

typedef struct { const pw_csv_table_t *table; int64_t row; pw_text_t *out; } saying_t;
static const char *cell(const saying_t *self, const char *name) { return pw_answer_cell(self->table, self->row, name); }
static double number(const saying_t *self, const char *name) { return pw_answer_number(self->table, self->row, name); }

static void amount(double value, const char *unit, pw_text_t *out)
{
    bool pounds = has(unit, "£");
    pw_put_number(value, PW_DIGITS_ROUGH, pounds ? PW_OF_POUNDS : PW_OF_RESULT, out);      /* a worth is no better known */
    if (strcmp(unit, "£") != 0 && strcmp(unit, "times") != 0)
        pw_text_printf(out, " %s", pounds ? unit + strlen("£ ") : unit);
}

static double give_or_take(const saying_t *self) { return 1.96 * number(self, "error"); }
/* The one rule for every worth: its 95 % interval leaves out 0. */
static bool is_sure(const saying_t *self) { return number(self, "value") > give_or_take(self); }

/* "£1,200 a year, give or take £310 (£5,600 in all areas of the run over 5 years)": with its error always, for it is often large. */
static void say_value(const saying_t *self)
{
    amount(number(self, "value"), cell(self, "unit"), self->out);
    if (give_or_take(self) > 0.0) {
        pw_text_append(self->out, ", give or take ");
        amount(give_or_take(self), has(cell(self, "unit"), "£") ? "£" : "times", self->out);
    }
    if (!is_sure(self))
        pw_text_append(self->out, ", which this run cannot tell from nothing");
    if (isnan(number(self, "scaled")))
        return;
    bool a_year = has(cell(self, "unit"), "a year") || has(cell(self, "unit"), "a month");      /* of all areas together already */
    pw_text_append(self->out, " (");
    amount(number(self, "scaled"), cell(self, "scaled_unit"), self->out);
    char years[PW_NUMBER_ROOM];
    pw_text_printf(self->out, "%s over %s %s)", a_year ? "" : " in all areas of the run", pw_number_shortest(number(self, "years"), years),
                   number(self, "years") == 1.0 ? "year"
                   : "years");
}

static bool same_question(const saying_t *a, int64_t row)
{
    static const char *const key[] = { "of", "threshold", "years", "choice" };
    for (size_t i = 0; i < sizeof key / sizeof key[0]; i++)
        if (strcmp(cell(a, key[i]), pw_answer_cell(a->table, row, key[i])) != 0)
            return false;
    return true;
}

/* The row of that kind that is worth most, those that are sure first; -1: there is none. */
static int64_t most_worth(const saying_t *self, const char *what)
{
    int64_t best = -1;
    bool sure = false;
    for (int64_t r = 0; r < self->table->n_rows; r++) {
        saying_t at = { self->table, r, self->out };
        double value = number(&at, "value");
        if (!same_question(self, r) || strcmp(cell(&at, "what"), what) != 0 || !(value > 0.0) || (sure && !is_sure(&at)))
            continue;
        if (best < 0 || (is_sure(&at) && !sure) || value > pw_answer_number(self->table, best, "value"))
            best = r;
        sure = sure || is_sure(&at);
    }
    return best;
}

/* What no draw shows is not impossible: never "0 %". */
static void chance(double share, pw_text_t *out) { pw_put_share(fmax(share, 1e-6), out); }

static void say_options(const saying_t *self)
{
    const char *choice = cell(self, "choice"), *chosen = cell(self, "chosen");
    if (strcmp(choice, "all") == 0) {
        pw_text_append(self->out, "Between all policies of the run");
    } else {
        pw_word_name(choice, self->out);
        pw_text_append(self->out, " or not");
    }
    bool priced = !isnan(number(self, "threshold"));
    pw_text_append(self->out, priced ? ", at " : ", by ");
    if (priced) {
        pw_answer_say_quantity(number(self, "threshold"), "pounds", self->out);
        pw_text_append(self->out, " for each ");
        pw_word_one(cell(self, "of"), self->out);
    } else {
        pw_word_measure(cell(self, "of"), self->out);
    }
    pw_text_append(self->out, ": on average ");
    pw_word_name(chosen, self->out);
    pw_text_append(self->out, " does best; the chance that this is the wrong choice is ");
    chance(number(self, "wrong"), self->out);
    pw_text_append(self->out, ".");
}

/* "An audit of 200 police files, read for ...,": the study, as a subject. */
static void say_study(const saying_t *self)
{
    const char *study = cell(self, "study"), *audit = cell(self, "audit");
    char size[PW_NUMBER_ROOM];
    pw_number_decimals(number(self, "size"), 0, size);
    if (strcmp(study, "two groups") == 0) {
        pw_text_printf(self->out, "A comparison of %s families with and %s without, followed for a year, to learn the ", size, size);
        pw_word_estimate(cell(self, "name"), self->out);
    } else if (strcmp(study, "cases") == 0) {
        pw_text_printf(self->out, "Timing %s cases, to learn the ", size);
        pw_word_estimate(cell(self, "name"), self->out);
    } else if (audit[0]) {
        pw_text_printf(self->out, "An audit of %s %s", size, audit);
    } else {
        pw_text_printf(self->out, "A count of %s %s, to learn the ", size, strcmp(study, "files") == 0 ? "cases" : "family-years");
        pw_word_estimate(cell(self, "name"), self->out);
    }
    pw_text_append(self->out, ",");
}

static void say_audit(const saying_t *self)
{
    char size[PW_NUMBER_ROOM];
    int64_t sample = most_worth(self, "sample");
    saying_t at = { self->table, sample, self->out };
    if (sample < 0 || !is_sure(&at)) {
        for (int64_t r = 0; r < self->table->n_rows; r++)
            if (same_question(self, r) && strcmp(pw_answer_cell(self->table, r, "what"), "sample") == 0)
                sample = r;
        at.row = sample;
        if (sample >= 0)
            pw_text_printf(self->out, " No study of %s that fits these estimates would clearly gain anything by itself.",
                           pw_number_decimals(number(&at, "size"), 0, size));
        return;
    }
    double wrong = number(&at, "wrong");
    pw_text_append(self->out, " ");
    say_study(&at);
    pw_text_append(self->out, " would gain ");
    say_value(&at);
    pw_text_append(self->out, ", and leave a chance of ");
    chance(wrong, self->out);
    pw_text_printf(self->out, " to choose wrongly: %s.", wrong < SETTLED ? "it would settle the choice" : "no study of that size settles the choice by itself");
}

static void say_knowing(const saying_t *self)
{
    int64_t one = most_worth(self, "estimate");
    saying_t at = { self->table, one, self->out };
    pw_text_append(self->out, " To know everything first would on average gain ");
    say_value(self);
    pw_text_append(self->out, ".");
    if (one < 0) {
        pw_text_append(self->out, " As far as this run can tell, no single estimate is worth knowing by itself.");
        return;
    }
    pw_text_append(self->out, is_sure(&at) ? " Most worth knowing: " : " No single estimate is clearly worth knowing by itself; the first would be ");
    pw_word_estimate(cell(&at, "name"), self->out);
    pw_text_printf(self->out, " (%s), ", cell(&at, "grade"));
    say_value(&at);
    pw_text_append(self->out, ".");
    say_audit(self);
}

static void say(const pw_csv_table_t *table, int64_t row, pw_text_t *out)
{
    saying_t self = { table, row, out };
    if (strcmp(cell(&self, "what"), "everything") != 0)
        return;
    say_options(&self);
    if (!is_sure(&self) && number(&self, "wrong") < 0.025)
        pw_text_append(out, " What is in the register all but settles it: to know more first would gain next to nothing.");
    else
        say_knowing(&self);
}

static void close_with(const pw_csv_table_t *table, pw_text_t *out)
{
    if (table->n_rows == 0)
        return;
    pw_text_append(out, "Worth is what the choice would gain on average, over what the register's intervals leave open; what an audit itself costs is not "
                        "taken off. \"Give or take\" is half a 95 % interval: how far another run of as many draws could have come out "
                        "otherwise. What is given by the year "
                        "or the month is of all areas of the run together. Chances are of the register's making too. A study is weighed by what it could tell "
                        "at best: that two groups differ in nothing "
                        "else, or that files are a "
                        "fair sample, is taken for granted.");
    if (pw_answer_number(table, 0, "replications") == 1.0)
        pw_text_append(out, " With one world for each draw the noise of the simulation cannot be told from ignorance and counts as such: chances of a "
                            "wrong choice and worths are too large by an unknown amount. Run again with --replications 2 or more.");
}
