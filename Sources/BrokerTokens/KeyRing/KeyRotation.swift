public import IdentityBroker

/// When signing keys are rotated.
///
/// A key is published one ``overlap`` before it signs, so that everyone who caches the key set has it by then; it signs
/// for one ``period``; and it stays published until the last token it signed has expired.
public struct KeyRotation: Sendable, Hashable {
    /// How long a key signs.
    public let period: Duration
    /// How long a key is published before it signs: longer than anyone caches the key set.
    public let overlap: Duration
    /// The longest lifetime of any signed token.
    public let longestTokenLifetime: Duration

    /// How far a verifier's clock may differ from the signer's.
    static let clockSkew = Duration.seconds(60)

    /// How long a key verifies after another has replaced it.
    var retention: Duration { longestTokenLifetime + Self.clockSkew }

    /// A period of 30 days, an overlap of a day, and tokens of at most an hour.
    public static var standard: KeyRotation {
        KeyRotation(
            unchecked: .seconds(30 * 24 * 60 * 60), overlap: .seconds(24 * 60 * 60),
            longestTokenLifetime: .seconds(60 * 60))
    }

    /// Sets the times.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` unless all are positive and the period is
    ///   longer than the overlap.
    public init(
        period: Duration = standard.period,
        overlap: Duration = standard.overlap,
        longestTokenLifetime: Duration = standard.longestTokenLifetime
    ) throws(BrokerError) {
        guard overlap > .zero, period > overlap, longestTokenLifetime > .zero else {
            throw .misconfigured(
                """
                The rotation period must be longer than the overlap, in which the next key is already published; the overlap \
                and the token lifetime must be positive.
                """
            )
        }
        self.init(unchecked: period, overlap: overlap, longestTokenLifetime: longestTokenLifetime)
    }

    private init(unchecked period: Duration, overlap: Duration, longestTokenLifetime: Duration) {
        self.period = period
        self.overlap = overlap
        self.longestTokenLifetime = longestTokenLifetime
    }
}
