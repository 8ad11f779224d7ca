#include "map_run.h"

#include <string.h>

#include "../base/memory.h"
#include "../base/text.h"
#include "account.h"

static int stage_of(const pw_spec_t *spec, const char *name)
{
    if (strcmp(name, "outside") == 0)
        return PW_MAX_STAGES;
    for (int i = 0; i < spec->stages.n; i++)
        if (!spec->stages.item[i].is.removed && strcmp(spec->stages.item[i].is.name, name) == 0)
            return i;
    return -1;
}

static void no_scenario(const pw_account_t *run, const pw_spec_t *spec, pw_findings_t *findings)
{
    pw_text_t names = { 0 };
    for (int s = 1; s < run->manifest.n_scenarios; s++)
        pw_text_printf(&names, "%s%s", s > 1 ? ", " : "", run->manifest.scenario[s].name);
    pw_findings_add(findings, run->folder, 0, NULL, "this run has no scenario %s; it has the baseline%s%s", spec->name, names.n > 0 ? " and " : "",
                    pw_text_get(&names));
    pw_text_free(&names);
}

static void read_flows(const pw_account_t *run, const pw_spec_t *spec, const char *scenario, pw_map_run_t *out, pw_findings_t *findings)
{
    for (int64_t r = 0; r < pw_account_rows(run, PW_READ_pathways); r++) {
        const char *from = pw_account_cell(run, PW_READ_pathways, r, "from"), *to = pw_account_cell(run, PW_READ_pathways, r, "to");
        if (strcmp(pw_account_cell(run, PW_READ_pathways, r, "scenario"), scenario) != 0 || strcmp(pw_account_cell(run, PW_READ_pathways, r, "area"),
                                                                                                   "all") != 0)
            continue;
        int i = stage_of(spec, from), j = stage_of(spec, to);
        if (i < 0 || j < 0) {
            pw_findings_add(findings, run->table[PW_READ_pathways].path, run->table[PW_READ_pathways].line[r], NULL,
                            "the run has a stage %s that %s does not have: it was made from other files", i < 0 ? from : to, spec->file);
            return;
        }
        out->flow[i][j] = pw_account_number(run, PW_READ_pathways, r, "per_100_families");
    }
}

pw_status_t pw_map_run_read(const char *folder, const pw_spec_t *spec, bool is_scenario, pw_map_run_t *out, pw_findings_t *findings)
{
    size_t before = findings->n;
    pw_account_t *run = pw_alloc(1, sizeof *run);
    pw_status_t status = run ? pw_account_open(run, folder, findings) : PW_ERROR_MEMORY;
    if (status == PW_OK) {
        int s = is_scenario ? pw_account_scenario(run, spec->name) : 0;
        out->worlds = run->manifest.worlds;
        out->draws = run->manifest.draws;
        snprintf(out->seed, sizeof out->seed, "%s", run->manifest.seed);
        if (s < 0)
            no_scenario(run, spec, findings);
        else
            read_flows(run, spec, run->manifest.scenario[s].name, out, findings);
    }
    if (run)
        pw_account_free(run);
    pw_free(run);
    return status == PW_OK && findings->n > before ? PW_ERROR_INPUT : status;
}
