#include "columns.h"

#include <string.h>

static const pw_results_file_t results_file[] = {
    { "summary.csv", "every measure of every scenario, by area and subgroup" },
    { "differences.csv", "every measure, scenario minus baseline in the same worlds, by area and subgroup; and prices" },
    { "pairs.csv", "every two scenarios compared in the same worlds: headlines for which a direction is better, all areas, all families" },
    { "noise.csv", "what the simulation's noise in a measure has to do with that in its pounds: what the noise of a net benefit is made of" },
    { "draws.csv", "one row per draw and scenario: all measures of all areas and families, as columns" },
    { "pathways.csv", "cases moving from stage to stage" },
    { "monthly.csv", "the area by month, from the start of the policies: notifications, queues, waits, occupancy" },
    { "costs.csv", "the area's budget by payer, year and kind of money, all areas, undiscounted; set-up apart" },
    { "survival.csv", "the share of families not notified again, by month after the index, with its band over draws" },
    { "one_year.csv", "what one area counts in one year: mean and spread of single worlds" },
    { "targets.csv", "the study beside the model's baseline" },
    { "assumptions.csv", "every estimate: value, interval, grade, source" },
    { "parameters.csv", "one row per draw: the value of every estimate, as columns" },
    { "learnt.csv", "of a run that draws from a posterior: each estimate before and after the study" },
    { "measures.csv", "what each measure is: name, label, unit, direction, definition" },
    { "world.csv", "one row per world, scenario and area: plain sums, before any ratio is taken" },
};

#define MEASURED(file)                                                                                                                     \
    { file, "scenario", "string", NULL, "name of the scenario; baseline" },                                                                \
    { file, "area", "string", NULL, "name of the area; all: all areas together" },                                                         \
    { file, "subgroup", "string", NULL, "families by what held at their index under the baseline; all: every cohort family" },             \
    { file, "measure", "string", NULL, "name of the measure; docs/measures.md defines it" },                                               \
    { file, "unit", "string", NULL, "unit of the numbers in this row" }
#define SPREADS(file)                                                                                                                      \
    { file, "mc_se", "number", "unit", "Monte Carlo standard error of the mean over all worlds; missing with one replication" },           \
    { file, "low95", "number", "unit",                                                                                                     \
      "2.5 % point over draws, replication noise taken out; missing where draws do not differ by more than simulation noise; at draws 0 "  \
      "(every estimate at its value) or 1 the lower end of the 95 % Monte Carlo interval of the mean; with one replication noise is in" }, \
    { file, "high95", "number", "unit", "97.5 % point, likewise" },                                                                        \
    { file, "p05", "number", "unit",                                                                                                       \
      "5 % point of single worlds; of more than 128 worlds from counts in bins, each about 1/500 as wide as the range of the first 128" }, \
    { file, "p50", "number", "unit", "50 % point of single worlds, likewise" },                                                            \
    { file, "p95", "number", "unit", "95 % point of single worlds, likewise" },                                                            \
    { file, "draws", "integer", NULL, "draws in which the measure has a value; 0: every estimate at its value" },                          \
    { file, "replications", "integer", NULL, "worlds of each draw" },                                                                      \
    { file, "additive", "boolean", NULL, "true: the values of separate areas add up to that of all areas" }

static const pw_column_t column[] = {
    MEASURED("summary.csv"),
    { "summary.csv", "mean", "number", "unit", "mean over draws" },
    SPREADS("summary.csv"),

    MEASURED("differences.csv"),
    { "differences.csv", "mean", "number", "unit", "scenario minus baseline, paired, mean over draws; of prices: ratio of means" },
    SPREADS("differences.csv"),
    { "differences.csv", "better", "number", "share", "share of draws in which the scenario is better, draws without any difference counted as half, noise of "
      "the simulation still in each draw: where draws differ by little more than noise it is near 0.5; missing if no direction is better" },

    { "pairs.csv", "measure", "string", NULL, "name of the measure; measures.csv says what it means" },
    { "pairs.csv", "unit", "string", NULL, "unit of the numbers in this row" },
    { "pairs.csv", "scenario", "string", NULL, "name of the scenario" },
    { "pairs.csv", "other", "string", NULL, "what it is compared with: baseline, or a scenario named before it on the command line" },
    { "pairs.csv", "mean", "number", "unit", "scenario minus other, paired, mean over draws" },
    SPREADS("pairs.csv"),
    { "pairs.csv", "better", "number", "share", "share of draws in which the scenario is better than the other, draws without any difference counted as half, "
      "noise of the simulation still in each draw" },
    { "pairs.csv", "clear", "boolean", NULL, "true: the run tells the two apart: the interval does not hold 0, and the mean is larger than the "
      "noise of the simulation" },

    { "noise.csv", "scenario", "string", NULL, "name of the scenario, whose difference from the baseline it is about" },
    { "noise.csv", "measure", "string", NULL, "name of the measure; measures.csv says what it means" },
    { "noise.csv", "pounds", "string", NULL, "the sum of pounds: own_use (per family of the cohort) or budget (a year)" },
    { "noise.csv", "mc_covariance", "number", "by measure",
      "Monte Carlo covariance of the two differences' means over all worlds; mc_se squared where they are the same; no row with one replication" },
    { "noise.csv", "draws", "integer", NULL, "draws in which both have a value" },

    { "draws.csv", "draw", "integer", NULL, "number of the draw, from 0" },
    { "draws.csv", "scenario", "string", NULL, "name of the scenario; baseline" },

    { "pathways.csv", "scenario", "string", NULL, "name of the scenario; baseline" },
    { "pathways.csv", "area", "string", NULL, "name of the area; all: all areas together" },
    { "pathways.csv", "from", "string", NULL, "stage; outside: no case was open" },
    { "pathways.csv", "to", "string", NULL, "stage; outside: the family left" },
    { "pathways.csv", "per_100_families", "number", "per 100 families",
      "moves from the start of the policies to the end of the run, per 100 families that entered in that time" },

    { "monthly.csv", "scenario", "string", NULL, "name of the scenario; baseline" },
    { "monthly.csv", "area", "string", NULL, "name of the area; all: all areas together" },
    { "monthly.csv", "month", "integer", "months", "month after the start of the policies, from 1" },
    { "monthly.csv", "queue", "string", NULL, "team or service; empty: the area as a whole" },
    { "monthly.csv", "measure", "string", NULL,
      "of the area: counts; of a queue: joined, started, refused, gave_up, wait_mean, length, occupancy" },
    { "monthly.csv", "unit", "string", NULL, "unit of the mean" },
    { "monthly.csv", "mean", "number", "unit", "mean over worlds; waits: mean over the families started in the month" },
    { "monthly.csv", "p05", "number", "unit", "5 % point of single worlds; all areas together only, and of a queue its waits, length and occupancy only" },
    { "monthly.csv", "p95", "number", "unit", "95 % point of single worlds, likewise" },

    { "costs.csv", "payer", "string", NULL, "who pays" },
    { "costs.csv", "year", "integer", "years", "year after the start of the policies, from 1; the last one is shorter: the run ends with the last follow-up" },
    { "costs.csv", "scenario", "string", NULL, "name of the scenario; baseline" },
    { "costs.csv", "money", "string", NULL, "kind of money: cashable; capacity: staff time, released but not cashable; social_value" },
    { "costs.csv", "spending", "string", NULL, "running, or set-up: paid once, in the year in which a service begins" },
    { "costs.csv", "cost", "number", "pounds", "mean over worlds, undiscounted, all areas, in the run's price year" },

    { "survival.csv", "scenario", "string", NULL, "name of the scenario; baseline" },
    { "survival.csv", "month", "integer", "months", "months since the index" },
    { "survival.csv", "not_returned", "number", "share",
      "share of cohort families not notified again by then: a life table by month (Kaplan-Meier on months), families that left within a month counted half "
      "in it; mean over draws" },
    { "survival.csv", "low95", "number", "share", "2.5 % point over draws, simulation noise still in it; missing with one draw" },
    { "survival.csv", "high95", "number", "share", "97.5 % point, likewise" },
    { "survival.csv", "exposed", "number", "families", "families of all areas that could be notified again for the first time in the month, mean over worlds" },

    { "one_year.csv", "scenario", "string", NULL, "name of the scenario; baseline" },
    { "one_year.csv", "area", "string", NULL, "name of the area" },
    { "one_year.csv", "year", "integer", "years", "year after the start of the policies, from 1; whole years only" },
    { "one_year.csv", "queue", "string", NULL, "team or service; empty: the area as a whole" },
    { "one_year.csv", "count", "string", NULL, "what is counted, as in monthly.csv" },
    { "one_year.csv", "mean", "number", "a year", "mean over worlds" },
    { "one_year.csv", "p05", "number", "a year", "5 % point of single worlds" },
    { "one_year.csv", "p50", "number", "a year", "50 % point of single worlds" },
    { "one_year.csv", "p95", "number", "a year", "95 % point of single worlds" },
    { "one_year.csv", "difference_mean", "number", "a year", "scenario minus baseline in the same world, mean over worlds; missing of the baseline" },
    { "one_year.csv", "difference_p05", "number", "a year", "its 5 % point of single worlds" },
    { "one_year.csv", "difference_p50", "number", "a year", "its 50 % point of single worlds" },
    { "one_year.csv", "difference_p95", "number", "a year", "its 95 % point of single worlds" },

    { "targets.csv", "target", "string", NULL, "what the study, or another source, found" },
    { "targets.csv", "measure", "string", NULL, "the model's measure beside it" },
    { "targets.csv", "study", "string", NULL, "the figure as the source gives it" },
    { "targets.csv", "low", "number", "unit", "least value that agrees with it" },
    { "targets.csv", "high", "number", "unit", "greatest value that agrees with it" },
    { "targets.csv", "model", "number", "unit", "mean of the baseline" },
    { "targets.csv", "unit", "string", NULL, "unit of low, high and model" },
    { "targets.csv", "kind", "string", NULL, "count, interval: so many of how many; bound; sign; equality: no difference seen; figure: nothing to judge" },
    { "targets.csv", "inside", "string", NULL, "the mean lies from low to high: yes, no; empty: there is nothing to hold it against" },
    { "targets.csv", "source", "string", NULL, "key of the source" },
    { "targets.csv", "use", "string", NULL, "fitted: calibration keeps only what agrees; built in: an assumption points that way already; checked: held out; "
      "external: another population; free: no figure" },
    { "targets.csv", "median", "number", "unit", "counts: median of what a study of the same size would find; others: median over parameter sets" },
    { "targets.csv", "low95", "number", "unit", "2.5 % point, likewise" },
    { "targets.csv", "high95", "number", "unit", "97.5 % point, likewise" },
    { "targets.csv", "p", "number", "share", "counts: chance of one at least as far out as the study's, both sides; else missing" },
    { "targets.csv", "holds", "number", "share", "share of parameter sets of which the expected value lies from low to high" },
    { "targets.csv", "reproduced", "string", NULL, "counts: p is at least 0.05; others: as inside; yes, no, or empty" },
    { "targets.csv", "title", "string", NULL, "the finding in a few words, as tables call it" },

    { "assumptions.csv", "scenario", "string", NULL, "baseline, or the scenario that brings or changes the estimate" },
    { "assumptions.csv", "estimate", "string", NULL, "name" },
    { "assumptions.csv", "area", "string", NULL, "area, where areas have values of their own; else all" },
    { "assumptions.csv", "kind", "string", NULL, "what kind of number it is" },
    { "assumptions.csv", "value", "number", "by kind", "its value" },
    { "assumptions.csv", "low", "number", "by kind", "its 2.5 % point" },
    { "assumptions.csv", "high", "number", "by kind", "its 97.5 % point" },
    { "assumptions.csv", "grade", "string", NULL, "measured (by the study), published, derived, assumed" },
    { "assumptions.csv", "source", "string", NULL, "key of the source" },
    { "assumptions.csv", "price_year", "integer", NULL, "pounds only: the price year of the value as given" },
    { "assumptions.csv", "note", "string", NULL, "what there is to know about it" },
    { "assumptions.csv", "audit", "string", NULL, "what could be counted to measure it; a suggestion" },
    { "assumptions.csv", "origin", "string", NULL, "file:line" },
    { "assumptions.csv", "calibrate", "boolean", NULL, "an assumption that is meant to be fitted to the study; it is where the draws come from "
      "sets that agree with it" },

    { "parameters.csv", "draw", "integer", NULL, "number of the draw, from 0" },

    { "learnt.csv", "estimate", "string", NULL, "name" },
    { "learnt.csv", "calibrated", "boolean", NULL, "true: it was meant to be learnt from the study; false: the sets hold it too, as it came out" },
    { "learnt.csv", "prior_median", "number", "by kind", "median of its own distribution, before the study" },
    { "learnt.csv", "prior_low95", "number", "by kind", "2.5 % point, likewise" },
    { "learnt.csv", "prior_high95", "number", "by kind", "97.5 % point, likewise" },
    { "learnt.csv", "median", "number", "by kind", "median over the sets as they are weighted in this run: after the study" },
    { "learnt.csv", "low95", "number", "by kind", "2.5 % point, likewise" },
    { "learnt.csv", "high95", "number", "by kind", "97.5 % point, likewise" },
    { "learnt.csv", "score_mean", "number", "prior standard deviations",
      "how far it moved: mean of its normal scores, where the prior has mean 0 and variance 1" },
    { "learnt.csv", "variance_ratio", "number", "share", "what is left of the prior's variance, on the same scale" },
    { "learnt.csv", "overlap", "number", "share", "how much prior and sets have in common, over ten equally likely parts of the prior; 1: the same" },
    { "learnt.csv", "verdict", "string", NULL, "learnt; a little; not identified (calibrated, hardly moved); hardly moved" },

    { "measures.csv", "measure", "string", NULL, "name" },
    { "measures.csv", "label", "string", NULL, "as a table calls it, short" },
    { "measures.csv", "theme", "string", NULL, "the heading under which it stands: return, pathway, harm, ...; price: pounds for each unit averted" },
    { "measures.csv", "unit", "string", NULL, "unit" },
    { "measures.csv", "direction", "string", NULL, "which is better" },
    { "measures.csv", "headline", "boolean", NULL, "true: it stands in the table that a run prints, where it has something to say" },
    { "measures.csv", "definition", "string", NULL, "what it is, in a sentence" },

    { "world.csv", "draw", "integer", NULL, "number of the draw, from 0" },
    { "world.csv", "replication", "integer", NULL, "number of the replication, from 0" },
    { "world.csv", "scenario", "string", NULL, "name of the scenario; baseline" },
    { "world.csv", "area", "string", NULL, "name of the area" },
};

int pw_columns(const pw_column_t **out)
{
    *out = column;
    return (int)(sizeof column / sizeof column[0]);
}

int pw_results_files(const pw_results_file_t **out)
{
    *out = results_file;
    return (int)(sizeof results_file / sizeof results_file[0]);
}

void pw_columns_header(pw_csv_t *csv, const char *file)
{
    for (size_t i = 0; i < sizeof column / sizeof column[0]; i++)
        if (strcmp(column[i].file, file) == 0)
            pw_csv_text(csv, column[i].name);
}
