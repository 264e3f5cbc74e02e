#ifndef _GNU_SOURCE
#define _GNU_SOURCE  // SOCK_CLOEXEC
#endif
#include "curlshim_sockets.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

struct curlshim_sockets {
    /// The descriptor plus one; zero means none. Two connections to different peers may share a port. The later one
    /// then hides the earlier one, which is checked by the wrong socket, so that at worst it is replaced without need,
    /// or is not checked at all.
    int by_local_port[UINT16_MAX + 1];
    bool changed;
    size_t open_count;
    size_t maximum;
};

curlshim_sockets *curlshim_sockets_create(size_t maximum) {
    curlshim_sockets *sockets = calloc(1, sizeof(curlshim_sockets));
    if (sockets != NULL) {
        sockets->maximum = maximum;
    }
    return sockets;
}

void curlshim_sockets_destroy(curlshim_sockets *sockets) {
    free(sockets);
}

static int new_socket(int family, int type, int protocol) {
    // Close-on-exec: no child process may inherit a connection to an upstream.
#ifdef SOCK_CLOEXEC
    return socket(family, type | SOCK_CLOEXEC, protocol);
#else
    const int descriptor = socket(family, type, protocol);
    if (descriptor >= 0) {
        fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    }
    return descriptor;
#endif
}

int curlshim_sockets_open(curlshim_sockets *sockets, int family, int type, int protocol) {
    if (sockets->open_count >= sockets->maximum) {
        errno = EMFILE;
        return -1;
    }
    const int descriptor = new_socket(family, type, protocol);
    if (descriptor >= 0) {
        sockets->open_count++;
    }
    return descriptor;
}

bool curlshim_descriptors_exhausted(void) {
    const int descriptor = new_socket(AF_UNIX, SOCK_DGRAM, 0);
    if (descriptor < 0) {
        return errno == EMFILE || errno == ENFILE;
    }
    close(descriptor);
    return false;
}

static int local_port_of(curl_socket_t descriptor) {
    union {
        struct sockaddr any;
        struct sockaddr_in four;
        struct sockaddr_in6 six;
    } address;
    socklen_t length = sizeof address;
    if (getsockname(descriptor, &address.any, &length) != 0) {
        return -1;
    }
    switch (address.any.sa_family) {
    case AF_INET:
        return ntohs(address.four.sin_port);
    case AF_INET6:
        return ntohs(address.six.sin6_port);
    default:
        return -1;
    }
}

static bool is_port(int number) {
    return number > 0 && number <= UINT16_MAX;
}

void curlshim_sockets_remember(curlshim_sockets *sockets, curl_socket_t descriptor, int local_port) {
    if (is_port(local_port) && local_port_of(descriptor) == local_port) {
        sockets->by_local_port[local_port] = descriptor + 1;
    }
}

bool curlshim_sockets_spoiled(const curlshim_sockets *sockets, int local_port) {
    if (!is_port(local_port) || sockets->by_local_port[local_port] == 0) {
        return false;
    }
    char byte;
    const ssize_t count = recv(sockets->by_local_port[local_port] - 1, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return count >= 0 || (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR);
}

void curlshim_sockets_note_failure(curlshim_sockets *sockets) {
    sockets->changed = true;
}

bool curlshim_sockets_take_change(curlshim_sockets *sockets) {
    const bool changed = sockets->changed;
    sockets->changed = false;
    return changed;
}

int curlshim_sockets_close(void *context, curl_socket_t descriptor) {
    curlshim_sockets *sockets = context;
    const int local_port = local_port_of(descriptor);
    sockets->open_count--;
    if (is_port(local_port) && sockets->by_local_port[local_port] == descriptor + 1) {
        // It carried a request, so libcurl tries no other address for it.
        sockets->by_local_port[local_port] = 0;
    } else {
        sockets->changed = true;
    }
    return close(descriptor);
}
