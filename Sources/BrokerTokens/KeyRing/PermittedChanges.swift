import Foundation

/// The changes of the key ring that a process may make by the time of day, which may be wrong for a while.
struct PermittedChanges: Sendable {
    /// The time of day minus its recent jumps ahead; nil for the plain time of day.
    var steadyTime: Date?
    /// Whether the stopwatch proves that a key's tokens have expired.
    var mayDrop: @Sendable (KeyRing.Entry) -> Bool = { _ in true }
    /// Whether the stopwatch proves that a key's turn is set too far ahead.
    var mayCorrect: @Sendable (KeyRing.Entry) -> Bool = { _ in true }
    /// Whether to record that a key is over by the clock.
    var mayNoteOver: @Sendable (KeyRing.Entry) -> Bool = { _ in true }
    /// Whether to record that a key's turn is too far ahead of the clock.
    var mayNoteAhead: @Sendable (KeyRing.Entry) -> Bool = { _ in true }

    /// No key is removed or corrected, and nothing is recorded of either.
    static var none: PermittedChanges {
        PermittedChanges(
            mayDrop: { _ in false }, mayCorrect: { _ in false }, mayNoteOver: { _ in false },
            mayNoteAhead: { _ in false })
    }
}

extension KeyRing.Entry {
    /// How long a key must be over by the clock, across restarts, before it is removed. By then, a clock that was ahead
    /// when a process started has been corrected.
    private static let overConfirmation: TimeInterval = 60 * 60
    /// How long a turn must be ahead of the clock, across restarts, before it is corrected.
    private static let aheadConfirmation: TimeInterval = 24 * 60 * 60

    mutating func noteOver(_ isOver: Bool, at now: Date, if mayNote: Bool) {
        overSince = Self.mark(overSince, isOver, at: now, if: mayNote)
    }

    mutating func noteAhead(_ isAhead: Bool, at now: Date, if mayNote: Bool) {
        aheadSince = Self.mark(aheadSince, isAhead, at: now, if: mayNote)
    }

    func isConfirmedOver(at now: Date) -> Bool {
        overSince.map { now.timeIntervalSince($0) >= Self.overConfirmation } ?? false
    }

    func isConfirmedAhead(at now: Date) -> Bool {
        aheadSince.map { now.timeIntervalSince($0) >= Self.aheadConfirmation } ?? false
    }

    /// Since when something has been true. A mark in the future was left by a clock that was ahead.
    private static func mark(_ since: Date?, _ isSo: Bool, at now: Date, if mayNote: Bool) -> Date? {
        guard isSo else { return nil }
        if let since, since <= now { return since }
        return mayNote ? now : since
    }
}
