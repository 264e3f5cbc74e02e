package import Foundation

/// The access tokens that a vendor issues to an app: the same one to everyone until it is about to end, or was voided.
package struct AppTokens: Sendable {
    /// What is known of a token.
    package enum Standing: Sendable {
        case good
        case expired
        /// It was never issued, was voided, or expired long ago.
        case unknown
    }

    private let lifetime: TimeInterval
    private let renewal: TimeInterval
    /// When each one ends.
    private var issued = ExpiringTable<Date>()
    private var current: (text: String, expiry: Date)?

    /// Begins without any.
    ///
    /// - Parameters:
    ///   - lifetime: How long each is good, in seconds.
    ///   - renewal: How long before its end the next one is issued, in seconds. Both are good for that time.
    package init(lifetime: TimeInterval, renewal: TimeInterval) {
        self.lifetime = lifetime
        self.renewal = renewal
    }

    /// The one that is issued now, and for how many seconds it is good.
    ///
    /// - Parameter text: The text of a new one, if the last is not good for long enough.
    package mutating func current(at now: Date, orElse text: String) -> (text: String, lifetime: Int) {
        if let current, now < current.expiry.addingTimeInterval(-renewal) {
            return (current.text, Int(current.expiry.timeIntervalSince(now)))
        }
        let new = (text: text, expiry: now.addingTimeInterval(lifetime))
        current = new
        // Kept longer, since a vendor can tell an expired one from one that it never issued.
        issued.add(new.expiry, as: new.text, for: 2 * lifetime, at: now)
        return (new.text, Int(lifetime))
    }

    /// Voids the one that is issued now, as a vendor may do at any time.
    package mutating func void() {
        if let current { issued.remove(current.text) }
        current = nil
    }

    package func standing(of token: String, at now: Date) -> Standing {
        guard let expiry = issued.value(of: token, at: now) else { return .unknown }
        return now < expiry ? .good : .expired
    }
}
