package import IdentityBroker

extension BrokerError {
    /// A failure of kind `upstreamMisbehaved`.
    package static func misbehaved(_ message: String) -> BrokerError { BrokerError(.upstreamMisbehaved, message) }

    /// A failure of kind `invalidCredential`.
    package static func refused(_ message: String) -> BrokerError { BrokerError(.invalidCredential, message) }
}
