/// The sockets of a multi handle's connections, found by the local port that libcurl passes to a pre-request callback.
#ifndef CURLSHIM_SOCKETS_H
#define CURLSHIM_SOCKETS_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>

#pragma clang assume_nonnull begin

/// Belongs to the thread that drives the multi handle, and must outlive that handle.
typedef struct curlshim_sockets curlshim_sockets;

/// At most `maximum` sockets are open at once. Returns NULL if out of memory.
curlshim_sockets *_Nullable curlshim_sockets_create(size_t maximum);
void curlshim_sockets_destroy(curlshim_sockets *sockets);

/// Opens a socket that no child process inherits. On failure, returns -1 and sets errno, to EMFILE also if the maximum
/// is reached.
int curlshim_sockets_open(curlshim_sockets *sockets, int family, int type, int protocol);

/// Whether the process, or the system, has no descriptor left.
bool curlshim_descriptors_exhausted(void);

/// Remembers the socket of a connection if its local port is the given one.
void curlshim_sockets_remember(curlshim_sockets *sockets, curl_socket_t descriptor, int local_port);

/// Whether the connection with the given local port is known to be dead, or to hold unrequested bytes: the peer's TLS
/// closure alert, or a forged answer to a request that has not been sent yet.
bool curlshim_sockets_spoiled(const curlshim_sockets *sockets, int local_port);

/// Records that there is no socket for an address, whether opening one failed or was refused.
void curlshim_sockets_note_failure(curlshim_sockets *sockets);

/// Whether, since the last call, a socket was not opened, or was closed before it carried a request. libcurl 7.88 then
/// moves on to the name's next address, but does not try it until it is called again for another reason.
bool curlshim_sockets_take_change(curlshim_sockets *sockets);

/// Closes a socket and removes it; for CURLOPT_CLOSESOCKETFUNCTION, with the sockets as context.
int curlshim_sockets_close(void *sockets, curl_socket_t descriptor);

#pragma clang assume_nonnull end

#endif
