/// The sockets of the connections that a multi handle keeps, found by what libcurl tells a pre-request callback of one.
#ifndef CURLSHIM_SOCKETS_H
#define CURLSHIM_SOCKETS_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>

#pragma clang assume_nonnull begin

/// Belongs to the thread that drives the multi handle, and must outlive that handle.
typedef struct curlshim_sockets curlshim_sockets;

/// At most so many sockets are open at once. NULL for want of memory.
curlshim_sockets *_Nullable curlshim_sockets_create(size_t maximum);
void curlshim_sockets_destroy(curlshim_sockets *sockets);

/// Opens a socket that no child process inherits. Returns -1 with errno set: to EMFILE also where the maximum is reached.
int curlshim_sockets_open(curlshim_sockets *sockets, int family, int type, int protocol);

/// Whether the process, or the system, has no descriptor left.
bool curlshim_descriptors_exhausted(void);

/// Remembers the socket of a connection if its local port is the given one.
void curlshim_sockets_remember(curlshim_sockets *sockets, curl_socket_t descriptor, int local_port);

/// Whether the connection with the given local port is known to be dead, or to hold bytes that nobody asked for: the
/// peer's farewell, or the forged answer to a request that is yet to be sent.
bool curlshim_sockets_spoiled(const curlshim_sockets *sockets, int local_port);

/// Notes that there is no socket for an address, be it that none could be opened or that the address is refused.
void curlshim_sockets_note_failure(curlshim_sockets *sockets);

/// Whether a socket was not opened, or closed before it carried a request, since the last call. libcurl 7.88 turns to a name's next address then, but
/// forgets to try it until it is called again for another reason.
bool curlshim_sockets_take_change(curlshim_sockets *sockets);

/// Closes a socket and forgets it; for CURLOPT_CLOSESOCKETFUNCTION, with the sockets as context.
int curlshim_sockets_close(void *sockets, curl_socket_t descriptor);

#pragma clang assume_nonnull end

#endif
