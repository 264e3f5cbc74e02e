package import BrokerConfiguration
import BrokerServer
import BrokerServing
import BrokerTokens
package import IdentityBroker

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What would keep `broker serve` from starting with a configuration, beyond the problems of individual settings.
package struct ServiceCheck {
    private let configuration: Configuration
    private let server: ServerEntry

    package init(configuration: Configuration, server: ServerEntry) {
        self.configuration = configuration
        self.server = server
    }

    /// The problems. Creates nothing and makes no connection.
    package var problems: [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        func check(_ keys: [String], _ make: () throws(BrokerError) -> Void) {
            do { try make() } catch { problems.append(server.problem(for: error, at: keys)) }
        }
        check([]) { () throws(BrokerError) in
            _ = try DescriptorBudget.ofProcess(hasOperations: server.operations != nil)
        }
        check(["tls"]) { () throws(BrokerError) in _ = try ServingAddress(server) }
        check(["listen"]) { () throws(BrokerError) in _ = try server.servedIssuer }
        for socket in sockets {
            guard let number = socket.address.bindingFailure, number != EADDRINUSE else { continue }
            check(socket.keys) { () throws(BrokerError) in try socket.refuse(number) }
        }
        check(["issuer"]) { () throws(BrokerError) in
            // An issuer derived from the address is always valid.
            if let issuer = server.issuer { try TokenService.checkIssuer(issuer) }
        }
        check(["login", "logo"]) { () throws(BrokerError) in try server.loginPages.checkLogo() }
        check(["login", "templates"]) { () throws(BrokerError) in try server.loginPages.checkTemplates() }
        return problems
    }

    /// Warnings about a certificate that clients may refuse, and about addresses in use by another program, which may
    /// be the service itself.
    ///
    /// - Parameter isRunning: Whether a service is known to run with this configuration.
    package func warnings(whileServiceRuns isRunning: Bool) -> [ConfigurationProblem] {
        // An unusable certificate is a problem, reported elsewhere.
        let certificate = (try? ServingAddress(server))?.certificate
        let weaknesses = certificate?.advice.map { server.advice($0, at: ["tls", "certificateFile"]) } ?? []
        return weaknesses + (isRunning ? [] : socketsInUse)
    }

    private var socketsInUse: [ConfigurationProblem] {
        sockets.filter { $0.address.bindingFailure == EADDRINUSE }.map { socket in
            let (host, port) = (socket.address.host, socket.address.port)
            return server.advice(
                "A program listens at \(host), port \(port). Unless it is this service, set another address.",
                at: socket.keys)
        }
    }

    private var sockets: [ServiceSocket] {
        [ServiceSocket(address: server.listen, keys: ["listen"])]
            + (server.operations.map { [ServiceSocket(address: $0, keys: ["operations", "listen"])] } ?? [])
    }

    /// The records in the store that it checks.
    package static var recordKeys: [RecordKey] { [SigningKeys.recordKey] }

    /// Why the keys in the store cannot be used for signing; empty if they can.
    ///
    /// - Parameter records: What a check of the store has read of ``recordKeys``.
    package func problems(of records: [StoredRecord]) -> [ConfigurationProblem] {
        // An unreadable key is already reported.
        guard let key = try? server.makeEncryptionKey() else { return [] }
        do throws(BrokerError) {
            for record in records { try SigningKeys.check(record, openedWith: key) }
            return []
        } catch {
            return [server.problem(for: error, at: ["keyEncryptionKey"])]
        }
    }

    /// The problems of the clients together; each must be valid by itself.
    package var problemsOfClients: [ConfigurationProblem] {
        do {
            _ = try configuration.tokenClients()
            return []
        } catch {
            return error.problems
        }
    }
}

/// An address to listen on, and the setting that gives it.
private struct ServiceSocket {
    let address: ListenAddress
    let keys: [String]

    func refuse(_ number: CInt) throws(BrokerError) {
        let setting = keys.joined(separator: ".")
        if let refusal = BrokerError.cannotListen(atHost: address.host, port: address.port, by: setting, number) {
            throw refusal
        }
    }
}
