import Foundation
import IdentityBroker

/// What one process has seen of the keys since it started.
struct KeyRingWatch: Sendable {
    private var clockWatch: ClockWatch
    private var steadyTime: Date
    private var replaced = KeyStopwatch()
    private var over = KeyStopwatch()
    private var ahead = KeyStopwatch()

    /// How long a turn must be ahead of the clock before it is corrected.
    private static let correctionPatience = Duration.seconds(24 * 60 * 60)
    /// The period after a process first sees that a key is over, or ahead, in which it may record that in the ring.
    /// Otherwise two processes whose clocks differ would overwrite each other's record without end.
    private static let recording = Duration.seconds(10)

    init(now: Date, uptime: Duration) {
        clockWatch = ClockWatch(now: now, uptime: uptime)
        steadyTime = now
    }

    mutating func note(
        _ ring: KeyRing,
        for algorithms: Set<SigningAlgorithm>,
        under rotation: KeyRotation,
        now: Date,
        uptime: Duration
    ) {
        steadyTime = clockWatch.steadyTime(now: now, uptime: uptime)
        replaced.note(ring.replaced(at: now, keeping: algorithms, under: rotation), at: uptime)
        over.note(
            Set(ring.expired(at: steadyTime, keeping: algorithms, under: rotation).map(\.key.id)), at: uptime)
        ahead.note(ring.ahead(of: now, under: rotation), at: uptime)
    }

    func permittedChanges(under rotation: KeyRotation, uptime: Duration) -> PermittedChanges {
        PermittedChanges(
            steadyTime: steadyTime,
            mayDrop: { replaced.holds(of: $0.key.id, for: $0.retention(under: rotation), at: uptime) },
            mayCorrect: { ahead.holds(of: $0.key.id, for: Self.correctionPatience, at: uptime) },
            mayNoteOver: { !over.holds(of: $0.key.id, for: Self.recording, at: uptime) },
            mayNoteAhead: { !ahead.holds(of: $0.key.id, for: Self.recording, at: uptime) }
        )
    }
}

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

/// How long something has been true of keys, by the stopwatch: the clock alone must not cause a change that correcting
/// the clock cannot undo.
struct KeyStopwatch: Sendable {
    private var since: [String: Duration] = [:]

    /// Records for which keys it is true now, and forgets the others.
    mutating func note(_ ids: Set<String>, at uptime: Duration) {
        since = since.filter { ids.contains($0.key) }
        for id in ids where since[id] == nil { since[id] = uptime }
    }

    /// Whether it has been true of the key for this long.
    func holds(of id: String, for duration: Duration, at uptime: Duration) -> Bool {
        since[id].map { uptime - $0 >= duration } ?? false
    }
}
