#include "learnt_rows.h"

#include <math.h>

#include "../base/memory.h"
#include "../base/number.h"
#include "columns.h"

static double round6(double value)
{
    char text[40];
    double out = value;
    if (isfinite(value)) {
        snprintf(text, sizeof text, "%.6g", value);
        (void)pw_number_read_real(text, &out);
    }
    return out;
}

void pw_learnt_csv(const pw_learnt_t *learnt, int n, const pw_evidence_t *evidence, FILE *to)
{
    pw_csv_t csv = { .to = to };
    pw_columns_header(&csv, "learnt.csv");
    pw_csv_end(&csv);
    for (int k = 0; k < n; k++) {
        const pw_learnt_t *one = &learnt[k];
        double numbers[] = { one->prior_median, one->prior_low95, one->prior_high95, one->median, one->low95, one->high95,
                             round6(one->mean), round6(one->variance), round6(one->overlap) };
        pw_csv_text(&csv, evidence->estimate[one->estimate].name);
        pw_csv_bool(&csv, one->calibrated);
        for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
            pw_csv_number(&csv, numbers[i]);
        pw_csv_text(&csv, pw_learnt_name(one->verdict, one->calibrated));
        pw_csv_end(&csv);
    }
}

pw_status_t pw_learnt_posterior_csv(const pw_posterior_t *posterior, FILE *to)
{
    int n = 0;
    pw_learnt_t *learnt = pw_alloc((size_t)posterior->n_estimates, sizeof *learnt);
    pw_status_t status = learnt ? pw_learnt_of_posterior(posterior, learnt, &n) : PW_ERROR_MEMORY;
    if (status == PW_OK)
        pw_learnt_csv(learnt, n, &posterior->baseline->evidence, to);
    pw_free(learnt);
    return status;
}
