/* sweep_place.c: see sweep_place.h. */
#include "sweep_place.h"

#include <string.h>

#include "../base/memory.h"

pw_status_t pw_sweep_place_say(const char *command, pw_status_t status, pw_findings_t *findings, const char *message)
{
    if (findings && findings->n > 0)
        pw_findings_print(findings, stderr);
    else if (message && message[0])
        fprintf(stderr, "%s: %s\n", command, message);
    else if (status != PW_OK)
        fprintf(stderr, "%s: %s\n", command, pw_status_sentence(status));
    return status;
}

const char *pw_sweep_place_name(const char *command, const char *out, int argc, char **argv, int first)
{
    if (argc - first + (out != NULL) == 1)
        return out ? out : argv[first];
    fprintf(stderr, argc - first + (out != NULL) == 0 ? "%s: which folder? Name it, or say --out\n" : "%s: one folder at a time\n", command);
    return NULL;
}

pw_status_t pw_sweep_place_open(pw_sweep_place_t *self, const char *command, const char *path)
{
    pw_status_t status = pw_sweep_folder_read(&self->folder, path);
    if (status == PW_OK)
        status = pw_sweep_folder_open(&self->folder, &self->sweep, &self->findings);
    if (status == PW_OK)
        pw_sweep_units(&self->sweep, &self->folder.identity, &self->units);
    return status == PW_OK ? status : pw_sweep_place_say(command, status, &self->findings, self->folder.message);
}

pw_status_t pw_sweep_place_look(pw_sweep_place_t *self, const char *command)
{
    pw_status_t status = pw_stock_read(&self->stock, &self->units, self->folder.path, -1, 0);
    return status == PW_OK ? status : pw_sweep_place_say(command, status, NULL, self->stock.message);
}

void pw_sweep_place_free(pw_sweep_place_t *self)
{
    pw_stock_free(&self->stock);
    pw_sweep_free(&self->sweep);
    pw_sweep_folder_free(&self->folder);
    pw_findings_free(&self->findings);
}

static pw_status_t work(const pw_sweep_part_t *part, pw_sweep_place_t *place, void *asked, const char *const *out, int argc, char **argv)
{
    int first;
    pw_status_t status = pw_options_parse(part->command, part->options, part->n_options, asked, argc, argv, &first);
    const char *path = status == PW_OK ? pw_sweep_place_name(part->command, *out, argc, argv, first) : NULL;
    if (status == PW_OK && !path)
        status = PW_ERROR_USAGE;
    if (status == PW_OK && part->check)
        status = part->check(asked);
    if (status == PW_OK)
        status = pw_sweep_place_open(place, part->command, path);
    if (status == PW_OK)
        status = pw_sweep_place_look(place, part->command);
    return status == PW_OK ? part->work(place, asked) : status;
}

int pw_sweep_place_run(const pw_sweep_part_t *part, void *asked, const char *const *out, int argc, char **argv)
{
    pw_sweep_place_t *place = pw_alloc(1, sizeof *place);
    pw_status_t status = place ? work(part, place, asked, out, argc, argv) : pw_sweep_place_say(part->command, PW_ERROR_MEMORY, NULL, NULL);
    if (place)
        pw_sweep_place_free(place);
    pw_free(place);
    return pw_status_exit_code(status);
}
