/* verb_check.c: `pathways check`: everything that is wrong in input files, in one pass. */
#include <string.h>

#include "../base/memory.h"
#include "../report/explain.h"
#include "../spec/compile.h"
#include "../spec/spec.h"
#include "verb.h"

typedef struct { pw_option_texts_t sets; } check_options_t;

static const pw_option_t options[] = {
    { .name = "set", .argument = "PATH=VALUE", .help = "check with this setting changed; may be repeated", .kind = PW_OPTION_TEXTS,
      .offset = offsetof(check_options_t, sets) },
};

/* Compiles at the estimates' values for every area: what only shows then (fixed limits in all, numbers that cannot be solved). */
static pw_status_t try_areas(const pw_spec_t *spec, pw_findings_t *findings)
{
    pw_values_t values = { 0 };
    pw_model_t *model = pw_alloc(1, sizeof *model);
    pw_status_t status = model ? pw_values_central(&spec->evidence, pw_spec_areas(spec), &values) : PW_ERROR_MEMORY;
    for (int area = 0; area < pw_spec_areas(spec) && status == PW_OK; area++) {
        status = pw_compile(spec, &values, NULL, NULL, area, model, findings);
        if (status == PW_ERROR_NUMBER) {
            pw_findings_add(findings, spec->file, 0, "incidents",
                            "No scale of the gaps between incidents gives per_year under this shape and frailty_variance.");
            status = PW_ERROR_INPUT;
        }
    }
    pw_values_free(&values);
    pw_free(model);
    return status;
}

/* What is lawful and looks like a slip of the pen, against the baseline that a scenario stands on. */
static pw_status_t look_again(const pw_spec_t *spec, const check_options_t *asked)
{
    pw_spec_t *base = NULL;
    pw_findings_t findings = { 0 };      /* the base was read with the scenario already: nothing new */
    pw_text_t text = { 0 };
    pw_status_t status = PW_OK;
    if (strcmp(pw_explain_base(spec), spec->file) != 0)
        status = pw_spec_load(pw_explain_base(spec), asked->sets.text, asked->sets.n, &base, &findings);
    if (status == PW_OK && base && findings.n == 0)
        status = pw_explain_slips(base, spec, &text);
    if (status == PW_OK && text.n > 0)
        printf("  Lawful, but look again:\n%s", pw_text_get(&text));
    pw_text_free(&text);
    pw_findings_free(&findings);
    pw_spec_free(base);
    return status == PW_ERROR_MEMORY ? status : PW_OK;      /* --set may say what only the scenario has */
}

static pw_status_t check_one(const char *file, const check_options_t *asked, pw_findings_t *findings)
{
    pw_spec_t *spec = NULL;
    size_t before = findings->n;
    pw_status_t status = pw_spec_load(file, asked->sets.text, asked->sets.n, &spec, findings);
    if (status == PW_OK && findings->n == before)
        status = try_areas(spec, findings);
    if (status == PW_OK && findings->n == before) {
        printf("%s: nothing wrong: %d stages, %d teams, %d services, %d estimates.\n", file, spec->stages.n, spec->teams.n, spec->services.n, spec->evidence.n);
        status = look_again(spec, asked);
    }
    pw_spec_free(spec);
    return status == PW_ERROR_INPUT && findings->n > before ? PW_OK : status;
}

static int run(int argc, char **argv)
{
    check_options_t asked = { 0 };
    int first;
    if (pw_options_parse("pathways check", options, sizeof options / sizeof options[0], &asked, argc, argv, &first) < 0)
        return pw_status_exit_code(PW_ERROR_USAGE);
    if (first >= argc) {
        fprintf(stderr, "pathways check: which file? For example: pathways check scenarios/joint_screening.cfg\n");
        return pw_status_exit_code(PW_ERROR_USAGE);
    }
    pw_findings_t findings = { 0 };
    pw_status_t status = PW_OK;
    for (int i = first; i < argc && status == PW_OK; i++)
        status = check_one(argv[i], &asked, &findings);
    bool is_wrong = findings.n > 0;
    pw_findings_print(&findings, stdout);
    if (findings.out_of_memory && status == PW_OK)
        status = PW_ERROR_MEMORY;
    pw_findings_free(&findings);
    if (status != PW_OK) {
        fprintf(stderr, "pathways check: %s\n", pw_status_sentence(status));
        return pw_status_exit_code(status);
    }
    return is_wrong ? pw_status_exit_code(PW_ERROR_INPUT) : 0;
}

const pw_verb_t pw_verb_check = {
    .name = "check",
    .summary = "everything that is wrong in input files, each with its line",
    .usage = "check FILE.cfg... [options]",
    .about = "Reads each file with what it is based on and says everything that is wrong, all in one pass, one line each:\n"
             "  file:line: path: what was given; what is allowed; did you mean ...\n"
             "A file without fault gets one line that says so, and, after it, numbers that are lawful and look like slips\n"
             "of the pen: 0.3 for 30 per cent, a ratio of 95, an estimate without its interval or that no setting names,\n"
             "places where the baseline's are drawn, costs that its places pay too, places of a team that nobody pays for,\n"
             "offers or a set-up where there are no places, attributes or frailties that those there at day 0 keep.\n"
             "`explain` warns of more.\n"
             "Exit code 3 if anything is wrong; a number to look at again is not wrong.\n",
    .examples = "  pathways check scenarios/*.cfg\n"
                "      the scenarios and the baseline that they build on\n"
                "  pathways check params/baseline.cfg --set services.specialist_advocacy.places=12\n"
                "      the baseline with one setting changed\n",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .run = run,
};
