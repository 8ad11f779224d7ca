#include "local.h"

#include <jansson.h>
#include <math.h>

#include "../base/csv.h"
#include "../base/memory.h"
#include "../base/number.h"
#include "../base/table.h"
#include "../base/version.h"
#include "inputs.h"
#include "manifest.h"

static void print_row(pw_table_t *table, const pw_local_number_t *number)
{
    char text[PW_NUMBER_ROOM];
    bool judged = !isnan(number->implausibility);
    pw_table_cell(table, PW_LEFT, "%s", number->name);
    pw_table_cell(table, PW_RIGHT, "%s", pw_number_significant(number->value, 3, text));
    pw_table_cell(table, PW_RIGHT, "%s", judged ? pw_number_significant(number->before, 3, text) : "");
    pw_table_cell(table, PW_RIGHT, "%s", judged ? pw_number_significant(number->spread, 2, text) : "");
    pw_table_cell(table, PW_RIGHT, "%s", judged ? pw_number_decimals(number->implausibility, 1, text) : "");
    pw_table_cell(table, PW_RIGHT, "%s", judged ? pw_number_significant(number->after, 3, text) : "");
    pw_table_cell(table, PW_LEFT, "%s", !judged ? "sets the size" : number->implausibility > PW_LOCAL_MOST_IMPLAUSIBLE ? "outside" : "inside");
    pw_table_end_row(table);
}

pw_status_t pw_local_print(const pw_local_t *self, FILE *to)
{
    static const char *const head[] = { "The council's numbers", "given", "model", "spread", "off by", "then", "" };
    pw_table_t table = { 0 };
    fprintf(to, "%s\n\n", self->title);
    for (int i = 0; i < 7; i++)
        pw_table_cell(&table, i >= 1 && i <= 5 ? PW_RIGHT : PW_LEFT, "%s", head[i]);
    pw_table_end_row(&table);
    pw_table_rule(&table);
    for (int i = 0; i < self->n; i++)
        print_row(&table, &self->number[i]);
    pw_status_t status = pw_table_print(&table, to);
    pw_table_free(&table);
    fprintf(to, "\nmodel, spread: mean and standard deviation over the posterior, at this council's volume\n"
                "off by: distance in standard deviations of both together; above %g the model cannot speak about it\n"
                "then: mean over the sets as they are weighted for this council\n\n"
                "%.0f effective sets before, %.0f for this council (at least %d are needed).\n",
            PW_LOCAL_MOST_IMPLAUSIBLE, self->effective_before, self->effective, PW_LOCAL_LEAST_SETS);
    return status;
}

/* ---- files ---- */

static void write_posterior(const pw_posterior_t *posterior, FILE *to)
{
    static const char *const first[] = { "set", "weight", "results", "evidence", "size" };
    pw_csv_t csv = { .to = to };
    for (int i = 0; i < 5; i++)
        pw_csv_text(&csv, first[i]);
    for (int k = 0; k < posterior->n_estimates; k++)
        pw_csv_text(&csv, posterior->table.column[posterior->column[k]]);
    pw_csv_end(&csv);
    for (int64_t s = 0; s < posterior->n; s++) {
        pw_csv_integer(&csv, s);
        pw_csv_number(&csv, pw_number_round12(pw_posterior_weight(posterior, s)));
        pw_csv_integer(&csv, posterior->results_version);
        pw_csv_text(&csv, posterior->evidence);
        pw_csv_number(&csv, pw_number_round12(posterior->size[s]));
        for (int k = 0; k < posterior->n_estimates; k++)
            pw_csv_number(&csv, pw_number_round12(posterior->value[(size_t)s * (size_t)posterior->n_estimates + (size_t)k]));
        pw_csv_end(&csv);
    }
}

static void write_numbers(const pw_local_t *self, FILE *to)
{
    static const char *const head[] = { "number", "meaning", "value", "sd", "model", "spread", "implausibility", "then" };
    pw_csv_t csv = { .to = to };
    for (int i = 0; i < 8; i++)
        pw_csv_text(&csv, head[i]);
    pw_csv_end(&csv);
    for (int i = 0; i < self->n; i++) {
        const pw_local_number_t *n = &self->number[i];
        pw_csv_text(&csv, n->name);
        pw_csv_text(&csv, n->meaning);
        double numbers[] = { n->value, n->sd, n->before, n->spread, n->implausibility, n->after };
        for (int k = 0; k < 6; k++)
            pw_csv_number(&csv, pw_number_round12(numbers[k]));
        pw_csv_end(&csv);
    }
}

static pw_status_t write_manifest(const pw_local_t *self, const pw_inputs_t *inputs, pw_folder_t *folder, int argc, char *const *argv)
{
    char *command = pw_command_line(argc, argv);
    json_t *read = json_array();
    for (int i = 0; i < inputs->n; i++)
        json_array_append_new(read, json_pack("{s:s, s:s}", "file", inputs->input[i].copy, "sha256", inputs->input[i].sha256));
    json_t *root = json_pack("{s:i, s:{s:s, s:s, s:s}, s:s, s:s, s:f, s:o}", "schema", 1, "program", "name", "pathways", "version", PW_VERSION, "commit",
                             pw_version_commit(),
                             "command", command ? command : "", "title", self->title, "effective_sets", self->effective, "inputs", read);
    FILE *file = pw_folder_file(folder, PW_FOLDER_MARK);
    pw_status_t status = root && command ? folder->status : PW_ERROR_MEMORY;
    if (file && status == PW_OK && (json_dumpf(root, file, JSON_INDENT(2) | JSON_REAL_PRECISION(6)) != 0 || putc('\n', file) == EOF))
        status = PW_ERROR_WRITE;
    pw_status_t closed = pw_folder_close(folder, file);
    json_decref(root);
    pw_free(command);
    return status != PW_OK ? status : closed;
}

pw_status_t pw_local_write(const pw_local_t *self, const pw_posterior_t *posterior, pw_folder_t *folder, const char *const *files, int n_files, int argc,
                           char *const *argv)
{
    pw_inputs_t inputs = { 0 };
    pw_status_t status = PW_OK;
    for (int i = 0; i < n_files && status == PW_OK; i++)
        status = pw_inputs_add(&inputs, files[i]);
    if (status == PW_OK)
        status = pw_inputs_copy(&inputs, folder);
    FILE *file = status == PW_OK ? pw_folder_file(folder, "posterior.csv") : NULL;
    if (file)
        write_posterior(posterior, file);
    pw_folder_close(folder, file);
    file = status == PW_OK ? pw_folder_file(folder, "local.csv") : NULL;
    if (file)
        write_numbers(self, file);
    pw_folder_close(folder, file);
    if (status == PW_OK)
        status = write_manifest(self, &inputs, folder, argc, argv);
    pw_inputs_free(&inputs);
    return status == PW_OK ? pw_folder_commit(folder) : status;
}
