/* kernel.h: log, exp and the normal quantile, with the same bits on every machine.
 *
 * What question it answers: what is log(x), exp(x), the standard normal quantile of u, independent of
 * libm's version, the compiler, its flags and the processor?
 * Floor: chance (libc only; plain IEEE double arithmetic, no fused operations: -ffp-contract=off).
 * Accuracy: log and exp within 1 ulp of the exact value (measured by tests/test_kernel.c against long
 * double); the quantile within 1e-15 relative (Wichura 1988, algorithm AS 241).
 *
 * Formulas: log and exp follow the argument reductions and minimax polynomials published with
 * FDLIBM (Sun Microsystems 1993, e_log.c and e_exp.c); e^r is Taylor's series, summed in pairs (Estrin), which ends sooner than one term
 * after the other. They are written here without branches, integer
 * to double conversions or calls, so that a loop over an array of them becomes SIMD code by itself, on
 * SSE2 too; a lane gives the same bits as a single call. */
#ifndef PW_CHANCE_KERNEL_H
#define PW_CHANCE_KERNEL_H

#include <stdint.h>
#include <string.h>

static inline uint64_t pw_bits_of(double x)
{
    uint64_t b;
    memcpy(&b, &x, sizeof b);
    return b;
}
static inline double pw_double_of(uint64_t b)
{
    double x;
    memcpy(&x, &b, sizeof x);
    return x;
}

#define PW_LN2_HIGH 6.93147180369123816490e-01 /* the leading bits: a multiple by an exponent is exact */
#define PW_LN2_LOW 1.90821492927058770002e-10

/* Natural logarithm of a finite normal x > 0. Not for 0, subnormal, negative, inf or nan.
 * x = 2^k (1 + f), 1 + f in [sqrt(1/2), sqrt(2)); s = f / (2 + f); log(1 + f) = 2s + s R(s^2). */
static inline double pw_log(double x)
{
    const uint64_t one = UINT64_C(0x3FF0000000000000), root = UINT64_C(0x3FE6A09E00000000);
    uint64_t b = pw_bits_of(x) + (one - root);
    /* the biased exponent under the exponent of 2^52 is a double that is off by 2^52 + 1023, exactly */
    double k = pw_double_of((b >> 52) | UINT64_C(0x4330000000000000)) - (0x1p52 + 1023.0);
    double f = pw_double_of((b & UINT64_C(0x000FFFFFFFFFFFFF)) + root) - 1.0;
    double s = f / (2.0 + f), z = s * s, w = z * z, h = 0.5 * f * f;
    double even = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
    double odd = z * ((6.666666666666735130e-01 + w * 2.857142874366239149e-01) + w * w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01));
    return k * PW_LN2_HIGH - ((h - (s * (h + (even + odd)) + k * PW_LN2_LOW)) - f);
}

/* e^x for x in [-700, 700]; below gives 0, above gives e^700; infinities too.
 * x = k ln 2 + r, |r| <= ln(2) / 2, r = high - low; e^r = 1 + (high + (r^2 S(r) - low)), S the series up to r^11; what follows is below
 * 1e-17. */
static inline double pw_exp(double x)
{
    const double shift = 0x1.8p52; /* adding it rounds to the nearest integer, which lands in the low bits */
    double t = x < -700.0 ? -700.0 : x;
    t = t > 700.0 ? 700.0 : t;
    double n = t * 1.44269504088896338700e+00 + shift, k = n - shift;
    double high = t - k * PW_LN2_HIGH, low = k * PW_LN2_LOW;
    double r = high - low, z = r * r, w = z * z;
    double first = (1.0 / 2 + r * (1.0 / 6)) + z * (1.0 / 24 + r * (1.0 / 120));
    double middle = (1.0 / 720 + r * (1.0 / 5040)) + z * (1.0 / 40320 + r * (1.0 / 362880));
    double last = (1.0 / 3628800 + r * (1.0 / 39916800)) + z * (1.0 / 479001600 + r * (1.0 / 6227020800));
    double y = 1.0 + (high + (z * ((first + w * middle) + w * w * last) - low));
    double scale = pw_double_of((pw_bits_of(n) << 52) + UINT64_C(0x3FF0000000000000));
    return x < -700.0 ? 0.0 : y * scale;
}

/* x^y = exp(y log x) for x > 0; x = 0 gives 0 (y > 0). The relative error grows with |y log x| (about that many ulp). */
static inline double pw_pow(double x, double y)
{
    return x > 0.0 ? pw_exp(y * pw_log(x)) : 0.0;
}

/* Standard normal quantile for u in (0, 1). */
double pw_normal_quantile(double u);

/* Eight of them at once, the same bits, in SIMD lanes where the processor has them; `out` is another place. */
void pw_log8(const double x[restrict 8], double out[restrict 8]);
void pw_exp8(const double x[restrict 8], double out[restrict 8]);
void pw_normal_quantile8(const double u[restrict 8], double out[restrict 8]);

/* Standard normal distribution function (Phi), by the rational approximations of Cody (1969) as given for the
 * normal distribution in Cody (1993, ACM TOMS algorithm 715); absolute error below 1e-14. */
double pw_normal_cdf(double z);

#endif
