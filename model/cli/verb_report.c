/* verb_report.c: `pathways report`: a finished run as pages and charts. */
#include <stdio.h>

#include "../report/briefing.h"
#include "../report/compare_runs.h"
#include "verb.h"

typedef struct { bool compare; } report_options_t;

static const pw_option_t options[] = {
    { .name = "compare", .letter = 'c', .help = "say what changed from the first folder to the second, and why; writes nothing", .kind = PW_OPTION_FLAG,
      .offset = offsetof(report_options_t, compare) },
};
enum { N_OPTIONS = sizeof options / sizeof options[0] };

static pw_status_t make(const char *folder, pw_findings_t *findings)
{
    pw_briefing_said_t said = { 0 };
    pw_status_t status = pw_briefing_make(folder, &said, findings);
    if (status == PW_OK)
        printf("The briefing: %s/briefing.html\n%s%s", folder, pw_text_get(&said.warnings), pw_text_get(&said.notes));
    pw_text_free(&said.warnings);
    pw_text_free(&said.notes);
    return status;
}

static pw_status_t compare(const char *before, const char *after, pw_findings_t *findings)
{
    pw_text_t text = { 0 };
    pw_status_t status = pw_compare_runs(before, after, &text, findings);
    if (status == PW_OK)
        fputs(pw_text_get(&text), stdout);
    pw_text_free(&text);
    return status;
}

static int run(int argc, char **argv)
{
    report_options_t asked = { 0 };
    pw_findings_t findings = { 0 };
    int first;
    if (pw_options_parse("pathways report", options, N_OPTIONS, &asked, argc, argv, &first) < 0)
        return pw_status_exit_code(PW_ERROR_USAGE);
    if (argc - first != (asked.compare ? 2 : 1)) {
        fprintf(stderr, "pathways report: name %s\n", asked.compare ? "two runs' folders: the earlier one, then the later one"
                : "one run's folder, such as output/first-run");
        return pw_status_exit_code(PW_ERROR_USAGE);
    }
    pw_status_t status = asked.compare ? compare(argv[first], argv[first + 1], &findings) : make(argv[first], &findings);
    if (findings.n > 0)
        pw_findings_print(&findings, stderr);
    else if (status != PW_OK)
        fprintf(stderr, "pathways report: %s\n", pw_status_sentence(status));
    pw_findings_free(&findings);
    return pw_status_exit_code(status);
}

const pw_verb_t pw_verb_report = {
    .name = "report",
    .summary = "make pages and charts of a finished run",
    .usage = "report DIR | report --compare DIR DIR",
    .about = "Reads a run's folder and nothing else, and puts into it briefing.html (one file: no script, no network;\n"
             "prints on A4), briefing.pdf (if WeasyPrint is installed) and charts/NAME.csv, .svg and .png (drawn by\n"
             "gnuplot; without it the pages are made without pictures). Every number in a sentence is looked up in the\n"
             "folder. Puts summary.xlsx there too. The same run gives the same bytes. `run` does this at its end, unless told --no-report.\n",
    .examples = "  pathways report output/first-run\n"
                "      then open output/first-run/briefing.html in a browser\n"
                "  pathways report --compare output/march output/june\n"
                "      which headline measures moved, and what differs: version, seed, settings, files, estimates\n",
    .options = options,
    .n_options = N_OPTIONS,
    .run = run,
};
