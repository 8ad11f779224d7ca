/* farm.c: see farm.h. */
#include "farm.h"

#include <pthread.h>
#include <time.h>

#include "../base/memory.h"
#include "../base/moment.h"

enum { SERVE_NANOSECONDS = 2000000, LOOK_NANOSECONDS = 50000000 };

typedef struct {
    const pw_farm_t *ask;
    pthread_mutex_t lock;
    pthread_cond_t ready, low;          /* units are in store; few are */
    int64_t *store;
    int n, room;
    int working;                        /* threads with a unit in hand */
    bool exhausted;                     /* the source has no more */
    volatile sig_atomic_t stop;
    pw_status_t status;
    pw_farm_result_t *result;
} farm_t;

/* The flag is read without a lock, as one that a signal sets: an int that goes from 0 to 1 once. ThreadSanitizer need not watch that. */
__attribute__((no_sanitize("thread"), noinline)) static void set_stop(farm_t *self)
{
    self->stop = 1;
    pthread_cond_broadcast(&self->ready);
}

/* ---- a worker ---- */

/* The next unit, or false: there will be none. Called with the lock. */
static bool take(farm_t *self, int64_t *unit)
{
    while (self->n == 0 && !self->exhausted && !self->stop)
        pthread_cond_wait(&self->ready, &self->lock);
    if (self->n == 0 || self->stop)
        return false;
    *unit = self->store[0];
    self->n--;
    for (int i = 0; i < self->n; i++)
        self->store[i] = self->store[i + 1];
    self->working++;
    if (self->n <= self->room / 2)
        pthread_cond_signal(&self->low);
    return true;
}

/* Called with the lock. */
static void account(farm_t *self, pw_status_t status, double seconds)
{
    self->working--;
    self->result->working += seconds;
    self->result->done += status == PW_OK;
    if (status < 0 && status != PW_ERROR_STOPPED) {
        if (self->status == PW_OK)
            self->status = status;
        set_stop(self);
    }
    pthread_cond_signal(&self->low);
}

static void *run_worker(void *context)
{
    farm_t *self = context;
    const pw_farm_t *ask = self->ask;
    void *worker = ask->begin ? ask->begin(ask->context) : self;
    int64_t unit;
    pthread_mutex_lock(&self->lock);
    if (!worker) {
        self->working++;
        account(self, PW_ERROR_MEMORY, 0.0);
    }
    while (worker && take(self, &unit)) {
        pthread_mutex_unlock(&self->lock);
        double from = pw_moment_seconds();
        pw_status_t status = ask->work(ask->context, worker, unit, &self->stop);
        pthread_mutex_lock(&self->lock);
        account(self, status, pw_moment_seconds() - from);
    }
    pthread_mutex_unlock(&self->lock);
    if (worker && ask->end)
        ask->end(ask->context, worker);
    return NULL;
}

/* ---- the caller's thread ---- */

/* Fills the store. Called with the lock, which is let go while the source is asked. */
static void fill(farm_t *self)
{
    while (self->n < self->room && !self->exhausted && !self->stop) {
        int64_t unit;
        pthread_mutex_unlock(&self->lock);
        pw_unit_answer_t answer = self->ask->source.next(self->ask->source.self, &unit);
        pthread_mutex_lock(&self->lock);
        if (answer == PW_UNIT_LATER)
            return;
        if (answer == PW_UNIT_NONE) {
            self->exhausted = true;
            pthread_cond_broadcast(&self->ready);
        } else {
            self->store[self->n++] = unit;
            pthread_cond_signal(&self->ready);
        }
    }
}

static void look(farm_t *self, double started)
{
    bool asked = self->ask->asked && *self->ask->asked;
    bool late = self->ask->max_seconds > 0.0 && pw_moment_seconds() - started >= self->ask->max_seconds;
    if ((!asked && !late) || self->stop)
        return;
    self->result->out_of_time = late && !asked;
    self->result->stopped = true;
    set_stop(self);
}

/* Waits until units are few, at most until it is time to look again. */
static void wait_a_moment(farm_t *self)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += self->ask->source.serve ? SERVE_NANOSECONDS : LOOK_NANOSECONDS;
    if (until.tv_nsec >= 1000000000) {
        until.tv_nsec -= 1000000000;
        until.tv_sec++;
    }
    pthread_cond_timedwait(&self->low, &self->lock, &until);
}

static void oversee(farm_t *self, double started)
{
    const pw_farm_t *ask = self->ask;
    pthread_mutex_lock(&self->lock);
    for (;;) {
        look(self, started);
        fill(self);
        if (self->working == 0 && (self->stop || (self->exhausted && self->n == 0)))
            break;
        if (ask->progress)
            pw_progress_set(ask->progress, self->result->done);
        wait_a_moment(self);
        if (ask->source.serve) {
            pthread_mutex_unlock(&self->lock);
            ask->source.serve(ask->source.self);
            pthread_mutex_lock(&self->lock);
        }
    }
    pthread_mutex_unlock(&self->lock);
}

static pw_status_t begin(farm_t *self, pthread_t **thread)
{
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&self->lock, NULL);
    pthread_cond_init(&self->ready, &monotonic);
    pthread_cond_init(&self->low, &monotonic);
    pthread_condattr_destroy(&monotonic);
    self->room = self->ask->source.serve ? 1 : 2 * self->ask->threads;      /* shared with other ranks: nobody hoards */
    self->store = pw_alloc((size_t)self->room, sizeof self->store[0]);
    *thread = pw_alloc((size_t)self->ask->threads, sizeof **thread);
    return self->store && *thread ? PW_OK : PW_ERROR_MEMORY;
}

/* Starts the threads with signals blocked: those are the caller's. Returns how many there are. */
static int start(farm_t *self, pthread_t *thread)
{
    sigset_t all, before;
    int n = 0;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    while (n < self->ask->threads && pthread_create(&thread[n], NULL, run_worker, self) == 0)
        n++;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return n;
}

pw_status_t pw_farm_run(const pw_farm_t *ask, pw_farm_result_t *result)
{
    double started = pw_moment_seconds();
    *result = (pw_farm_result_t){ 0 };
    farm_t self = { .ask = ask, .result = result };
    pthread_t *thread = NULL;
    self.status = begin(&self, &thread);
    int n = self.status == PW_OK ? start(&self, thread) : 0;
    if (n == 0)
        self.status = PW_ERROR_MEMORY;
    else
        oversee(&self, started);
    for (int i = 0; i < n; i++)
        pthread_join(thread[i], NULL);
    if (ask->source.finish)
        ask->source.finish(ask->source.self, self.stop != 0);
    pthread_cond_destroy(&self.ready);
    pthread_cond_destroy(&self.low);
    pthread_mutex_destroy(&self.lock);
    pw_free(self.store);
    pw_free(thread);
    result->seconds = pw_moment_seconds() - started;
    return self.status;
}
