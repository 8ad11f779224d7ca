#include "tiers_rows.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "../base/memory.h"
#include "../base/number.h"
#include "digits.h"
#include "shares_rows.h"
#include "wording.h"

#define FILE_NAME "answers/tiers.csv"

static const pw_column_t column[] = {
    { FILE_NAME, "measure", "string", NULL, "name of the measure; measures.csv says what it means" },
    { FILE_NAME, "what", "string", NULL, "tier: where a scenario stands; pair: two scenarios" },
    { FILE_NAME, "scenario", "string", NULL, "name of the scenario; baseline" },
    { FILE_NAME, "other", "string", NULL, "of a pair: what it is compared with" },
    { FILE_NAME, "tier", "integer", NULL, "of a tier: 1 is beaten by none, 2 only by tier 1, ..." },
    { FILE_NAME, "verdict", "string", NULL, "of a pair: better, worse: the run tells them apart; same; worlds; evidence; one world; missing: why it cannot" },
    { FILE_NAME, "mean", "number", "unit", "of a tier: the difference from the baseline; of a pair: scenario minus other" },
    { FILE_NAME, "mc_se", "number", "unit", "its Monte Carlo standard error" },
    { FILE_NAME, "low95", "number", "unit", "2.5 % point over draws, noise taken out; missing where draws do not differ by more than noise" },
    { FILE_NAME, "high95", "number", "unit", "97.5 % point, likewise" },
    { FILE_NAME, "better", "number", "share", "share of draws in which the scenario is better" },
    { FILE_NAME, "times_worlds", "number", NULL, "of worlds: about so many times the worlds of this run would tell" },
    { FILE_NAME, "replications", "integer", NULL, "of worlds: replications of each draw that would be" },
    { FILE_NAME, "minutes", "number", "minutes", "of worlds: how long that would take on the machine that made this run" },
    { FILE_NAME, "estimates", "string", NULL, "of evidence: what moves the difference most, with grade and share of its spread" },
    { FILE_NAME, "switches", "string", NULL, "of a pair with the baseline: structures of the model under which answers/switches.csv concludes otherwise; none; "
      "or that nobody has looked, and how to" },
};
static const pw_answer_kind_t kind = { FILE_NAME, "policies in tiers that the run can tell apart; of each two that it cannot, why, and what would", 4, column,
                                       (int)(sizeof column / sizeof column[0]) };

static void say(const pw_csv_table_t *table, int64_t row, pw_text_t *out);
static void close_with(const pw_csv_table_t *table, pw_text_t *out);
const pw_answer_words_t pw_tiers_words = { &kind, say, close_with, "Which policies can this run tell apart?", true };

/* ---- ranking ---- */

void pw_tiers_rank(const bool *beats, int n, int *tier)
{
    for (int a = 0; a < n; a++)
        tier[a] = 0;
    for (int now = 1, left = n; left > 0; now++) {
        int found[PW_MAX_SCENARIOS], n_found = 0;
        for (int a = 0; a < n; a++) {
            bool beaten = false;
            for (int b = 0; b < n; b++)
                beaten = beaten || (tier[b] == 0 && beats[b * n + a]);
            if (tier[a] == 0 && !beaten)
                found[n_found++] = a;
        }
        for (int a = 0; n_found == 0 && a < n; a++)
            if (tier[a] == 0) {
                tier[a] = now;
                left--;
            }
        for (int k = 0; k < n_found; k++)
            tier[found[k]] = now;
        left -= n_found;
    }
}

/* ---- a pair ---- */

/* A measure that the run did not pair (pairs.csv has the headlines): from its draws, by the same formulas. The noise of two policies is then taken to be
 * that of both from the baseline, as if they shared no luck: rather "cannot tell" than too sure. */
static pw_tiers_pair_t unpaired(const pw_ground_t *ground, const char *measure, int scenario, int other)
{
    size_t n = (size_t)ground->n;
    double *draw = pw_alloc(2 * n, sizeof draw[0]), noise = pw_ground_noise(ground, measure, scenario, other);
    pw_tiers_pair_t out = { .mean = NAN };
    if (!draw)
        return out;
    (void)pw_ground_difference(ground, measure, scenario, other, draw);
    pw_estimator_t of = { .paired = true, .within_n = isnan(noise) ? 0 : 1, .noise_sum = isnan(noise) ? 0.0 : noise };
    pw_summary_t s = pw_summarise(&of, draw, ground->n, ground->account->manifest.replications, false, pw_account_direction(ground->account, measure),
                                  draw + n);
    pw_free(draw);
    out = (pw_tiers_pair_t){ s.mean, s.mc_se, s.low95, s.high95, s.better, pw_clear_of_zero(&s), !isnan(s.mean) };
    return out;
}

static pw_tiers_pair_t pair_of(const pw_ground_t *ground, const char *measure, int scenario, int other)
{
    int sign;
    int64_t row = pw_ground_pair(ground, measure, scenario, other, &sign);
    if (row < 0)
        return unpaired(ground, measure, scenario, other);
    double low = sign * pw_ground_pair_number(ground, row, sign > 0 ? "low95" : "high95"),
        high = sign * pw_ground_pair_number(ground, row, sign > 0 ? "high95" : "low95");
    double better = pw_ground_pair_number(ground, row, "better");
    pw_tiers_pair_t out = { sign * pw_ground_pair_number(ground, row, "mean"), pw_ground_pair_number(ground, row, "mc_se"), low, high, sign > 0 ? better
                            : 1.0 - better, strcmp(pw_csv_cell(&ground->pairs, row, pw_csv_find(&ground->pairs, "clear")), "true") == 0, true };
    out.known = !isnan(out.mean);
    return out;
}

/* Would the interval over draws hold 0 wherever in the noise the mean really lies? Then no number of worlds tells. */
static bool hangs_on_evidence(const pw_tiers_pair_t *pair)
{
    double noise = 1.96 * pair->mc_se;
    return pair->low95 + noise < 0.0 && pair->high95 - noise > 0.0;
}

const char *pw_tiers_verdict(const pw_tiers_pair_t *pair, int direction)
{
    if (!pair->known)
        return "missing";
    if (pair->clear)
        return pair->mean * direction > 0.0 ? "better" : "worse";
    if (pair->mean == 0.0 && pair->low95 == 0.0 && pair->high95 == 0.0 && !(pair->mc_se > 0.0))
        return "same";
    if (isnan(pair->mc_se))
        return "one world";
    bool noisy = isnan(pair->low95) || (fabs(pair->mean) <= 1.96 * pair->mc_se && !hangs_on_evidence(pair));
    return noisy ? "worlds" : "evidence";
}

/* ---- rows ---- */

typedef struct {
    const pw_ground_t *ground;
    const char *measure;
    int direction, n;
    double *y;
    pw_share_t *input;
    pw_csv_table_t switches;          /* answers/switches.csv, if there */
    pw_csv_t *csv;
} writing_t;

static const char *name_of(const writing_t *self, int scenario) { return self->ground->account->manifest.scenario[scenario].name; }

static void put(const writing_t *self, const char *what, int scenario, int other, int tier, const char *verdict, const pw_tiers_pair_t *pair)
{
    pw_csv_text(self->csv, self->measure);
    pw_csv_text(self->csv, what);
    pw_csv_text(self->csv, name_of(self, scenario));
    pw_csv_text(self->csv, other < 0 ? NULL : name_of(self, other));
    if (tier > 0)
        pw_csv_integer(self->csv, tier);
    else
        pw_csv_text(self->csv, NULL);
    pw_csv_text(self->csv, verdict);
    const double number[] = { pair->mean, pair->mc_se, pair->low95, pair->high95, pair->better };
    for (size_t i = 0; i < sizeof number / sizeof number[0]; i++)
        pw_csv_number(self->csv, number[i]);
}

static const char NOT_LOOKED_AT[] = "not looked at: ";

/* "slow_down (worse), no_rise (cannot tell)": where the conclusion is another than as the files say. */
static pw_status_t put_switches(const writing_t *self, int scenario, int other)
{
    const pw_csv_table_t *t = &self->switches;
    const char *as_files = NULL;
    pw_text_t text = { 0 };
    if (other != 0) {
        pw_csv_text(self->csv, NULL);
        return PW_OK;
    }
    for (int pass = 0; pass < 2; pass++)
        for (int64_t r = 0; r < t->n_rows; r++) {
            const char *name = pw_answer_cell(t, r, "switch"), *conclusion = pw_answer_cell(t, r, "conclusion");
            if (strcmp(pw_answer_cell(t, r, "scenario"), name_of(self, scenario)) != 0 || strcmp(pw_answer_cell(t, r, "measure"), self->measure) != 0)
                continue;
            if (pass == 0 && strcmp(name, "as_files") == 0)
                as_files = conclusion;
            else if (pass == 1 && as_files && strcmp(name, "as_files") != 0 && strcmp(conclusion, as_files) != 0)
                pw_text_printf(&text, "%s%s (%s)", pw_text_get(&text)[0] ? ", " : "", name, conclusion);
        }
    if (!as_files)
        pw_text_printf(&text, "%spathways switches %s --out FOLDER", NOT_LOOKED_AT, self->ground->account->manifest.scenario[scenario].file);
    bool failed = text.failed;
    pw_csv_text(self->csv, pw_text_get(&text)[0] ? pw_text_get(&text) : "none");
    pw_text_free(&text);
    return failed ? PW_ERROR_MEMORY : PW_OK;
}

/* No file: nobody asked. */
static pw_status_t read_switches(writing_t *self)
{
    pw_text_t path = { 0 };
    pw_findings_t findings = { 0 };
    pw_text_printf(&path, "%s/answers/switches.csv", self->ground->account->folder);
    pw_status_t status = path.failed ? PW_ERROR_MEMORY : access(pw_text_get(&path), F_OK) != 0 ? PW_OK : pw_csv_read(&self->switches, pw_text_get(&path),
                                                                                                                     &findings);
    if (status != PW_OK && status != PW_ERROR_MEMORY) {      /* not readable: as if nobody had asked */
        pw_csv_table_free(&self->switches);
        self->switches = (pw_csv_table_t){ 0 };
        status = PW_OK;
    }
    pw_findings_free(&findings);
    pw_text_free(&path);
    return status;
}

static void put_tier(const writing_t *self, int scenario, int tier)
{
    pw_tiers_pair_t from_baseline = scenario > 0 ? pair_of(self->ground, self->measure, scenario, 0) : (pw_tiers_pair_t){ .mean = 0.0, .mc_se = 0.0,
            .better = NAN };
    put(self, "tier", scenario, -1, tier, NULL, &from_baseline);
    for (int i = 0; i < 5; i++)
        pw_csv_text(self->csv, NULL);
    pw_csv_end(self->csv);
}

static void put_worlds(const writing_t *self, const pw_tiers_pair_t *pair)
{
    const pw_manifest_read_t *m = &self->ground->account->manifest;
    /* With 2.8 = 1.96 + 0.84 standard errors a difference of this size is seen in four runs of five; with 1.96 in every second one. */
    double ratio = 2.8 * pair->mc_se / fabs(pair->mean), times = ratio * ratio > 1.0 ? ratio * ratio : 1.0;
    bool hopeless = !(times <= PW_TIERS_HOPELESS);
    pw_csv_number(self->csv, hopeless ? INFINITY : pw_number_round12(times));
    if (hopeless)
        pw_csv_text(self->csv, NULL);
    else
        pw_csv_integer(self->csv, (int64_t)ceil(times * (double)m->replications));
    pw_csv_number(self->csv, hopeless ? NAN : self->ground->seconds * times / 60.0);
    pw_csv_text(self->csv, NULL);
}

static pw_status_t put_evidence(const writing_t *self, int scenario, int other)
{
    enum { NAMED = 3 };
    int leading[NAMED];
    pw_text_t text = { 0 };
    (void)pw_ground_difference(self->ground, self->measure, scenario, other, self->y);
    pw_status_t status = pw_ground_leading(self->ground, self->y, pw_ground_noise(self->ground, self->measure, scenario, other), self->input);
    int n = status == PW_OK ? pw_ground_order(self->ground, self->input, NAMED, leading) : 0;
    for (int k = 0; k < n; k++)
        pw_text_printf(&text, "%s%s (%s, %.0f %%)", k > 0 ? ", " : "", self->ground->estimate[leading[k]].label,
                       pw_ground_group_name(self->ground->group[leading[k]]), 100.0 * self->input[leading[k]].share);
    if (text.failed)
        status = PW_ERROR_MEMORY;
    for (int i = 0; i < 3; i++)
        pw_csv_text(self->csv, NULL);
    pw_csv_text(self->csv, pw_text_get(&text)[0] ? pw_text_get(&text) : NULL);
    pw_text_free(&text);
    return status;
}

static pw_status_t put_pair(const writing_t *self, int scenario, int other)
{
    pw_tiers_pair_t pair = pair_of(self->ground, self->measure, scenario, other);
    const char *verdict = pw_tiers_verdict(&pair, self->direction);
    pw_status_t status = PW_OK;
    put(self, "pair", scenario, other, 0, verdict, &pair);
    if (strcmp(verdict, "worlds") == 0)
        put_worlds(self, &pair);
    else if (strcmp(verdict, "evidence") == 0)
        status = put_evidence(self, scenario, other);
    else
        for (int i = 0; i < 4; i++)
            pw_csv_text(self->csv, NULL);
    if (status == PW_OK)
        status = put_switches(self, scenario, other);
    pw_csv_end(self->csv);
    return status;
}

static pw_status_t write_measure(writing_t *self, const char *measure)
{
    bool beats[PW_MAX_SCENARIOS * PW_MAX_SCENARIOS] = { false };
    int tier[PW_MAX_SCENARIOS], last = 0;
    self->measure = measure;
    self->direction = pw_account_direction(self->ground->account, measure);
    for (int a = 0; a < self->n; a++)
        for (int b = 0; b < self->n; b++) {
            pw_tiers_pair_t pair = a == b ? (pw_tiers_pair_t){ .mean = NAN } : pair_of(self->ground, measure, a, b);
            beats[a * self->n + b] = a != b && strcmp(pw_tiers_verdict(&pair, self->direction), "better") == 0;
        }
    pw_tiers_rank(beats, self->n, tier);
    for (int a = 0; a < self->n; a++)
        last = tier[a] > last ? tier[a] : last;
    for (int t = 1; t <= last; t++)
        for (int a = 0; a < self->n; a++)
            if (tier[a] == t)
                put_tier(self, a, t);
    pw_status_t status = PW_OK;
    for (int a = 1; a < self->n && status == PW_OK; a++)
        for (int b = 0; b < a && status == PW_OK; b++)
            status = put_pair(self, a, b);
    return status;
}

pw_status_t pw_tiers_write(const pw_ground_t *ground, const char *measure, pw_csv_t *csv)
{
    const char *headline[64];
    int n = measure ? 1 : pw_shares_headlines(ground->account, true, 64, headline);
    writing_t self = { .ground = ground, .n = ground->account->manifest.n_scenarios, .csv = csv };
    self.y = pw_alloc((size_t)ground->n, sizeof self.y[0]);
    self.input = pw_alloc((size_t)ground->p, sizeof self.input[0]);
    pw_status_t status = self.y && self.input ? read_switches(&self) : PW_ERROR_MEMORY;
    for (int m = 0; m < n && status == PW_OK; m++)
        status = write_measure(&self, measure ? measure : headline[m]);
    pw_csv_table_free(&self.switches);
    pw_free(self.y);
    pw_free(self.input);
    return status;
}

/* ---- words ---- */

typedef struct { const pw_csv_table_t *table; int64_t row; pw_text_t *out; } saying_t;
static const char *cell(const saying_t *self, const char *name) { return pw_answer_cell(self->table, self->row, name); }
static double number(const saying_t *self, const char *name) { return pw_answer_number(self->table, self->row, name); }
static bool of_measure(const saying_t *self, int64_t row, const char *what)
{
    return strcmp(pw_answer_cell(self->table, row, "measure"), cell(self, "measure")) == 0 && strcmp(pw_answer_cell(self->table, row, "what"), what) == 0;
}

/* Whether a measure, from its first row on, has more than one tier. */
static bool is_apart(const saying_t *self)
{
    for (int64_t r = self->row; r < self->table->n_rows; r++)
        if (of_measure(self, r, "tier") && pw_answer_number(self->table, r, "tier") > 1.0)
            return true;
    return false;
}

/* Where all stand in the first tier: their names, if they are few. */
static void say_alike(const saying_t *self)
{
    enum { NAMED = 5 };
    int n = 0, i = 0;
    for (int64_t r = self->row; r < self->table->n_rows; r++)
        n += of_measure(self, r, "tier");
    if (n > NAMED) {
        pw_text_printf(self->out, ": this run can tell none of the %d policies from the baseline or from each other.", n - 1);
        return;
    }
    pw_text_append(self->out, ": this run cannot tell apart ");
    for (int64_t r = self->row; r < self->table->n_rows; r++)
        if (of_measure(self, r, "tier")) {
            pw_text_append(self->out, pw_answer_joint(i++, n));
            pw_word_name(pw_answer_cell(self->table, r, "scenario"), self->out);
        }
    pw_text_append(self->out, ".");
}

/* All tiers of a measure, at its first row. */
static void say_tiers(const saying_t *self)
{
    int now = 0;
    for (int64_t r = 0; r < self->row; r++)
        if (of_measure(self, r, "tier"))
            return;
    pw_word_measure(cell(self, "measure"), self->out);
    if (!is_apart(self)) {
        say_alike(self);
        return;
    }
    pw_text_append(self->out, ":");
    for (int64_t r = self->row; r < self->table->n_rows; r++) {
        int tier = (int)pw_answer_number(self->table, r, "tier");
        if (!of_measure(self, r, "tier"))
            continue;
        if (tier != now)
            pw_text_printf(self->out, "%s tier %d: ", now > 0 ? ";" : "", tier);
        else
            pw_text_append(self->out, ", ");
        now = tier;
        pw_word_name(pw_answer_cell(self->table, r, "scenario"), self->out);
    }
    pw_text_append(self->out, ". Within a tier this run cannot tell which is better; a later tier is clearly worse than something in the one before "
                   "it, not always than all.");
}

static void say_worlds(const saying_t *self)
{
    double times = number(self, "times_worlds");
    if (isnan(times)) {
        pw_text_append(self->out, "in this run they differ by less than the noise of the simulation, and not even a thousand times as many worlds would tell "
                       "them apart: take them as alike.");
        return;
    }
    pw_text_append(self->out, "their difference is no larger than the noise of the simulation; about ");
    pw_put_number(times, PW_DIGITS_ROUGH, PW_OF_RESULT, self->out);
    pw_text_printf(self->out, " times as many worlds (--replications %s", cell(self, "replications"));
    if (!isnan(number(self, "minutes"))) {
        pw_text_append(self->out, ", some ");
        pw_put_number(number(self, "minutes"), PW_DIGITS_ROUGH, PW_OF_RESULT, self->out);
        pw_text_append(self->out, " minutes");
    }
    pw_text_append(self->out, ") would tell, if it is what it looks like.");
}

/* "contact_effect (assumed, 59 %), early_help/x (derived, 8 %)" with each name in words. */
static void say_listed(const char *list, void word(const char *name, pw_text_t *out), pw_text_t *out)
{
    while (*list) {
        char name[128];
        size_t n = strcspn(list, " "), item = n + strcspn(list + n, ")");
        snprintf(name, sizeof name, "%.*s", (int)n, list);
        word(name, out);
        item += list[item] == ')';
        item += strspn(list + item, ", ");
        pw_text_append_bytes(out, list + n, item - n);
        list += item;
    }
}

static void say_evidence(const saying_t *self)
{
    pw_text_append(self->out, "cannot tell for want of evidence, and more worlds would not help: better in ");
    pw_put_share(number(self, "better"), self->out);
    pw_text_append(self->out, " of draws.");
    pw_text_append(self->out, cell(self, "estimates")[0] ? " It hangs most on " : " No single estimate stands out in this run");
    say_listed(cell(self, "estimates"), pw_word_estimate, self->out);
    pw_text_append(self->out, ".");
}

static void say_why(const saying_t *self)
{
    const char *verdict = cell(self, "verdict");
    if (strcmp(verdict, "same") == 0)
        pw_text_append(self->out, "the same in every world.");
    else if (strcmp(verdict, "worlds") == 0)
        say_worlds(self);
    else if (strcmp(verdict, "one world") == 0)
        pw_text_append(self->out, "cannot tell, nor why: with one world for each draw, noise and want of evidence look alike; run again with "
                       "--replications 2 or more.");
    else if (strcmp(verdict, "evidence") == 0)
        say_evidence(self);
    else
        pw_text_printf(self->out, "%s.", verdict);
}

static void say_pair(const saying_t *self)
{
    const char *verdict = cell(self, "verdict"), *switches = cell(self, "switches");
    bool looked = strncmp(switches, NOT_LOOKED_AT, sizeof NOT_LOOKED_AT - 1) != 0, otherwise = looked && switches[0] && strcmp(switches, "none") != 0;
    bool clear = strcmp(verdict, "better") == 0 || strcmp(verdict, "worse") == 0;
    if (strcmp(verdict, "missing") == 0 || (clear && !otherwise))
        return;
    pw_word_name(cell(self, "scenario"), self->out);
    pw_text_append(self->out, " against ");
    pw_word_name(cell(self, "other"), self->out);
    pw_text_append(self->out, ", ");
    pw_word_measure(cell(self, "measure"), self->out);
    pw_text_append(self->out, ": ");
    say_why(self);
    if (otherwise) {
        pw_text_append(self->out, " It hangs on how the model is built, too: otherwise with ");
        say_listed(switches, pw_word_name, self->out);
        pw_text_append(self->out, ".");
    }
}

static void say(const pw_csv_table_t *table, int64_t row, pw_text_t *out)
{
    saying_t self = { table, row, out };
    if (strcmp(cell(&self, "what"), "tier") == 0)
        say_tiers(&self);
    else
        say_pair(&self);
}

/* "pathways switches a.cfg b.cfg --out FOLDER", for all policies that nobody has looked at; nothing if there are none. */
static void say_not_looked_at(const pw_csv_table_t *table, pw_text_t *out)
{
    static const char end[] = " --out FOLDER";
    const size_t begin = sizeof NOT_LOOKED_AT - 1 + strlen("pathways switches ");
    int n = 0;
    for (int64_t r = 0; r < table->n_rows; r++) {
        const char *switches = pw_answer_cell(table, r, "switches"), *file = switches + begin;
        if (strncmp(switches, NOT_LOOKED_AT, sizeof NOT_LOOKED_AT - 1) != 0 || strlen(switches) <= begin + strlen(end) ||
            strcmp(pw_answer_cell(table, r, "measure"), pw_answer_cell(table, 0, "measure")) != 0)
            continue;
        pw_text_append(out, n++ == 0 ? " Nobody has looked yet whether it hangs on how the model is built: pathways switches " : " ");
        pw_text_append_bytes(out, file, strlen(file) - strlen(end));
    }
    if (n > 0)
        pw_text_printf(out, "%s.", end);
}

static void close_with(const pw_csv_table_t *table, pw_text_t *out)
{
    if (table->n_rows == 0)
        return;
    pw_text_append(out, "Two are told apart where the 95 % interval of their difference over the draws leaves out 0. All of this is of the "
                   "model as the files build "
                        "it.");
    say_not_looked_at(table, out);
}
