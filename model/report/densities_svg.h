/* densities_svg.h: prior and posterior of each calibrated estimate, as a picture.
 *
 * What question it answers: how far did the study move each estimate?
 * Floor: report. Standard SVG without scripts or fonts of its own; texts are texts, so that it can be read aloud and searched. */
#ifndef PW_REPORT_DENSITIES_SVG_H
#define PW_REPORT_DENSITIES_SVG_H

#include <stdio.h>

#include "../experiment/calibrate.h"

/* Weight in the bin from `low` to `low` + half a prior standard deviation; bins -6 to 5, the outer ones open. */
enum { PW_DENSITY_FIRST = -6, PW_DENSITY_LAST = 5 };
double pw_density_prior(int bin);
double pw_density_posterior(const pw_calibration_t *self, int coordinate, int bin);

void pw_densities_svg(const pw_calibration_t *self, FILE *to);

#endif
