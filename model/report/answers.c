#include "answers.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../base/digest.h"
#include "../base/file.h"
#include "../base/folder.h"
#include "../base/memory.h"
#include "inputs.h"
#include "manifest.h"

/* ---- rows ---- */

pw_status_t pw_answer_rows_begin(pw_answer_rows_t *self, const pw_answer_kind_t *kind)
{
    *self = (pw_answer_rows_t){ 0 };
    self->csv.to = open_memstream(&self->bytes, &self->n);
    if (!self->csv.to)
        return PW_ERROR_MEMORY;
    for (int i = 0; i < kind->n_columns; i++)
        pw_csv_text(&self->csv, kind->column[i].name);
    pw_csv_end(&self->csv);
    return PW_OK;
}

pw_status_t pw_answer_rows_end(pw_answer_rows_t *self)
{
    bool failed = ferror(self->csv.to) != 0;
    failed |= fclose(self->csv.to) != 0;
    self->csv.to = NULL;
    return failed ? PW_ERROR_MEMORY : PW_OK;
}

void pw_answer_rows_free(pw_answer_rows_t *self)
{
    if (self->csv.to)
        fclose(self->csv.to);
    free(self->bytes);      /* open_memstream's */
    *self = (pw_answer_rows_t){ 0 };
}

/* ---- old rows and new ones ---- */

static bool same_columns(const pw_csv_table_t *a, const pw_csv_table_t *b)
{
    bool same = a->n_columns == b->n_columns;
    for (int i = 0; same && i < a->n_columns; i++)
        same = strcmp(a->column[i], b->column[i]) == 0;
    return same;
}

static bool is_answered_anew(const pw_csv_table_t *now, const pw_csv_table_t *old, int64_t row, int n_key)
{
    for (int64_t r = 0; r < now->n_rows; r++) {
        bool same = true;
        for (int i = 0; same && i < n_key; i++)
            same = strcmp(pw_csv_cell(now, r, i), pw_csv_cell(old, row, i)) == 0;
        if (same)
            return true;
    }
    return false;
}

static void write_row(pw_csv_t *csv, const pw_csv_table_t *table, int64_t row)
{
    for (int i = 0; i < table->n_columns; i++)
        pw_csv_text(csv, pw_csv_cell(table, row, i)[0] ? pw_csv_cell(table, row, i) : NULL);
    pw_csv_end(csv);
}

/* The rows that go into the file: what stays of the old ones, then the new. */
static pw_status_t merge(const char *old_path, const pw_answer_kind_t *kind, const pw_answer_rows_t *rows, pw_answer_rows_t *out, pw_text_t *why)
{
    pw_csv_table_t now = { 0 }, old = { 0 };
    pw_findings_t findings = { 0 };
    pw_status_t status = pw_csv_parse(&now, kind->file, rows->bytes, rows->n, &findings);
    if (status == PW_OK && old_path && access(old_path, F_OK) == 0)
        status = pw_csv_read(&old, old_path, &findings);
    if (status == PW_OK && old.n_columns > 0 && !same_columns(&old, &now)) {
        pw_text_printf(why, "%s has other columns than this version of the program writes; move it away first", old_path);
        status = PW_ERROR_INPUT;
    } else if (status != PW_OK && status != PW_ERROR_MEMORY) {
        pw_text_printf(why, "%s cannot be added to: %s", old_path ? old_path : kind->file, findings.n ? findings.finding[0].message : "it cannot be read");
    }
    if (status == PW_OK)
        status = pw_answer_rows_begin(out, kind);
    for (int64_t r = 0; status == PW_OK && r < old.n_rows; r++)
        if (!is_answered_anew(&now, &old, r, kind->n_key))
            write_row(&out->csv, &old, r);
    for (int64_t r = 0; status == PW_OK && r < now.n_rows; r++)
        write_row(&out->csv, &now, r);
    if (status == PW_OK)
        status = pw_answer_rows_end(out);
    pw_csv_table_free(&now);
    pw_csv_table_free(&old);
    pw_findings_free(&findings);
    return status;
}

/* ---- the folder ---- */

typedef struct {
    const char *path;
    const pw_answer_kind_t *kind;
    const pw_answer_made_t *made;
    pw_text_t *why;
    bool is_new;
    pw_folder_t folder;
    pw_inputs_t inputs;
    pw_answer_rows_t rows;
    char sha256[PW_DIGEST_ROOM];
} adding_t;

static char *in_folder(const adding_t *self, const char *name)
{
    pw_text_t text = { 0 };
    pw_text_printf(&text, "%s/%s", self->path, name);
    return pw_text_take(&text);
}

/* NULL: there is none, or it cannot be read. */
static char *read_text(const char *path)
{
    pw_text_t text = { 0 };
    if (pw_file_read(path, &text) == PW_OK)
        return pw_text_take(&text);
    pw_text_free(&text);
    return NULL;
}

static pw_status_t copy_inputs(adding_t *self)
{
    pw_status_t status = PW_OK;
    for (int i = 0; i < self->made->n_specs && status == PW_OK; i++) {
        status = pw_inputs_add_tree(&self->inputs, self->made->spec[i]->tree);
        if (status == PW_OK && self->made->spec[i]->base_tree)
            status = pw_inputs_add_tree(&self->inputs, self->made->spec[i]->base_tree);
    }
    if (status == PW_OK && self->made->parameter_file)
        status = pw_inputs_add(&self->inputs, self->made->parameter_file);
    return status == PW_OK ? pw_inputs_copy(&self->inputs, &self->folder) : status;
}

/* A description that the folder holds already, with this file's part put in. */
static pw_status_t renew(adding_t *self, const char *name, pw_status_t (*put_in)(const adding_t *self, const char *old, pw_text_t *out))
{
    pw_text_t text = { 0 };
    char *path = in_folder(self, name), *old = path && !self->is_new ? read_text(path) : NULL;
    pw_status_t status = path ? put_in(self, old, &text) : PW_ERROR_MEMORY;
    if (status == PW_ERROR_INPUT)
        pw_text_printf(self->why, "%s is not as this program writes it", path);
    if (status == PW_OK)
        status = pw_folder_write(&self->folder, name, pw_text_get(&text), strlen(pw_text_get(&text)));
    pw_text_free(&text);
    pw_free(old);
    pw_free(path);
    return status;
}

static pw_status_t put_in_datapackage(const adding_t *self, const char *old, pw_text_t *out)
{
    return pw_datapackage_add(old, self->kind->file, self->kind->meaning, self->kind->column, self->kind->n_columns, self->sha256, out);
}

static pw_status_t put_in_manifest(const adding_t *self, const char *old, pw_text_t *out)
{
    pw_manifest_answer_t answer = { self->kind->file, self->sha256, self->made->argc, self->made->argv, self->made->started };
    return pw_manifest_add(old, &answer, &self->inputs, out);
}

static pw_status_t write_all(adding_t *self)
{
    pw_digest_bytes(self->rows.bytes, self->rows.n, self->sha256);
    pw_status_t status = self->is_new ? pw_folder_begin(&self->folder, self->path, false) : pw_folder_add(&self->folder, self->path);
    if (status == PW_OK && self->is_new)
        status = copy_inputs(self);
    if (status == PW_OK)
        status = pw_folder_write(&self->folder, self->kind->file, self->rows.bytes, self->rows.n);
    if (status == PW_OK)
        status = renew(self, "datapackage.json", put_in_datapackage);
    if (status == PW_OK)
        status = renew(self, PW_FOLDER_MARK, put_in_manifest);
    return status == PW_OK ? pw_folder_commit(&self->folder) : status;
}

pw_status_t pw_answers_add(const char *path, const pw_answer_kind_t *kind, const pw_answer_rows_t *rows, const pw_answer_made_t *made, pw_text_t *why)
{
    adding_t self = { .path = path, .kind = kind, .made = made, .why = why, .is_new = access(path, F_OK) != 0 && errno == ENOENT };
    char *old = self.is_new ? NULL : in_folder(&self, kind->file);
    pw_status_t status = self.is_new || old ? merge(old, kind, rows, &self.rows, why) : PW_ERROR_MEMORY;
    if (status == PW_OK)
        status = write_all(&self);
    if (self.folder.status < 0)
        pw_text_append(why, pw_folder_message(&self.folder));
    pw_folder_free(&self.folder);
    pw_inputs_free(&self.inputs);
    pw_answer_rows_free(&self.rows);
    pw_free(old);
    return status;
}
