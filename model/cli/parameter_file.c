#include "parameter_file.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../base/memory.h"
#include "../base/text.h"
#include "../experiment/calibrate.h"

/* posterior.csv beside the baseline; *out NULL: there is none */
static pw_status_t beside(const char *baseline_file, char **out)
{
    const char *slash = strrchr(baseline_file, '/');
    pw_text_t text = { 0 };
    if (slash)
        pw_text_append_bytes(&text, baseline_file, (size_t)(slash - baseline_file) + 1);
    pw_text_append(&text, "posterior.csv");
    *out = pw_text_take(&text);
    if (!*out)
        return PW_ERROR_MEMORY;
    if (access(*out, F_OK) != 0) {
        pw_free(*out);
        *out = NULL;
    }
    return PW_OK;
}

static void warn(const pw_parameter_file_t *self, const char *command, const pw_spec_t *baseline)
{
    char evidence[PW_EVIDENCE_DIGITS + 1];
    pw_posterior_evidence(&baseline->evidence, evidence);
    if (self->posterior.results_version != PW_RESULTS_VERSION)
        fprintf(stderr, "%s: %s was made with results version %d and this program has %d: its sets may not agree with the study any more (pathways calibrate makes it anew)\n",
                command, self->file, self->posterior.results_version, PW_RESULTS_VERSION);
    else if (strcmp(evidence, self->posterior.evidence) != 0)
        fprintf(stderr, "%s: %s was made from other priors than this baseline's estimates have: its sets are used as they are (pathways calibrate makes it anew; --parameters prior goes without)\n",
                command, self->file);
}

pw_status_t pw_parameter_file_load(pw_parameter_file_t *self, const char *command, const char *asked, const char *baseline_file, const pw_spec_t *baseline,
                                   uint64_t seed, int64_t draws, pw_findings_t *findings)
{
    pw_status_t status = PW_OK;
    *self = (pw_parameter_file_t){ 0 };
    bool prior = asked && strcmp(asked, "prior") == 0;
    if (asked && !prior && draws == 0) {
        fprintf(stderr, "%s: --parameters is about draws, and --draws 0 has every estimate at its value\n", command);
        return PW_ERROR_USAGE;
    }
    if (prior || draws == 0)
        return PW_OK;
    if (asked)
        status = (self->file = pw_strdup(asked)) ? PW_OK : PW_ERROR_MEMORY;
    else
        status = beside(baseline_file, &self->file);
    if (status == PW_OK && self->file) {
        status = pw_posterior_read(&self->posterior, self->file, baseline, seed, findings);
        if (status == PW_OK)
            warn(self, command, baseline);
    }
    return status;
}

pw_values_hook_t pw_parameter_file_hook(const pw_parameter_file_t *self)
{
    return self->file ? pw_posterior_hook(&self->posterior) : (pw_values_hook_t){ 0 };
}

const char *pw_parameter_file_drawn_from(const pw_parameter_file_t *self, int64_t draws) { return draws == 0 ? "values" : self->file ? "posterior" : "prior"; }

void pw_parameter_file_free(pw_parameter_file_t *self)
{
    pw_posterior_free(&self->posterior);
    pw_free(self->file);
    *self = (pw_parameter_file_t){ 0 };
}
