/// What an address is listened on for.
package enum ListenerRole: String, Sendable {
    /// What clients ask for.
    case service
    /// Health and metrics.
    case operations
}

/// Why a listener of the service ended by itself.
package struct ListenerFailure: Error {
    package let role: ListenerRole
    package let address: ServingAddress
    /// What the system has against it.
    package let reason: any Error
}
