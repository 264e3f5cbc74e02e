import Foundation
import IdentityBroker

/// A device that waits for a person to approve it elsewhere (RFC 8628 §3.1). It is found by a digest of its device code.
///
/// Once it is approved its record belongs to the account, the session and the consent, and ends with each of them. It is
/// consumed by the answer, and outlives its time for a while, so that a late device learns what happened.
struct DeviceAuthorization: RecordBody, Codable, Hashable {
    static let recordKind: RecordKind = "device_authorization"

    /// How long a person may take.
    static let lifetime = Duration.seconds(600)
    /// How long it is remembered that the time is over.
    static let memory = Duration.seconds(600)
    /// How long a device waits between two requests.
    static let interval = Duration.seconds(5)
    /// What is added each time that it does not wait (RFC 8628 §3.5).
    private static let slowing = Duration.seconds(5)
    /// The longest wait, beyond which a device that does not obey changes nothing any more.
    static let longestInterval = Duration.seconds(60)

    /// What the person said.
    enum Answer: Codable, Hashable {
        case denied
        /// The instance that authenticated the person, and how they signed in.
        case allowed(provider: String, login: SessionLogin)
    }

    /// The client that it is for.
    let client: String
    let scope: ScopeList
    /// The resource servers that access tokens may be for.
    let audiences: [String]
    /// When the device asked.
    let began: Date
    /// Until when a person may answer.
    let until: Date
    /// Nil until the person has answered.
    private(set) var answer: Answer?
    /// How long the device has to wait between two requests.
    private(set) var interval: Duration
    /// When it asked last and had waited long enough.
    private(set) var lastPoll: Date

    init(client: TokenClient, scope: ScopeList, audiences: [String], at now: Date) {
        self.client = client.id
        (self.scope, self.audiences) = (scope, audiences)
        (began, until) = (now, now + Self.lifetime)
        // The first request may come at once: the clock of the interval runs from the code's issue, less that.
        (interval, lastPoll) = (Self.interval, now - Self.interval)
    }

    /// It once the person has answered.
    func answered(_ answer: Answer) -> DeviceAuthorization {
        var next = self
        next.answer = answer
        return next
    }

    /// Whether the device has not waited. A clock that was set back does not make it wait longer than once.
    func isTooSoon(at now: Date) -> Bool { lastPoll <= now && now < lastPoll + interval }

    /// It once the device has asked and was told to wait.
    func polled(at now: Date) -> DeviceAuthorization {
        var next = self
        next.lastPoll = now
        return next
    }

    /// It once the device has asked too soon; nil if it cannot be slowed down any more.
    func slowed() -> DeviceAuthorization? {
        guard interval < Self.longestInterval else { return nil }
        var next = self
        next.interval = min(interval + Self.slowing, Self.longestInterval)
        return next
    }
}
