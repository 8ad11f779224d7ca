/* sweep.c: what the sweep layer takes of a unit's time, at units of about a tenth of a second: everything but compiling models and simulating
 * worlds. `sweep_layer_share` is to stay under 0.02; `sweep_compile_share` is what a run has too. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "../model/experiment/sweep_unit.h"

static double processor_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

int main(int argc, char **argv)
{
    enum { UNITS = 24 };
    pw_sweep_t sweep;
    pw_sweep_worker_t worker;
    pw_findings_t findings = { 0 };
    pw_sweep_request_t request = { .design = argc > 1 ? argv[1] : "sweeps/contact_places.cfg", .seed = -1, .replications = 3, .block = 3 };
    if (pw_sweep_open(&sweep, &request, &findings) != PW_OK || pw_sweep_worker_init(&worker, &sweep) != PW_OK) {
        pw_findings_print(&findings, stderr);
        return 1;
    }
    char name[PW_DIGEST_ROOM];
    double from = processor_seconds();
    for (int64_t k = 0; k < UNITS; k++) {
        pw_unit_t unit = pw_sweep_unit(&sweep, (k * 7) % pw_sweep_n_units(&sweep));
        pw_sweep_unit_name(&sweep, &unit, name);
        if (pw_sweep_unit_run(&worker, &unit, NULL, &findings) != PW_OK)
            return 1;
    }
    double all = processor_seconds() - from, compiling = worker.compile_seconds, worlds = worker.world_seconds;
    printf("sweep_unit_seconds %.4f s\n", all / UNITS);
    printf("sweep_layer_share %.5f ratio\n", (all - compiling - worlds) / all);
    printf("sweep_compile_share %.5f ratio\n", compiling / all);
    pw_sweep_worker_free(&worker);
    pw_sweep_free(&sweep);
    return 0;
}
