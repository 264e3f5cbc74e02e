/// The purpose of a listener.
package enum ListenerRole: String, Sendable {
    /// Clients' requests.
    case service
    /// Health and metrics.
    case operations
}

/// Why a listener ended by itself.
package struct ListenerFailure: Error {
    package let role: ListenerRole
    package let address: ServingAddress
    /// The system's error.
    package let reason: any Error
}
