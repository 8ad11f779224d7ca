/* world_rows.c: world.csv: each world's plain sums, for those who want to hold one build against another. */
#include <string.h>

#include "columns.h"
#include "results.h"

/* Calls `each` for every sum of the family part (all families) and the area part. */
static void walk(const pw_layout_t *layout, void (*each)(void *context, int block, int item, int sum), void *context)
{
    for (int block = 0; block < PW_BLOCKS; block++)
        for (int item = 0; item < layout->items[block]; item++)
            for (int sum = 0; sum < layout->stride[block]; sum++)
                each(context, block, item, sum);
}

typedef struct {
    const pw_run_t *run;
    const double *vector;
    int area;
    pw_csv_t csv;
    void (*each)(void *context, const char *name);
    void *context;
} walker_t;

static void name(void *context, int block, int item, int sum)
{
    walker_t *self = context;
    char item_name[PW_NAME_LENGTH], text[3 * PW_NAME_LENGTH];
    static const char *const part[PW_BLOCKS] = { [PW_BLOCK_FAMILY] = "cohort", [PW_BLOCK_CURVE] = "cohort", [PW_BLOCK_EXPOSED] = "cohort",
                                                 [PW_BLOCK_HORIZON] = "cohort",
                                                 [PW_BLOCK_HARM] = "cohort", [PW_BLOCK_SERVICE] = "cohort", [PW_BLOCK_OWN_PAYER] = "cohort",
                                                 [PW_BLOCK_OWN_MONEY] = "cohort" };
    pw_layout_item_name(&self->run->layout, block, item, item_name);
    snprintf(text, sizeof text, "%s.%s%s%s", part[block] ? part[block] : "area", item_name, item_name[0] ? "." : "", pw_layout_sum_name(block, sum));
    self->each(self->context, text);
}

static void value(void *context, int block, int item, int sum)
{
    walker_t *self = context;
    pw_csv_number(&self->csv, self->vector[pw_layout_at(&self->run->layout, block, item, sum, self->area, PW_SUBGROUP_all)]);
}

void pw_results_world_columns(const pw_run_t *run, void (*each)(void *context, const char *name), void *context)
{
    walker_t self = { .run = run, .each = each, .context = context };
    walk(&run->layout, name, &self);
}

static void put_header(void *context, const char *text) { pw_csv_text(context, text); }

void pw_results_world_header(const pw_run_t *run, FILE *to)
{
    pw_csv_t csv = { .to = to };
    pw_columns_header(&csv, "world.csv");
    pw_results_world_columns(run, put_header, &csv);
    pw_csv_end(&csv);
}

void pw_results_world_rows(const pw_run_t *run, const pw_worlds_t *worlds, FILE *to)
{
    int n = run->roster.n_scenarios;
    for (int w = 0; w < worlds->n; w++)
        for (int s = 0; s < n; s++)
            for (int area = 0; area < run->roster.n_areas; area++) {
                walker_t self = { .run = run, .vector = worlds->vector[w * n + s], .area = area, .csv = { .to = to } };
                pw_csv_integer(&self.csv, worlds->draw[w]);
                pw_csv_integer(&self.csv, worlds->replication[w]);
                pw_csv_text(&self.csv, run->roster.scenario[s]);
                pw_csv_text(&self.csv, pw_roster_area(&run->roster, area));
                walk(&run->layout, value, &self);
                pw_csv_end(&self.csv);
            }
}
