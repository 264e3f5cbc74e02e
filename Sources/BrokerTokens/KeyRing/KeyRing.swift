import Foundation

/// The signing keys of a broker, and whose turn it is.
///
/// A key's state follows from the ring and the time alone, so that processes with the same ring agree without
/// communicating. What has happened once, such as the start of a key's turn, is recorded, so that setting a clock back
/// does not undo it.
struct KeyRing {
    enum State: Equatable {
        case published
        case signing
        /// Another key has taken over; this one verifies until then.
        case retired(until: Date)
        case dropped
    }

    /// In the order of their turns within an algorithm.
    var entries: [Entry]
    /// The public halves of keys that were removed, oldest first.
    var retired: [RetiredKey]

    init(_ entries: [Entry] = [], retired: [RetiredKey] = []) {
        (self.entries, self.retired) = (entries, retired)
    }

    /// The key that signs at this time. The only key of an algorithm signs, whenever its turn was to begin.
    func signingKey(for algorithm: SigningAlgorithm, at now: Date) -> TokenSigningKey? {
        signer(for: algorithm, at: now).map { entries[$0].key }
    }

    func state(of id: String, at now: Date, under rotation: KeyRotation) -> State {
        guard let index = entries.firstIndex(where: { $0.key.id == id }) else { return .dropped }
        return state(ofEntry: index, at: now, under: rotation)
    }

    func state(ofEntry index: Int, at now: Date, under rotation: KeyRotation) -> State {
        let entry = entries[index]
        guard let signer = signer(for: entry.key.algorithm, at: now), index != signer else { return .signing }
        guard index < signer else { return .published }
        let successor = entries[(index + 1)...].first { $0.key.algorithm == entry.key.algorithm }
        let end = (successor?.signsFrom ?? now) + entry.retention(under: rotation)
        return now < end ? .retired(until: end) : .dropped
    }

    func signer(for algorithm: SigningAlgorithm, at now: Date) -> Int? {
        entries.lastIndex { $0.key.algorithm == algorithm && ($0.hasSigned || $0.signsFrom <= now) }
            ?? entries.firstIndex { $0.key.algorithm == algorithm }
    }
}

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
