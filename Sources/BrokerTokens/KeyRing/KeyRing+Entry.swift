import Foundation

extension KeyRing {
    /// A key and its turn.
    struct Entry {
        let key: TokenSigningKey
        /// When it starts to sign. Until then it is only published.
        var signsFrom: Date
        /// Whether its turn has begun. Setting the clock back does not undo that.
        var hasSigned: Bool
        /// The longest lifetime of a token that it signed; nil if an earlier version wrote the entry.
        var longestTokenLifetime: Duration?
        /// Since when the clock has said that all of its tokens have expired; nil while it says otherwise.
        var overSince: Date?
        /// Since when its turn has been further ahead than a turn is ever set; nil while it is not.
        var aheadSince: Date?

        /// The longest lifetime that configuration has ever allowed, for entries that do not state one.
        private static let longestLifetimeAllowed = Duration.seconds(24 * 60 * 60)

        init(key: TokenSigningKey, signsFrom: Date, hasSigned: Bool = false, longestTokenLifetime: Duration? = nil) {
            self.key = key
            self.signsFrom = signsFrom
            self.hasSigned = hasSigned
            self.longestTokenLifetime = longestTokenLifetime
        }

        init(key: TokenSigningKey, signsFrom: Date, hasSigned: Bool = false, under rotation: KeyRotation) {
            self.init(
                key: key, signsFrom: signsFrom, hasSigned: hasSigned,
                longestTokenLifetime: rotation.longestTokenLifetime)
        }

        /// The longest lifetime of a token that it signed, under whatever configuration.
        func tokenLifetime(under rotation: KeyRotation) -> Duration {
            longestTokenLifetime ?? max(rotation.longestTokenLifetime, Self.longestLifetimeAllowed)
        }

        /// How long it verifies after another has replaced it.
        func retention(under rotation: KeyRotation) -> Duration {
            tokenLifetime(under: rotation) + KeyRotation.clockSkew
        }

        /// The latest possible start of its turn: a key that has signed has started, and others wait for one overlap.
        func latestTurn(at now: Date, under rotation: KeyRotation) -> Date {
            hasSigned ? now : now + rotation.overlap
        }

        func hasChanged(from other: Entry) -> Bool {
            signsFrom != other.signsFrom || hasSigned != other.hasSigned
                || longestTokenLifetime != other.longestTokenLifetime
                || overSince != other.overSince || aheadSince != other.aheadSince
        }
    }
}
