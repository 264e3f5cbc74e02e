#include "load.h"

#include <err.h>
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <time.h>

#include "connection.h"
#include "tally.h"
#include "usage.h"

enum {
    batch = 256,
    /// The service refuses more than 10,000.
    most_connections = 8192,
};

struct load {
    const struct options *options;
    int epoll;
    struct tally *tally;
    /// Connections that are free for a request, the most recently used first.
    struct connection *idle;
    size_t connections;
    /// When to start no more requests, and when to stop waiting for answers.
    uint64_t end, give_up;
    /// When the next request is due, if requests start at a rate, and the nanoseconds between two.
    double due, interval;
};

static const uint64_t second = 1000000000;

static struct connection *take_connection(struct load *load) {
    struct connection *connection = load->idle;
    if (connection != NULL) {
        load->idle = connection->next;
        return connection;
    }
    if (load->connections == most_connections) {
        return NULL;
    }
    load->connections++;
    connection = calloc(1, sizeof *connection);
    if (connection == NULL) {
        errx(71, "no memory for a connection");
    }
    return connection;
}

static void completed(struct load *load, struct connection *connection, const struct answer *answer) {
    tally_answered(load->tally, connection->began, usage_time(), answer);
    connection->next = load->idle;
    load->idle = connection;
}

static void begin(struct load *load, uint64_t time) {
    tally_begun(load->tally, time);
    struct connection *connection = take_connection(load);
    if (connection == NULL) {
        tally_answered(load->tally, time, time, NULL);
    } else if (connection_begin(connection, load->epoll, load->options->port, time) == BROKEN) {
        completed(load, connection, NULL);
    }
}

/// Begins the requests that are due.
static void begin_due(struct load *load, uint64_t now) {
    if (load->options->rate > 0) {
        for (; load->due <= (double)now && load->due < (double)load->end; load->due += load->interval) {
            begin(load, (uint64_t)load->due);
        }
        return;
    }
    // Every free connection gets a request; one that breaks at once waits for the next turn.
    size_t free = load->options->in_flight - load->connections;
    for (const struct connection *idle = load->idle; idle != NULL; idle = idle->next) {
        free++;
    }
    for (; now < load->end && free > 0; free--) {
        begin(load, usage_time());
    }
}

/// With many requests in flight, events are handled together once a millisecond: waking up for each would take CPU time
/// from the service, which shares the cores.
static void let_gather(const struct load *load) {
    const struct timespec time = {.tv_nsec = second / 1000};
    if (load->options->rate > 0 || load->options->in_flight >= 64) {
        clock_nanosleep(CLOCK_MONOTONIC, 0, &time, NULL);
    }
}

static void wait_for_answers(struct load *load, uint64_t now) {
    uint64_t until = now + second / 100;
    if (load->options->rate > 0 && now < load->end && load->due < (double)until) {
        until = load->due > (double)now ? (uint64_t)load->due : now;
    }
    const struct timespec time = {.tv_nsec = (long)(until - now)};
    struct epoll_event events[batch];
    const int ready = epoll_pwait2(load->epoll, events, batch, &time, NULL);
    if (ready < 0 && errno != EINTR) {
        err(71, "epoll_pwait2");
    }
    for (int index = 0; index < ready; index++) {
        struct connection *connection = events[index].data.ptr;
        struct answer answer;
        const enum progress progress = connection_advance(connection, &answer);
        if (progress != WAITS) {
            completed(load, connection, progress == ANSWERED ? &answer : NULL);
        }
    }
}

void load_run(const struct options *options) {
    const uint64_t start = usage_time(), begin = start + (uint64_t)(options->warm_up_seconds * 1e9),
                   end = begin + (uint64_t)(options->seconds * 1e9);
    struct load load = {
        .options = options,
        .epoll = epoll_create1(EPOLL_CLOEXEC),
        .tally = tally_create(begin, end, options->process),
        .end = end,
        .give_up = end + tally_patience,
        .due = (double)start,
        .interval = options->rate > 0 ? 1e9 / options->rate : 0,
    };
    uint64_t now = start;
    while (now < load.give_up && !tally_is_complete(load.tally)) {
        begin_due(&load, now);
        wait_for_answers(&load, now);
        let_gather(&load);
        now = usage_time();
        tally_tick(load.tally, now);
    }
    tally_print(load.tally);
}
