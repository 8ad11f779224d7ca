#include "audit.h"

#include <math.h>
#include <string.h>

const char *pw_audit_study_name(int study)
{
    static const char *const name[] = { "none", "files", "family-years", "two groups", "cases" };
    return study >= 0 && study < PW_AUDIT_STUDY_N ? name[study] : "none";
}

int pw_audit_study_of(const char *kind, const char *name)
{
    static const char effect[] = "_effect";
    size_t n = strlen(name), m = sizeof effect - 1;
    if (strcmp(kind, "percent") == 0)
        return PW_AUDIT_files;
    if (strcmp(kind, "per_year") == 0)
        return PW_AUDIT_family_years;
    if (strcmp(kind, "days") == 0)
        return PW_AUDIT_cases;
    return strcmp(kind, "ratio") == 0 && n > m && strcmp(name + n - m, effect) == 0 ? PW_AUDIT_two_groups : PW_AUDIT_none;
}

typedef struct { double mean, variance; } moments_t;

static double value_of(double x, bool logarithms) { return logarithms ? log(x) : x; }

static moments_t moments(const double *drawn, int n, double unit, bool logarithms)
{
    moments_t out = { 0.0, 0.0 };
    double first = value_of(unit * drawn[0], logarithms);
    for (int i = 0; i < n; i++)
        out.mean += (value_of(unit * drawn[i], logarithms) - first) / n;
    out.mean += first;      /* what never changes has exactly its value as its mean */
    for (int i = 0; i < n; i++) {
        double d = value_of(unit * drawn[i], logarithms) - out.mean;
        out.variance += d * d / (n - 1);
    }
    return out;
}

/* Of a conjugate prior that counts as so many. */
static double against_prior(double size, double prior) { return size / (size + (prior > 0.0 ? prior : 0.0)); }

double pw_audit_resolves(int study, const double *drawn, int n_drawn, double size, pw_audit_families_t families)
{
    bool logarithms = study == PW_AUDIT_two_groups || study == PW_AUDIT_cases;
    moments_t m = moments(drawn, n_drawn, study == PW_AUDIT_files ? 0.01 : 1.0, logarithms);
    if (!(m.variance > 0.0))
        return NAN;
    if (study == PW_AUDIT_files)
        return against_prior(size, m.mean * (1.0 - m.mean) / m.variance - 1.0);
    if (study == PW_AUDIT_family_years)
        return against_prior(size, m.mean / m.variance);
    if (study == PW_AUDIT_cases)
        return m.variance / (m.variance + 1.0 / size);
    if (study != PW_AUDIT_two_groups || !(families.events > 0.0))
        return NAN;
    double sampling = (1.0 / families.events + families.unlike) / size + (1.0 / (families.events * exp(m.mean)) + families.unlike) / size;
    return m.variance / (m.variance + sampling);
}
