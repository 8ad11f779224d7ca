/* calibrate_state.c: a calibration half done, in a file: so that it can be stopped and gone on with.
 *
 * The bytes are those of this machine: a state is for going on, not for sending round. Last come 64 digits that check all before them. */
#include <errno.h>
#include <string.h>

#include "../base/digest.h"
#include "../base/file.h"
#include "../base/memory.h"
#include "../base/text.h"
#include "calibrate.h"

static const char MARK[] = "pathways calibration, half done: 1\n";

typedef struct {
    int phase, generation, moves, refreshed, judged, n_sets, worlds_each, spare;
    int64_t worlds, simulated;
    double seconds, tolerance, ess, acceptance, step, stride;
} head_t;

/* One walk over all parts, for both ways: to the text, or from the bytes. */
typedef struct { pw_text_t *to; const char *from; size_t left; bool failed; } tape_t;

static void pass(tape_t *tape, void *bytes, size_t n)
{
    if (tape->to) {
        pw_text_append_bytes(tape->to, bytes, n);
    } else if (tape->failed || n > tape->left) {
        tape->failed = true;
    } else {
        memcpy(bytes, tape->from, n);
        tape->from += n;
        tape->left -= n;
    }
}

static void pass_points(tape_t *tape, pw_calibration_t *self)
{
    size_t n = (size_t)self->options.points;
    pass(tape, self->smc.z, n * (size_t)self->particles.dims * sizeof(double));
    pass(tape, self->smc.distance, n * (size_t)self->options.samples * sizeof(double));
    pass(tape, self->smc.id, n * sizeof(uint64_t));
}

static void pass_judged(tape_t *tape, pw_calibration_t *self)
{
    size_t n = (size_t)self->judged, n_sums = n * (size_t)self->study.n * PW_STUDY_SUMS * sizeof(double);
    pass(tape, self->point, (size_t)self->n_sets * sizeof(int));
    pass(tape, self->copies, (size_t)self->n_sets * sizeof(int));
    if (self->options.base)
        pass(tape, self->factor, (size_t)self->n_sets * sizeof(double));
    pass(tape, self->first, n_sums);
    pass(tape, self->second, n_sums);
    pass(tape, self->found, n * (size_t)self->options.worlds * (size_t)self->targets->n * sizeof(double));
}

static void pass_spreads(tape_t *tape, pw_calibration_t *self)
{
    size_t bytes = (size_t)self->targets->n * sizeof(double);
    pass(tape, self->spread, bytes);
    pass(tape, self->pilot_low, bytes);
    pass(tape, self->pilot_high, bytes);
}

pw_status_t pw_calibrate_state(const pw_calibration_t *calibration, pw_text_t *out)
{
    pw_calibration_t *self = (pw_calibration_t *)(uintptr_t)calibration;      /* the walk only reads */
    const pw_smc_t *smc = &self->smc;
    head_t head;
    tape_t tape = { .to = out };
    char check[PW_DIGEST_ROOM];
    memset(&head, 0, sizeof head);
    head.phase = self->phase, head.generation = smc->generation, head.moves = smc->moves, head.refreshed = self->refreshed, head.judged = self->judged;
    head.n_sets = self->n_sets, head.worlds_each = self->options.worlds, head.worlds = self->worlds, head.simulated = smc->simulated;
    head.seconds = pw_calibrate_seconds(self);
    head.tolerance = smc->tolerance, head.ess = smc->ess, head.acceptance = smc->acceptance, head.step = smc->step, head.stride = smc->stride;
    pw_text_append(out, MARK);
    pw_text_append(out, self->digest);
    pass(&tape, &head, sizeof head);
    pass_spreads(&tape, self);
    pass_points(&tape, self);
    if (self->n_sets > 0)
        pass_judged(&tape, self);
    pw_digest_bytes(out->bytes, out->n, check);
    pw_text_append(out, check);
    return out->failed ? PW_ERROR_MEMORY : PW_OK;
}

pw_status_t pw_calibrate_save(const pw_calibration_t *self)
{
    pw_text_t text = { 0 };
    if (!self->options.state_file)
        return PW_OK;
    pw_status_t status = pw_calibrate_state(self, &text);
    if (status == PW_OK)
        status = pw_file_replace(self->options.state_file, text.bytes, text.n);
    pw_text_free(&text);
    return status;
}

/* ---- reading ---- */

/* PW_OK with *there false: no such file. */
static pw_status_t read_all(const char *path, pw_text_t *out, bool *there)
{
    pw_status_t status = pw_file_read(path, out);
    *there = status != PW_ERROR_READ || errno != ENOENT;
    return *there ? status : PW_OK;
}

static bool whole(const pw_text_t *text)
{
    char check[PW_DIGEST_ROOM];
    size_t mark = strlen(MARK), digits = PW_DIGEST_ROOM - 1;
    if (text->n < mark + 2 * digits + sizeof(head_t) || memcmp(text->bytes, MARK, mark) != 0)
        return false;
    pw_digest_bytes(text->bytes, text->n - digits, check);
    return memcmp(text->bytes + text->n - digits, check, digits) == 0;
}

static pw_status_t restore(pw_calibration_t *self, const pw_text_t *text)
{
    const pw_calibrate_options_t *o = &self->options;
    pw_smc_options_t options = { .points = o->points, .samples = o->samples, .dims = self->particles.dims, .focus = self->particles.focus, .keep = o->keep,
                                 .tolerance_end = o->tolerance, .acceptance_end = o->acceptance, .most_moves = o->most_moves, .seed = o->seed };
    size_t skip = strlen(MARK) + PW_DIGEST_ROOM - 1;
    tape_t tape = { .from = text->bytes + skip, .left = text->n - skip - (PW_DIGEST_ROOM - 1) };
    head_t head = { 0 };
    pw_status_t status = pw_smc_make(&self->smc, &options);
    if (status != PW_OK)
        return status;
    pass(&tape, &head, sizeof head);
    self->phase = head.phase < PW_CALIBRATE_DONE ? head.phase : PW_CALIBRATE_JUDGING;      /* the weights are not in it: judging ends with them */
    self->refreshed = head.refreshed, self->judged = head.judged, self->n_sets = head.n_sets, self->worlds = head.worlds;
    self->seconds = head.seconds;
    self->smc.generation = head.generation, self->smc.moves = head.moves, self->smc.simulated = head.simulated, self->smc.tolerance = head.tolerance;
    self->smc.ess = head.ess, self->smc.acceptance = head.acceptance, self->smc.step = head.step, self->smc.stride = head.stride;
    pass_spreads(&tape, self);
    pass_points(&tape, self);
    if (head.n_sets > 0 && head.worlds_each != o->worlds) {
        self->n_sets = self->judged = 0;      /* judged in other worlds than asked for: anew */
        self->phase = PW_CALIBRATE_REFRESHING;
    } else if (head.n_sets > 0) {
        status = pw_calibrate_judge_make(self);
        self->judged = head.judged, self->n_sets = head.n_sets;
        if (status == PW_OK)
            pass_judged(&tape, self);
    }
    return status == PW_OK && tape.failed ? PW_ERROR_READ : status;
}

pw_status_t pw_calibrate_load(pw_calibration_t *self, pw_findings_t *findings)
{
    pw_text_t text = { 0 };
    bool there = false;
    const char *file = self->options.state_file;
    pw_status_t status = file ? read_all(file, &text, &there) : PW_OK;
    if (status == PW_OK && there && !whole(&text)) {
        pw_findings_add(findings, file, 0, NULL, "this is no whole state of a calibration; remove it to begin anew");
        status = PW_ERROR_INPUT;
    } else if (status == PW_OK && there && memcmp(text.bytes + strlen(MARK), self->digest, PW_DIGEST_ROOM - 1) != 0) {
        pw_findings_add(findings, file, 0, NULL,
                        "this state is of another calibration (other estimates, targets, options or another results version than %d); remove it to begin anew",
                        PW_RESULTS_VERSION);
        status = PW_ERROR_INPUT;
    } else if (status == PW_OK && there) {
        status = restore(self, &text);
    }
    pw_text_free(&text);
    return status;
}
