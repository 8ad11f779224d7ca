/* sweep_sqlite.c: see sweep_sqlite.h. */
#include "sweep_sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../base/file.h"
#include "../base/folder_path.h"
#include "../base/memory.h"
#include "../base/version.h"
#include "sweep_datapackage.h"

typedef struct {
    const pw_sweep_sqlite_t *ask;
    sqlite3 *database;
    sqlite3_stmt *statement;
    double *measure;
    char *message;
} writing_t;

static pw_status_t broken(const writing_t *self)
{
    if (self->message[0] == '\0')
        snprintf(self->message, 768, "%.400s cannot be written: %s", self->ask->path, sqlite3_errmsg(self->database));
    return PW_ERROR_WRITE;
}

static pw_status_t execute(const writing_t *self, const char *sql)
{
    return sqlite3_exec(self->database, sql, NULL, NULL, NULL) == SQLITE_OK ? PW_OK : broken(self);
}

/* "a ""name""", as SQL quotes names. */
static void add_name(pw_text_t *to, const char *name)
{
    pw_text_append(to, "\"");
    for (; *name; name++) {
        if (*name == '"')
            pw_text_append(to, "\"");
        pw_text_append_bytes(to, name, 1);
    }
    pw_text_append(to, "\"");
}

/* Makes a table of some of the wide columns, and the statement that fills it. */
static pw_status_t make_table(writing_t *self, const char *name, const int *column, int n, const char *end)
{
    pw_text_t sql = { 0 }, insert = { 0 };
    pw_text_printf(&sql, "CREATE TABLE %s (", name);
    pw_text_printf(&insert, "INSERT INTO %s VALUES (", name);
    for (int i = 0; i < n; i++) {
        pw_sweep_field_t field = pw_sweep_field(self->ask->sweep, column[i]);
        pw_text_append(&sql, i > 0 ? ", " : "");
        add_name(&sql, field.name);
        pw_text_append(&sql, strcmp(field.type, "integer") == 0 ? " INTEGER NOT NULL" : strcmp(field.type, "string") == 0 ? " TEXT NOT NULL" : " REAL");
        pw_text_append(&insert, i > 0 ? ", ?" : "?");
    }
    pw_text_append(&sql, end);
    pw_text_append(&insert, ")");
    pw_status_t status = sql.failed || insert.failed ? PW_ERROR_MEMORY : execute(self, pw_text_get(&sql));
    sqlite3_finalize(self->statement);
    self->statement = NULL;
    if (status == PW_OK && sqlite3_prepare_v2(self->database, pw_text_get(&insert), -1, &self->statement, NULL) != SQLITE_OK)
        status = broken(self);
    pw_text_free(&sql);
    pw_text_free(&insert);
    return status;
}

static pw_status_t insert(const writing_t *self)
{
    bool good = sqlite3_step(self->statement) == SQLITE_DONE;
    good = sqlite3_reset(self->statement) == SQLITE_OK && good;
    sqlite3_clear_bindings(self->statement);
    return good ? PW_OK : broken(self);
}

/* A number, or nothing where it is missing. */
static void bind(const writing_t *self, int at, double value)
{
    if (!isnan(value))
        sqlite3_bind_double(self->statement, at, value);
}

/* ---- tables ---- */

static pw_status_t write_design(writing_t *self)
{
    const pw_sweep_t *sweep = self->ask->sweep;
    int n = pw_sweep_n_inputs(sweep), column[PW_MAX_COLUMNS + 1] = { 0 };
    for (int i = 0; i < n; i++)
        column[i + 1] = PW_SWEEP_KEYS + i;
    pw_status_t status = make_table(self, "design", column, n + 1, ", PRIMARY KEY (point))");
    for (int64_t point = 0; point < sweep->design.n_points && status == PW_OK; point++) {
        double input[PW_MAX_COLUMNS];
        pw_design_point(&sweep->design, point, input);
        sqlite3_bind_int64(self->statement, 1, point);
        for (int i = 0; i < n; i++) {
            int at = pw_sweep_input_column(sweep, i);
            if (sweep->design.column[at].is_text)
                sqlite3_bind_text(self->statement, i + 2, pw_column_text(&sweep->design.column[at], input[at]), -1, SQLITE_STATIC);
            else
                bind(self, i + 2, input[at]);
        }
        status = insert(self);
    }
    return status;
}

static pw_status_t insert_rows(writing_t *self, const char *rows, size_t n)
{
    const pw_sweep_t *sweep = self->ask->sweep;
    pw_status_t status = PW_OK;
    for (const char *at = rows; at < rows + n && status == PW_OK;) {
        int64_t point, replication;
        int scenario;
        if (!pw_sweep_rows_read(sweep, &at, rows + n, &point, &replication, &scenario, self->measure)) {
            snprintf(self->message, 768, "a part in %.500s holds rows that are not of this sweep", self->ask->folder->path);
            return PW_ERROR_INPUT;
        }
        sqlite3_bind_int64(self->statement, 1, point);
        sqlite3_bind_int64(self->statement, 2, replication);
        sqlite3_bind_text(self->statement, 3, pw_sweep_scenario_name(sweep, scenario), -1, SQLITE_STATIC);
        for (int m = 0; m < sweep->n_measures; m++)
            bind(self, PW_SWEEP_KEYS + 1 + m, self->measure[m]);
        status = insert(self);
    }
    return status;
}

static pw_status_t fill_results(writing_t *self)
{
    const pw_stock_t *stock = self->ask->stock;
    pw_stock_fetch_t fetch = { 0 };
    pw_text_t rows = { 0 };
    int64_t part;
    pw_status_t status = pw_stock_fetch_init(&fetch, stock);
    for (int64_t unit = 0; unit < stock->units->points * stock->units->blocks && status == PW_OK; unit++) {
        if (!pw_stock_has(stock, unit))
            continue;
        status = self->ask->stop && *self->ask->stop ? PW_ERROR_STOPPED : pw_stock_fetch(&fetch, unit, &rows, &part);
        if (status == PW_OK)
            status = insert_rows(self, pw_text_get(&rows), rows.n);
        if (self->ask->progress)
            pw_progress_set(self->ask->progress, unit);
    }
    if (fetch.message[0])
        snprintf(self->message, 768, "%s", fetch.message);
    pw_text_free(&rows);
    pw_stock_fetch_free(&fetch);
    return status;
}

static pw_status_t write_results(writing_t *self)
{
    const pw_sweep_t *sweep = self->ask->sweep;
    int n = PW_SWEEP_KEYS + sweep->n_measures, inputs = pw_sweep_n_inputs(sweep);
    int *column = pw_alloc((size_t)n, sizeof *column);
    if (!column)
        return PW_ERROR_MEMORY;
    for (int i = 0; i < n; i++)
        column[i] = i < PW_SWEEP_KEYS ? i : i + inputs;
    pw_status_t status = make_table(self, "results", column, n, ", PRIMARY KEY (point, scenario, replication)) WITHOUT ROWID");
    pw_free(column);
    if (status == PW_OK)
        status = fill_results(self);
    return status == PW_OK ? execute(self, "CREATE INDEX results_by_scenario ON results (scenario, point)") : status;
}

static pw_status_t insert_texts(writing_t *self, const char *a, const char *b, const char *c, const char *d)
{
    const char *const text[] = { a, b, c, d };
    int n = sqlite3_bind_parameter_count(self->statement);
    for (int i = 0; i < n; i++)
        sqlite3_bind_text(self->statement, i + 1, text[i], -1, SQLITE_TRANSIENT);
    return insert(self);
}

static pw_status_t prepare(writing_t *self, const char *sql)
{
    sqlite3_finalize(self->statement);
    self->statement = NULL;
    return sqlite3_prepare_v2(self->database, sql, -1, &self->statement, NULL) == SQLITE_OK ? PW_OK : broken(self);
}

static pw_status_t write_columns(writing_t *self)
{
    pw_status_t status = execute(self, "CREATE TABLE columns (name TEXT PRIMARY KEY, type TEXT NOT NULL, unit TEXT, meaning TEXT NOT NULL)");
    if (status == PW_OK)
        status = prepare(self, "INSERT INTO columns VALUES (?, ?, ?, ?)");
    for (int i = 0; i < pw_sweep_n_fields(self->ask->sweep) && status == PW_OK; i++) {
        pw_sweep_field_t field = pw_sweep_field(self->ask->sweep, i);
        status = insert_texts(self, field.name, field.type, field.unit, field.meaning);
    }
    return status;
}

/* The bytes of the folder's manifest. */
static pw_status_t read_manifest(const writing_t *self, pw_text_t *out)
{
    char *path = pw_folder_path_join(self->ask->folder->path, "manifest.json");
    pw_status_t status = path ? pw_file_read(path, out) : PW_ERROR_MEMORY;
    pw_free(path);
    return status;
}

static pw_status_t write_manifest(writing_t *self)
{
    const pw_sweep_folder_t *folder = self->ask->folder;
    char identity[2 * PW_NAME_BYTES + 1], seed[32], points[32], replications[32];
    pw_text_t json = { 0 };
    snprintf(seed, sizeof seed, "%" PRIu64, self->ask->sweep->seed);
    snprintf(points, sizeof points, "%" PRId64, self->ask->sweep->design.n_points);
    snprintf(replications, sizeof replications, "%" PRId64, self->ask->sweep->replications);
    const char *const rows[][2] = { { "sweep", pw_unit_name_text(&folder->identity, identity) }, { "command", folder->command }, { "started", folder->started },
                                    { "version", PW_VERSION }, { "seed", seed }, { "points", points }, { "replications", replications } };
    pw_status_t status = read_manifest(self, &json);
    if (status == PW_OK)
        status = execute(self, "CREATE TABLE manifest (name TEXT PRIMARY KEY, value TEXT NOT NULL)");
    if (status == PW_OK)
        status = prepare(self, "INSERT INTO manifest VALUES (?, ?)");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0] && status == PW_OK; i++)
        status = insert_texts(self, rows[i][0], rows[i][1], NULL, NULL);
    if (status == PW_OK)
        status = insert_texts(self, "json", pw_text_get(&json), NULL, NULL);
    pw_text_free(&json);
    return status;
}

/* ---- all of it ---- */

static pw_status_t write_all(writing_t *self)
{
    pw_status_t status = execute(self, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN");
    if (status == PW_OK)
        status = write_design(self);
    if (status == PW_OK)
        status = write_results(self);
    if (status == PW_OK)
        status = write_columns(self);
    if (status == PW_OK)
        status = write_manifest(self);
    return status == PW_OK ? execute(self, "COMMIT") : status;
}

/* Brings the file to the disk and renames it. */
static pw_status_t put_in_place(const writing_t *self, const char *beside)
{
    int file = open(beside, O_RDONLY | O_CLOEXEC);
    bool good = file >= 0 && fsync(file) == 0;
    if (file >= 0)
        close(file);
    if (good && rename(beside, self->ask->path) == 0)
        return PW_OK;
    snprintf(self->message, 768, "%.400s cannot be written: %s", self->ask->path, strerror(errno));
    return PW_ERROR_WRITE;
}

pw_status_t pw_sweep_sqlite_write(const pw_sweep_sqlite_t *ask, char message[768])
{
    writing_t self = { .ask = ask, .message = message, .measure = pw_alloc((size_t)ask->sweep->n_measures, sizeof(double)) };
    pw_text_t beside = { 0 };
    message[0] = '\0';
    pw_text_printf(&beside, "%s.%ld.partial", ask->path, (long)getpid());
    pw_status_t status = self.measure && !beside.failed ? PW_OK : PW_ERROR_MEMORY;
    if (status == PW_OK && sqlite3_open_v2(pw_text_get(&beside), &self.database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) != SQLITE_OK)
        status = broken(&self);
    if (status == PW_OK)
        status = write_all(&self);
    sqlite3_finalize(self.statement);
    if (sqlite3_close(self.database) != SQLITE_OK && status == PW_OK)
        status = broken(&self);
    if (status == PW_OK)
        status = put_in_place(&self, pw_text_get(&beside));
    if (status != PW_OK && !beside.failed)
        unlink(pw_text_get(&beside));
    pw_text_free(&beside);
    pw_free(self.measure);
    return status;
}
