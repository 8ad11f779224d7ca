/* sweep_work.c: see sweep_work.h. */
#include "sweep_work.h"

#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "../base/memory.h"
#include "../base/moment.h"

typedef struct {
    const pw_sweep_work_t *ask;
    pw_sweep_worked_t *out;
    pw_stock_t stock;
    pw_units_t units;
    pw_shard_source_t shard;
    pw_part_t part;
    pthread_mutex_t lock;                  /* of `out` */
} share_t;

/* ---- a unit ---- */

static void *begin_worker(void *context)
{
    const share_t *self = context;
    pw_sweep_worker_t *worker = pw_alloc(1, sizeof *worker);
    if (worker && pw_sweep_worker_init(worker, self->ask->sweep) != PW_OK) {
        pw_sweep_worker_free(worker);
        pw_free(worker);
        return NULL;
    }
    return worker;
}

static void end_worker(void *context, void *worker)
{
    (void)context;
    pw_sweep_worker_free(worker);
    pw_free(worker);
}

/* "teams.duty.places: places is -1; ...": each thing that is wrong once. */
static void join_findings(const pw_findings_t *findings, char out[PW_LONGEST_REASON + 1])
{
    size_t n = 0;
    out[0] = '\0';
    for (size_t i = 0; i < findings->n && n < PW_LONGEST_REASON; i++) {
        const pw_finding_t *f = &findings->finding[i];
        bool again = i > 0 && strcmp(f->message, findings->finding[i - 1].message) == 0;
        if (!again)
            n += (size_t)snprintf(out + n, PW_LONGEST_REASON + 1 - n, "%s%s%s%s", n > 0 ? "; " : "", f->path ? f->path : "", f->path && f->path[0] ? ": " : "",
                                  f->message);
    }
}

static pw_status_t write_failed(share_t *self, const pw_unit_name_t *name, const pw_unit_t *unit, int64_t block, const pw_findings_t *findings)
{
    char reason[PW_LONGEST_REASON + 1];
    join_findings(findings, reason);
    pthread_mutex_lock(&self->lock);
    if (self->out->first_failed < 0 || unit->point < self->out->first_failed) {
        self->out->first_failed = unit->point;
        memcpy(self->out->reason, reason, sizeof reason);
    }
    self->out->failed++;
    pthread_mutex_unlock(&self->lock);
    return pw_part_add(&self->part, name, unit->point, block, NULL, 0, reason);
}

static pw_status_t write_rows(share_t *self, const pw_unit_name_t *name, const pw_unit_t *unit, int64_t block, const pw_sweep_worker_t *worker)
{
    pw_text_t rows = { 0 };
    pw_sweep_rows_text(worker, unit, &rows);
    pw_status_t status = rows.failed ? PW_ERROR_MEMORY : pw_part_add(&self->part, name, unit->point, block, pw_text_get(&rows), rows.n, NULL);
    pw_text_free(&rows);
    return status;
}

static pw_status_t work(void *context, void *worker, int64_t number, const volatile sig_atomic_t *stop)
{
    share_t *self = context;
    pw_unit_t unit = pw_sweep_unit(self->ask->sweep, number);
    int64_t block = number % self->units.blocks;
    pw_unit_name_t name;
    pw_findings_t findings = { 0 };
    pw_status_t status = self->units.name(self->units.context, number, &name);
    if (status == PW_OK)
        status = pw_sweep_unit_run(worker, &unit, stop, &findings);
    if (status == PW_OK)
        status = write_rows(self, &name, &unit, block, worker);
    else if (status == PW_ERROR_INPUT)
        status = write_failed(self, &name, &unit, block, &findings);
    pw_findings_free(&findings);
    return status;
}

/* ---- the share ---- */

static bool is_there(void *context, int64_t unit) { return pw_stock_has(context, unit); }

/* In a folder of many parts, those of sister shards are left unread: they hold other units, and a thousand tasks need not open a thousand files each. */
static pw_status_t look(share_t *self)
{
    const pw_sweep_work_t *ask = self->ask;
    char **names;
    int64_t n;
    pw_status_t status = pw_part_names(ask->folder, &names, &n);
    if (status == PW_ERROR_READ)
        snprintf(self->out->message, sizeof self->out->message, "%s/" PW_PARTS_FOLDER " cannot be read: %s", ask->folder, strerror(errno));
    pw_part_names_free(names);
    if (status == PW_OK)
        status = pw_stock_read(&self->stock, &self->units, ask->folder, n > PW_FEW_PARTS && ask->point < 0 ? ask->shard : -1, ask->shards);
    if (self->stock.message[0])
        snprintf(self->out->message, sizeof self->out->message, "%s", self->stock.message);
    self->out->parts_read = self->stock.parts_read;
    self->out->damaged = self->stock.damaged;
    return status;
}

static void choose(share_t *self, pw_unit_source_t *source)
{
    const pw_sweep_work_t *ask = self->ask;
    self->shard = (pw_shard_source_t){ .units = self->units.points * self->units.blocks, .blocks = self->units.blocks, .shard = ask->shard,
                                       .shards = ask->shards, .skip = is_there, .context = &self->stock, .most_points = ask->max_points };
    if (ask->point >= 0) {
        self->shard.shard = ask->point * self->units.blocks;
        self->shard.shards = 1;
        self->shard.units = self->shard.shard + self->units.blocks;
    }
    pw_shard_source_init(&self->shard, source);
    int64_t missing = pw_shard_source_count(&self->shard);
    self->out->units = self->shard.units > self->shard.shard ? (self->shard.units - self->shard.shard + self->shard.shards - 1) / self->shard.shards : 0;
    self->out->there = self->out->units - missing;
}

static pw_status_t begin_part(share_t *self)
{
    const pw_sweep_work_t *ask = self->ask;
    char label[64];
    pw_text_t header = { 0 };
    if (ask->point >= 0)
        snprintf(label, sizeof label, "point%" PRId64, ask->point);
    else
        snprintf(label, sizeof label, "s%" PRId64 "of%" PRId64, ask->shard, ask->shards);
    pw_sweep_rows_header(ask->sweep, &header);
    pw_status_t status = header.failed ? PW_ERROR_MEMORY
                                       : pw_part_begin(&self->part, ask->folder, label, ask->job, &ask->identity, self->units.results_version,
                                                       pw_text_get(&header));
    pw_text_free(&header);
    return status;
}

static pw_status_t run_farm(share_t *self, const pw_unit_source_t *list)
{
    const pw_sweep_work_t *ask = self->ask;
    pw_progress_t progress = { 0 };
    pw_farm_result_t result;
    pw_farm_t farm = { .threads = ask->threads, .source = *list, .asked = ask->asked, .max_seconds = ask->max_seconds, .progress = &progress, .context = self,
                       .begin = begin_worker, .end = end_worker, .work = work };
    pw_status_t status = ask->mpi ? pw_mpi_source(list, &farm.source) : PW_OK;
    if (status != PW_OK)
        return status;
    pw_progress_begin(&progress, ask->progress, "units", self->out->units - self->out->there, !ask->progress);
    status = pw_farm_run(&farm, &result);
    pw_progress_end(&progress);
    self->out->done = result.done - self->out->failed;
    self->out->stopped = result.stopped;
    self->out->out_of_time = result.out_of_time;
    self->out->held_back = self->shard.held_back;
    self->out->computing = result.working - self->part.seconds;
    self->out->writing = self->part.seconds;
    return status;
}

static pw_status_t conclude(const share_t *self)
{
    const pw_sweep_worked_t *out = self->out;
    if (out->stopped || out->held_back)
        return PW_INCOMPLETE;
    return out->failed > 0 ? PW_ERROR_INPUT : PW_OK;
}

pw_status_t pw_sweep_work(const pw_sweep_work_t *ask, pw_sweep_worked_t *out)
{
    double started = pw_moment_seconds();
    pw_unit_source_t source = { 0 };
    *out = (pw_sweep_worked_t){ .first_failed = -1 };
    share_t self = { .ask = ask, .out = out };
    pthread_mutex_init(&self.lock, NULL);
    pw_sweep_units(ask->sweep, &ask->identity, &self.units);
    bool lists = !ask->mpi || ask->rank == 0;
    pw_status_t status = lists ? look(&self) : PW_OK;
    if (status == PW_OK && lists)
        choose(&self, &source);
    out->looking = pw_moment_seconds() - started;
    if (status == PW_OK)
        status = begin_part(&self);
    if (status == PW_OK)
        status = run_farm(&self, &source);
    if (self.part.name)
        snprintf(out->part, sizeof out->part, "%s", self.part.name);
    if (self.part.status < 0 && !out->message[0])
        snprintf(out->message, sizeof out->message, "%s", self.part.message);
    pw_status_t closed = pw_part_end(&self.part);
    if (status == PW_OK)
        status = closed != PW_OK ? closed : conclude(&self);
    pw_stock_free(&self.stock);
    pthread_mutex_destroy(&self.lock);
    out->seconds = pw_moment_seconds() - started;
    return status;
}
