/* verb_trace.c: `pathways trace`: one family's life, event by event, and beside the baseline. */
#include <string.h>

#include "../base/interrupt.h"
#include "../report/explain.h"
#include "../report/trace_page.h"
#include "../report/trace_table.h"
#include "scenario_files.h"
#include "verb.h"

enum format { FORMAT_TEXT, FORMAT_CSV, FORMAT_JSON };

typedef struct {
    pw_option_texts_t sets;
    const char *area, *baseline;
    int64_t replication, family, draw, seed;
    int beside, pick, format, engine, from;
} trace_options_t;

static const char *const besides[] = { "nothing", "baseline", NULL };
static const char *const picks[] = { "none", "typical", "most-helped", "most-harmed", "longest-wait", NULL };
static const char *const starts[] = { "index", "entry", NULL };
static const char *const formats[] = { "text", "csv", "json", NULL };
static const char *const engines[] = { "ahead", "ordered", NULL };

#define AT(field) offsetof(trace_options_t, field)
static const pw_option_t options[] = {
    { .name = "area", .letter = 'a', .argument = "NAME", .help = "the family's area; with --pick: look in this area only", .kind = PW_OPTION_TEXT,
      .offset = AT(area) },
    { .name = "family", .letter = 'n', .argument = "N", .help = "the family's number in its area, from 0 in the order in which they enter",
      .kind = PW_OPTION_INTEGER, .offset = AT(family), .low = 0, .high = 4000000 },
    { .name = "pick", .argument = "RULE", .help = "find a family: typical, most-helped, most-harmed or longest-wait", .kind = PW_OPTION_CHOICE,
      .offset = AT(pick), .choices = picks },
    { .name = "replication", .letter = 'R', .argument = "R", .help = "the run's replication, from 0 (default 0)", .kind = PW_OPTION_INTEGER,
      .offset = AT(replication), .low = 0, .high = (INT64_C(1) << 20) - 1 },
    { .name = "draw", .letter = 'D', .argument = "D", .help = "the run's draw, from 0 (default: every estimate at its value, as `run --draws 0`)",
      .kind = PW_OPTION_INTEGER, .offset = AT(draw), .low = 0, .high = 1000000 },
    { .name = "seed", .letter = 's', .argument = "N", .help = "the run's seed (default 1)", .kind = PW_OPTION_INTEGER, .offset = AT(seed), .low = 0,
      .high = INT64_MAX },
    { .name = "beside", .argument = "LIFE", .help = "baseline: both lives, side by side from where they part", .kind = PW_OPTION_CHOICE, .offset = AT(beside),
      .choices = besides },
    { .name = "from", .argument = "START", .help = "of the page: index (default; from the incident that led to it) or entry", .kind = PW_OPTION_CHOICE,
      .offset = AT(from), .choices = starts },
    { .name = "format", .argument = "FORMAT", .help = "text (default), csv or json", .kind = PW_OPTION_CHOICE, .offset = AT(format), .choices = formats },
    { .name = "engine", .argument = "NAME", .help = "ahead (default) or ordered: the same life from either", .kind = PW_OPTION_CHOICE, .offset = AT(engine),
      .choices = engines },
    { .name = "baseline", .argument = "FILE", .help = "what to compare with (default: what the scenario is based on)", .kind = PW_OPTION_TEXT,
      .offset = AT(baseline) },
    { .name = "set", .argument = "PATH=VALUE", .help = "change a setting of the baseline and of the scenario; may be repeated", .kind = PW_OPTION_TEXTS,
      .offset = AT(sets) },
};
enum { N_OPTIONS = sizeof options / sizeof options[0] };

static pw_status_t complain(const char *sentence, const char *what)
{
    fprintf(stderr, "pathways trace: %s%s\n", sentence, what);
    return PW_ERROR_USAGE;
}

static pw_status_t check_usage(const trace_options_t *asked, int n_files, char *const *files)
{
    if (n_files > 1)
        return complain("one scenario at a time; what is ", files[1]);
    if (asked->family >= 0 && asked->pick)
        return complain("--family names a family and --pick finds one: ask for one of them", "");
    if (asked->family < 0 && !asked->pick)
        return complain("which family? Give --area and --family, or let --pick find one, for example --pick typical", "");
    if (asked->family >= 0 && !asked->area)
        return complain("in which area? Families are numbered by area: give --area", "");
    bool compares = asked->beside || asked->pick == PW_PICK_MOST_HELPED || asked->pick == PW_PICK_MOST_HARMED;
    if (asked->from >= 0 && asked->format != FORMAT_TEXT)
        return complain("--from is about the page; csv and json hold the whole life", "");
    if (n_files == 0 && compares)
        return complain("which scenario? There is nothing to compare the baseline with", "");
    return PW_OK;
}

static pw_status_t find_area(const pw_spec_t *spec, const char *name, int *out)
{
    *out = name ? pw_spec_find(spec, PW_THING_AREA, name) : -1;
    if (!name || *out >= 0)
        return PW_OK;
    fprintf(stderr, "pathways trace: there is no area %s; there are:", name);
    for (int a = 0; a < pw_spec_areas(spec); a++)
        fprintf(stderr, " %s", pw_spec_area_name(spec, a));
    fputc('\n', stderr);
    return PW_ERROR_USAGE;
}

static pw_status_t nobody(const pw_trace_t *trace)
{
    const char *area = trace->request.area >= 0 ? pw_spec_area_name(trace->request.spec[0], trace->request.area) : "any area";
    if (trace->request.family >= 0)
        fprintf(stderr, "pathways trace: there is no family %lld in %s in this replication; there are 0 to %lld\n", (long long)trace->request.family, area,
                (long long)trace->n_families - 1);
    else
        fprintf(stderr, "pathways trace: no family in %s answers the rule %s in this replication; try another --replication\n", area,
                pw_pick_word((int)trace->request.pick));
    return PW_ERROR_USAGE;
}

static pw_status_t show(const pw_trace_t *trace, const trace_options_t *asked)
{
    pw_text_t text = { 0 };
    if (asked->format == FORMAT_CSV)
        return pw_trace_csv(trace, asked->beside, stdout);
    if (asked->format == FORMAT_JSON)
        return pw_trace_json(trace, asked->beside, stdout);
    pw_status_t status = pw_trace_page(trace, asked->beside, asked->from == PW_TRACE_FROM_ENTRY ? PW_TRACE_FROM_ENTRY : PW_TRACE_FROM_INDEX, &text);
    if (status == PW_OK && fwrite(pw_text_get(&text), 1, text.n, stdout) != text.n)
        status = PW_ERROR_WRITE;
    pw_text_free(&text);
    return status;
}

/* A file that has no base is a baseline: its families' lives are asked for, beside nothing. */
static pw_status_t load(const trace_options_t *asked, int n_files, char *const *files, pw_scenario_files_t *out, int *n_scenarios, pw_findings_t *findings)
{
    pw_spec_t *spec = NULL;
    pw_findings_t unread = { 0 };
    bool is_baseline = n_files > 0 && pw_spec_load(files[0], NULL, 0, &spec, &unread) == PW_OK && strcmp(pw_explain_base(spec), spec->file) == 0;
    pw_spec_free(spec);
    pw_findings_free(&unread);
    if (is_baseline && asked->beside)
        return complain("the file is a baseline itself: there is nothing to put beside it: ", files[0]);
    *n_scenarios = is_baseline || n_files == 0 ? 1 : 2;
    return pw_scenario_files_load(out, "pathways trace", is_baseline ? files[0] : asked->baseline, is_baseline ? 0 : n_files, files, asked->sets.text,
                                  asked->sets.n, findings);
}

static pw_status_t trace(const trace_options_t *asked, int n_files, char *const *files, pw_findings_t *findings)
{
    pw_scenario_files_t scenarios = { 0 };
    pw_trace_t life = { 0 };
    pw_trace_request_t request = { .seed = (uint64_t)asked->seed, .draw = asked->draw, .replication = asked->replication, .family = asked->family,
                                   .pick = (enum pw_trace_pick)asked->pick, .engine = asked->engine ? PW_ENGINE_ORDERED : PW_ENGINE_AHEAD,
                                   .stop = pw_interrupt_flag() };
    pw_status_t status = load(asked, n_files, files, &scenarios, &request.n_scenarios, findings);
    request.spec = (const pw_spec_t *const *)scenarios.spec;
    if (status == PW_OK)
        status = find_area(scenarios.spec[0], asked->area, &request.area);
    if (status == PW_OK)
        status = pw_trace_run(&life, &request, findings);
    if (status == PW_OK)
        status = life.exists ? show(&life, asked) : nobody(&life);
    pw_trace_free(&life);
    pw_scenario_files_free(&scenarios);
    return status;
}

static int run(int argc, char **argv)
{
    trace_options_t asked = { .family = -1, .draw = -1, .seed = 1, .from = -1 };
    pw_findings_t findings = { 0 };
    int first;
    if (pw_options_parse("pathways trace", options, N_OPTIONS, &asked, argc, argv, &first) < 0)
        return pw_status_exit_code(PW_ERROR_USAGE);
    pw_status_t status = check_usage(&asked, argc - first, argv + first);
    if (status == PW_OK)
        status = trace(&asked, argc - first, argv + first, &findings);
    if (status != PW_OK && status != PW_ERROR_USAGE && findings.n == 0)
        fprintf(stderr, "pathways trace: %s\n", pw_status_sentence(status));
    pw_findings_print(&findings, stderr);
    pw_findings_free(&findings);
    return pw_status_exit_code(status);
}

const pw_verb_t pw_verb_trace = {
    .name = "trace",
    .summary = "one family's life, event by event, with the reasons; beside the baseline",
    .usage = "trace [SCENARIO.cfg] --area NAME --family N | --pick RULE [options]",
    .about = "Lives one family's life again as a run of the same seed, draw and replication lived it, and says of each event\n"
             "when it happened, what it was and why: the chance and what made it, the number drawn, what the form showed,\n"
             "who was before it in the line, what was switched on and off. Without a scenario: under the baseline.\n"
             "Days count from the family's index, or from day 0 if it is not in the cohort. The page begins with the incident\n"
             "that led to the index (or where the lives part, if that is earlier); what was before is one sentence.\n"
             "\n"
             "Rules of --pick, over the cohort of one replication (of equals the first, by area and number):\n"
             "  typical       followed to the end, and its incidents, notifications and times helped under the baseline\n"
             "                lie, together, nearest the cohort's medians\n"
             "  most-helped   the largest fall in incidents during the follow-up from the baseline to the scenario\n"
             "  most-harmed   the largest rise\n"
             "  longest-wait  the longest single wait for a team or service that ended during the follow-up, under\n"
             "                the scenario\n"
             "Which two lives belong together rests on how random numbers are used: nobody is shown to be helped or harmed\n"
             "by a single pair. Only net differences over many families are identified. What the events come to is counted\n"
             "again and held against what `run` counts for the family; exit code 5 should they differ.\n",
    .examples = "  pathways trace scenarios/supervised_contact.cfg --area north --family 17 --replication 3\n"
                "      family 17 in north under the scenario\n"
                "  pathways trace scenarios/supervised_contact.cfg --pick most-helped --beside baseline\n"
                "      both lives of one family, and where they part\n"
                "  pathways trace params/baseline.cfg --pick typical\n"
                "      a typical family under the baseline\n"
                "  pathways trace scenarios/risk_tool.cfg --area south --family 200 --draw 5 --format csv > life.csv\n"
                "      every event with its numbers, for other programs\n",
    .options = options,
    .n_options = N_OPTIONS,
    .run = run,
};
