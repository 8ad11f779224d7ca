#include "invocation.h"

#include <string.h>

#include "../base/memory.h"

pw_status_t pw_invocation_init(pw_invocation_t *self, const char *group, int argc, char **argv)
{
    *self = (pw_invocation_t){ .argv = pw_alloc((size_t)argc + 3, sizeof self->argv[0]) };
    if (!self->argv)
        return PW_ERROR_MEMORY;
    self->argv[self->argc++] = (char *)"pathways";
    if (group)
        self->argv[self->argc++] = (char *)group;
    for (int i = 0; i < argc; i++)
        self->argv[self->argc++] = argv[i];
    pw_moment_now(self->started);
    return PW_OK;
}

void pw_invocation_free(pw_invocation_t *self)
{
    pw_free(self->argv);
    *self = (pw_invocation_t){ 0 };
}

void pw_invocation_say(const char *command, pw_findings_t *findings, const pw_folder_t *folder, const char *why, pw_status_t status)
{
    if (findings && findings->n > 0)
        pw_findings_print(findings, stderr);
    else if (folder && folder->status < 0)
        fprintf(stderr, "%s: %s\n", command, pw_folder_message(folder));
    else if (status != PW_OK && why[0])
        fprintf(stderr, "%s: %s\n", command, why);
    else if (status != PW_OK && status != PW_ERROR_USAGE)
        fprintf(stderr, "%s: %s\n", command, pw_status_sentence(status));
}
