/* verb_centres.c: `pathways centres`: the pilot that finds the covariates' averages and the risk score's noise. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "../base/file.h"
#include "../base/memory.h"
#include "../base/processors.h"
#include "../experiment/pilot.h"
#include "verb.h"

typedef struct {
    const char *out;
    int64_t worlds, rounds, seed, threads;
    pw_option_texts_t sets;
    bool quiet;
} centres_options_t;

#define AT(field) offsetof(centres_options_t, field)
static const pw_option_t options[] = {
    { .name = "out", .letter = 'o', .argument = "FILE", .help = "where the averages go (default: centres.cfg beside the baseline)", .kind = PW_OPTION_TEXT,
      .offset = AT(out) },
    { .name = "worlds", .letter = 'w', .argument = "N", .help = "worlds a round (default 40)", .kind = PW_OPTION_INTEGER, .offset = AT(worlds), .low = 1,
      .high = 100000 },
    { .name = "rounds", .argument = "N", .help = "rounds: averages change the chances that they are averages of (default 4)", .kind = PW_OPTION_INTEGER,
      .offset = AT(rounds), .low = 1, .high = 100 },
    { .name = "seed", .letter = 's', .argument = "N", .help = "another seed, other luck (default 1)", .kind = PW_OPTION_INTEGER, .offset = AT(seed), .low = 0,
      .high = INT64_MAX },
    { .name = "threads", .letter = 't', .argument = "T", .help = "threads (default: all cores); the averages do not depend on them", .kind = PW_OPTION_INTEGER,
      .offset = AT(threads), .low = 1, .high = 1024 },
    { .name = "set", .argument = "PATH=VALUE", .help = "change a setting of the baseline; may be repeated", .kind = PW_OPTION_TEXTS, .offset = AT(sets) },
    { .name = "quiet", .letter = 'q', .help = "no progress and no report", .kind = PW_OPTION_FLAG, .offset = AT(quiet) },
};
enum { N_OPTIONS = sizeof options / sizeof options[0] };

static void report(const pw_pilot_t *pilot, const char *out)
{
    printf("The largest change of an average in the last round was %.4f.\n", pilot->largest_move);
    printf("The true risk of a severe incident has an area under the ROC curve of %.3f.\n", pilot->best_auc);
    for (int form = 0; form < pilot->n_forms; form++) {
        if (pilot->asked_auc[form] <= 0.0)
            continue;
        printf("%s: noise of standard deviation %.3f gives its score an area of %.3f (asked: %.3f)%s.\n", pilot->form[form], pilot->noise_sd[form],
               pilot->reached_auc[form], pilot->asked_auc[form], pilot->noise_sd[form] == 0.0 ? "; no score can do better than the true risk" : "");
    }
    printf("The averages are in %s.\n", out);
}

static pw_status_t write_centres(const pw_spec_t *spec, const pw_pilot_t *pilot, const char *out)
{
    pw_text_t text = { 0 };
    pw_pilot_write(spec, pilot, &text);
    pw_status_t status = text.failed ? PW_ERROR_MEMORY : pw_file_replace(out, pw_text_get(&text), text.n);
    if (status == PW_ERROR_WRITE)
        fprintf(stderr, "pathways centres: %s could not be written: %s\n", out, strerror(errno));
    pw_text_free(&text);
    return status;
}

/* params/baseline.cfg -> params/centres.cfg */
static void beside(const char *file, pw_text_t *out)
{
    const char *slash = strrchr(file, '/');
    if (slash)
        pw_text_append_bytes(out, file, (size_t)(slash - file) + 1);
    pw_text_append(out, "centres.cfg");
}

static int run(int argc, char **argv)
{
    centres_options_t asked = { .worlds = 40, .rounds = 4, .seed = 1, .threads = pw_processors() };
    int first;
    if (pw_options_parse("pathways centres", options, N_OPTIONS, &asked, argc, argv, &first) < 0)
        return pw_status_exit_code(PW_ERROR_USAGE);
    if (argc - first > 1) {
        fprintf(stderr, "pathways centres: one baseline at a time, not %d files\n", argc - first);
        return pw_status_exit_code(PW_ERROR_USAGE);
    }
    const char *file = argc > first ? argv[first] : "params/baseline.cfg";
    pw_text_t out = { 0 };
    if (asked.out)
        pw_text_append(&out, asked.out);
    else
        beside(file, &out);
    pw_findings_t findings = { 0 };
    pw_spec_t *spec = NULL;
    pw_pilot_t *pilot = pw_alloc(1, sizeof *pilot);
    pw_status_t status = pilot && !out.failed ? pw_spec_load_for_pilot(file, asked.sets.text, asked.sets.n, &spec, &findings) : PW_ERROR_MEMORY;
    if (status == PW_OK && findings.n > 0)
        status = PW_ERROR_INPUT;
    pw_pilot_options_t pilot_options = { (int)asked.worlds, (int)asked.rounds, (int)asked.threads, (uint64_t)asked.seed, asked.quiet };
    if (status == PW_OK)
        status = pw_pilot_run(spec, &pilot_options, pilot, &findings);
    pw_findings_print(&findings, stderr);
    if (status == PW_OK)
        status = write_centres(spec, pilot, pw_text_get(&out));
    if (status == PW_OK && !asked.quiet)
        report(pilot, pw_text_get(&out));
    if (status != PW_OK && status != PW_ERROR_INPUT && status != PW_ERROR_WRITE)
        fprintf(stderr, "pathways centres: %s\n", pw_status_sentence(status));
    pw_spec_free(spec);
    pw_findings_free(&findings);
    pw_text_free(&out);
    pw_free(pilot);
    return pw_status_exit_code(status);
}

const pw_verb_t pw_verb_centres = {
    .name = "centres",
    .summary = "find the covariates' averages and the risk scores' noise",
    .usage = "centres [BASELINE.cfg] [options]",
    .about = "Percentages in the files are averages; ratios say who gets more. For that the program needs each\n"
             "covariate's average in the baseline at every place where a chance is taken. This pilot runs the\n"
             "baseline with every estimate at its value, takes the averages, and sets the noise of each form's\n"
             "risk score so that it is as inaccurate as its source says. Run it after a change to the baseline.\n",
    .examples = "  pathways centres\n      writes params/centres.cfg\n"
                "  pathways centres params/baseline.cfg --worlds 200 --out params/centres.cfg\n      the same with five times as many worlds\n",
    .options = options,
    .n_options = N_OPTIONS,
    .run = run,
};
