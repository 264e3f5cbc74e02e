#include "listener.h"

#include <arpa/inet.h>
#include <err.h>
#include <netinet/in.h>
#include <sys/socket.h>

void listener_open(struct listener *listener, struct behavior behavior) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0 || bind(descriptor, (struct sockaddr *)&address, length) != 0
        || listen(descriptor, 4096) != 0 || getsockname(descriptor, (struct sockaddr *)&address, &length) != 0) {
        err(71, "cannot listen");
    }
    *listener = (struct listener){
        .source = SOURCE_LISTENER,
        .descriptor = descriptor,
        .port = ntohs(address.sin_port),
        .behavior = behavior,
    };
}
