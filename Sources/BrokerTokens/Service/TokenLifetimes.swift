import Foundation
public import IdentityBroker

/// How long tokens and grants live.
public struct TokenLifetimes: Sendable, Hashable {
    /// An access token.
    public let accessToken: Duration
    /// An ID token.
    public let idToken: Duration
    /// An unused refresh token.
    public let refreshIdle: Duration
    /// All refresh tokens of one grant, however often they are used.
    public let refreshAbsolute: Duration
    /// How long a used refresh token may be presented again, by a client that lost the answer.
    public let refreshGrace: Duration

    /// The longest grace.
    package static let longestGrace = Duration.seconds(300)

    /// Access and ID tokens of ten minutes; refresh tokens of 30 days, 90 in all, and 30 seconds of grace.
    public static var standard: TokenLifetimes {
        TokenLifetimes(
            unchecked: .seconds(600), idToken: .seconds(600), refreshIdle: .seconds(30 * 24 * 60 * 60),
            refreshAbsolute: .seconds(90 * 24 * 60 * 60), refreshGrace: .seconds(30))
    }

    /// Sets the lifetimes. Those of tokens are in whole seconds.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` for a lifetime under a second, a negative
    ///   grace or one over five minutes, or an idle time beyond the absolute one.
    public init(
        accessToken: Duration = standard.accessToken,
        idToken: Duration = standard.idToken,
        refreshIdle: Duration = standard.refreshIdle,
        refreshAbsolute: Duration = standard.refreshAbsolute,
        refreshGrace: Duration = standard.refreshGrace
    ) throws(BrokerError) {
        guard min(accessToken, idToken, refreshIdle) >= .seconds(1), refreshIdle <= refreshAbsolute else {
            throw .misconfigured(
                "Tokens must live at least a second, and refresh tokens no longer unused than in all.")
        }
        guard (.zero...Self.longestGrace).contains(refreshGrace) else {
            throw .misconfigured("The grace of a used refresh token must be between 0 seconds and 5 minutes.")
        }
        self.init(
            unchecked: accessToken, idToken: idToken, refreshIdle: refreshIdle, refreshAbsolute: refreshAbsolute,
            refreshGrace: refreshGrace)
    }

    private init(
        unchecked accessToken: Duration,
        idToken: Duration,
        refreshIdle: Duration,
        refreshAbsolute: Duration,
        refreshGrace: Duration
    ) {
        self.accessToken = accessToken
        self.idToken = idToken
        self.refreshIdle = refreshIdle
        self.refreshAbsolute = refreshAbsolute
        self.refreshGrace = refreshGrace
    }
}

extension TokenLifetimes {
    /// The longest lifetime of a signed token.
    package var longest: Duration { max(accessToken, idToken) }

    /// When a grant expires if it is not used again: with its refresh token, but not before the tokens that were signed
    /// for it.
    func expiry(ofGrantUsedAt now: Date, endingAt end: Date) -> Date {
        min(end, now + max(refreshIdle, longest))
    }
}
