#include "batch.h"

#include <omp.h>
#include <string.h>

#include "../base/memory.h"

static pw_status_t start_worker(pw_worker_t *worker, int n_results)
{
    worker->world = pw_world_new();
    worker->result = pw_alloc((size_t)n_results, sizeof worker->result[0]);
    return worker->world && worker->result ? PW_OK : PW_ERROR_MEMORY;
}

pw_status_t pw_batch_init(pw_batch_t *self, const pw_run_t *run)
{
    memset(self, 0, sizeof *self);
    self->run = run;
    int n_vectors = PW_CHUNK_WORLDS * run->request.n_scenarios;
    self->worker = pw_alloc((size_t)run->request.threads, sizeof self->worker[0]);
    self->worlds.vector = pw_alloc((size_t)n_vectors, sizeof self->worlds.vector[0]);
    self->worlds.draw = pw_alloc(PW_CHUNK_WORLDS, sizeof self->worlds.draw[0]);
    self->worlds.ends_draw = pw_alloc(PW_CHUNK_WORLDS, sizeof self->worlds.ends_draw[0]);
    self->worlds.replication = pw_alloc(PW_CHUNK_WORLDS, sizeof self->worlds.replication[0]);
    if (!self->worker || !self->worlds.vector || !self->worlds.draw || !self->worlds.ends_draw || !self->worlds.replication)
        return PW_ERROR_MEMORY;
    for (int i = 0; i < n_vectors; i++)
        if (!(self->worlds.vector[i] = pw_alloc(run->layout.size, sizeof(double))))
            return PW_ERROR_MEMORY;
    for (self->n_workers = 0; self->n_workers < run->request.threads;) {
        pw_worker_t *worker = &self->worker[self->n_workers++];
        if (start_worker(worker, run->request.n_scenarios * run->roster.n_areas) != PW_OK)
            return PW_ERROR_MEMORY;
    }
    return PW_OK;
}

void pw_batch_free(pw_batch_t *self)
{
    for (int i = 0; i < self->n_workers; i++) {
        pw_world_free(self->worker[i].world);
        pw_free(self->worker[i].result);
        pw_members_free(&self->worker[i].members);
    }
    for (int i = 0; self->worlds.vector && i < PW_CHUNK_WORLDS * self->run->request.n_scenarios; i++)
        pw_free(self->worlds.vector[i]);
    pw_free(self->worker);
    pw_free(self->worlds.vector);
    pw_free(self->worlds.draw);
    pw_free(self->worlds.ends_draw);
    pw_free(self->worlds.replication);
    memset(self, 0, sizeof *self);
}

/* One world: every area in turn, all scenarios of an area at once. */
static pw_status_t simulate(const pw_batch_t *self, pw_worker_t *worker, int w)
{
    const pw_run_t *run = self->run;
    const pw_run_request_t *request = &run->request;
    int n = request->n_scenarios;
    int64_t draw = self->worlds.draw[w];
    double **vector = &self->worlds.vector[w * n];
    const pw_model_t *model[PW_MAX_SCENARIOS];
    int scenario[PW_MAX_SCENARIOS];
    pw_taker_t taker = { .layout = &run->layout, .scenario = scenario, .model = model, .vector = vector, .members = &worker->members };
    pw_world_options_t options = { .engine = request->engine, .stop = request->stop, .take = pw_tally_take, .take_context = &taker };
    for (int s = 0; s < n; s++) {
        scenario[s] = s;
        pw_tally_begin(&run->layout, vector[s]);
    }
    for (int a = 0; a < run->roster.n_areas; a++) {
        pw_result_t *result[PW_MAX_SCENARIOS];
        taker.area = a;
        for (int s = 0; s < n; s++) {
            model[s] = pw_models_get(&run->models, draw, a, s);
            result[s] = &worker->result[a * n + s];
        }
        int status = pw_world_run(worker->world, request->seed, pw_run_world_number(draw, self->worlds.replication[w]), model, n,
                                  pw_models_get(&run->models, draw, a, n), &options, result);
        if (status != 0)
            return status == PW_ERROR_STOPPED ? PW_ERROR_STOPPED : PW_ERROR_MEMORY;
    }
    for (int s = 0; s < n; s++) {
        const pw_result_t *result[PW_MAX_AREAS];
        for (int a = 0; a < run->roster.n_areas; a++)
            result[a] = &worker->result[a * n + s];
        pw_tally_end(&run->layout, s, result, vector[s]);
    }
    return PW_OK;
}

static void remember(pw_status_t *first, pw_status_t status)
{
    if (status == PW_OK)
        return;
#pragma omp critical(pw_batch_status)
    if (*first == PW_OK || status < *first)
        *first = status;
}

/* The draws of the chunk that are not compiled yet, in parallel. What is wrong is then found again, in order, by one thread,
 * so that the same draw is named whatever the number of threads. */
static pw_status_t compile(pw_batch_t *self, pw_run_t *run, pw_findings_t *findings)
{
    int64_t draw[PW_DRAWS_AT_ONCE];
    int n = 0;
    pw_status_t status = PW_OK;
    for (int w = 0; w < self->worlds.n; w++)
        if ((w == 0 || self->worlds.draw[w] != self->worlds.draw[w - 1]) && pw_models_claim(&run->models, self->worlds.draw[w]))
            draw[n++] = self->worlds.draw[w];
#pragma omp parallel for schedule(dynamic, 1) num_threads(run->request.threads)
    for (int i = 0; i < n; i++) {
        pw_findings_t unread = { 0 };
        remember(&status, pw_models_compile(&run->models, draw[i], &unread));
        pw_findings_free(&unread);
    }
    for (int i = 0; status != PW_OK && findings->n == 0 && i < n; i++)
        (void)pw_models_compile(&run->models, draw[i], findings);
    return status;
}

pw_status_t pw_batch_work(pw_batch_t *self, pw_run_t *run, int64_t done, pw_findings_t *findings)
{
    pw_status_t status = compile(self, run, findings);
    int threads = run->request.threads, n = self->worlds.n;
    int64_t finished = 0;
    if (status != PW_OK)
        return status;
#pragma omp parallel num_threads(threads)
    {
        pw_worker_t *worker = &self->worker[omp_get_thread_num()];
#pragma omp for schedule(dynamic, 1)
        for (int w = 0; w < n; w++) {
            if (!(run->request.stop && *run->request.stop))
                remember(&status, simulate(self, worker, w));
            int64_t so_far;
#pragma omp atomic capture
            so_far = ++finished;
            if (omp_get_thread_num() == 0 && run->request.progress)
                pw_progress_set(run->request.progress, done + so_far);
        }
    }
    if (run->request.stop && *run->request.stop)
        return PW_ERROR_STOPPED;
    if (status != PW_OK)
        return status;
#pragma omp parallel for schedule(static, 1) num_threads(threads)
    for (int part = 0; part < threads; part++)
        remember(&status, pw_ledger_add(&run->ledger, &self->worlds, part, threads));
    if (status == PW_OK)
        pw_ledger_added(&run->ledger, &self->worlds);
    return status;
}
