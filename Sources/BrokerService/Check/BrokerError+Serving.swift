import BrokerServer
import IdentityBroker
import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension BrokerError {
    /// Why a service ended without being told to.
    package init(stopping error: any Error) {
        if let error = error as? BrokerError {
            self = error
        } else if let failure = error as? ListenerFailure {
            self.init(failure)
        } else {
            self.init(stoppingFor: error)
        }
    }

    /// Why a sandbox cannot listen at the port that it was given; nil for any other error.
    package init?(startingSandbox error: any Error) {
        switch (error as? IOError)?.errnoCode {
        case EADDRINUSE:
            self = .misconfigured("Another program listens at the sandbox's port. Set --port to another one.")
        case EACCES:
            self = .misconfigured("This user may not listen at the sandbox's port. Set --port to one of 1024 or above.")
        default: return nil
        }
    }

    private init(_ failure: ListenerFailure) {
        let setting =
            switch failure.role {
            case .service: "listen"
            case .operations: "operations.listen"
            case .page: "--port"
            }
        let number = (failure.reason as? IOError)?.errnoCode
        let (host, port) = (failure.address.host, failure.address.port)
        if let number, let refusal = Self.cannotListen(atHost: host, port: port, by: setting, number) {
            self = refusal
        } else {
            self.init(stoppingFor: failure.reason)
        }
    }

    /// Why listening on an address is impossible; nil if the error number indicates nothing that an operator could fix.
    ///
    /// - Parameter setting: The setting that gives the address, below `server`.
    static func cannotListen(
        atHost host: String,
        port: Int,
        by setting: String,
        _ number: CInt
    ) -> BrokerError? {
        let place = "\(host), port \(port)"
        switch number {
        case EADDRINUSE:
            return .misconfigured("Another program listens at \(place). Set '\(setting)' to another address.")
        case EADDRNOTAVAIL:
            return .misconfigured(
                "This machine has no address \(host). Set '\(setting)' to one that it has, or to all: 0.0.0.0 or [::].")
        case EAFNOSUPPORT:
            return .misconfigured(
                """
                This machine has no IPv6 address but loopback, so nothing can listen at \(host). Give it one, or set \
                '\(setting)' to an IPv4 address.
                """)
        case EACCES:
            return .misconfigured(
                """
                This user may not listen at \(place). Ports below 1024 are privileged: set another in '\(setting)', or give \
                the service CAP_NET_BIND_SERVICE.
                """)
        default:
            return nil
        }
    }

    private init(stoppingFor error: any Error) {
        self.init(.internalError, "The service stopped: \(type(of: error)).")
    }
}
