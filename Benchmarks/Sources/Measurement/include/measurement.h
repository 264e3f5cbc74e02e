/// The measurement of a closed loop: after a warm-up, everything that completes within a period counts.
#ifndef MEASUREMENT_H
#define MEASUREMENT_H

#include <stdbool.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

typedef struct measurement measurement;

typedef struct {
    uint64_t in_flight;
    /// The minimum warm-up; it also lasts until as many requests have completed as are in flight.
    double warm_up_seconds;
    /// The minimum period that counts; it also lasts until as many requests have completed as are in flight.
    double seconds;
} measurement_plan;

/// Creates a measurement that begins now.
measurement *measurement_create(measurement_plan plan);

/// Records the completion of a request that began at this time (`usage_time`). May be called from any thread. Returns
/// whether to send another; false means that the measurement is over.
bool measurement_completed(measurement *measurement, uint64_t began, bool succeeded);

/// Prints the result to standard output, as one line of JSON, once the measurement is over.
void measurement_print(measurement *measurement);

#pragma clang assume_nonnull end

#endif
