#include "curlshim_egress.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

static bool contains(const curlshim_egress_rule *rule, const uint8_t *address, bool is_ipv6) {
    if (rule->is_ipv6 != is_ipv6) {
        return false;
    }
    const size_t whole_bytes = rule->prefix_length / 8;
    const unsigned remaining_bits = rule->prefix_length % 8;
    if (memcmp(rule->network, address, whole_bytes) != 0) {
        return false;
    }
    const uint8_t mask = (uint8_t)(0xFF00 >> remaining_bits);
    return remaining_bits == 0 || rule->network[whole_bytes] == (address[whole_bytes] & mask);
}

static bool permits(curlshim_egress_policy policy, const uint8_t *address, bool is_ipv6) {
    static const uint8_t mapped_prefix[12] = {[10] = 0xFF, [11] = 0xFF};
    if (policy.rules == NULL) {
        return false;
    }
    if (is_ipv6 && memcmp(address, mapped_prefix, sizeof mapped_prefix) == 0) {
        address += sizeof mapped_prefix;
        is_ipv6 = false;
    }
    for (size_t index = 0; index < policy.count; index++) {
        if (contains(&policy.rules[index], address, is_ipv6)) {
            return policy.rules[index].allows;
        }
    }
    return true;
}

bool curlshim_egress_permits(curlshim_egress_policy policy, const struct sockaddr *address) {
    switch (address->sa_family) {
    case AF_INET:
        return permits(policy, (const uint8_t *)&((const struct sockaddr_in *)address)->sin_addr, false);
    case AF_INET6:
        return permits(policy, ((const struct sockaddr_in6 *)address)->sin6_addr.s6_addr, true);
    default:
        return false;
    }
}

bool curlshim_egress_permits_text(curlshim_egress_policy policy, const char *address) {
    uint8_t bytes[16];
    if (address == NULL) {
        return false;
    }
    if (inet_pton(AF_INET, address, bytes) == 1) {
        return permits(policy, bytes, false);
    }
    return inet_pton(AF_INET6, address, bytes) == 1 && permits(policy, bytes, true);
}
