#include "densities_svg.h"

#include <math.h>

#include "../base/number.h"
#include "../chance/distribution.h"

enum { COLUMNS = 2, WIDE = 330, TALL = 150, BAR = 22, PLOT = 84, LEFT = 30, TOP = 30 };
static const double FULL = 0.5;                       /* the weight that fills a panel's height */

double pw_density_prior(int bin)
{
    double below = bin == PW_DENSITY_FIRST ? 0.0 : pw_normal_cdf(0.5 * bin), upto = bin == PW_DENSITY_LAST ? 1.0 : pw_normal_cdf(0.5 * bin + 0.5);
    return upto - below;
}

double pw_density_posterior(const pw_calibration_t *self, int coordinate, int bin)
{
    double low = 0.5 * bin, sum = 0.0;
    for (int s = 0; s < self->n_sets; s++) {
        double z = pw_calibrate_score(self, s, coordinate);
        sum += (bin == PW_DENSITY_FIRST || z >= low) && (bin == PW_DENSITY_LAST || z < low + 0.5) ? self->weight[s] : 0.0;
    }
    return sum;
}

static void bar(FILE *to, double x, double y, double weight, const char *style)
{
    double height = fmin(1.0, weight / FULL) * PLOT;
    fprintf(to, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%d\" height=\"%.1f\" %s/>\n", x, y + PLOT - height, BAR, height, style);
}

static void panel(const pw_calibration_t *self, int k, double x, double y, FILE *to)
{
    char number[PW_NUMBER_ROOM];
    const pw_estimate_t *estimate = &self->spec->evidence.estimate[self->particles.estimate[k]];
    fprintf(to, "<g><text x=\"%.0f\" y=\"%.0f\" font-weight=\"bold\">%s</text>\n", x, y - 8, estimate->name);
    for (int bin = PW_DENSITY_FIRST; bin <= PW_DENSITY_LAST; bin++) {
        double at = x + (bin - PW_DENSITY_FIRST) * BAR;
        bar(to, at, y, pw_density_posterior(self, k, bin), "fill=\"#0072b2\" fill-opacity=\"0.75\"");
        bar(to, at, y, pw_density_prior(bin), "fill=\"none\" stroke=\"#555\"");
    }
    fprintf(to, "<line x1=\"%.0f\" x2=\"%.0f\" y1=\"%.0f\" y2=\"%.0f\" stroke=\"#333\"/>\n", x, x + 12 * BAR, y + PLOT, y + PLOT);
    for (int z = -2; z <= 2; z += 2)
        fprintf(to, "<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"middle\">%s</text>\n", x + (2 * z - PW_DENSITY_FIRST) * BAR, y + PLOT + 15,
                pw_number_significant(pw_particles_value(&self->particles, k, z), 3, number));
    fputs("</g>\n", to);
}

void pw_densities_svg(const pw_calibration_t *self, FILE *to)
{
    int rows = (self->particles.focus + COLUMNS - 1) / COLUMNS;
    int wide = COLUMNS * WIDE, tall = rows * TALL + 40;
    fprintf(to, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" "
            "font-size=\"12\" role=\"img\">\n", wide, tall, wide, tall);
    fputs("<title>Prior (outline) and posterior (filled) of each calibrated estimate</title>\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n", to);
    for (int k = 0; k < self->particles.focus; k++) {
        int row = k / COLUMNS;
        panel(self, k, LEFT + k % COLUMNS * WIDE, TOP + row * TALL, to);
    }
    fprintf(to, "<text x=\"%d\" y=\"%d\">Outline: before the study. Filled: given the study. Steps of half a prior standard deviation.</text>\n</svg>\n", LEFT,
            tall - 14);
}
