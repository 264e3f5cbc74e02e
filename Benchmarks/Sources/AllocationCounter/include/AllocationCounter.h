/// A library for LD_PRELOAD: the process that loads it counts its memory allocations.
#ifndef ALLOCATION_COUNTER_H
#define ALLOCATION_COUNTER_H

#include <stdint.h>

/// The number of allocations and reallocations so far, on all threads.
uint64_t counted_allocations(void);

#endif
