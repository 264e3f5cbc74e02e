#include "histogram.h"

#include <stdatomic.h>
#include <stdlib.h>

// Every power of two is divided into this many equal parts.
enum { parts_bits = 7, parts = 1 << parts_bits, buckets = (64 - parts_bits) * parts };

struct histogram {
    _Atomic uint32_t counts[buckets];
};

histogram *histogram_create(void) {
    return calloc(1, sizeof(histogram));
}

void histogram_empty(histogram *counts) {
    for (size_t index = 0; index < buckets; index++) {
        atomic_store_explicit(&counts->counts[index], 0, memory_order_relaxed);
    }
}

static size_t bucket_of(uint64_t value) {
    if (value < parts) {
        return value;
    }
    const int shift = 63 - __builtin_clzll(value) - parts_bits;
    return (size_t)(shift + 1) * parts + (size_t)((value >> shift) - parts);
}

static uint64_t middle_of(size_t bucket) {
    if (bucket < parts) {
        return bucket;
    }
    const size_t shift = bucket / parts - 1;
    return (((uint64_t)(bucket % parts) + parts) << shift) + ((uint64_t)1 << shift) / 2;
}

void histogram_add(histogram *counts, uint64_t nanoseconds) {
    atomic_fetch_add_explicit(&counts->counts[bucket_of(nanoseconds)], 1, memory_order_relaxed);
}

uint64_t histogram_quantile(const histogram *counts, double share) {
    uint64_t total = 0;
    for (size_t index = 0; index < buckets; index++) {
        total += counts->counts[index];
    }
    uint64_t seen = 0;
    for (size_t index = 0; index < buckets; index++) {
        seen += counts->counts[index];
        if (seen > 0 && (double)seen >= share * (double)total) {
            return middle_of(index);
        }
    }
    return 0;
}
