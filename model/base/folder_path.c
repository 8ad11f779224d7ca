/* folder_path.c: see folder_path.h. */
#include "folder_path.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "folder.h"
#include "memory.h"
#include "text.h"

static size_t length_without_slashes(const char *path)
{
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/') n--;
    return n;
}

/* Where the last part of the first n bytes begins. */
static size_t last_part(const char *path, size_t n)
{
    while (n > 0 && path[n - 1] != '/') n--;
    return n;
}

bool pw_folder_path_is_usable(const char *path)
{
    size_t n = length_without_slashes(path), from = last_part(path, n);
    if (n == 0 || n - from > NAME_MAX - 16 || n > PATH_MAX - 64) return false;
    const char *name = path + from;
    size_t length = n - from;
    return !(length == 0 || (length == 1 && name[0] == '.') || (length == 2 && name[0] == '.' && name[1] == '.'));
}

bool pw_folder_path_hidden(const char *path, char **target, char **hidden)
{
    size_t n = length_without_slashes(path), from = last_part(path, n);
    pw_text_t text = { 0 };
    pw_text_append_bytes(&text, path, from);
    pw_text_append(&text, ".");
    pw_text_append_bytes(&text, path + from, n - from);
    pw_text_append(&text, ".partial");
    *hidden = pw_text_take(&text);
    *target = pw_strndup(path, n);
    return *hidden && *target;
}

char *pw_folder_path_join(const char *folder, const char *name)
{
    pw_text_t text = { 0 };
    pw_text_printf(&text, "%s/%s", folder, name);
    return pw_text_take(&text);
}

bool pw_folder_path_make_parents(const char *path, int *made)
{
    char part[PATH_MAX];
    *made = 0;
    for (size_t i = 1; path[i]; i++) {
        if (path[i] != '/' || path[i - 1] == '/') continue;
        if (i >= sizeof part) {
            errno = ENAMETOOLONG;
            return false;
        }
        memcpy(part, path, i);
        part[i] = '\0';
        if (mkdir(part, 0777) == 0) ++*made;
        else if (errno != EEXIST) return false;
    }
    return true;
}

void pw_folder_path_remove_parents(const char *path, int *made)
{
    char part[PATH_MAX];
    snprintf(part, sizeof part, "%s", path);
    while (*made > 0) {
        size_t n = last_part(part, length_without_slashes(part));
        if (n <= 1) break;
        part[n] = '\0';
        part[length_without_slashes(part)] = '\0';
        if (rmdir(part) == 0) --*made;
        else if (errno != ENOENT) break;      /* not there: making the parents stopped above it */
    }
    *made = 0;
}

static bool is_dots(const char *name) { return strcmp(name, ".") == 0 || strcmp(name, "..") == 0; }

/* False if the folder cannot be opened. */
static bool look(const char *path, bool *empty, bool *marked)
{
    DIR *folder = opendir(path);
    if (!folder) return false;
    *empty = true;
    *marked = false;
    for (const struct dirent *entry; (entry = readdir(folder));) {
        if (is_dots(entry->d_name)) continue;
        *empty = false;
        *marked = *marked || strcmp(entry->d_name, PW_FOLDER_MARK) == 0;
    }
    closedir(folder);
    return true;
}

bool pw_folder_path_is_ours(const char *path)
{
    bool empty, marked;
    return look(path, &empty, &marked) && (empty || marked);
}

bool pw_folder_path_is_marked(const char *path)
{
    bool empty, marked;
    return look(path, &empty, &marked) && marked;
}

/* ---- a second folder with the same files ---- */

static bool copy_bytes(int from, int to)
{
    char part[65536];
    ssize_t n;
    while ((n = read(from, part, sizeof part)) != 0) {
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return false;
        for (ssize_t done = 0; done < n;) {
            ssize_t wrote = write(to, part + done, (size_t)(n - done));
            if (wrote < 0 && errno != EINTR) return false;
            done += wrote > 0 ? wrote : 0;
        }
    }
    return fsync(to) == 0;
}

static bool copy_file(const char *from, const char *to, mode_t mode)
{
    int source = open(from, O_RDONLY | O_CLOEXEC);
    int target = source < 0 ? -1 : open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode & 0777);
    bool done = target >= 0 && copy_bytes(source, target);
    int why = errno;
    if (source >= 0) close(source);
    if (target >= 0 && close(target) != 0 && done) return false;
    errno = why;
    return done;
}

static bool link_again(const char *from, const char *to)
{
    char aim[PATH_MAX];
    ssize_t n = readlink(from, aim, sizeof aim - 1);
    if (n < 0) return false;
    aim[n] = '\0';
    return symlink(aim, to) == 0;
}

static bool link_one(const char *from, const char *to, bool links)
{
    struct stat about;
    if (lstat(from, &about) != 0) return false;
    if (S_ISDIR(about.st_mode)) return mkdir(to, 0777) == 0 && pw_folder_path_link_all(from, to, links);
    if (S_ISLNK(about.st_mode)) return link_again(from, to);
    if (links && link(from, to) == 0) return true;
    bool cannot = !links || errno == EPERM || errno == ENOTSUP || errno == EMLINK || errno == EXDEV || errno == ENOSYS;
    return cannot && S_ISREG(about.st_mode) && copy_file(from, to, about.st_mode);
}

bool pw_folder_path_link_all(const char *from, const char *to, bool links)
{
    DIR *folder = opendir(from);
    bool done = folder != NULL;
    while (done) {
        errno = 0;
        const struct dirent *entry = readdir(folder);
        if (!entry) {
            done = errno == 0;
            break;
        }
        if (is_dots(entry->d_name)) continue;
        char *one = pw_folder_path_join(from, entry->d_name), *other = pw_folder_path_join(to, entry->d_name);
        if (!one || !other) errno = ENOMEM;
        done = one && other && link_one(one, other, links);
        int why = errno;
        pw_free(one);
        pw_free(other);
        errno = why;
    }
    int why = errno;
    if (folder) closedir(folder);
    errno = why;
    return done;
}

static int remove_entry(const char *path, const struct stat *about, int kind, struct FTW *place)
{
    (void)about, (void)kind, (void)place;
    return remove(path);
}

bool pw_folder_path_remove(const char *path)
{
    enum { DESCRIPTORS = 16 };
    if (nftw(path, remove_entry, DESCRIPTORS, FTW_DEPTH | FTW_PHYS) == 0) return true;
    return errno == ENOENT;
}

bool pw_folder_path_replace(const char *from, const char *target, bool force)
{
    struct stat there;
    bool replaced = lstat(target, &there) == 0;
    if (!replaced) return rename(from, target) == 0;
    if (!force) {
        errno = EEXIST;
        return false;
    }
    pw_text_t text = { 0 };
    pw_text_printf(&text, "%s.old", from);
    char *aside = pw_text_take(&text);
    if (!aside) {
        errno = ENOMEM;
        return false;
    }
    bool done = pw_folder_path_remove(aside) && rename(target, aside) == 0;
    if (done && rename(from, target) != 0) {
        int why = errno;
        if (rename(aside, target) != 0) why = errno;
        errno = why;
        done = false;
    }
    if (done) pw_folder_path_remove(aside);
    pw_free(aside);
    return done;
}

void pw_folder_path_sync_parent(const char *path)
{
    char parent[PATH_MAX];
    size_t n = last_part(path, strlen(path));
    snprintf(parent, sizeof parent, "%.*s", n > 0 ? (int)n : 1, n > 0 ? path : ".");
    int fd = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return;
    fsync(fd);
    close(fd);
}
