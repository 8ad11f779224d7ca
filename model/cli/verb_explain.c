/* verb_explain.c: `pathways explain`: what a scenario changes, in sentences; what its author should look at again. */
#include "../base/memory.h"
#include "../report/explain.h"
#include "../spec/resolved.h"
#include "verb.h"

typedef struct {
    pw_option_texts_t sets;
    int64_t worlds, seed;
    const char *baseline;
    bool origins, no_pilot;
} explain_options_t;

#define AT(field) offsetof(explain_options_t, field)
static const pw_option_t options[] = {
    { .name = "origins", .help = "print every value in force with the line that set it, nothing else", .kind = PW_OPTION_FLAG, .offset = AT(origins) },
    { .name = "no-pilot", .help = "leave out the warnings that need a short run", .kind = PW_OPTION_FLAG, .offset = AT(no_pilot) },
    { .name = "worlds", .letter = 'w', .argument = "N", .help = "worlds of the short run (default 8)", .kind = PW_OPTION_INTEGER, .offset = AT(worlds),
      .low = 1, .high = 10000 },
    { .name = "seed", .letter = 's', .argument = "N", .help = "another seed, other luck in the short run (default 1)", .kind = PW_OPTION_INTEGER,
      .offset = AT(seed), .low = 0, .high = INT64_MAX },
    { .name = "baseline", .argument = "FILE", .help = "what to compare with (default: what the scenario is based on)", .kind = PW_OPTION_TEXT,
      .offset = AT(baseline) },
    { .name = "set", .argument = "PATH=VALUE", .help = "change a setting of the baseline and of every scenario; may be repeated", .kind = PW_OPTION_TEXTS,
      .offset = AT(sets) },
};
enum { N_OPTIONS = sizeof options / sizeof options[0] };

static pw_status_t load(const char *file, const explain_options_t *asked, pw_spec_t **out, pw_findings_t *findings)
{
    pw_status_t status = pw_spec_load(file, asked->sets.text, asked->sets.n, out, findings);
    return status == PW_OK && findings->n > 0 ? PW_ERROR_INPUT : status;
}

static pw_status_t explain(const char *file, const explain_options_t *asked, pw_text_t *out, pw_findings_t *findings)
{
    pw_spec_t *now = NULL, *before = NULL;
    pw_explain_pilot_t pilot = { .worlds = asked->no_pilot ? 0 : asked->worlds, .seed = (uint64_t)asked->seed };
    pw_status_t status = load(file, asked, &now, findings);
    if (status == PW_OK && asked->origins) {
        pw_resolved_write(now, out);
        status = out->failed ? PW_ERROR_MEMORY : PW_OK;
    } else if (status == PW_OK) {
        char *baseline = pw_strdup(asked->baseline ? asked->baseline : pw_explain_base(now));
        status = baseline ? load(baseline, asked, &before, findings) : PW_ERROR_MEMORY;
        if (status == PW_OK)
            status = pw_explain_write(before, now, out);
        if (status == PW_OK)
            status = pw_explain_warn(before, now, &pilot, out, findings);
        pw_free(baseline);
    }
    pw_spec_free(now);
    pw_spec_free(before);
    return status;
}

static int run(int argc, char **argv)
{
    explain_options_t asked = { .worlds = 8, .seed = 1 };
    int first;
    if (pw_options_parse("pathways explain", options, N_OPTIONS, &asked, argc, argv, &first) < 0)
        return pw_status_exit_code(PW_ERROR_USAGE);
    if (first >= argc) {
        fprintf(stderr, "pathways explain: which scenario? For example: pathways explain scenarios/joint_screening.cfg\n");
        return pw_status_exit_code(PW_ERROR_USAGE);
    }
    pw_status_t worst = PW_OK;
    for (int i = first; i < argc && worst != PW_ERROR_MEMORY; i++) {
        pw_text_t text = { 0 };
        pw_findings_t findings = { 0 };
        pw_status_t status = explain(argv[i], &asked, &text, &findings);
        if (status == PW_OK)
            printf("%s%s", i > first ? "\n\n" : "", pw_text_get(&text));
        else if (findings.n == 0)
            fprintf(stderr, "pathways explain: %s\n", pw_status_sentence(status));
        pw_findings_print(&findings, stderr);
        worst = worst == PW_OK || status == PW_ERROR_MEMORY ? status : worst;
        pw_findings_free(&findings);
        pw_text_free(&text);
    }
    return pw_status_exit_code(worst);
}

const pw_verb_t pw_verb_explain = {
    .name = "explain",
    .summary = "what a scenario changes, in sentences, and what to look at again",
    .usage = "explain SCENARIO.cfg... [options]",
    .about = "Says in plain English what each scenario changes in its baseline: one sentence a change, with units, the\n"
             "grades of estimates, and the file and line that say it. Then warns: a policy that reaches nobody, effects\n"
             "that may be counted twice, numbers outside the range of their evidence, capacity that is full from the\n"
             "first month, a service that costs nothing. Some warnings come from a short run at the estimates' values.\n"
             "Exit code 0 also with warnings; 3 if a file has something wrong in it (`check` says what).\n",
    .examples = "  pathways explain scenarios/supervised_contact.cfg\n"
                "      what the policy changes, and its warnings\n"
                "  pathways explain scenarios/my_policy.cfg --no-pilot\n"
                "      at once, without the warnings that need a run\n"
                "  pathways explain scenarios/my_policy.cfg --origins | grep services\n"
                "      every value of every service, and who set it\n",
    .options = options,
    .n_options = N_OPTIONS,
    .run = run,
};
