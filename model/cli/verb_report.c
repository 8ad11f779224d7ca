/* verb_report.c: `pathways report`: a finished run as pages and charts. */
#include <stdio.h>

#include "../report/briefing.h"
#include "verb.h"

static pw_status_t make(const char *folder)
{
    pw_findings_t findings = { 0 };
    pw_text_t notes = { 0 };
    pw_status_t status = pw_briefing_make(folder, &notes, &findings);
    if (findings.n > 0)
        pw_findings_print(&findings, stderr);
    else if (status != PW_OK)
        fprintf(stderr, "pathways report: %s\n", pw_status_sentence(status));
    if (status == PW_OK)
        printf("The briefing: %s/briefing.html\n%s", folder, pw_text_get(&notes));
    pw_text_free(&notes);
    pw_findings_free(&findings);
    return status;
}

static int run(int argc, char **argv)
{
    int first;
    if (pw_options_parse("pathways report", NULL, 0, NULL, argc, argv, &first) < 0)
        return pw_status_exit_code(PW_ERROR_USAGE);
    if (argc - first != 1) {
        fprintf(stderr, "pathways report: name one run's folder, such as output/first-run\n");
        return pw_status_exit_code(PW_ERROR_USAGE);
    }
    return pw_status_exit_code(make(argv[first]));
}

const pw_verb_t pw_verb_report = {
    .name = "report",
    .summary = "make pages and charts of a finished run",
    .usage = "report DIR",
    .about = "Reads a run's folder and nothing else, and puts into it briefing.html (one file: no script, no network;\n"
             "prints on A4), briefing.pdf (if WeasyPrint is installed) and charts/NAME.csv, .svg and .png (drawn by\n"
             "gnuplot; without it the pages are made without pictures). Every number in a sentence is looked up in the\n"
             "folder. Puts summary.xlsx there too. The same run gives the same bytes. `run` does this at its end, unless told --no-report.\n",
    .examples = "  pathways report output/first-run\n"
                "      then open output/first-run/briefing.html in a browser\n",
    .options = NULL,
    .n_options = 0,
    .run = run,
};
