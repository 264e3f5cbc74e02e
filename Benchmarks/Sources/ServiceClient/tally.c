#include "tally.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "histogram.h"
#include "usage.h"

enum { statuses = 600 };

struct reading {
    bool is_taken;
    uint64_t time, processor;
};

struct tally {
    uint64_t begin, end;
    pid_t process;
    struct reading at_begin, at_end;
    uint64_t begun, answered;
    /// Tokens in time, tokens too late, refusals with Retry-After, and everything else.
    uint64_t good, late, refused, failed;
    uint64_t by_status[statuses];
    histogram *good_latencies, *refusal_latencies;
};

struct tally *tally_create(uint64_t begin, uint64_t end, pid_t process) {
    struct tally *tally = calloc(1, sizeof *tally);
    tally->begin = begin;
    tally->end = end;
    tally->process = process;
    tally->good_latencies = histogram_create();
    tally->refusal_latencies = histogram_create();
    return tally;
}

static void take(struct reading *reading, pid_t process, uint64_t now) {
    *reading = (struct reading){true, now, usage_processor_of(process)};
}

void tally_tick(struct tally *tally, uint64_t now) {
    if (now >= tally->begin && !tally->at_begin.is_taken) {
        take(&tally->at_begin, tally->process, now);
    }
    if (now >= tally->end && !tally->at_end.is_taken) {
        take(&tally->at_end, tally->process, now);
    }
}

static bool counts(const struct tally *tally, uint64_t began) {
    return began >= tally->begin && began < tally->end;
}

void tally_begun(struct tally *tally, uint64_t began) {
    tally->begun += counts(tally, began);
}

void tally_answered(struct tally *tally, uint64_t began, uint64_t now, const struct answer *answer) {
    if (!counts(tally, began)) {
        return;
    }
    tally->answered++;
    if (answer == NULL) {
        tally->failed++;
        return;
    }
    tally->by_status[answer->status % statuses]++;
    if (answer->status == 200 && answer->has_access_token) {
        if (now - began <= tally_patience) {
            tally->good++;
            histogram_add(tally->good_latencies, now - began);
        } else {
            tally->late++;
        }
    } else if (answer->status == 503 && answer->says_when_to_retry) {
        tally->refused++;
        histogram_add(tally->refusal_latencies, now - began);
    } else {
        tally->failed++;
    }
}

bool tally_is_complete(const struct tally *tally) {
    return tally->at_end.is_taken && tally->answered == tally->begun;
}

static double microseconds(const histogram *latencies, double share) {
    return (double)histogram_quantile(latencies, share) / 1e3;
}

void tally_print(const struct tally *tally) {
    const double seconds = (double)(tally->end - tally->begin) / 1e9;
    const double processor_seconds = (double)(tally->at_end.time - tally->at_begin.time) / 1e9;
    const double processor = (double)(tally->at_end.processor - tally->at_begin.processor) / 1e3;
    const uint64_t late = tally->late + tally->begun - tally->answered;
    printf(
        "{\"requests\":%" PRIu64 ",\"rate\":%.2f,\"offered\":%.2f,\"refused\":%" PRIu64 ",\"late\":%" PRIu64
        ",\"failures\":%" PRIu64 ",\"lost\":%" PRIu64,
        tally->begun, (double)tally->good / seconds, (double)tally->begun / seconds, tally->refused, late, tally->failed,
        late + tally->failed
    );
    printf(
        ",\"p50_us\":%.1f,\"p99_us\":%.1f,\"refusal_p99_us\":%.1f", microseconds(tally->good_latencies, 0.50),
        microseconds(tally->good_latencies, 0.99), microseconds(tally->refusal_latencies, 0.99)
    );
    printf(
        ",\"cpu_us\":%.3f,\"cores\":%.3f,\"peak_kib\":%" PRIu64 ",\"resident_kib\":%" PRIu64,
        tally->good > 0 ? processor / processor_seconds * seconds / (double)tally->good : 0,
        processor / processor_seconds / 1e6, usage_memory_of(tally->process, "VmHWM"),
        usage_memory_of(tally->process, "VmRSS")
    );
    for (int status = 0; status < statuses; status++) {
        if (tally->by_status[status] > 0) {
            printf(",\"status_%d\":%" PRIu64, status, tally->by_status[status]);
        }
    }
    printf("}\n");
    fflush(stdout);
}
