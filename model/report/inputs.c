#include "inputs.h"

#include <stdlib.h>
#include <string.h>

#include "../base/memory.h"
#include "../base/text.h"

pw_status_t pw_inputs_add(pw_inputs_t *self, const char *path)
{
    char *resolved = realpath(path, NULL);
    if (!resolved)
        return PW_ERROR_READ;
    pw_status_t status = PW_OK;
    bool known = false;
    for (int i = 0; i < self->n; i++)
        known = known || strcmp(self->input[i].real, resolved) == 0;
    if (!known && self->n == self->room) {
        int room = self->room ? 2 * self->room : 16;
        pw_input_t *grown = pw_realloc(self->input, (size_t)room, sizeof grown[0]);
        if (grown) {
            self->input = grown;
            self->room = room;
        } else {
            status = PW_ERROR_MEMORY;
        }
    }
    if (!known && status == PW_OK) {
        pw_input_t *input = &self->input[self->n];
        *input = (pw_input_t){ .path = pw_strdup(path), .real = pw_strdup(resolved) };
        self->n++;
        status = input->path && input->real ? PW_OK : PW_ERROR_MEMORY;
    }
    free(resolved);      /* libc's own allocation */
    return status;
}

pw_status_t pw_inputs_add_tree(pw_inputs_t *self, const pw_node_t *root)
{
    pw_status_t status = PW_OK;
    for (int i = 0; i < root->n_files && status == PW_OK; i++)
        if (root->files[i][0] != '-')       /* "--set" is no file */
            status = pw_inputs_add(self, root->files[i]);
    return status;
}

/* Length of the folder that all files share, its last slash included. */
static size_t shared_folder(const pw_inputs_t *self)
{
    const char *first = self->input[0].real;
    size_t n = (size_t)(strrchr(first, '/') - first) + 1;
    for (int i = 1; i < self->n; i++)
        while (strncmp(first, self->input[i].real, n) != 0)
            do
                n--;
            while (n > 1 && first[n - 1] != '/');
    return n;
}

pw_status_t pw_inputs_copy(pw_inputs_t *self, pw_folder_t *folder)
{
    size_t skip = self->n > 0 ? shared_folder(self) : 0;
    pw_status_t status = PW_OK;
    for (int i = 0; i < self->n && status == PW_OK; i++) {
        pw_text_t name = { 0 };
        self->input[i].copy = self->input[i].real + skip;
        pw_text_printf(&name, "inputs/%s", self->input[i].copy);
        status = name.failed ? PW_ERROR_MEMORY : pw_digest_file(self->input[i].real, self->input[i].sha256);
        if (status == PW_OK)
            status = pw_folder_copy(folder, pw_text_get(&name), self->input[i].real);
        pw_text_free(&name);
    }
    return status;
}

void pw_inputs_free(pw_inputs_t *self)
{
    for (int i = 0; i < self->n; i++) {
        pw_free(self->input[i].path);
        pw_free(self->input[i].real);
    }
    pw_free(self->input);
    *self = (pw_inputs_t){ 0 };
}
