/* sweep_files.c: how long do a sweep's files take: merging a million records, reading the state of a thousand parts?
 *
 * Prints one `name value unit` a line. Wall time is noise on a shared machine, so processor time stands beside it, and the merge is also given as a ratio to
 * what gunzip and sort take for the same bytes; memory is the largest that the merging process had. Rows are as wide as those of a sweep over two inputs with
 * ten measures; the parts are written without fdatasync, which is not what is measured. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../model/base/folder_path.h"
#include "../model/experiment/merge.h"

enum { PARTS = 1000, RECORDS = 1000000 };

static const char header[] = "point,replication,scenario,inputs.a,inputs.b,m1,m2,m3,m4,m5,m6,m7,m8,m9,m10";

static double wall_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static pw_status_t name_of(void *context, int64_t unit, pw_unit_name_t *out)
{
    (void)context;
    memset(out, 0, sizeof *out);
    memcpy(out->byte, &unit, sizeof unit);
    return PW_OK;
}

static pw_status_t add_inputs(void *context, int64_t point, pw_text_t *to)
{
    (void)context;
    pw_text_printf(to, ",%g,%g", (double)(point % 977) / 8.0, (double)(point / 977) / 16.0);
    return PW_OK;
}

static const pw_units_t units = { .points = RECORDS, .blocks = 1, .results_version = 1, .columns = 15, .inputs = 2, .name = name_of, .add_inputs = add_inputs };

/* Numbers as simulations have them: counts, and means of some digits. */
static void make_rows(int64_t unit, pw_text_t *rows)
{
    uint64_t x = (uint64_t)unit * 6364136223846793005u + 1442695040888963407u;
    pw_text_clear(rows);
    pw_text_printf(rows, "%lld,0,baseline", (long long)unit);
    add_inputs(NULL, unit, rows);
    for (int m = 0; m < 10; m++, x = x * 6364136223846793005u + 1442695040888963407u)
        pw_text_printf(rows, m % 2 ? ",%.3f" : ",%.0f", (double)(x >> 44) / (m % 2 ? 1000.0 : 700.0));
    pw_text_append(rows, "\n");
}

static void write_parts(const char *folder)
{
    pw_member_maker_t maker = { 0 };
    char path[256], line[sizeof header + 1];
    if (pw_member_maker_init(&maker) != PW_OK)
        exit(1);
    snprintf(path, sizeof path, "%s/parts", folder);
    mkdir(path, 0777);
    snprintf(line, sizeof line, "%s\n", header);
    for (int part = 0; part < PARTS; part++) {
        pw_text_t bytes = { 0 }, rows = { 0 };
        pw_member_t head = { .kind = PW_MEMBER_HEAD, .results_version = 1 };
        pw_member_make(&maker, &head, line, strlen(line), NULL, &bytes);
        for (int64_t unit = part; unit < RECORDS; unit += PARTS) {
            pw_member_t about = { .kind = PW_MEMBER_DONE, .results_version = 1, .point = unit };
            name_of(NULL, unit, &about.name);
            make_rows(unit, &rows);
            pw_member_make(&maker, &about, pw_text_get(&rows), rows.n, NULL, &bytes);
        }
        snprintf(path, sizeof path, "%s/parts/s%dof%d-host-1.csv.gz", folder, part, PARTS);
        FILE *file = fopen(path, "wb");
        if (!file || bytes.failed || fwrite(bytes.bytes, 1, bytes.n, file) < bytes.n || fclose(file) != 0)
            exit(1);
        pw_text_free(&bytes);
        pw_text_free(&rows);
    }
    pw_member_maker_free(&maker);
}

/* In a process of its own, so that its memory is its own. Returns wall seconds; *megabytes is the most that it held, *processor its seconds. */
static double in_a_child(int (*work)(const char *folder), const char *folder, double *megabytes, double *processor)
{
    double from = wall_seconds();
    struct rusage used;
    int status = 0;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0)
        _exit(work(folder));
    if (wait4(child, &status, 0, &used) != child || status != 0) {
        fprintf(stderr, "bench: a child failed\n");
        exit(1);
    }
    *processor = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + 1e-6 * (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
    *megabytes = (double)used.ru_maxrss / 1024.0;
    return wall_seconds() - from;
}

static int merge(const char *folder)
{
    pw_stock_t stock = { 0 };
    char path[256], message[768];
    snprintf(path, sizeof path, "%s/merged.csv.gz", folder);
    pw_merge_t ask = { .stock = &stock, .header = header, .path = path };
    int code = pw_stock_read(&stock, &units, folder, -1, 0) == PW_OK && pw_merge_run(&ask, message) == PW_OK ? 0 : 1;
    pw_stock_free(&stock);
    return code;
}

static int look(const char *folder)
{
    pw_stock_t stock = { 0 };
    int code = pw_stock_read(&stock, &units, folder, -1, 0) == PW_OK && pw_stock_missing(&stock) == 0 ? 0 : 1;
    pw_stock_free(&stock);
    return code;
}

static int gunzip_and_sort(const char *folder)
{
    char command[512];
    snprintf(command, sizeof command, "cd %s && cat parts/*.csv.gz | gzip -dc | LC_ALL=C sort -S 48M -t, -k1,1n -T . | gzip -1 >sorted.csv.gz", folder);
    return system(command) == 0 ? 0 : 1;
}

int main(void)
{
    char folder[] = "/tmp/pathways-bench-XXXXXX";
    double megabytes, ignored, looked, merged;
    if (!mkdtemp(folder))
        return 1;
    write_parts(folder);
    double sorting = in_a_child(gunzip_and_sort, folder, &ignored, &ignored);
    double looking = in_a_child(look, folder, &ignored, &looked);
    double merging = in_a_child(merge, folder, &megabytes, &merged);
    printf("merge_million_records_seconds %.3g s\n", merging);
    printf("merge_million_records_processor_seconds %.3g s\n", merged);
    printf("merge_million_records_over_gunzip_and_sort %.3g ratio\n", merging / sorting);
    printf("merge_million_records_memory %.3g MiB\n", megabytes);
    printf("status_thousand_parts_seconds %.3g s\n", looking);
    printf("status_thousand_parts_processor_seconds %.3g s\n", looked);
    pw_folder_path_remove(folder);
    return 0;
}
