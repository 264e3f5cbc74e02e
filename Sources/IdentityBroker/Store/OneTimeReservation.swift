#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// One login's hold on a one-time credential.
public struct OneTimeReservation: Sendable, Hashable {
    /// Which credential.
    public let key: OneTimeKey
    /// Which login. A late release of one login must not undo the reservation of another.
    public let login: UUID
    /// Until when the store remembers it.
    public let expiry: Date

    /// Makes a reservation.
    public init(key: OneTimeKey, login: UUID, expiry: Date) {
        self.key = key
        self.login = login
        self.expiry = expiry
    }
}
