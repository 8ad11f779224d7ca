#include "sweep_maker.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "harness.h"

place_t begin_place(void)
{
    place_t place = { "/tmp/pathways-sweep-XXXXXX" };
    CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(place.folder));
    return place;
}

const char *put(const place_t *place, const char *name, const char *text)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", place->folder, name);
    FILE *file = fopen(path, "w");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    fputs(text, file);
    fclose(file);
    return path;
}

void end_place(const place_t *place)
{
    static const char *const names[] = { "a.cfg", "a.csv", "points.txt" };
    char path[128];
    for (int i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s/%s", place->folder, names[i]);
        unlink(path);
    }
    CU_ASSERT_EQUAL(rmdir(place->folder), 0);
}

pw_status_t open_file(pw_sweep_t *sweep, const char *file, pw_findings_t *findings, const char *set)
{
    static const char *const scenarios[] = { "scenarios/supervised_contact.cfg" };
    pw_sweep_request_t request = { .design = file, .baseline = "params/baseline.cfg", .scenarios = scenarios, .n_scenarios = 1, .seed = -1, .sets = &set,
                                   .n_sets = set != NULL };
    return pw_sweep_open(sweep, &request, findings);
}

void open_text(pw_sweep_t *sweep, const char *text, const char *set)
{
    place_t place = begin_place();
    pw_findings_t findings = { 0 };
    pw_status_t status = open_file(sweep, put(&place, "a.cfg", text), &findings, set);
    pw_findings_print(&findings, stdout);
    CU_ASSERT_EQUAL_FATAL(status, PW_OK);
    pw_findings_free(&findings);
    end_place(&place);
}

