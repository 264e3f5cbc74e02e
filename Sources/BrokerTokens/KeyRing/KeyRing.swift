#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The signing keys of a broker, and whose turn it is.
///
/// A key's state follows from the ring and the time alone, so that processes which hold one ring agree without telling
/// each other. What has happened once, such as a key's first turn, is recorded, so that a clock set back does not undo it.
struct KeyRing {
    enum State: Equatable {
        case published
        case signing
        /// Another has taken its turn; it verifies until then.
        case retired(until: Date)
        case dropped
    }

    /// In the order of their turns within an algorithm.
    private(set) var entries: [Entry]

    init(_ entries: [Entry] = []) {
        self.entries = entries
    }

    /// The key that signs at this time. The only key of an algorithm signs, whenever it was meant to begin.
    func signingKey(for algorithm: SigningAlgorithm, at now: Date) -> SigningKey? {
        signer(for: algorithm, at: now).map { entries[$0].key }
    }

    func state(of id: String, at now: Date, under rotation: KeyRotation) -> State {
        guard let index = entries.firstIndex(where: { $0.key.id == id }) else { return .dropped }
        return state(ofEntry: index, at: now, under: rotation)
    }

    private func state(ofEntry index: Int, at now: Date, under rotation: KeyRotation) -> State {
        let entry = entries[index]
        guard let signer = signer(for: entry.key.algorithm, at: now), index != signer else { return .signing }
        guard index < signer else { return .published }
        let successor = entries[(index + 1)...].first { $0.key.algorithm == entry.key.algorithm }
        let end = (successor?.signsFrom ?? now) + entry.retention(under: rotation)
        return now < end ? .retired(until: end) : .dropped
    }

    private func signer(for algorithm: SigningAlgorithm, at now: Date) -> Int? {
        entries.lastIndex { $0.key.algorithm == algorithm && ($0.hasSigned || $0.signsFrom <= now) }
            ?? entries.firstIndex { $0.key.algorithm == algorithm }
    }
}

extension KeyRing {
    /// Does what is due: a first key for an algorithm without one, which signs at once; a next one, one overlap before the
    /// turn of the present one ends; the removal of what verifies nothing any more; and a record of what happened.
    ///
    /// - Parameters:
    ///   - mayDrop: Whether a key whose time is over may go. Time that only the clock says has passed is no reason.
    ///   - mayCorrect: Whether a key whose turn is set too far ahead may have it now. The clock may only be behind for a
    ///     while.
    /// - Returns: Whether anything changed.
    mutating func advance(
        to now: Date,
        for algorithms: Set<SigningAlgorithm>,
        under rotation: KeyRotation,
        dropping mayDrop: (Entry) -> Bool = { _ in true },
        correcting mayCorrect: (Entry) -> Bool = { _ in true },
        making makeKey: (SigningAlgorithm) throws -> SigningKey = SigningKey.generate
    ) rethrows -> Bool {
        var hasChanged = record(at: now, under: rotation, correcting: mayCorrect)
        for entry in expired(at: now, keeping: algorithms, under: rotation) where mayDrop(entry) {
            entries.removeAll { $0.key.id == entry.key.id }
            hasChanged = true
        }
        for algorithm in SigningAlgorithm.allCases where algorithms.contains(algorithm) {
            guard let last = entries.last(where: { $0.key.algorithm == algorithm }) else {
                entries.append(Entry(key: try makeKey(algorithm), signsFrom: now, hasSigned: true, under: rotation))
                hasChanged = true
                continue
            }
            if now >= last.signsFrom + rotation.period - rotation.overlap {
                entries.append(
                    Entry(key: try makeKey(algorithm), signsFrom: now + rotation.overlap, under: rotation))
                hasChanged = true
            }
        }
        return hasChanged
    }

    /// The keys that have no use any more, as the clock has it.
    func expired(
        at now: Date,
        keeping algorithms: Set<SigningAlgorithm>,
        under rotation: KeyRotation
    ) -> [Entry] {
        entries.indices.filter { index in
            let entry = entries[index]
            switch state(ofEntry: index, at: now, under: rotation) {
            case .dropped: return true
            case .published, .retired: return false
            // Nobody renews a key of an algorithm that no client uses now, so it goes when its turn would have ended.
            case .signing:
                return !algorithms.contains(entry.key.algorithm)
                    && now >= entry.signsFrom + rotation.period + entry.retention(under: rotation)
            }
        }.map { entries[$0] }
    }

    /// The ids of the keys whose turns are further ahead than one is ever set: the clock was ahead, or is behind.
    func ahead(of now: Date, under rotation: KeyRotation) -> Set<String> {
        let ahead = entries.filter { $0.signsFrom > $0.latestTurn(at: now, under: rotation) + KeyRotation.clockSkew }
        return Set(ahead.map(\.key.id))
    }

    /// Records whose turn has begun and how long tokens live, and brings turns back that were set while the clock was ahead.
    private mutating func record(
        at now: Date,
        under rotation: KeyRotation,
        correcting mayCorrect: (Entry) -> Bool
    ) -> Bool {
        let ahead = ahead(of: now, under: rotation)
        var hasChanged = false
        for index in entries.indices {
            var entry = entries[index]
            let state = state(ofEntry: index, at: now, under: rotation)
            if state == .signing { entry.hasSigned = true }
            if ahead.contains(entry.key.id), mayCorrect(entry) {
                entry.signsFrom = entry.latestTurn(at: now, under: rotation)
            }
            let isRetired = state != .signing && state != .published
            if entry.longestTokenLifetime == nil || !isRetired {
                entry.longestTokenLifetime = max(
                    entry.tokenLifetime(under: rotation), isRetired ? .zero : rotation.longestTokenLifetime)
            }
            if entry.hasChanged(from: entries[index]) {
                entries[index] = entry
                hasChanged = true
            }
        }
        return hasChanged
    }
}

extension KeyRing {
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
            let signer = signer(for: algorithm, at: now)
            let isDone = entries.indices.contains { index in
                entries[index].key.algorithm == algorithm
                    && (!known.contains(entries[index].key.id) || !immediately && index > signer ?? .max)
            }
            guard !isDone else { continue }
            if immediately, let signer {
                let waiting = Set(entries[(signer + 1)...].filter { $0.key.algorithm == algorithm }.map(\.key.id))
                entries.removeAll { waiting.contains($0.key.id) }
            }
            let isFirst = signer == nil
            let signsFrom = immediately || isFirst ? now : now + rotation.overlap
            entries.append(
                Entry(
                    key: try makeKey(algorithm), signsFrom: signsFrom, hasSigned: immediately || isFirst,
                    under: rotation))
            hasChanged = true
        }
        return hasChanged
    }

    /// Takes keys out of use at once and for good: new ones sign, and what these signed is refused.
    ///
    /// - Parameter ids: The keys, as they were known when it was asked for. Who lost a race against another that did the
    ///   same finds them gone.
    /// - Returns: Whether anything changed.
    mutating func withdraw(
        _ ids: Set<String>,
        at now: Date,
        for algorithms: Set<SigningAlgorithm>,
        under rotation: KeyRotation,
        making makeKey: (SigningAlgorithm) throws -> SigningKey = SigningKey.generate
    ) rethrows -> Bool {
        guard entries.contains(where: { ids.contains($0.key.id) }) else { return false }
        entries.removeAll { ids.contains($0.key.id) }
        for algorithm in SigningAlgorithm.allCases where algorithms.contains(algorithm) {
            guard signer(for: algorithm, at: now) == nil else { continue }
            entries.append(Entry(key: try makeKey(algorithm), signsFrom: now, hasSigned: true, under: rotation))
        }
        return true
    }

    /// The ring with these keys alone.
    func keeping(_ ids: Set<String>) -> KeyRing {
        KeyRing(entries.filter { ids.contains($0.key.id) })
    }
}
