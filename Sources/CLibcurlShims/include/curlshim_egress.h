/// An egress policy in a form that C code can apply, to a resolved address and to a connection's peer.
#ifndef CURLSHIM_EGRESS_H
#define CURLSHIM_EGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#pragma clang assume_nonnull begin

typedef struct {
    /// The first address in network order; an IPv4 network uses the first four bytes.
    uint8_t network[16];
    /// The number of leading bits that are compared.
    uint8_t prefix_length;
    bool is_ipv6;
    bool allows;
} curlshim_egress_rule;

/// Rules in order. The first whose network contains the address decides; an address in none of them is allowed. An
/// IPv4-mapped IPv6 address is judged as the IPv4 address that it is on the wire.
typedef struct {
    const curlshim_egress_rule *_Nullable rules;
    size_t count;
} curlshim_egress_policy;

/// False for anything but an IPv4 or IPv6 address, and if `rules` is NULL.
bool curlshim_egress_permits(curlshim_egress_policy policy, const struct sockaddr *address);

/// The same for an address as text, which is how libcurl passes a connection's peer.
bool curlshim_egress_permits_text(curlshim_egress_policy policy, const char *_Nullable address);

#pragma clang assume_nonnull end

#endif
