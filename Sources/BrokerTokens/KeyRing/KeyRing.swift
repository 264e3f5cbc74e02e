#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The signing keys of a broker, and whose turn it is.
///
/// A key's state follows from the ring and the time alone, so that processes which hold one ring agree without telling
/// each other: only a key that comes or goes is a change.
struct KeyRing {
    struct Entry {
        let key: SigningKey
        /// From when it signs. Until then it is published and nothing more.
        let signsFrom: Date
    }

    enum State: Equatable {
        case published
        case signing
        /// Another has taken its turn; it verifies until then.
        case retired(until: Date)
        case dropped
    }

    /// In the order of ``Entry/signsFrom`` within an algorithm.
    private(set) var entries: [Entry]

    init(_ entries: [Entry] = []) {
        self.entries = entries
    }

    /// The key that signs at this time.
    func signingKey(for algorithm: SigningAlgorithm, at now: Date) -> SigningKey? {
        entries.last { $0.key.algorithm == algorithm && $0.signsFrom <= now }?.key
    }

    func state(of id: String, at now: Date, under rotation: KeyRotation) -> State {
        guard let index = entries.firstIndex(where: { $0.key.id == id }) else { return .dropped }
        let entry = entries[index]
        guard entry.signsFrom <= now else { return .published }
        let successor = entries[(index + 1)...].first { $0.key.algorithm == entry.key.algorithm }
        guard let successor, successor.signsFrom <= now else { return .signing }
        let end = successor.signsFrom + rotation.retention
        return now < end ? .retired(until: end) : .dropped
    }
}

extension KeyRing {
    /// Does what is due: a first key for an algorithm that has none, which signs at once; a next one, one overlap before the
    /// turn of the present one ends; and away with what verifies nothing any more.
    ///
    /// - Returns: Whether anything was.
    mutating func advance(
        to now: Date,
        for algorithms: Set<SigningAlgorithm>,
        under rotation: KeyRotation,
        making makeKey: (SigningAlgorithm) throws -> SigningKey = SigningKey.generate
    ) rethrows -> Bool {
        var hasChanged = drop(at: now, keeping: algorithms, under: rotation)
        for algorithm in SigningAlgorithm.allCases where algorithms.contains(algorithm) {
            guard let last = entries.last(where: { $0.key.algorithm == algorithm }) else {
                entries.append(Entry(key: try makeKey(algorithm), signsFrom: now))
                hasChanged = true
                continue
            }
            if now >= last.signsFrom + rotation.period - rotation.overlap {
                entries.append(Entry(key: try makeKey(algorithm), signsFrom: now + rotation.overlap))
                hasChanged = true
            }
        }
        return hasChanged
    }

    /// Begins a rotation before it is due, unless a next key waits for its turn already or one has come meanwhile.
    ///
    /// - Parameters:
    ///   - known: The keys that there were when it was asked for. Who lost a race against another that did the same finds
    ///     a key that it did not know.
    ///   - immediately: Whether the new key signs at once, and one that waits for its turn goes.
    /// - Returns: Whether anything changed.
    mutating func rotate(
        at now: Date,
        knowing known: Set<String>,
        immediately: Bool,
        for algorithms: Set<SigningAlgorithm>,
        under rotation: KeyRotation,
        making makeKey: (SigningAlgorithm) throws -> SigningKey = SigningKey.generate
    ) rethrows -> Bool {
        var hasChanged = false
        for algorithm in SigningAlgorithm.allCases where algorithms.contains(algorithm) {
            let isDone = entries.contains { entry in
                entry.key.algorithm == algorithm
                    && (!known.contains(entry.key.id) || !immediately && entry.signsFrom > now)
            }
            guard !isDone else { continue }
            if immediately { entries.removeAll { $0.key.algorithm == algorithm && $0.signsFrom > now } }
            let signsFrom = immediately ? now : now + rotation.overlap
            entries.append(Entry(key: try makeKey(algorithm), signsFrom: signsFrom))
            hasChanged = true
        }
        return hasChanged
    }

    private mutating func drop(
        at now: Date,
        keeping algorithms: Set<SigningAlgorithm>,
        under rotation: KeyRotation
    ) -> Bool {
        let remaining = entries.filter { entry in
            switch state(of: entry.key.id, at: now, under: rotation) {
            case .dropped: false
            case .published, .retired: true
            // Nobody renews a key of an algorithm that no client uses now, so it goes when its turn would have ended.
            case .signing:
                algorithms.contains(entry.key.algorithm)
                    || now < entry.signsFrom + rotation.period + rotation.retention
            }
        }
        defer { entries = remaining }
        return remaining.count != entries.count
    }
}
