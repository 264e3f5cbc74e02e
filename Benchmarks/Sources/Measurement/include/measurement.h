/// The measurement of a closed loop: first it warms up, then everything that is completed within a time counts.
#ifndef MEASUREMENT_H
#define MEASUREMENT_H

#include <stdbool.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

typedef struct measurement measurement;

typedef struct {
    uint64_t in_flight;
    /// For how long nothing counts at least; it also takes until as many requests are completed as are in flight.
    double warm_up_seconds;
    /// For how long what is completed counts at least; it also takes until as many are completed as are in flight.
    double seconds;
} measurement_plan;

/// A measurement that begins now.
measurement *measurement_create(measurement_plan plan);

/// Notes that a request is completed that began at this time (`usage_time`). May be called from any thread. Returns
/// whether another one is wanted; false means that the measurement is over.
bool measurement_completed(measurement *measurement, uint64_t began, bool succeeded);

/// Writes what was measured to standard output, as one line of JSON, once it is over.
void measurement_print(measurement *measurement);

#pragma clang assume_nonnull end

#endif
