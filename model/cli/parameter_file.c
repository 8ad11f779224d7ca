#include "parameter_file.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../base/memory.h"
#include "../base/number.h"
#include "../base/text.h"
#include "../experiment/area_size.h"

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
        status = pw_posterior_beside(baseline_file, &self->file);
    if (status == PW_OK && self->file) {
        status = pw_posterior_read(&self->posterior, self->file, baseline, seed, findings);
        pw_text_t doubt = { 0 };
        if (status == PW_OK)
            pw_posterior_doubt(&self->posterior, self->file, baseline, &doubt);
        if (pw_text_get(&doubt)[0])
            fprintf(stderr, "%s: %s\n", command, pw_text_get(&doubt));
        pw_text_free(&doubt);
    }
    return status;
}

void pw_parameter_file_say_sizes(const pw_parameter_file_t *self, const char *command, const pw_spec_t *const *spec, int n_specs)
{
    double size = self->file ? pw_posterior_size(&self->posterior) : 1.0;
    if (fabs(size - 1.0) <= 0.05)
        return;
    for (int s = 0; s < n_specs; s++) {
        char number[PW_NUMBER_ROOM];
        pw_text_t places = { 0 };
        if (pw_fixed_places(spec[s], s > 0 ? spec[0] : NULL, size, &places) > 0)
            fprintf(stderr,
                    "%s: %s has places as for areas of the files' size, and those of %s are %s times that; in brackets what would be in proportion: %s.\n",
                    command, spec[s]->name, self->file, pw_number_significant(size, 2, number), pw_text_get(&places));
        pw_text_free(&places);
    }
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
