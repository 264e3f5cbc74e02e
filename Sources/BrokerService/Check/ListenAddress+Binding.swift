import BrokerServing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension ListenAddress {
    /// The error number with which a service could not listen here; nil if it could.
    ///
    /// It binds a socket as the service does but does not listen, so that no one can connect to it.
    var bindingFailure: CInt? {
        let isIPv6 = host.contains(":")
        let descriptor = socket(isIPv6 ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return errno == EAFNOSUPPORT ? errno : nil }
        defer { close(descriptor) }
        guard !isRefusedByResolver else { return EAFNOSUPPORT }
        // Connections of a service that has just ended do not interfere.
        var isReused: CInt = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &isReused, socklen_t(MemoryLayout<CInt>.size))
        if isIPv6 {
            var address = sockaddr_in6()
            address.sin6_family = sa_family_t(AF_INET6)
            address.sin6_port = in_port_t(port).bigEndian
            guard inet_pton(AF_INET6, host, &address.sin6_addr) == 1 else { return nil }
            return Self.failure(binding: descriptor, to: &address)
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        guard inet_pton(AF_INET, host, &address.sin_addr) == 1 else { return nil }
        return Self.failure(binding: descriptor, to: &address)
    }

    /// Whether the C library, through which the server resolves it, refuses the address. glibc refuses every IPv6
    /// address, even `::`, on a machine whose only IPv6 address is loopback (getaddrinfo(3), AI_ADDRCONFIG).
    private var isRefusedByResolver: Bool {
        var list: UnsafeMutablePointer<addrinfo>?
        switch getaddrinfo(host, "\(port)", nil, &list) {
        case 0:
            freeaddrinfo(list)
            return false
        // A lack of memory or descriptors says nothing about the address.
        case EAI_AGAIN, EAI_MEMORY, EAI_SYSTEM: return false
        default: return true
        }
    }

    private static func failure<Address>(binding descriptor: CInt, to address: inout Address) -> CInt? {
        let size = socklen_t(MemoryLayout<Address>.size)
        let isBound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) == 0 }
        }
        return isBound ? nil : errno
    }
}
