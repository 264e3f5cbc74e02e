public import Foundation

/// One login's hold on a one-time credential.
public struct OneTimeReservation: Sendable, Hashable {
    /// The credential.
    public let key: OneTimeKey
    /// The login. A late release by one login must not undo another's reservation.
    public let login: UUID
    /// When the store may forget it.
    public let expiry: Date

    /// Makes a reservation.
    public init(key: OneTimeKey, login: UUID, expiry: Date) {
        self.key = key
        self.login = login
        self.expiry = expiry
    }
}
