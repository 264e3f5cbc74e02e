/// The service's answer.
#ifndef ANSWER_H
#define ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct answer {
    int status;
    /// Whether it has a Retry-After (RFC 9110 §10.2.3).
    bool says_when_to_retry;
    bool has_access_token;
    /// Whether it closes the connection.
    bool closes;
};

/// Reads the answer at the start of the bytes. Returns its length: 0 while it is incomplete, -1 if the service would
/// not send it (RFC 9112 §6.3, with a Content-Length only).
ssize_t answer_read(const char *bytes, size_t count, struct answer *answer);

#endif
