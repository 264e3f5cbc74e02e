/// How often which duration was seen, to within a hundredth of it. May be added to from any thread.
#ifndef HISTOGRAM_H
#define HISTOGRAM_H

#include <stdint.h>

#pragma clang assume_nonnull begin

typedef struct histogram histogram;

histogram *histogram_create(void);
void histogram_empty(histogram *counts);
void histogram_add(histogram *counts, uint64_t nanoseconds);

/// The duration that this share of all, from 0 to 1, does not exceed; 0 where there is none.
uint64_t histogram_quantile(const histogram *counts, double share);

#pragma clang assume_nonnull end

#endif
