/// What a listener does with a request.
#ifndef BEHAVIOR_H
#define BEHAVIOR_H

#include <stdbool.h>
#include <stdint.h>

enum treatment {
    /// Answers and keeps the connection.
    ANSWERS,
    /// Answers and closes the connection: every request needs a new one.
    CLOSES,
    /// Never answers.
    HANGS,
    /// Sends an endless body.
    FLOODS,
    /// Resets the connection.
    RESETS,
};

struct behavior {
    enum treatment treatment;
    uint64_t delay_nanoseconds;
};

/// Reads a name, optionally followed by a colon and the milliseconds before each answer, such as `answers:20`.
bool behavior_read(const char *text, struct behavior *behavior);

#endif
