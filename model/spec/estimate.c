/* estimate.c: one estimate of the register: what it may say, and the values that come of it. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../base/memory.h"
#include "../base/number.h"
#include "../base/text.h"
#include "register.h"
#include "schema.h"

static const char *const quantity_names[PW_QUANTITIES] = { "percent", "ratio", "per_year", "days", "pounds", "weight", "count", "places" };
static const char *const grade_names[PW_GRADES] = { "measured", "published", "derived", "assumed" };
static const char *const distribution_names[] = { "fixed", "beta", "lognormal", "gamma", "uniform" };
const pw_words_t pw_words_quantity = { (int)PW_COUNT(quantity_names), quantity_names };
const pw_words_t pw_words_grade = { (int)PW_COUNT(grade_names), grade_names };
const pw_words_t pw_words_distribution = { (int)PW_COUNT(distribution_names), distribution_names };

const char *pw_grade_name(int grade) { return grade >= 0 && grade < PW_GRADES ? grade_names[grade] : "unknown"; }
const char *pw_quantity_name(int quantity) { return quantity >= 0 && quantity < PW_QUANTITIES ? quantity_names[quantity] : "unknown"; }

/* Index of the word, or -1: not there, or none of them (a finding). */
static int read_word(pw_register_t *self, const pw_node_t *group, const char *name, const char *const *words, size_t n)
{
    char hint[PW_HINT], all[200];
    const char *text = pw_register_read_text(self, group, name);
    if (!text)
        return -1;
    for (size_t i = 0; i < n; i++)
        if (strcmp(words[i], text) == 0)
            return (int)i;
    pw_register_join(words, n, all, sizeof all);
    pw_register_refuse(self, pw_tree_child(group, name), "\"%.60s\" is not known here; allowed: %s%s", text, all,
                       pw_register_did_you_mean(text, words, n, hint));
    return -1;
}

static bool has_source(const pw_register_t *self, const char *name)
{
    for (int i = 0; self->sources && i < self->sources->n; i++)
        if (!self->sources->child[i]->removed && strcmp(pw_register_name(self->sources->child[i]), name) == 0)
            return true;
    return false;
}

/* ---- one estimate ---- */

static bool allowed(int quantity, double x)
{
    if (quantity == PW_QUANTITY_PERCENT)
        return x >= 0.0 && x <= 100.0;
    return quantity == PW_QUANTITY_RATIO ? x > 0.0 : x >= 0.0;
}

static const char *range_text(int quantity)
{
    return quantity == PW_QUANTITY_PERCENT ? "0 to 100 percent" : quantity == PW_QUANTITY_RATIO ? "above 0"
                                                                                                : "0 or above";
}

static bool read_quantity(pw_register_t *self, const pw_node_t *group, const char *name, int quantity, double *out)
{
    if (!pw_register_read_number(self, group, name, out))
        return false;
    if (quantity < 0 || allowed(quantity, *out))
        return true;
    pw_register_refuse(self, pw_tree_child(group, name), "%s is %.10g; allowed: %s", name, *out, range_text(quantity));
    return false;
}

static void check_source(pw_register_t *self, const pw_node_t *group, const pw_estimate_t *estimate)
{
    char hint[PW_HINT] = "";
    const pw_node_t *node = pw_tree_child(group, "source");
    const char *source = estimate->source;
    bool none = strcmp(source, "none") == 0, needs = estimate->grade >= 0 && estimate->grade != PW_GRADE_ASSUMED;
    if (none) {
        if (needs)
            pw_register_refuse(self, node ? node : group, "the grade \"%s\" needs a source; only \"assumed\" may do without", pw_grade_name(estimate->grade));
        return;
    }
    if (has_source(self, source))
        return;
    size_t n = self->sources ? (size_t)self->sources->n : 0;
    const char **names = pw_alloc(n, sizeof *names);
    if (!names) {
        self->status = PW_ERROR_MEMORY;
        return;
    }
    for (size_t i = 0; i < n; i++)
        names[i] = pw_register_name(self->sources->child[i]);
    pw_register_refuse(self, node, "\"%.60s\" is none of the sources; allowed: the name of one of them, or \"none\" for what is assumed%s", source,
                       pw_register_did_you_mean(source, names, n, hint));
    pw_free(names);
}

static int usual_distribution(int quantity)
{
    switch (quantity) {
    case PW_QUANTITY_PERCENT:
        return PW_DISTRIBUTION_BETA;
    case PW_QUANTITY_COUNT:
    case PW_QUANTITY_PLACES:
        return PW_DISTRIBUTION_GAMMA;
    default:
        return PW_DISTRIBUTION_LOGNORMAL;
    }
}

/* A beta knows nothing above 100 %, the others nothing of 100 %. */
static bool suits(int distribution, int quantity)
{
    return distribution == PW_DISTRIBUTION_UNIFORM || (distribution == PW_DISTRIBUTION_BETA) == (quantity == PW_QUANTITY_PERCENT);
}

/* Says what low and high imply, and what would go with value. */
static void refuse_fit(pw_register_t *self, const pw_node_t *group, const pw_estimate_t *e, double fitted, double unit)
{
    char go[120] = "";
    double low, high;
    const char *centre = e->distribution == PW_DISTRIBUTION_LOGNORMAL ? "median" : "mean";
    const char *curve = distribution_names[e->distribution];
    if (pw_distribution_suggest(e->distribution, e->value / unit, e->low / unit, e->high / unit, &low, &high))
        snprintf(go, sizeof go, "; with value %.10g would go low = %.6g and high = %.6g", e->value, low * unit, high * unit);
    if (isnan(fitted))
        pw_register_refuse(self, group, "no %s curve has its 2.5 %% and 97.5 %% points at low = %.10g and high = %.10g%s", curve, e->low, e->high, go);
    else
        pw_register_refuse(self, group, "low = %.10g and high = %.10g imply a %s of %.4g (%s), not %.10g%s", e->low, e->high, centre, fitted * unit, curve,
                           e->value, go);
}

/* low and high, if both are there and around value. */
static bool read_interval(pw_register_t *self, const pw_node_t *group, pw_estimate_t *e, bool has_value)
{
    const pw_node_t *low = pw_tree_child(group, "low"), *high = pw_tree_child(group, "high");
    bool has_low = read_quantity(self, group, "low", e->quantity, &e->low), has_high = read_quantity(self, group, "high", e->quantity, &e->high);
    if (low && !high)
        pw_register_refuse(self, low, "low is given without high");
    if (high && !low)
        pw_register_refuse(self, high, "high is given without low");
    if ((low || high) && !pw_tree_child(group, "value"))
        pw_register_refuse(self, low ? low : high, "an interval is given without its value");
    if (!has_low || !has_high)
        return false;
    if (e->low >= e->high) {
        pw_register_refuse(self, low, e->low > e->high ? "low is %.10g, above high = %.10g"
                           : "low and high are equal (%.10g, %.10g); leave both out for a fixed number", e->low, e->high);
        return false;
    }
    if (has_value && (e->value < e->low || e->value > e->high)) {
        pw_register_refuse(self, pw_tree_child(group, "value"), "value is %.10g, outside its own interval; allowed: %.10g to %.10g", e->value, e->low, e->high);
        return false;
    }
    return has_value;
}

static void read_uncertainty(pw_register_t *self, const pw_node_t *group, pw_estimate_t *e, bool has_value)
{
    double fitted, unit = e->quantity == PW_QUANTITY_PERCENT ? 100.0 : 1.0;
    bool has_interval = read_interval(self, group, e, has_value), asked = pw_tree_child(group, "distribution") != NULL;
    int distribution = read_word(self, group, "distribution", distribution_names, PW_COUNT(distribution_names));
    e->distribution = PW_DISTRIBUTION_FIXED;
    if (asked && distribution > PW_DISTRIBUTION_FIXED && !pw_tree_child(group, "low") && !pw_tree_child(group, "high"))
        pw_register_refuse(self, pw_tree_child(group, "distribution"), "a distribution needs low and high");
    if (distribution == PW_DISTRIBUTION_FIXED && (pw_tree_child(group, "low") || pw_tree_child(group, "high")))
        pw_register_refuse(self, pw_tree_child(group, "distribution"), "a fixed number has no low and high");
    if (!has_interval || e->quantity < 0 || distribution == PW_DISTRIBUTION_FIXED || (asked && distribution < 0))
        return;
    if (asked && !suits(distribution, e->quantity)) {
        pw_register_refuse(self, pw_tree_child(group, "distribution"), "a %s does not suit a %s; allowed: %s, uniform", distribution_names[distribution],
                           pw_quantity_name(e->quantity), e->quantity == PW_QUANTITY_PERCENT ? "beta" : "lognormal, gamma");
        return;
    }
    e->distribution = asked ? distribution : usual_distribution(e->quantity);
    if (pw_distribution_fit(e->distribution, e->value / unit, e->low / unit, e->high / unit, &e->a, &e->b, &fitted))
        return;
    refuse_fit(self, group, e, fitted, unit);
    e->distribution = PW_DISTRIBUTION_FIXED;
}

/* Pounds of price_year -> pounds of the run's price year. */
static void read_price_year(pw_register_t *self, const pw_node_t *group, pw_estimate_t *e)
{
    const pw_node_t *node = pw_tree_child(group, "price_year");
    e->factor = 1.0;
    if (e->quantity != PW_QUANTITY_POUNDS) {
        if (node && e->quantity >= 0)
            pw_register_refuse(self, node, "only pounds have a price year; this is a %s", pw_quantity_name(e->quantity));
        return;
    }
    if (!node) {
        pw_register_refuse(self, group, "pounds need their price_year, the year in whose prices they are: price_year = 2016;");
        return;
    }
    if (!pw_register_read_year(self, group, "price_year", &e->price_year))
        return;
    if (!self->run_year || e->price_year == self->out->price_year)
        return;
    double own = pw_register_index(self->deflators, e->price_year);
    if (!(own > 0.0))
        pw_register_refuse(self, node, "there is no deflator for %d; add { year = %d; index = ...; } to deflators", e->price_year, e->price_year);
    if (!(self->run_index > 0.0) && !self->run_index_missed) {
        pw_register_refuse(self, self->run_year, "there is no deflator for %d, the run's price year; add { year = %d; index = ...; } to deflators",
                           self->out->price_year, self->out->price_year);
        self->run_index_missed = true;
    }
    if (own > 0.0 && self->run_index > 0.0)
        e->factor = self->run_index / own;
}

static int find_area(const pw_register_t *self, const char *name)
{
    for (int i = 0; self->areas && i < self->areas->n; i++)
        if (strcmp(pw_register_name(self->areas->child[i]), name) == 0)
            return i;
    return -1;
}

static void refuse_area(pw_register_t *self, const pw_node_t *node)
{
    const char *names[16];
    char hint[PW_HINT], all[200];
    size_t n = 0;
    for (int i = 0; self->areas && i < self->areas->n && n < PW_COUNT(names); i++)
        names[n++] = pw_register_name(self->areas->child[i]);
    pw_register_join(names, n, all, sizeof all);
    pw_register_refuse(self, node, "\"%.60s\" is none of the areas; allowed: %s%s", node->name, all, pw_register_did_you_mean(node->name, names, n, hint));
}

static void read_by_area(pw_register_t *self, const pw_node_t *group, pw_estimate_t *e)
{
    const pw_node_t *by_area = pw_tree_child(group, "by_area");
    if (!by_area)
        return;
    if (by_area->kind != PW_NODE_GROUP) {
        pw_register_refuse(self, by_area, "a group is wanted here: by_area = { north = 1.0; };");
        return;
    }
    int n = self->areas ? self->areas->n : 0;
    e->area = pw_alloc((size_t)n, sizeof *e->area);
    e->area_value = pw_alloc((size_t)n, sizeof *e->area_value);
    if (!e->area || !e->area_value) {
        self->status = PW_ERROR_MEMORY;
        return;
    }
    e->n_by_area = n;
    for (int i = 0; i < n; i++) {
        e->area_value[i] = e->value;
        if (!(e->area[i] = pw_strdup(pw_register_name(self->areas->child[i]))))
            self->status = PW_ERROR_MEMORY;
    }
    for (int i = 0; i < by_area->n; i++) {
        double value;
        int at = find_area(self, by_area->child[i]->name);
        if (at < 0)
            refuse_area(self, by_area->child[i]);
        else if (read_quantity(self, by_area, by_area->child[i]->name, e->quantity, &value))
            e->area_value[at] = value;
    }
}

static bool is_name(const char *text)
{
    size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");
    return n > 0 && n < 40 && text[n] == '\0';
}

static void check_name(pw_register_t *self, const pw_node_t *group, const char *name)
{
    if (!name)
        pw_register_refuse(self, group, "the estimate has no name");
    else if (strcmp(name, "remainder") == 0 || strcmp(name, "unlimited") == 0)
        pw_register_refuse(self, group, "an estimate cannot be called \"%s\": settings use this word for something else", name);
    else if (!is_name(name))
        pw_register_refuse(self, group, "\"%.60s\" is no name; allowed: up to 39 letters, digits and _", name);
}

/* What could not be read is filled in with something harmless: the findings keep it from being run. */
static void make_harmless(pw_estimate_t *e, bool has_value)
{
    e->is_wrong = e->quantity < 0;
    if (e->is_wrong)
        e->quantity = PW_QUANTITY_RATIO;
    if (e->grade < 0)
        e->grade = PW_GRADE_ASSUMED;
    if (!has_value)
        e->value = 1.0;
    if (e->distribution == PW_DISTRIBUTION_FIXED)
        e->low = e->high = e->value;
}

void pw_register_read_estimate(pw_register_t *self, const pw_node_t *group, pw_estimate_t *e)
{
    pw_register_check_schema(self, group, &pw_schema_estimates);
    const char *name = pw_register_read_text(self, group, "name"), *source = pw_register_read_text(self, group, "source"),
        *note = pw_register_read_text(self, group, "note");
    const char *audit = pw_register_read_text(self, group, "audit");
    check_name(self, group, name);
    e->file = group->file;
    e->line = group->line;
    e->name = pw_strdup(name ? name : "");
    e->source = pw_strdup(source ? source : "none");
    e->note = pw_strdup(note ? note : "");
    e->audit = pw_strdup(audit ? audit : "");
    if (!e->name || !e->source || !e->note || !e->audit) {
        self->status = PW_ERROR_MEMORY;
        return;
    }
    e->quantity = read_word(self, group, "kind", quantity_names, PW_QUANTITIES);
    if (e->quantity < 0 && !pw_tree_child(group, "kind"))
        pw_register_refuse(self, group, "kind is missing; allowed: percent, ratio, per_year, days, pounds, weight, count, places");
    e->grade = read_word(self, group, "grade", grade_names, PW_GRADES);
    if (e->grade < 0 && !pw_tree_child(group, "grade"))
        pw_register_refuse(self, group, "grade is missing; allowed: measured, published, derived, assumed");
    check_source(self, group, e);
    bool has_value = read_quantity(self, group, "value", e->quantity, &e->value);
    if (!pw_tree_child(group, "value") && !pw_tree_child(group, "low") && !pw_tree_child(group, "high"))
        pw_register_refuse(self, group, "value is missing");
    read_uncertainty(self, group, e, has_value);
    read_price_year(self, group, e);
    make_harmless(e, has_value);
    read_by_area(self, group, e);
    const pw_node_t *calibrate = pw_tree_child(group, "calibrate");
    if (calibrate && calibrate->kind != PW_NODE_BOOL)
        pw_register_refuse(self, calibrate, "calibrate is true or false");
    e->calibrate = calibrate && calibrate->boolean;
}

/* ---- values ---- */

double pw_estimate_quantile(const pw_estimate_t *self, double u)
{
    if (self->distribution == PW_DISTRIBUTION_FIXED)
        return self->value;
    double x = pw_distribution_quantile(self->distribution, self->a, self->b, u);
    bool share = self->distribution == PW_DISTRIBUTION_BETA;
    bool uniform_percent = self->distribution == PW_DISTRIBUTION_UNIFORM && self->quantity == PW_QUANTITY_PERCENT;
    return pw_number_round12(share || uniform_percent ? 100.0 * x : x);
}

double pw_estimate_score(const pw_estimate_t *self, double value)
{
    bool percent = self->distribution == PW_DISTRIBUTION_BETA || (self->distribution == PW_DISTRIBUTION_UNIFORM && self->quantity == PW_QUANTITY_PERCENT);
    return pw_distribution_score(self->distribution, self->a, self->b, percent ? 0.01 * value : value);
}

double pw_estimate_in_area(const pw_estimate_t *self, int area, double drawn)
{
    if (area < 0 || area >= self->n_by_area)
        return drawn;
    double own = self->area_value[area], value = self->value;
    if (own == value)
        return drawn;
    if (drawn == value || !(value > 0.0))
        return own;
    if (self->quantity != PW_QUANTITY_PERCENT)
        return drawn * (own / value);
    if (own <= 0.0 || own >= 100.0 || value >= 100.0)
        return own;
    double odds = drawn / (100.0 - drawn) * (own / (100.0 - own)) / (value / (100.0 - value));
    return drawn < 100.0 ? 100.0 * odds / (1.0 + odds) : 100.0;
}
