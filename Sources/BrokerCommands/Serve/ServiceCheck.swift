import BrokerConfiguration
import BrokerServer
import BrokerTokens
import IdentityBroker

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What would keep `broker serve` from starting with a configuration, beyond what is wrong with its settings each by itself.
struct ServiceCheck {
    let configuration: Configuration
    let server: ServerEntry

    /// The problems. Creates nothing and contacts no one.
    var problems: [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        func check(_ key: String, _ make: () throws(BrokerError) -> Void) {
            do { try make() } catch { problems.append(server.problem(for: error, at: key)) }
        }
        check("tls") { () throws(BrokerError) in _ = try ServingAddress(server) }
        check("listen") { () throws(BrokerError) in _ = try server.servedIssuer }
        check("listen") { () throws(BrokerError) in try server.listen.checkInterface() }
        check("operations") { () throws(BrokerError) in try server.operations?.checkInterface() }
        check("issuer") { () throws(BrokerError) in
            // What is made from the address is good for it.
            if let issuer = server.issuer { try TokenService.checkIssuer(issuer) }
        }
        check("tokens") { () throws(BrokerError) in
            _ = try server.tokens.lifetimes
            _ = try server.tokens.rotation
        }
        return problems
    }

    /// The problems of the clients together; each by itself has to be without.
    var problemsOfClients: [ConfigurationProblem] {
        do {
            _ = try configuration.tokenClients()
            return []
        } catch {
            return error.problems
        }
    }
}

extension ListenAddress {
    /// Checks that this machine has the address.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured``.
    fileprivate func checkInterface() throws(BrokerError) {
        guard !canBind else { return }
        guard errno == EADDRNOTAVAIL else { return }
        throw .misconfigured("This machine has no address \(host). See 'listen'.")
    }

    /// Whether a socket can be bound to the address, at a free port.
    private var canBind: Bool {
        let isIPv6 = host.contains(":")
        let descriptor = socket(isIPv6 ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return true }
        defer {
            let reason = errno
            close(descriptor)
            errno = reason
        }
        if isIPv6 {
            var address = sockaddr_in6()
            address.sin6_family = sa_family_t(AF_INET6)
            guard inet_pton(AF_INET6, host, &address.sin6_addr) == 1 else { return true }
            return bound(descriptor, &address)
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        guard inet_pton(AF_INET, host, &address.sin_addr) == 1 else { return true }
        return bound(descriptor, &address)
    }

    private func bound<Address>(_ descriptor: Int32, _ address: inout Address) -> Bool {
        let size = socklen_t(MemoryLayout<Address>.size)
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) == 0 }
        }
    }
}
