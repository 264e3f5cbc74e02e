/// A library to load into a process with LD_PRELOAD, which then counts how often it allocates memory.
#ifndef ALLOCATION_COUNTER_H
#define ALLOCATION_COUNTER_H

#include <stdint.h>

/// How often memory was allocated or reallocated so far, by any thread.
uint64_t counted_allocations(void);

#endif
