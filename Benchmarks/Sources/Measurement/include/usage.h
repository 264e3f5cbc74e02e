/// What this process has used of the machine.
#ifndef USAGE_H
#define USAGE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/// Nanoseconds since some fixed instant.
uint64_t usage_time(void);

/// Nanoseconds of processor time of all threads, in the kernel too.
uint64_t usage_processor(void);

/// The same of another process; 0 if there is none.
uint64_t usage_processor_of(pid_t process);

/// A line of `/proc/self/status` in KiB, such as `VmHWM`, the peak of resident memory, or `VmRSS`; 0 if there is none.
uint64_t usage_memory(const char *_Nonnull name);

/// The same of another process.
uint64_t usage_memory_of(pid_t process, const char *_Nonnull name);

/// How often memory was allocated; false where the allocation counter is not loaded.
bool usage_allocations(uint64_t *_Nonnull count);

#endif
