/* child.h: another program, run to its end.
 *
 * What question it answers: is the program there, did it do its work, and what did it say?
 * Floor: base. The child finds its words in argv alone (no shell), works in the folder it is given, reads nothing, and writes what it
 * says (stdout and stderr) to a file without a name that is read back here. Whoever asks us to stop (interrupt.h) stops the child: at once if it obeys
 * SIGTERM, else half a second later. What it had begun to write is then to be thrown away. */
#ifndef PW_BASE_CHILD_H
#define PW_BASE_CHILD_H

#include <stdbool.h>

#include "text.h"

enum pw_child {
    PW_CHILD_DONE,
    PW_CHILD_MISSING,      /* no such program on the PATH */
    PW_CHILD_FAILED,       /* it could not be run, or ended badly */
    PW_CHILD_MEMORY,
    PW_CHILD_STOPPED       /* somebody asked us to stop */
};

/* argv ends in NULL. `folder` NULL: here. `said` (may be NULL) receives what it wrote, at most its first 4,000 bytes. */
enum pw_child pw_child_run(const char *const *argv, const char *folder, pw_text_t *said);

/* Makes a folder of one's own under $TMPDIR (or /tmp): its path (pw_free), or NULL with errno set. */
char *pw_child_folder(void);
/* Removes it with the files in it. */
void pw_child_folder_remove(const char *path);

#endif
