/* sweep_folder.c: see sweep_folder.h. The manifest's text is in sweep_manifest.c. */
#include "sweep_folder.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../base/file.h"
#include "../base/folder_path.h"
#include "../base/memory.h"
#include "../base/version.h"
#include "inputs.h"
#include "sweep_manifest.h"

static pw_status_t fail(pw_sweep_folder_t *self, pw_status_t status, const char *format, ...) __attribute__((format(printf, 3, 4)));
static pw_status_t fail(pw_sweep_folder_t *self, pw_status_t status, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(self->message, sizeof self->message, format, arguments);
    va_end(arguments);
    return status;
}

/* ---- looking ---- */

static char *in_folder(const char *path, const char *name) { return pw_folder_path_join(path, name); }

pw_status_t pw_sweep_folder_look(pw_sweep_folder_t *self, const char *path)
{
    struct stat about;
    if (lstat(path, &about) != 0)
        return errno == ENOENT ? PW_ERROR_READ : fail(self, PW_ERROR_EXISTS, "%s cannot be looked at: %s", path, strerror(errno));
    if (stat(path, &about) != 0 || !S_ISDIR(about.st_mode))
        return fail(self, PW_ERROR_EXISTS, "%s is not a folder; choose another place", path);
    char *manifest = in_folder(path, PW_FOLDER_MARK);
    if (!manifest)
        return PW_ERROR_MEMORY;
    bool there = access(manifest, F_OK) == 0;
    pw_free(manifest);
    if (there)
        return PW_OK;
    if (pw_folder_path_is_ours(path))
        return PW_ERROR_READ;
    return fail(self, PW_ERROR_EXISTS, "%s holds other files and no " PW_FOLDER_MARK ", so it is no sweep's folder; choose another place", path);
}

pw_status_t pw_sweep_folder_read(pw_sweep_folder_t *self, const char *path)
{
    pw_status_t status = pw_sweep_folder_look(self, path);
    if (status == PW_ERROR_READ)
        return fail(self, PW_ERROR_READ, "there is no sweep in %s (it has no " PW_FOLDER_MARK ")", path);
    if (status == PW_OK && !(self->path = pw_strdup(path)))
        status = PW_ERROR_MEMORY;
    if (status == PW_OK)
        status = pw_sweep_manifest_read(self);
    if (status == PW_OK && self->results_version != PW_RESULTS_VERSION)
        return fail(self, PW_ERROR_MISMATCH, "%s was made by a program with version %d of the results, this one has version %d; the two do not mix: use that "
                    "program, or another folder", path, self->results_version, PW_RESULTS_VERSION);
    return status;
}

pw_status_t pw_sweep_folder_open(pw_sweep_folder_t *self, pw_sweep_t *sweep, pw_findings_t *findings)
{
    pw_unit_name_t identity;
    pw_status_t status = pw_sweep_open(sweep, &self->request, findings);
    if (status == PW_OK)
        status = pw_sweep_identity(sweep, &identity);
    if (status == PW_OK && !pw_unit_name_same(&identity, &self->identity))
        return fail(self, PW_ERROR_MISMATCH, "%s/%s no longer gives the sweep that its " PW_FOLDER_MARK " speaks of; somebody has changed a file there",
                    self->path, self->inputs);
    return status;
}

/* ---- the same sweep? ---- */

static void differ(pw_text_t *to, const char *what, int64_t here, int64_t there)
{
    if (here != there)
        pw_text_printf(to, "%s%s %" PRId64 " there, %" PRId64 " here", to->n > 0 ? "; " : "", what, there, here);
}

pw_status_t pw_sweep_folder_same(pw_sweep_folder_t *self, const pw_sweep_t *sweep)
{
    pw_unit_name_t identity;
    pw_text_t what = { 0 };
    pw_status_t status = pw_sweep_identity(sweep, &identity);
    if (status != PW_OK || pw_unit_name_same(&identity, &self->identity))
        return status;
    differ(&what, "points", sweep->design.n_points, self->points);
    differ(&what, "replications", sweep->replications, self->stage[self->request.n_stages - 1]);
    differ(&what, "block", sweep->block, self->request.block);
    differ(&what, "seed", (int64_t)sweep->seed, self->request.seed);
    fail(self, PW_ERROR_MISMATCH, "%s holds another sweep (%s); choose another folder, or make that one larger with `pathways sweep extend`", self->path,
         what.n > 0 ? pw_text_get(&what) : "its design, baseline, scenarios, settings, parameters or measures differ");
    pw_text_free(&what);
    return PW_ERROR_MISMATCH;
}

/* ---- making ---- */

static pw_status_t gather(const pw_sweep_t *sweep, const pw_sweep_request_t *request, pw_inputs_t *inputs)
{
    pw_status_t status = pw_inputs_add(inputs, request->design);
    if (status == PW_OK && sweep->file.tree)
        status = pw_inputs_add_tree(inputs, sweep->file.tree);
    if (status == PW_OK && sweep->file.matrix)
        status = pw_inputs_add(inputs, sweep->file.matrix);
    if (status == PW_OK && sweep->parameter_file)
        status = pw_inputs_add(inputs, sweep->parameter_file);
    for (int s = 0; s < sweep->n_scenarios && status == PW_OK; s++) {
        status = pw_inputs_add_tree(inputs, sweep->spec[s]->tree);
        if (status == PW_OK && sweep->spec[s]->base_tree)
            status = pw_inputs_add_tree(inputs, sweep->spec[s]->base_tree);
    }
    return status;
}

/* Writes manifest and inputs as a folder of its own at `path`. */
static pw_status_t write_folder(pw_sweep_folder_t *self, const char *path, const char *inputs_name, const pw_sweep_t *sweep,
                                const pw_sweep_request_t *request, int argc, char *const *argv)
{
    pw_folder_t folder = { 0 };
    pw_inputs_t inputs = { 0 };
    pw_status_t status = pw_folder_begin(&folder, path, true);
    if (status == PW_OK)
        status = gather(sweep, request, &inputs);
    if (status == PW_OK)
        status = pw_inputs_copy(&inputs, &folder);
    FILE *manifest = status == PW_OK ? pw_folder_file(&folder, PW_FOLDER_MARK) : NULL;
    if (manifest)
        status = pw_sweep_manifest_write(sweep, request, &inputs, inputs_name, argc, argv, manifest);
    if (status == PW_OK && pw_folder_close(&folder, manifest) == PW_OK)
        pw_folder_commit(&folder);
    if (folder.status < 0)
        status = fail(self, folder.status, "%s", pw_folder_message(&folder));
    pw_inputs_free(&inputs);
    pw_folder_free(&folder);
    return status;
}

/* "output/.sweep.made-HOST-PID", beside "output/sweep": this process's own. */
static char *path_beside(const char *path)
{
    char host[64] = "host";
    pw_text_t text = { 0 };
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/')
        n--;
    size_t from = n;
    while (from > 0 && path[from - 1] != '/')
        from--;
    gethostname(host, sizeof host - 1);
    for (char *c = host; *c; c++)
        if (!isalnum((unsigned char)*c))
            *c = '_';
    pw_text_append_bytes(&text, path, from);
    pw_text_append(&text, ".");
    pw_text_append_bytes(&text, path + from, n - from);
    pw_text_printf(&text, ".made-%s-%ld", host, (long)getpid());
    return pw_text_take(&text);
}

/* Renames a folder to `path` unless something is there (an empty folder aside). False with errno. */
static bool put_in_place(const char *from, const char *path)
{
    if (renameat2(AT_FDCWD, from, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
        return true;
    if (errno == EEXIST || errno == EINVAL || errno == ENOSYS)
        return rename(from, path) == 0;      /* never over a folder that is not empty */
    return false;
}

static pw_status_t make(pw_sweep_folder_t *self, const char *path, const pw_sweep_t *sweep, const pw_sweep_request_t *request, int argc, char *const *argv)
{
    if (!pw_folder_path_is_usable(path))
        return fail(self, PW_ERROR_USAGE, "\"%s\" is not the name of a folder that could be written", path);
    char *beside = path_beside(path);
    pw_status_t status = beside ? write_folder(self, beside, "inputs", sweep, request, argc, argv) : PW_ERROR_MEMORY;
    if (status == PW_OK) {
        self->made = put_in_place(beside, path);
        int why = errno;
        if (!self->made)
            pw_folder_path_remove(beside);
        if (!self->made && why != EEXIST && why != ENOTEMPTY)
            status = fail(self, PW_ERROR_WRITE, "%s cannot be written: %s", path, strerror(why));
        if (self->made)
            pw_folder_path_sync_parent(path);
    }
    pw_free(beside);
    return status;
}

pw_status_t pw_sweep_folder_make(pw_sweep_folder_t *self, const char *path, const pw_sweep_t *sweep, const pw_sweep_request_t *request, int argc,
                                 char *const *argv)
{
    pw_status_t status = pw_sweep_folder_look(self, path);
    if (status == PW_ERROR_READ)
        status = make(self, path, sweep, request, argc, argv);
    if (status == PW_OK)
        status = pw_sweep_folder_read(self, path);
    return status == PW_OK ? pw_sweep_folder_same(self, sweep) : status;
}

/* ---- extending ---- */

/* The first of inputs-2, inputs-3 ... that is not there. */
static pw_status_t free_name(const pw_sweep_folder_t *self, char name[32], char **path)
{
    for (int i = 2; i < 1000; i++) {
        snprintf(name, 32, "inputs-%d", i);
        *path = in_folder(self->path, name);
        if (!*path)
            return PW_ERROR_MEMORY;
        if (access(*path, F_OK) != 0)
            return PW_OK;
        pw_free(*path);
        *path = NULL;
    }
    return PW_ERROR_FULL;
}

/* Moves the inputs of the folder `from` to `to`, then replaces the manifest: whoever reads finds the old sweep or the new one. */
static pw_status_t adopt(pw_sweep_folder_t *self, const char *from, const char *to)
{
    char *inputs = in_folder(from, "inputs"), *fresh = in_folder(from, PW_FOLDER_MARK), *manifest = in_folder(self->path, PW_FOLDER_MARK);
    pw_status_t status = inputs && fresh && manifest ? PW_OK : PW_ERROR_MEMORY;
    if (status == PW_OK && (rename(inputs, to) != 0 || rename(fresh, manifest) != 0))
        status = fail(self, PW_ERROR_WRITE, "%s cannot be written: %s", self->path, strerror(errno));
    if (status == PW_OK)
        pw_folder_path_sync_parent(manifest);
    pw_free(inputs);
    pw_free(fresh);
    pw_free(manifest);
    return status;
}

pw_status_t pw_sweep_folder_extend(pw_sweep_folder_t *self, const pw_sweep_t *sweep, const pw_sweep_request_t *request, int argc, char *const *argv)
{
    char name[32], *to = NULL, *beside = path_beside(self->path);
    pw_status_t status = beside ? free_name(self, name, &to) : PW_ERROR_MEMORY;
    if (status == PW_OK)
        status = write_folder(self, beside, name, sweep, request, argc, argv);
    if (status == PW_OK)
        status = adopt(self, beside, to);
    if (beside)
        pw_folder_path_remove(beside);
    pw_free(beside);
    pw_free(to);
    return status;
}

void pw_sweep_folder_free(pw_sweep_folder_t *self)
{
    for (int i = 0; i < self->n_texts; i++)
        pw_free(self->text[i]);
    pw_free(self->path);
    pw_free(self->inputs);
    pw_free(self->command);
    pw_free(self->started);
    *self = (pw_sweep_folder_t){ 0 };
}
