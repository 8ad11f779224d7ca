#include "reading.h"

#include <math.h>
#include <string.h>

enum pw_reading pw_reading(const pw_summary_t *s)
{
    if (isnan(s->mean))
        return PW_READING_MISSING;
    if (s->mean == 0.0 && !(s->mc_se > 0.0) && !(s->low95 < 0.0) && !(s->high95 > 0.0))
        return PW_READING_NOTHING;
    if (!pw_clear_of_zero(s))
        return PW_READING_CANNOT_TELL;
    return s->mean < 0.0 ? PW_READING_LOWER : PW_READING_HIGHER;
}

const char *pw_reading_words(enum pw_reading reading, int direction)
{
    static const char *const plain[] = { "no value", "no difference", "cannot tell", "lower", "higher" };
    static const char *const judged[][2] = { { "lower (better)", "higher (worse)" }, { "lower (worse)", "higher (better)" } };
    if (reading < PW_READING_LOWER || direction == 0)
        return plain[reading];
    return judged[direction > 0][reading == PW_READING_HIGHER];
}

int pw_reading_direction(const char *words)
{
    return strncmp(words, "lower", 5) == 0 ? -1 : strncmp(words, "higher", 6) == 0 ? 1 : 0;
}

bool pw_reading_columns(const pw_csv_table_t *table, pw_spread_columns_t *out, pw_findings_t *findings)
{
    const struct { const char *name; int *at; } wanted[] = {
        { "mean", &out->mean }, { "mc_se", &out->mc_se }, { "low95", &out->low95 }, { "high95", &out->high95 }, { "p05", &out->p05 },
        { "p50", &out->p50 },   { "p95", &out->p95 },     { "draws", &out->draws }, { "replications", &out->replications },
    };
    bool all = true;
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
        all &= (*wanted[i].at = pw_csv_require(table, wanted[i].name, findings)) >= 0;
    return all;
}

bool pw_reading_row(const pw_csv_table_t *table, const pw_spread_columns_t *columns, int64_t row, pw_summary_t *out, pw_findings_t *findings)
{
    double draws = 0.0, replications = 0.0;
    const struct { int column; double *at; } cell[] = {
        { columns->mean, &out->mean }, { columns->mc_se, &out->mc_se }, { columns->low95, &out->low95 }, { columns->high95, &out->high95 },
        { columns->p05, &out->p05 },   { columns->p50, &out->p50 },     { columns->p95, &out->p95 },
    };
    *out = (pw_summary_t){ 0 };
    for (size_t i = 0; i < sizeof cell / sizeof cell[0]; i++)
        if (!pw_csv_number_at(table, row, cell[i].column, true, cell[i].at, findings))
            return false;
    if (!pw_csv_number_at(table, row, columns->draws, false, &draws, findings) ||
        !pw_csv_number_at(table, row, columns->replications, false, &replications, findings))
        return false;
    out->draws = (int64_t)draws;
    out->replications = (int64_t)replications;
    /* An interval is missing where the draws do not differ by more than noise, or where there is nothing at all. */
    out->spread = isnan(out->mean)         ? PW_SPREAD_NONE
                  : isnan(out->low95)      ? PW_SPREAD_NOISE
                  : out->draws <= 1        ? PW_SPREAD_MONTE_CARLO
                  : out->replications == 1 ? PW_SPREAD_DRAWS_AND_NOISE
                                           : PW_SPREAD_DRAWS;
    return true;
}
