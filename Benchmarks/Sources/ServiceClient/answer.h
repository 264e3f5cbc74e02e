/// What the service answers.
#ifndef ANSWER_H
#define ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct answer {
    int status;
    /// Whether it says when to come again: it has a Retry-After (RFC 9110 §10.2.3).
    bool says_when_to_retry;
    bool has_access_token;
    /// Whether the connection ends with it.
    bool closes;
};

/// Reads the answer that the bytes begin with. Returns its length: 0 while it is incomplete, -1 if it is none that the
/// service would send (RFC 9112 §6.3 with a Content-Length only).
ssize_t answer_read(const char *bytes, size_t count, struct answer *answer);

#endif
