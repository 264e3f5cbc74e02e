import Foundation

extension KeyRing {
    /// Does what is due: creates the first key of an algorithm, which signs at once; publishes the next key one overlap
    /// before the present one's turn ends; removes keys whose tokens have all expired; and records what happened.
    ///
    /// - Parameter permitted: The changes that the time of day, which may be wrong for a while, may cause.
    /// - Returns: Whether anything changed.
    mutating func advance(
        to now: Date,
        for algorithms: Set<SigningAlgorithm>,
        under rotation: KeyRotation,
        permitting permitted: PermittedChanges = PermittedChanges(),
        making makeKey: (SigningAlgorithm) throws -> TokenSigningKey = TokenSigningKey.generate
    ) rethrows -> Bool {
        var hasChanged = record(at: now, for: algorithms, under: rotation, permitting: permitted)
        let steadyTime = permitted.steadyTime ?? now
        for entry in expired(at: now, keeping: algorithms, under: rotation)
        where permitted.mayDrop(entry) || entry.isConfirmedOver(at: steadyTime) {
            entries.removeAll { $0.key.id == entry.key.id }
            retire(entry.key, at: now)
            hasChanged = true
        }
        if dropRetired(at: now) { hasChanged = true }
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

    /// The keys that are no longer needed, by the clock.
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
            // A key of an algorithm that no client uses any more is not replaced, so it is removed when its turn would
            // have ended.
            case .signing:
                return !algorithms.contains(entry.key.algorithm)
                    && now >= entry.signsFrom + rotation.period + entry.retention(under: rotation)
            }
        }.map { entries[$0] }
    }

    /// The ids of the keys whose turns are further ahead than a turn is ever set: the clock was ahead, or is behind.
    func ahead(of now: Date, under rotation: KeyRotation) -> Set<String> {
        let ahead = entries.filter { $0.signsFrom > $0.latestTurn(at: now, under: rotation) + KeyRotation.clockSkew }
        return Set(ahead.map(\.key.id))
    }

    /// Records which turns have begun, how long tokens live and since when a key has been over or ahead, and corrects
    /// turns that were set while the clock was ahead.
    private mutating func record(
        at now: Date,
        for algorithms: Set<SigningAlgorithm>,
        under rotation: KeyRotation,
        permitting permitted: PermittedChanges
    ) -> Bool {
        let steadyTime = permitted.steadyTime ?? now
        let over = Set(expired(at: steadyTime, keeping: algorithms, under: rotation).map(\.key.id))
        let ahead = ahead(of: now, under: rotation)
        var hasChanged = false
        for index in entries.indices {
            var entry = entries[index]
            let state = state(ofEntry: index, at: now, under: rotation)
            if state == .signing { entry.hasSigned = true }
            entry.noteOver(over.contains(entry.key.id), at: steadyTime, if: permitted.mayNoteOver(entry))
            entry.noteAhead(ahead.contains(entry.key.id), at: now, if: permitted.mayNoteAhead(entry))
            if ahead.contains(entry.key.id), permitted.mayCorrect(entry) || entry.isConfirmedAhead(at: now) {
                entry.signsFrom = entry.latestTurn(at: now, under: rotation)
                entry.aheadSince = nil
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
