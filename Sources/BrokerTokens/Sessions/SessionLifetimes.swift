import Foundation
public import IdentityBroker

/// How long a person stays signed in.
public struct SessionLifetimes: Sendable, Hashable {
    /// How long a session lives without use.
    public let idle: Duration
    /// How long a session lives in all.
    public let lifetime: Duration

    /// The longest lifetime.
    static let longest = Duration.seconds(720 * 60 * 60)
    private static let allowed = Duration.seconds(60)...longest

    /// 12 hours without use, a week in all.
    public static var standard: SessionLifetimes {
        SessionLifetimes(unchecked: .seconds(12 * 60 * 60), .seconds(168 * 60 * 60))
    }

    /// Sets the lifetimes.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` unless both are between a minute and 720
    ///   hours.
    public init(idle: Duration = standard.idle, lifetime: Duration = standard.lifetime) throws(BrokerError) {
        guard Self.allowed.contains(idle), Self.allowed.contains(lifetime) else {
            throw .misconfigured("Sessions must live between a minute and 720 hours, without use and in all.")
        }
        self.init(unchecked: idle, lifetime)
    }

    private init(unchecked idle: Duration, _ lifetime: Duration) {
        (self.idle, self.lifetime) = (idle, lifetime)
    }

    /// When a session ends that is not used again.
    func end(ofSessionOpened opened: Date, usedAt lastUse: Date) -> Date {
        min(opened + lifetime, lastUse + idle)
    }
}
