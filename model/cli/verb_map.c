/* verb_map.c: `pathways map`: the pathway as a picture, for Graphviz or drawn by it. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "../base/child.h"
#include "../base/file.h"
#include "../base/folder_path.h"
#include "../base/memory.h"
#include "../report/map.h"
#include "verb.h"

enum { NOT_ASKED = -1, WORLDS = 8, SEED = 1 };
enum format { FORMAT_DOT, FORMAT_SVG };

typedef struct {
    pw_option_texts_t sets;
    int64_t worlds, seed;
    const char *out, *run;
    int format;
    bool no_pilot;
} map_options_t;

static const char *const formats[] = { "dot", "svg", NULL };

#define AT(field) offsetof(map_options_t, field)
static const pw_option_t options[] = {
    { .name = "format", .argument = "FORMAT", .help = "dot (default: text for Graphviz) or svg (a picture; needs Graphviz)", .kind = PW_OPTION_CHOICE,
      .offset = AT(format), .choices = formats },
    { .name = "out", .letter = 'o', .argument = "FILE", .help = "where it goes (default: standard output)", .kind = PW_OPTION_TEXT, .offset = AT(out) },
    { .name = "run", .argument = "FOLDER", .help = "the shares that this finished run found, for its scenario of that name", .kind = PW_OPTION_TEXT,
      .offset = AT(run) },
    { .name = "no-pilot", .help = "leave out the shares, which need a short run", .kind = PW_OPTION_FLAG, .offset = AT(no_pilot) },
    { .name = "worlds", .letter = 'w', .argument = "N", .help = "worlds of the short run (default 8)", .kind = PW_OPTION_INTEGER, .offset = AT(worlds),
      .low = 1, .high = 10000 },
    { .name = "seed", .letter = 's', .argument = "N", .help = "another seed, other luck in the short run (default 1)", .kind = PW_OPTION_INTEGER,
      .offset = AT(seed), .low = 0, .high = INT64_MAX },
    { .name = "set", .argument = "PATH=VALUE", .help = "change a setting of the baseline and of the scenario; may be repeated", .kind = PW_OPTION_TEXTS,
      .offset = AT(sets) },
};
enum { N_OPTIONS = sizeof options / sizeof options[0] };

/* ---- the text ---- */

static pw_status_t load(const char *file, const map_options_t *asked, pw_spec_t **out, pw_findings_t *findings)
{
    pw_status_t status = pw_spec_load(file, asked->sets.text, asked->sets.n, out, findings);
    return status == PW_OK && findings->n > 0 ? PW_ERROR_INPUT : status;
}

static pw_status_t draw(const pw_spec_t *before, const pw_spec_t *now, const map_options_t *asked, pw_text_t *out, pw_findings_t *findings)
{
    const pw_explain_pilot_t options_of_run = { .worlds = asked->worlds, .seed = (uint64_t)asked->seed };
    pw_pilot_reach_t *reach = pw_alloc(1, sizeof *reach);
    pw_map_run_t *run = pw_alloc(1, sizeof *run);
    pw_status_t status = reach && run ? PW_OK : PW_ERROR_MEMORY;
    if (status == PW_OK && asked->run)
        status = pw_map_run_read(asked->run, now, before != now, run, findings);
    else if (status == PW_OK && !asked->no_pilot)
        status = pw_explain_pilot(before, now, &options_of_run, reach, findings);
    if (status == PW_OK)
        status = pw_map_write(before, now, asked->no_pilot || asked->run ? NULL : reach, asked->run ? run : NULL, options_of_run.seed, out);
    pw_free(run);
    pw_free(reach);
    return status;
}

static pw_status_t map(const char *file, const map_options_t *asked, pw_text_t *out, pw_findings_t *findings)
{
    pw_spec_t *now = NULL, *before = NULL;
    pw_status_t status = load(file, asked, &now, findings);
    bool has_base = status == PW_OK && strcmp(pw_explain_base(now), now->file) != 0;
    if (has_base)
        status = load(pw_explain_base(now), asked, &before, findings);
    if (status == PW_OK)
        status = draw(has_base ? before : now, now, asked, out, findings);
    pw_spec_free(now);
    pw_spec_free(before);
    return status;
}

/* ---- the picture ---- */

static pw_status_t complain(enum pw_child outcome, const pw_text_t *said)
{
    if (outcome == PW_CHILD_MEMORY || outcome == PW_CHILD_STOPPED)
        return outcome == PW_CHILD_MEMORY ? PW_ERROR_MEMORY : PW_ERROR_STOPPED;
    if (outcome == PW_CHILD_MISSING)
        fprintf(stderr, "pathways map: an SVG is drawn by Graphviz's program dot, which is not on the PATH: install the package graphviz, or "
                "ask for --format dot.\n");
    else
        fprintf(stderr, "pathways map: Graphviz's program dot drew no SVG%s%.*s\n", said->n > 0 ? ": " : ".", (int)strcspn(pw_text_get(said), "\n"),
                pw_text_get(said));
    return PW_ERROR_WRITE;
}

/* Graphviz makes the text an SVG, in a folder of our own that is gone afterwards. */
static pw_status_t draw_svg(const char *folder, pw_text_t *text)
{
    static const char *const argv[] = { "dot", "-Tsvg", "-o", "map.svg", "map.dot", NULL };
    char *from = pw_folder_path_join(folder, argv[4]), *to = pw_folder_path_join(folder, argv[3]);
    pw_text_t said = { 0 };
    pw_status_t status = from && to ? pw_file_replace(from, pw_text_get(text), text->n) : PW_ERROR_MEMORY;
    if (status == PW_ERROR_WRITE)
        fprintf(stderr, "pathways map: no temporary file could be written: %s\n", strerror(errno));
    if (status == PW_OK) {
        enum pw_child outcome = pw_child_run(argv, folder, &said);
        pw_text_clear(text);
        if (outcome != PW_CHILD_DONE || (status = pw_file_read(to, text)) == PW_ERROR_READ)
            status = complain(outcome, &said);
    }
    pw_text_free(&said);
    pw_free(from);
    pw_free(to);
    return status;
}

static pw_status_t to_svg(pw_text_t *text)
{
    char *folder = pw_child_folder();
    if (!folder) {
        fprintf(stderr, "pathways map: there is no place for temporary files (set TMPDIR): %s\n", strerror(errno));
        return PW_ERROR_WRITE;
    }
    pw_status_t status = draw_svg(folder, text);
    pw_child_folder_remove(folder);
    pw_free(folder);
    return status;
}

/* ---- the verb ---- */

static pw_status_t deliver(const pw_text_t *text, const char *file)
{
    if (!file)
        return fwrite(pw_text_get(text), 1, text->n, stdout) == text->n ? PW_OK : PW_ERROR_WRITE;
    pw_status_t status = pw_file_replace(file, pw_text_get(text), text->n);
    if (status == PW_ERROR_WRITE)
        fprintf(stderr, "pathways map: %s could not be written: %s\n", file, strerror(errno));
    return status;
}

static int run(int argc, char **argv)
{
    map_options_t asked = { .worlds = NOT_ASKED, .seed = NOT_ASKED };
    pw_text_t text = { 0 };
    pw_findings_t findings = { 0 };
    int first;
    if (pw_options_parse("pathways map", options, N_OPTIONS, &asked, argc, argv, &first) < 0)
        return pw_status_exit_code(PW_ERROR_USAGE);
    if (argc - first > 1) {
        fprintf(stderr, "pathways map: one scenario makes one picture; what is \"%s\"?\n", argv[first + 1]);
        return pw_status_exit_code(PW_ERROR_USAGE);
    }
    if (asked.run && (asked.no_pilot || asked.worlds != NOT_ASKED || asked.seed != NOT_ASKED)) {
        fprintf(stderr, "pathways map: --run takes the shares of a run that is done, so --no-pilot, --worlds and --seed have no meaning beside it\n");
        return pw_status_exit_code(PW_ERROR_USAGE);
    }
    asked.worlds = asked.worlds == NOT_ASKED ? WORLDS : asked.worlds;
    asked.seed = asked.seed == NOT_ASKED ? SEED : asked.seed;
    pw_status_t status = map(first < argc ? argv[first] : "params/baseline.cfg", &asked, &text, &findings);
    if (status == PW_OK && asked.format == FORMAT_SVG)
        status = to_svg(&text);
    if (status == PW_OK)
        status = deliver(&text, asked.out);
    if (status != PW_OK && status != PW_ERROR_WRITE && findings.n == 0)
        fprintf(stderr, "pathways map: %s\n", pw_status_sentence(status));
    pw_findings_print(&findings, stderr);
    pw_findings_free(&findings);
    pw_text_free(&text);
    return pw_status_exit_code(status);
}

const pw_verb_t pw_verb_map = {
    .name = "map",
    .summary = "the pathway as a picture, with the share of cases that took each way",
    .usage = "map [SCENARIO.cfg] [options]",
    .about = "Draws stages, teams, the services offered and the ways between stages, as the files say them, with the shares\n"
             "of cases that took each way in a short run at the estimates' values, or in the finished run of --run. What a scenario adds is blue with a +,\n"
             "what it takes out is dotted with a -. Without a scenario: params/baseline.cfg. Exit code 3 if a file has\n"
             "something wrong in it (`check` says what), 1 if Graphviz is needed and missing.\n",
    .examples = "  pathways map --format svg --out baseline.svg\n"
                "      the baseline, for a browser or a report\n"
                "  pathways map scenarios/no_closing_at_separation.cfg --no-pilot | dot -Tpdf > map.pdf\n"
                "      what a policy changes in the pathway, without shares, drawn by hand\n"
                "  pathways map scenarios/joint_screening.cfg --run output/joint_screening --format svg --out map.svg\n"
                "      with the shares that this run found\n",
    .options = options,
    .n_options = N_OPTIONS,
    .run = run,
};
