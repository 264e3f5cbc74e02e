/// The request to the service: the exchange of a ticket for tokens (RFC 8693 §2.1).
#ifndef REQUEST_H
#define REQUEST_H

#include <stddef.h>

enum { request_capacity = 1024 };

/// The client's credentials, as the service's configuration has them.
#define REQUEST_CLIENT "load"
#define REQUEST_CLIENT_SECRET "0123456789abcdef0123456789abcdef"

/// Writes the request with a ticket that no other request has used, in this process or an earlier one. Returns its
/// length.
size_t request_write(char request[request_capacity]);

#endif
