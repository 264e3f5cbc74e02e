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
    /// Why a service ended that nobody told to.
    init(stopping error: any Error) {
        if let error = error as? BrokerError {
            self = error
        } else if let failure = error as? ListenerFailure {
            self.init(failure)
        } else {
            self.init(stoppingFor: error)
        }
    }

    private init(_ failure: ListenerFailure) {
        let (host, port) = (failure.address.host, failure.address.port)
        let place = "\(host), port \(port)"
        let setting =
            switch failure.role {
            case .service: "listen"
            case .operations: "operations.listen"
            }
        switch (failure.reason as? IOError)?.errnoCode {
        case EADDRINUSE:
            self = .misconfigured("Another program listens at \(place). Give another address in '\(setting)'.")
        case EADDRNOTAVAIL: self = .misconfigured("This machine has no address \(host). See '\(setting)'.")
        case EACCES: self = .misconfigured("This user may not listen at \(place). Ports below 1024 are the system's.")
        default: self.init(stoppingFor: failure.reason)
        }
    }

    private init(stoppingFor error: any Error) {
        self.init(.internalError, "The service stopped: \(type(of: error)).")
    }
}
