/// Connections whose answers are not due yet. A listener's delay is constant, so the first to arrive is due first, and
/// a list suffices instead of a heap.
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
