/// The resources that this process has used.
#ifndef USAGE_H
#define USAGE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/// Nanoseconds since some fixed instant.
uint64_t usage_time(void);

/// Nanoseconds of CPU time of all threads, including the kernel's.
uint64_t usage_processor(void);

/// The same of another process; 0 if there is none.
uint64_t usage_processor_of(pid_t process);

/// A line of `/proc/self/status` in KiB, such as `VmHWM`, the peak of resident memory, or `VmRSS`; 0 if there is none.
uint64_t usage_memory(const char *_Nonnull name);

/// The same of another process.
uint64_t usage_memory_of(pid_t process, const char *_Nonnull name);

/// The number of allocations; returns false if the allocation counter is not loaded.
bool usage_allocations(uint64_t *_Nonnull count);

#endif
