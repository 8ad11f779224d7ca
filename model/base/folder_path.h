/* folder_path.h: the paths of a folder that is being written, and how folders are made and removed.
 *
 * What question it answers: where is the hidden sibling, and is what stands there ours to remove?
 * Floor: base; for folder.c alone. Functions return false with errno set. */
#ifndef PW_BASE_FOLDER_PATH_H
#define PW_BASE_FOLDER_PATH_H

#include <stdbool.h>

/* Not empty, not / or ending in . or .., not longer than a path may be. */
bool pw_folder_path_is_usable(const char *path);
/* "output/first-run/" -> "output/first-run" and "output/.first-run.partial"; both owned by the caller. */
bool pw_folder_path_hidden(const char *path, char **target, char **hidden);
/* NULL without memory. */
char *pw_folder_path_join(const char *folder, const char *name);

/* Makes the folders above path; *made is how many were new. */
bool pw_folder_path_make_parents(const char *path, int *made);
/* Removes the *made lowest folders above path, as far as they are empty; sets *made to 0. */
void pw_folder_path_remove_parents(const char *path, int *made);

/* An empty folder, or one that holds PW_FOLDER_MARK. */
bool pw_folder_path_is_ours(const char *path);
/* It holds PW_FOLDER_MARK. */
bool pw_folder_path_is_marked(const char *path);
/* Fills the empty folder `to` with everything in `from`: folders are made, files are linked (if `links`), or copied where that cannot be; symbolic
 * links are made again. On failure what is there stays for the caller to remove. */
bool pw_folder_path_link_all(const char *from, const char *to, bool links);
/* Removes a file or a folder with all that is in it; follows no links. True if nothing is there afterwards. */
bool pw_folder_path_remove(const char *path);

/* Renames from to target where the file system knows no exchange: what is there is renamed aside first, back if the new one does not
 * follow, and removed after. */
bool pw_folder_path_replace(const char *from, const char *target, bool force);
/* Brings the names in the parent folder to the disk, as far as the file system does that. */
void pw_folder_path_sync_parent(const char *path);

#endif
