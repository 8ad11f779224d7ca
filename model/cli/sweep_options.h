/* sweep_options.h: what every part of `sweep` that reads a design may be told.
 *
 * What question it answers: which sweep does this command line mean?
 * Floor: cli. A part's options struct holds a pw_sweep_asked_t called `asked`; its table begins with PW_SWEEP_OPTIONS(its type). */
#ifndef PW_CLI_SWEEP_OPTIONS_H
#define PW_CLI_SWEEP_OPTIONS_H

#include <stddef.h>

#include "../experiment/sweep.h"
#include "options.h"

typedef struct {
    const char *baseline, *parameters;
    pw_option_texts_t scenarios, sets, measures;
    int64_t replications, block, points, seed;     /* 0, and of the seed -1: as the design says */
} pw_sweep_asked_t;

#define PW_SWEEP_OPTIONS(type)                                                                                                                     \
    { .name = "scenario", .argument = "FILE", .help = "a scenario beside the design's own; may be repeated", .kind = PW_OPTION_TEXTS,              \
      .offset = offsetof(type, asked.scenarios) },                                                                                                 \
    { .name = "baseline", .argument = "FILE", .help = "the baseline (default: the design's, else what the scenarios stand on)", .kind = PW_OPTION_TEXT, \
      .offset = offsetof(type, asked.baseline) },                                                                                                  \
    { .name = "set", .argument = "PATH=VALUE", .help = "change one setting everywhere; may be repeated", .kind = PW_OPTION_TEXTS,                  \
      .offset = offsetof(type, asked.sets) },                                                                                                      \
    { .name = "measure", .argument = "NAME", .help = "a measure to keep, instead of the design's; may be repeated; all: every one", .kind = PW_OPTION_TEXTS, \
      .offset = offsetof(type, asked.measures) },                                                                                                  \
    { .name = "parameters", .argument = "FILE", .help = "of a design with estimates = \"drawn\": the posterior to draw from (default: the "        \
      "design's, else posterior.csv beside the baseline, if there); prior: from none", .kind = PW_OPTION_TEXT, .offset = offsetof(type, asked.parameters) }, \
    { .name = "replications", .argument = "R", .help = "worlds at each point (default: the design's, else 4)", .kind = PW_OPTION_INTEGER,           \
      .offset = offsetof(type, asked.replications), .low = 1, .high = 1 << 20 },                                                                   \
    { .name = "block", .argument = "B", .help = "worlds in one unit of work (default: the design's, else all up to 8)", .kind = PW_OPTION_INTEGER,  \
      .offset = offsetof(type, asked.block), .low = 1, .high = 1 << 20 },                                                                          \
    { .name = "points", .argument = "N", .help = "points (trajectories, base points) instead of the design's", .kind = PW_OPTION_INTEGER,           \
      .offset = offsetof(type, asked.points), .low = 1, .high = 1000000000 },                                                                      \
    { .name = "seed", .argument = "N", .help = "seed of the worlds and of the design (default: the design's, else 1)", .kind = PW_OPTION_INTEGER,   \
      .offset = offsetof(type, asked.seed), .low = 0, .high = INT32_MAX }

/* What was not asked for. */
#define PW_SWEEP_ASKED_NOTHING { .seed = -1 }

/* The request for pw_sweep_open; it points into `asked`. */
pw_sweep_request_t pw_sweep_request(const pw_sweep_asked_t *asked, const char *design);

#endif
