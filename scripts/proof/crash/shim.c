/* What a power cut, a disk that turns read-only and a clock that is set back do to a program, without any of the three. Preloaded
 * into the server (LD_PRELOAD) by disaster.py.
 *
 * Everything the program does to files below CRASH_ROOT is first noted in the file CRASH_JOURNAL, with what it replaces; so is each
 * fsync that returned. Whoever reads the journal after a SIGKILL can put every file, and every name in a folder, back to what
 * was synced. CRASH_CONTROL is a file of three integers that is looked at all the time: nanoseconds that are added to the wall clock;
 * whether changes are refused (EROFS); whether an fsync is a lie, which is not noted. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { DATA = 1, SYNC, CREATE, UNLINK, RENAME, LINK, MKDIR, BEGIN };
enum { DESCRIPTORS = 4096 };

struct control { int64_t clock_ns, read_only, lie; };
/* Then a (a path), b (a path, or the name under which the old file is kept), c (likewise) and what was there before. */
struct record { uint32_t type, a, b, c; uint64_t before, inode, offset, length, size, folder, upto; };

static struct { const char *root, *keep; size_t root_length; int journal; struct control *control; uint64_t count; } shim;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct { uint64_t inode; int ours; } known[DESCRIPTORS];

static int (*real_open)(const char *, int, ...);
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_writev)(int, const struct iovec *, int);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_ftruncate)(int, off_t);
static int (*real_fsync)(int), (*real_fdatasync)(int);
static int (*real_rename)(const char *, const char *), (*real_link)(const char *, const char *), (*real_unlink)(const char *);
static int (*real_mkdir)(const char *, mode_t);
static int (*real_clock_gettime)(clockid_t, struct timespec *);

static void note(struct record record, const char *a, const char *b, const char *c, const void *before);

static void fatal(const char *what) {
    dprintf(2, "crash shim: %s: %s\n", what, strerror(errno));
    _exit(99);
}

__attribute__((constructor)) static void begin(void) {
    real_open = dlsym(RTLD_NEXT, "open64");
    real_write = dlsym(RTLD_NEXT, "write");
    real_writev = dlsym(RTLD_NEXT, "writev");
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    real_rename = dlsym(RTLD_NEXT, "rename");
    real_link = dlsym(RTLD_NEXT, "link");
    real_unlink = dlsym(RTLD_NEXT, "unlink");
    real_mkdir = dlsym(RTLD_NEXT, "mkdir");
    real_clock_gettime = dlsym(RTLD_NEXT, "clock_gettime");
    const char *control = getenv("CRASH_CONTROL"), *journal = getenv("CRASH_JOURNAL");
    shim.journal = -1;
    if (!control) return;
    int fd = real_open(control, O_RDWR | O_CLOEXEC);
    if (fd < 0) fatal(control);
    shim.control = mmap(NULL, sizeof *shim.control, PROT_READ, MAP_SHARED, fd, 0);
    if (shim.control == MAP_FAILED) fatal("mmap");
    shim.root = getenv("CRASH_ROOT");
    shim.root_length = shim.root ? strlen(shim.root) : 0;
    shim.keep = getenv("CRASH_KEEP");
    if (journal && (shim.journal = real_open(journal, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600)) < 0) fatal(journal);
    note((struct record){.type = BEGIN}, NULL, NULL, NULL, NULL); /* each process counts its records from here */
    shim.count = 0;
}

static int below(const char *path) {
    return shim.root && !strncmp(path, shim.root, shim.root_length) && (path[shim.root_length] == '/' || !path[shim.root_length]);
}

/* Whether a descriptor is a file (or folder) of ours; its inode. */
static int ours(int fd, struct stat *st) {
    if (!shim.root || fd < 0 || fstat(fd, st) || !(S_ISREG(st->st_mode) || S_ISDIR(st->st_mode))) return 0;
    if (fd < DESCRIPTORS && known[fd].inode == st->st_ino) return known[fd].ours;
    char name[64], path[PATH_MAX];
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(name, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    int found = below(path);
    if (fd < DESCRIPTORS) known[fd].inode = st->st_ino, known[fd].ours = found;
    return found;
}

static int refused(void) {
    if (!shim.control || !__atomic_load_n(&shim.control->read_only, __ATOMIC_RELAXED)) return 0;
    errno = EROFS;
    return 1;
}

static uint64_t folder_of(const char *path) {
    char folder[PATH_MAX];
    struct stat st;
    snprintf(folder, sizeof folder, "%s", path);
    char *slash = strrchr(folder, '/');
    if (slash) *slash = 0;
    return stat(folder, &st) ? 0 : st.st_ino;
}

/* Under the lock. One write, so that a kill leaves at most one record that is cut off, whose change has not happened. */
static void note(struct record record, const char *a, const char *b, const char *c, const void *before) {
    if (shim.journal < 0) return;
    record.a = a ? strlen(a) : 0, record.b = b ? strlen(b) : 0, record.c = c ? strlen(c) : 0;
    struct iovec parts[] = {{&record, sizeof record}, {(void *)a, record.a}, {(void *)b, record.b}, {(void *)c, record.c}, {(void *)before, record.before}};
    size_t whole = sizeof record + record.a + record.b + record.c + record.before;
    if (real_writev(shim.journal, parts, 5) != (ssize_t)whole) fatal("the journal");
    shim.count++;
}

/* Under the lock: what a change of [offset, offset + length) replaces. */
static void note_data(int fd, const struct stat *st, uint64_t offset, uint64_t length) {
    if (shim.journal < 0) return;
    struct record record = {.type = DATA, .inode = st->st_ino, .offset = offset, .length = length, .size = st->st_size};
    void *before = NULL;
    if (offset < (uint64_t)st->st_size) {
        record.before = st->st_size - offset < length ? st->st_size - offset : length;
        before = malloc(record.before);
        char path[64]; /* the descriptor may be open for writing only */
        snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
        int reader = real_open(path, O_RDONLY | O_CLOEXEC);
        if (!before || reader < 0 || pread(reader, before, record.before, offset) != (ssize_t)record.before) fatal("what was there before");
        close(reader);
    }
    note(record, NULL, NULL, NULL, before);
    free(before);
}

static uint64_t place(int fd, const struct stat *st) {
    if (fcntl(fd, F_GETFL) & O_APPEND) return st->st_size;
    off_t at = lseek(fd, 0, SEEK_CUR);
    return at < 0 ? 0 : at;
}

#define CHANGE(fd, offset, length, call)                      \
    struct stat st;                                           \
    if (!ours(fd, &st)) return call;                          \
    if (refused()) return -1;                                 \
    pthread_mutex_lock(&lock);                                \
    fstat(fd, &st); /* its size, now that nobody writes */    \
    note_data(fd, &st, offset, length);                       \
    ssize_t done = call;                                      \
    int error = errno;                                        \
    pthread_mutex_unlock(&lock);                              \
    errno = error;                                            \
    return done

ssize_t write(int fd, const void *bytes, size_t length) { CHANGE(fd, place(fd, &st), length, real_write(fd, bytes, length)); }
ssize_t pwrite64(int fd, const void *bytes, size_t length, off_t at) { CHANGE(fd, at, length, real_pwrite(fd, bytes, length, at)); }
ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at) { return pwrite64(fd, bytes, length, at); }
ssize_t writev(int fd, const struct iovec *parts, int count) {
    size_t length = 0;
    for (int i = 0; i < count; i++) length += parts[i].iov_len;
    CHANGE(fd, place(fd, &st), length, real_writev(fd, parts, count));
}
int ftruncate64(int fd, off_t size) { CHANGE(fd, (uint64_t)size, st.st_size > size ? st.st_size - size : 0, real_ftruncate(fd, size)); }
int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

/* Ways to change a file that are not watched. Whoever would take one has to be taught to this shim first. */
#define UNWATCHED(call)                                                           \
    struct stat st;                                                               \
    if (ours(fd, &st)) { errno = ENOSYS; fatal(call " on a file that is watched"); }
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) {
    UNWATCHED("pwritev");
    return ((ssize_t(*)(int, const struct iovec *, int, off_t))dlsym(RTLD_NEXT, "pwritev64"))(fd, parts, count, at);
}
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off_t at) { return pwritev(fd, parts, count, at); }
int posix_fallocate64(int fd, off_t at, off_t length) {
    UNWATCHED("posix_fallocate");
    return ((int (*)(int, off_t, off_t))dlsym(RTLD_NEXT, "posix_fallocate64"))(fd, at, length);
}
int posix_fallocate(int fd, off_t at, off_t length) { return posix_fallocate64(fd, at, length); }
ssize_t copy_file_range(int from, off64_t *from_at, int fd, off64_t *at, size_t length, unsigned flags) {
    UNWATCHED("copy_file_range");
    return syscall(SYS_copy_file_range, from, from_at, fd, at, length, flags);
}

/* Whether an fsync is a lie: 1: each one; 2: those below the folder of files. */
static int lies(int fd) {
    if (shim.control->lie != 2) return shim.control->lie;
    char name[64], path[PATH_MAX];
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(name, path, sizeof path - 1);
    return length > 0 && (path[length] = 0, below(path)) && !strncmp(path + shim.root_length, "/files", 6);
}

static int synced(int fd, int (*real)(int)) {
    struct stat st;
    if (!ours(fd, &st)) return real(fd);
    if (refused()) return -1;
    pthread_mutex_lock(&lock);
    uint64_t upto = shim.count;
    pthread_mutex_unlock(&lock);
    int done = real(fd), error = errno;
    if (!done && !lies(fd)) {
        pthread_mutex_lock(&lock);
        note((struct record){.type = SYNC, .inode = st.st_ino, .upto = upto}, NULL, NULL, NULL, NULL);
        pthread_mutex_unlock(&lock);
    }
    errno = error;
    return done;
}
int fsync(int fd) { return synced(fd, real_fsync); }
int fdatasync(int fd) { return synced(fd, real_fdatasync); }

int open64(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0;
    va_end(more);
    if (!below(path) || (flags & O_TMPFILE) == O_TMPFILE || !(flags & (O_CREAT | O_TRUNC))) {
        if (below(path) && (flags & O_ACCMODE) != O_RDONLY && refused()) return -1;
        return real_open(path, flags, mode);
    }
    struct stat st;
    pthread_mutex_lock(&lock);
    int fresh = stat(path, &st) && errno == ENOENT;
    int fd = -1, error = EROFS;
    if (!(fresh || (flags & O_ACCMODE) != O_RDONLY) || !refused()) {
        fd = real_open(path, flags & ~O_TRUNC, mode);
        error = errno;
        if (fd >= 0 && fresh && !fstat(fd, &st))
            note((struct record){.type = CREATE, .inode = st.st_ino, .folder = folder_of(path)}, path, NULL, NULL, NULL);
    }
    pthread_mutex_unlock(&lock);
    if (fd >= 0 && !fresh && flags & O_TRUNC) ftruncate64(fd, 0);
    errno = error;
    return fd;
}
int open(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0;
    va_end(more);
    return open64(path, flags, mode);
}
int creat64(const char *path, mode_t mode) { return open64(path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat(const char *path, mode_t mode) { return creat64(path, mode); }

/* Under the lock: another name for what a path leads to, so that it outlives the path. Empty when there is nothing. */
static void kept(const char *path, char *name, size_t room) {
    snprintf(name, room, "%s/%d.%lu", shim.keep ? shim.keep : "", (int)getpid(), (unsigned long)shim.count);
    if (shim.journal < 0 || real_link(path, name)) *name = 0;
}

#define NAMES(path, body)                     \
    int done, error;                          \
    if (refused()) return -1;                 \
    pthread_mutex_lock(&lock);                \
    struct stat st = {0};                     \
    char keep[PATH_MAX] = "";                 \
    (void)keep;                               \
    body;                                     \
    error = errno;                            \
    pthread_mutex_unlock(&lock);              \
    errno = error;                            \
    return done

int unlink(const char *path) {
    if (!below(path)) return real_unlink(path);
    NAMES(path, {
        kept(path, keep, sizeof keep);
        if (!lstat(path, &st)) note((struct record){.type = UNLINK, .inode = st.st_ino, .folder = folder_of(path)}, path, keep, NULL, NULL);
        done = real_unlink(path);
    });
}
int rename(const char *from, const char *to) {
    if (!below(from) && !below(to)) return real_rename(from, to);
    NAMES(to, {
        kept(to, keep, sizeof keep);
        if (!lstat(from, &st)) note((struct record){.type = RENAME, .inode = st.st_ino, .folder = folder_of(to)}, from, to, keep, NULL);
        done = real_rename(from, to);
    });
}
int link(const char *from, const char *to) {
    if (!below(to)) return real_link(from, to);
    NAMES(to, {
        if (!lstat(from, &st)) note((struct record){.type = LINK, .inode = st.st_ino, .folder = folder_of(to)}, to, NULL, NULL, NULL);
        done = real_link(from, to);
    });
}
int linkat(int from_at, const char *from, int to_at, const char *to, int flags) {
    if (!below(to)) return syscall(SYS_linkat, from_at, from, to_at, to, flags);
    return link(from, to); /* Rust's std: from the current folder, and a symbolic link is not followed */
}
int mkdir(const char *path, mode_t mode) {
    if (!below(path)) return real_mkdir(path, mode);
    NAMES(path, {
        done = real_mkdir(path, mode);
        if (!done && !stat(path, &st)) note((struct record){.type = MKDIR, .inode = st.st_ino, .folder = folder_of(path)}, path, NULL, NULL, NULL);
    });
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    if (!real_clock_gettime) real_clock_gettime = dlsym(RTLD_NEXT, "clock_gettime");
    int done = real_clock_gettime(clock, now);
    if (!done && shim.control && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
        int64_t whole = now->tv_sec * INT64_C(1000000000) + now->tv_nsec + __atomic_load_n(&shim.control->clock_ns, __ATOMIC_RELAXED);
        now->tv_sec = whole / 1000000000, now->tv_nsec = whole % 1000000000;
    }
    return done;
}
int gettimeofday(struct timeval *now, void *zone) {
    (void)zone;
    struct timespec precise;
    int done = clock_gettime(CLOCK_REALTIME, &precise);
    now->tv_sec = precise.tv_sec, now->tv_usec = precise.tv_nsec / 1000;
    return done;
}
time_t time(time_t *out) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (out) *out = now.tv_sec;
    return now.tv_sec;
}
