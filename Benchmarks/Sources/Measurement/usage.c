#include "usage.h"

#include <dlfcn.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

uint64_t usage_time(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static uint64_t nanoseconds(struct timeval time) {
    return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_usec * 1000;
}

uint64_t usage_processor(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return nanoseconds(usage.ru_utime) + nanoseconds(usage.ru_stime);
}

uint64_t usage_processor_of(pid_t process) {
    clockid_t clock;
    struct timespec used;
    if (clock_getcpuclockid(process, &clock) != 0 || clock_gettime(clock, &used) != 0) {
        return 0;
    }
    return (uint64_t)used.tv_sec * 1000000000 + (uint64_t)used.tv_nsec;
}

uint64_t usage_memory(const char *name) {
    return usage_memory_of(getpid(), name);
}

uint64_t usage_memory_of(pid_t process, const char *name) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/status", (int)process);
    FILE *status = fopen(path, "re");
    if (status == NULL) {
        return 0;
    }
    char line[256];
    uint64_t kibibytes = 0;
    const size_t length = strlen(name);
    while (fgets(line, sizeof line, status) != NULL) {
        if (strncmp(line, name, length) == 0 && sscanf(line + length, ": %" SCNu64, &kibibytes) == 1) {
            break;
        }
    }
    fclose(status);
    return kibibytes;
}

bool usage_allocations(uint64_t *count) {
    uint64_t (*counted)(void);
    *(void **)&counted = dlsym(RTLD_DEFAULT, "counted_allocations");
    if (counted == NULL) {
        return false;
    }
    *count = counted();
    return true;
}
