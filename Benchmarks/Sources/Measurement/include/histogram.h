/// A histogram of durations with a precision of one percent. Any thread may add to it.
#ifndef HISTOGRAM_H
#define HISTOGRAM_H

#include <stdint.h>

#pragma clang assume_nonnull begin

typedef struct histogram histogram;

histogram *histogram_create(void);
void histogram_empty(histogram *counts);
void histogram_add(histogram *counts, uint64_t nanoseconds);

/// The duration that this share of all, from 0 to 1, does not exceed; 0 if there are none.
uint64_t histogram_quantile(const histogram *counts, double share);

#pragma clang assume_nonnull end

#endif
