#include "usage.h"

#include <dlfcn.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

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

uint64_t usage_memory(const char *name) {
    FILE *status = fopen("/proc/self/status", "re");
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
