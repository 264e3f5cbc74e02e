/// Where one HTTP/1.1 request ends and the next begins.
#ifndef REQUEST_H
#define REQUEST_H

#include <stddef.h>
#include <sys/types.h>

/// The length of the request that the bytes begin with, its body included: 0 while it is incomplete, -1 if it is none
/// that a client here would send (RFC 9112 §6.3 with a Content-Length only).
ssize_t request_length(const char *bytes, size_t count);

#endif
