#include "scenario_files.h"

#include <string.h>

#include "../base/memory.h"

static pw_status_t complain(const char *command, const char *sentence, const char *what)
{
    fprintf(stderr, "%s: %s%s\n", command, sentence, what);
    return PW_ERROR_USAGE;
}

/* It would stand beside itself, or beside another of its name. */
static pw_status_t complain_of_baseline(const char *command, const char *file, const char *baseline)
{
    if (strcmp(file, baseline) == 0)
        fprintf(stderr, "%s: %s is the baseline itself: it is always there, so leave it out.\n", command, file);
    else
        fprintf(stderr, "%s: %s: a scenario cannot be called baseline: give it a name of its own (name = \"...\"; or another file name).\n", command, file);
    return PW_ERROR_USAGE;
}

const char *pw_scenario_files_base(const pw_spec_t *spec)
{
    const pw_node_t *schema = spec->base_tree ? pw_tree_child(spec->base_tree, "schema") : NULL;
    return schema && schema->file ? schema->file : spec->file;
}

/* Two scenarios of one name could not be told apart in any table. */
static pw_status_t check_names(const pw_scenario_files_t *self, const char *command)
{
    for (int i = 1; i < self->n; i++) {
        if (strcmp(self->spec[i]->name, "baseline") == 0)
            return complain_of_baseline(command, self->file[i], self->baseline_file);
        for (int j = 1; j < i; j++)
            if (strcmp(self->spec[i]->name, self->spec[j]->name) == 0)
                return complain(command, "two scenarios have one name: ", self->spec[i]->name);
    }
    return PW_OK;
}

pw_status_t pw_scenario_files_load(pw_scenario_files_t *self, const char *command, const char *baseline, int n_files, char *const *files,
                                   const char *const *sets, int n_sets, pw_findings_t *findings)
{
    if (n_files >= PW_MAX_SCENARIOS)
        return complain(command, "too many scenarios for one run; at most 31", "");
    self->n = n_files + 1;
    pw_status_t status = PW_OK;
    for (int i = 1; i < self->n && status != PW_ERROR_MEMORY; i++) {
        self->file[i] = files[i - 1];
        status = pw_spec_load(self->file[i], sets, n_sets, &self->spec[i], findings);
    }
    if (status == PW_ERROR_MEMORY)
        return status;
    self->baseline_file = pw_strdup(baseline ? baseline : n_files > 0 && self->spec[1] ? pw_scenario_files_base(self->spec[1]) : "params/baseline.cfg");
    if (!self->baseline_file)
        return PW_ERROR_MEMORY;
    self->file[0] = self->baseline_file;
    status = pw_spec_load(self->baseline_file, sets, n_sets, &self->spec[0], findings);
    if (status == PW_ERROR_MEMORY)
        return status;
    for (int i = 0; i < self->n; i++)
        if (!self->spec[i])
            return PW_ERROR_INPUT;
    return findings->n > 0 ? PW_ERROR_INPUT : check_names(self, command);
}

void pw_scenario_files_free(pw_scenario_files_t *self)
{
    for (int i = 0; i < self->n; i++)
        if (self->spec[i])
            pw_spec_free(self->spec[i]);
    pw_free(self->baseline_file);
    *self = (pw_scenario_files_t){ 0 };
}
