#include "measurement.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "histogram.h"
#include "usage.h"

enum phase {
    WARMING_UP,
    /// One thread has seen that the warm-up is over, and records where the measurement begins.
    BEGINNING,
    MEASURING,
    ENDING,
    OVER,
};

/// Where a measurement begins or ends.
struct reading {
    uint64_t time, processor, allocations;
    bool counts_allocations;
};

struct measurement {
    measurement_plan plan;
    histogram *latencies;
    uint64_t created;
    struct reading begin, end;
    _Atomic int phase;
    _Atomic uint64_t warmed_up, completed, failed;
};

static struct reading read_now(void) {
    struct reading reading = {.time = usage_time(), .processor = usage_processor()};
    reading.counts_allocations = usage_allocations(&reading.allocations);
    return reading;
}

static uint64_t nanoseconds(double seconds) {
    return (uint64_t)(seconds * 1e9);
}

measurement *measurement_create(measurement_plan plan) {
    measurement *measurement = calloc(1, sizeof *measurement);
    measurement->plan = plan;
    measurement->latencies = histogram_create();
    measurement->created = usage_time();
    return measurement;
}

static bool take_turn(measurement *measurement, int from, int to) {
    return atomic_compare_exchange_strong(&measurement->phase, &from, to);
}

static void warm_up(measurement *measurement, uint64_t now) {
    const uint64_t count = atomic_fetch_add(&measurement->warmed_up, 1) + 1;
    if (count >= measurement->plan.in_flight
        && now >= measurement->created + nanoseconds(measurement->plan.warm_up_seconds)
        && take_turn(measurement, WARMING_UP, BEGINNING)) {
        measurement->begin = read_now();
        measurement->phase = MEASURING;
    }
}

static void measure(measurement *measurement, uint64_t began, uint64_t now, bool succeeded) {
    if (now >= measurement->begin.time + nanoseconds(measurement->plan.seconds)
        && measurement->completed >= measurement->plan.in_flight) {
        if (take_turn(measurement, MEASURING, ENDING)) {
            measurement->end = read_now();
            measurement->phase = OVER;
        }
        return;
    }
    atomic_fetch_add_explicit(&measurement->completed, 1, memory_order_relaxed);
    if (!succeeded) {
        atomic_fetch_add_explicit(&measurement->failed, 1, memory_order_relaxed);
    }
    histogram_add(measurement->latencies, now - began);
}

bool measurement_completed(measurement *measurement, uint64_t began, bool succeeded) {
    const uint64_t now = usage_time();
    switch (measurement->phase) {
    case WARMING_UP:
        warm_up(measurement, now);
        return true;
    case MEASURING:
        measure(measurement, began, now, succeeded);
        return measurement->phase < ENDING;
    default:
        return measurement->phase < ENDING;
    }
}

void measurement_print(measurement *measurement) {
    const struct reading begin = measurement->begin, end = measurement->end;
    const double count = (double)(measurement->completed > 0 ? measurement->completed : 1);
    const double seconds = (double)(end.time - begin.time) / 1e9;
    printf(
        "{\"requests\":%" PRIu64 ",\"failures\":%" PRIu64 ",\"seconds\":%.4f,\"rate\":%.2f,\"cpu_us\":%.3f,"
        "\"p50_us\":%.1f,\"p99_us\":%.1f,\"peak_kib\":%" PRIu64,
        measurement->completed, measurement->failed, seconds, (double)measurement->completed / seconds,
        (double)(end.processor - begin.processor) / 1e3 / count,
        (double)histogram_quantile(measurement->latencies, 0.50) / 1e3,
        (double)histogram_quantile(measurement->latencies, 0.99) / 1e3, usage_memory("VmHWM")
    );
    if (begin.counts_allocations) {
        printf(",\"allocations\":%.2f", (double)(end.allocations - begin.allocations) / count);
    }
    printf("}\n");
    fflush(stdout);
}
