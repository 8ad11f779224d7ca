#include "dictionary.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "../base/number.h"
#include "../spec/schema_walk.h"
#include "../base/csv.h"

typedef struct {
    FILE *to;
    const char *const *word;
    int format, n_words, found;
    char section[64];              /* of the last row */
    char about[500];               /* what that section is about: rows that say no more of where they are used need not repeat it */
} dictionary_t;

/* ---- what a row says ---- */

static const struct { unsigned group; const char *name; } covariates[] = {
    { PW_ALLOW_ATTRIBUTES, "attributes" }, { PW_ALLOW_SITUATION, "situation" }, { PW_ALLOW_SEVERITY, "severity" }, { PW_ALLOW_CONTACT, "at_contact" },
    { PW_ALLOW_PRESENT, "child_present" }, { PW_ALLOW_INJURED, "child_injured" }, { PW_ALLOW_SPOKEN, "child_spoken_to" }, { PW_ALLOW_COUNTS, "counts" },
    { PW_ALLOW_SCORE, "risk_score" }, { PW_ALLOW_WORKLOAD, "workload" }
};
enum { GROUPS = sizeof covariates / sizeof covariates[0], ROOM = 256 };

/* "attributes, situation, counts" */
static const char *covariates_of(const pw_schema_row_t *row, char out[ROOM])
{
    size_t n = 0;
    out[0] = '\0';
    for (size_t i = 0; i < GROUPS; i++)
        if ((row->allows & covariates[i].group) && n < ROOM)
            n += (size_t)snprintf(out + n, ROOM - n, "%s%s", n ? ", " : "", covariates[i].name);
    return out;
}

/* "0 to 100", "0 or more", "" */
static const char *range_of(const pw_schema_row_t *row, char out[ROOM])
{
    char low[PW_NUMBER_ROOM], high[PW_NUMBER_ROOM];
    out[0] = '\0';
    if (!row->has_range || (isinf(row->low) && isinf(row->high)))
        return out;
    pw_number_shortest(row->low, low);
    pw_number_shortest(row->high, high);
    if (isinf(row->high))
        snprintf(out, ROOM, "%s or more", low);
    else if (row->low == row->high)
        snprintf(out, ROOM, "%s", low);
    else
        snprintf(out, ROOM, "%s to %s", low, high);
    return out;
}

static bool is_asked(const dictionary_t *self, const pw_schema_row_t *row)
{
    for (int i = 0; i < self->n_words; i++)
        if (strstr(row->path, self->word[i]))
            return true;
    return self->n_words == 0;
}

/* ---- text ---- */

static void text_row(const dictionary_t *self, const pw_schema_row_t *row)
{
    char range[ROOM], names[ROOM];
    range_of(row, range);
    fprintf(self->to, "%s\n    %s", row->path, row->type);
    if (row->unit[0] || range[0])
        fprintf(self->to, "; %s%s%s", row->unit, row->unit[0] && range[0] ? ", " : "", range);
    if (row->otherwise[0])
        fprintf(self->to, strncmp(row->otherwise, "required", 8) == 0 ? "; %s" : "; default %s", row->otherwise);
    fprintf(self->to, "\n    %s", row->meaning);
    if (row->allows)
        fprintf(self->to, " (covariates: %s)", covariates_of(row, names));
    fputs("\n", self->to);
}

/* ---- CSV ---- */

static void csv_header(FILE *to) { fputs("path,type,unit,low,high,default,required,where,covariates,meaning\n", to); }

static void csv_row(const dictionary_t *self, const pw_schema_row_t *row)
{
    pw_csv_t csv = { .to = self->to };
    char names[ROOM];
    bool required = strncmp(row->otherwise, "required", 8) == 0;
    pw_csv_text(&csv, row->path);
    pw_csv_text(&csv, row->type);
    pw_csv_text(&csv, row->unit[0] ? row->unit : NULL);
    pw_csv_number(&csv, row->has_range && !isinf(row->low) ? row->low : NAN);
    pw_csv_number(&csv, row->has_range && !isinf(row->high) ? row->high : NAN);
    pw_csv_text(&csv, row->otherwise[0] && !required ? row->otherwise : NULL);
    pw_csv_bool(&csv, required);
    pw_csv_text(&csv, row->where);
    pw_csv_text(&csv, row->allows ? covariates_of(row, names) : NULL);
    pw_csv_text(&csv, row->meaning);
    pw_csv_end(&csv);
}

/* ---- Markdown ---- */

/* A table's cell ends at |. */
static void cell(FILE *to, const char *text)
{
    for (; *text; text++) {
        if (*text == '|')
            fputc('\\', to);
        fputc(*text, to);
    }
}

static void markdown_begin(FILE *to)
{
    fputs(PW_DICTIONARY_HEADING "\n\n"
          "This part is made by `build/pathways params --format markdown` from the tables that read the files (`make docs`); do not edit it.\n\n"
          "A path is what `--set` takes: the names of groups and elements with dots between. Words in capitals stand for names of the file's own. *Required*\n"
          "is required of what is new; a change to something that the base has says only what it changes. Wherever a number stands, an estimate's name in\n"
          "quotes may stand, and `{ north = 1.0; south = 2.0; }` gives each area its own. A chance may be a bare number, `uptake = 40.0;`, or a group,\n"
          "`uptake: { percent = 40.0; odds_ratio: { injury = 2.0; }; };`.\n", to);
}

static void markdown_section(FILE *to, const pw_schema_row_t *row, bool is_first)
{
    if (is_first)
        fputs("\n### The file itself\n", to);
    else
        fprintf(to, "\n### `%s`: %s\n", row->section, row->where);
    fputs("\n| setting | type | unit, range | default | where | meaning |\n|---|---|---|---|---|---|\n", to);
}

static void markdown_row(dictionary_t *self, const pw_schema_row_t *row)
{
    char range[ROOM], names[ROOM];
    bool is_plain = row->depth == 1 && strcmp(row->type, "group") != 0 && strncmp(row->type, "list of groups", 14) != 0;
    const char *section = is_plain ? "file" : row->section;
    if (strcmp(self->section, section) != 0) {
        markdown_section(self->to, row, is_plain);
        snprintf(self->section, sizeof self->section, "%s", section);
        snprintf(self->about, sizeof self->about, "%s", row->where);
    }
    range_of(row, range);
    fprintf(self->to, "| `%s` | ", row->path);
    cell(self->to, row->type);
    fprintf(self->to, " | %s%s%s | %s | %s | ", row->unit, row->unit[0] && range[0] ? ", " : "", range, row->otherwise,
            is_plain || strcmp(row->where, self->about) == 0 ? "" : row->where);
    cell(self->to, row->meaning);
    if (row->allows)
        fprintf(self->to, " (covariates: %s)", covariates_of(row, names));
    fputs(" |\n", self->to);
}

static void built_in(FILE *to, unsigned group)
{
    const char *name;
    for (int i = 0; (name = pw_covariate_built_in(group, i)); i++)
        fprintf(to, "%s`%s`", i ? ", " : "", name);
}

static void markdown_covariates(FILE *to)
{
    fputs("\n### Covariates\n\nWhat a chance may depend on. Each chance may name some groups of them; the column says which.\n\n| group | covariates |\n"
          "|---|---|\n", to);
    fputs("| attributes | every attribute of the file, by its name |\n| situation | ", to);
    built_in(to, PW_ALLOW_SITUATION);
    fputs(", `in_stage_NAME`, `in_service_NAME`, `completed_NAME` (of a service) |\n| severity | ", to);
    built_in(to, PW_ALLOW_SEVERITY);
    fputs(" |\n| at_contact, child_present, child_injured, child_spoken_to | the same names: of the incident at hand |\n| counts | ", to);
    built_in(to, PW_ALLOW_COUNTS);
    fputs(": numbers; a ratio holds for each 1 more |\n| risk_score | a number, in standard deviations; the form must have one (`risk_auc`) |\n"
          "| workload | `workload_TEAM`: a number, load over places; 1 is a full team |\n", to);
}

/* ---- all ---- */

static void row(void *context, const pw_schema_row_t *it)
{
    dictionary_t *self = context;
    if (!is_asked(self, it))
        return;
    self->found++;
    if (self->format == PW_DICTIONARY_CSV)
        csv_row(self, it);
    else if (self->format == PW_DICTIONARY_MARKDOWN)
        markdown_row(self, it);
    else
        text_row(self, it);
}

pw_status_t pw_dictionary_write(int format, const char *const *words, int n_words, int *found, FILE *to)
{
    dictionary_t self = { .to = to, .word = words, .format = format, .n_words = n_words };
    if (format == PW_DICTIONARY_CSV)
        csv_header(to);
    if (format == PW_DICTIONARY_MARKDOWN && n_words == 0)
        markdown_begin(to);
    pw_schema_walk(row, &self);
    if (format == PW_DICTIONARY_MARKDOWN && n_words == 0)
        markdown_covariates(to);
    if (found)
        *found = self.found;
    return ferror(to) ? PW_ERROR_WRITE : PW_OK;
}
