/* sweep_extend.c: `pathways sweep extend`: more points or replications, none done again. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "../base/memory.h"
#include "invocation.h"
#include "sweep_place.h"
#include "verb.h"

typedef struct {
    const char *out, *design;
    int64_t points, replications;
} extend_options_t;

#define AT(field) offsetof(extend_options_t, field)
static const pw_option_t options[] = {
    { .name = "out", .letter = 'o', .argument = "DIR", .help = "the sweep's folder (or name it without --out)", .kind = PW_OPTION_TEXT, .offset = AT(out) },
    { .name = "replications", .argument = "R", .help = "worlds at each point from now on", .kind = PW_OPTION_INTEGER, .offset = AT(replications), .low = 1,
      .high = 1 << 20 },
    { .name = "points", .argument = "N", .help = "points, trajectories or base points of the design from now on", .kind = PW_OPTION_INTEGER,
      .offset = AT(points), .low = 1, .high = 1000000000 },
    { .name = "design", .argument = "FILE", .help = "another design that has all points of the old one, and more", .kind = PW_OPTION_TEXT,
      .offset = AT(design) },
};
enum { N_OPTIONS = sizeof options / sizeof options[0] };

static const char command[] = "pathways sweep extend";

typedef struct {
    extend_options_t asked;
    pw_sweep_place_t place;
    pw_sweep_t sweep;                          /* the larger one */
    pw_sweep_request_t request;
    int64_t stage[PW_MAX_SWEEP_STAGES];
    pw_findings_t findings;
} work_t;

static pw_status_t refuse(const char *format, long long a, long long b) __attribute__((format(printf, 1, 0)));
static pw_status_t refuse(const char *format, long long a, long long b)
{
    fprintf(stderr, "%s: ", command);
    fprintf(stderr, format, a, b);
    return PW_ERROR_USAGE;
}

/* The folder's request, with what was asked for in its place. */
static pw_status_t make_request(work_t *self)
{
    const pw_sweep_t *old = &self->place.sweep;
    self->request = self->place.folder.request;
    memcpy(self->stage, old->stage, sizeof self->stage);
    self->request.stages = self->stage;
    if (self->asked.replications > 0) {
        if (self->asked.replications <= old->replications)
            return refuse("--replications %lld is not more than the %lld that there are\n", self->asked.replications, old->replications);
        if (self->request.n_stages == PW_MAX_SWEEP_STAGES)
            return refuse("this sweep was extended %lld times; begin a new one (%lld replications)\n", PW_MAX_SWEEP_STAGES, self->asked.replications);
        self->stage[self->request.n_stages++] = self->asked.replications;
    }
    if (self->asked.points > 0)
        self->request.points = self->asked.points;
    if (self->asked.design)
        self->request.design = self->asked.design;
    return PW_OK;
}

static int compare(const void *a, const void *b) { return memcmp(((const pw_unit_name_t *)a)->byte, ((const pw_unit_name_t *)b)->byte, PW_NAME_BYTES); }

static pw_status_t names_of(const pw_sweep_t *sweep, pw_unit_name_t **out)
{
    int64_t n = pw_sweep_n_units(sweep);
    pw_status_t status = PW_OK;
    *out = pw_alloc((size_t)n, sizeof **out);
    if (!*out)
        return PW_ERROR_MEMORY;
    for (int64_t unit = 0; unit < n && status == PW_OK; unit++)
        status = pw_sweep_unit_key(sweep, unit, &(*out)[unit]);
    qsort(*out, (size_t)n, sizeof **out, compare);
    return status;
}

/* How many units of the old sweep the new one lacks. */
static pw_status_t count_lost(const work_t *self, int64_t *lost)
{
    pw_unit_name_t *old = NULL, *fresh = NULL;
    int64_t n_old = pw_sweep_n_units(&self->place.sweep), n_fresh = pw_sweep_n_units(&self->sweep);
    pw_status_t status = names_of(&self->place.sweep, &old);
    if (status == PW_OK)
        status = names_of(&self->sweep, &fresh);
    *lost = 0;
    for (int64_t i = 0, k = 0; i < n_old && status == PW_OK; i++) {
        while (k < n_fresh && compare(&fresh[k], &old[i]) < 0)
            k++;
        *lost += k == n_fresh || compare(&fresh[k], &old[i]) != 0;
    }
    pw_free(old);
    pw_free(fresh);
    return status;
}

static pw_status_t check(const work_t *self)
{
    int64_t lost, old = pw_sweep_n_units(&self->place.sweep), fresh = pw_sweep_n_units(&self->sweep);
    pw_status_t status = count_lost(self, &lost);
    if (status != PW_OK)
        return pw_sweep_place_say(command, status, NULL, NULL);
    if (lost > 0 && self->sweep.design.kind == PW_DESIGN_LATIN && !self->asked.design)
        return refuse("all points of a Latin hypercube move when there are more of them: %lld of the %lld units that there are would be done again; a "
                      "Sobol' sequence can grow\n", lost, old);
    if (lost > 0)
        return refuse("%lld of the %lld units that there are have no place in that sweep; begin a new one in another folder (it finds what it shares if the "
                      "parts are copied there)\n", lost, old);
    return fresh > old ? PW_OK : refuse("that is the same sweep: %lld units, %lld before\n", fresh, old);
}

static pw_status_t extend(work_t *self, int argc, char **argv)
{
    pw_status_t status = make_request(self);
    if (status != PW_OK)
        return status;
    status = pw_sweep_open(&self->sweep, &self->request, &self->findings);
    if (status != PW_OK)
        return pw_sweep_place_say(command, status, &self->findings, NULL);
    status = check(self);
    if (status != PW_OK)
        return status;
    status = pw_sweep_folder_extend(&self->place.folder, &self->sweep, &self->request, argc, argv);
    if (status != PW_OK)
        return pw_sweep_place_say(command, status, NULL, self->place.folder.message);
    printf("%s: %" PRId64 " points of %" PRId64 " replications now, %" PRId64 " units (%" PRId64 " before); to go on:\n    pathways sweep run --out %s\n",
           self->place.folder.path,
           self->sweep.design.n_points, self->sweep.replications, pw_sweep_n_units(&self->sweep), pw_sweep_n_units(&self->place.sweep),
           self->place.folder.path);
    return PW_OK;
}

static int run(int argc, char **argv)
{
    int first;
    pw_invocation_t invocation;
    work_t *self = pw_alloc(1, sizeof *self);
    if (pw_invocation_init(&invocation, "sweep", argc, argv) != PW_OK || !self) {
        pw_free(self);
        pw_invocation_free(&invocation);
        return pw_status_exit_code(pw_sweep_place_say(command, PW_ERROR_MEMORY, NULL, NULL));
    }
    pw_status_t status = pw_options_parse(command, options, N_OPTIONS, &self->asked, argc, argv, &first);
    const char *path = status == PW_OK ? pw_sweep_place_name(command, self->asked.out, argc, argv, first) : NULL;
    if (status == PW_OK && !path)
        status = PW_ERROR_USAGE;
    if (status == PW_OK && !self->asked.points && !self->asked.replications && !self->asked.design) {
        fprintf(stderr, "%s: by what? Say --replications, --points or --design\n", command);
        status = PW_ERROR_USAGE;
    }
    if (status == PW_OK)
        status = pw_sweep_place_open(&self->place, command, path);
    if (status == PW_OK)
        status = extend(self, invocation.argc, invocation.argv);
    pw_sweep_free(&self->sweep);
    pw_findings_free(&self->findings);
    pw_sweep_place_free(&self->place);
    pw_free(self);
    pw_invocation_free(&invocation);
    return pw_status_exit_code(status);
}

const pw_verb_t pw_sweep_extend_verb = {
    .name = "sweep extend",
    .summary = "give a sweep more points or replications, without doing any again",
    .usage = "sweep extend DIR [--replications R] [--points N] [--design FILE]",
    .about = "Makes the sweep in a folder larger: what is done stays done, what is new is missing until the next\n"
             "`sweep run`. A design can grow if its old points keep their inputs: more points of a Sobol' sequence,\n"
             "more trajectories, more base points, more rows or values in another design. A Latin hypercube cannot.\n"
             "End the sweep's running processes first: they would go on with the smaller one.\n",
    .examples = "  pathways sweep extend output/places --replications 16\n"
                "      more worlds at every point\n"
                "  pathways sweep extend output/places --points 512\n"
                "      more points of the same sequence\n",
    .options = options,
    .n_options = N_OPTIONS,
    .run = run,
};
