#include "delays.h"

#include <time.h>

#include "connection.h"

uint64_t delays_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

void delays_add(struct delays *delays, struct connection *connection, uint64_t due) {
    connection->delay = (struct delay){due, delays->last, NULL};
    if (delays->last != NULL) {
        delays->last->delay.next = connection;
    } else {
        delays->first = connection;
    }
    delays->last = connection;
}

void delays_remove(struct delays *delays, struct connection *connection) {
    const struct delay delay = connection->delay;
    if (delay.previous != NULL) {
        delay.previous->delay.next = delay.next;
    } else {
        delays->first = delay.next;
    }
    if (delay.next != NULL) {
        delay.next->delay.previous = delay.previous;
    } else {
        delays->last = delay.previous;
    }
}
