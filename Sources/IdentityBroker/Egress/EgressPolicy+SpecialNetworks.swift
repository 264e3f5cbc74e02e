extension EgressPolicy {
    /// The blocks of the IANA special-purpose address registries (RFC 6890 and its successors), including multicast and
    /// reserved space; for IPv6, everything that is not global unicast (2000::/3). The transition prefixes are included
    /// because each can carry an IPv4 address past an IPv4 rule.
    static let specialNetworks: [IPNetwork] = [
        "0.0.0.0/8",  // this network, RFC 791 §3.2
        "10.0.0.0/8",  // private, RFC 1918
        "100.64.0.0/10",  // shared address space, RFC 6598
        "127.0.0.0/8",  // loopback, RFC 1122 §3.2.1.3
        "169.254.0.0/16",  // link-local and cloud metadata, RFC 3927
        "172.16.0.0/12",  // private, RFC 1918
        "192.0.0.0/24",  // protocol assignments, RFC 6890 §2.1
        "192.0.2.0/24",  // documentation, RFC 5737
        "192.88.99.0/24",  // 6to4 relay anycast, RFC 7526
        "192.168.0.0/16",  // private, RFC 1918
        "198.18.0.0/15",  // benchmarking, RFC 2544
        "198.51.100.0/24",  // documentation, RFC 5737
        "203.0.113.0/24",  // documentation, RFC 5737
        "224.0.0.0/4",  // multicast, RFC 5771
        "240.0.0.0/4",  // reserved and broadcast, RFC 1112 §4
        "::/3",  // not global unicast: loopback, IPv4-compatible, NAT64, discard (RFC 4291 §2.4, RFC 6052, RFC 6666)
        "2001::/23",  // protocol assignments, Teredo among them, RFC 2928
        "2001:db8::/32",  // documentation, RFC 3849
        "2002::/16",  // 6to4, RFC 3056
        "3fff::/20",  // documentation, RFC 9637
        "4000::/2",  // not global unicast: reserved, segment routing (RFC 4291 §2.4, RFC 9602)
        "8000::/1",  // not global unicast: reserved, unique local, link-local, multicast (RFC 4291 §2.4, RFC 4193)
    ].compactMap { IPNetwork($0) }  // a test counts them, so that a typo cannot drop one
}
