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
    init(stopping error: any Error, at address: ServingAddress) {
        let place = "\(address.host), port \(address.port)"
        switch (error as? IOError)?.errnoCode {
        case EADDRINUSE: self = .misconfigured("Another program listens at \(place). Give another address in 'listen'.")
        case EADDRNOTAVAIL: self = .misconfigured("This machine has no address \(address.host). See 'listen'.")
        case EACCES: self = .misconfigured("This user may not listen at \(place). Ports below 1024 are the system's.")
        default: self = BrokerError(.internalError, "The service stopped: \(type(of: error)).")
        }
    }
}
