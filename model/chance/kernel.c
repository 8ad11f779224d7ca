#include "kernel.h"

#include <math.h> /* sqrt and fabs only: exact by IEEE 754 */

#include "lanes.h"

/* Wichura, M. J. (1988). Algorithm AS 241: the percentage points of the normal distribution.
 * Applied Statistics 37, 477-484: PPND16. Ratios of two polynomials of degree 7, highest power first. */
enum { DEGREE = 7 };
typedef struct { double top[DEGREE + 1], bottom[DEGREE + 1]; } ratio_t;

static const ratio_t CENTRE = {
    { 2.5090809287301226727e+3, 3.3430575583588128105e+4, 6.7265770927008700853e+4, 4.5921953931549871457e+4,
      1.3731693765509461125e+4, 1.9715909503065514427e+3, 1.3314166789178437745e+2, 3.3871328727963666080e+0 },
    { 5.2264952788528545610e+3, 2.8729085735721942674e+4, 3.9307895800092710610e+4, 2.1213794301586595867e+4,
      5.3941960214247511077e+3, 6.8718700749205790830e+2, 4.2313330701600911252e+1, 1.0 }
};
static const ratio_t MIDDLE = {
    { 7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e+0,
      3.64784832476320460504e+0, 5.76949722146069140550e+0, 4.63033784615654529590e+0, 1.42343711074968357734e+0 },
    { 1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
      6.89767334985100004550e-1, 1.67638483018380384940e+0, 2.05319162663775882187e+0, 1.0 }
};
static const ratio_t TAIL = {
    { 2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
      2.96560571828504891230e-1, 1.78482653991729133580e+0, 5.46378491116411436990e+0, 6.65790464350110377720e+0 },
    { 2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
      1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1.0 }
};

/* Summed in pairs (Estrin), which ends sooner than Horner's rule. */
static inline double of_degree_7(const double c[DEGREE + 1], double x)
{
    double z = x * x;
    return ((c[0] * x + c[1]) * z + (c[2] * x + c[3])) * (z * z) + ((c[4] * x + c[5]) * z + (c[6] * x + c[7]));
}

static inline double ratio_at(const ratio_t *self, double x)
{
    return of_degree_7(self->top, x) / of_degree_7(self->bottom, x);
}

double pw_normal_quantile(double u)
{
    double q = u - 0.5;
    if (fabs(q) <= 0.425)
        return q * ratio_at(&CENTRE, 0.180625 - q * q);
    double r = sqrt(-pw_log(q < 0.0 ? u : 1.0 - u));
    double z = r <= 5.0 ? ratio_at(&MIDDLE, r - 1.6) : ratio_at(&TAIL, r - 5.0);
    return q < 0.0 ? -z : z;
}

/* ---- eight at once ---- */

static inline void log8(const double x[restrict 8], double out[restrict 8])
{
    for (int k = 0; k < 8; k++)
        out[k] = pw_log(x[k]);
}

static inline void exp8(const double x[restrict 8], double out[restrict 8])
{
    for (int k = 0; k < 8; k++)
        out[k] = pw_exp(x[k]);
}

/* As if all lay in the middle; the others (15 of 100) are taken again. */
static inline void normal_quantile8(const double u[restrict 8], double out[restrict 8])
{
    for (int k = 0; k < 8; k++) {
        double q = u[k] - 0.5;
        out[k] = q * ratio_at(&CENTRE, 0.180625 - q * q);
    }
    for (int k = 0; k < 8; k++)
        if (!(fabs(u[k] - 0.5) <= 0.425))
            out[k] = pw_normal_quantile(u[k]);
}

#if defined(__x86_64__)
PW_WIDE static void wide_log8(const double x[restrict 8], double out[restrict 8]) { log8(x, out); }
PW_WIDE static void wide_exp8(const double x[restrict 8], double out[restrict 8]) { exp8(x, out); }
PW_WIDE static void wide_normal_quantile8(const double u[restrict 8], double out[restrict 8]) { normal_quantile8(u, out); }
#define IN_LANES(name, from, to) (pw_has_wide_lanes() ? wide_##name(from, to) : name(from, to))
#else
#define IN_LANES(name, from, to) name(from, to)
#endif

void pw_log8(const double x[restrict 8], double out[restrict 8]) { IN_LANES(log8, x, out); }
void pw_exp8(const double x[restrict 8], double out[restrict 8]) { IN_LANES(exp8, x, out); }
void pw_normal_quantile8(const double u[restrict 8], double out[restrict 8]) { IN_LANES(normal_quantile8, u, out); }

/* exp(-z^2 / 2): z is split at 1/16ths so that the square's rounding does not grow into the result. */
static double normal_kernel(double z)
{
    double coarse = floor(z * 16.0) / 16.0, rest = (z - coarse) * (z + coarse);
    return pw_exp(-0.5 * coarse * coarse) * pw_exp(-0.5 * rest);
}

/* Upper or lower tail beyond |z| > 0.67448975 (y = |z|). */
static double normal_tail(double y)
{
    static const double c[9] = { 0.39894151208813466764, 8.8831497943883759412, 93.506656132177855979, 597.27027639480026226,
        2494.5375852903726711, 6848.1904505362823326, 11602.651437647350124, 9842.7148383839780218, 1.0765576773720192317e-8 };
    static const double d[8] = { 22.266688044328115691, 235.38790178262499861, 1519.377599407554805, 6485.558298266760755,
        18615.571640885098091, 34900.952721145977266, 38912.003286093271411, 19685.429676859990727 };
    static const double p[6] = { 0.21589853405795699, 0.1274011611602473639, 0.022235277870649807, 0.001421619193227893466,
        2.9112874951168792e-5, 0.02307344176494017303 };
    static const double q[5] = { 1.28426009614491121, 0.468238212480865118, 0.0659881378689285515, 0.00378239633202758244,
        7.29751555083966205e-5 };
    if (y <= 5.656854249492380195) { /* sqrt(32) */
        double top = c[8] * y, bottom = y;
        for (int i = 0; i < 7; i++) {
            top = (top + c[i]) * y;
            bottom = (bottom + d[i]) * y;
        }
        return normal_kernel(y) * (top + c[7]) / (bottom + d[7]);
    }
    if (y > 37.5)
        return 0.0; /* below 1e-307 */
    double s = 1.0 / (y * y), top = p[5] * s, bottom = s;
    for (int i = 0; i < 4; i++) {
        top = (top + p[i]) * s;
        bottom = (bottom + q[i]) * s;
    }
    double correction = s * (top + p[4]) / (bottom + q[4]);
    return normal_kernel(y) * (0.39894228040143267794 - correction) / y; /* 1 / sqrt(2 pi) */
}

double pw_normal_cdf(double z)
{
    static const double a[5] = { 2.2352520354606839287, 161.02823106855587881, 1067.6894854603709582, 18154.981253343561249,
        0.065682337918207449113 };
    static const double b[4] = { 47.20258190468824187, 976.09855173777669322, 10260.932208618978205, 45507.789335026729956 };
    double y = fabs(z);
    if (y > 0.67448975) {
        double tail = normal_tail(y);
        return z < 0.0 ? tail : 1.0 - tail;
    }
    double s = y * y, top = a[4] * s, bottom = s;
    for (int i = 0; i < 3; i++) {
        top = (top + a[i]) * s;
        bottom = (bottom + b[i]) * s;
    }
    return 0.5 + z * (top + a[3]) / (bottom + b[3]);
}
