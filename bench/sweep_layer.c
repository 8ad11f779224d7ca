/* sweep_layer.c: what does it cost to sweep rather than to simulate, and what do two threads gain?
 *
 * Prints one `name value unit` a line. Units are of about 0.1 s: some worlds of the shipped baseline. The same units are worked off by a bare loop and by a
 * sweep's share (naming, writing rows, compressing, checksums, fdatasync); processor time, turns alternated, the median of the ratios within a turn. Two
 * threads over one is wall time, also alternated: where others use the machine it shows less than there is; `busy` is the share of the time in which the two
 * had a unit in hand, whoever had the processor. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "../model/base/folder_path.h"
#include "../model/experiment/sweep_work.h"

enum { TURNS = 5, POINTS = 10 };

static double seconds(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, int n)
{
    qsort(values, (size_t)n, sizeof *values, by_value);
    return values[n / 2];
}

static void give_up(const char *why)
{
    fprintf(stderr, "bench: %s\n", why);
    exit(1);
}

/* All units by hand, in one thread. */
static void bare_loop(const pw_sweep_t *sweep)
{
    pw_sweep_worker_t worker = { 0 };
    pw_findings_t findings = { 0 };
    if (pw_sweep_worker_init(&worker, sweep) != PW_OK)
        give_up("no memory");
    for (int64_t k = 0; k < pw_sweep_n_units(sweep); k++) {
        pw_unit_t unit = pw_sweep_unit(sweep, k);
        if (pw_sweep_unit_run(&worker, &unit, NULL, &findings) != PW_OK)
            give_up("a unit could not be done");
    }
    pw_sweep_worker_free(&worker);
    pw_findings_free(&findings);
}

/* The same as a share of a sweep, into a fresh folder. */
static void share(const pw_sweep_t *sweep, const char *folder, int threads, pw_sweep_worked_t *out)
{
    char path[256];
    pw_sweep_work_t ask = { .sweep = sweep, .folder = path, .shards = 1, .point = -1, .job = "", .threads = threads };
    snprintf(path, sizeof path, "%s/sweep", folder);
    if (mkdir(path, 0777) != 0 || pw_sweep_identity(sweep, &ask.identity) != PW_OK || pw_sweep_work(&ask, out) != PW_OK)
        give_up("the sweep could not be done");
    pw_folder_path_remove(path);
}

int main(void)
{
    char folder[] = "/tmp/pathways-bench-XXXXXX", design[64];
    double layer[TURNS], unit[TURNS], writing[TURNS], gain[TURNS], busy[TURNS];
    pw_findings_t findings = { 0 };
    pw_sweep_t sweep = { 0 };
    pw_sweep_worked_t worked;
    if (!mkdtemp(folder))
        give_up("no room in /tmp");
    snprintf(design, sizeof design, "%s/design.csv", folder);
    FILE *file = fopen(design, "w");
    fprintf(file, "services.supervised_contact.places\n");
    for (int i = 0; i < POINTS; i++)
        fprintf(file, "%g\n", 1.0 + i);
    fclose(file);
    const char *const scenario[] = { "scenarios/supervised_contact.cfg" };
    pw_sweep_request_t request = { .design = design, .scenarios = scenario, .n_scenarios = 1, .replications = 3, .block = 3, .seed = -1 };
    if (pw_sweep_open(&sweep, &request, &findings) != PW_OK) {
        pw_findings_print(&findings, stderr);
        give_up("the design cannot be opened");
    }
    bare_loop(&sweep);
    for (int i = 0; i < TURNS; i++) {
        double start = seconds(CLOCK_PROCESS_CPUTIME_ID);
        bare_loop(&sweep);
        double bare = seconds(CLOCK_PROCESS_CPUTIME_ID) - start;
        start = seconds(CLOCK_PROCESS_CPUTIME_ID);
        share(&sweep, folder, 1, &worked);
        layer[i] = (seconds(CLOCK_PROCESS_CPUTIME_ID) - start) / bare - 1.0;
        unit[i] = bare / (double)pw_sweep_n_units(&sweep);
        writing[i] = worked.writing / worked.seconds;
        double one = worked.seconds;
        share(&sweep, folder, 2, &worked);
        gain[i] = one / worked.seconds;
        busy[i] = (worked.computing + worked.writing) / (2.0 * worked.seconds);
    }
    printf("sweep_unit_seconds %.3g s\n", median(unit, TURNS));
    printf("sweep_layer_overhead %.3g %%\n", 100.0 * median(layer, TURNS));
    printf("sweep_writing_of_wall_time %.3g %%\n", 100.0 * median(writing, TURNS));
    printf("sweep_two_threads_over_one %.3g ratio\n", median(gain, TURNS));
    printf("sweep_two_threads_busy %.3g ratio\n", median(busy, TURNS));
    pw_sweep_free(&sweep);
    pw_folder_path_remove(folder);
    return 0;
}
