#include "comparison.h"

#include <math.h>
#include <string.h>

#include "../base/table.h"
#include "digits.h"
#include "reading.h"
#include "wording.h"

/* An interval's ends are the 2.5 % and 97.5 % points of the draws: with fewer than this they are hardly more than the extremes. */
enum { SIDE_BY_SIDE = 3, ENOUGH_DRAWS = 100 };

/* ---- cells ---- */

/* Marks: two columns wide, so that the numbers stay aligned. */
static const char *mark(const pw_summary_t *s)
{
    if (s->spread == PW_SPREAD_NOISE)
        return pw_clear_of_zero(s) ? " ~" : "?~";
    return pw_clear_of_zero(s) ? "  " : " ?";
}

static void difference_cell(pw_table_t *table, const pw_summary_t *s, const char *unit)
{
    double low, high;
    pw_text_t text = { 0 };
    enum pw_digits_of of = pw_digits_of_unit(unit);
    bool nothing = pw_reading(s) == PW_READING_NOTHING;
    if (isnan(s->mean) || nothing || !pw_interval_shown(s, &low, &high))
        pw_put_number_cell(s->mean, of, &text);
    else
        pw_put_interval_cell(s->mean, low, high, of, &text);
    bool plain = isnan(s->mean) || nothing || pw_text_get(&text)[0] == '<';
    pw_table_cell(table, PW_RIGHT, "%s%s", pw_text_get(&text), plain ? "  " : mark(s));
    pw_text_free(&text);
}

static void number_cell(pw_table_t *table, double value, const char *unit, const char *after)
{
    pw_text_t text = { 0 };
    pw_put_number_cell(value, pw_digits_of_unit(unit), &text);
    pw_table_cell(table, PW_RIGHT, "%s%s", pw_text_get(&text), after);
    pw_text_free(&text);
}

static const char *short_unit(const char *unit)
{
    if (unit[0] == '%')
        return ", %";
    if (strcmp(unit, "per 100 families") == 0)
        return " /100";
    if (strcmp(unit, "days") == 0)
        return ", days";
    if (strcmp(unit, "£ per family") == 0)
        return ", £ a family";
    if (strcmp(unit, "£ a year") == 0)
        return ", £ a year";
    if (strcmp(unit, "£ per 100 families") == 0)
        return ", £ /100";
    if (strncmp(unit, "£", strlen("£")) == 0)
        return ", £";
    return "";
}

/* ---- rows ---- */

typedef struct { const pw_run_t *run; const pw_net_benefit_t *net; double sets, *room; int from, to; pw_table_t table; } comparison_t;

static pw_summary_t summary(const comparison_t *self, int measure, int scenario, bool paired)
{
    int64_t row = pw_ledger_row(&self->run->ledger, measure, self->run->roster.n_areas, PW_SUBGROUP_all);
    return pw_ledger_summary(&self->run->ledger, scenario, row, paired, self->room);
}

static bool is_shown(const comparison_t *self, int measure)
{
    const pw_measure_t *m = &self->run->catalogue.measure[measure];
    bool changed = !m->if_changed;
    for (int s = self->from; m->headline && !changed && s < self->to; s++) {
        pw_summary_t difference = summary(self, measure, s, true);
        changed = pw_clear_of_zero(&difference);
    }
    return m->headline && changed;
}

static void heading(comparison_t *self)
{
    pw_table_cell(&self->table, PW_LEFT, "Measure");
    pw_table_cell(&self->table, PW_RIGHT, "baseline");
    for (int s = self->from; s < self->to; s++)
        pw_table_cell(&self->table, PW_RIGHT, "%s", self->run->roster.scenario[s]);
    pw_table_end_row(&self->table);
    pw_table_cell(&self->table, PW_LEFT, "%s", "");
    pw_table_cell(&self->table, PW_RIGHT, "mean");
    for (int s = self->from; s < self->to; s++)
        if (isnan(self->sets))
            pw_table_cell(&self->table, PW_RIGHT, "difference  ");
        else
            pw_table_cell(&self->table, PW_RIGHT, "difference, %.0f sets  ", self->sets);
    pw_table_end_row(&self->table);
    pw_table_rule(&self->table);
}

static void measure_row(comparison_t *self, int measure)
{
    const pw_measure_t *m = &self->run->catalogue.measure[measure];
    const char *unit = m->definition->unit;
    pw_table_cell(&self->table, PW_LEFT, "%s%s", m->label, m->label[0] == ' ' ? "" : short_unit(unit));
    number_cell(&self->table, summary(self, measure, 0, false).mean, unit, "");
    for (int s = self->from; s < self->to; s++) {
        pw_summary_t difference = summary(self, measure, s, true);
        difference_cell(&self->table, &difference, unit);
    }
    pw_table_end_row(&self->table);
}

static void price_rows(comparison_t *self)
{
    const pw_price_t *price;
    int n = pw_prices(&price);
    for (int i = 0; i < n && self->from < self->to; i++) {
        pw_table_cell(&self->table, PW_LEFT, "%s", price[i].label);
        pw_table_cell(&self->table, PW_RIGHT, "%s", "");
        for (int s = self->from; s < self->to; s++) {
            double value = NAN;
            bool given = pw_ledger_price(&self->run->ledger, s, &price[i], self->room, &value);
            number_cell(&self->table, given ? value : NAN, "£", "  ");
        }
        pw_table_end_row(&self->table);
    }
}

static void net_benefit_row(comparison_t *self)
{
    if (!self->net || self->from == self->to)
        return;
    pw_table_cell(&self->table, PW_LEFT, "Net benefit%s", short_unit(self->net->unit));
    pw_table_cell(&self->table, PW_RIGHT, "%s", "");
    for (int s = self->from; s < self->to; s++) {
        pw_summary_t difference = pw_net_benefit_summary(self->net, &self->run->ledger, &self->run->joint, s, self->room);
        difference_cell(&self->table, &difference, self->net->unit);
    }
    pw_table_end_row(&self->table);
}

/* Marks are blanks where there is nothing to mark: no line need end in them. */
static void print_trimmed(const char *text, FILE *to)
{
    for (const char *end; *text; text = *end ? end + 1 : end) {
        end = strchrnul(text, '\n');
        size_t n = (size_t)(end - text);
        while (n > 0 && text[n - 1] == ' ')
            n--;
        fprintf(to, "%.*s\n", (int)n, text);
    }
}

static pw_status_t print_block(const pw_run_t *run, double sets, const pw_net_benefit_t *net, double *room, int from, int to_scenario, FILE *to)
{
    comparison_t self = { .run = run, .net = net, .sets = sets, .room = room, .from = from, .to = to_scenario };
    const char *theme = NULL;
    heading(&self);
    for (int m = 0; m < run->catalogue.n; m++) {
        const pw_definition_t *d = run->catalogue.measure[m].definition;
        if (!is_shown(&self, m))
            continue;
        if (theme && strcmp(theme, d->theme) != 0)
            pw_table_end_row(&self.table);
        theme = d->theme;
        measure_row(&self, m);
    }
    price_rows(&self);
    net_benefit_row(&self);
    pw_text_t text = { 0 };
    pw_status_t status = pw_table_write(&self.table, &text);
    if (status == PW_OK)
        print_trimmed(pw_text_get(&text), to);
    pw_text_free(&text);
    pw_table_free(&self.table);
    return status;
}

/* ---- what the numbers are ---- */

static void net_benefit_legend(const pw_run_t *run, const pw_net_benefit_t *net, FILE *to)
{
    pw_text_t pounds = { 0 }, one = { 0 };
    pw_put_exact(net->threshold, PW_OF_POUNDS, &pounds);
    pw_word_one(run->catalogue.measure[net->outcome].name, &one);
    fprintf(to, "net benefit %s for each %s,\n            less what the scenario costs more; above 0: worth it at that price\n", pw_text_get(&pounds),
            pw_text_get(&one));
    pw_text_free(&pounds);
    pw_text_free(&one);
}

static void legend(const pw_run_t *run, double sets, const pw_net_benefit_t *net, FILE *to)
{
    const pw_ledger_t *ledger = &run->ledger;
    if (ledger->fixed)
        fprintf(to, "\nbaseline    mean of %lld worlds; every estimate held at its value\n", (long long)ledger->worlds);
    else
        fprintf(to, "\nbaseline    mean over %lld draws of the estimates x %lld %s each\n", (long long)ledger->n_draws, (long long)ledger->replications,
                ledger->replications == 1 ? "world" : "worlds");
    fprintf(to, "/100        per 100 cohort families, from each one's index on for %d months\n", run->roster.n_curve);
    if (run->roster.n_scenarios < 2)
        return;
    const char *interval = ledger->fixed || ledger->n_draws == 1 ? "95 % Monte Carlo interval: noise of the simulation only"
                           : ledger->replications == 1          ? "95 % interval over draws, noise of the simulation still in it"
                                                                 : "95 % uncertainty interval over draws, simulation noise taken out";
    fprintf(to, "difference  scenario minus baseline, same families, same luck, and its\n            %s\n", interval);
    if (!ledger->fixed && ledger->n_draws < ENOUGH_DRAWS)
        fprintf(to, "            from %lld draws only: too few to go by; take %d or more\n", (long long)ledger->n_draws, ENOUGH_DRAWS);
    if (!isnan(sets))
        fprintf(to, "sets        effective number of parameter sets that the draws are from: an\n            interval is worth no more than that many draws\n");
    if (net)
        net_benefit_legend(run, net, to);
    fprintf(to, "  ?  cannot tell: the interval holds 0, or the mean is no larger than noise\n");
    if (!ledger->fixed)
        fprintf(to, "  ~  not distinguishable from simulation noise over draws: mean and its\n     95 %% Monte Carlo interval\n");
    fprintf(to, "  k, m  thousands, millions; <0.01: less than that either way\n");
    fprintf(to, "  -  no value; a price is given only where what it averts is clear of 0\n");
    fprintf(to, "Incidents include those never reported. Of how often they happen, are reported\n"
                "and are notified, only the product is known: compare differences, not levels.\n");
}

pw_status_t pw_comparison_print(const pw_run_t *run, double sets, const pw_net_benefit_t *net, double *room, FILE *to)
{
    int n = run->roster.n_scenarios;
    pw_status_t status = PW_OK;
    for (int from = 1; status == PW_OK && (from < n || from == 1); from += SIDE_BY_SIDE) {
        int end = from + SIDE_BY_SIDE < n ? from + SIDE_BY_SIDE : n;
        if (from > 1)
            putc('\n', to);
        status = print_block(run, sets, net, room, from, end, to);
    }
    if (status == PW_OK)
        legend(run, sets, net, to);
    return status == PW_OK && ferror(to) ? PW_ERROR_WRITE : status;
}
