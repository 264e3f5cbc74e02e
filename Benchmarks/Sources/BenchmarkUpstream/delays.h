/// Connections that wait for the time of their answer. A listener's delay is always the same, so that who came first is due
/// first, and a list does what would else take a heap.
#ifndef DELAYS_H
#define DELAYS_H

#include <stdint.h>

struct connection;

/// A connection's place in the list.
struct delay {
    uint64_t due;
    struct connection *previous, *next;
};

struct delays {
    struct connection *first, *last;
};

/// Nanoseconds since some fixed instant.
uint64_t delays_now(void);

void delays_add(struct delays *delays, struct connection *connection, uint64_t due);
void delays_remove(struct delays *delays, struct connection *connection);

#endif
