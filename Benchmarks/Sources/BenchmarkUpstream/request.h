/// Finds the end of an HTTP/1.1 request.
#ifndef REQUEST_H
#define REQUEST_H

#include <stddef.h>
#include <sys/types.h>

/// The length of the request at the start of the bytes, including its body: 0 while it is incomplete, -1 if no client
/// here would send it (RFC 9112 §6.3, with a Content-Length only).
ssize_t request_length(const char *bytes, size_t count);

#endif
